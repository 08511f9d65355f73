"""The verbs of stations: open one, register it as a legal person, grade it, enter titles and premises."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.powers import require_of
from culture_admin.territory.actions import add_unit
from culture_admin.territory.models import Division, Level, Unit
from stations.models import Certificate, Facility, Grading, Station, Title

Row = TypeVar("Row", bound=Model)
# Public institutions have been registered since the republic; a certificate counts five years on from its first day.
EARLIEST, LATEST = date(1949, 10, 1), date(2199, 12, 31)


def open_station(
    *,
    actor,
    division: Division,
    name_zh: str,
    name_en: str = "",
    opened_on: date | None = None,
    address: str = "",
    telephone: str = "",
) -> Station:
    """A new station in a town, with its unit."""
    require_of(actor, "stations", path=division.path)
    with acting(actor):
        unit = add_unit(
            kind=Unit.Kind.STATION, division=division, name_zh=name_zh, name_en=name_en, valid_from=opened_on
        )
        station = Station(
            unit=unit, division=division, county=county_of(division), address=address, telephone=telephone
        )
        return _enter(station)


def change_station(*, actor, station: Station, **changes) -> Station:
    """Corrects the address or telephone of a station."""
    require_of(actor, "stations", path=station.division.path)
    with acting(actor):
        for name, value in changes.items():
            setattr(station, name, value)
        station.version += 1
        return _enter(station)


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
    domicile: str = "",
    purpose: str = "",
    funding: str = "",
    startup_funds: Decimal | None = None,
) -> Certificate:
    """Enters a certificate. It lasts five years where no end is written (DOMAIN.md §3.2)."""
    require_of(actor, "stations.registration", "decide", "propose", path=station.division.path)
    if not EARLIEST <= valid_from <= LATEST:
        message = _("A date from %(earliest)s to %(latest)s is expected.") % {"earliest": EARLIEST, "latest": LATEST}
        raise ValidationError({"valid_from": ValidationError(message, code="date_range")})
    certificate = Certificate(
        station=station,
        uscc=uscc,
        legal_representative=legal_representative,
        sponsor=sponsor,
        authority=authority,
        domicile=domicile,
        purpose=purpose,
        funding=funding,
        startup_funds=startup_funds,
        valid_from=valid_from,
        valid_to=valid_to or _five_years_after(valid_from),
    )
    with acting(actor):
        return _enter(certificate)


def grade_station(
    *, actor, station: Station, grade: str, valid_from: date, document: str, valid_to: date | None = None
) -> Grading:
    """Enters the grade a document gave; the grade before it ends that day."""
    require_of(actor, "stations.grading", path=station.division.path)
    with acting(actor):
        Grading.objects.filter(station=station, valid_to__isnull=True, valid_from__lt=valid_from).update(
            valid_to=valid_from
        )
        return _enter(
            Grading(station=station, grade=grade, valid_from=valid_from, valid_to=valid_to, document=document)
        )


def award_title(
    *, actor, station: Station, title: str, year: int, issuer: str, document: str, valid_from: date
) -> Title:
    """Enters a title that a town was given."""
    require_of(actor, "stations.grading", path=station.division.path)
    with acting(actor):
        return _enter(
            Title(station=station, title=title, year=year, issuer=issuer, document=document, valid_from=valid_from)
        )


def add_facility(
    *,
    actor,
    station: Station,
    name: str,
    use: str,
    floor_area: int,
    valid_from: date,
    valid_to: date | None = None,
    capacity: int | None = None,
    opening_hours: str = "",
) -> Facility:
    """Enters a part of the premises; `floor_area` in whole m², `capacity` in people, opening hours by weekday."""
    require_of(actor, "stations", path=station.division.path)
    with acting(actor):
        return _enter(
            Facility(
                station=station,
                name=name,
                use=use,
                floor_area=floor_area,
                valid_from=valid_from,
                valid_to=valid_to,
                capacity=capacity,
                opening_hours=opening_hours,
            )
        )


def change_facility(*, actor, facility: Facility, **changes) -> Facility:
    """Corrects what is said of a part of the premises: use, area, capacity, opening hours, end."""
    require_of(actor, "stations", path=facility.station.division.path)
    with acting(actor):
        for name, value in changes.items():
            setattr(facility, name, value)
        facility.version += 1
        return _enter(facility)


def county_of(division: Division) -> Division:
    """The county a town or village lies in."""
    return Division.objects.get(pk__in=division.ancestry, level=Level.COUNTY)


def _enter(row: Row) -> Row:
    row.full_clean()
    row.save()
    return row


def _five_years_after(day: date) -> date:
    return day.replace(year=day.year + 5, day=28 if (day.month, day.day) == (2, 29) else day.day)
