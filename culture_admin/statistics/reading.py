"""Reading: the one place where numbers are added up, for pages, API, exports, contracts, returns and scores alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.problems import Problem
from culture_admin.statistics.counting import Counted, CountedEvents, CountedLevels, Units
from culture_admin.statistics.nesting import CountedDivisions
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.places import Places
from culture_admin.statistics.questions import GRAINS, PLACES, Hierarchy, Question, pose, reaches_villages, refuse
from culture_admin.statistics.readers import Memory, Reader, Station
from culture_admin.statistics.register import Choice, Events, Fact, Levels, Metric, Reference, Status, Together
from culture_admin.statistics.seats import seated
from culture_admin.statistics.tallies import CARRIED, Answer, Group, Number, added, quotient, rounded
from culture_admin.territory.models import Level

REPLICA = "statistics"
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """What tells a row apart, as it is answered, and the value of every metric by code: a number, or None where nothing is
    recorded. Where a metric can have no value, because no station was there to have one, its code is in `not_applicable`.
    """

    keys: dict[str, object]
    values: dict[str, Number | None]
    not_applicable: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """The answer: rows in the order of `question.by`, the total over all of them, and by code the units behind it.

    estimated: the codes of which some figure is a share of what a division had before it was split.
    """

    question: Question
    rows: list[Row]
    total: Row
    units: dict[str, Units]
    estimated: frozenset[str] = frozenset()


def read(
    metrics: str | Sequence[str],
    *,
    user=None,
    by: Sequence[str] = (),
    period: Period | None = None,
    as_of: date | None = None,
    where: Mapping[str, Any] | None = None,
    status: str = Status.CONFIRMED,
    hierarchy: str = Hierarchy.AS_WAS,
    exact: bool = False,
    at: datetime | None = None,
    memory: Memory | None = None,
) -> Table:
    """Reads metrics by code, as far as `user` may see their rows; without a user everything.

    by: "division:LEVEL", "year", "quarter", "month", "station" and the dimensions all metrics have; without any there is one
    row. where: the same names with a value or a list of values, and "division" with a code or a Division. period: for flows,
    and its end for stocks unless `as_of` says another day. Answers are exact and rounded once, at the end: to the decimals of
    the metric, or with `exact` to so many that whoever computes with them can round once himself; something is decided on
    those, so they are read where rows are written and never from a replica that lags behind.
    memory: one for several questions that are asked together, so that what they look up alike is looked up once.
    Raises Problem: 400 naming the parameter, 403 where no office may see the numbers, 404 for a division out of sight.
    """
    memory = Memory() if memory is None else memory
    question = pose(
        metrics,
        by=by,
        period=period,
        as_of=as_of,
        where=where,
        status=status,
        hierarchy=hierarchy,
        at=at,
        keys=memory.of("keys", dict),
    )
    database = REPLICA if REPLICA in connections and not exact else DEFAULT_DB_ALIAS
    reader = Reader(user, database, question.hierarchy, memory)
    for metric in question.metrics:
        reader.check(metric)
    places = places_of(question, reader)
    facts = {amount.fact: None for amount in question.amounts}
    stations = _stations(question, reader, places) if any(fact.station for fact in facts) else []
    counted = {fact: _counting(fact)(question, fact, reader, places, stations) for fact in facts}
    sayings = _sayings(question, counted, exact=exact)
    return Table(
        question=question,
        rows=_rows(question, counted, sayings, places, database),
        total=_row(sayings, {}, [answer for one in counted.values() for answer in one.totals()]),
        units={metric.code: counted[metric.amounts[0].fact].units for metric in question.metrics},
        estimated=frozenset(
            metric.code for metric in question.metrics if any(counted[one.fact].estimated for one in metric.amounts)
        ),
    )


def places_of(question: Question, reader: Reader) -> Places:
    """The divisions the question is about, as far as the reader covers them."""
    villages = question.level == Level.VILLAGE
    roots = reader.roots(question)
    places = reader.memory.of(
        ("places", *roots, question.today, villages),
        lambda: Places(reader.database, roots, today=question.today, villages=villages),
    )
    if places.in_villages:
        for metric in question.metrics:
            if not all(reaches_villages(amount.fact) for amount in metric.amounts):
                message = _("“%(metric)s” is not told apart by village.") % {"metric": metric.code}
                raise refuse("division", "dimension_missing", message)
    return places


def _stations(question: Question, reader: Reader, places: Places) -> list[Station]:
    """The stations that may be expected to report."""
    named = question.where.get("station", [])

    def look_up() -> list[Station]:
        units = reader.stations()
        if not places.everywhere:
            units = units.filter(division__in=places.divisions)
        if named:
            units = units.filter(pk__in=named)
        found = [Station(*line) for line in units.values_list("pk", "division_id", "valid_from", "valid_to")]
        return found if not places.predecessors else seated(found, reader.database)

    return reader.memory.of(("stations", *reader.roots(question), "named", *named), look_up)


def _counting(fact: Fact) -> type[Counted]:
    if isinstance(fact, Events):
        return CountedEvents
    return CountedDivisions if isinstance(fact, Levels) and fact.nested else CountedLevels


class _Saying(NamedTuple):
    """A metric, to how many decimals it is said, and where among the answers of all facts those stand that it is made of."""

    metric: Metric
    decimals: int
    at: list[int]

    def answer(self, answers: Sequence[Answer]) -> Answer:
        """What is to be said of the metric."""
        first, *others = [answers[index] for index in self.at]
        if isinstance(self.metric, Together):
            return added([first, *others], self.metric.per)
        return quotient(first, *others) if others else first


def _sayings(question: Question, counted: Mapping[Fact, Counted], *, exact: bool) -> list[_Saying]:
    amounts = [amount for one in counted.values() for amount in one.amounts]
    return [
        _Saying(metric, CARRIED if exact else metric.decimals, [amounts.index(amount) for amount in metric.amounts])
        for metric in question.metrics
    ]


def _rows(
    question: Question, counted: Mapping[Fact, Counted], sayings: Sequence[_Saying], places: Places, database: str
) -> list[Row]:
    keys = {key: None for one in counted.values() for key in one.groups()}
    if not question.by:
        keys = {Group(None, None, ()): None}
    if len(keys) > MOST_ROWS:
        raise Problem(
            400, "too_large", _("The answer would be too long. Ask for fewer dimensions or a shorter period.")
        )
    names = _Names(question, keys, places, database)
    return [
        _row(sayings, names.of(key), [answer for one in counted.values() for answer in one.values(key)])
        for key in sorted(keys, key=names.order)
    ]


def _row(sayings: Sequence[_Saying], keys: dict[str, object], answers: Sequence[Answer]) -> Row:
    values, not_applicable = {}, set()
    for saying in sayings:
        answer, metric = saying.answer(answers), saying.metric
        values[metric.code] = rounded(answer, saying.decimals)
        if not answer.applicable:
            not_applicable.add(metric.code)
    return Row(keys, values, frozenset(not_applicable))


class _Name(NamedTuple):
    """How a place, a span or a value is answered, and where it stands among the others; what is not recorded comes last."""

    members: dict[str, object]
    order: tuple[bool, object]


class _Names:
    """How keys are answered: codes, ids and names of places and dimensions, in the reader's language. Each is named once."""

    def __init__(self, question: Question, keys: Iterable[Group], places: Places, database: str):
        self.question, self.places, self.database = question, places, database
        picks = [self._pick(name) for name in question.by]
        # For each part of a key how to find it there, and the names it can have.
        self.parts = [
            (pick, self._names(name, set(map(pick, keys)))) for name, pick in zip(question.by, picks, strict=True)
        ]

    def of(self, key: Group) -> dict[str, object]:
        """The members of a row that tell it apart."""
        answered: dict[str, object] = {}
        for pick, names in self.parts:
            answered |= names[pick(key)].members
        return answered

    def order(self, key: Group) -> tuple:
        """By codes and dates, in the order asked."""
        return tuple([names[pick(key)].order for pick, names in self.parts])

    def _pick(self, name: str) -> Callable[[Group], Any]:
        if name in PLACES:
            return attrgetter("place")
        if name in GRAINS:
            return attrgetter("span")
        index = self.question.dimensions.index(name)
        return lambda key: key.values[index]

    def _names(self, name: str, parts: set) -> dict[Any, _Name]:
        if name in PLACES:
            return {part: self._place(part) for part in parts}
        if name in GRAINS:
            grain = Grain(name)
            return {span: _Name({name: grain.label(span)}, (False, grain.first(span))) for span in parts}
        dimension = self.question.metrics[0].amounts[0].fact.by_name[name]
        named = _named(dimension, parts, self.database)
        return {
            part: _Name(
                {name: named[part][0], f"{name}_name": named[part][1]}, (named[part][0] is None, named[part][0])
            )
            for part in parts
        }

    def _place(self, pk: int | None) -> _Name:
        division = self.places.divisions[pk] if pk else None
        members: dict[str, object] = {
            "division": division.code if division else None,
            "division_id": pk,
            "division_name": division.name if division else None,
        }
        return _Name(members, (division is None, division and (division.code, pk)))


def _named(dimension: Choice | Reference, values: set, database: str) -> dict[object, tuple[object, object]]:
    """For each value of a dimension how it is asked for and called."""
    if isinstance(dimension, Choice):
        labels: dict[object, tuple[object, object]] = {
            value: (value, str(label)) for value, label in dimension.choices.choices
        }
    else:
        rows: Mapping[object, Any] = dimension.of._default_manager.using(database).in_bulk(
            [value for value in values if value is not None]
        )
        labels = {pk: (getattr(row, dimension.key), row.name) for pk, row in rows.items()}
    return labels | {None: (None, None)}
