"""The year's guidance on one page: trainings, visit days, meetings, each beside what the rule asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.spreadsheets import MEDIA_TYPES, Sheet
from stations.metrics.progress import (
    DAYS,
    MEETINGS,
    TRAININGS,
    Served,
    Trained,
    bureau_trainings,
    county_of_user,
    months_of_meetings,
    served,
    trained,
)
from stations.models import Meeting, Station

YEARS = 4
TONES = {"met": "good", "open": "wait", "short": "warn"}


@dataclass(frozen=True)
class AtStation:
    """The officers of a station and how many of them have their trainings."""

    station: Station
    officers: list[Trained]

    @property
    def met(self) -> int:
        return sum(row.progress.standing == "met" for row in self.officers)

    @property
    def tone(self) -> str:
        if self.met == len(self.officers):
            return "good"
        return "warn" if any(row.progress.standing == "short" for row in self.officers) else "wait"


def page(request: HttpRequest, context: dict) -> HttpResponse:
    """The page of one year; `format` gives one of its tables as a sheet."""
    user, today = request.user, timezone.localdate()
    require(user.offices, "stations.trainings", ("see",))
    query = QueryParameters(request, known={"year", "table", "format"})
    years = [today.year - back for back in range(YEARS)]
    year = int(query.choice("year", [str(one) for one in years], default=str(today.year)) or today.year)
    table = query.choice("table", ["trainings", "days"], default="trainings")
    wanted = query.choice("format", list(MEDIA_TYPES))
    query.check()
    named = bool(may_write(user, "stations.trainings.attendance", ("see",)))
    officers = trained(user, year, today) if named else []
    people = served(user, year, today)
    if wanted:
        sheet = _sheet_of_officers(officers, year) if table == "trainings" else _sheet_of_days(people, year)
        return sheet.answer(wanted)
    county = county_of_user(user)
    months = months_of_meetings(user, year)
    context |= {
        "title": _("The year's guidance"),
        "year": year,
        "years": years,
        "today": today,
        "rules": {"trainings": TRAININGS, "days": DAYS, "meetings": MEETINGS},
        "tones": TONES,
        "bureau": bureau_trainings(county, year, today) if county else None,
        "named": named,
        "stations": _by_station(officers),
        "people": people,
        "months": months,
        "held": sum(month.meeting is not None for month in months),
        "shown": _shown_off(user, year),
        "sheets": MEDIA_TYPES,
    }
    return TemplateResponse(request, "bureau/guidance.html", context)


def _by_station(officers: list[Trained]) -> list[AtStation]:
    of_station: dict[Station, list[Trained]] = defaultdict(list)
    for row in officers:
        of_station[row.station].append(row)
    found = [AtStation(station, rows) for station, rows in of_station.items()]
    return sorted(found, key=lambda one: one.station.division.code)


def _shown_off(user, year: int) -> list[Meeting]:
    """The on-site meetings of the year, by day."""
    rows = Meeting.objects.visible_to(user).standing().of_year(year).filter(kind=Meeting.Kind.ON_SITE)
    return list(rows.select_related("host__unit").order_by("begins_on", "pk"))


def _sheet_of_officers(officers: list[Trained], year: int) -> Sheet:
    header = [_("Officer"), _("Station"), _("Trainings"), _("Asked"), _("Still missing")]
    lines = [
        [
            row.officer.name,
            row.station.name,
            row.progress.reached,
            row.progress.rule.number,
            row.progress.missing,
        ]
        for row in officers
    ]
    return Sheet(_("Trainings of officers %(year)d") % {"year": year}, header, lines)


def _sheet_of_days(people: list[Served], year: int) -> Sheet:
    header = [
        _("Professional backbone"),
        _("Station"),
        _("Days here"),
        _("Planned here"),
        _("Days in all"),
        _("Still missing"),
    ]
    return Sheet(_("Visit days %(year)d") % {"year": year}, header, list(_lines_of_days(people)))


def _lines_of_days(people: list[Served]) -> Iterator[list[object]]:
    for row in people:
        for one in row.stations:
            yield [
                row.backbone.name,
                one.pairing.station.name,
                one.days,
                one.pairing.planned_days,
                row.progress.reached,
                row.progress.missing,
            ]
