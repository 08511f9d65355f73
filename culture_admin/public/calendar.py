"""What a station offers, month by month, for everybody."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from activities.models import Activity
from culture_admin.interfaces.problems import nothing_here
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.public.languages import public_page
from culture_admin.statistics.periods import Grain, Period, Span
from stations.models import Station

FRESH_SECONDS = 5 * 60
YEARS_BACK, YEARS_AHEAD = 20, 3
# All that a resident reads of an activity; nothing else leaves the database.
SHOWN = (
    "pk", "title", "begins_on", "begins_time", "ends_on", "ends_time", "venue", "facility__name", "village__name_zh",
    "village__name_en", "kind__name_zh", "kind__name_en", "state",
)  # fmt: skip
CALLED_OFF = (Activity.State.CANCELLED, Activity.State.POSTPONED)
ONE_DAY = timedelta(days=1)


@require_safe
@public_page("month")
def calendar(request: HttpRequest, query: QueryParameters, pk: int) -> HttpResponse:
    """One month of a station: what was published, and what became of it."""
    station = Station.objects.select_related("unit", "division").filter(pk=pk).first()
    if station is None:
        raise nothing_here()
    today = timezone.localdate()
    month = _month(query, today)
    query.check()
    rows = published_in(station, month)
    context = {
        "station": station,
        "month": month,
        "today": today,
        "days": [(day, list(of_day)) for day, of_day in groupby(rows, key=lambda row: row.begins_on)],
        "called_off": CALLED_OFF,
        "feed": reverse("public:feed", args=[station.pk]),
        "before": _label(month.start - ONE_DAY, today),
        "after": _label(month.end + ONE_DAY, today),
    }
    response = render(request, "public/calendar.html", context)
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def published_in(station: Station, span: Span) -> QuerySet[Activity]:
    """The published activities of a station that lie in the span, by time, with nothing but what residents read."""
    rows = Activity.objects.published().filter(station=station, begins_on__lte=span.end, ends_on__gte=span.start)
    joined = rows.select_related("kind", "village", "facility").only(*SHOWN)
    return joined.order_by("begins_on", "begins_time", "pk")


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
