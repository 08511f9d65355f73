"""Rooms: an activity with a room and its hours books it; the database lets nobody book it twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions.clashes import TAKING_PLACE, Span, closed_on, closures_of, span_of
from activities.models import Activity, VenueBooking
from activities.models.booking import ROOM_ONCE
from activities.models.bounds import PLAN_AHEAD
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.actions import StepRefused, record_entry
from culture_admin.workflow.locking import lock
from stations.models import Facility

LONGEST = timedelta(days=31)
MOVED = ["facility", "purpose", "begins_at", "ends_at", "version"]


def book_room(
    *,
    actor,
    at: datetime | None = None,
    facility: Facility,
    purpose: str,
    begins_at: datetime,
    ends_at: datetime,
) -> VenueBooking:
    """Books a room for a use of its own, such as a meeting; activities book theirs by themselves.

    Raises ValidationError by field, StepRefused `room_taken` naming who has it when, PermissionDenied.
    """
    at = at or timezone.now()
    station = facility.station
    office, _verb = require(actor.offices, "activities", ("decide",), path=station.division.path)
    booking = VenueBooking(
        facility=facility,
        station=station,
        purpose=purpose,
        begins_at=begins_at,
        ends_at=ends_at,
        recorded_at=at,
        recorded_by=actor,
    )
    _check_span(booking, at)
    with acting(actor):
        _store([booking])
        record_entry(booking, step="book", office=office, actor=actor, at=at)
    return booking


def move_booking(
    *, actor, venuebooking: VenueBooking, at: datetime | None = None, seen: int | None = None, **changes
) -> VenueBooking:
    """Moves a booking or says its purpose better; that of an activity moves with the activity alone."""
    at = at or timezone.now()
    with acting(actor):
        rows = VenueBooking.objects.visible_to(actor).select_related("station__division", "station__unit", "facility")
        booking = lock(rows, venuebooking, seen)
        if booking.state != VenueBooking.State.BOOKED or booking.activity_id:
            raise StepRefused("illegal_transition", of_activity_text(booking), booking.pk)
        office, _verb = require(actor.offices, "activities", ("decide",), path=booking.station.division.path)
        for name, value in changes.items():
            setattr(booking, name, value)
        _check_span(booking, at)
        booking.version += 1
        _store([booking])
        record_entry(booking, step="change", office=office, actor=actor, at=at, from_state=booking.state)
    return booking


def book_for(activities: Sequence[Activity], actor, at: datetime) -> None:
    """Brings the bookings of activities in line with their rooms, hours and states: books, moves, frees.

    Call inside a transaction. Raises StepRefused `room_taken`.
    """
    with_rooms = [activity for activity in activities if activity.pk and (activity.version > 1 or activity.facility_id)]
    booked = (
        {
            booking.activity_id: booking
            for booking in VenueBooking.objects.booked().filter(activity__in=[activity.pk for activity in with_rooms])
        }
        if with_rooms
        else {}
    )
    wanted, freed = [], []
    for activity in with_rooms:
        span, booking = _span_to_book(activity), booked.get(activity.pk)
        if span is None:
            freed += [booking.pk] if booking else []
        else:
            wanted.append(_booking_of(activity, span, booking, actor, at))
    _free(freed)
    _store([booking for booking in wanted if booking])


def free_rooms(activities: Iterable[Activity]) -> None:
    """Frees what the activities had booked."""
    _free(
        VenueBooking.objects.booked()
        .filter(activity__in=[activity.pk for activity in activities])
        .values_list("pk", flat=True)
    )


def of_activity_text(booking: VenueBooking) -> str:
    """Why a booking is not moved or cancelled by itself."""
    if booking.activity_id:
        return _("The room is booked by “%(purpose)s”; move or cancel the activity.") % {"purpose": booking.purpose}
    return _("The booking is cancelled already.")


def _span_to_book(activity: Activity) -> Span | None:
    """When the activity needs its room; None where it has none, says no hours, or does not take place."""
    if not activity.facility_id or activity.state not in TAKING_PLACE or activity.ends_time is None:
        return None
    span = span_of(activity)
    return span if span and span.begins_at < span.ends_at else None


def _booking_of(
    activity: Activity, span: Span, booking: VenueBooking | None, actor, at: datetime
) -> VenueBooking | None:
    """The booking as it should be; None where it is that already."""
    values = {"facility_id": activity.facility_id, "purpose": activity.title, **span._asdict()}
    if booking is None:
        return VenueBooking(
            activity=activity, station_id=activity.station_id, recorded_at=at, recorded_by=actor, **values
        )
    if all(getattr(booking, name) == value for name, value in values.items()):
        return None
    for name, value in values.items():
        setattr(booking, name, value)
    booking.version += 1
    return booking


def _free(keys: Iterable[int]) -> None:
    keys = list(keys)
    if keys:
        for booking in VenueBooking.objects.filter(pk__in=keys).select_for_update().order_by("pk"):
            booking.state, booking.version = VenueBooking.State.CANCELLED, booking.version + 1
            booking.save(update_fields=["state", "version"])


def _store(bookings: Sequence[VenueBooking]) -> None:
    """Writes bookings; what another has taken is refused with who has it when."""
    if not bookings:
        return
    try:
        with transaction.atomic():
            VenueBooking.objects.bulk_create([booking for booking in bookings if booking.pk is None])
            VenueBooking.objects.bulk_update([booking for booking in bookings if booking.version > 1], MOVED)
    except IntegrityError as error:
        if ROOM_ONCE not in str(error):
            raise
        mine, taken = next(((each, other) for each in bookings if (other := _taken_by(each))), (bookings[0], None))
        text = " ".join(filter(None, [_taken_text(taken), _plan_text(mine, taken)]))
        raise StepRefused("room_taken", text, taken.pk if taken else None) from error


def _taken_by(booking: VenueBooking) -> VenueBooking | None:
    """The booking that has the room at that time."""
    rows = VenueBooking.objects.booked().filter(facility=booking.facility_id).exclude(pk=booking.pk)
    return rows.overlapping(booking.begins_at, booking.ends_at).select_related("facility", "activity").first()


def _taken_text(taken: VenueBooking | None) -> str:
    if taken is None:
        return _("The room is taken at that time.")
    begins, ends = timezone.localtime(taken.begins_at), timezone.localtime(taken.ends_at)
    end = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{ends:%Y-%m-%d %H:%M}"
    return _("“%(room)s” is taken from %(begin)s to %(end)s: %(purpose)s.") % {
        "room": taken.facility.name,
        "begin": f"{begins:%Y-%m-%d %H:%M}",
        "end": end,
        "purpose": taken.purpose,
    }


def _plan_text(booking: VenueBooking, taken: VenueBooking | None) -> str:
    """What to do where a log meets a plan, which is likely to be of the same event."""
    plan = taken.activity if taken else None
    is_log = booking.activity and booking.activity.state not in Activity.AHEAD
    if not is_log or plan is None or plan.state not in Activity.AHEAD:
        return ""
    return _("If that is what took place, log the plan (id %(id)d).") % {"id": plan.pk}


def shut_faults(facility: Facility, last_day: date) -> dict[str, str]:
    """A room that is given up holds nothing from that day on."""
    if facility.valid_to is None or last_day < facility.valid_to:
        return {}
    return {"facility": _("“%(room)s” was given up on %(day)s.") % {"room": facility.name, "day": facility.valid_to}}


def _closed_faults(booking: VenueBooking) -> dict[str, str]:
    """What is announced to be shut is not booked; who needs the room lets the closure end first."""
    # The last moment of the booking is not in it any more.
    first, last = (
        timezone.localdate(moment) for moment in (booking.begins_at, booking.ends_at - timedelta(microseconds=1))
    )
    closed = closed_on(booking.facility, first, last, closures_of(booking.station_id, first, last))
    return {"facility": closed[0].text} if closed else {}


def _check_span(booking: VenueBooking, at: datetime) -> None:
    faults: dict[str, str] = {}
    if booking.ends_at <= booking.begins_at:
        faults["ends_at"] = _("A booking ends after it begins.")
    elif booking.ends_at - booking.begins_at > LONGEST:
        faults["ends_at"] = _("A booking lasts %(days)d days at most.") % {"days": LONGEST.days}
    if booking.begins_at > at + PLAN_AHEAD:
        faults["begins_at"] = _("A room is booked two years ahead at most.")
    elif booking.begins_at < at - timedelta(days=LONGEST.days):
        faults["begins_at"] = _("A room is not booked for a time long past.")
    if booking.facility.station_id != booking.station_id:
        faults["facility"] = _("The room belongs to another station.")
    else:
        faults |= shut_faults(booking.facility, timezone.localdate(booking.ends_at)) or _closed_faults(booking)
    if faults:
        raise ValidationError(faults)
    booking.clean_fields(exclude=["facility", "station", "activity", "recorded_by"])
