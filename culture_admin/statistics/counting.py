"""Counting: what one fact has to say to a question, and which stations stand behind it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db.models import QuerySet

from culture_admin.statistics.cells import (
    EVERYWHERE,
    Cell,
    Column,
    Reach,
    Want,
    event_cells,
    level_cells,
    report_cells,
)
from culture_admin.statistics.periods import Period
from culture_admin.statistics.places import Places, Share, Spread
from culture_admin.statistics.questions import Hierarchy, Question
from culture_admin.statistics.readers import Reader, Station, days_there, existed
from culture_admin.statistics.register import STATION, Amount, Events, Fact, Levels, Reporting, Status
from culture_admin.statistics.tallies import NOT_APPLICABLE, NOT_RECORDED, ZERO, Answer, Group, Tallies, Tally
from culture_admin.territory.models import Level

# Up to so many stations the main query tells them apart itself; beyond, a query of its own says which have reported.
FEW_STATIONS = 200
ONE_DAY = timedelta(days=1)


class Units(NamedTuple):
    """How many units stand behind a total, of how many expected; None where nobody is expected to report."""

    reported: int
    expected: int | None


class Stations:
    """Stations by place and span, and all of them together as far as they count for the total."""

    def __init__(self) -> None:
        self.at: dict[tuple[int | None, date | None], set[int]] = defaultdict(set)
        self.together: set[int] = set()

    def note(self, place: int | None, span: date | None, station: int, *, in_total: bool) -> None:
        self.at[place, span].add(station)
        if in_total:
            self.together.add(station)

    def lacks(self, others: Stations) -> bool:
        """Whether some of these are missing among the others."""
        return any(stations - others.at.get(key, set()) for key, stations in self.at.items())


class Counted(ABC):
    """The tallies of one fact for one question."""

    def __init__(self, question: Question, fact: Fact, reader: Reader, places: Places, stations: Sequence[Station]):
        self.question, self.fact, self.reader, self.places = question, fact, reader, places
        self.amounts = [amount for amount in question.amounts if amount.fact is fact]
        self.tallies = Tallies(self.amounts)
        self.total = [Tally() for _amount in self.amounts]
        self.whole = reader.sees_whole_stations(fact)
        self.stations = stations if self.whole and fact.station else []
        self.reported, self.expected = Stations(), Stations()
        self._spreads: dict[date | None, Spread] = {}
        # Whether some figure is a share of what a division that was split had.
        self.estimated = False
        self.count()

    @abstractmethod
    def count(self) -> None:
        """Fills the tallies."""

    def groups(self) -> Iterator[Group]:
        """The groups that belong in the answer: those with rows, and those in which a station was expected to report."""
        yield from self.tallies
        if set(self.question.dimensions) - {STATION}:
            return
        for (place, span), stations in self.expected.at.items():
            if STATION in self.question.dimensions:
                yield from (Group(place, span, (station,)) for station in stations)
            else:
                yield Group(place, span, ())

    def values(self, key: Group) -> list[Answer]:
        """What is to be said of each amount in a group."""
        if key in self.tallies:
            return self._exact(self.tallies[key])
        expected, reported = (stations.at.get(key[:2], set()) for stations in (self.expected, self.reported))
        if STATION in self.question.dimensions:
            station = {key.values[self.question.dimensions.index(STATION)]}
            expected, reported = expected & station, reported & station
        return [self._missing(expected, reported)] * len(self.amounts)

    def totals(self) -> list[Answer]:
        """The same of everything together."""
        if any(tally.number for tally in self.total):
            return self._exact(self.total)
        return [self._missing(self.expected.together, self.reported.together)] * len(self.amounts)

    @property
    def units(self) -> Units:
        """Stations behind the total. Of a firm's or a steward's own rows nobody expects that every station has some."""
        if not self.whole:
            return Units(len(self.reported.together), None)
        return Units(len(self.reported.together & self.expected.together), len(self.expected.together))

    def _exact(self, tallies: Sequence[Tally]) -> list[Answer]:
        return [one.answer(amount) for amount, one in zip(self.amounts, tallies, strict=True)]

    def _missing(self, expected: set[int], reported: set[int]) -> Answer:
        """What is to be said of a group without rows."""
        if expected & reported or (self.fact.reporting == Reporting.REGISTER and not self.whole):
            return ZERO
        return NOT_RECORDED if expected or not (self.whole and self.fact.station) else NOT_APPLICABLE

    def _add(
        self, cells: Iterable[Cell], want: Want, day: date | None = None, span: date | None = None, *, in_total: bool
    ):
        """Adds cells to the groups they count to. Where they tell stations apart beyond what is asked, those have reported."""
        spread, own = self.spread(day), len(self.question.dimensions)
        station = want.names.index(STATION) if STATION in want.names else None
        for cell in cells:
            self.estimated = self.estimated or spread.shares_out(cell.place)
            for place, share in spread[cell.place]:
                key = Group(place, cell.span or span, cell.values[:own])
                self.tally(cell, share, self.tallies[key])
                if in_total:
                    self.tally(cell, share, self.total)
                if station is not None:
                    self.reported.note(place, key.span, cell.values[station], in_total=in_total)

    def _note_reports(self, cells: Iterable[Cell], day: date | None, span: date | None, *, in_total: bool) -> None:
        spread = self.spread(day)
        for cell in cells:
            for place, _share in spread[cell.place]:
                self.reported.note(place, cell.span or span, cell.values[0], in_total=in_total)

    def _expect(self, span: date | None, start: date | None, end: date, *, in_total: bool) -> None:
        """Notes the stations that existed at some time from `start` to `end`, each where it then lay."""
        for station in self.stations:
            if existed(station, start, end):
                for day in days_there(station, start, end) if self.places.predecessors else (end,):
                    for place, _share in self.spread(day)[station.division_id]:
                        self.expected.note(place, span, station.pk, in_total=in_total)

    def spread(self, day: date | None) -> Spread:
        """Where rows count to; a day for rows that know only their present division. Without succession no day matters."""
        day = day if self.places.predecessors else None
        if day not in self._spreads:
            current = self.question.hierarchy == Hierarchy.CURRENT
            self._spreads[day] = Spread(self.places, self.question.level, current=current, day=day)
        return self._spreads[day]

    def want(self, day: date | None = None, *, with_station: bool) -> Want:
        """The cells of everything asked of this fact."""
        names = self.question.dimensions
        return Want(
            fact=self.fact,
            names=(*names, STATION) if with_station and STATION not in names else names,
            where=self.question.where,
            grain=self.question.grain if isinstance(self.fact, Events) else None,
            village=self._asks_villages,
            by_county=self._asks_counties(day),
            different=self._different,
            columns=self._columns,
            reach=self._reach(day),
            stations=self._seen,
            seats=self.spread(day).day is not None,
        )

    def want_reports(self, day: date | None = None, *, by_span: bool = False) -> Want:
        """The cells that say which stations have reported, whatever narrows the rows asked for."""
        where = {name: values for name, values in self.question.where.items() if name == STATION}
        grain = self.question.grain if by_span else None
        reach = self._reach(day)
        return Want(
            self.fact,
            (STATION,),
            where,
            grain,
            village=self._asks_villages,
            reach=reach,
            stations=self._seen,
            seats=self.spread(day).day is not None,
        )

    @property
    def is_plain(self) -> bool:
        """Whether nothing but place and time narrows or tells apart the rows: then a group without rows has no report."""
        return {STATION}.issuperset([*self.question.dimensions, *self.question.where])

    @property
    def are_few(self) -> bool:
        return bool(self.fact.station) and len(self.stations) <= FEW_STATIONS

    @property
    def _asks_villages(self) -> bool:
        return bool(self.fact.village) and (self.question.level == Level.VILLAGE or self.places.in_villages)

    def _asks_counties(self, day: date | None) -> bool:
        """Whether the answer is about whole counties or more: then rows need not be told apart by their own division."""
        return self._knows_county(day) and self.question.level not in (Level.TOWN, Level.VILLAGE)

    def _knows_county(self, day: date | None) -> bool:
        """Whether the asked places are whole counties, and those the counties that rows know."""
        spread = self.spread(day)
        return bool(self.fact.county) and self.places.counties is not None and not (spread.current or spread.day)

    def _reach(self, day: date | None) -> Reach:
        """Which divisions' rows count, and of which counties."""
        if self.places.everywhere or self._asks_all:
            return EVERYWHERE
        if self._knows_county(day):
            return Reach(counties=self.places.counties)
        divisions = self.spread(day).sources()
        counties = [self.places.at(pk, Level.COUNTY) for pk in divisions]
        return Reach(divisions, None if None in counties else {pk for pk in counties if pk is not None})

    @property
    def _asks_all(self) -> bool:
        """Whether the question covers the reader's territory: then what he may see bounds the rows by itself."""
        return not self.reader.keeps_place(self.fact) and set(self.places.paths) == set(self.reader.paths)

    @property
    def _seen(self) -> QuerySet | list[int] | None:
        """The stations whose sums he may see: named, as far as that is known here, so that the database can count them."""
        if self.reader.keeps_place(self.fact):
            return None
        return [station.pk for station in self.stations] if self._asks_all else self.reader.stations().values("pk")

    @cached_property
    def _columns(self) -> list[Column]:
        """What is added up, once where several amounts do."""
        return list({self._column(amount): None for amount in self.amounts})

    @cached_property
    def _different(self) -> list[str]:
        return list({amount.measure.column: None for amount in self.amounts if amount.measure.distinct})

    @cached_property
    def _positions(self) -> list[tuple[int, int | None]]:
        """For each amount where in a cell its sums and its different values stand."""
        return [
            (
                self._columns.index(self._column(amount)),
                self._different.index(amount.measure.column) if amount.measure.distinct else None,
            )
            for amount in self.amounts
        ]

    def _column(self, amount: Amount) -> Column:
        return Column("" if amount.measure.distinct else amount.measure.column, amount.only)

    def tally(self, cell: Cell, share: Share, tallies: Sequence[Tally]) -> None:
        """Adds a cell to the tallies of all amounts."""
        for one, (column, different) in zip(tallies, self._positions, strict=True):
            if different is None:
                one.add(*cell.sums[column], share)
            elif cell.sums[column][0]:
                one.meet(cell.different[different], share)


class CountedEvents(Counted):
    """What happened in the period."""

    fact: Events

    def count(self) -> None:
        """Reads the events once, and the reports once more where what is asked hides some."""
        question, fact = self.question, self.fact
        confirmed = question.status == Status.CONFIRMED
        plain = self.is_plain and confirmed
        want = self.want(with_station=plain and self.are_few)
        period = question.period & Period(None, question.today - ONE_DAY) if fact.past else question.period
        self._add(event_cells(want, period, question.status, self.reader, whole=self.whole), want, in_total=True)
        if fact.station and not (plain and self.are_few):
            reports = self.want_reports(by_span=not plain)
            cells = self.reader.memory.of(
                ("reported", fact, period, question.level, reports.grain, *question.where.get(STATION, [])),
                lambda: list(event_cells(reports, period, Status.CONFIRMED, self.reader, whole=self.whole)),
            )
            self.reported = Stations()
            self._note_reports(cells, None, None, in_total=True)
        for span, start, end in self._spans():
            self._expect(span, start, end, in_total=True)
        if fact.reports and self.expected.lacks(self.reported):
            expected = self.expected.together
            cells = self.reader.memory.of(
                ("reports", fact.reports, question.period, question.grain, self.reader.as_was),
                lambda: list(report_cells(fact, question.period, question.grain, self.reader)),
            )
            self._note_reports((cell for cell in cells if cell.values[0] in expected), None, None, in_total=True)

    def _spans(self) -> Iterator[tuple[date | None, date | None, date]]:
        """The spans of the answer, each with its first and last day within the period and not after today.

        They begin with the period, or where it is open with the first span that has rows.
        """
        grain, start, today = self.question.grain, self.question.period.start, self.question.today
        end = min(self.question.period.end or today, today)
        if grain is None:
            if start is None or start <= end:
                yield None, start, end
            return
        first = start or min((group.span for group in self.tallies if group.span), default=None)
        if first is None or first > end:
            return
        for span in Period(first, end).spans(grain):
            yield span, max(span, first), min(grain.last(span), end)


class CountedLevels(Counted):
    """What is in force on the day, or at the end of each span."""

    fact: Levels

    def count(self) -> None:
        """Reads the levels of each day, and who has reported."""
        with_station = self.is_plain and self.are_few and self.fact.reporting == Reporting.ROWS
        for span, day, in_total in moments(self.question):
            want = self.want(day, with_station=with_station)
            self._add(level_cells(want, day, self.reader), want, day, span, in_total=in_total)
            self._expect(span, day, day, in_total=in_total)
            if self.fact.reporting == Reporting.REGISTER:
                self.reported = self.expected
            elif not with_station:
                cells = level_cells(self.want_reports(day), day, self.reader)
                self._note_reports(cells, day, span, in_total=in_total)


def moments(question: Question) -> Iterator[tuple[date | None, date, bool]]:
    """The days at which stocks are read: the span each stands for, the day, and whether the total is read then."""
    if question.grain is None:
        yield None, question.as_of, True
        return
    for span in Period(question.period.start, question.as_of).spans(question.grain):
        day = min(question.grain.last(span), question.as_of)
        yield span, day, day == question.as_of
