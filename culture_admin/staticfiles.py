"""Which of the packages' static files are collected."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class CollectedFiles(StaticFilesConfig):
    """Without Redoc, which calls outside hosts and is not used: a third of all bytes."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc"]
