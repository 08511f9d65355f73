"""Django's entry to boundaries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoundariesConfig(AppConfig):
    name = "culture_admin.boundaries"
    label = "boundaries"
    verbose_name = _("Changes of boundaries")
