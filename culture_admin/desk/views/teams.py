"""The station's teams: the list, the file of one, entering and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from activities.actions import change_team, register_team
from activities.actions.reach import stations_to_enter_at
from activities.filters import TeamFilter
from activities.models import Activity, Team
from culture_admin.accounts.powers import require
from culture_admin.desk.forms.teams import ChangeTeamForm, TeamForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import WRITERS, covers, may_write
from culture_admin.interfaces.queries import QueryParameters

POWER = "activities.teams"
STATES = ("registered", "applied", "returned", "deregistered")
GONE = (Team.State.DEREGISTERED, Team.State.VOID)
LAST = 5


@page("GET")
def teams(request: HttpRequest) -> HttpResponse:
    """Teams by name; those that left the register only when asked for."""
    rows = Team.objects.visible_to(request.user).select_related("genre", "station__unit", "steward")
    if not (request.GET.get("state") or request.GET.get("on")):
        rows = rows.exclude(state__in=GONE)
    listing = listed(request, rows, TeamFilter, ("name", "pk"))
    states = [(state, Team.State(state).label) for state in STATES]
    may_add = bool(may_write(request.user, POWER))
    return render(request, "desk/teams.html", {"listing": listing, "states": states, "may_add": may_add})


@page("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Enter a team; a steward's waits until the station registers it."""
    user = request.user
    require(user.offices, POWER, WRITERS)
    query = QueryParameters(request, known={"station"})
    chosen = query.whole("station")
    query.check()
    stations = stations_to_enter_at(user, POWER)
    station = station_of(stations, chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": _("Add a team")})
    form = TeamForm(request.POST or None, user=user, station=station)
    if request.method == "POST" and form.is_valid():
        team = form.attempt(register_team, actor=user, station=station, **form.cleaned_data)
        if team:
            messages.success(request, _("Entered: %(state)s.") % {"state": team.get_state_display()})
            return redirect("desk:team", team.pk)
    return render(request, "desk/team_form.html", {"form": form, "station": station, "title": _("Add a team")})


@page("GET", "POST")
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """One team: its file, what it did last, what was decided, and the steps the user may take."""
    user = request.user
    record = one(_files(user), pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:team", pk)
    context = {
        "team": record,
        "form": refused,
        "activities": Activity.objects.visible_to(user).with_names().filter(team=record).counted()[:LAST],
        "buttons": buttons(record, user),
        "matrix": matrix_of(Team),
        "timeline": timeline(record),
        "may_change": record.state not in GONE and covers(user, record, _writers(record)),
    }
    return render(request, "desk/team.html", context)


@page("GET", "POST")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the file of a team."""
    user = request.user
    record = one(_files(user), pk)
    require(user.offices, POWER, WRITERS)
    form = ChangeTeamForm(request.POST or None, team=record, user=user, station=record.station)
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(change_team, actor=user, team=record, seen=form.cleaned_data["version"], **form.entries())
    ):
        messages.success(request, _("Changed. What stood there before is kept in the history."))
        return redirect("desk:team", pk)
    return render(
        request, "desk/team_form.html", {"form": form, "station": record.station, "team": record, "title": record.name}
    )


def _files(user):
    return Team.objects.visible_to(user).select_related(
        "genre", "station__unit", "station__division", "station__county", "steward", "firm__unit"
    )


def _writers(record: Team) -> tuple[str, ...]:
    """What is in the register only the station changes."""
    return ("decide",) if record.state == Team.State.REGISTERED else ("decide", "propose")
