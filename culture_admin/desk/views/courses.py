"""The station's courses: the list, one with its five numbers, its roster and its sessions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.actions import (
    add_learners,
    change_activity,
    change_course,
    change_learner,
    close_course,
    log_planned,
    log_session,
    open_course,
)
from activities.actions.reach import stations_to_enter_at
from activities.actions.roster import roster_of
from activities.filters import CourseFilter
from activities.metrics.figures import FIGURES, figures_of
from activities.models import Activity, Course, Learner
from culture_admin.accounts.asking import require
from culture_admin.desk.forms.courses import (
    ChangeCourseForm,
    CloseForm,
    CourseForm,
    LeaveForm,
    PresenceForm,
    RosterForm,
    SessionForm,
)
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.desk.views.activities import WORDS
from culture_admin.desk.views.sessions import SAID
from culture_admin.interfaces.permissions import WRITERS, covers, may_write
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.statistics.register import METRICS

POWER, ROSTERS = "activities", "activities.learners"
STATES = ("open", "proposed", "closed", "void")
SHOWN = 40


@page("GET")
def courses(request: HttpRequest) -> HttpResponse:
    """Courses, newest first; void ones only when asked for."""
    rows = Course.objects.visible_to(request.user).select_related("genre", "station__unit", "steward")
    if not request.GET.get("state"):
        rows = rows.exclude(state=Course.State.VOID)
    listing = listed(request, rows, CourseFilter, ("-begins_on", "-pk"))
    context = {
        "listing": listing,
        "figures": figures_of(request.user, listing.rows),
        "states": [(state, Course.State(state).label) for state in STATES],
        "may_add": bool(may_write(request.user, POWER)),
    }
    return render(request, "desk/courses.html", context)


@page("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Open a course; a steward's waits until the station confirms it."""
    user = request.user
    require(user.offices, POWER, WRITERS)
    query = QueryParameters(request, known={"station"})
    chosen = query.whole("station")
    query.check()
    stations = stations_to_enter_at(user, POWER)
    station = station_of(stations, chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": _("Open a course")})
    form = CourseForm(request.POST or None, user=user, station=station)
    if request.method == "POST" and form.is_valid():
        course = form.attempt(open_course, actor=user, station=station, **form.entries())
        if course:
            messages.success(request, _("Entered: %(state)s.") % {"state": course.get_state_display()})
            return redirect("desk:roster", course.pk)
    return render(request, "desk/team_form.html", {"form": form, "station": station, "title": _("Open a course")})


@page("GET", "POST")
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """One course: what its sessions add up to, who learns in it, and the steps the user may take."""
    user = request.user
    record = _one(user, pk)
    closing = request.method == "POST" and "completed" in request.POST
    refused = _close(request, record) if closing else take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:course", pk)
    sessions = Activity.objects.visible_to(user).with_names().filter(course=record)
    may_close = record.state == Course.State.OPEN and covers(user, record, ("decide",))
    context = {
        "course": record,
        "form": refused,
        "closing": refused if closing else CloseForm(initial={"version": record.version}),
        "figures": _figures(user, record),
        "sessions": sessions.exclude(state=Activity.State.VOID)[:SHOWN],
        "waiting": sessions.filter(state=Activity.State.LOGGED).count(),
        "learners": Learner.objects.visible_to(user).filter(course=record).on(timezone.localdate()).count(),
        # The page asks how many finished instead of taking this step alone.
        "buttons": [button for button in buttons(record, user) if button.name != "close" or not may_close],
        "may_close": may_close,
        "may_change": record.state in Course.LIVING and covers(user, record, _writers(record)),
        "may_log": record.state in Course.LIVING and bool(may_write(user, POWER)),
        "may_see_names": bool(may_write(user, ROSTERS, ("see",))),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/course.html", context)


@page("GET", "POST")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a course."""
    user = request.user
    record = _one(user, pk)
    require(user.offices, POWER, WRITERS)
    form = ChangeCourseForm(request.POST or None, course=record, user=user, station=record.station)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(change_course, actor=user, course=record, seen=seen, **form.entries()):
            messages.success(request, _("Changed. What stood there before is kept in the history."))
            return redirect("desk:course", pk)
    return render(request, "desk/team_form.html", {"form": form, "station": record.station, "title": record.title})


@page("GET", "POST")
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Who learns in the course: names are pasted one a line; who stays away leaves the list from today."""
    user, today = request.user, timezone.localdate()
    record = _one(user, pk)
    require(user.offices, ROSTERS, ("see",))
    leaving = request.method == "POST" and "learner" in request.POST
    form = RosterForm(request.POST if request.method == "POST" and not leaving else None)
    if leaving and _leave(request, record, today):
        return redirect("desk:roster", pk)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data["names"]
        added = form.attempt(add_learners, actor=user, course=record, names=list(told), phones=told)
        if added is not None:
            text = ngettext("%(number)d name added.", "%(number)d names added.", len(added))
            messages.success(request, text % {"number": len(added)})
            return redirect("desk:roster", pk)
    context = {
        "course": record,
        "form": form,
        "learners": Learner.objects.visible_to(user)
        .filter(course=record)
        .select_related("contact")
        .order_by("left_on", "pk"),
        "today": today,
        "may_write": record.state in Course.LIVING and covers(user, record, WRITERS) and bool(may_write(user, ROSTERS)),
    }
    return render(request, "desk/roster.html", context)


@page("GET", "POST")
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a session: everybody on the roster is ticked; untick who is absent."""
    user, today = request.user, timezone.localdate()
    record = _one(user, pk)
    require(user.offices, POWER, WRITERS)
    form = SessionForm(request.POST or None, course=record, today=today)
    if request.method == "POST" and form.is_valid():
        activity = form.attempt(log_session, actor=user, course=record, **form.entries())
        if activity:
            return redirect("desk:activity", activity.pk)
    words = {name: WORDS[name] for name in SAID}
    return render(request, "desk/session.html", {"course": record, "form": form, "today": today, "words": words})


@page("GET", "POST")
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was at a session that was planned, or that is logged and has to be corrected."""
    user = request.user
    rows = Activity.objects.visible_to(user).filter(course__isnull=False)
    record = one(rows.with_names().select_related("course", "posting__steward", "station__county"), pk)
    require(user.offices, POWER, WRITERS)
    require(user.offices, ROSTERS, ("see",))
    form = PresenceForm(request.POST or None, activity=record, roster=roster_of(record))
    if request.method == "POST" and form.is_valid() and _keep_presence(form, user, record):
        return redirect("desk:activity", pk)
    return render(request, "desk/session.html", {"course": record.course, "activity": record, "form": form})


def _keep_presence(form: PresenceForm, user, record: Activity) -> Activity | None:
    said = form.cleaned_data
    given = {"activity": record, "seen": said["version"], "present": list(said["present"])}
    if record.state in (*Activity.AHEAD, Activity.State.HELD):
        return form.attempt(log_planned, actor=user, late_reason=said["late_reason"], **given)
    return form.attempt(change_activity, actor=user, **given)


def _figures(user, record: Course) -> list[tuple[object, object, object]]:
    """Label, value and unit of the five numbers."""
    values = figures_of(user, [record])[record.pk]
    return [(METRICS[code].label, values[name], METRICS[code].unit) for name, code in FIGURES.items()]


def _close(request: HttpRequest, record: Course) -> CloseForm | None:
    """Closes the course; the form with its faults when it was refused."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        return form
    said = form.cleaned_data
    done = form.attempt(
        close_course, actor=request.user, course=record, completed=said["completed"], seen=said["version"]
    )
    if done is None:
        return form
    messages.success(request, _("Done: %(state)s.") % {"state": done.get_state_display()})
    return None


def _leave(request: HttpRequest, record: Course, today) -> bool:
    """Takes a learner off the list from today."""
    form = LeaveForm(request.POST, course=record)
    if not form.is_valid():
        messages.error(request, _("The page could not be read. Reload it and tick again."))
        return True
    learner = form.cleaned_data["learner"]
    left_on = max(today, learner.joined_on)
    if form.attempt(
        change_learner, actor=request.user, learner=learner, seen=form.cleaned_data["version"], left_on=left_on
    ):
        messages.success(request, _("%(name)s is off the list from today on.") % {"name": learner.name})
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return True


def _one(user, pk: int) -> Course:
    rows = Course.objects.visible_to(user).select_related(
        "genre", "station__unit", "station__division", "station__county", "steward", "firm__unit", "posting__steward"
    )
    return one(rows, pk)


def _writers(record: Course) -> tuple[str, ...]:
    """What the station has confirmed only the station changes."""
    return ("decide",) if record.state == Course.State.OPEN else WRITERS
