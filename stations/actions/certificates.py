"""Certificates: entering one that exists, issuing those of decided cases, ending them, announcing that they have lapsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.workflow.actions import Debt, StepRefused, owe_all, settle
from culture_admin.workflow.models import DUTIES, Duty
from stations.actions.codes import faults_of_codes
from stations.actions.parties import offices_of
from stations.actions.representative import mind_representatives
from stations.actions.rows import enter
from stations.models import Certificate, CertificateStanding, Registration, Station
from stations.models.certificate import RENEWAL
from stations.models.registration import WRITABLE

POWER = "stations.certificates"
# Public institutions have been registered since the republic; a certificate counts five years on from its first day.
EARLIEST, LATEST = date(1949, 10, 1), date(2199, 12, 31)
YEARS = 5
Kind = Registration.Kind
RENEWAL_DUTY = "stations.certificate_renewal"
RENEWAL_BASIS = gettext_lazy("Implementing Rules: certificates are renewed within thirty days before they end")
AS_REGISTERED = ("name", "legal_representative", "purpose", "funding", "domicile", "startup_funds", "sponsor")


def register_legal_person(
    *,
    actor,
    station: Station,
    uscc: str,
    legal_representative: str,
    sponsor: str,
    authority: str,
    valid_from: date,
    valid_to: date | None = None,
    name: str = "",
    domicile: str = "",
    purpose: str = "",
    funding: str = "",
    startup_funds: Decimal | None = None,
    number: str = "",
    originals: int = 1,
    duplicates: int = 1,
    issued_on: date | None = None,
    at: datetime | None = None,
) -> Certificate:
    """Enters a certificate that was issued on paper. It lasts five years where no end is written (DOMAIN.md §3.2).

    Raises ValidationError by field: a code that is none, is foreign or another station's; a day covered already.
    """
    require_of(actor, POWER, "decide", "propose", path=station.division.path)
    if not EARLIEST <= valid_from <= LATEST:
        message = _("A date from %(earliest)s to %(latest)s is expected.") % {"earliest": EARLIEST, "latest": LATEST}
        raise ValidationError({"valid_from": ValidationError(message, code="date_range")})
    certificate = Certificate(
        station=station,
        uscc=uscc,
        name=name or station.unit.name_zh,
        legal_representative=legal_representative,
        sponsor=sponsor,
        authority=authority,
        domicile=domicile,
        purpose=purpose,
        funding=funding,
        startup_funds=startup_funds,
        number=number,
        originals=originals,
        duplicates=duplicates,
        issued_on=issued_on,
        valid_from=valid_from,
        valid_to=valid_to or years_after(valid_from, YEARS),
    )
    with acting(actor):
        faults = faults_of_codes({station: uscc})
        if faults:
            raise ValidationError({"uscc": faults[station.pk]})
        enter(certificate)
        _note_new([certificate], at or timezone.now())
    return certificate


def issue_certificates(registrations: Sequence[Registration], at: datetime) -> None:
    """Writes the certificates of approved cases; those they replace end the same day.

    A new legal person and a renewed certificate get five years; a change or a reissue keeps the end of the old one. Raises
    StepRefused for a case whose old certificate is gone, or was issued today.
    """
    day = timezone.localdate(at)
    current = current_certificates([one.station for one in registrations], day)
    offices = offices_of(one.county_id for one in registrations)
    made = []
    for one in registrations:
        office = offices.get(one.county_id)
        made.append(_certificate_of(one, current.get(one.station_id), office.name_zh if office else "", day))
    _end([old for old in current.values() if old.holds(day)], day)
    Certificate.objects.bulk_create(made)
    _bring_up_to_date(made)
    _note_new(made, at)


def end_legal_persons(stations: Iterable[Station], day: date, at: datetime, *, as_what: str) -> None:
    """Collects the certificates in force and ends them on the day, by cancellation or by revocation."""
    last = current_certificates(stations, day).values()
    # What begins and ends on one day was valid on that day.
    _end([one for one in last if one.holds(day) and one.valid_from < day], day)
    _end([one for one in last if one.valid_from == day], day + timedelta(days=1))
    Certificate.objects.filter(pk__in=[certificate.pk for certificate in last]).update(
        custody=Certificate.Custody.COLLECTED, ended_as=as_what, version=F("version") + 1
    )
    settle(list(last), RENEWAL_DUTY, at=at)


def take_custody(stations: Iterable[Station], day: date, custody: str) -> None:
    """Says where the certificates of the day are: at the station, or held by the office."""
    keys = [certificate.pk for certificate in current_certificates(stations, day).values()]
    Certificate.objects.filter(pk__in=keys).update(custody=custody, version=F("version") + 1)


def announce_lapse(*, actor, certificate: Certificate, at: datetime | None = None) -> Certificate:
    """Notes that the office has announced that a certificate is void because it was not renewed. Raises StepRefused."""
    require_of(actor, POWER, "decide", path=certificate.station.division.path)
    at = at or timezone.now()
    with acting(actor):
        row = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        standing = Certificate.objects.with_standing(timezone.localdate(at)).get(pk=row.pk).standing
        if standing != CertificateStanding.LAPSED:
            text = _("The certificate is “%(standing)s”; only one that has lapsed is announced as void.")
            raise StepRefused(
                "not_lapsed", text % {"standing": CertificateStanding(standing).label}, row.pk, row.version
            )
        if row.lapse_announced_on:
            text = _("Announced on %(day)s already.") % {"day": row.lapse_announced_on}
            raise StepRefused("announced", text, row.pk, row.version)
        row.lapse_announced_on, row.version = timezone.localdate(at), row.version + 1
        row.save(update_fields=["lapse_announced_on", "version"])
    return row


def current_certificates(stations: Iterable[Station], day: date) -> dict[int, Certificate]:
    """By station the certificate in force on the day, or the last one before it."""
    rows = Certificate.objects.filter(station__in=list(stations)).newest(day)
    return {row.station_id: row for row in rows}


def years_after(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _certificate_of(registration: Registration, old: Certificate | None, authority: str, day: date) -> Certificate:
    kind = registration.kind
    if kind == Kind.ESTABLISHMENT and old and old.holds(day):
        raise StepRefused("registered", _("The station is a legal person already."), registration.pk)
    if kind != Kind.ESTABLISHMENT and old is None:
        raise StepRefused("no_certificate", _("The station has no certificate to be replaced."), registration.pk)
    if old and not old.valid_from < day:
        text = _("A certificate of this station begins today; issue the next one tomorrow.")
        raise StepRefused("certificate_of_today", text, registration.pk)
    if old and old.custody == Certificate.Custody.HELD:
        text = _("The office holds the certificate; the sanction has to be lifted first.")
        raise StepRefused("certificate_held", text, registration.pk)
    keeps_end = kind in (Kind.CHANGE, Kind.REISSUE) and old and old.holds(day)
    return Certificate(
        station=registration.station,
        registration=registration,
        uscc=registration.uscc or old.uscc,
        authority=authority,
        duplicates=registration.duplicates,
        issued_on=day,
        valid_from=day,
        valid_to=old.valid_to if keeps_end else years_after(day, YEARS),
        **(_registered(registration, old) if old and kind != Kind.ESTABLISHMENT else _said(registration)),
    )


def _said(registration: Registration) -> dict[str, object]:
    return {name: getattr(registration, name) for name in AS_REGISTERED}


def _registered(registration: Registration, certificate: Certificate) -> dict[str, object]:
    """What a case changes as the case says it, the rest as it stands on a certificate, changed since the case was begun or not."""
    standing = {name: getattr(certificate, name) for name in AS_REGISTERED if name not in registration.items}
    return _said(registration) | {name: value for name, value in standing.items() if value not in ("", None)}


def _bring_up_to_date(certificates: Sequence[Certificate]) -> None:
    """Cases that are still being written at their stations say what stands on the new certificates."""
    by_station = {one.station_id: one for one in certificates}
    being_written = Registration.objects.filter(station__in=by_station, state__in=WRITABLE)
    behind = []
    for case in being_written.exclude(kind=Kind.ESTABLISHMENT).order_by("pk").select_for_update():
        registered = _registered(case, by_station[case.station_id])
        if registered != _said(case):
            for name, value in registered.items():
                setattr(case, name, value)
            case.version += 1
            behind.append(case)
    Registration.objects.bulk_update(behind, [*AS_REGISTERED, "version"])


def _end(certificates: Sequence[Certificate], day: date) -> None:
    Certificate.objects.filter(pk__in=[certificate.pk for certificate in certificates]).update(
        valid_to=day, version=F("version") + 1
    )


def _note_new(certificates: Sequence[Certificate], at: datetime) -> None:
    """What follows from new certificates: each is to be renewed in time, which those they replace were by them; and the duty
    about the legal representative is done where one names the head in office, and opened where it names another.
    """
    day, stations = timezone.localdate(at), {one.station_id: one.station for one in certificates}
    rows = Certificate.objects.filter(station__in=stations, custody=Certificate.Custody.STATION).with_standing(day)
    replaced = [row for row in rows if row.standing == CertificateStanding.REPLACED]
    gone = {row.pk for row in replaced}
    settle(replaced, RENEWAL_DUTY, at=at)
    owe_all(
        Debt(
            one.station_id,
            one,
            RENEWAL_DUTY,
            _renewal_label(one),
            opened_on=one.valid_to - RENEWAL,
            due_on=one.valid_to - timedelta(days=1),
            basis=str(RENEWAL_BASIS),
        )
        for one in certificates
        if one.pk not in gone
    )
    mind_representatives(list(stations.values()), at)


def _renewal_label(certificate: Certificate) -> str:
    return _("Renew the legal person certificate")


DUTIES[RENEWAL_DUTY] = Duty(_renewal_label, RENEWAL_BASIS, gettext_lazy("Renewal of a certificate"))
