"""The programme of a station as an iCalendar feed, for phones and for other sites."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from activities.actions.clashes import span_of
from activities.models import Activity
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.public.languages import public_page
from culture_admin.public.programme import closures_in, published_in, station_named
from stations.models import Closure

MEDIA_TYPE = "text/calendar; charset=utf-8"
KEPT, FRESH_FOR = timedelta(days=92), timedelta(minutes=15)
STATUS: dict[str, str] = {
    Activity.State.CANCELLED: "CANCELLED",
    Activity.State.POSTPONED: "TENTATIVE",
}


@require_safe
@public_page()
def feed(request: HttpRequest, query: QueryParameters, station: str) -> HttpResponse:
    """What the station has published, from three months ago on; the station by its id or its town's division code."""
    found = station_named(station)
    calendar = Calendar()
    calendar.add("prodid", "-//culture_admin//station programme//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", found.name)
    calendar.add("refresh-interval", FRESH_FOR * 4, parameters={"VALUE": "DURATION"})
    for activity in published_in(found, timezone.localdate() - KEPT):
        calendar.add_component(_event(activity))
    for closure in closures_in(found, timezone.localdate() - KEPT):
        calendar.add_component(_event_of_closure(closure))
    response = HttpResponse(calendar.to_ical(), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{found.pk}.ics"'
    patch_cache_control(response, public=True, max_age=int(FRESH_FOR.total_seconds()))
    return response


def place_of(activity: Activity) -> str:
    """Where it is, in the words of who planned it: room, place, village."""
    room = activity.facility.name if activity.facility else ""
    return " ".join(filter(None, [room, activity.venue, str(activity.village or "")]))


def _event_of_closure(closure: Closure) -> Event:
    """Whole days on which the station or a room is shut."""
    event = Event()
    event.add("uid", f"closure-{closure.pk}@culture-admin")
    event.add("dtstamp", timezone.now())
    event.add("sequence", closure.version)
    event.add("summary", _("Closed: %(where)s (%(reason)s)") % {"where": closure.where, "reason": closure.reason})
    event.add("dtstart", closure.begins_on)
    event.add("dtend", closure.ends_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


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
    span = span_of(activity)
    if span is None:
        event.add("dtstart", activity.begins_on)
        event.add("dtend", activity.ends_on + timedelta(days=1))
    else:
        event.add("dtstart", span.begins_at.astimezone(tz=UTC))
        event.add("dtend", span.ends_at.astimezone(tz=UTC))
    return event
