"""The statistics page: metrics, period and dimensions chosen by hand; the API's question, and its very answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.asking import require
from culture_admin.bureau.dashboard import below, territory
from culture_admin.bureau.figures import rows_address, shown
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.statistics.api import ABOUT_QUESTION, question_of
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.questions import GRAINS, PLACES, Hierarchy
from culture_admin.statistics.reading import Row, Table, read
from culture_admin.statistics.register import METRICS, Metric, Status, dimensions
from culture_admin.territory.models import Level

LONGEST_CHART = 60
FAMILIES = {
    "activities": _("Activities"),
    "stations": _("Stations"),
    "stewards": _("Stewards"),
    "territory": _("Residents"),
}
LABELS = {
    **{f"division:{level.value}": level.label for level in Level},
    "year": _("Year"),
    "quarter": _("Quarter"),
    "month": _("Month"),
    "station": _("Station"),
    "kind": _("Kind of activity"),
    "genre": _("Genre"),
    "grade": _("Grade"),
    "steward": _("Cultural steward"),
    "firm": _("Service provider"),
    "contract": _("Contract"),
    "backbone": _("Professional backbone"),
    "officer": _("Officer"),
    "level": pgettext_lazy("of an adoption", "Level"),
    "team": _("Team"),
    "led_by": _("Led by"),
    "finding": _("Kind of finding"),
    "purpose": _("Purpose"),
    "about": pgettext_lazy("of a complaint", "About"),
    "course": _("Course"),
    "activity": _("Activity"),
}
STATUSES = [(Status.CONFIRMED, _("Confirmed only")), (Status.ALL, _("All that is recorded"))]
HIERARCHIES = [(Hierarchy.AS_WAS, _("As it was on the day")), (Hierarchy.CURRENT, _("Mapped to today's units"))]


@dataclass(frozen=True)
class Line:
    """A row of the table as it is shown: what tells it apart, and each number with the address of its rows."""

    names: list[str]
    cells: list[tuple[str, str]]


def page(request: HttpRequest, context: dict) -> HttpResponse:
    """The form, and below it the answer to what the address asks; without a question that of the year so far."""
    require(request.user.offices, "statistics", ("see",))
    answer = may_write(request.user, "statistics", ("see",))
    if not answer:
        raise Problem(403, answer.code, answer.text)
    canonical = _canonical(request.GET) or _first_question(request.user)
    if not request.GET or any(len(values) > 1 or values == [""] for _name, values in request.GET.lists()):
        return redirect(f"{reverse('admin:statistics')}?{canonical}")
    query = QueryParameters(
        request, known=[name for name in (*ABOUT_QUESTION, *GRAINS, *dimensions()) if name != "format"]
    )
    codes, asked = question_of(query)
    context |= {"title": _("Statistics"), "query": canonical, "form": _form(request.user, codes, asked), "table": None}
    try:
        query.check()
        context |= _told(read(codes, user=request.user, **asked))
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        context["problem"] = problem
    return TemplateResponse(request, "bureau/statistics.html", context, status=400 if "problem" in context else 200)


def _canonical(asked: QueryDict) -> str:
    """The question in the words of the API: repeated boxes joined by commas, empty ones left out."""
    written = QueryDict(mutable=True)
    for name, values in asked.lists():
        items = [value for value in dict.fromkeys(values) if value]
        if items:
            written[name] = ",".join(items)
    return written.urlencode(safe=":,")


def _first_question(user) -> str:
    today = timezone.localdate()
    written = QueryDict(mutable=True)
    written["metric"] = "activities.held,activities.sessions,activities.person_times"
    written["from"], written["to"] = today.replace(month=1, day=1).isoformat(), today.isoformat()
    written["by"] = f"division:{below(territory(user))}"
    return written.urlencode(safe=":,")


def _form(user, codes: Sequence[str], asked: dict) -> dict[str, object]:
    """What can be chosen, and what is."""
    own = territory(user)
    divisions = [own, *own.children.governed().existing(timezone.localdate()).exclude(level=Level.VILLAGE)]
    by = [*asked["by"], "", ""]
    return {
        "families": [
            (FAMILIES.get(family, family), [(metric, metric.code in codes) for metric in metrics])
            for family, metrics in groupby(_open_metrics(user), key=lambda metric: metric.code.partition(".")[0])
        ],
        "by": [[(name, LABELS.get(name, name), name == by[place]) for name in _known(own.level)] for place in range(2)],
        "divisions": [(one.code, one.name, one.code == asked["where"].get("division")) for one in divisions],
        "statuses": [(value.value, label, value == asked["status"]) for value, label in STATUSES],
        "hierarchies": [(value.value, label, value == asked["hierarchy"]) for value, label in HIERARCHIES],
        "start": asked["period"].start,
        "end": asked["period"].end,
    }


def _open_metrics(user) -> list[Metric]:
    """The metrics whose rows some office of the user may see, family by family."""
    powers = {power: bool(may_write(user, power, ("see",))) for power in map(_power, METRICS.values()) if power}
    return sorted(
        (metric for metric in METRICS.values() if powers.get(_power(metric), True)),
        key=lambda metric: metric.code.partition(".")[0],
    )


def _power(metric: Metric) -> str:
    scope = getattr(metric.amounts[0].fact.model, "scope", None)
    return scope.power if scope else ""


def _known(level: str) -> list[str]:
    """What rows can be told apart by; of the places those below the reader's own."""
    levels = [place for place in PLACES if PLACES.index(place) > PLACES.index(f"division:{level}")]
    return [*levels, *GRAINS, *dimensions()]


def _told(table: Table) -> dict[str, object]:
    metrics = table.question.metrics
    return {
        "table": table,
        "metrics": [(metric, table.units[metric.code], rows_address_of(table, metric, None)) for metric in metrics],
        "columns": [LABELS.get(name, name) for name in table.question.by],
        "lines": [
            Line(_names(table, row), [(shown(row.values[m.code]), rows_address_of(table, m, row)) for m in metrics])
            for row in table.rows
        ],
        "total": [(shown(table.total.values[metric.code]), rows_address_of(table, metric, None)) for metric in metrics],
        "chart": _chart(table),
    }


def rows_address_of(table: Table, metric: Metric, row: Row | None) -> str:
    """The list of the rows behind one number, where the list can be narrowed to just them."""
    question = table.question
    told_apart = {name.partition(":")[0] for name in question.by} if row else set()
    if question.where or not told_apart <= {"division", *GRAINS} or question.status != Status.CONFIRMED:
        return ""
    period = question.period
    for grain in GRAINS:
        if row and grain in row.keys:
            period &= Period.parse(str(row.keys[grain]), Grain(grain))
    if period.start is None or period.end is None:
        return ""
    division = row.keys.get("division_id") if row else None
    return rows_address(metric.code, period, division or getattr(question.division, "pk", None))


def _names(table: Table, row: Row) -> list[str]:
    """What tells the row apart, in the reader's words."""
    return [
        str(row.keys[name] if name in GRAINS else row.keys.get(f"{name.partition(':')[0]}_name") or _("not recorded"))
        for name in table.question.by
    ]


def _chart(table: Table) -> dict[str, object] | None:
    """The metrics that share the first one's unit, as bars or over time as lines; None where a chart would tell nothing."""
    if len(table.question.by) != 1 or not 1 < len(table.rows) <= LONGEST_CHART:
        return None
    metrics = [metric for metric in table.question.metrics if metric.unit == table.question.metrics[0].unit]
    return {
        "labels": [_names(table, row)[0] for row in table.rows],
        "series": [
            {
                "label": str(metric.label),
                "type": "line" if table.question.by[0] in GRAINS else "bar",
                "data": [
                    None if row.values[metric.code] is None else float(row.values[metric.code]) for row in table.rows
                ],
            }
            for metric in metrics
        ],
    }
