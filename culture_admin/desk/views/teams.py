"""The station's teams: the list, the file of one, entering and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions import change_team, merge_teams, register_team
from activities.actions.merging import pairs_of
from activities.actions.reach import stations_to_enter_at
from activities.actions.teams import CHANGEABLE as COMPARED
from activities.filters import TeamFilter
from activities.models import Activity, Genre, Team, TeamContact, Work
from activities.models.star import MOST_STARS
from activities.models.team import ACTIVE_A_YEAR, IN_REGISTER, LIVING
from culture_admin.accounts.asking import require
from culture_admin.desk.forms.teams import ChangeTeamForm, MergeForm, TeamForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import WRITERS, covers, may_write
from culture_admin.interfaces.queries import QueryParameters

POWER = "activities.teams"
STATES = ("registered", "filed", "applied", "returned", "rectifying", "deregistered")
LAST, MOST_DOUBLES = 5, 200


@page("GET")
def teams(request: HttpRequest) -> HttpResponse:
    """Teams by name; those that left the register only when asked for."""
    user, today = request.user, timezone.localdate()
    rows = Team.objects.visible_to(user).select_related("genre", "station__unit", "steward").with_standing(today)
    if not (request.GET.get("state") or request.GET.get("on")):
        rows = rows.living()
    listing = listed(request, rows, TeamFilter, ("name", "pk"))
    context = {
        "listing": listing,
        "states": [(state, Team.State(state).label) for state in STATES],
        "genres": Genre.objects.all(),
        "stars": [str(number) for number in range(MOST_STARS, 0, -1)],
        "enough": ACTIVE_A_YEAR,
        "narrowed": {"genre", "star", "village", "active"} & set(listing.asked),
        "may_add": bool(may_write(user, POWER)),
        "doubles": bool(may_write(user, POWER, ("decide",))) and Team.objects.visible_to(user).doubled().count(),
    }
    return render(request, "desk/teams.html", context)


@page("GET")
def doubles(request: HttpRequest) -> HttpResponse:
    """Teams of one station with the same leader or names that sound the same, side by side."""
    files = Team.objects.visible_to(request.user).doubled().select_related("genre", "station__unit")
    return render(request, "desk/doubles.html", {"pairs": pairs_of(files.order_by("station", "pk")[:MOST_DOUBLES])})


@page("GET", "POST")
def merge(request: HttpRequest, pk: int, doubled_pk: int) -> HttpResponse:
    """Merge a double into the file that is kept, for good."""
    user = request.user
    require(user.offices, POWER, ("decide",))
    kept, doubled = one(_files(user), pk), one(_files(user), doubled_pk)
    seen = {"version": kept.version, "doubled_version": doubled.version}
    form = MergeForm(request.POST or None, initial=seen)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = form.attempt(
            merge_teams,
            actor=user,
            kept=kept,
            doubled=doubled,
            comment=said["comment"],
            seen=said["version"],
            seen_doubled=said["doubled_version"],
        )
        if done:
            messages.success(request, _("Merged. What stood under the double is here now."))
            return redirect("desk:team", pk)
    context = {"form": form, "kept": kept, "doubled": doubled, "columns": _beside(kept, doubled)}
    return render(request, "desk/merge.html", context)


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
    today = timezone.localdate()
    context = {
        "team": record,
        "enough": ACTIVE_A_YEAR,
        "phone": next((contact.phone for contact in TeamContact.objects.filter(pk=pk)), None),
        "stars": [(star, star.valid_to <= today) for star in record.stars.all()],
        "works": Work.objects.visible_to(user)
        .filter(team=record)
        .exclude(state=Work.State.VOID)
        .select_related("genre")
        .prefetch_related("prizes")[:LAST],
        "may_add_work": bool(may_write(user, "activities.works")),
        "doubles": _doubles_of(user, record),
        "form": refused,
        "activities": Activity.objects.visible_to(user).with_names().filter(team=record).counted()[:LAST],
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
        "may_change": record.state in LIVING and covers(user, record, _writers(record)),
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
    rows = Team.objects.visible_to(user).select_related(
        "genre", "station__unit", "station__division", "station__county", "steward", "firm__unit", "merged_into"
    )
    return rows.with_standing(timezone.localdate())


def _doubles_of(user, record: Team) -> list[Team]:
    """The files that are likely of the same team, for who may merge them."""
    if record.state not in LIVING or not covers(user, record, ("decide",)):
        return []
    files = Team.objects.visible_to(user).doubled().filter(station=record.station_id)
    return [other for pair in pairs_of(files) if record in pair for other in pair if other != record]


def _beside(kept: Team, doubled: Team) -> list[tuple[object, object, object]]:
    """What stands in each of the two files, field by field where one of them says something."""
    rows = []
    for name in (*COMPARED, "registered_on"):
        field = Team._meta.get_field(name)
        mine, other = _shown(kept, name), _shown(doubled, name)
        if mine is not None or other is not None:
            rows.append((field.verbose_name, mine, other))
    rows.append((_("Activities"), kept.activities.counted().count(), doubled.activities.counted().count()))
    return rows


def _shown(team: Team, name: str) -> object:
    """A field of a file as a reader reads it."""
    display = getattr(team, f"get_{name}_display", None)
    value = display() if display else getattr(team, name)
    return None if value == "" else value


def _writers(record: Team) -> tuple[str, ...]:
    """What is in the register only the station changes."""
    return ("decide",) if record.state in IN_REGISTER else ("decide", "propose")
