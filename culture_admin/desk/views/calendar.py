"""The calendar: what is planned, booked and logged, by week and by month."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.actions.reach import stations_to_enter_at
from activities.models import Activity, VenueBooking
from culture_admin.desk.calendars import MONTH, SHOWN, WEEK, Shown, filled
from culture_admin.desk.pages import one, only, page
from culture_admin.desk.reach import sees_several_stations
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.queries import QueryParameters
from stations.models import Closure, Facility, Station

VIEWS = {WEEK: _("Week"), MONTH: pgettext_lazy("a view", "Month")}
YEARS_BACK, YEARS_AHEAD = 40, 3


@page("GET")
def calendar(request: HttpRequest) -> HttpResponse:
    """One week or month: `on` says which, `station` and `room` narrow it."""
    user, today = request.user, timezone.localdate()
    query = QueryParameters(request, known={"view", "on", "station", "room"}, blanks=True)
    view, on = query.choice("view", list(VIEWS)) or WEEK, query.day("on") or today
    chosen, room = query.whole("station"), query.whole("room")
    query.check()
    if not today.year - YEARS_BACK <= on.year <= today.year + YEARS_AHEAD:
        raise Problem(400, "date_range", _("The calendar reaches three years ahead and forty back."))
    station = one(Station.objects.visible_to(user).select_related("unit"), chosen) if chosen else None
    facility = one(Facility.objects.visible_to(user), room) if room else None
    if facility and station and facility.station_id != station.pk:
        facility = None
    activities = Activity.objects.visible_to(user).with_names().select_related("facility")
    bookings = VenueBooking.objects.visible_to(user)
    for narrowed, value in (("station", station), ("facility", facility)):
        if value:
            activities, bookings = activities.filter(**{narrowed: value}), bookings.filter(**{narrowed: value})
    shown = Shown.of(view, on)
    closures = Closure.objects.visible_to(user).published().meeting(shown.first, shown.last)
    if station or facility:
        closures = closures.filter(station=facility.station_id if facility else station)
    weeks = filled(shown, activities, bookings)
    several, at_home = sees_several_stations(user), station or _own_station(user)
    context = {
        "shown": shown,
        "weeks": weeks,
        "days": [day for week in weeks for day in week if day.within],
        "closures": closures.select_related("facility", "station__unit").order_by("begins_on", "pk"),
        "today": today,
        "views": VIEWS.items(),
        "several": several,
        "stations": Station.objects.visible_to(user).select_related("unit") if several else [],
        "station": station,
        "facility": facility,
        "may_plan": bool(may_write(user, "activities")),
        "may_book": bool(may_write(user, "activities", ("decide",))),
        "rooms": Facility.objects.visible_to(user).filter(station=at_home).order_by("name") if at_home else [],
        "most": SHOWN,
        "feed": at_home,
    }
    return render(request, "desk/calendar.html", context)


def _own_station(user) -> Station | None:
    """The station of whoever enters at one alone."""
    return only(stations_to_enter_at(user, "activities"))
