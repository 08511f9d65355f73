"""Personnel cases: what the station's town has filed, one with its steps and files, filing and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.desk.forms.cases import CaseForm, ChangeCaseForm
from culture_admin.desk.forms.staff import FileForm
from culture_admin.desk.forms.steps import StepForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.exchange.attaching import attach_file
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.permissions import covers, may_write
from culture_admin.interfaces.personal import personal_of
from culture_admin.interfaces.queries import QueryParameters
from stations.actions import change_case, file_case, file_case_for_person
from stations.filters import PersonnelCaseFilter
from stations.models import PersonnelCase, Station

POWER = "stations.personnel"
S = PersonnelCase.State
STATES = (S.DRAFT, S.SUBMITTED, S.ACCEPTED, S.RETURNED, S.PUBLICISED, S.APPROVED, S.REFUSED)
LONGEST_NAME = 255


@page("GET")
def cases(request: HttpRequest) -> HttpResponse:
    """The cases of the reader's stations, and those in which his consent is asked, newest first."""
    require(request.user.offices, POWER, ("see",))
    rows = PersonnelCase.objects.visible_to(request.user).select_related("officer", "station__unit", "post")
    context = {
        "listing": listed(request, rows, PersonnelCaseFilter, ("-pk",)),
        "states": [(state, state.label) for state in STATES],
        "may_file": bool(may_write(request.user, POWER, ("propose",))),
    }
    return render(request, "desk/cases.html", context)


@page("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """File a case: first its kind, then what that kind asks."""
    user = request.user
    require(user.offices, POWER, ("propose",))
    query = QueryParameters(request, known={"station", "kind", "officer", "post"})
    chosen, kind = query.whole("station"), query.choice("kind", PersonnelCase.Kind.values)
    given = {name: query.whole(name) for name in ("officer", "post")}
    query.check()
    stations = Station.objects.visible_to(user).select_related("unit", "division")
    station = station_of(stations, chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": _("File a personnel case")})
    if kind is None:
        return render(
            request, "desk/case_kinds.html", {"station": station, "kinds": PersonnelCase.Kind.choices, **given}
        )
    form = CaseForm(
        request.POST or None, kind=kind, user=user, station=station, today=timezone.localdate(), initial=given
    )
    if request.method == "POST" and form.is_valid():
        entries = form.entries()
        verb = file_case if "officer" in entries else file_case_for_person
        case = form.attempt(verb, actor=user, station=station, kind=kind, **entries)
        if case:
            messages.success(request, _("Saved as a draft. Add the papers, then submit it to the bureau."))
            return redirect("desk:case", case.pk)
    context = {"form": form, "station": station, "title": PersonnelCase.Kind(kind).label, "hint": station}
    return render(request, "desk/team_form.html", context)


@page("GET", "POST")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: what is asked, its papers, who decides, and the steps the reader may take."""
    user = request.user
    record = _one(user, pk)
    refused: FileForm | StepForm | None
    paper = FileForm(request.POST, request.FILES) if "file" in request.FILES else FileForm()
    if paper.is_bound:
        refused = None if paper.is_valid() and _keep(request, record, paper) else paper
    else:
        refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:case", pk)
    open_to_town = record.state in (S.DRAFT, S.RETURNED) and covers(user, record, ("propose",))
    context = {
        "case": record,
        "form": refused,
        "paper": paper,
        "files": Attachment.objects.visible_to(user).about(record).order_by("pk"),
        "pay": personal_of(record, "pay"),
        "may_reveal": bool(may_write(user, "stations.pay.data", ("decide",))),
        "may_change": open_to_town,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/case.html", context)


@page("GET", "POST")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft, or what was returned."""
    user = request.user
    record = _one(user, pk)
    require(user.offices, POWER, ("propose",))
    form = ChangeCaseForm(request.POST or None, case=record, user=user, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(change_case, actor=user, personnelcase=record, seen=seen, **form.entries()):
            messages.success(request, _("Changed. What stood there before is kept in the history."))
            return redirect("desk:case", pk)
    return render(request, "desk/team_form.html", {"form": form, "station": record.station, "title": str(record)})


def _keep(request: HttpRequest, record: PersonnelCase, paper: FileForm) -> Attachment | None:
    """Keeps a paper with the case."""
    given = paper.cleaned_data["file"]
    kept = paper.attempt(
        attach_file, actor=request.user, subject=record, name=given.name[-LONGEST_NAME:], content=given.read()
    )
    if kept:
        messages.success(request, _("Kept: %(name)s.") % {"name": kept.name})
    return kept


def _one(user, pk: int) -> PersonnelCase:
    rows = PersonnelCase.objects.visible_to(user).select_related(
        "station__unit",
        "station__division",
        "officer",
        "post",
        "posting__post",
        "origin__unit",
        "origin__division",
        "pay",
        "filed_by",
    )
    return one(rows, pk)
