"""The people of a station: its posts and who holds them, an officer's file, and opening one personal value."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.accounts.personal.reading import reveal
from culture_admin.desk.forms.staff import ChangeOfficerForm, OfficerForm, RevealForm
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.staff import rights_of, staff_of, with_ledger
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import WRITERS, covers, may_write
from culture_admin.interfaces.personal import personal_of
from culture_admin.interfaces.problems import nothing_here
from culture_admin.interfaces.queries import QueryParameters
from stations.actions import change_officer, record_officer
from stations.models import CasePay, Officer, OfficerData, OffPost, PersonnelCase, Station, TitleApplication

POWER, DATA = "stations.officers", "stations.officers.data"


@page("GET")
def staff(request: HttpRequest) -> HttpResponse:
    """Head and legal representative side by side, posts and vacancies, and everybody who serves at the station."""
    user = request.user
    require(user.offices, POWER, ("see",))
    query = QueryParameters(request, known={"station"})
    chosen = query.whole("station")
    query.check()
    stations = Station.objects.visible_to(user).select_related("unit", "division")
    station = station_of(stations, chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": _("Staff")})
    context = {
        "staff": staff_of(user, station, timezone.localdate()),
        "may_file": bool(may_write(user, "stations.personnel", ("propose",))),
        "may_enter": bool(may_write(user, POWER)),
        "may_register": bool(may_write(user, "stations.registration", ("propose",))),
        "matrix": matrix_of(Officer),
    }
    return render(request, "desk/staff.html", context)


@page("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Open the file of somebody who is to serve at the station."""
    user = request.user
    require(user.offices, POWER, WRITERS)
    query = QueryParameters(request, known={"station"})
    chosen = query.whole("station")
    query.check()
    stations = Station.objects.visible_to(user).select_related("unit", "division")
    station = station_of(stations, chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": _("Open a file")})
    form = OfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = form.attempt(record_officer, actor=user, station=station, **form.cleaned_data)
        if officer:
            messages.success(request, _("The file is open. A post comes by a personnel case."))
            return redirect("desk:officer", officer.pk)
    return render(request, "desk/team_form.html", {"form": form, "station": station, "title": _("Open a file")})


@page("GET", "POST")
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    """An officer's file: posts, time off post and what follows from it, open cases."""
    user, today = request.user, timezone.localdate()
    record = _one(user, pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:officer", pk)
    promotion, served = rights_of(record, today)
    data = personal_of(record, "data")
    context = {
        "officer": record,
        "form": refused,
        "data": data,
        "postings": sorted(record.postings.all(), key=lambda posting: posting.valid_from, reverse=True),
        "promotion": promotion,
        "served": served,
        "absences": OffPost.objects.visible_to(user).filter(officer=record),
        "cases": PersonnelCase.objects.visible_to(user).filter(officer=record),
        "titles": TitleApplication.objects.visible_to(user).filter(officer=record),
        "may_change": covers(user, record, WRITERS),
        "may_reveal": data is not None and bool(may_write(user, DATA, ("decide",))),
        "may_file": bool(may_write(user, "stations.personnel", ("propose",))),
        "may_report": bool(may_write(user, "stations.off_post")),
        "may_apply": bool(may_write(user, "stations.promotion", ("propose",))),
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
        "today": today,
    }
    return render(request, "desk/officer.html", context)


@page("GET", "POST")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an officer's file."""
    user = request.user
    record = _one(user, pk)
    require(user.offices, POWER, WRITERS, path=record.station.division.path)
    form = ChangeOfficerForm(request.POST or None, officer=record)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(change_officer, actor=user, officer=record, seen=seen, **form.entries()):
            messages.success(request, _("Changed. What stood there before is kept in the history."))
            return redirect("desk:officer", pk)
    return render(request, "desk/team_form.html", {"form": form, "station": record.station, "title": record.name})


@page("GET", "POST")
def open_value(request: HttpRequest, pk: int) -> HttpResponse:
    """Open one personal value of an officer, for a purpose that stands in the read log."""
    record = _one(request.user, pk)
    return _open(request, personal_of(record, "data"), OfficerData, record.name, DATA)


@page("GET", "POST")
def open_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the pay of a case, for a purpose that stands in the read log."""
    rows = PersonnelCase.objects.visible_to(request.user).select_related(
        "officer", "station__division", "station__unit", "pay"
    )
    record = one(rows, pk)
    return _open(request, personal_of(record, "pay"), CasePay, str(record), CasePay.power)


def _open(request: HttpRequest, data, table, whose: str, power: str) -> HttpResponse:
    if data is None:
        raise nothing_here()
    require(request.user.offices, power, ("decide",))
    form, value = RevealForm(request.POST or None, table=table), None
    if request.method == "POST" and form.is_valid():
        value = form.attempt(reveal, actor=request.user, record=data, **form.cleaned_data)
    label = dict(form.fields["field"].choices).get(form["field"].value(), "") if value else ""
    return render(request, "desk/reveal.html", {"form": form, "whose": whose, "value": value, "label": label})


def _one(user, pk: int) -> Officer:
    rows = Officer.objects.visible_to(user).select_related("station__unit", "station__division", "data", "user")
    return one(with_ledger(rows), pk)
