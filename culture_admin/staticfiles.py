"""Which of the packages' static files are collected."""

from typing import Any

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedFiles(StaticFilesConfig):
    """Without Redoc, which calls outside hosts and is not used: a third of all bytes."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc"]


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Names files by their content, and so writes them into what imports them: our own modules, not the packages' bundles."""

    patterns: Any = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "desk/*.js",
            (
                (r"""(?P<matched>from\s*["'](?P<url>\./[^"']+)["'])""", """from "%(url)s\""""),
                (r"""(?P<matched>import\(["'](?P<url>\./[^"']+)["']\))""", """import("%(url)s")"""),
            ),
        ),
    )
