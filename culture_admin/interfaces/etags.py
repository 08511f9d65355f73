"""Versions of records as strong ETags, and the precondition that nobody writes over what he has not seen."""

from __future__ import annotations

import re
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

    Raises Problem 428 without the header and 412, with the current version, for another one. A weak or garbled tag matches
    nothing; `*` names no version, and the point is to name one.
    """
    header = request.META.get("HTTP_IF_MATCH", "").strip()
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
    if record.version in map(version_of, header.split(",")):
        return record.version
    raise changed_meanwhile(record.version, seen=header)


def changed_meanwhile(current: int | None, seen: str = "") -> Problem:
    """412: the record is at version `current` by now."""
    message = _("The record was changed since you looked at it. Read it again.")
    return Problem(
        412,
        "stale",
        faults=[Fault("stale", message, header="If-Match", value=seen[:40] or None)],
        headers={"ETag": f'"v{current}"'} if current else None,
        current=f"v{current}" if current else None,
    )
