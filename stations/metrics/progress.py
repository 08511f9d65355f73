"""How far the year's guidance has come, beside what the rules ask: per officer, per person of the backbone, per station."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from culture_admin.statistics.tallies import Number
from culture_admin.territory.models import Division, Level
from stations.models import Backbone, Meeting, Officer, OfficerPosting, Pairing, PairingVisit, Station


@dataclass(frozen=True)
class Rule:
    """What is asked of a year, and where that is written. more_than: the number itself is not enough."""

    number: int
    text: str | Promise
    source: str | Promise
    more_than: bool = False

    def met(self, reached: Number) -> bool:
        return reached > self.number if self.more_than else reached >= self.number

    def missing(self, reached: Number) -> int:
        """How many whole ones are still wanted."""
        least = Decimal(self.number) + (Decimal("0.5") if self.more_than else 0)
        return max(math.ceil(least - Decimal(reached)), 0)


SOURCE = _("Report of the city of Cixi on its comprehensive cultural stations, 17 May 2013")
# DM-5, DM-6 and DM-7 of the dual management of Cixi.
TRAININGS = Rule(2, _("No less than two special trainings a year for the staff of stations"), SOURCE)
DAYS = Rule(
    50, _("More than 50 days a year at the grass roots for each person of the backbone"), SOURCE, more_than=True
)
MEETINGS = Rule(12, _("A work meeting of the station heads every month"), SOURCE)
MONTHS = range(1, 13)


class Standing:
    """Where something stands against its rule; once the year is over what is missing has been missed."""

    MET, OPEN, SHORT = "met", "open", "short"


@dataclass(frozen=True)
class Progress:
    """What was reached in a year of what a rule asks. left: days of the year still to come, 0 once it is over."""

    rule: Rule
    reached: Number
    left: int

    @property
    def standing(self) -> str:
        if self.rule.met(self.reached):
            return Standing.MET
        return Standing.OPEN if self.left else Standing.SHORT

    @property
    def missing(self) -> int:
        return self.rule.missing(self.reached)

    @property
    def percent(self) -> int:
        return min(int(Decimal(self.reached) * 100 / self.rule.number), 100)


@dataclass(frozen=True)
class Trained:
    """An officer and the trainings he was at."""

    officer: Officer
    station: Station
    progress: Progress


@dataclass(frozen=True)
class AtStation:
    """The days of one person at one station, beside what was planned there."""

    pairing: Pairing
    days: Number

    @property
    def missing(self) -> int:
        return max(math.ceil(self.pairing.planned_days - Decimal(self.days)), 0)


@dataclass(frozen=True)
class Served:
    """A person of the backbone, his days in all, those planned that are still to come, and his days at each station."""

    backbone: Backbone
    progress: Progress
    planned: int
    stations: list[AtStation] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """A month of a year and the monthly meeting held in it."""

    first: date
    meeting: Meeting | None


def days_left(year: int, today: date) -> int:
    """The days of a year that are still to come; today counts, and of a year that is over there are none."""
    return max((date(year, 12, 31) - max(today, date(year, 1, 1))).days + 1, 0)


def trained(user, year: int, today: date) -> list[Trained]:
    """The officers in service whom the user sees, each with the trainings he was at; those with the fewest first."""
    day = min(date(year, 12, 31), max(today, date(year, 1, 1)))
    postings = OfficerPosting.objects.visible_to(user).on(day).filter(acting=False)
    of_officer = {
        posting.officer_id: posting
        for posting in postings.select_related("officer", "station__unit", "station__division").order_by("share", "-pk")
    }
    numbers = _numbers("stations.training_attendances", "officer", of_officer, year)
    left = days_left(year, today)
    rows = [
        Trained(posting.officer, posting.station, Progress(TRAININGS, numbers.get(pk, 0), left))
        for pk, posting in of_officer.items()
    ]
    return sorted(rows, key=lambda row: (row.progress.reached, row.station.division.code, row.officer.pk))


def served(user, year: int, today: date) -> list[Served]:
    """The people of the backbone paired in the year with stations the user sees, each with his days; the fewest first."""
    pairings = Pairing.objects.visible_to(user).filter(valid_from__lte=date(year, 12, 31))
    pairings = pairings.exclude(valid_to__lte=date(year, 1, 1)).select_related(
        "backbone__unit", "station__unit", "station__division"
    )
    of_person: dict[Backbone, list[Pairing]] = defaultdict(list)
    for pairing in pairings.order_by("backbone__name", "backbone_id", "station__division__code", "valid_from"):
        of_person[pairing.backbone].append(pairing)
    keys = [backbone.pk for backbone in of_person]
    numbers = _numbers("stations.pairing_days", "backbone", keys, year)
    at_stations = _at_stations(keys, year)
    planned = _planned(keys, year, today)
    left = days_left(year, today)
    rows = [
        Served(
            backbone,
            Progress(DAYS, numbers.get(backbone.pk, 0), left),
            planned[backbone.pk],
            [AtStation(pairing, at_stations.get((backbone.pk, pairing.station_id), 0)) for pairing in theirs],
        )
        for backbone, theirs in of_person.items()
    ]
    return sorted(rows, key=lambda row: (row.progress.reached, row.backbone.pk))


def months_of_meetings(user, year: int) -> list[Month]:
    """The twelve months of a year, each with its monthly meeting if one was held."""
    held = Meeting.objects.visible_to(user).filter(
        kind=Meeting.Kind.MONTHLY, begins_on__year=year, state__in=[Meeting.State.HELD, Meeting.State.CONFIRMED]
    )
    of_month = {meeting.begins_on.month: meeting for meeting in held.order_by("-begins_on", "-pk")}
    return [Month(date(year, month, 1), of_month.get(month)) for month in MONTHS]


def bureau_trainings(county: Division, year: int, today: date) -> Progress:
    """The trainings the bureau of a county has held, beside the two it has to hold."""
    table = read("stations.trainings", where={"division": county}, period=Period.of(Grain.YEAR, date(year, 1, 1)))
    return Progress(TRAININGS, table.total.values["stations.trainings"] or 0, days_left(year, today))


def county_of_user(user) -> Division | None:
    """The county in which the user's first office lies; None where it lies above the counties."""
    above = [int(part) for office in user.offices[:1] for part in office.path.split("/") if part]
    return Division.objects.filter(pk__in=above, level=Level.COUNTY).first()


def _numbers(code: str, dimension: str, keys: Iterable[int], year: int) -> dict[int, Number]:
    """The number of a year by the key of a dimension; who is asked about was seen already."""
    keys = list(keys)
    if not keys:
        return {}
    table = read(code, by=[dimension], where={dimension: keys}, period=Period.of(Grain.YEAR, date(year, 1, 1)))
    return {cast(int, row.keys[dimension]): row.values[code] or 0 for row in table.rows}


def _at_stations(keys: Sequence[int], year: int) -> dict[tuple[int, int], Number]:
    if not keys:
        return {}
    code = "stations.pairing_days"
    period = Period.of(Grain.YEAR, date(year, 1, 1))
    table = read(code, by=["backbone", "station"], where={"backbone": keys}, period=period)
    return {
        (cast(int, row.keys["backbone"]), cast(int, row.keys["station"])): row.values[code] or 0 for row in table.rows
    }


def _planned(keys: Sequence[int], year: int, today: date) -> dict[int, int]:
    """By person on how many different days still to come visits are planned."""
    rows = PairingVisit.objects.filter(
        backbone__in=keys, state=PairingVisit.State.PLANNED, on__year=year, on__gte=today
    ).values_list("backbone", "on")
    days: dict[int, int] = defaultdict(int)
    for backbone, _on in rows.distinct().order_by("backbone", "on"):
        days[backbone] += 1
    return days
