"""Receiving a complaint, entering the answer, and the duty to answer within the working days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.personal.reading import write_personal
from culture_admin.workflow.actions import owe, record_entry, settle
from culture_admin.workflow.days import refuse_future
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.models import DUTIES, Duty
from stations.actions.findings import TOWN, debtor_of, note_finding
from stations.actions.places import Places
from stations.actions.rows import OFFICIAL, enter
from stations.models import Complaint, ComplaintData, Finding, Station
from stations.models.complaints import DUTY, USUAL_DAYS

POWER = "stations.complaints"
BASIS = gettext_lazy("Complaints about stations are answered in writing by the town that administers them")
ANSWERS, RECEIVES = ("consent",), ("decide", "consent", "propose")
ANSWERED_BY_TOWN = ("answer", "outcome")
# An answer that was not enough is mended within these working days.
AGAIN = 5
LONGEST_AGO = timedelta(days=366)


def receive_complaint(
    *,
    actor,
    station: Station,
    received_on: date,
    channel: str,
    about: str,
    text: str,
    working_days: int = USUAL_DAYS,
    name: str = "",
    contact: str = "",
    at: datetime | None = None,
) -> Complaint:
    """Puts a complaint on record; the town owes an answer. Name and contact are sealed, and may be left out.

    Raises ValidationError by field, PermissionDenied.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    office, _verb = require(actor.offices, POWER, RECEIVES, path=station.division.path)
    refuse_future("received_on", received_on, today)
    if received_on < today - LONGEST_AGO:
        message = _("A day of the last year is expected, today at the latest.")
        raise ValidationError({"received_on": ValidationError(message, code="date_range")})
    ground = Places().on(station, received_on)
    with acting(actor):
        complaint = enter(
            Complaint(
                station=station, division_id=ground.division_id, county_id=ground.county_id, received_on=received_on,
                channel=channel, about=about, text=text, working_days=working_days, recorded_by=actor,
            )
        )  # fmt: skip
        record_entry(complaint, step="register", office=office, actor=actor, at=at)
        sealed = {"name": name.strip() or None, "contact": contact.strip() or None}
        if any(sealed.values()):
            write_personal(ComplaintData(complaint=complaint), sealed, office=office, actor=actor, at=at)
        _owe(complaint, received_on, working_days)
    return Complaint.objects.with_due().select_related("station__division", "station__unit").get(pk=complaint.pk)


def answer_complaint(
    *, actor, complaint: Complaint, at: datetime | None = None, seen: int | None = None, **changes
) -> Complaint:
    """Enters the answer and the outcome the town has come to; the step `answer` then gives it.

    Raises ValidationError by field, StepRefused (`stale`, `illegal_transition`), PermissionDenied.
    """
    unknown = set(changes) - set(ANSWERED_BY_TOWN)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    with acting(actor):
        rows = Complaint.objects.visible_to(actor).select_related("station__division", "station__unit")
        row = lock(rows, complaint, seen)
        office, _verb = require(actor.offices, POWER, ANSWERS, path=row.station.division.path)
        if row.state not in Complaint.OPEN:
            raise closed_to_change(row)
        for name, value in changes.items():
            setattr(row, name, value)
        row.version += 1
        enter(row)
        record_entry(row, step="change", office=office, actor=actor, at=at or timezone.now(), from_state=row.state)
    return row


def note_answered(complaints: Sequence[Complaint], actor, at: datetime) -> None:
    """The town's duty is done."""
    _set(complaints, answered_on=timezone.localdate(at))
    settle(complaints, DUTY, at=at)


def note_closed(complaints: Sequence[Complaint], actor, at: datetime) -> None:
    """What the complaint was right about is to be put right at the station."""
    _set(complaints, closed_on=timezone.localdate(at))
    for complaint in complaints:
        if complaint.outcome in Complaint.JUSTIFIED:
            with translation.override(OFFICIAL):
                what = _("Complaint of %(day)s: %(text)s") % {"day": complaint.received_on, "text": complaint.text}
                basis = str(BASIS)
            note_finding(
                actor=actor, at=at, station=complaint.station, kind=Finding.Kind.COMPLAINT, what=what[:300],
                basis=basis[:200], subject=complaint,
            )  # fmt: skip


def owe_again(complaints: Sequence[Complaint], actor, at: datetime) -> None:
    """The answer was not enough: the town owes a better one."""
    _set(complaints, answered_on=None)
    for complaint in complaints:
        _owe(complaint, timezone.localdate(at), AGAIN)


def _owe(complaint: Complaint, since: date, working_days: int) -> None:
    owe(
        debtor_of(complaint.station, TOWN),
        code=DUTY,
        label=_duty_label(complaint)[:200],
        basis=str(BASIS)[:200],
        opened_on=since,
        working_days=working_days,
        subject=complaint,
        again=True,
    )


def _set(complaints: Sequence[Complaint], **values) -> None:
    Complaint.objects.filter(pk__in=[complaint.pk for complaint in complaints]).update(**values)


def _duty_label(complaint: Complaint) -> str:
    return _("Answer a complaint about %(station)s: %(about)s") % {
        "station": complaint.station,
        "about": complaint.get_about_display(),
    }


DUTIES[DUTY] = Duty(_duty_label, BASIS, name=gettext_lazy("Answer to a complaint"), ahead=3)
