"""Versions of records as strong ETags, and the precondition that nobody writes over what he has not seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from culture_admin.interfaces.problems import Fault, Problem

TAG = re.compile(r'^"v([0-9]{1,10})"$')


def etag_of(record: Any) -> str:
    """The strong tag of a record's version, `"v3"`."""
    return tag(record.version)


def tag(version: int) -> str:
    """A version as a strong tag."""
    return f'"v{version}"'


def version_of(written: str) -> int | None:
    """The version a strong tag names; None for anything else."""
    found = TAG.fullmatch(written.strip())
    return int(found[1]) if found else None


def seen_version(request: Request, record: Any) -> int:
    """The version named by If-Match, which is the record's own.

    Raises Problem 428 without the header and 412, with the current version and what has changed, for another one. A weak or
    garbled tag matches nothing; `*` names no version, and the point is to name one.
    """
    header = _header(request)
    if not header or header == "*":
        raise Problem(
            428,
            "if_match_required",
            faults=[
                Fault(
                    "if_match_required",
                    _("Send If-Match with the ETag of the record you looked at."),
                    header="If-Match",
                )
            ],
            headers={"ETag": etag_of(record)},
            current=f"v{record.version}",
        )
    versions = [version for tag in header.split(",") if (version := version_of(tag)) is not None]
    if record.version in versions:
        return record.version
    changed = _changed_since(request, record, versions[0]) if versions else []
    raise changed_meanwhile(record.version, seen=header, changed=changed)


def named_version(request: Request, record: Any) -> int | None:
    """As `seen_version`, for what goes without If-Match too: None where the header is missing, or is `*`, which any version meets."""
    return None if _header(request) in ("", "*") else seen_version(request, record)


def changed_meanwhile(current: int | None, seen: str = "", changed: Sequence[str] = ()) -> Problem:
    """412: the record is at version `current` by now, and the fields `changed` are not what they were."""
    message = _("The record was changed since you looked at it. Read it again.")
    return Problem(
        412,
        "stale",
        faults=[Fault("stale", message, header="If-Match", value=seen[:40] or None)],
        headers={"ETag": f'"v{current}"'} if current else None,
        current=f"v{current}" if current else None,
        **({"changed": list(changed)} if changed else {}),
    )


def _header(request: Request) -> str:
    return request.META.get("HTTP_IF_MATCH", "").strip()


def _changed_since(request: Request, record: Any, version: int) -> list[str]:
    """Which fields are not what history says they were at the version, by the names under which the collection shows them."""
    events = getattr(record, "events", None)
    then = events.filter(version=version).order_by("-pgh_id").values().first() if events else None
    if then is None:
        return []
    columns = {
        field.name: field.attname
        for field in record._meta.concrete_fields
        if field.attname in then.keys() - {"version"}
    }
    shown = request.parser_context["view"].get_serializer().fields
    return [
        name
        for name, field in shown.items()
        if (column := columns.get(field.source)) and then[column] != getattr(record, column)
    ]
