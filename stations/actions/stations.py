"""Opening a station and correcting its file."""

from __future__ import annotations

from datetime import date

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.territory.actions import add_unit
from culture_admin.territory.models import Division, Unit
from stations.actions.rows import county_of, enter
from stations.models import Station


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
        return enter(station)


def change_station(*, actor, station: Station, **changes) -> Station:
    """Corrects the address or telephone of a station."""
    require_of(actor, "stations", path=station.division.path)
    with acting(actor):
        for name, value in changes.items():
            setattr(station, name, value)
        station.version += 1
        return enter(station)
