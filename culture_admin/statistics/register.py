"""The register: what numbers there are, from which rows each is counted, and how they may be told apart."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Model, Q, QuerySet, TextChoices
from django.db.models.expressions import Combinable

from culture_admin.territory.models import Unit

STATION = "station"
# What a dimension or a level is looked up by: a field, or an expression, or what gives one for a day (a date or an OuterRef).
Lookup = str | Combinable | Callable[[Any], Combinable]


class Status(StrEnum):
    """Which events are read: those that count, or all that are said to have happened."""

    CONFIRMED = "confirmed"
    ALL = "all"


class Reporting(StrEnum):
    """When a station stands behind a number."""

    ROWS = "rows"  # it has reported when it has a counted row, or says so (Events.reports); else nothing is known of it
    REGISTER = "register"  # somebody keeps the list for it; without a row it has none


@dataclass(frozen=True, eq=False)
class Dimension:
    """A way to tell the rows of a fact apart, besides place and time.

    listed: the collection of the rows can be narrowed by it.
    """

    name: str
    lookup: Lookup
    listed: bool = field(default=True, kw_only=True)


@dataclass(frozen=True, eq=False)
class Choice(Dimension):
    """One of a fixed list of values."""

    choices: type[TextChoices]


@dataclass(frozen=True, eq=False)
class Reference(Dimension):
    """A row of another model, asked for and answered by its field `key`, and called by its `name`."""

    of: type[Model]
    key: str = "pk"


@dataclass(frozen=True, eq=False)
class Summary:
    """A table of monthly sums that stands in for the rows of a fact, exact at every moment.

    dimensions: the names it keeps. columns: for each summed column its sum and the number of rows it was recorded in.
    differences: recomputes it from the rows and says, a line each, where it differs.
    """

    model: type[Model]
    dimensions: frozenset[str]
    columns: Mapping[str, tuple[str, str]]
    differences: Callable[[], Iterable[str]]
    month: str = "month"
    number: str = "number"


@dataclass(frozen=True, eq=False, kw_only=True)
class Fact:
    """The rows a family of metrics is counted from, and where they lie.

    division, county, station, village: lookups of the place's id; empty where the rows have none.
    columns: computed columns that metrics sum or tell different values of, beside the model's own.
    records: the API collection that lists the rows. joins: what calling a row by its name needs in the same query.
    """

    model: type[Model]
    division: str = "division"
    county: str = "county"
    station: str = "station"
    village: str = ""
    dimensions: tuple[Choice | Reference, ...] = ()
    columns: Mapping[str, Combinable] = field(default_factory=dict)
    reporting: Reporting = Reporting.ROWS
    records: str = ""
    joins: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Choice | Reference]:
        """The dimensions that its rows have."""
        # A station has the key of its unit.
        station = [Reference(STATION, self.station, Unit)] if self.station else []
        return {dimension.name: dimension for dimension in [*station, *self.dimensions]}


@dataclass(frozen=True, eq=False, kw_only=True)
class Events(Fact):
    """Rows that happen on a day, and keep the division of that day. An event belongs to the month it begins in.

    state: the field that says so; empty where a row counts as soon as it is there. counted: the states that count. recorded:
    those that say it happened, decided or not; what status=all reads.
    reports: gives the rows (station, division, month) of the months a station has answered for, so that what has no row in
    them is none, and not unknown.
    only: which rows of the model are its events; all of them unless it says otherwise.
    past: rows may lie ahead, such as payments that are planned; those are read whose day is over when the question is asked.
    """

    date: str
    counted: Sequence[str] = ()
    recorded: Sequence[str] = ()
    state: str = "state"
    only: Q = field(default_factory=Q)
    past: bool = False
    summary: Summary | None = None
    reports: Callable[[], QuerySet] | None = None

    def states(self, status: Status) -> Sequence[str]:
        return self.counted if status == Status.CONFIRMED else self.recorded


@dataclass(frozen=True, eq=False, kw_only=True)
class Levels(Fact):
    """Rows that hold for a time: `on(day)` are those in force.

    frozen: they keep the division they had; otherwise it is the present one, and led back to the day asked.
    nested: a row speaks for a whole division, and stands instead of the rows below it.
    looked: the rows of the model that are looked at; all of them unless it says otherwise. why: of rows that are not in force on
    a day, by key, a short code and the reason, where their state and their dates do not say it.
    """

    on: Callable[[date], QuerySet]
    frozen: bool = False
    nested: bool = False
    looked: Callable[[], QuerySet] | None = None
    why: Callable[[Sequence[Any], date], Mapping[int, tuple[str, object]]] | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted of the rows: their number, the sum of an integer column, or the different values of one."""

    column: str = ""
    distinct: bool = False


ROWS = Measure()


def total(column: str) -> Measure:
    """The sum of an integer column; a row in which it is NULL has not recorded it."""
    return Measure(column)


def different(column: str) -> Measure:
    """How many different values a column has: a steward posted to two towns is one steward."""
    return Measure(column, distinct=True)


@dataclass(frozen=True, eq=False, kw_only=True)
class Metric(ABC):
    """A number with a name. It is rounded once, at the end, to `decimals`; money is answered as text."""

    code: str
    label: object
    unit: object
    definition: object
    decimals: int = 2
    money: bool = False
    version: int = 1

    @property
    @abstractmethod
    def kind(self) -> str:
        """flow, stock or ratio."""

    @property
    @abstractmethod
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts it is made of: itself, or for a ratio numerator and denominator."""

    @property
    def dimensions(self) -> list[str]:
        """Names of the dimensions, besides place and time, that all its rows have."""
        return [name for name in self.amounts[0].fact.by_name if all(name in one.fact.by_name for one in self.amounts)]


@dataclass(frozen=True, eq=False, kw_only=True)
class Amount(Metric):
    """A flow or a stock: a measure of the rows of a fact, of those that meet `only`, divided by `per`.

    only: gives the condition when the number is read; of the rows and of their summary alike.
    records: what narrows the fact's collection to these rows.
    """

    fact: Fact
    measure: Measure
    only: Callable[[], Q] | None = None
    per: int = 1
    records: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return "flow" if isinstance(self.fact, Events) else "stock"

    @property
    def amounts(self) -> tuple[Amount, ...]:
        return (self,)


@dataclass(frozen=True, eq=False, kw_only=True)
class Ratio(Metric):
    """One amount divided by another: sums are divided, never averages averaged.

    beside: the code of a metric without which it says too little, so that it is always read with it.
    """

    numerator: str
    denominator: str
    beside: str = ""

    @property
    def kind(self) -> str:
        return "ratio"

    @property
    def amounts(self) -> tuple[Amount, ...]:
        return (*METRICS[self.numerator].amounts, *METRICS[self.denominator].amounts)


@dataclass(frozen=True, eq=False, kw_only=True)
class Together(Metric):
    """Flows of one or several facts added up, such as works and the prizes they were given, and divided by `per`."""

    parts: tuple[str, ...]
    per: int = 1

    @property
    def kind(self) -> str:
        return "flow"

    @property
    def amounts(self) -> tuple[Amount, ...]:
        return tuple(amount for part in self.parts for amount in METRICS[part].amounts)


METRICS: dict[str, Metric] = {}


def flow(code: str, measure: Measure, *, of: Events, **declared) -> Amount:
    """Declares what is added over months and places."""
    return _register(Amount(code=code, measure=measure, fact=of, **declared))


def stock(code: str, measure: Measure, *, of: Levels, **declared) -> Amount:
    """Declares a level on a day; over a period it is the level at its end."""
    return _register(Amount(code=code, measure=measure, fact=of, **declared))


def ratio(code: str, numerator: str, denominator: str, **declared) -> Ratio:
    """Declares a quotient of two amounts, given by code."""
    return _register(Ratio(code=code, numerator=numerator, denominator=denominator, **declared))


def together(code: str, *parts: str, **declared) -> Together:
    """Declares the sum of some flows, given by code."""
    return _register(Together(code=code, parts=parts, **declared))


def facts() -> list[Fact]:
    """Every fact that some metric is counted from, once."""
    return list({metric.fact: None for metric in METRICS.values() if isinstance(metric, Amount)})


def dimensions() -> list[str]:
    """The names of all dimensions besides place and time."""
    return list({name: None for fact in facts() for name in fact.by_name})


def summaries() -> list[Summary]:
    """Every summary that stands in for the rows of a fact."""
    return [fact.summary for fact in facts() if isinstance(fact, Events) and fact.summary]


def _register(metric):
    if metric.code in METRICS:
        raise ValueError(f"{metric.code} is declared twice")
    METRICS[metric.code] = metric
    return metric
