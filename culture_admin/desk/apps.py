"""Django's entry to desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "culture_admin.desk"
    label = "desk"
    verbose_name = _("Desk")
