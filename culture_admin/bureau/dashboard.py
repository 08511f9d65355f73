"""The first page: this month beside the last, twelve months, the towns, and what waits. Every figure leads to its rows."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from activities.models import MonthlyReturn
from culture_admin.accounts.asking import may
from culture_admin.bureau.figures import Figure, rows_address, shown
from culture_admin.bureau.menu import MENU
from culture_admin.bureau.tasks import deadlines, piles
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import Table, read
from culture_admin.statistics.register import METRICS
from culture_admin.territory.models import LEVELS, Division, Level

HELD, SESSIONS, PEOPLE, TEAMS = (
    "activities.held",
    "activities.sessions",
    "activities.person_times",
    "activities.teams",
)
SHADES = 4
WAITING_SHOWN = 5


@dataclass(frozen=True)
class Month:
    """A month of the year's table: each figure as text, with the address of its rows."""

    label: str
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class Answered:
    """The returns of a month: how many are settled, of how many, and where those are listed that are not."""

    month: date
    reported: int
    expected: int
    address: str


@dataclass(frozen=True)
class Tile:
    """A town on the grid: what happened there this month; None where nothing was reported."""

    division: Division
    number: int | None
    people: str
    shade: int
    address: str


def page(request: HttpRequest, context: dict) -> HttpResponse:
    today = timezone.localdate()
    context |= {
        "title": _("Overview"),
        "piles": piles(request, WAITING_SHOWN),
        **deadlines(request.user, today),
        "today": today,
        "numbers": None,
    }
    if any(may(office, "statistics", "see") for office in request.user.offices):
        context["numbers"] = numbers(request.user, today)
    else:
        context["rooms"] = [
            (title, [entry for entry in entries if entry.is_open_to(request.user)]) for title, entries in MENU[1:]
        ]
    return TemplateResponse(request, "bureau/dashboard.html", context)


def numbers(user, today: date) -> dict[str, object]:
    """The figures of the page, for the reader's territory."""
    # To its very end: whole months are read from the summary, and nothing has happened on days to come.
    month = Period.of(Grain.MONTH, today)
    last = same_days_of_last_month(today)
    county = territory(user)
    now = read([HELD, SESSIONS, PEOPLE, TEAMS], user=user, by=[f"division:{below(county)}"], period=month)
    before = read([HELD, SESSIONS, PEOPLE, TEAMS], user=user, period=last)
    year = read([HELD, SESSIONS, PEOPLE], user=user, by=["month"], period=twelve_months(today))
    figures = [
        Figure(METRICS[code], now.total.values[code], before.total.values[code], rows_address(code, month))
        for code in (HELD, SESSIONS, PEOPLE, TEAMS)
    ]
    return {
        "territory": county,
        "month": Period(month.start, today),
        "last": last,
        "figures": figures,
        "units": now.units[HELD],
        "returns": answered(user, last.start),
        "months": months(year),
        "chart": chart(year),
        "tiles": tiles(now, county, month),
    }


def answered(user, month: date) -> Answered:
    """How many of the returns of a month are confirmed or closed."""
    rows = MonthlyReturn.objects.visible_to(user).filter(month=month).order_by()
    reported, expected = rows.aggregate(
        reported=Count("pk", filter=Q(state__in=MonthlyReturn.SETTLED)), expected=Count("pk")
    ).values()
    address = reverse("admin:activities_monthlyreturn_changelist")
    return Answered(month, reported, expected, f"{address}?period={month:%Y-%m}&missing=true")


def territory(user) -> Division:
    """The division the reader's office lies in; the first of several."""
    path = next(office.path for office in user.offices if may(office, "statistics", "see"))
    return Division.objects.get(path=path)


def below(division: Division) -> str:
    """The level under a division's own, towns at the lowest."""
    return LEVELS[min(LEVELS.index(division.level) + 1, LEVELS.index(Level.TOWN))]


def same_days_of_last_month(today: date) -> Period:
    """The days of last month up to the same day: a month that is not over is compared with as much of the last."""
    end = today.replace(day=1) - timedelta(days=1)
    return Period(end.replace(day=1), end.replace(day=min(today.day, end.day)))


def twelve_months(today: date) -> Period:
    """Eleven months and the present one."""
    first = date(today.year - (today.month < 12), today.month % 12 + 1, 1)
    return Period(first, today.replace(day=monthrange(today.year, today.month)[1]))


def months(year: Table) -> list[Month]:
    """The rows of the year's table, each figure with its address."""
    rows = {row.keys["month"]: row.values for row in year.rows}
    told = []
    for first in year.question.period.spans(Grain.MONTH):
        values = rows.get(Grain.MONTH.label(first), {})
        span = Period.of(Grain.MONTH, first)
        cells = [(shown(values.get(code)), rows_address(code, span)) for code in (HELD, SESSIONS, PEOPLE)]
        told.append(Month(date_format(first, "YEAR_MONTH_FORMAT"), cells))
    return told


def chart(year: Table) -> dict[str, object]:
    """The year for Chart.js: activities and sessions as bars, person-times as a line on an axis of its own."""
    rows = {row.keys["month"]: row.values for row in year.rows}
    labels = [Grain.MONTH.label(first) for first in year.question.period.spans(Grain.MONTH)]
    series = [(HELD, "bar"), (SESSIONS, "bar"), (PEOPLE, "line")]
    return {
        "labels": labels,
        "series": [
            {
                "label": str(METRICS[code].label),
                "type": kind,
                "data": [rows.get(label, {}).get(code) for label in labels],
            }
            for code, kind in series
        ],
    }


def tiles(now: Table, county: Division, month: Period) -> list[Tile]:
    """The divisions below the reader's own, in the order of their codes."""
    values = {row.keys["division_id"]: row.values for row in now.rows}
    divisions = county.children.governed().existing(month.end).exclude(level=Level.VILLAGE)
    counts = {pk: sum(found[code] or 0 for code in (HELD, SESSIONS)) for pk, found in values.items()}
    most = max(counts.values(), default=0) or 1
    return [
        Tile(
            division=division,
            number=number,
            people=shown(values[division.pk][PEOPLE]) if number else shown(None),
            shade=-(-number * SHADES // most) if number else 0,
            address=rows_address(PEOPLE, month, division),
        )
        for division in divisions
        for number in [counts.get(division.pk) or None]
    ]
