"""What the bureau finds when it looks at an activity on the spot."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Activity, SpotCheck
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.days import in_the_future


def record_check(
    *,
    actor,
    at: datetime | None = None,
    activity: Activity,
    found_on: date,
    finding: str,
    heads_seen: int | None = None,
    note: str = "",
) -> SpotCheck:
    """Enters a finding of the bureau. The log and its state stay as they are; what differs needs a word of note.

    Raises ValidationError by field, PermissionDenied with the matrix's sentence.
    """
    at = at or timezone.now()
    require(actor.offices, "activities.checks", ("decide",), path=activity.station.division.path)
    check = SpotCheck(
        activity=activity,
        found_on=found_on,
        finding=finding,
        heads_seen=heads_seen,
        note=note,
        recorded_at=at,
        recorded_by=actor,
    )
    faults: dict[str, object] = {}
    if late := in_the_future(found_on, timezone.localdate(at)):
        faults["found_on"] = late
    elif found_on < activity.begins_on:
        faults["found_on"] = _("The activity begins on %(day)s.") % {"day": activity.begins_on}
    if finding != SpotCheck.Finding.AGREES and not note.strip():
        faults["note"] = _("Say what was found.")
    if faults:
        raise ValidationError(faults)
    check.clean_fields(exclude=["activity", "recorded_by"])
    with acting(actor):
        check.save()
    return check
