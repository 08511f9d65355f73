"""What the queue of a phone sends."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from culture_admin.interfaces.parsers import read_object
from culture_admin.interfaces.problems import Fault, Problem


def records_sent(request: HttpRequest, most: int) -> list[dict[str, Any]]:
    """The records of the queue of whoever is signed in, so many at the most. Raises Problem."""
    told = read_object(request.body)
    records: Any = told.get("records")
    if set(told) - {"user", "records"} or not _are_records(records, most):
        message = _("Expected up to %(most)d records of a queue.") % {"most": most}
        raise Problem(400, "invalid", faults=[Fault("invalid", message, pointer="/records")])
    if told.get("user") != request.user.pk:
        message = _("These records are somebody else's. Whoever entered them signs in and sends them.")
        raise Problem(409, "other_user", message)
    return records


def _are_records(records: object, most: int) -> bool:
    return (
        isinstance(records, list) and 0 < len(records) <= most and all(isinstance(record, dict) for record in records)
    )
