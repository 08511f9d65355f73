"""The past the demo tells of: Cixi in 2012, and the first three years of Xiaoshan's stewards (DOMAIN.md §0.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from activities.actions import register_teams
from activities.models import Genre
from culture_admin.demo.days import ONE, Days
from culture_admin.demo.districts import County, Town
from culture_admin.demo.entries import enter, moment, step
from culture_admin.demo.firms import Service
from culture_admin.demo.names import Names
from culture_admin.demo.programme import MOST_AT_ONCE, Programme, Row, is_closed
from culture_admin.demo.shares import apportion
from stewards.models import Posting

IN_CIXI = Days(date(2012, 1, 1), date(2012, 11, 30))
OF_STEWARDS = Days(date(2018, 12, 1), date(2021, 12, 31))
# More than 460 activities, 10,000 class hours of some two each session, 500,000 person-times, and 532 teams.
ACTIVITIES, SESSIONS, PERSON_TIMES, TEAMS = 492, 5_340, 534_000, 532
ACTIVITIES_A_MONTH, SESSIONS_A_MONTH = 1.0, 0.7
TEAMS_OF_STATION = 2
SEASON = (0.7, 0.6, 0.8, 1.0, 1.2, 1.3, 1.1, 0.9, 1.3, 1.4, 1.1, 0.8)
# Last in the district until its steward came, upper middle in the year after.
RISE_OF_XINTANG = {2018: 0, 2019: 0.12, 2020: 1.36, 2021: 1.36}
# Ledgers are handed in some days after their time is over, and confirmed some days later.
HANDED_IN, CONFIRMED = 4, 9
HALF_YEAR = 6


class History:
    """Writes the past of both counties; the same seed writes the same."""

    def __init__(self, programme: Programme, names: Names, random: Random) -> None:
        self._programme, self._names, self._random = programme, names, random
        self._genres = {genre.code: genre for genre in Genre.objects.all()}

    def keep_ledgers(self, county: County, span: Days) -> None:
        """What the stations put on themselves, a ledger a year."""
        for town in county.towns.values():
            courses = self._programme.courses(town)
            years: dict[int, list[Row]] = defaultdict(list)
            for month in _while_in_county(town, span).months():
                pace = _pace(town, month.first)
                years[month.first.year] += self._programme.within(
                    month,
                    county,
                    town,
                    held=self._programme.about(ACTIVITIES_A_MONTH * pace),
                    taught=self._programme.about(SESSIONS_A_MONTH * pace),
                    courses=courses,
                )
            for year, rows in years.items():
                enter(rows, town, by=town.head, at=moment(min(date(year, 12, 31), span.last), HANDED_IN))

    def found_teams_of_stations(self, county: County, span: Days) -> None:
        for town in county.towns.values():
            number = round(TEAMS_OF_STATION * town.pace) if town.opened_on < span.first else 0
            self._found_teams(town, span, number)

    def report_of_stewards(
        self, county: County, services: Sequence[Service], order: Callable[[Service, Sequence[Row]], None]
    ) -> None:
        """What the stewards did, in numbers that add up to those of the seed; stations confirm it by the half-year.

        order: told of what a half-year is going to bring, before it does.
        """
        times = [
            (service, month)
            for service in services
            for month in Days(service.begins, service.last_day(OF_STEWARDS.last)).months()
        ]
        weights = [_pace(service.town, month.first) for service, month in times]
        open_weights = [
            0 if is_closed(month.first) else weight for (_service, month), weight in zip(times, weights, strict=True)
        ]
        numbers = zip(times, apportion(ACTIVITIES, weights), apportion(SESSIONS, open_weights), strict=True)
        courses = {service: self._programme.courses(service.town) for service in services}
        ledgers: dict[tuple[Service, date], list[Row]] = defaultdict(list)
        for (service, month), held, taught in numbers:
            ledgers[service, _half_year_of(month.first)] += self._programme.within(
                month, county, service.town, held=held, taught=taught, courses=courses[service]
            )
        _draw_crowds([row for rows in ledgers.values() for row in rows])
        for (service, ended_on), rows in ledgers.items():
            order(service, rows)
            keys = enter(rows, service.town, by=service.filer, at=moment(ended_on, HANDED_IN), posting=service.posting)
            step(keys, "confirm", by=service.town.head, at=moment(ended_on, CONFIRMED))

    def found_teams_of_stewards(self, services: Sequence[Service]) -> None:
        """The teams, at the stations that are still Xiaoshan's: each has the steward's posting on its file."""
        spans = [
            Days(service.begins + timedelta(days=20), service.last_day(OF_STEWARDS.last) - timedelta(days=12))
            for service in services
        ]
        for service, span, number in zip(
            services, spans, apportion(TEAMS, [span.number for span in spans]), strict=True
        ):
            self._found_teams(service.town, span, number, service.posting)

    def _found_teams(self, town: Town, span: Days, number: int, posting: Posting | None = None) -> None:
        """So many teams on any days of the span; the station registers them as one list when it is over."""
        rows = [self._team(town, self._programme.day(span)) for _number in range(number)]
        if rows:
            register_teams(
                actor=town.head, at=moment(span.last, HANDED_IN), station=town.station, rows=rows, posting=posting
            )

    def _team(self, town: Town, founded_on: date) -> dict[str, Any]:
        name, genre = self._names.team(town.key)
        return {
            "name": name,
            "genre": self._genres[genre],
            "leader": self._names.person(),
            "members": self._random.randrange(12, 46),
            "founded_on": founded_on,
        }


def _draw_crowds(rows: Sequence[Row]) -> None:
    """Swells the audiences, not the classes, until all rows have PERSON_TIMES together, up to rounding."""
    classes = sum(row["attendance"] or 0 for row in rows if "class_seconds" in row)
    crowds = [row for row in rows if "class_seconds" not in row and row["attendance"]]
    factor = (PERSON_TIMES - classes) / sum(row["attendance"] for row in crowds)
    for row in crowds:
        heads = min(MOST_AT_ONCE, round(row["attendance"] * factor))
        row["attendance"] = round(heads, -1) if row["estimated"] else heads


def _half_year_of(day: date) -> date:
    """The last day of the half-year in which `day` lies."""
    return date(day.year, 6, 30) if day.month <= HALF_YEAR else date(day.year, 12, 31)


def _pace(town: Town, day: date) -> float:
    pace = RISE_OF_XINTANG.get(day.year, town.pace) if town.key == "xintang" else town.pace
    return pace * SEASON[day.month - 1]


def _while_in_county(town: Town, span: Days) -> Days:
    """The part of the span in which the town has a station and is still Xiaoshan's."""
    moved_on = town.division.valid_from
    return Days(max(span.first, town.opened_on), min(span.last, moved_on - ONE) if moved_on else span.last)
