"""Objections to a score: raise one from a record or a judgement, follow it, and what came of it."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions import object_to
from assessments.models import Objection, Result
from culture_admin.accounts.asking import require
from culture_admin.desk.forms.assessments import ObjectionForm
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.desk.views.assessments import JOINS, assessment_of
from culture_admin.desk.views.results import OBJECTIONS, may_object
from culture_admin.interfaces.problems import nothing_here
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.scoring.explained import in_words
from culture_admin.scoring.judging import judged_values
from culture_admin.statistics.register import METRICS

RECORD = re.compile(r"([a-z_]{1,40}\.[a-z_]{1,60}):([0-9]{1,18})")


@page("GET")
def score_objections(request: HttpRequest, pk: int) -> HttpResponse:
    """The objections to one assessment, the newest first, and until when one may object."""
    user, record = request.user, assessment_of(request.user, pk)
    require(user.offices, OBJECTIONS, ("see",))
    rows = Objection.objects.visible_to(user).filter(assessment=record).order_by("-pk")
    labels = {each.code: each.label for _section, each in record.cycle.scheme.content.table.indicators()}
    context = {
        "assessment": record,
        "rows": [(row, labels.get(row.code, "")) for row in rows],
        "may_object": may_object(user, record),
        "result": _standing(user, record),
        "today": timezone.localdate(),
    }
    return render(request, "desk/assessed/objections.html", context)


@page("GET", "POST")
def object_to_score(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to one record behind an indicator, or to how the indicator was judged. It is raised at once."""
    user, record = request.user, assessment_of(request.user, pk)
    require(user.offices, OBJECTIONS, ("propose",), path=record.division.path)
    body = record.cycle.scheme.content
    indicators = {each.code: each for _section, each in body.table.indicators()}
    query = QueryParameters(request, known={"code", "wants", "record"})
    code = query.choice("code", list(indicators))
    wants = query.choice("wants", list(Objection.Wants.values), default=Objection.Wants.JUDGE.value)
    named = query.text("record")
    query.check()
    if code is None:
        raise nothing_here()
    about = _record(user, named) if wants != Objection.Wants.JUDGE else None
    form = ObjectionForm(request.POST or None, indicator=indicators[code], source=body.sources[code], wants=wants)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(object_to, actor=user, assessment=record, code=code, record=about, **form.entries())
        if made:
            messages.success(request, _("The objection is raised and waits for an answer."))
            return redirect("desk:score_objection", made.pk)
    context = {
        "assessment": record,
        "indicator": indicators[code],
        "record": about,
        "wants": Objection.Wants(wants).label,
        "form": form,
        "result": _standing(user, record),
        "may_object": may_object(user, record),
    }
    return render(request, "desk/assessed/object.html", context)


@page("GET", "POST")
def score_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection: what was said, what was decided, and the score and place before and after."""
    user = request.user
    joins = (*(f"assessment__{join}" for join in JOINS), "before", "after", "filed_by")
    record = one(Objection.objects.visible_to(user).select_related(*joins), pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:score_objection", pk)
    body = record.assessment.cycle.scheme.content
    labels = {each.code: each.label for _section, each in body.table.indicators()}
    computations = [each for each in (record.before_id, record.after_id) if each]
    results = {
        each.computation_id: each
        for each in Result.objects.visible_to(user).filter(
            computation__in=computations, assessment=record.assessment_id
        )
    }
    context = {
        "objection": record,
        "assessment": record.assessment,
        "label": labels.get(record.code, ""),
        "asked": _asked(record),
        "about": record.record,
        "before": results.get(record.before_id),
        "after": results.get(record.after_id) if record.after_id else None,
        "moved": [
            (each["code"], labels.get(each["code"], ""), METRICS[each["metric"]].label, each["before"], each["after"])
            for each in record.moved
            if each["metric"] in METRICS
        ],
        "form": refused,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/assessed/objection.html", context)


def _record(user, named: str | None) -> Model:
    """The record that an address names, as far as the user sees it; else 404."""
    read = RECORD.fullmatch(named or "")
    if read is None:
        raise nothing_here()
    try:
        model: Any = apps.get_model(read[1])
    except LookupError as error:
        raise nothing_here() from error
    if not hasattr(model, "scope"):
        raise nothing_here()
    return one(model.objects.visible_to(user), int(read[2]))


def _asked(record: Objection) -> str:
    """How it ought to be judged, in words; "" of a record."""
    source = record.assessment.cycle.scheme.content.sources.get(record.code)
    if record.wants != Objection.Wants.JUDGE or source is None:
        return ""
    return in_words(source, judged_values(record.asked, record.asked_numbers))


def _standing(user, record) -> Result | None:
    rows = Result.objects.visible_to(user).filter(assessment=record, computation__shown_at__isnull=False)
    return rows.exclude(computation__kind="interim").order_by("-computation__number").first()
