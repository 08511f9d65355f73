"""Recording a safety check; what was not in order becomes a finding with a day to put it right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import listed
from culture_admin.workflow.actions import follow, record_entry
from culture_admin.workflow.days import refuse_future
from stations.actions.findings import note_finding
from stations.actions.places import Places
from stations.actions.rows import OFFICIAL, enter
from stations.models import Finding, SafetyCheck, SafetyItem, Station
from stations.models.safety import Item, Result

POWER = "stations.safety"
BASIS = gettext_lazy(
    "Public Cultural Service Guarantee Law, Art. 22: whoever manages a facility keeps it safe and has it looked at"
)
# What was looked at longer ago is a slip of the finger.
LONGEST_AGO = timedelta(days=2 * 366)


def record_safety_check(
    *,
    actor,
    station: Station,
    checked_on: date,
    by: str,
    checker: str,
    items: Sequence[Mapping[str, str]],
    note: str = "",
    at: datetime | None = None,
) -> SafetyCheck:
    """Records what was looked at. `items`: for each thing its `item`, its `result`, and a `remark` where it is not in order.

    Raises ValidationError by field, PermissionDenied.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    office, _verb = require(actor.offices, POWER, ("decide",), path=station.division.path)
    refuse_future("checked_on", checked_on, today)
    if checked_on < today - LONGEST_AGO:
        message = _("A day of the last two years is expected, today at the latest.")
        raise ValidationError({"checked_on": ValidationError(message, code="date_range")})
    bad = _not_in_order(items)
    ground = Places().on(station, checked_on)
    with acting(actor):
        check = enter(
            SafetyCheck(
                station=station,
                division_id=ground.division_id,
                county_id=ground.county_id,
                checked_on=checked_on,
                by=by,
                checker=checker,
                failed=bool(bad),
                note=note,
                recorded_by=actor,
            )
        )
        rows = [SafetyItem(check_of=check, **{"remark": "", **item}) for item in items]
        for row in rows:
            row.clean_fields(exclude=["check_of"])
        SafetyItem.objects.bulk_create(rows)
        record_entry(check, step="register", office=office, actor=actor, at=at)
        if bad:
            with translation.override(OFFICIAL):
                what = _("Safety check of %(day)s: %(items)s") % {"day": checked_on, "items": listed(bad)}
                basis = str(BASIS)
            note_finding(
                actor=actor, at=at, station=station, kind=Finding.Kind.SAFETY, what=what[:300], basis=basis[:200],
                opened_on=max(checked_on, today - timedelta(days=1)), subject=check,
            )  # fmt: skip
    return check


def drop_findings(checks: Sequence[SafetyCheck], actor, at: datetime) -> None:
    """A check that never was has found nothing."""
    for check in checks:
        with translation.override(OFFICIAL):
            comment = _("The safety check of %(day)s was struck out.") % {"day": check.checked_on}
        follow(Finding.objects.pending().about(check), "withdraw", actor=actor, at=at, comment=comment)


def _not_in_order(items: Sequence[Mapping[str, str]]) -> list[str]:
    """What is not in order, in words. Raises ValidationError where nothing, or a thing twice, or no remark was given."""
    named = [item["item"] for item in items]
    faults = {}
    if not items:
        faults["items"] = ValidationError(_("Say of at least one thing whether it is in order."), code="required")
    elif len(set(named)) < len(named):
        faults["items"] = ValidationError(_("Each thing is looked at once."), code="repeated")
    bad = [item for item in items if item["result"] == Result.BAD]
    if any(not item.get("remark") for item in bad):
        message = _("Say of what is not in order what is wrong with it.")
        faults["items"] = ValidationError(message, code="remark_missing")
    if faults:
        raise ValidationError(faults)
    return [f"{Item(item['item']).label} ({item['remark']})" for item in bad]
