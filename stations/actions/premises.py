"""Entering and correcting parts of the premises."""

from __future__ import annotations

from datetime import date

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from stations.actions.rows import enter
from stations.models import Facility, Station


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
        return enter(
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
        return enter(facility)
