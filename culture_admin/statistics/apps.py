"""Django's entry to statistics."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    name = "culture_admin.statistics"
    label = "statistics"
    verbose_name = _("Statistics")
