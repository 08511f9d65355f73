"""How far targets have come: what was reached, what is missing, and how many days are left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from culture_admin.interfaces.problems import Problem
from culture_admin.statistics.models import Target
from culture_admin.statistics.periods import Period
from culture_admin.statistics.questions import Hierarchy
from culture_admin.statistics.readers import Reader
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS, STATION, Levels
from culture_admin.statistics.tallies import Number

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Progress:
    """What was reached of a target by today: None where nothing is recorded, or where the reader may not read it.

    missing: what is still wanted, 0 once it is reached. share: of the target, in hundredths and never rounded up to it.
    days_left: of the year, today included; 0 once it is over.
    """

    value: Number | None
    number: Decimal
    days_left: int

    @property
    def missing(self) -> Decimal:
        return max(self.number - Decimal(self.value or 0), Decimal(0))

    @property
    def share(self) -> Decimal | None:
        if self.value is None:
            return None
        return (Decimal(self.value) / self.number).quantize(HUNDREDTH, ROUND_DOWN)

    @property
    def percent(self) -> int:
        return min(int((self.share or 0) * 100), 100)

    @property
    def reached(self) -> bool:
        return not self.missing


class _Group(NamedTuple):
    """Targets that are read together: of one year, told apart alike, narrowed alike, in divisions that are or that were."""

    year: int
    by: str
    where: tuple[tuple[str, str], ...]
    hierarchy: str
    levels: bool


def progress_of(targets: Iterable[Target], *, user: Any = None, at: datetime | None = None) -> dict[int, Progress]:
    """By key how far each target has come, as far as `user` may read the numbers; without a user everything.

    Targets of one year are read together, however many places they are for.
    """
    at = at or timezone.now()
    groups: dict[_Group, list[Target]] = defaultdict(list)
    for target in targets:
        groups[_group_of(target, timezone.localdate(at))].append(target)
    return {
        target.pk: Progress(value, target.number, days_left(target.year, timezone.localdate(at)))
        for group, members in groups.items()
        for target, value in _values(group, members, user, at)
    }


def days_left(year: int, today: date) -> int:
    """The days of a year that are still to come; today counts, and of a year that is over there are none."""
    return max((date(year, 12, 31) - max(today, date(year, 1, 1))).days + 1, 0)


def _group_of(target: Target, today: date) -> _Group:
    by = STATION if target.station_id else f"division:{target.place.level}"
    over = target.place.valid_to is not None and target.place.valid_to <= today
    # What a place was before a change of boundaries counts to what it has become.
    hierarchy = Hierarchy.AS_WAS if over else Hierarchy.CURRENT
    metric = METRICS.get(target.metric)
    levels = any(isinstance(one.fact, Levels) for one in metric.amounts) if metric else False
    return _Group(target.year, by, tuple(sorted(target.where.items())), hierarchy, levels)


def _values(group: _Group, targets: Sequence[Target], user: Any, at: datetime) -> list[tuple[Target, Number | None]]:
    codes = _readable(sorted({target.metric for target in targets}), user)
    if not codes:
        return [(target, None) for target in targets]
    today = timezone.localdate(at)
    first, last = date(group.year, 1, 1), date(group.year, 12, 31)
    table = read(
        codes,
        user=user,
        by=[group.by],
        period=Period(first, last),
        as_of=min(last, max(first, today)) if group.levels else None,
        where={**{name: value.split(",") for name, value in group.where}, **_within(group, targets)},
        hierarchy=group.hierarchy,
        at=at,
    )
    key = STATION if group.by == STATION else "division_id"
    rows = {row.keys[key]: row.values for row in table.rows}
    return [
        (target, rows.get(target.station_id if group.by == STATION else target.place_id, {}).get(target.metric))
        for target in targets
    ]


def _within(group: _Group, targets: Sequence[Target]) -> dict[str, Any]:
    """Of one place nothing else is read."""
    places = {target.place_id: target.place for target in targets}
    if group.by == STATION:
        return {STATION: sorted({str(target.station_id) for target in targets})}
    return {"division": next(iter(places.values()))} if len(places) == 1 else {}


def _readable(codes: Sequence[str], user: Any) -> list[str]:
    """Of the metrics there are those that the user's offices may read."""
    try:
        reader = Reader(user, DEFAULT_DB_ALIAS, Hierarchy.AS_WAS)
    except Problem:
        return []
    return [code for code in codes if code in METRICS and reader.may_read(METRICS[code])]
