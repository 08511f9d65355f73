"""Django's entry to interfaces."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterfacesConfig(AppConfig):
    name = "culture_admin.interfaces"
    label = "interfaces"
    verbose_name = _("Interfaces")
