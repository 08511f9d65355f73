"""The past the demo tells of: Cixi in 2012, and the first three years of Xiaoshan's stewards (DOMAIN.md §0.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from activities.actions import register_team
from activities.models import Genre
from culture_admin.demo.districts import County, Town
from culture_admin.demo.firms import Service
from culture_admin.demo.ledgers import confirm, enter, moment, report
from culture_admin.demo.names import Names
from culture_admin.demo.programme import CLOSED, Programme, Row
from culture_admin.demo.shares import apportion
from culture_admin.statistics.periods import Grain, Period
from stewards.models import Posting

IN_CIXI = Period(date(2012, 1, 1), date(2012, 11, 30))
OF_STEWARDS = Period(date(2018, 12, 1), date(2021, 12, 31))
# More than 460 activities, 10,000 class hours of some two hours a session, 532 teams.
ACTIVITIES, SESSIONS, TEAMS = 492, 5_330, 532
CROWD_OF_STEWARDS = 1.45
ACTIVITIES_A_MONTH, SESSIONS_A_MONTH = 1.0, 0.7
TEAMS_OF_STATION = 4
SEASON = (0.7, 0.6, 0.8, 1.0, 1.2, 1.3, 1.1, 0.9, 1.3, 1.4, 1.1, 0.8)
# Last in the district until its steward came, upper middle in the year after.
RISE_OF_XINTANG = {2018: 0.1, 2019: 0.1, 2020: 1.5, 2021: 1.6}
# Ledgers are handed in some days after the quarter, and confirmed some days later.
HANDED_IN, CONFIRMED = 4, 9


class History:
    """Writes the past of both counties; the same seed writes the same."""

    def __init__(self, programme: Programme, names: Names, random: Random) -> None:
        self._programme, self._names, self._random = programme, names, random
        self._genres = {genre.code: genre for genre in Genre.objects.all()}

    def keep_ledgers(self, county: County, period: Period) -> None:
        """What the stations put on themselves, handed in by the quarter."""
        for town in county.towns.values():
            courses = self._programme.courses(town)
            quarters: dict[date, list[Row]] = defaultdict(list)
            for month in _months(period.start, _last_day(town, period.end)):
                pace = _pace(town, month.start)
                quarters[Grain.QUARTER.last(month.start)] += self._rows(
                    county, town, month, self._about(ACTIVITIES_A_MONTH * pace),
                    self._about(SESSIONS_A_MONTH * pace), courses,
                )
            for ended_on, rows in quarters.items():
                enter(rows, town, at=moment(min(ended_on, period.end), HANDED_IN))

    def found_teams_of_stations(self, county: County, period: Period) -> None:
        for town in county.towns.values():
            for _number in range(round(TEAMS_OF_STATION * town.pace)):
                self._found_team(town, self._day(period))

    def report_of_stewards(self, county: County, services: list[Service]) -> None:
        """What the stewards did, in numbers that add up to those of the seed, confirmed by the stations."""
        spans = [
            (service, month)
            for service in services
            for month in _months(service.begins, service.last_day(OF_STEWARDS.end))
        ]
        weights = [_pace(service.town, month.start) for service, month in spans]
        teaching = [0 if _is_closed(month.start) else weight for (_service, month), weight in zip(spans, weights, strict=True)]
        numbers = zip(spans, apportion(ACTIVITIES, weights), apportion(SESSIONS, teaching), strict=True)
        courses = {service.posting.pk: self._programme.courses(service.town) for service in services}
        quarters: dict[tuple[int, date], list[Row]] = defaultdict(list)
        for (service, month), held, taught in numbers:
            key = service.posting.pk, Grain.QUARTER.last(month.start)
            quarters[key] += self._rows(
                county, service.town, month, held, taught, courses[service.posting.pk], CROWD_OF_STEWARDS
            )
        by_posting = {service.posting.pk: service for service in services}
        for (posting, ended_on), rows in quarters.items():
            service = by_posting[posting]
            reported = report(rows, service, at=moment(ended_on, HANDED_IN))
            confirm(reported, service.town, at=moment(ended_on, CONFIRMED))

    def found_teams_of_stewards(self, services: list[Service]) -> None:
        """The 532 teams, at the stations that are still Xiaoshan's: each has the steward's posting on its file."""
        serving = [service for service in services if service.posting.valid_to is None]
        spans = [Period(service.begins + timedelta(days=20), OF_STEWARDS.end - timedelta(days=12)) for service in serving]
        days = [(span.end - span.start).days for span in spans]
        for service, span, number in zip(serving, spans, apportion(TEAMS, days), strict=True):
            for _number in range(number):
                self._found_team(service.town, self._day(span), service.posting)

    def _rows(
        self, county: County, town: Town, span: Period, held: int, taught: int, courses: Iterator[Row], crowd: float = 1
    ) -> list[Row]:
        rows = [self._programme.activity(county, town, self._day(span), crowd) for _number in range(held)]
        for day in sorted(self._day(span) for _number in range(taught)):
            rows.append(next(courses) | {"begins_on": day})
        return rows

    def _found_team(self, town: Town, founded_on: date, posting: Posting | None = None) -> None:
        name, genre = self._names.team(town.key)
        register_team(
            actor=town.head,
            at=moment(founded_on, HANDED_IN),
            station=town.station,
            name=name,
            genre=self._genres[genre],
            leader=self._names.person(),
            members=self._random.randrange(12, 46),
            founded_on=founded_on,
            posting=posting,
        )

    def _day(self, span: Period) -> date:
        return span.start + timedelta(days=self._random.randrange((span.end - span.start).days + 1))

    def _about(self, expected: float) -> int:
        """A whole number that is `expected` in the long run."""
        return int(expected + self._random.random())


def _months(start: date, end: date) -> list[Period]:
    """The months of a span, the first and last cut to it."""
    span = Period(start, end)
    return [Period.of(Grain.MONTH, first) & span for first in span.spans(Grain.MONTH)]


def _pace(town: Town, day: date) -> float:
    pace = RISE_OF_XINTANG.get(day.year, town.pace) if town.key == "xintang" else town.pace
    return pace * SEASON[day.month - 1]


def _is_closed(day: date) -> bool:
    return (day.year, day.month) in CLOSED


def _last_day(town: Town, until: date) -> date:
    """Xiaoshan's ledgers end where a street left it."""
    moved_on = town.division.valid_from
    return min(until, moved_on - timedelta(days=1)) if moved_on else until
