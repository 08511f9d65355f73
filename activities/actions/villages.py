"""In which village something is: whoever names a village's cultural hall has named the village."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from activities.models import Activity, Series
from culture_admin.territory.models import Division, Level
from stations.models import Station

HALLS = ("文化礼堂", "礼堂")
SHORTEST_STEM = 2
# Asked with most entries, and put together by the ORM in twice the time that it takes to answer.
_VILLAGES = "SELECT * FROM territory_division WHERE path LIKE %s AND level = %s ORDER BY code, id"


class Villages:
    """The villages and communities of a station's town; asks the database once, and only where a place is named."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self._found: dict[tuple[str, date], Division | None] = {}

    def named(self, venue: str, on: date) -> Division | None:
        """The village that a place is called by, among those that existed on the day."""
        if not venue:
            return None
        if (venue, on) not in self._found:
            existing = [one for one in self._all if _exists(one, on)]
            self._found[venue, on] = village_named(venue, existing)
        return self._found[venue, on]

    def called(self, name: str, on: date) -> Division | None:
        """The village of a name, which may leave its ending out: 湖滨 is 湖滨村."""
        found = self.named(name, on)
        if found or not name:
            return found
        bare = [one for one in self._all if _exists(one, on) and _stem(one.name_zh) == name]
        return bare[0] if len(bare) == 1 else None

    @cached_property
    def _all(self) -> list[Division]:
        return list(Division.objects.raw(_VILLAGES, [f"{self.station.division.path}%", Level.VILLAGE]))


def follow_venue(record: Activity | Series, changes: dict[str, Any]) -> None:
    """Adds to changes that move a record to another venue, and do not say in which village, the village that follows.

    It is that of the new place, and none where it was that of the old one.
    """
    venue = changes.get("venue", record.venue)
    if "village" in changes or venue == record.venue:
        return
    villages, on = Villages(record.station), record.begins_on
    was_of_venue = record.village and record.village == villages.named(record.venue, on)
    changes["village"] = villages.named(venue, on) or (None if was_of_venue else record.village)


def village_named(text: str, villages: Iterable[Division]) -> Division | None:
    """The village whose name, or whose cultural hall, a place is called by; None where none is, or more than one."""
    named = [village for village in villages if any(name in text for name in _names(village.name_zh))]
    # 新湖滨村 is not 湖滨村.
    longest = [
        one
        for one in named
        if not any(one.name_zh != other.name_zh and one.name_zh in other.name_zh for other in named)
    ]
    return longest[0] if len(longest) == 1 else None


def _names(village: str) -> Iterator[str]:
    """A village as places are called by it; its name without the ending only before the word for its hall."""
    yield village
    stem = _stem(village)
    if stem != village and len(stem) >= SHORTEST_STEM:
        yield from (f"{stem}{hall}" for hall in HALLS)


def _stem(village: str) -> str:
    return village.removesuffix("社区").removesuffix("村")


def _exists(village: Division, on: date) -> bool:
    return not (village.valid_from and on < village.valid_from) and not (village.valid_to and on >= village.valid_to)
