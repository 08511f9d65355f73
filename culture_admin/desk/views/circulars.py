"""What the bureau asks and tells: the circulars of one's units, and the reply to each, saved as it grows and handed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import ask_unit, require
from culture_admin.desk.forms.replies import ReplyForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.exchange.models import Attachment
from stations.actions import save_answers, submit_reply
from stations.filters import ReplyFilter
from stations.metrics.collections import results_of
from stations.models import Reply

POWER = "stations.replies"
STATES = ("sent", "received", "returned", "submitted", "accepted")
# Taken with the answers, not beside them.
WITH_ANSWERS = {"submit", "resubmit", "withdraw"}


@page("GET")
def circulars(request: HttpRequest) -> HttpResponse:
    """What was sent to one's units, newest first, each with where its reply stands."""
    user = request.user
    require(user.offices, POWER, ("see",))
    rows = Reply.objects.visible_to(user).select_related("circular", "unit")
    if not request.GET.get("state"):
        rows = rows.exclude(state=Reply.State.WITHDRAWN)
    own = {office.unit_id for office in user.offices}
    context = {
        "listing": listed(request, rows, ReplyFilter, ("-pk",)),
        "states": [(state, Reply.State(state).label) for state in STATES],
        "own": own,
        "day": timezone.localdate(),
    }
    return render(request, "desk/circulars.html", context)


@page("GET", "POST")
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """One circular and one's reply to it."""
    user = request.user
    record = _one(user, pk)
    answering = request.method == "POST" and "act" in request.POST
    own = bool(ask_unit(user.offices, POWER, record.unit_id))
    open_to_answer = (
        own and record.form is not None and record.state in Reply.OPEN and record.circular.state == "issued"
    )
    form = None
    if open_to_answer:
        given = (request.POST, request.FILES) if answering else ()
        form = ReplyForm(*given, reply=record)
    if answering and form and form.is_valid() and _keep(request, form, record):
        return redirect("desk:reply", pk)
    refused = take(request, record) if request.method == "POST" and not answering else None
    if request.method == "POST" and not answering and refused is None:
        return redirect("desk:reply", pk)
    files = {attachment.pk: attachment for attachment in Attachment.objects.visible_to(user).about(record)}
    context = {
        "reply": record,
        "circular": record.circular,
        "own": own,
        "form": form if answering else refused,
        "answers": form,
        "kept_files": {
            question.key: files.get(record.answers.get(question.key)) for question in (form.questions if form else [])
        },
        "line": None if form or record.form is None else results_of(record.circular, [record]),
        "papers": Attachment.objects.visible_to(user).about(record.circular).order_by("pk"),
        "buttons": [step for step in buttons(record, user) if step.obstacle or step.name not in WITH_ANSWERS],
        "matrix": matrix_of(record),
        "timeline": timeline(record),
        "day": timezone.localdate(),
    }
    return render(request, "desk/reply.html", context)


def _keep(request: HttpRequest, form: ReplyForm, record: Reply) -> bool:
    """Saves the draft or hands it in; the faults stand in the form."""
    submits = request.POST["act"] == "submit"
    done = form.attempt(
        submit_reply if submits else save_answers,
        actor=request.user,
        reply=record,
        answers=form.answers(),
        files=form.sent_files(),
        seen=form.cleaned_data["version"],
    )
    if done is None:
        return False
    messages.success(request, _("Handed in.") if submits else _("Saved as a draft; it is not handed in yet."))
    return True


def _one(user, pk: int) -> Reply:
    rows = Reply.objects.visible_to(user).select_related("circular__unit", "circular__county", "form", "unit__division")
    return one(rows, pk)
