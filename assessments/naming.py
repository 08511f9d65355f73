"""Groups and titles as the scheme of a year calls them, in the reader's language."""

from __future__ import annotations

from culture_admin.scoring.body import Body


def group_name(body: Body, code: str) -> str:
    """A group of comparable units."""
    return next((str(one.label) for one in body.groups if one.code == code), code)


def title_name(body: Body, title: str) -> str:
    """A title; results keep it as the document has it."""
    return next((str(one.label) for one in body.titles if one.label.zh == title), title)
