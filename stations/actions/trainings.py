"""Plan a training of station staff, change it, and record who came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.territory.models import Division
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.gatherings import WHEN_AND_WHERE, change_gathering, county_and_office, enter_gathering
from stations.actions.places import Places
from stations.models import Attendance, OfficerPosting, Training

POWER, ATTENDANCE = "stations.trainings", "stations.trainings.attendance"
CHANGEABLE = (*WHEN_AND_WHERE, "kind", "hours", "trainer", "content")


def plan_training(
    *,
    actor,
    title: str,
    begins_on: date,
    hours: Decimal,
    kind: str = Training.Kind.SHORT,
    county: Division | None = None,
    ends_on: date | None = None,
    begins_time: time | None = None,
    ends_time: time | None = None,
    place: str = "",
    document_no: str = "",
    trainer: str = "",
    content: str = "",
    at: datetime | None = None,
) -> Training:
    """A training for the staff of a county's stations; `hours` in clock hours. Raises ValidationError, PermissionDenied."""
    county, office = county_and_office(actor, POWER, county)
    training = Training(
        county=county,
        kind=kind,
        title=title,
        begins_on=begins_on,
        ends_on=ends_on or begins_on,
        begins_time=begins_time,
        ends_time=ends_time,
        place=place,
        document_no=document_no,
        hours=hours,
        trainer=trainer,
        content=content,
    )
    return enter_gathering(training, office=office, actor=actor, at=at or timezone.now())


def change_training(
    *, actor, training: Training, at: datetime | None = None, seen: int | None = None, **changes
) -> Training:
    """Changes a training that stands. Raises ValidationError, PermissionDenied, StepRefused."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    return change_gathering(training, changes, power=POWER, actor=actor, at=at or timezone.now(), seen=seen)


def record_attendance(
    *,
    actor,
    training: Training,
    attendances: Sequence[Mapping[str, Any]],
    at: datetime | None = None,
    seen: int | None = None,
) -> list[Attendance]:
    """Records who was there: for each an `officer`, whether `present`, and a `note`. Said again, it is put right.

    Who is not named keeps what was said of him. Raises ValidationError at `attendances`, PermissionDenied, StepRefused.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(Training.objects.visible_to(actor).select_related("county"), training, seen)
        office, _verb = require(actor.offices, ATTENDANCE, ("decide",), path=row.county.path)
        if row.state in Training.SETTLED:
            raise closed_to_change(row)
        if row.begins_on > timezone.localdate(at):
            message = _("The training is only on %(day)s.") % {"day": row.begins_on}
            raise ValidationError({"attendances": ValidationError(message, code="in_the_future")})
        there = {attendance.officer_id: attendance for attendance in row.attendances.all()}
        new = _take(row, attendances, there)
        Attendance.objects.bulk_update([one for one in there.values() if one.pk], ["present", "note"])
        Attendance.objects.bulk_create(new)
        Training.objects.filter(pk=row.pk).update(version=row.version + 1)
        row.version += 1
        record_entry(row, step="attend", office=office, actor=actor, at=at, from_state=row.state)
    return list(row.attendances.select_related("officer", "station__unit"))


def staff_on(county: Division, day: date) -> dict[int, OfficerPosting]:
    """The officers who serve at stations of a county on a day, each with the posting that takes most of his time."""
    postings = OfficerPosting.objects.on(day).filter(station__division__path__startswith=county.path)
    ordered = postings.select_related("officer", "station__division", "station__unit").order_by(
        "station__division__code", "acting", "-share", "pk"
    )
    first: dict[int, OfficerPosting] = {}
    for posting in ordered:
        known = first.get(posting.officer_id)
        if known is None or (known.acting, -known.share) > (posting.acting, -posting.share):
            first[posting.officer_id] = posting
    return first


def _take(
    training: Training, attendances: Iterable[Mapping[str, Any]], there: dict[int, Attendance]
) -> list[Attendance]:
    """Puts what is said into the attendances that are there, and gives those that are new."""
    serving = staff_on(training.county, training.begins_on)
    places, named, new = Places(), set(), []
    for entry in attendances:
        officer = entry["officer"]
        if officer.pk in named:
            message = _("%(name)s is named twice.") % {"name": officer}
            raise ValidationError({"attendances": ValidationError(message, code="named_twice")})
        named.add(officer.pk)
        attendance = there.get(officer.pk)
        if attendance is None:
            posting = serving.get(officer.pk)
            if posting is None:
                message = _("%(name)s served at no station of this county on %(day)s.")
                params = {"name": officer, "day": training.begins_on}
                raise ValidationError({"attendances": ValidationError(message % params, code="not_serving")})
            ground = places.on(posting.station, training.begins_on)
            attendance = Attendance(
                training=training,
                officer=officer,
                station_id=posting.station_id,
                division_id=ground.division_id,
                county_id=ground.county_id,
            )
            new.append(attendance)
        attendance.present, attendance.note = entry["present"], entry.get("note") or ""
        attendance.clean_fields(exclude=["training", "officer", "station", "division", "county"])
    return new
