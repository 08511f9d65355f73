"""Opening a finding, by decision of the bureau or as what follows from something else; the duty to put it right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import ask, require
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import owe, record_entry, settle
from culture_admin.workflow.models import DUTIES, Duty
from stations.models import Finding, Station, Threshold, threshold

POWER = "stations.findings"
DUTY = "stations.finding"
BASIS = gettext_lazy(
    "Public Cultural Service Guarantee Law, Art. 61; Regulations on Public Cultural and Sports Facilities, Art. 30-31: the"
    " culture authority orders rectification within a time limit"
)
# What was found longer ago is a slip of the finger.
LONGEST_AGO = timedelta(days=2 * 366)
STATION, TOWN = "station", "town"


def open_finding(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    kind: str,
    what: str,
    basis: str,
    opened_on: date | None = None,
    due_on: date | None = None,
    owed_by: str = STATION,
    subject: Model | None = None,
) -> Finding:
    """Opens a finding by decision of the bureau. Without `due_on` the days for rectification of the place count.

    owed_by: `station` or `town`. Raises ValidationError, PermissionDenied with the matrix's sentence.
    """
    require(actor.offices, POWER, ("decide",), path=station.division.path)
    at = at or timezone.now()
    today = timezone.localdate(at)
    opened_on = opened_on or today
    if not today - LONGEST_AGO <= opened_on <= today:
        message = _("A day of the last two years is expected, today at the latest.")
        raise ValidationError({"opened_on": ValidationError(message, code="date_range")})
    if due_on and due_on > today + LONGEST_AGO:
        message = _("Nobody is given more than two years.")
        raise ValidationError({"due_on": ValidationError(message, code="date_range")})
    return note_finding(
        actor=actor, at=at, station=station, kind=kind, what=what, basis=basis, opened_on=opened_on, due_on=due_on,
        owed_by=owed_by, subject=subject,
    )  # fmt: skip


def note_finding(
    *,
    actor,
    at: datetime,
    station: Station,
    kind: str,
    what: str,
    basis: str,
    opened_on: date | None = None,
    due_on: date | None = None,
    owed_by: str = STATION,
    subject: Model | None = None,
) -> Finding:
    """Opens a finding that follows from something else the actor has done, such as entering the lease of a room.

    The power over findings is not asked: it was asked for the act that had this effect. Of one record there is one pending
    finding of a kind, which is given back as it is.
    """
    with acting(actor):
        pending = Finding.objects.pending().about(subject).filter(kind=kind).first() if subject else None
        if pending:
            return pending
        opened_on = opened_on or timezone.localdate(at)
        finding = Finding(
            station=station,
            kind=kind,
            what=what,
            basis=basis,
            debtor=debtor_of(station, owed_by),
            opened_on=opened_on,
            due_on=due_on or opened_on + days_to_rectify(station, opened_on),
            subject=subject,
        )
        finding.full_clean()
        finding.save(force_insert=True)
        offices = actor.offices if actor else []
        office = ask(offices, POWER, "decide", path=station.division.path).office
        record_entry(finding, step="open", office=office, actor=actor, at=at)
        owe_rectification([finding])
    return finding


def days_to_rectify(station: Station, day: date) -> timedelta:
    return timedelta(days=threshold(Threshold.Code.RECTIFICATION, station.division, day).number)


def owe_rectification(findings: Sequence[Finding]) -> None:
    """Lets the debtors of findings owe their rectification."""
    for finding in findings:
        owe(
            finding.debtor,
            code=DUTY,
            label=_duty_label(finding)[:200],
            basis=str(BASIS)[:200],
            opened_on=finding.opened_on,
            due_on=finding.due_on,
            subject=finding,
            again=True,
        )


def note_rectified(findings: Sequence[Finding], actor, at: datetime) -> None:
    """The debtor says that it is put right: his duty is done, and the bureau looks."""
    _set(findings, rectified_on=timezone.localdate(at))
    settle(findings, DUTY, at=at)


def note_closed(findings: Sequence[Finding], actor, at: datetime) -> None:
    _set(findings, closed_on=timezone.localdate(at))


def note_withdrawn(findings: Sequence[Finding], actor, at: datetime) -> None:
    settle(findings, DUTY, at=at)


def owe_again(findings: Sequence[Finding], actor, at: datetime) -> None:
    """It is not put right: a new term begins today."""
    today = timezone.localdate(at)
    for finding in findings:
        _set([finding], rectified_on=None, due_on=today + days_to_rectify(finding.station, today))
    owe_rectification(findings)


def _set(findings: Sequence[Finding], **values) -> None:
    Finding.objects.filter(pk__in=[finding.pk for finding in findings]).update(**values)
    for finding in findings:
        for name, value in values.items():
            setattr(finding, name, value)


def debtor_of(station: Station, owed_by: str) -> Unit:
    """The unit of the station or of its town; a town without a government in the register owes through its station."""
    if owed_by == TOWN:
        town = Unit.objects.filter(kind=Unit.Kind.TOWN, division=station.division_id).order_by("-pk").first()
        return town or station.unit
    return station.unit


def _duty_label(finding: Finding) -> str:
    return _("Put right: %(what)s") % {"what": finding.what}


DUTIES[DUTY] = Duty(_duty_label, BASIS, gettext_lazy("Finding at a station"))
