"""The counted values of a year, read set-wise: every metric once for all who are assessed, never once for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from culture_admin.scoring.body import Body
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.sources import Source, Span, metrics_of
from culture_admin.scoring.values import NOT_APPLICABLE, NOT_RECORDED, Value, carried
from culture_admin.statistics.periods import Grain
from culture_admin.statistics.register import METRICS, STATION
from culture_admin.statistics.snapshots import Asked, FrozenRow, FrozenTable
from culture_admin.statistics.tallies import Number

TOWN = "division:town"
QUARTER_STARTS = (1, 4, 7, 10)


@dataclass(frozen=True, slots=True)
class Counted:
    """The value of a counted indicator; of one that is divided also what by what. `fails`: the formula has no denominator."""

    values: tuple[Value, ...]
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    fails: bool = False


@dataclass(frozen=True)
class Part:
    """A metric that a counted value is made of, in which of the tables it stands, and by what its rows are told apart."""

    table: int
    metric: str
    by: str


@dataclass(frozen=True)
class Plan:
    """What is to be asked for a scheme and a time, and where each indicator finds its answer."""

    body: Body
    year: int
    until: date
    subject: str
    asked: list[Asked] = field(default_factory=list)
    parts: dict[str, tuple[Part, ...]] = field(default_factory=dict)

    @cached_property
    def quarters(self) -> list[str]:
        return [str(Grain.QUARTER.label(date(self.year, month, 1))) for month in QUARTER_STARTS]


def plan(scheme: Scheme, until: date) -> Plan:
    """The questions of a scheme: one for all indicators that are narrowed and told apart alike."""
    body = scheme.content
    made = Plan(body, scheme.year, until, scheme.subject)
    alike: dict[tuple, dict[str, None]] = defaultdict(dict)
    wanted: dict[str, list[tuple[tuple, str]]] = {}
    for code, source in body.sources.items():
        if not source.is_counted:
            continue
        wanted[code] = []
        metrics = metrics_of(source)
        by = _by(metrics, scheme.subject)
        for metric in metrics:
            key = (
                by,
                source.span == Span.QUARTERS,
                tuple(sorted(_where(metric, source).items())),
            )
            alike[key][metric] = None
            wanted[code].append((key, metric))
    order = {key: number for number, key in enumerate(alike)}
    for (by, quarterly, where), together in alike.items():
        made.asked.append(
            Asked(
                metrics=tuple(together),
                by=(by, Grain.QUARTER.value) if quarterly else (by,),
                first=date(scheme.year, 1, 1),
                last=until,
                where=dict(where),
            )
        )
    for code, found in wanted.items():
        made.parts[code] = tuple(Part(order[key], metric, key[0]) for key, metric in found)
    return made


def counted(plan: Plan, tables: Sequence[FrozenTable]) -> dict[str, dict[str, Counted]]:
    """By "division:7" or "station:12" and the code of the indicator, what is counted there; equal numbers are looked at once."""
    rows = [_rows_by_key(table) for table in tables]
    found: dict[str, dict[str, Counted]] = {key: {} for table in rows for key, _quarter in table}
    for code, parts in plan.parts.items():
        source = plan.body.sources[code]
        if source.span == Span.QUARTERS:
            places = [(rows[parts[0].table], parts[0].metric, quarter) for quarter in plan.quarters]
        else:
            places = [(rows[part.table], part.metric, "") for part in parts]
        kind = STATION if parts[0].by == STATION else "division"
        known: dict[tuple, Counted] = {}
        for key, own in found.items():
            if key.startswith(kind):
                cells = tuple([_cell(table.get((key, quarter)), metric) for table, metric, quarter in places])
                if cells not in known:
                    known[cells] = _counted(source, tuple(map(_value, cells)))
                own[code] = known[cells]
    return found


def of_unit(found: Mapping[str, Mapping[str, Counted]], division_id: int, station_id: int | None) -> dict[str, Counted]:
    """What is counted of one who is assessed: what lies in the town, and what is the station's."""
    return {**found.get(f"division:{division_id}", {}), **found.get(f"station:{station_id}", {})}


def divided(source: Source, numerator: Decimal | None, denominator: Decimal | None) -> Counted:
    """One side by the other. Without a denominator the formula fails; without a numerator nothing is recorded."""
    if numerator is None:
        return Counted((NOT_RECORDED,), None, denominator)
    if not denominator:
        return Counted((NOT_RECORDED,), numerator, denominator, fails=bool(source.per))
    return Counted((Value.of(carried(numerator / denominator)),), numerator, denominator)


def _by(metrics: Sequence[str], subject: str) -> str:
    """Stations are read by station as far as everything a value is made of knows them; what residents divide is a town's."""
    known = all(STATION in METRICS[metric].dimensions for metric in metrics)
    return STATION if subject == Scheme.Subject.STATION and known else TOWN


def _where(metric: str, source: Source) -> dict[str, str]:
    """What narrows the metric; a denominator is narrowed as far as it can be."""
    if metric == source.metric:
        return dict(source.where)
    known = METRICS[metric].dimensions
    return {name: value for name, value in source.where.items() if name in known}


def _rows_by_key(table: FrozenTable) -> dict[tuple[str, str], FrozenRow]:
    kind = STATION if STATION in table.asked.by else "division"
    name = STATION if kind == STATION else "division_id"
    return {(f"{kind}:{row.keys[name]}", str(row.keys.get(Grain.QUARTER.value, ""))): row for row in table.rows}


def _cell(row: FrozenRow | None, metric: str) -> Number | Value | None:
    """What a table says: a number, None where nothing is recorded, NOT_APPLICABLE where nothing could be."""
    if row is None:
        return None
    return NOT_APPLICABLE if metric in row.not_applicable else row.values.get(metric)


def _value(cell: Number | Value | None) -> Value:
    if isinstance(cell, Value):
        return cell
    return NOT_RECORDED if cell is None else Value.of(cell)


def _counted(source: Source, values: tuple[Value, ...]) -> Counted:
    """What is made of a value alone, of the values of the quarters, or of a value with what it is divided by."""
    if source.span == Span.QUARTERS:
        return Counted(values)
    if len(values) == 1:
        return Counted(values, values[0].number)
    if source.per:
        if values[0] == NOT_APPLICABLE:
            return Counted((NOT_APPLICABLE,))
        return divided(source, values[0].number, values[1].number)
    return Counted((values[0],), values[1].number, values[2].number)
