"""The station's works: the list, one with its prizes, entering and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from activities.actions import award_prize, change_work, record_work
from activities.actions.reach import stations_to_enter_at
from activities.filters import WorkFilter
from activities.models import Work
from culture_admin.accounts.asking import require
from culture_admin.desk.forms.steps import StepForm
from culture_admin.desk.forms.works import ChangeWorkForm, PrizeForm, WorkForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import WRITERS, covers, may_write
from culture_admin.interfaces.queries import QueryParameters

POWER = "activities.works"
STATES = ("recorded", "proposed", "void")


@page("GET")
def works(request: HttpRequest) -> HttpResponse:
    """Works, newest first, each with its prizes; void ones only when asked for."""
    rows = Work.objects.visible_to(request.user).select_related("genre", "station__unit", "team")
    if not request.GET.get("state"):
        rows = rows.exclude(state=Work.State.VOID)
    listing = listed(request, rows.prefetch_related("prizes"), WorkFilter, ("-finished_on", "-pk"))
    context = {
        "listing": listing,
        "states": [(state, Work.State(state).label) for state in STATES],
        "may_add": bool(may_write(request.user, POWER)),
    }
    return render(request, "desk/works.html", context)


@page("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Enter a work; what others than the station enter waits for it."""
    user = request.user
    require(user.offices, POWER, WRITERS)
    query = QueryParameters(request, known={"station", "team"})
    chosen, team = query.whole("station"), query.whole("team")
    query.check()
    stations = stations_to_enter_at(user, POWER)
    station = station_of(stations, chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": _("Enter a work")})
    form = WorkForm(request.POST or None, user=user, station=station, initial={"team": team})
    if request.method == "POST" and form.is_valid():
        work = form.attempt(record_work, actor=user, station=station, **form.cleaned_data)
        if work:
            messages.success(request, _("Entered: %(state)s.") % {"state": work.get_state_display()})
            return redirect("desk:work", work.pk)
    return render(request, "desk/team_form.html", {"form": form, "station": station, "title": _("Enter a work")})


@page("GET", "POST")
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """One work, its prizes, and the steps the user may take."""
    user = request.user
    record = _one(user, pk)
    prize = PrizeForm(request.POST if "awarded_on" in request.POST else None)
    refused: PrizeForm | StepForm | None
    if prize.is_bound:
        if prize.is_valid() and prize.attempt(award_prize, actor=user, work=record, **prize.cleaned_data):
            return redirect("desk:work", pk)
        refused = prize
    else:
        refused = take(request, record) if request.method == "POST" else None
        if request.method == "POST" and refused is None:
            return redirect("desk:work", pk)
    context = {
        "work": record,
        "form": refused,
        "prize": prize,
        "prizes": record.prizes.all(),
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
        "may_change": record.state != Work.State.VOID and covers(user, record, _writers(record)),
    }
    return render(request, "desk/work.html", context)


@page("GET", "POST")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a work."""
    user = request.user
    record = _one(user, pk)
    require(user.offices, POWER, WRITERS)
    form = ChangeWorkForm(request.POST or None, work=record, user=user, station=record.station)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(change_work, actor=user, work=record, seen=seen, **form.entries()):
            messages.success(request, _("Changed. What stood there before is kept in the history."))
            return redirect("desk:work", pk)
    return render(request, "desk/team_form.html", {"form": form, "station": record.station, "title": record.title})


def _one(user, pk: int) -> Work:
    rows = Work.objects.visible_to(user).select_related(
        "genre", "team", "station__unit", "station__division", "station__county", "steward", "firm__unit"
    )
    return one(rows, pk)


def _writers(record: Work) -> tuple[str, ...]:
    """What is on record only the station changes."""
    return ("decide",) if record.state == Work.State.RECORDED else WRITERS
