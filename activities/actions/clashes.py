"""What stands against a time and a place: the same steward or team elsewhere, the same place, a room too small or shut."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Activity
from activities.models.bounds import LONGEST_DAYS
from culture_admin.workflow.actions import Reason, StepRefused
from stations.models import Closure, Facility

# How long something lasts that says only when it begins.
ASSUMED = timedelta(hours=2)
State = Activity.State
# What was returned took place all the same; its log is what is mended.
TAKING_PLACE = (State.PLANNED, State.PUBLISHED, State.HELD, State.LOGGED, State.CONFIRMED, State.RETURNED)


class Clash(NamedTuple):
    """One thing that stands against it: a stable code, and a sentence for the reader."""

    code: str
    text: str


class Span(NamedTuple):
    """From when to when, as instants; the end is not in it any more."""

    begins_at: datetime
    ends_at: datetime

    def meets(self, other: Span) -> bool:
        return self.begins_at < other.ends_at and other.begins_at < self.ends_at


def span_of(activity: Activity) -> Span | None:
    """When the activity takes place; None where no hour is said."""
    if activity.begins_time is None:
        return None
    begins_at = instant(activity.begins_on, activity.begins_time)
    if activity.ends_time is None:
        return Span(begins_at, begins_at + ASSUMED)
    return Span(begins_at, max(instant(activity.ends_on, activity.ends_time), begins_at))


def instant(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def clashes_of(activities: Sequence[Activity]) -> list[Clash]:
    """What stands against any of these activities of one station; those among themselves are taken to be meant so.

    Asks the database once, and where there are rooms once more. That a room is taken is no clash but a refusal, and the
    bookings' to say.
    """
    found = clashes_with_rooms(activities)
    others = _others(activities)
    for activity in activities:
        span = span_of(activity)
        if span:
            met = (other for other in others if (their := span_of(other)) and span.meets(their))
            found += [clash for other in met for clash in _between(activity, other)]
    return list(dict.fromkeys(found))


def refuse_clashes(activities: Sequence[Activity], override_reason: str) -> None:
    """Raises StepRefused `clash` with everything that stands against them, unless a reason was given to do it all the same."""
    found = [] if override_reason.strip() else clashes_of(activities)
    if found:
        text = _("Something stands against it. Change it, or give a reason to do it all the same.")
        reasons = [Reason(clash.code, clash.text) for clash in found]
        raise StepRefused("clash", f"{text} {' '.join(clash.text for clash in found)}", reasons=reasons)


def clashes_with_rooms(activities: Sequence[Activity], closures: Sequence[Closure] | None = None) -> list[Clash]:
    """The rooms of these activities of one station are too small, shut at that hour, or closed on that day.

    closures: those of the station, where the caller has read them already.
    """
    in_rooms = [activity for activity in activities if activity.facility]
    if not in_rooms:
        return []
    if closures is None:
        first, last = min(one.begins_on for one in in_rooms), max(one.ends_on for one in in_rooms)
        closures = closures_of(in_rooms[0].station_id, first, last)
    return [
        clash
        for activity in in_rooms
        for clash in (
            *_with_room(activity),
            *closed_on(activity.facility, activity.begins_on, activity.ends_on, closures),
        )
    ]


def closures_of(station_id: int, first: date, last: date) -> list[Closure]:
    """What the station has announced to be shut on some day between two, both included."""
    rows = Closure.objects.published().filter(station=station_id).meeting(first, last)
    return list(rows.select_related("facility", "station__unit"))


def closed_on(room: Facility, first: date, last: date, closures: Sequence[Closure]) -> list[Clash]:
    """That the room is shut on some day between two, both included."""
    text = _("“%(where)s” is shut from %(first)s to %(last)s: %(reason)s.")
    return [
        Clash(
            "room_closed",
            text
            % {
                "where": one.facility.name if one.facility else room.station.name,
                "first": one.begins_on,
                "last": one.ends_on,
                "reason": one.reason.rstrip("。."),
            },
        )
        for one in closures
        if one.shuts(room) and one.begins_on <= last and one.ends_on >= first
    ]


def _with_room(activity: Activity) -> list[Clash]:
    """The room is too small for whom one expects, or shut at that hour."""
    room, found = activity.facility, []
    if room is None:
        return found
    people = activity.attendance if activity.attendance is not None else activity.expected
    if room.capacity and people and people > room.capacity:
        text = _("“%(room)s” holds %(capacity)d people, not %(people)d.")
        found.append(Clash("over_capacity", text % {"room": room.name, "capacity": room.capacity, "people": people}))
    one_day = activity.begins_on == activity.ends_on
    if (
        one_day
        and activity.begins_time
        and activity.ends_time
        and not room.is_open(activity.begins_on.isoweekday(), activity.begins_time, activity.ends_time)
    ):
        text = _("“%(room)s” is not open all the time on %(day)s: %(hours)s.")
        values = {"room": room.name, "day": activity.begins_on, "hours": room.opening_hours}
        found.append(Clash("outside_hours", text % values))
    return found


def _others(activities: Sequence[Activity]) -> list[Activity]:
    """What takes place in these days by the same steward or team, or at the same place of the station."""
    timed = [activity for activity in activities if activity.begins_time]
    stewards = {activity.steward_id for activity in timed} - {None}
    teams = {activity.team_id for activity in timed} - {None}
    venues = {activity.venue for activity in timed if _is_elsewhere(activity)} - {""}
    shared = Q(steward__in=stewards) | Q(team__in=teams)
    if venues:
        shared |= Q(station=timed[0].station_id, venue__in=venues, facility__isnull=True)
    if not (stewards or teams or venues):
        return []
    first = min(activity.begins_on for activity in timed)
    last = max(activity.ends_on for activity in timed)
    rows = Activity.objects.filter(
        shared,
        state__in=TAKING_PLACE,
        begins_time__isnull=False,
        begins_on__range=(first - timedelta(days=LONGEST_DAYS), last),
        ends_on__gte=first,
    ).exclude(pk__in=[activity.pk for activity in activities if activity.pk])
    return list(rows.select_related("station__unit", "steward", "team").order_by("begins_on", "begins_time", "pk"))


def _between(activity: Activity, other: Activity) -> list[Clash]:
    """What two activities at the same time have in common. Of another station's only time and place are told."""
    here = other.station_id == activity.station_id
    when = {
        "when": f"{other.begins_on} {other.begins_time:%H:%M}",
        "what": other.title if here else other.station.name,
    }
    found = []
    if activity.steward_id and activity.steward_id == other.steward_id:
        text = _("%(steward)s is elsewhere at that time: %(what)s, %(when)s.")
        found.append(Clash("steward_busy", text % {"steward": other.steward, **when}))
    if activity.team_id and activity.team_id == other.team_id:
        text = _("%(team)s is engaged at that time: %(what)s, %(when)s.")
        found.append(Clash("team_busy", text % {"team": other.team, **when}))
    if here and _is_elsewhere(activity) and _is_elsewhere(other) and activity.venue == other.venue:
        text = _("“%(venue)s” is used at that time: %(what)s, %(when)s.")
        found.append(Clash("place_busy", text % {"venue": other.venue, **when}))
    return found


def _is_elsewhere(activity: Activity) -> bool:
    """Whether the place is one of which no bookings are kept."""
    return bool(activity.venue) and activity.facility_id is None
