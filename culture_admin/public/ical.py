"""The programme of a station as an iCalendar feed, for phones and for other sites."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from activities.actions.clashes import span_of
from activities.models import Activity
from culture_admin.interfaces.problems import answer, nothing_here
from stations.models import Station

MEDIA_TYPE = "text/calendar; charset=utf-8"
KEPT, FRESH_FOR = timedelta(days=92), timedelta(minutes=15)
SHORTEST_TOWN_CODE = 9
STATUS: dict[str, str] = {
    Activity.State.CANCELLED: "CANCELLED",
    Activity.State.POSTPONED: "TENTATIVE",
}


@require_safe
def feed(request: HttpRequest, station: str) -> HttpResponse:
    """What the station has published, from three months ago on; the station by its id or its town's division code."""
    found = station_named(station)
    if found is None:
        return answer(nothing_here(), request)
    today = timezone.localdate()
    rows = Activity.objects.published().filter(station=found, begins_on__gte=today - KEPT)
    calendar = Calendar()
    calendar.add("prodid", "-//culture_admin//station programme//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", found.name)
    calendar.add("refresh-interval", FRESH_FOR * 4, parameters={"VALUE": "DURATION"})
    for activity in rows.select_related("kind", "facility", "village").order_by("begins_on", "begins_time", "pk"):
        calendar.add_component(_event(activity))
    response = HttpResponse(calendar.to_ical(), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{station}.ics"'
    patch_cache_control(response, public=True, max_age=int(FRESH_FOR.total_seconds()))
    return response


def station_named(name: str) -> Station | None:
    """The station of this id or of the town with this division code, as long as it is there."""
    if not (name.isascii() and name.isdigit() and len(name) <= 12):
        return None
    stations = Station.objects.select_related("unit", "division").existing(timezone.localdate())
    if len(name) < SHORTEST_TOWN_CODE:
        return stations.filter(pk=int(name)).first()
    return stations.filter(division__code=name).order_by("-pk").first()


def place_of(activity: Activity) -> str:
    """Where it is, in the words of who planned it: room, place, village."""
    room = activity.facility.name if activity.facility else ""
    return " ".join(filter(None, [room, activity.venue, str(activity.village or "")]))


def _event(activity: Activity) -> Event:
    """One activity: its hours as instants, or whole days where no hour is said."""
    event = Event()
    event.add("uid", f"{activity.client_uuid}@culture-admin")
    event.add("dtstamp", timezone.now())
    event.add("sequence", activity.version)
    state = f"【{activity.get_state_display()}】" if activity.state in STATUS else ""
    event.add("summary", f"{state}{activity.title}")
    event.add("status", STATUS.get(activity.state, "CONFIRMED"))
    event.add("categories", [str(activity.kind)])
    if place := place_of(activity):
        event.add("location", place)
    if activity.content:
        event.add("description", activity.content)
    span = span_of(activity)
    if span is None:
        event.add("dtstart", activity.begins_on)
        event.add("dtend", activity.ends_on + timedelta(days=1))
    else:
        event.add("dtstart", span.begins_at.astimezone(tz=UTC))
        event.add("dtend", span.ends_at.astimezone(tz=UTC))
    return event
