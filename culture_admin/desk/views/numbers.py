"""My numbers: by month, quarter or year, as a chart and as a table; each figure leads to its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from culture_admin.desk.charts import Chart, bars
from culture_admin.desk.figures import FLOWS, STOCKS, Figure, figures_of
from culture_admin.desk.pages import page
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.questions import EARLIEST, LATEST
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS
from culture_admin.statistics.tallies import Number

YEARS = 5
CHARTED = "activities.person_times"


@dataclass(frozen=True, slots=True)
class Span:
    """One line of the table: a month, a quarter or a year."""

    label: int | str
    first: date
    figures: list[Figure]

    @property
    def charted(self) -> Number | None:
        return self.figures[FLOWS.index(CHARTED)].value


@page("GET")
def numbers(request: HttpRequest) -> HttpResponse:
    """One year by month or quarter, or five years; the chart shows beside each span the one a year before."""
    user, today = request.user, timezone.localdate()
    query = QueryParameters(request, known={"by", "year"}, blanks=True)
    grain = Grain(query.choice("by", list(Grain), default=Grain.MONTH))
    year = query.whole("year", default=today.year, least=EARLIEST.year + YEARS, most=LATEST.year)
    query.check()
    first, last = date(year - YEARS + 1 if grain is Grain.YEAR else year, 1, 1), date(year, 12, 31)
    reached = max(first, min(last, today))
    table = read(FLOWS, user=user, by=[grain], period=Period(first, last))
    former = Period(first.replace(year=first.year - 1), last.replace(year=year - 1))
    earlier = read(CHARTED, user=user, by=[grain], period=former)
    rows = {row.keys[grain]: row for row in table.rows}
    spans = [
        Span(label, day, figures_of(rows.get(label), FLOWS, Period.of(grain, day)))
        for day in Period(first, last).spans(grain)
        if day <= today and (label := grain.label(day))
    ]
    context = {
        "grain": grain,
        "year": year,
        "latest": today.year,
        "metrics": [METRICS[code] for code in FLOWS],
        "spans": spans,
        "sums": figures_of(table.total, FLOWS, Period(first, last)),
        "levels": figures_of(read(STOCKS, user=user, as_of=reached).total, STOCKS, Period(end=reached)),
        "chart": _chart(grain, spans, {row.keys[grain]: row.values[CHARTED] for row in earlier.rows}),
        "charted": METRICS[CHARTED],
        "units": table.units[CHARTED],
    }
    return render(request, "desk/numbers.html", context)


def _chart(grain: Grain, spans: Sequence[Span], earlier: Mapping[object, Number | None]) -> Chart:
    return bars(
        [
            (
                _short(grain, span.first),
                span.charted,
                earlier.get(grain.label(span.first.replace(year=span.first.year - 1))),
            )
            for span in spans
        ]
    )


def _short(grain: Grain, day: date) -> str:
    """What stands under a bar."""
    if grain is Grain.YEAR:
        return str(day.year)
    return f"Q{(day.month + 2) // 3}" if grain is Grain.QUARTER else str(day.month)
