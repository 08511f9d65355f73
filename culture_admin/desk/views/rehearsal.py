"""Rehearsal: what is missing to the next points, and what a few more would make of score and place. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.cycles import until_of
from assessments.models import Assessment, Computation
from assessments.rehearsing import Missing, Rehearsed, gap_list, rehearse
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import listed
from culture_admin.desk.forms.assessments import WhatIfForm
from culture_admin.desk.pages import page
from culture_admin.desk.views.assessments import SELF, assessment_of
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.scoring.explained import enough
from culture_admin.scoring.rules import Takes
from culture_admin.scoring.sources import Origin
from culture_admin.scoring.table import Part
from culture_admin.statistics.register import METRICS

# What a number can be added to: neither a veto, nor quarters, nor several results of which the best counts.
SIMPLE = (Takes.NUMBER, Takes.PEERS)
NUMBERS = (Origin.METRIC, Origin.JUDGED)


@page("GET")
def rehearsal(request: HttpRequest, pk: int) -> HttpResponse:
    """The gaps, most points first; and below them the sandbox, a form whose answer is a page like any other."""
    user, record = request.user, assessment_of(request.user, pk)
    require(user.offices, SELF, ("see",))
    gaps = gap_list(record, until_of(record.cycle, timezone.now()))
    lines = list(_lines(record, gaps))
    query = QueryParameters(request, known={code for code, _label, _hint in lines}, blanks=True)
    query.check()
    start = Computation.objects.visible_to(user).filter(cycle=record.cycle_id).order_by("-number").first()
    form = WhatIfForm(query.values or None, lines=lines)
    found = _found(record, start, form) if start and form.is_bound and form.is_valid() else None
    context = {
        "assessment": record,
        "gaps": gaps,
        "days_left": gaps[0].days_left if gaps else 0,
        "frozen": record.cycle.snapshot_id is not None,
        "start": start,
        "whatif": form,
        "form": form if form.is_bound else None,
        "found": found,
    }
    return render(request, "desk/assessed/rehearsal.html", context)


def _lines(record: Assessment, gaps: Sequence[Missing]) -> Iterator[tuple[str, Any, str]]:
    """The indicators of which one can suppose more, those with a gap first."""
    body = record.cycle.scheme.content
    order = {gap.code: number for number, gap in enumerate(gaps)}
    asked = [
        one
        for _section, one in body.table.indicators()
        if one.part != Part.VETO and one.rule.method.takes in SIMPLE and body.sources[one.code].origin in NUMBERS
    ]
    for one in sorted(asked, key=lambda one: order.get(one.code, len(order))):
        source = body.sources[one.code]
        unit = str(METRICS[source.metric].unit) if source.is_counted else ""
        gap = next((gap for gap in gaps if gap.code == one.code), None)
        hint = (
            _("%(number)s %(unit)s to the next points") % {"number": enough(gap.missing), "unit": unit} if gap else ""
        )
        yield one.code, f"{one.code} {one.label}", hint.replace("  ", " ")


def _found(record: Assessment, start: Computation, form: WhatIfForm) -> dict[str, object] | None:
    """What comes of it for the town itself; the scores of the others are not told."""
    made: Rehearsed | None = form.attempt(rehearse, cycle=record.cycle, own=record, more=form.more(), computation=start)
    if made is None or record.pk not in made.before:
        return None
    return {
        "before": made.before[record.pk],
        "after": made.after[record.pk],
        "gain": made.after[record.pk] - made.before[record.pk],
        "place_before": made.place_before[record.pk],
        "place_after": made.place_after[record.pk],
        "overtaken": listed(one.unit.name for one in made.overtaken),
        "overtaking": listed(one.unit.name for one in made.overtaking),
    }
