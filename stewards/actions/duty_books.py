"""A steward's duty book: many days of one posting, entered together as they stand on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.workflow.actions import record_each
from culture_admin.workflow.days import in_the_future
from stations.actions.places import Places
from stewards.actions.duty import LATE_AFTER, own_office
from stewards.models import Absence, DutyDay, Posting, Steward


def log_duty_book(
    *, actor, posting: Posting, days: Sequence[Mapping[str, Any]], at: datetime | None = None
) -> list[DutyDay]:
    """Logs many days of one posting: of each `day`, and as far as said `halves`, `where`, `tasks`, `arrived`, `left`.

    All or nothing; they wait for the station. As many questions for a year as for a week. Raises ValidationError (`days`: what is
    wrong with which), PermissionDenied.
    """
    at = at or timezone.now()
    office = own_office(actor, posting)
    today = timezone.localdate(at)
    places = Places()
    rows = []
    for said in days:
        row = DutyDay(
            posting=posting,
            steward=posting.steward,
            firm_id=posting.firm_id,
            station=posting.station,
            recorded_at=at,
            recorded_by=actor,
            **said,
        )
        row.late = today - row.day > LATE_AFTER
        ground = places.at_work(posting.station, row.day)
        row.division_id, row.county_id = ground.division_id, ground.county_id
        rows.append(row)
    with acting(actor):
        Steward.objects.select_for_update(of=("self",)).get(pk=posting.steward_id)
        _refuse_faults(posting, rows, today)
        DutyDay.objects.bulk_create(rows)
        record_each(rows, step="log", actor=actor, at=at, offices=[office] * len(rows))
    return rows


def _refuse_faults(posting: Posting, rows: Sequence[DutyDay], today) -> None:
    """Raises ValidationError for the first day that cannot be one."""
    span = [row.day for row in rows]
    if not span:
        return
    within = Q(day__gte=min(span), day__lte=max(span))
    taken = set(
        DutyDay.objects.filter(within, steward=posting.steward_id)
        .exclude(state=DutyDay.State.VOID)
        .values_list("day", flat=True)
    )
    away = list(
        Absence.objects.filter(
            posting=posting, last__gte=min(span), first__lte=max(span),
            state__in=[Absence.State.APPROVED, Absence.State.NOTED],
        )
    )  # fmt: skip
    for row in rows:
        if fault := in_the_future(row.day, today):
            raise _wrong(row, fault.messages[0], fault.code or "future")
        if not posting.covers(row.day):
            raise _wrong(row, _("The posting does not hold on this day."), "outside_posting")
        if row.day in taken:
            raise _wrong(row, _("This day is logged already."), "logged_already")
        if any(one.first <= row.day <= one.last for one in away):
            raise _wrong(row, _("He was absent on this day."), "absent_then")
        taken.add(row.day)
        try:
            row.clean_fields(exclude=["posting", "steward", "firm", "station", "division", "county", "recorded_by"])
        except ValidationError as refused:
            raise _wrong(row, " ".join(refused.messages), "invalid") from refused


def _wrong(row: DutyDay, text: str, code: str) -> ValidationError:
    return ValidationError({"days": ValidationError(f"{row.day}: {text}", code=code)})
