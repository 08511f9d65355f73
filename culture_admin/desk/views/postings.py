"""Postings of stewards: proposed by the firm, consented to by the town; who takes over from whom, and the hand-over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.desk.duty_months import weeks_of
from culture_admin.desk.forms.postings import HandOverForm, ProposeForm, ReplaceForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.territory.models import Division
from culture_admin.workflow.steps import FLOWS
from stewards.actions import hand_over, propose_posting, replace_steward
from stewards.actions.posting_rules import warnings_of
from stewards.actions.postings import POWER
from stewards.filters import PostingFilter
from stewards.models import Contract, Coverage, Posting, Steward

S = Posting.State
PROPOSING = ("propose",)


@page("GET")
def postings(request: HttpRequest) -> HttpResponse:
    """The postings that the reader sees, newest first."""
    user = request.user
    require(user.offices, POWER, ("see",))
    rows = Posting.objects.visible_to(user).select_related("steward", "station__unit", "firm__unit")
    context = {
        "listing": listed(request, rows, PostingFilter, ("-valid_from", "-pk")),
        "states": S.choices,
        "may_propose": bool(may_write(user, POWER, PROPOSING)),
        "today": timezone.localdate(),
    }
    return render(request, "desk/postings.html", context)


@page("GET", "POST")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose to send a steward; first under which contract to which town."""
    user, today = request.user, timezone.localdate()
    require(user.offices, POWER, PROPOSING)
    query = QueryParameters(request, known={"coverage"})
    chosen = query.whole("coverage")
    query.check()
    open_states = (Contract.State.SIGNED, Contract.State.PERFORMING)
    rows = Coverage.objects.visible_to(user).filter(contract__state__in=open_states, contract__ends_on__gte=today)
    rows = rows.select_related("contract", "station__unit", "station__division").order_by(
        "contract__begins_on", "contract", "station__division__code"
    )
    if not chosen:
        return render(request, "desk/choose_coverage.html", {"covered": rows})
    coverage = one(rows, chosen)
    form = ProposeForm(request.POST or None, coverage=coverage, stewards=_stewards(user), on=today)
    if request.method == "POST" and form.is_valid():
        posting = form.attempt(propose_posting, actor=user, **form.entries())
        if posting:
            messages.success(request, _("Proposed. It waits for the town."))
            for warning in warnings_of(posting):
                messages.warning(request, warning)
            return redirect("desk:posting", posting.pk)
    context = {"form": form, "title": _("Propose a posting"), "hint": f"{coverage.contract} · {coverage.station}"}
    return render(request, "desk/propose_posting.html", context)


@page("GET", "POST")
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """One posting: its terms and its week, who takes over, and the steps the user may take."""
    user, today = request.user, timezone.localdate()
    record = _one(user, pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:posting", pk)
    proposing = bool(may_write(user, POWER, PROPOSING))
    context = {
        "posting": record,
        "form": refused,
        "villages": Division.objects.filter(pk__in=record.villages).order_by("code"),
        "warnings": warnings_of(record),
        "week": weeks_of([record], today)[0] if record.covers(today) else None,
        "may_replace": proposing and record.state == S.CONFIRMED and (not record.valid_to or record.valid_to > today),
        "may_hand_over": proposing and bool(record.replaces_id) and record.state == S.CONFIRMED,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/posting.html", context)


@page("GET", "POST")
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose that another steward takes over."""
    user = request.user
    record = _one(user, pk)
    require(user.offices, POWER, PROPOSING)
    form = ReplaceForm(request.POST or None, posting=record, stewards=_stewards(user))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        new = form.attempt(replace_steward, actor=user, posting=record, seen=said.pop("version"), **said)
        if new:
            messages.success(request, _("Proposed. It waits for the town."))
            return redirect("desk:posting", new.pk)
    context = {"form": form, "title": _("Let another steward take over"), "hint": str(record)}
    return render(request, "desk/team_form.html", context)


@page("GET", "POST")
def note_handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was handed over."""
    user = request.user
    record = _one(user, pk)
    require(user.offices, POWER, PROPOSING)
    form = HandOverForm(request.POST or None, posting=record)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if form.attempt(hand_over, actor=user, posting=record, note=said["note"], seen=said["version"]):
            messages.success(request, _("The hand-over is noted."))
            return redirect("desk:posting", pk)
    context = {"form": form, "title": _("Hand-over"), "hint": str(record)}
    return render(request, "desk/team_form.html", context)


def _stewards(user):
    return Steward.objects.visible_to(user, "propose").select_related("firm__unit").order_by("name", "pk")


def _one(user, pk: int) -> Posting:
    rows = Posting.objects.visible_to(user).select_related(
        "steward", "station__unit", "station__division", "firm__unit", "contract", "replaces__steward"
    )
    return one(rows.prefetch_related(*FLOWS[Posting].fetched), pk)
