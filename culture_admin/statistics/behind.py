"""The rows behind a number: those that it counts, each with what it adds, and those that were looked at and do not count."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, F, Model, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from culture_admin.statistics.cells import Reach, Want, in_states, narrowed, within
from culture_admin.statistics.exports import records_address
from culture_admin.statistics.periods import Period
from culture_admin.statistics.places import Places, Spread
from culture_admin.statistics.questions import Question, pose, refuse
from culture_admin.statistics.readers import Reader
from culture_admin.statistics.reading import places_of
from culture_admin.statistics.reasons import AHEAD, NOT_RECORDED, Reason, Reasons
from culture_admin.statistics.register import METRICS, STATION, Amount, Events, Levels, Status
from culture_admin.statistics.tallies import CARRIED, Answer, Number, rounded
from culture_admin.territory.models import Division, Level
from culture_admin.workflow.steps import flow_of

# So many rows of each kind are named; how many there are is told.
MOST = 200
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """A row and what it adds to the metric, in its unit; of several rows with the same value of a column the first adds 1."""

    row: Model
    amount: Number | None


@dataclass(frozen=True)
class Uncounted:
    """A row that does not count: a short code why, such as its state, and a sentence for the reader."""

    row: Model
    code: str
    reason: str


@dataclass(frozen=True)
class Behind:
    """What stands behind an amount.

    counted, uncounted: at most MOST rows each; `more` where there are others. number, number_uncounted: how many there are.
    total: what all rows add up to, carried exactly. address: that of the rows in the API, where a collection lists just them.
    """

    counted: list[Counted]
    uncounted: list[Uncounted]
    address: str | None
    more: bool
    number: int
    number_uncounted: int
    total: Number


def amounts_of(metric: str) -> tuple[str, ...]:
    """The codes of the amounts a metric is made of: itself, or numerator and denominator, or its parts."""
    return tuple(amount.code for amount in METRICS[metric].amounts)


def rows_behind(
    metric: str,
    *,
    user=None,
    period: Period | None = None,
    as_of: date | None = None,
    where: Mapping[str, Any] | None = None,
    division: Division | str | None = None,
    station: int | None = None,
    at: datetime | None = None,
    part_of: str = "",
) -> Behind:
    """The rows behind one amount, as far as `user` may read its numbers; what they add up to is what `read` answers exactly.

    where: as `read` has it, or several values of a dimension between commas. station: the key of its unit. part_of: the code of
    a metric whose part the amount is, such as one that adds up half days and says days; what rows add is said in its unit.
    Raises Problem as `read` does, and for a ratio, of which `amounts_of` gives the amounts.
    """
    return _posed(metric, user, period, as_of, where, division, station, at, part_of).behind()


def of_record(
    metric: str,
    record: Model,
    *,
    period: Period | None = None,
    as_of: date | None = None,
    where: Mapping[str, Any] | None = None,
    division: Division | str | None = None,
    station: int | None = None,
    at: datetime | None = None,
) -> Counted | Uncounted | None:
    """How one record stands to an amount: counted, looked at and not counted, or None where it is not looked at there at all.

    Nobody's sight is asked: whoever asks has seen the record.
    """
    rows = _posed(metric, None, period, as_of, where, division, station, at)
    return rows.standing_of(record) if isinstance(record, rows.fact.model) else None


def alike(
    metric: str,
    code: str,
    *,
    period: Period | None = None,
    where: Mapping[str, Any] | None = None,
    division: Division | str | None = None,
    at: datetime | None = None,
) -> dict[int, int]:
    """By the id of each town within the division how many events do not count there for the same reason; none of levels."""
    rows = _posed(metric, None, period, None, where, division, None, at)
    if not isinstance(rows, _Happened):
        return {}
    found: dict[int, int] = {}
    for place, number in rows.of_reason(code).values_list("key_place").annotate(number=Count("pk")).order_by():
        town = rows.places.at(place, Level.TOWN)
        if town is not None:
            found[town] = found.get(town, 0) + number
    return found


def _posed(
    metric: str,
    user: Any,
    period: Period | None,
    as_of: date | None,
    where: Mapping[str, Any] | None,
    division: Division | str | None,
    station: int | None,
    at: datetime | None,
    part_of: str = "",
) -> _Rows:
    """The rows of an amount as they are asked for, before any is read."""
    narrowing = {name: value.split(",") if isinstance(value, str) else value for name, value in (where or {}).items()}
    narrowing |= {STATION: station} if station is not None else {}
    narrowing |= {"division": division} if division is not None else {}
    question = pose(metric, period=period, as_of=as_of, where=narrowing, at=at)
    amount = question.metrics[0]
    if not isinstance(amount, Amount):
        parts = ", ".join(amounts_of(metric))
        raise refuse("metric", "several_amounts", _("Ask for the rows behind one of: %(parts)s.") % {"parts": parts})
    reader = Reader(user, DEFAULT_DB_ALIAS, question.hierarchy)
    reader.check(amount)
    places = places_of(question, reader)
    per = getattr(METRICS[part_of], "per", amount.per) if part_of else amount.per
    return _rows_of(amount)(question, amount, reader, places, per)


def _rows_of(amount: Amount) -> type[_Rows]:
    if isinstance(amount.fact, Levels):
        return _Figures if amount.fact.nested else _InForce
    return _Happened


class _Rows(ABC):
    """The rows of one amount for one question."""

    def __init__(self, question: Question, amount: Amount, reader: Reader, places: Places, per: int):
        self.question, self.amount, self.fact, self.reader = question, amount, amount.fact, reader
        self.places, self.per = places, per
        self.column = "" if amount.measure.distinct else amount.measure.column
        flow = flow_of(self.fact.model)
        self.joins = self.fact.joins or (flow.related if flow else ())
        self.reasons = Reasons(self.fact, reader.user)

    @abstractmethod
    def counting(self) -> QuerySet:
        """The rows that count."""

    @abstractmethod
    def others(self) -> QuerySet:
        """Those that were looked at beside them."""

    @abstractmethod
    def why(self, rows: Sequence[Model]) -> dict[int, Reason]:
        """Why each of those does not count, by key."""

    def behind(self) -> Behind:
        rows, silent = self.told_apart()
        found, number = _some(rows)
        unrecorded, number_unrecorded = _some(silent)
        others, number_others = _some(self.others())
        reasons = self.reasons.not_recorded(unrecorded, self.column) | self.why(others)
        uncounted = [Uncounted(row, *reasons[row.pk]) for row in [*unrecorded, *others][:MOST]]
        counted = list(self._counted(found))
        return Behind(
            counted=counted,
            uncounted=uncounted,
            address=records_address(self.question, self.amount),
            more=number > len(counted) or number_unrecorded + number_others > len(uncounted),
            number=number,
            number_uncounted=number_unrecorded + number_others,
            total=self._said(self._sum(rows)) if number > len(counted) else sum(one.amount or 0 for one in counted),
        )

    def standing_of(self, record: Model) -> Counted | Uncounted | None:
        rows, silent = self.told_apart()
        row: Any = rows.filter(pk=record.pk).first()
        if row is not None and self.amount.measure.distinct:
            first: Any = rows.filter(adds=row.adds).first()
            return Counted(row, self._said(int(first is None or first.pk == row.pk)))
        if row is not None:
            return Counted(row, self._said(row.adds if self.column else 1))
        unrecorded = list(silent.filter(pk=record.pk))
        others = list(self.others().filter(pk=record.pk)) if not unrecorded else []
        reasons = self.reasons.not_recorded(unrecorded, self.column) | self.why(others)
        return next((Uncounted(row, *reasons[row.pk]) for row in [*unrecorded, *others]), None)

    def told_apart(self) -> tuple[QuerySet, QuerySet]:
        """The rows that count, and those that would, had they recorded what is added up."""
        rows = self.counting()
        if not self.column:
            return rows, rows.none()
        return rows.filter(adds__isnull=False), rows.filter(adds__isnull=True)

    def looked_at(self, rows: QuerySet, day: str | date) -> QuerySet:
        """Those of the rows that lie where is asked and meet the filters and the condition of the metric, newest first.

        `adds` is what each would add; NULL where it has not recorded that.
        """
        rows = narrowed(self._want(day), self.reader.visible(rows, self.fact), day)
        if self.amount.only:
            rows = rows.filter(self.amount.only())
        return rows.select_related(*self.joins) if self.joins else rows

    def adding(self, rows: QuerySet) -> QuerySet:
        """The rows with what each adds, or with the value of which each different one counts."""
        name = self.amount.measure.column
        return rows.annotate(adds=self.fact.columns.get(name, F(name))) if name else rows

    def _want(self, day: str | date) -> Want:
        villages = bool(self.fact.village) and self.places.in_villages
        spread = self.spread(day)
        reach = Reach() if self.places.everywhere else Reach(spread.sources())
        where = self.question.where
        return Want(self.fact, where=where, village=villages, reach=reach, seats=spread.day is not None)

    def spread(self, day: str | date) -> Spread:
        """Where rows lie: those that know only their present division where it was on the day, once places have moved."""
        moved = self.places.predecessors and isinstance(day, date)
        return Spread(self.places, None, current=False, day=day if moved and isinstance(day, date) else None)

    def _counted(self, rows: Iterable[Any]) -> Iterator[Counted]:
        """Each row with its share of what all before it and itself add up to: so nothing is lost in rounding."""
        together = 0
        before: Number = 0
        met: set[object] = set()
        for row in rows:
            if self.amount.measure.distinct:
                together += row.adds not in met
                met.add(row.adds)
            else:
                together += row.adds if self.column else 1
            now = self._said(together)
            yield Counted(row, now - before)
            before = now

    def _said(self, together: int) -> Number:
        """A whole sum in the unit of the metric."""
        return rounded(Answer(together, self.per), CARRIED) or 0

    def _sum(self, rows: QuerySet) -> int:
        if self.amount.measure.distinct:
            return rows.values("adds").distinct().count()
        return int(rows.aggregate(sum=Sum("adds"))["sum"] or 0) if self.column else rows.count()


class _Happened(_Rows):
    """The events of the period, and those that are in no state that counts, or whose day is not over where that matters."""

    fact: Events

    def counting(self) -> QuerySet:
        return self.adding(self._events(self._period).filter(in_states(self.fact, Status.CONFIRMED)))

    def others(self) -> QuerySet:
        counts = in_states(self.fact, Status.CONFIRMED) if self.fact.state else Q()
        if self.fact.past:
            counts &= Q(**{f"{self.fact.date}__lt": self.question.today})
        return self._events(self.question.period).exclude(counts) if counts else self._events(Period()).none()

    def why(self, rows: Sequence[Model]) -> dict[int, Reason]:
        return self.reasons.of_states(rows)

    def of_reason(self, code: str) -> QuerySet:
        """The rows that do not count for this reason."""
        if code == NOT_RECORDED:
            return self.told_apart()[1]
        counts = in_states(self.fact, Status.CONFIRMED)
        if code == AHEAD:
            return self.others().filter(counts)
        rows = self.others()
        return rows.exclude(counts).filter(**{self.fact.state: code}) if self.fact.state else rows.none()

    def _events(self, period: Period) -> QuerySet:
        events = within(self.fact.model._default_manager.filter(self.fact.only), self.fact.date, period)
        return self.looked_at(events, self.fact.date).order_by(f"-{self.fact.date}", "-pk")

    @property
    def _period(self) -> Period:
        yesterday = self.question.today - ONE_DAY
        return self.question.period & Period(None, yesterday) if self.fact.past else self.question.period


class _InForce(_Rows):
    """What is in force on the day, and other rows of the place that are not."""

    fact: Levels

    def counting(self) -> QuerySet:
        day = self.question.as_of
        return self.adding(self.looked_at(self.fact.on(day), day)).order_by("-pk")

    def others(self) -> QuerySet:
        day = self.question.as_of
        rows = self.fact.looked() if self.fact.looked else self.fact.model._default_manager.all()
        return self.looked_at(rows.exclude(pk__in=self.fact.on(day).values("pk")), day).order_by("-pk")

    def why(self, rows: Sequence[Model]) -> dict[int, Reason]:
        return self.reasons.of_levels(rows, self.question.as_of)


class _Figures(_InForce):
    """Figures that speak for a whole division; where one does, those below it were looked at and do not count."""

    def counting(self) -> QuerySet:
        return super().counting().filter(pk__in=self._standing())

    def others(self) -> QuerySet:
        day = self.question.as_of
        return self.looked_at(self.fact.on(day), day).exclude(pk__in=self._standing()).order_by("-pk")

    def why(self, rows: Sequence[Model]) -> dict[int, Reason]:
        return {row.pk: Reason("covered", _("The figure of a division above it stands instead.")) for row in rows}

    def spread(self, day: str | date) -> Spread:
        return Spread(self.places, None, current=False)

    def _standing(self) -> list[int]:
        day = self.question.as_of
        given = dict(self.looked_at(self.fact.on(day), day).values_list("key_place", "pk"))
        above = {place: self.places.divisions[place].ancestry[:-1] for place in given if place in self.places.divisions}
        return [given[place] for place, path in above.items() if given.keys().isdisjoint(path)]


def _some(rows: QuerySet) -> tuple[list[Any], int]:
    """The first MOST rows, and how many there are; they are counted only where there are more."""
    found = list(rows[: MOST + 1])
    return found[:MOST], rows.count() if len(found) > MOST else len(found)
