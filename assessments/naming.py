"""Groups and titles as the scheme of a year calls them, in the reader's language; without reading its rules."""

from __future__ import annotations

from culture_admin.scoring.models import Scheme
from culture_admin.territory.models import named


def group_name(scheme: Scheme, code: str) -> str:
    """A group of comparable units."""
    return next((_label(one) for one in scheme.body.get("groups", ()) if one["code"] == code), code)


def title_name(scheme: Scheme, title: str) -> str:
    """A title; results keep it as the document has it."""
    return next((_label(one) for one in scheme.body.get("titles", ()) if one["name_zh"] == title), title)


def _label(one: dict[str, str]) -> str:
    return named(one["name_zh"], one.get("name_en", ""))
