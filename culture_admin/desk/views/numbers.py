"""My numbers: by month, quarter or year, as a chart and as a table; each figure leads to its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from culture_admin.desk.charts import bars
from culture_admin.desk.figures import FIGURES, Figure, figures_of
from culture_admin.desk.pages import page
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.questions import EARLIEST, LATEST
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS

YEARS = 5
CHARTED = "activities.person_times"


@dataclass(frozen=True, slots=True)
class Span:
    """One line of the table."""

    label: int | str
    period: Period
    figures: list[Figure]


@page("GET")
def numbers(request: HttpRequest) -> HttpResponse:
    """One year by month or quarter, or five years; the chart shows beside each span the one a year before."""
    today = timezone.localdate()
    query = QueryParameters(request, known={"by", "year"}, blanks=True)
    grain = Grain(query.choice("by", list(Grain), default=Grain.MONTH))
    year = query.whole("year", default=today.year, least=EARLIEST.year + YEARS, most=LATEST.year)
    query.check()
    years = YEARS if grain is Grain.YEAR else 1
    period, former = (Period(date(end - years + 1, 1, 1), date(end, 12, 31)) for end in (year, year - 1))
    table = read(FIGURES, user=request.user, by=[grain], period=period)
    earlier = read(CHARTED, user=request.user, by=[grain], period=former)
    rows = {row.keys[grain]: row for row in table.rows}
    before = {row.keys[grain]: row.values[CHARTED] for row in earlier.rows}
    begun = [Period.of(grain, day) for day in period.spans(grain) if day <= today]
    labels = [grain.label(span.start) for span in begun]
    spans = [
        Span(label, span, figures_of(rows.get(label), FIGURES, span)) for label, span in zip(labels, begun, strict=True)
    ]
    position = FIGURES.index(CHARTED)
    points = [
        (
            _short(grain, span.period.start),
            span.figures[position].value,
            before.get(grain.label(span.period.start.replace(year=span.period.start.year - 1))),
        )
        for span in spans
    ]
    context = {
        "grain": grain,
        "grains": [grain.value for grain in reversed(Grain)],
        "year": year,
        "latest": today.year,
        "metrics": [METRICS[code] for code in FIGURES],
        "spans": spans,
        "total": figures_of(table.total, FIGURES, period),
        "chart": bars(points),
        "charted": METRICS[CHARTED],
        "units": table.units[CHARTED],
    }
    return render(request, "desk/numbers.html", context)


def _short(grain: Grain, day: date) -> str:
    """The span under its bar."""
    if grain is Grain.YEAR:
        return str(day.year)
    return f"Q{(day.month + 2) // 3}" if grain is Grain.QUARTER else str(day.month)
