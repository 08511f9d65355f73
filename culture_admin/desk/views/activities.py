"""Log an activity, look at it, correct it, and list what was logged."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.gzip import gzip_page

from activities.actions import change_activity, log_activity
from activities.actions.logging import OPEN_STATES
from activities.actions.reach import stations_to_enter_at
from activities.filters import ActivityFilter
from activities.models import Activity, Kind
from culture_admin.accounts.asking import require
from culture_admin.desk.evidence import evidence_of
from culture_admin.desk.foresight import foresight
from culture_admin.desk.forms.activities import CorrectForm, LogForm, repeated
from culture_admin.desk.forms.plans import ChangePlanForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.reach import sees_several_stations
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import WRITERS, covers, may_write
from culture_admin.interfaces.queries import QueryParameters
from stations.models import Station

REMEMBERED, OFFERED = 30, 4
# How long a log stands as the one just made, with a way to take it back at once.
FRESH = timedelta(minutes=10)
STATES = ("planned", "published", "logged", "confirmed", "returned", "void")
# What is asked for by these may lie ahead as well.
NOT_NEAR = ("state", "from", "to", "q", "series", "course", "batch", "team")

# What the form's script says without asking the server; the server says the same.
WORDS = {
    "title": _lazy("Write what it was."),
    "kind": _lazy("Choose the kind."),
    "begins_on": _lazy("Say on which day it was."),
    "future": _lazy("What has not happened is not logged."),
    "ends": _lazy("An activity does not end before it begins."),
    "digits": _lazy("Write a number in digits."),
    "either": _lazy("Either a number or “not recorded”, not both."),
    "heads": _lazy("Write how many came, 0 if nobody did, or tick “not recorded”."),
    "posting": _lazy("Name the steward."),
}


# The one page that has to come over a bad network. Its CSRF token is masked anew in every answer and the answer's length is
# blurred, so that compressing it tells nothing.
@gzip_page
@page("GET", "POST")
def log(request: HttpRequest) -> HttpResponse:
    """One short form. At several stations: first at which. `like` copies an earlier log but for its date and heads."""
    user, today = request.user, timezone.localdate()
    require(user.offices, "activities", WRITERS)
    query = QueryParameters(request, known={"station", "like"})
    like, chosen = query.whole("like"), query.whole("station")
    query.check()
    former = one(Activity.objects.visible_to(user), like) if like else None
    stations = stations_to_enter_at(user, "activities")
    station = station_of(stations, former.station_id if former else chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": _("Log an activity")})
    initial = {"begins_on": today} | (repeated(former) if former else {})
    form = LogForm(request.POST or None, user=user, station=station, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        activity = form.attempt(log_activity, actor=user, station=station, **form.entries())
        if activity:
            return redirect("desk:activity", activity.pk)
    recent = _recent(user, station)
    context = {
        "form": form,
        "station": station,
        "former": former,
        "recent": recent,
        "venues": dict.fromkeys(row.venue for row in recent if row.venue),
        "offered": recent[:OFFERED],
        "day": today,
        "words": WORDS,
        "repeatable": [{"id": row.pk, "values": _values(row)} for row in recent[:OFFERED]],
    }
    return render(request, "desk/log.html", context)


@page("GET")
def activities(request: HttpRequest) -> HttpResponse:
    """Month by month: what there was until today, the latest first; what is still to come, the nearest first.

    Only who asks for neither a state, days nor a word is shown the near ones alone.
    """
    today, asked = timezone.localdate(), request.GET
    tomorrow = today + timedelta(days=1)
    rows = Activity.objects.visible_to(request.user).with_names()
    if not asked.get("state"):
        rows = rows.exclude(state=Activity.State.VOID)
    if not any(asked.get(name) for name in NOT_NEAR):
        rows = rows.filter(begins_on__lt=tomorrow)
    upcoming = asked.get("from") == str(tomorrow)
    ahead = upcoming or asked.get("state") in Activity.AHEAD
    listing = listed(request, rows, ActivityFilter, ("begins_on", "pk") if ahead else ("-begins_on", "-pk"))
    states = [(state, Activity.State(state).label) for state in STATES]
    context = {
        "listing": listing,
        "ahead": ahead,
        "upcoming": upcoming,
        "tomorrow": tomorrow,
        "states": states,
        "kinds": Kind.objects.all(),
        "several": sees_several_stations(request.user),
        "may_import": bool(may_write(request.user, "exchange", ("propose",))),
    }
    return render(request, "desk/activities.html", context)


@page("GET", "POST")
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: the record, what was decided on it, and the steps the user may take."""
    user = request.user
    record = one(Activity.objects.visible_to(user).with_names().select_related("recorded_by", "posting__steward"), pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:activity", pk)
    fresh = record.version == 1 and record.recorded_by_id == user.pk and timezone.now() - record.recorded_at < FRESH
    offered = buttons(record, user)
    context = {
        "activity": record,
        "form": refused,
        "buttons": offered,
        "may_undo": any(button.name == "void" and not button.obstacle for button in offered),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
        "may_correct": _may_correct(user, record),
        "fresh": fresh,
        **evidence_of(record, user),
        **foresight(user, record, offered),
    }
    return render(request, "desk/activity.html", context)


@page("GET", "POST")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a logged activity; before and after stay on the record."""
    user = request.user
    rows = Activity.objects.visible_to(user).with_names().select_related("posting__steward", "station__county")
    record = one(rows, pk)
    require(user.offices, "activities", WRITERS)
    form_class = ChangePlanForm if record.state in Activity.AHEAD else CorrectForm
    form = form_class(
        request.POST or None, activity=record, user=user, station=record.station, today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(change_activity, actor=user, activity=record, seen=seen, **form.entries()):
            messages.success(request, _("Corrected. What stood there before is kept in the history."))
            return redirect("desk:activity", pk)
    template = "desk/change_plan.html" if record.state in Activity.AHEAD else "desk/correct.html"
    return render(request, template, {"form": form, "activity": record})


def _recent(user, station: Station) -> list[Activity]:
    """What the user logged here last, each title once."""
    rows = (
        Activity.objects.visible_to(user)
        .filter(station=station, recorded_by=user)
        .exclude(state=Activity.State.VOID)
        .select_related("kind", "genre")
        .order_by("-pk")[:REMEMBERED]
    )
    return list({row.title: row for row in reversed(rows)}.values())[::-1]


def _values(record: Activity) -> dict[str, object]:
    """What “same as last time” fills in without a network, by the fields of the form; code lists by their codes."""
    codes = {"kind": record.kind.code, "genre": record.genre_id and record.genre.code}
    return {name: value for name, value in (repeated(record) | codes).items() if value not in (None, "")}


def _may_correct(user, record: Activity) -> bool:
    verbs = ("decide",) if record.state == Activity.State.CONFIRMED else ("decide", "propose")
    return record.state in OPEN_STATES and covers(user, record, verbs)
