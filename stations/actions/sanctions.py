"""Sanctions of the registration office: warn a legal person, or all that are late at once; give it other time to mend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.actions import Debt, StepRefused, give_time, owe_all, record_each, record_entry, settle
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.models import DUTIES, Duty
from stations.actions.certificates import current_certificates, end_legal_persons, take_custody
from stations.models import Certificate, Registration, Sanction, Station
from stations.models.registration import WRITABLE, Kind

POWER, DUTY = "stations.sanctions", "stations.sanction"
BASIS = gettext_lazy("Interim Regulations, Art. 19")
# How long a station has to mend it once its certificate is held; the office may give it other time.
SECOND_CHANCE = timedelta(days=30)
_LINKS = ["station", "division", "county", "registration", "recorded_by"]


def warn_station(
    *,
    actor,
    station: Station,
    ground: str,
    finding: str,
    document: str,
    mend_by: date,
    registration: Registration | None = None,
    at: datetime | None = None,
) -> Sanction:
    """Warns a legal person in writing, with a circular to its sponsor. Raises ValidationError, PermissionDenied."""
    at = at or timezone.now()
    office = require(actor.offices, POWER, ("decide",), path=station.division.path)[0] if actor else None
    if registration and registration.station_id != station.pk:
        message = _("This case is of another station.")
        raise ValidationError({"registration": ValidationError(message, "other_station")})
    with acting(actor):
        certificate = current_certificates([station], timezone.localdate(at)).get(station.pk)
        if certificate is None or certificate.ended_as:
            message = _("%(station)s is no legal person.") % {"station": station}
            raise ValidationError({"station": ValidationError(message, "no_legal_person")})
        sanction = _sanction(station, registration, ground, finding, document, mend_by, actor, at)
        sanction.full_clean(exclude=_LINKS)
        sanction.save()
        record_entry(sanction, step="warn", office=office, actor=actor, at=at)
        _owe([sanction])
    return sanction


def warn_late_reports(
    *, actor, registrations: Sequence[Registration], document: str, mend_by: date, at: datetime | None = None
) -> list[Sanction]:
    """The set-wise form of `warn_station` for annual reports whose time is over; those warned already are left alone.

    Raises StepRefused for a report that is not late, ValidationError, PermissionDenied.
    """
    at = at or timezone.now()
    day = timezone.localdate(at)
    with acting(actor):
        offices = {}
        for one in registrations:
            offices[one.pk] = require(actor.offices, POWER, ("decide",), path=one.station.division.path)[0]
            if one.kind != Kind.ANNUAL_REPORT or one.state not in WRITABLE or not (one.file_by and one.file_by < day):
                raise StepRefused("not_late", _("%(case)s is not late.") % {"case": one}, one.pk)
        warned = Sanction.objects.filter(
            station__in=[one.station_id for one in registrations],
            ground=Sanction.Ground.NO_REPORT,
            state__in=Sanction.OPEN,
        )
        known = set(warned.values_list("station", flat=True))
        new = [one for one in registrations if one.station_id not in known]
        sanctions = []
        for one in new:
            finding = _("The annual report of %(year)s was due on %(day)s and is not filed.")
            told = finding % {"year": one.year, "day": one.file_by}
            sanction = _sanction(one.station, one, Sanction.Ground.NO_REPORT, told, document, mend_by, actor, at)
            sanction.clean_fields(exclude=_LINKS)
            sanctions.append(sanction)
        _refuse_no_time(mend_by, day)
        Sanction.objects.bulk_create(sanctions)
        record_each(sanctions, step="warn", actor=actor, at=at, offices=[offices[one.pk] for one in new])
        _owe(sanctions)
    return sanctions


def change_sanction(
    *, actor, sanction: Sanction, mend_by: date | None = None, seen: int | None = None, at: datetime | None = None
) -> Sanction:
    """Gives other time to mend, while the sanction is open."""
    at = at or timezone.now()
    with acting(actor):
        rows = Sanction.objects.visible_to(actor) if actor else Sanction.objects.all()
        row = lock(rows.select_related("station__division", "station__unit"), sanction, seen)
        office = require(actor.offices, POWER, ("decide",), path=row.station.division.path)[0] if actor else None
        if row.state not in Sanction.OPEN:
            raise closed_to_change(row)
        if mend_by is None or mend_by == row.mend_by:
            return row
        _refuse_no_time(mend_by, timezone.localdate(at))
        more = mend_by > row.mend_by
        row.mend_by, row.version = mend_by, row.version + 1
        row.save(update_fields=["mend_by", "version"])
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
        if more:
            give_time([row], DUTY, mend_by, actor=actor, at=at)
        else:
            settle(row, DUTY, at=at)
            _owe([row])
    return row


def hold_certificates(sanctions: Sequence[Sanction], at: datetime) -> None:
    """The office takes certificate and seal; the station has another span to mend what is wrong."""
    day = timezone.localdate(at)
    take_custody([one.station for one in sanctions], day, Certificate.Custody.HELD)
    Sanction.objects.filter(pk__in=[one.pk for one in sanctions]).update(mend_by=day + SECOND_CHANCE)
    settle(sanctions, DUTY, at=at)
    for one in sanctions:
        one.mend_by = day + SECOND_CHANCE
    _owe(sanctions)


def revoke_registrations(sanctions: Sequence[Sanction], at: datetime) -> None:
    """The legal persons are no more; certificate and seal are collected."""
    day = timezone.localdate(at)
    end_legal_persons([one.station for one in sanctions], day, at, as_what=Certificate.End.REVOKED)
    settle(sanctions, DUTY, at=at)


def lift_sanctions(sanctions: Sequence[Sanction], at: datetime) -> None:
    """What was held goes back to the station, unless another sanction still holds it."""
    stations = {one.station_id: one.station for one in sanctions}
    held = Sanction.objects.filter(station__in=stations, state=Sanction.State.HELD).values_list("station", flat=True)
    free = [station for key, station in stations.items() if key not in set(held)]
    take_custody(free, timezone.localdate(at), Certificate.Custody.STATION)
    settle(sanctions, DUTY, at=at)


def _sanction(station, registration, ground, finding, document, mend_by, actor, at) -> Sanction:
    return Sanction(
        station=station,
        division_id=station.division_id,
        county_id=station.division.county_id,
        registration=registration,
        ground=ground,
        finding=finding,
        document=document,
        warned_on=timezone.localdate(at),
        mend_by=mend_by,
        recorded_by=actor,
    )


def _refuse_no_time(mend_by: date, day: date) -> None:
    if mend_by < day:
        message = _("The day to mend by is not before the warning.")
        raise ValidationError({"mend_by": ValidationError(message, "mend_by")})


def _owe(sanctions: Sequence[Sanction]) -> None:
    owe_all(
        Debt(one.station_id, one, DUTY, _label(one), opened_on=one.warned_on, due_on=one.mend_by, basis=str(BASIS))
        for one in sanctions
    )


def _label(sanction: Sanction) -> str:
    return _("Mend what you were warned of: %(ground)s") % {"ground": sanction.get_ground_display()}


DUTIES[DUTY] = Duty(_label, BASIS, gettext_lazy("What the registration office warned of"))
