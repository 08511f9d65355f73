"""What a station offers, month by month, for everybody."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from activities.models import Activity
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.public.languages import public_page
from culture_admin.public.programme import closures_in, published_in, station_named
from culture_admin.statistics.periods import Grain, Period, Span
from stations.actions.premises import week_of

FRESH_SECONDS = 5 * 60
YEARS_BACK, YEARS_AHEAD = 20, 3
CALLED_OFF = (Activity.State.CANCELLED, Activity.State.POSTPONED)
ONE_DAY = timedelta(days=1)
# Who opens the page near the end of a month wants to know what is on next: the page looks at least this far ahead.
OUTLOOK = timedelta(days=14)

Day = tuple[date, list[Activity]]


@require_safe
@public_page("month")
def calendar(request: HttpRequest, query: QueryParameters, station: str) -> HttpResponse:
    """One month of a station: what was published, and what became of it; unless a month is asked for, two weeks ahead too."""
    found = station_named(station)
    today = timezone.localdate()
    month = _month(query, today)
    query.check()
    until = month.end if "month" in query.values else max(month.end, today + OUTLOOK)
    rows = published_in(found, month.start, until)
    days = [(day, list(of_day)) for day, of_day in groupby(rows, key=lambda row: row.begins_on)]
    gone, coming = parted(days, month, today)
    context = {
        "station": found,
        "month": month,
        "today": today,
        "days": coming,
        "gone": gone,
        "called_off": CALLED_OFF,
        "closures": closures_in(found, month.start, month.end),
        "week": week_of(found, today),
        "feed": reverse("public:feed", args=[found.pk]),
        "before": _label(month.start - ONE_DAY, today),
        "after": _label(month.end + ONE_DAY, today),
    }
    response = render(request, "public/calendar.html", context)
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def parted(days: list[Day], month: Span, today: date) -> tuple[list[Day], list[Day]]:
    """The days that are gone, and those still to come; only of the month we are in anything is gone.

    What goes on for days is not gone before its last.
    """
    if not month.start <= today <= month.end:
        return [], days
    gone = [(day, rows) for day, rows in days if all(row.ends_on < today for row in rows)]
    return gone, [(day, rows) for day, rows in days if any(row.ends_on >= today for row in rows)]


def _month(query: QueryParameters, today: date) -> Span:
    text = query.values.get("month")
    if text is None:
        return Period.of(Grain.MONTH, today)
    try:
        month = Period.parse(text, Grain.MONTH)
    except ValueError:
        month = None
    if month is None or not _label(month.start, today):
        query.note("month", "month_format", _("Expected a month of these years, like 2024-05."), value=text)
        return Period.of(Grain.MONTH, today)
    return month


def _label(day: date, today: date) -> str:
    """The month of a day as an address has it; empty beyond the years that are shown."""
    shown = today.year - YEARS_BACK <= day.year <= today.year + YEARS_AHEAD
    return str(Grain.MONTH.label(day)) if shown else ""
