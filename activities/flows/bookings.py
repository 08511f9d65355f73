"""The step of a booking, and what a decision on one is about."""

from __future__ import annotations

from datetime import UTC

from django.utils.translation import gettext_lazy as _

from activities.actions.bookings import of_activity_text
from activities.models import VenueBooking
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register


def booking_content(booking: VenueBooking) -> dict[str, object]:
    """What is booked; the instants in one zone, whichever way they came in."""
    return {
        "facility_id": booking.facility_id,
        "purpose": booking.purpose,
        "begins_at": booking.begins_at.astimezone(UTC),
        "ends_at": booking.ends_at.astimezone(UTC),
    }


def of_no_activity(booking: VenueBooking, actor) -> Obstacle | None:
    """A room booked by an activity goes with it."""
    return Obstacle("of_activity", of_activity_text(booking)) if booking.activity_id else None


register(
    Flow(
        model=VenueBooking,
        power="activities",
        content=booking_content,
        place=lambda booking: Place(booking.station.division.path, booking.station.division_id, booking.station_id),
        related=("station__division",),
        filed_by="recorded_by",
        steps={
            "cancel": Step(
                _("Cancel the booking"),
                [VenueBooking.State.BOOKED],
                VenueBooking.State.CANCELLED,
                "activities",
                comment=True,
                refuse=of_no_activity,
                danger=True,
            ),
        },
    )
)
