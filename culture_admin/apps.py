"""Django's entry to the roof: commands, doors and the admin site."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.module_loading import autodiscover_modules


class CultureAdminConfig(AppConfig):
    name = "culture_admin"
    label = "culture_admin"
    default = True

    def ready(self) -> None:
        """Fills the registers: every app's metrics, flows, ledgers, papers, kinds of jobs and reaches are read once, at start."""
        # Before any task is sent: without it a web process would look for a broker that is not ours.
        import_module("culture_admin.celery")
        autodiscover_modules("metrics", "flows", "ledgers", "papers", "jobs", "reach")


class BureauAdminConfig(admin_apps.AdminConfig):
    """Django's admin with the bureau's own site."""

    default = False
    default_site = "culture_admin.bureau.site.BureauSite"
