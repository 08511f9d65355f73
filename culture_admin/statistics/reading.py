"""Reading: the one place where numbers are added up, for pages, API, exports, contracts, returns and scores alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.problems import Problem
from culture_admin.statistics.counting import Counted, CountedEvents, CountedLevels, Units
from culture_admin.statistics.nesting import CountedDivisions
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.places import Places
from culture_admin.statistics.questions import GRAINS, PLACES, Hierarchy, Question, pose, reaches_villages, refuse
from culture_admin.statistics.readers import Reader
from culture_admin.statistics.register import Amount, Choice, Events, Fact, Levels, Reference, Status
from culture_admin.statistics.tallies import Answer, Group, Number, quotient, rounded
from culture_admin.territory.models import Level, Unit

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
    """The answer: rows in the order of `question.by`, the total over all of them, and by code the units behind it."""

    question: Question
    rows: list[Row]
    total: Row
    units: dict[str, Units]


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
    at: datetime | None = None,
) -> Table:
    """Reads metrics by code, as far as `user` may see their rows; without a user everything.

    by: "division:LEVEL", "year", "quarter", "month", "station" and the dimensions all metrics have; without any there is one
    row. where: the same names with a value or a list of values, and "division" with a code or a Division. period: for flows,
    and its end for stocks unless `as_of` says another day. Answers are exact and rounded once, at the end.
    Raises Problem: 400 naming the parameter, 403 where no office may see the numbers, 404 for a division out of sight.
    """
    question = pose(metrics, by=by, period=period, as_of=as_of, where=where, status=status, hierarchy=hierarchy, at=at)
    database = REPLICA if REPLICA in connections else DEFAULT_DB_ALIAS
    reader = Reader(user, database, question.hierarchy)
    for metric in question.metrics:
        reader.check(metric)
    places = _places(question, reader)
    facts = {amount.fact: None for amount in question.amounts}
    stations = _stations(question, reader, places) if any(fact.station for fact in facts) else []
    counted = {fact: _counting(fact)(question, fact, reader, places, stations) for fact in facts}
    return Table(
        question=question,
        rows=_rows(question, counted, places, database),
        total=_row(question, {}, [one.totals() for one in counted.values()]),
        units={metric.code: counted[metric.amounts[0].fact].units for metric in question.metrics},
    )


def _places(question: Question, reader: Reader) -> Places:
    villages = question.level == Level.VILLAGE
    places = Places(reader.database, reader.roots(question), today=question.today, villages=villages)
    if places.in_villages:
        for metric in question.metrics:
            if not all(reaches_villages(amount.fact) for amount in metric.amounts):
                message = _("“%(metric)s” is not told apart by village.") % {"metric": metric.code}
                raise refuse("division", "dimension_missing", message)
    return places


def _stations(question: Question, reader: Reader, places: Places) -> list[Unit]:
    """The stations that may be expected to report."""
    units = reader.stations()
    if not places.everywhere:
        units = units.filter(division__in=places.divisions)
    if "station" in question.where:
        units = units.filter(pk__in=question.where["station"])
    return list(units.only("division_id", "valid_from", "valid_to"))


def _counting(fact: Fact) -> type[Counted]:
    if isinstance(fact, Events):
        return CountedEvents
    return CountedDivisions if isinstance(fact, Levels) and fact.nested else CountedLevels


def _rows(question: Question, counted: Mapping[Fact, Counted], places: Places, database: str) -> list[Row]:
    keys = {key: None for one in counted.values() for key in one.groups()}
    if not question.by:
        keys = {Group(None, None, ()): None}
    if len(keys) > MOST_ROWS:
        raise Problem(
            400, "too_large", _("The answer would be too long. Ask for fewer dimensions or a shorter period.")
        )
    names = _Names(question, keys, places, database)
    ordered = sorted(((names.order(key), key) for key in keys), key=lambda pair: pair[0])
    return [_row(question, names.of(key), [one.values(key) for one in counted.values()]) for _order, key in ordered]


def _row(question: Question, keys: dict[str, object], answers: Iterable[dict[Amount, Answer]]) -> Row:
    amounts = {amount: answer for of_fact in answers for amount, answer in of_fact.items()}
    values, not_applicable = {}, set()
    for metric in question.metrics:
        one, *others = metric.amounts
        answer = quotient(amounts[one], amounts[others[0]]) if others else amounts[one]
        values[metric.code] = rounded(answer, metric.decimals)
        if not answer.applicable:
            not_applicable.add(metric.code)
    return Row(keys, values, frozenset(not_applicable))


class _Names:
    """How keys are answered: codes, ids and names of places and dimensions, in the reader's language."""

    def __init__(self, question: Question, keys: Iterable[Group], places: Places, database: str):
        self.question, self.places = question, places
        self.named: dict[int | None, dict[str, object]] = {}
        dimensions = question.metrics[0].amounts[0].fact.by_name
        self.values = {
            name: _named(dimensions[name], {key.values[index] for key in keys}, database)
            for index, name in enumerate(question.dimensions)
        }

    def of(self, key: Group) -> dict[str, object]:
        """The members of a row that tell it apart."""
        answered: dict[str, object] = {}
        for name in self.question.by:
            if name in PLACES:
                answered |= self._place(key.place)
            elif name in GRAINS:
                answered[name] = Grain(name).label(cast(date, key.span))
            else:
                answered[name], answered[f"{name}_name"] = self.values[name][key.values[self._index(name)]]
        return answered

    def order(self, key: Group) -> tuple:
        """By codes and dates, in the order asked; what is not recorded comes last."""
        return tuple((part is None, part) for part in map(partial(self._part, key), self.question.by))

    def _part(self, key: Group, name: str) -> object:
        if name in PLACES:
            return key.place and (self._place(key.place)["division"], key.place)
        if name in GRAINS:
            return Grain(name).first(cast(date, key.span))
        return self.values[name][key.values[self._index(name)]][0]

    def _place(self, pk: int | None) -> dict[str, object]:
        if pk not in self.named:
            division = self.places.divisions[pk] if pk else None
            self.named[pk] = {
                "division": division.code if division else None,
                "division_id": pk,
                "division_name": division.name if division else None,
            }
        return self.named[pk]

    def _index(self, name: str) -> int:
        return self.question.dimensions.index(name)


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
