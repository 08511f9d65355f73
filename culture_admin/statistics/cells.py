"""Cells: one grouped query over the rows of a fact, or over the summary that stands in for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Literal, NamedTuple, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import (
    Aggregate,
    Count,
    DateField,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.problems import Problem
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.readers import Reader
from culture_admin.statistics.register import Events, Fact, Levels, Status, Summary
from culture_admin.statistics.seats import seat_on

MOST_CELLS = 300_000
MEMORY = "64MB"


# Of the rows an amount counts: their number, the sum of its column and how many have recorded that.
Sums = tuple[int, int, int]


class Cell(NamedTuple):
    """One group of rows: its place and what else tells it apart, and for each column sought its sums."""

    place: int
    span: date | None
    values: tuple
    different: tuple
    number: int
    sums: Sequence[Sums]


class Column(NamedTuple):
    """What an amount adds up: a column, or without one the rows themselves, of the rows that meet `only`."""

    name: str
    only: Callable[[], Q] | None


class Reach(NamedTuple):
    """The divisions and the counties whose rows count; None for all. An index knows the county, and nothing finer."""

    divisions: set[int] | None = None
    counties: set[int] | None = None


EVERYWHERE = Reach()


@dataclass(frozen=True)
class Want:
    """What a query is to give: told apart by which dimensions, of which rows, and which sums.

    by_county: cells are to lie in counties, where nothing finer is asked; otherwise in the rows' own divisions.
    different: columns of which the different values are counted.
    stations: the only stations of which a summary may be read; None for all. The rows themselves know who may see them.
    seats: what is in force on a day lies where its station had its seat on it.
    """

    fact: Fact
    names: Sequence[str] = ()
    where: Mapping[str, list] = field(default_factory=dict)
    grain: Grain | None = None
    village: bool = False
    by_county: bool = False
    different: Sequence[str] = ()
    columns: Sequence[Column] = ()
    reach: Reach = EVERYWHERE
    stations: QuerySet | Sequence[int] | None = None
    seats: bool = False


class SpanStart(Func):
    """The first day of the year, quarter or month in which a date lies, without a detour over time zones."""

    template = "date_trunc('%(grain)s', %(expressions)s::timestamp)::date"
    output_field = DateField()


def event_cells(want: Want, period: Period, status: Status, reader: Reader, *, whole: bool) -> Iterator[Cell]:
    """The cells of events that begin in the period, exact to the day.

    Whole months come from the summary where there is one that can tell the rows apart as asked, and where the reader sees
    whole stations; the rest from the rows. All in one statement, so that no row is missed or met twice between two.
    """
    fact = cast(Events, want.fact)
    states = in_states(fact, status)
    events = reader.visible(fact.model._default_manager.filter(fact.only, states), fact)
    summary = fact.summary if whole and _serves(fact.summary, want) else None
    months, edges = period.months() if summary else (None, [period])
    parts = [_grouped(want, within(events, fact.date, edge), fact.date) for edge in edges]
    if summary and months:
        rows = summary.model._default_manager.using(reader.database).filter(states)
        if want.stations is not None:
            rows = rows.filter(**{f"{fact.station}__in": want.stations})
        parts.append(_grouped(want, within(rows, summary.month, months), summary.month, summary))
    first, *others = parts
    return _cells(want, first.union(*others, all=True) if others else first)


def report_cells(fact: Events, period: Period, grain: Grain | None, reader: Reader) -> Iterator[Cell]:
    """A cell without sums for each station, place and span that a station has answered for, also without a row to count."""
    assert fact.reports
    rows = fact.reports().using(reader.database).order_by()
    if period.start:
        rows = rows.filter(month__gte=period.start.replace(day=1))
    if period.end:
        rows = rows.filter(month__lte=period.end)
    span = SpanStart(F("month"), grain=grain.value) if grain else Value(None, output_field=DateField())
    for place, begins, station in rows.annotate(span=span).values_list("division", "span", "station").distinct():
        yield Cell(place, begins, (station,), (), 0, ())


def level_cells(want: Want, day: date, reader: Reader) -> Iterator[Cell]:
    """The cells of what is in force on a day."""
    return _cells(want, _grouped(want, reader.visible(cast(Levels, want.fact).on(day), want.fact), day))


def _serves(summary: Summary | None, want: Want) -> bool:
    return (
        summary is not None
        and not want.village
        and not want.different
        and summary.dimensions.issuperset(want.names)
        and summary.dimensions.issuperset(want.where)
        and summary.columns.keys() >= {column.name for column in want.columns if column.name}
    )


def in_states(fact: Events, status: Status) -> Q:
    """The events that count."""
    return Q(**{f"{fact.state}__in": fact.states(status)}) if fact.state else Q()


def within(rows: QuerySet, lookup: str, period: Period) -> QuerySet:
    """Those of the rows whose day lies in the period."""
    if period.start:
        rows = rows.filter(**{f"{lookup}__gte": period.start})
    return rows.filter(**{f"{lookup}__lte": period.end}) if period.end else rows


def narrowed(want: Want, rows: QuerySet, day: str | date) -> QuerySet:
    """The rows that lie where is asked and meet the filters, each with its `key_place` and whatever else tells it apart.

    day: the lookup of their date, or the day itself.
    """
    rows = rows.order_by().annotate(**{f"key_{name}": expression for name, expression in _keys(want, day)})
    if want.reach.counties is not None and want.fact.county:
        rows = rows.filter(**{f"{want.fact.county}__in": want.reach.counties})
    if want.reach.divisions is not None:
        rows = rows.filter(key_place__in=want.reach.divisions)
    for name, values in want.where.items():
        rows = rows.alias(**{f"where_{name}": _expression(want.fact, name, day)})
        rows = rows.filter(**{f"where_{name}__in": values})
    return rows


def _grouped(want: Want, rows: QuerySet, day: str | date, summary: Summary | None = None) -> QuerySet:
    """The rows grouped by everything that tells them apart."""
    keys = [f"key_{name}" for name, _expression in _keys(want, day)]
    return narrowed(want, rows, day).values_list(*keys).annotate(**_sums(want, summary))


def _keys(want: Want, day: str | date) -> Iterator[tuple[str, Combinable]]:
    fact = want.fact
    if want.village:
        yield "place", Coalesce(f"{fact.village}_id", fact.division)
    elif want.seats and isinstance(fact, Levels) and isinstance(day, date):
        yield "place", seat_on(fact, day)
    else:
        yield "place", F(fact.county if want.by_county else fact.division)
    if want.grain:
        yield "span", SpanStart(day, grain=want.grain.value)
    for name in want.names:
        yield name, _expression(fact, name, day)
    for index, column in enumerate(want.different):
        yield f"different_{index}", fact.columns.get(column, F(column))


def _expression(fact: Fact, name: str, day: str | date) -> Combinable:
    lookup = fact.by_name[name].lookup
    if isinstance(lookup, str):
        return F(lookup)
    return lookup(Value(day) if isinstance(day, date) else OuterRef(day)) if callable(lookup) else lookup


class Part(NamedTuple):
    """One number of a group: `what` of a column, of the rows that meet `only`."""

    what: Literal["number", "sum", "recorded"]
    name: str
    only: Callable[[], Q] | None


def _parts(want: Want) -> list[Part]:
    """The numbers to be selected, each once; the first is that of all rows."""
    return list(dict.fromkeys([Part("number", "", None), *chain.from_iterable(map(_parts_of, want.columns))]))


def _parts_of(column: Column) -> tuple[Part, Part, Part]:
    """Number, sum and recorded; every row has recorded that it is there."""
    number = Part("number", "", column.only)
    if not column.name:
        return number, number, number
    return number, Part("sum", column.name, column.only), Part("recorded", column.name, column.only)


def _sums(want: Want, summary: Summary | None) -> dict[str, Aggregate]:
    parts = _parts(want)
    conditions = {only: only() if only else None for only in {part.only for part in parts}}
    return {f"part_{index}": _aggregate(want, summary, part, conditions[part.only]) for index, part in enumerate(parts)}


def _aggregate(want: Want, summary: Summary | None, part: Part, only: Q | None) -> Aggregate:
    if summary:
        if part.what == "number":
            return Sum(summary.number, filter=only)
        return Sum(summary.columns[part.name][part.what == "recorded"], filter=only)
    if part.what == "number":
        return Count("pk", filter=only)
    column = want.fact.columns.get(part.name, F(part.name))
    return Sum(column, filter=only) if part.what == "sum" else Count(column, filter=only)


def _cells(want: Want, grouped: QuerySet) -> Iterator[Cell]:
    """The groups as cells, without those from which everything was taken away again."""
    values = 1 + (want.grain is not None)
    different = values + len(want.names)
    number = different + len(want.different)
    parts = _parts(want)
    places = [[parts.index(part) for part in _parts_of(column)] for column in want.columns]
    for line in _read(grouped):
        if line[number]:
            # PostgreSQL adds whole numbers up to a numeric, and what there is none of to NULL.
            numbers = [int(part or 0) for part in line[number:]]
            yield Cell(
                line[0],
                line[1] if want.grain else None,
                line[values:different],
                line[different:number],
                numbers[0],
                [(numbers[first], numbers[second], numbers[third]) for first, second, third in places],
            )


def _read(grouped: QuerySet) -> list[tuple]:
    """All groups; Problem 400 where they are too many.

    PostgreSQL takes every division, month and station for a group of its own, and with little memory would rather sort
    millions of rows on disk than add them up as they come. Two statements sent as one are one transaction to it.
    """
    try:
        sql, values = grouped[: MOST_CELLS + 1].query.get_compiler(grouped.db).as_sql()
    except EmptyResultSet:
        return []
    with connections[grouped.db].cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{MEMORY}'; {sql}", values)
        lines = cursor.fetchall()
    if len(lines) > MOST_CELLS:
        raise Problem(
            400, "too_large", _("The answer would be too long. Ask for fewer dimensions or a shorter period.")
        )
    return lines
