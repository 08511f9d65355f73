"""Django's entry to scoring."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoringConfig(AppConfig):
    name = "culture_admin.scoring"
    label = "scoring"
    verbose_name = _("Scoring")
