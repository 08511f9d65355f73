"""Plan an activity or a series, log what was planned, book a room, record a permit, change and end a series."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from activities import actions
from activities.actions.permits import needs_permit
from activities.actions.reach import stations_to_enter_at
from activities.actions.series import MOST_ACTIVITIES
from activities.models import Activity, Course, Series
from culture_admin.accounts.asking import require
from culture_admin.desk.forms.activities import repeated
from culture_admin.desk.forms.bookings import BookingForm
from culture_admin.desk.forms.courses import timetable_of
from culture_admin.desk.forms.plans import (
    ChangeSeriesForm,
    EndSeriesForm,
    LogPlannedForm,
    PermitForm,
    PlanForm,
    SeriesForm,
)
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.steps import matrix_of
from culture_admin.interfaces.permissions import WRITERS, covers
from culture_admin.interfaces.problems import nothing_here
from culture_admin.interfaces.queries import QueryParameters

A = Activity.State


@page("GET", "POST")
def plan(request: HttpRequest) -> HttpResponse:
    """One activity to come; what stands against it is told first, and planned all the same for a reason."""
    return _entry(request, PlanForm, actions.plan_activity, _("Plan an activity"), "desk/plan.html")


@page("GET", "POST")
def plan_series(request: HttpRequest) -> HttpResponse:
    """Activities that recur: every so many weeks on some weekdays."""
    return _entry(request, SeriesForm, actions.plan_series, _("Plan a series"), "desk/plan.html")


@page("GET", "POST")
def log_planned(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of what was planned and has been held."""
    user = request.user
    require(user.offices, "activities", WRITERS)
    rows = Activity.objects.visible_to(user).with_names().select_related("facility")
    record = one(rows.filter(state__in=[*Activity.AHEAD, A.HELD]), pk)
    form = LogPlannedForm(request.POST or None, activity=record)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(actions.log_planned, actor=user, activity=record, seen=seen, **form.entries()):
            return redirect("desk:activity", pk)
    return render(request, "desk/log_planned.html", {"form": form, "activity": record})


@page("GET", "POST")
def book(request: HttpRequest) -> HttpResponse:
    """A room for another use than an activity."""
    user, today = request.user, timezone.localdate()
    require(user.offices, "activities", ("decide",))
    query = QueryParameters(request, known={"station", "on"})
    chosen, on = query.whole("station"), query.day("on")
    query.check()
    stations = stations_to_enter_at(user, "activities")
    station = station_of(stations, chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": _("Book a room")})
    form = BookingForm(request.POST or None, station=station, today=today, initial={"day": on or today})
    if request.method == "POST" and form.is_valid():
        booking = form.attempt(actions.book_room, actor=user, **form.entries())
        if booking:
            messages.success(request, _("Booked: %(booking)s.") % {"booking": booking})
            return redirect(f"/desk/calendar/?on={form.cleaned_data['day']}")
    return render(request, "desk/book.html", {"form": form, "title": _("Book a room"), "station": station})


@page("GET", "POST")
def permit(request: HttpRequest, pk: int) -> HttpResponse:
    """The public-security permit of a large event."""
    user = request.user
    record = one(Activity.objects.visible_to(user).with_names(), pk)
    if not (needs_permit(record) and covers(user, record)):
        raise nothing_here()
    form = PermitForm(request.POST or None, initial={"granted_on": timezone.localdate()})
    valid = request.method == "POST" and form.is_valid()
    if valid and form.attempt(actions.record_permit, actor=user, activity=record, **form.cleaned_data):
        messages.success(request, _("The permit is recorded."))
        return redirect("desk:activity", pk)
    return render(request, "desk/permit.html", {"form": form, "title": _("Record the permit"), "activity": record})


@page("GET", "POST")
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """A series with its activities; what is still planned of it can be cancelled after a day."""
    user, today = request.user, timezone.localdate()
    rows = Series.objects.visible_to(user).select_related(
        "station__unit", "kind", "facility", "team", "posting__steward"
    )
    record = one(rows, pk)
    form = EndSeriesForm(request.POST or None, initial={"after": today, "version": record.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        ended = form.attempt(
            actions.end_series,
            actor=user,
            series=record,
            seen=said["version"],
            after=said["after"],
            reason=said["reason"],
        )
        if ended:
            messages.success(request, _("The series ends on %(day)s.") % {"day": ended.ends_on})
            return redirect("desk:series", pk)
    activities = Activity.objects.visible_to(user).with_names().filter(series=record).order_by("begins_on", "pk")
    context = {
        "series": record,
        "matrix": matrix_of(record),
        "activities": activities[:MOST_ACTIVITIES],
        "form": form,
        "may_end": covers(user, record) and record.ends_on >= today - timedelta(days=1),
        "next": activities.filter(state__in=Activity.AHEAD, begins_on__gte=today).first(),
    }
    return render(request, "desk/series.html", context)


@page("GET", "POST")
def change_series(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity of a series and all later ones: `from` says from which day on."""
    user, today = request.user, timezone.localdate()
    query = QueryParameters(request, known={"from"})
    first = query.day("from") or today
    query.check()
    record = one(Series.objects.visible_to(user).select_related("station__unit", "station__division", "posting"), pk)
    if not covers(user, record):
        raise nothing_here()
    form = ChangeSeriesForm(
        request.POST or None,
        series=record,
        user=user,
        station=record.station,
        today=today,
        initial={"from_on": max(first, today)},
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(actions.change_series, actor=user, series=record, seen=seen, **form.entries()):
            messages.success(request, _("This one and all later ones are changed."))
            return redirect("desk:series", pk)
    return render(request, "desk/change_series.html", {"form": form, "series": record})


def _entry(request: HttpRequest, form_class, verb, title: str, template: str) -> HttpResponse:
    """At several stations first at which; then the form, and what the verb makes of it. `like` copies an activity."""
    user, today = request.user, timezone.localdate()
    require(user.offices, "activities", WRITERS)
    query = QueryParameters(request, known={"station", "on", "like", "course"})
    chosen, on, like, taught = query.whole("station"), query.day("on"), query.whole("like"), query.whole("course")
    query.check()
    former = one(Activity.objects.visible_to(user), like) if like else None
    course = one(Course.objects.visible_to(user), taught) if taught else None
    stations = stations_to_enter_at(user, "activities")
    source = former or course
    station = station_of(stations, source.station_id if source else chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": title})
    initial = {"begins_on": max(on, today) if on else None} | (repeated(former) if former else {})
    initial |= timetable_of(course, today) if course else {}
    form = form_class(request.POST or None, user=user, station=station, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(verb, actor=user, station=station, **form.entries())
        if isinstance(made, Series):
            messages.success(request, _("Planned: %(number)d activities.") % {"number": made.activities.count()})
            return redirect("desk:series", made.pk)
        if made:
            return redirect("desk:activity", made.pk)
    return render(request, template, {"form": form, "station": station, "title": title})
