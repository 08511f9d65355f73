"""The premises of a station: rooms and hours, closures, what they are used for besides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from activities.actions.clashes import TAKING_PLACE
from activities.models import Activity, VenueBooking
from culture_admin.accounts.asking import require
from culture_admin.desk.forms.premises import (
    ChangeClosureForm,
    Changed,
    ChangeUseForm,
    ClosureForm,
    FacilityForm,
    UseForm,
)
from culture_admin.desk.forms.steps import StepForm
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.reach import may_at, stations_for
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import covers
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.territory.models import in_force
from stations import actions
from stations.actions.premises import week_of
from stations.models import Closure, Facility, Finding, OtherUse, Station, Threshold, threshold

HOURS, USES = "stations.hours", "stations.uses"


@page("GET")
def premises(request: HttpRequest) -> HttpResponse:
    """Areas, the week the station is open beside what is asked of it, rooms, closures, other uses, findings."""
    user, today = request.user, timezone.localdate()
    station = _asked(request, "stations", "see")
    if station is None:
        return _choose(request, "stations", "see", _("Premises"))
    in_use = Facility.objects.visible_to(user).filter(in_force(today), station=station)
    rooms = list(in_use.with_public_area(today).order_by("-floor_area", "pk"))
    week, asked_for = week_of(station, today), threshold(Threshold.Code.WEEKLY_HOURS, station.division, today)
    context = {
        "station": station,
        "several": stations_for(user, "stations").count() > 1,
        "rooms": rooms,
        "area": sum(room.floor_area for room in rooms),
        "public_area": sum(room.public_area for room in rooms),
        "week": week,
        "hours": week.minutes / 60,
        "short": max(asked_for.number - week.minutes / 60, 0),
        "asked_for": asked_for,
        "closures": Closure.objects.visible_to(user).published().filter(station=station, ends_on__gte=today),
        "uses": OtherUse.objects.visible_to(user).filter(station=station).select_related("facility"),
        "findings": Finding.objects.visible_to(user).pending().filter(station=station),
        "may_announce": may_at(user, HOURS, ("decide",), station),
        "may_write_down": may_at(user, USES, ("decide",), station),
        "today": today,
    }
    return render(request, "desk/premises.html", context)


@page("GET", "POST")
def facility(request: HttpRequest, pk: int) -> HttpResponse:
    """One room: its hours and seats, and what it is used for besides."""
    user, today = request.user, timezone.localdate()
    rows = Facility.objects.visible_to(user).with_public_area(today)
    record: Any = one(rows.select_related("station__unit", "station__division"), pk)
    may = may_at(user, HOURS, ("decide",), record.station)
    form = FacilityForm(request.POST or None, record=record) if may else None
    if form and form.is_bound and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(actions.change_facility, actor=user, facility=record, seen=seen, **form.entries()):
            messages.success(request, _("Changed. What stood there before is kept in the history."))
            return redirect("desk:facility", pk)
    context = {
        "record": record,
        "title": record.name,
        "facts": [
            (_("Station"), record.station),
            (_("Use"), record.use),
            (_("Floor area (m²)"), record.floor_area),
            (_("In public-welfare use (m²)"), record.public_area if record.taken else ""),
            (_("Capacity (people)"), record.capacity),
            (_("Opening hours"), record.hours_said),
            (_("In use since"), record.valid_from),
            (_("Given up on"), record.valid_to),
        ],
        "uses": OtherUse.objects.visible_to(user).filter(facility=record).select_related("facility"),
        "form": form,
        "matrix": matrix_of(Closure),
    }
    return render(request, "desk/facility.html", context)


@page("GET", "POST")
def add_closure(request: HttpRequest) -> HttpResponse:
    """Announce that the station, or one room, is shut."""

    def form_of(data, station: Station) -> ClosureForm:
        return ClosureForm(data, station=station, today=timezone.localdate())

    return _add(request, HOURS, _("Announce a closure"), form_of, actions.file_closure, "desk:closure")


@page("GET", "POST")
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """One closure, and what is planned in the rooms it shuts."""
    user = request.user
    rows = Closure.objects.visible_to(user).select_related("station__unit", "station__division", "facility")
    record = one(rows, pk)
    may = record.state == Closure.State.FILED and covers(user, record, ("decide",))
    form = ChangeClosureForm(_change_of(request), record=record) if may else None
    done = _changed(request, record, form, actions.change_closure, "desk:closure")
    if isinstance(done, HttpResponse):
        return done
    context = {
        "record": record,
        "title": _("Closure: %(where)s") % {"where": record.where},
        "facts": [
            (_("Station"), record.station),
            (_("What is shut"), record.facility.name if record.facility else _("The whole station")),
            (pgettext_lazy("a closure", "First day"), record.begins_on),
            (pgettext_lazy("a closure", "Last day"), record.ends_on),
            (_("Reason for the public"), record.reason),
            (_("Announced on"), record.filed_on),
            (_("To be announced by"), record.to_be_announced_by),
        ],
        "planned": _planned_in(user, record),
        "form": done or form,
        "change": form,
        "buttons": buttons(record, user),
        "matrix": matrix_of(Closure),
        "timeline": timeline(record),
    }
    return render(request, "desk/closure.html", context)


@page("GET", "POST")
def add_use(request: HttpRequest) -> HttpResponse:
    """Write down that premises are used for something else."""

    def form_of(data, station: Station) -> UseForm:
        return UseForm(data, station=station)

    def enter(*, station: Station, **entries) -> OtherUse:
        return actions.record_use(**entries)

    return _add(request, USES, _("Write down another use"), form_of, enter, "desk:use")


@page("GET", "POST")
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """One other use, and the finding that followed from it."""
    user = request.user
    rows = OtherUse.objects.visible_to(user).select_related("station__unit", "station__division", "facility")
    record = one(rows, pk)
    form = ChangeUseForm(_change_of(request), record=record) if covers(user, record, ("decide",)) else None
    done = _changed(request, record, form, actions.change_use, "desk:use")
    if isinstance(done, HttpResponse):
        return done
    context = {
        "record": record,
        "title": str(record),
        "facts": [
            (_("Station"), record.station),
            (_("Facility"), record.facility.name),
            (_("Kind of use"), record.get_kind_display()),
            (_("Area concerned (m²)"), record.area),
            (_("Used by"), record.user),
            (_("Since"), record.valid_from),
            (_("Ended on"), record.valid_to),
            (_("Contract or document"), record.document),
            (_("Note"), record.note),
        ],
        "findings": Finding.objects.visible_to(user).about(record),
        "form": form,
        "change": form,
        "matrix": matrix_of(OtherUse),
    }
    return render(request, "desk/use.html", context)


def _asked(request: HttpRequest, power: str, verb: str) -> Station | None:
    query = QueryParameters(request, known={"station"}, blanks=True)
    chosen = query.whole("station")
    query.check()
    return station_of(stations_for(request.user, power, verb), chosen)


def _choose(request: HttpRequest, power: str, verb: str, title: str) -> HttpResponse:
    require(request.user.offices, power, (verb,))
    stations = stations_for(request.user, power, verb)
    return render(request, "desk/choose_station.html", {"stations": stations, "title": title})


def _add(
    request: HttpRequest, power: str, title: str, form_of: Callable[..., Any], verb: Callable[..., Model], shown_at: str
) -> HttpResponse:
    user = request.user
    require(user.offices, power, ("decide",))
    station = _asked(request, power, "decide")
    if station is None:
        return _choose(request, power, "decide", title)
    form = form_of(request.POST or None, station)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(verb, actor=user, station=station, **form.cleaned_data)
        if made:
            messages.success(request, _("Entered."))
            return redirect(shown_at, made.pk)
    return render(request, "desk/team_form.html", {"form": form, "station": station, "title": title})


def _change_of(request: HttpRequest):
    """What was sent to change the record, and not to take a step."""
    return request.POST if request.method == "POST" and "step" not in request.POST else None


def _changed(
    request: HttpRequest, record: Any, form: Changed | None, verb: Callable[..., Model], shown_at: str
) -> HttpResponse | StepForm | None:
    """Takes the step or makes the change that was posted; a redirect when it is done, the form of a refused step."""
    if request.method != "POST":
        return None
    if "step" in request.POST:
        return take(request, record) or redirect(shown_at, record.pk)
    if form and form.is_valid():
        seen, named = form.cleaned_data["version"], {record._meta.model_name: record}
        if form.attempt(verb, actor=request.user, seen=seen, **named, **form.entries()):
            messages.success(request, _("Changed. What stood there before is kept in the history."))
            return redirect(shown_at, record.pk)
    return None


def _planned_in(user, record: Closure) -> list[Activity | VenueBooking]:
    """What is to take place in the rooms that are shut, as far as the user may see it."""
    span = {"begins_on__lte": record.ends_on, "ends_on__gte": record.begins_on}
    rooms = {"facility": record.facility_id} if record.facility_id else {"facility__isnull": False}
    rows = Activity.objects.visible_to(user).filter(station=record.station_id, state__in=TAKING_PLACE, **span, **rooms)
    bookings = VenueBooking.objects.visible_to(user).booked().filter(station=record.station_id, activity=None, **rooms)
    bookings = bookings.filter(begins_at__date__lte=record.ends_on, ends_at__date__gte=record.begins_on)
    return [
        *rows.with_names().select_related("facility").order_by("begins_on", "begins_time", "pk"),
        *bookings.select_related("facility").order_by("begins_at"),
    ]
