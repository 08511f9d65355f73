"""Evaluations of contracts on the desk: the firm's word item by item, the towns' ratings, and every point explained."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.desk.forms.evaluations import RatingForm, ServiceClaimForm
from culture_admin.desk.forms.photos import PhotosForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, papers_form, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import covers
from culture_admin.scoring.reviewing import lines_of
from culture_admin.workflow.steps import FLOWS
from stewards.actions import claim_item, rate_service
from stewards.actions.evaluated import indicator_of
from stewards.actions.ratings import rating_due
from stewards.explaining import trees
from stewards.filters import EvaluationFilter
from stewards.models import Contract, Evaluation, EvaluationItem, TownRating
from stewards.sides import Line, parts_of

POWER = "stewards.evaluations"
JOINS = ("contract__place", "contract__firm__unit", "scheme")
OF_ITEM = tuple(f"evaluation__{join}" for join in JOINS)
E, T = Evaluation.State, TownRating.State
UNDER_WAY = (E.OPEN, E.DECLARED)


@page("GET")
def evaluations(request: HttpRequest) -> HttpResponse:
    """Evaluations in sight, the latest first; on top the ratings the reader's town owes."""
    user = request.user
    require(user.offices, POWER, ("see",))
    rows = Evaluation.objects.visible_to(user).select_related(*JOINS)
    owed = TownRating.objects.visible_to(user, "decide").filter(state=T.ASKED, evaluation__state__in=UNDER_WAY)
    context = {
        "listing": listed(request, rows, EvaluationFilter, ("-last", "-pk")),
        "states": E.choices,
        "owed": owed.select_related("evaluation__contract", "evaluation__contract__firm__unit").order_by("pk")[:20],
    }
    return render(request, "desk/evaluations/list.html", context)


@page("GET")
def evaluations_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The evaluations of one contract."""
    contract = one(Contract.objects.visible_to(request.user), pk)
    return redirect(f"{reverse('desk:evaluations')}?contract={contract.pk}")


@page("GET", "POST")
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """One evaluation: each item with what the firm says, the records and the review, and the steps that lead on."""
    user = request.user
    record = evaluation_of(user, pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:evaluation", pk)
    writes = may_claim(user, record)
    parts = parts_of(record, user)
    context = {
        "record": record,
        "parts": [
            (part.section, [(line, _form_of(line) if writes else None) for line in part.lines]) for part in parts
        ],
        "said": sum(bool(line.item and line.item.claimed) for line in lines_of(parts)),
        "asked": sum(bool(line.item) for line in lines_of(parts)),
        "writes": writes,
        "ratings": TownRating.objects.visible_to(user).filter(evaluation=record).select_related("station__unit"),
        "form": refused,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/evaluations/evaluation.html", context)


@page("GET")
def evaluation_points(request: HttpRequest, pk: int) -> HttpResponse:
    """Every point of an evaluation; as it stands now, until it is concluded."""
    record = evaluation_of(request.user, pk)
    return render(request, "desk/evaluations/points.html", {"record": record, "trees": trees(record)})


@page("GET", "POST")
def evaluation_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: what the firm says of it, and the files that show it. What was saved leads back to its place."""
    user = request.user
    record = one(EvaluationItem.objects.visible_to(user).select_related(*OF_ITEM), pk)
    evaluation = record.evaluation
    writes = may_claim(user, evaluation)
    refused = _write(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('desk:evaluation', args=[evaluation.pk])}#item-{record.code}")
    line = next(line for line in lines_of(parts_of(evaluation, user)) if line.code == record.code)
    claim = refused if isinstance(refused, ServiceClaimForm) else _form_of(line)
    if isinstance(refused, ServiceClaimForm) and refused.refused_with == "stale":
        refused.data = refused.data.copy()
        refused.data["version"] = record.version
    context = {
        "evaluation": evaluation,
        "item": record,
        "line": line,
        "claim_form": claim if writes else None,
        "papers_form": papers_form(refused) if writes else None,
        "form": refused,
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/evaluations/item.html", context)


@page("GET", "POST")
def town_rating(request: HttpRequest, pk: int) -> HttpResponse:
    """What a town thinks of the service: one tap on a number, one to send it."""
    user = request.user
    rows = TownRating.objects.visible_to(user).select_related(
        "station__unit", "station__division", "evaluation__contract__place", "evaluation__contract__firm__unit"
    )
    record = one(rows, pk)
    form = RatingForm(request.POST, rating=record) if request.method == "POST" else None
    if form and form.is_valid() and form.attempt(rate_service, actor=user, rating=record, **form.entries()):
        messages.success(request, _("Your rating is kept; it can be changed until the evaluation is concluded."))
        return redirect("desk:evaluations")
    rates = record.evaluation.state in UNDER_WAY and covers(user, record, ("decide",))
    context = {
        "record": record,
        "evaluation": record.evaluation,
        "rating_form": (form or RatingForm(rating=record)) if rates else None,
        "form": form,
        "due_on": rating_due(record.evaluation),
        "today": timezone.localdate(),
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/evaluations/rating.html", context)


def evaluation_of(user, pk: int) -> Evaluation:
    """The evaluation of the key, as far as the user sees it; else 404."""
    rows = Evaluation.objects.visible_to(user).select_related(*JOINS)
    return one(rows.prefetch_related(*FLOWS[Evaluation].fetched), pk)


def may_claim(user, record: Evaluation) -> bool:
    """Whether the user says something of the items."""
    return record.state == E.OPEN and covers(user, record, ("propose",))


def _form_of(line: Line) -> ServiceClaimForm | None:
    if line.item is None:
        return None
    return ServiceClaimForm(item=line.item, indicator=line.indicator, source=line.source)


def _write(request: HttpRequest, record: EvaluationItem) -> ServiceClaimForm | PhotosForm | None:
    """Does what was posted; the form with its faults when it was refused."""
    user = request.user
    if "papers" in request.POST:
        papers = PhotosForm(request.POST, request.FILES)
        if papers.is_valid():
            papers.keep(actor=user, subject=record)
        return None if papers.is_valid() else papers
    indicator, source = indicator_of(record)
    claim = ServiceClaimForm(request.POST, item=record, indicator=indicator, source=source)
    if claim.is_valid():
        seen = claim.cleaned_data["version"]
        if claim.attempt(claim_item, actor=user, item=record, seen=seen, **claim.entries()):
            return None
    return claim
