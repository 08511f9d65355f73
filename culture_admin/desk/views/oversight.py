"""Safety checks, complaints and the facts of the year on the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import ask, require
from culture_admin.accounts.personal.reading import reveal
from culture_admin.desk.forms.oversight import (
    AnswerForm,
    ComplaintForm,
    FactsForm,
    RevealForm,
    SafetyCheckForm,
    YearForm,
)
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.desk.views.standing import entered_at
from culture_admin.interfaces.permissions import covers, may_write
from stations.actions import answer_complaint, enter_facts, open_facts, receive_complaint, record_safety_check
from stations.actions.complaints import RECEIVES
from stations.actions.yearly import carried_on, year_before
from stations.filters import ComplaintFilter, SafetyCheckFilter, YearlyFactsFilter
from stations.models import Complaint, ComplaintData, Finding, SafetyCheck, YearlyFacts
from stations.models.yearly import FACTS

SAFETY, COMPLAINTS, YEARS = "stations.safety", "stations.complaints", "stations.facts"


@page("GET")
def checks(request: HttpRequest) -> HttpResponse:
    """Safety checks, the newest first."""
    user = request.user
    require(user.offices, SAFETY, ("see",))
    rows = SafetyCheck.objects.visible_to(user).select_related("station__unit")
    context = {
        "listing": listed(request, rows, SafetyCheckFilter, ("-checked_on", "-pk")),
        "may_add": bool(may_write(user, SAFETY)),
    }
    return render(request, "desk/checks.html", context)


@page("GET", "POST")
def add_check(request: HttpRequest) -> HttpResponse:
    """Record a safety check; what is not in order becomes a finding."""
    station, answer = entered_at(request, SAFETY, _("Record a safety check"), ("decide",))
    if station is None:
        return answer
    form = SafetyCheckForm(request.POST or None, initial={"checked_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        check = form.attempt(record_safety_check, actor=request.user, station=station, **form.entries())
        if check:
            messages.success(request, _("A finding was opened.") if check.failed else _("Recorded."))
            return redirect("desk:check", check.pk)
    return render(request, "desk/team_form.html", {"form": form, "title": _("Record a safety check")})


@page("GET", "POST")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """One safety check, and what had to be put right because of it."""
    user = request.user
    rows = SafetyCheck.objects.visible_to(user).select_related("station__unit", "station__division")
    record = one(rows.prefetch_related("items"), pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:check", pk)
    context = {"check": record, "findings": Finding.objects.visible_to(user).about(record)}
    return render(request, "desk/check.html", context | _shared(record, user, refused))


@page("GET")
def complaints(request: HttpRequest) -> HttpResponse:
    """Complaints, the newest first."""
    user = request.user
    require(user.offices, COMPLAINTS, ("see",))
    rows = Complaint.objects.visible_to(user).select_related("station__unit")
    if not request.GET.get("state"):
        rows = rows.standing()
    context = {
        "listing": listed(request, rows, ComplaintFilter, ("-received_on", "-pk")),
        "states": [(state, Complaint.State(state).label) for state in ("received", "returned", "answered", "closed")],
        "may_add": bool(may_write(user, COMPLAINTS, RECEIVES)),
        "day": timezone.localdate(),
    }
    return render(request, "desk/complaints.html", context)


@page("GET", "POST")
def add_complaint(request: HttpRequest) -> HttpResponse:
    """Put a complaint on record; the town then owes an answer."""
    station, answer = entered_at(request, COMPLAINTS, _("Enter a complaint"), RECEIVES)
    if station is None:
        return answer
    form = ComplaintForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        complaint = form.attempt(receive_complaint, actor=request.user, station=station, **form.cleaned_data)
        if complaint:
            messages.success(request, _("Entered; the answer is due on %(day)s.") % {"day": complaint.due_on})
            return redirect("desk:complaint", complaint.pk)
    return render(request, "desk/team_form.html", {"form": form, "title": _("Enter a complaint")})


@page("GET", "POST")
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """One complaint: what was said, what is answered, who complained as far as the reader opens it."""
    user = request.user
    rows = Complaint.objects.visible_to(user).select_related("station__unit", "station__division", "data")
    record = one(rows, pk)
    answers = record.state in Complaint.OPEN and covers(user, record, ("consent",))
    form = AnswerForm(request.POST if "outcome" in request.POST else None, complaint=record) if answers else None
    opening = RevealForm(request.POST if "reason" in request.POST else None)
    refused: object | None = None
    opened = ""
    if request.method == "POST" and form is not None and form.is_bound:
        if form.is_valid() and _answer(user, form, record):
            return redirect("desk:complaint", pk)
        refused = form
    elif request.method == "POST" and opening.is_bound:
        opened = _opened(user, opening, record)
        refused = None if opened else opening
    elif request.method == "POST":
        refused = take(request, record)
        if refused is None:
            return redirect("desk:complaint", pk)
    data = getattr(record, "data", None)
    path = record.station.division.path
    context = {
        "complaint": record,
        "answer_form": form or (AnswerForm(complaint=record) if answers else None),
        "data": data,
        "sealed": [name for name in ("name", "contact") if data and getattr(data, name) is not None],
        "may_open": bool(data and ask(user.offices, ComplaintData.power, "decide", path=path)),
        "opened": opened,
        "findings": Finding.objects.visible_to(user).about(record),
        "day": timezone.localdate(),
    }
    return render(request, "desk/complaint.html", context | _shared(record, user, refused))


@page("GET")
def years(request: HttpRequest) -> HttpResponse:
    """The facts of each year and station, the newest first."""
    user = request.user
    require(user.offices, YEARS, ("see",))
    rows = YearlyFacts.objects.visible_to(user).select_related("station__unit")
    context = {
        "listing": listed(request, rows, YearlyFactsFilter, ("-year", "pk")),
        "states": YearlyFacts.State.choices,
        "may_add": bool(may_write(user, YEARS, ("propose",))),
    }
    return render(request, "desk/years.html", context)


@page("GET", "POST")
def add_year(request: HttpRequest) -> HttpResponse:
    """Open a year without waiting for its end."""
    station, answer = entered_at(request, YEARS, _("Open a year"), ("propose",))
    if station is None:
        return answer
    form = YearForm(request.POST or None, initial={"year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        facts = form.attempt(open_facts, actor=request.user, station=station, **form.cleaned_data)
        if facts:
            return redirect("desk:year", facts.pk)
    return render(request, "desk/team_form.html", {"form": form, "title": _("Open a year")})


@page("GET", "POST")
def year(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts of one year beside those of the year before."""
    user = request.user
    record = one(YearlyFacts.objects.visible_to(user).select_related("station__unit", "station__division"), pk)
    before = year_before(record)
    enters = record.state in YearlyFacts.OPEN and covers(user, record, ("propose",))
    posted = request.POST if "books" in request.POST else None
    form = FactsForm(posted, facts=record, carried=carried_on(record), before=before) if enters else None
    refused: object | None = None
    if request.method == "POST" and form is not None and form.is_bound:
        if form.is_valid():
            seen = form.cleaned_data["version"]
            if form.attempt(enter_facts, actor=user, yearlyfacts=record, seen=seen, **form.entries()):
                messages.success(request, _("Saved."))
                return redirect("desk:year", pk)
        refused = form
    elif request.method == "POST":
        refused = take(request, record)
        if refused is None:
            return redirect("desk:year", pk)
    lines = [
        (record._meta.get_field(name).verbose_name, getattr(record, name), getattr(before, name, None))
        for name in FACTS
    ]
    context = {"facts": record, "facts_form": form, "lines": lines, "before": before}
    return render(request, "desk/year.html", context | _shared(record, user, refused))


def _shared(record, user, refused: object | None) -> dict[str, object]:
    """What the page of every record has."""
    return {
        "form": refused,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }


def _answer(user, form: AnswerForm, record: Complaint) -> Complaint | None:
    said = form.cleaned_data
    return form.attempt(
        answer_complaint,
        actor=user,
        complaint=record,
        seen=said["version"],
        answer=said["answer"],
        outcome=said["outcome"],
    )


def _opened(user, form: RevealForm, record: Complaint) -> str:
    """A sealed value in clear, noted in the read log; "" with the faults on the form where it stays shut."""
    data = ComplaintData.objects.visible_to(user).filter(pk=record.pk).first()
    if data is None or not form.is_valid():
        return ""
    said = form.cleaned_data
    return form.attempt(reveal, actor=user, record=data, field=said["field"], reason=said["reason"]) or ""
