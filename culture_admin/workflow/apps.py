"""Django's entry to workflow."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "culture_admin.workflow"
    label = "workflow"
    verbose_name = _("Workflow")

    def ready(self) -> None:
        """Has `manage.py check` look over every flow against the matrix."""
        from culture_admin.workflow.lint import check_flows

        register(check_flows)
