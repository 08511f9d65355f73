"""Django's entry to the roof: commands, doors and the admin site."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CultureAdminConfig(AppConfig):
    name = "culture_admin"
    label = "culture_admin"

    def ready(self) -> None:
        """Fills the registers: every app's metrics, flows and ledgers are read once, at start."""
        autodiscover_modules("metrics", "flows", "ledgers")
