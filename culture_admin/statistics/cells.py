"""Cells: one grouped query over the rows of a fact, or over the summary that stands in for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, cast

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

MOST_CELLS = 300_000


class Sums(NamedTuple):
    """Of the rows an amount counts: their number, the sum of its column and how many have recorded that."""

    number: int
    sum: int
    recorded: int


class Cell(NamedTuple):
    """One group of rows: its place and what else tells it apart, and for each column sought its sums."""

    place: int
    span: date | None
    values: tuple
    different: tuple
    number: int
    sums: tuple[Sums, ...]


class Column(NamedTuple):
    """What an amount adds up: a column, or without one the rows themselves, of the rows that meet `only`."""

    name: str
    only: Callable[[], Q] | None


class Reach(NamedTuple):
    """The divisions, or the counties, whose rows count; None for all. Counties an index knows."""

    divisions: set[int] | None = None
    counties: set[int] | None = None


EVERYWHERE = Reach()


@dataclass(frozen=True)
class Want:
    """What a query is to give: told apart by which dimensions, of which rows, and which sums.

    by_county: cells are to lie in counties, where nothing finer is asked; otherwise in the rows' own divisions.
    different: columns of which the different values are counted.
    stations: the only stations of which a summary may be read; None for all. The rows themselves know who may see them.
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
    states = {f"{fact.state}__in": fact.states(status)}
    summary = fact.summary if whole and _serves(fact.summary, want) else None
    months, edges = period.months() if summary else (None, [period])
    parts = [
        _grouped(
            want, _within(reader.visible(fact.model._default_manager.filter(**states)), fact.date, edge), fact.date
        )
        for edge in edges
    ]
    if summary and months:
        rows = summary.model._default_manager.using(reader.database).filter(**states)
        if want.stations is not None:
            rows = rows.filter(**{f"{fact.station}__in": want.stations})
        parts.append(_grouped(want, _within(rows, summary.month, months), summary.month, summary))
    first, *others = parts
    return _cells(want, first.union(*others, all=True) if others else first)


def level_cells(want: Want, day: date, reader: Reader) -> Iterator[Cell]:
    """The cells of what is in force on a day."""
    return _cells(want, _grouped(want, reader.visible(cast(Levels, want.fact).on(day)), day))


def _serves(summary: Summary | None, want: Want) -> bool:
    return (
        summary is not None
        and not want.village
        and not want.different
        and summary.dimensions.issuperset(want.names)
        and summary.dimensions.issuperset(want.where)
        and summary.columns.keys() >= {column.name for column in want.columns if column.name}
    )


def _within(rows: QuerySet, lookup: str, period: Period) -> QuerySet:
    if period.start:
        rows = rows.filter(**{f"{lookup}__gte": period.start})
    return rows.filter(**{f"{lookup}__lte": period.end}) if period.end else rows


def _grouped(want: Want, rows: QuerySet, day: str | date, summary: Summary | None = None) -> QuerySet:
    """The rows grouped by everything that tells them apart; `day` is the lookup of their date, or the day itself."""
    keys = {f"key_{name}": expression for name, expression in _keys(want, day)}
    rows = rows.order_by().annotate(**keys)
    if want.reach.counties is not None and want.fact.county:
        rows = rows.filter(**{f"{want.fact.county}__in": want.reach.counties})
    if want.reach.divisions is not None:
        rows = rows.filter(key_place__in=want.reach.divisions)
    for name, values in want.where.items():
        rows = rows.alias(**{f"where_{name}": _expression(want.fact, name, day)})
        rows = rows.filter(**{f"where_{name}__in": values})
    return rows.values_list(*keys).annotate(**_sums(want, summary))


def _keys(want: Want, day: str | date) -> Iterator[tuple[str, Combinable]]:
    fact = want.fact
    if want.village:
        yield "place", Coalesce(f"{fact.village}_id", fact.division)
    else:
        yield "place", F(fact.county if want.by_county else fact.division)
    if want.grain:
        yield "span", SpanStart(day, grain=want.grain.value)
    for name in want.names:
        yield name, _expression(fact, name, day)
    for index, column in enumerate(want.different):
        yield f"different_{index}", F(column)


def _expression(fact: Fact, name: str, day: str | date) -> Combinable:
    lookup = fact.by_name[name].lookup
    if isinstance(lookup, str):
        return F(lookup)
    return lookup(Value(day) if isinstance(day, date) else OuterRef(day)) if callable(lookup) else lookup


def _sums(want: Want, summary: Summary | None) -> dict[str, Aggregate]:
    """Number, sum and recorded of every column, after the number of all rows."""
    sums: dict[str, Aggregate] = {"number_": _number(summary, None)}
    for index, column in enumerate(want.columns):
        only = column.only() if column.only else None
        sums[f"number_{index}"] = _number(summary, only)
        if not column.name:
            continue
        if summary:
            name, recorded = summary.columns[column.name]
            sums |= {f"sum_{index}": Sum(name, filter=only), f"recorded_{index}": Sum(recorded, filter=only)}
        else:
            expression = want.fact.columns.get(column.name, F(column.name))
            sums |= {f"sum_{index}": Sum(expression, filter=only), f"recorded_{index}": Count(expression, filter=only)}
    return sums


def _number(summary: Summary | None, only: Q | None) -> Aggregate:
    return Sum(summary.number, filter=only) if summary else Count("pk", filter=only)


def _cells(want: Want, grouped: QuerySet) -> Iterator[Cell]:
    """The groups as cells, without those from which everything was taken away again."""
    lines = list(grouped[: MOST_CELLS + 1])
    if len(lines) > MOST_CELLS:
        raise Problem(
            400, "too_large", _("The answer would be too long. Ask for fewer dimensions or a shorter period.")
        )
    values = 1 + (want.grain is not None)
    different = values + len(want.names)
    number = different + len(want.different)
    for line in lines:
        if line[number]:
            yield Cell(
                place=line[0],
                span=line[1] if want.grain else None,
                values=line[values:different],
                different=line[different:number],
                number=line[number],
                sums=tuple(_sums_of(want, iter(line[number + 1 :]))),
            )


def _sums_of(want: Want, numbers: Iterator[int | None]) -> Iterator[Sums]:
    for column in want.columns:
        number = next(numbers) or 0
        yield Sums(number, next(numbers) or 0, next(numbers) or 0) if column.name else Sums(number, number, number)
