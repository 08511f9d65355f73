"""Bookings of rooms: who has which room when. No room is booked twice at a time."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from stations.models import Facility, Station

ROOM_ONCE = "venue_booking_room_once"


class VenueBookingQuerySet(ScopedQuerySet):
    def booked(self) -> VenueBookingQuerySet:
        return self.filter(state=VenueBooking.State.BOOKED)

    def overlapping(self, begins_at: datetime, ends_at: datetime) -> VenueBookingQuerySet:
        """Bookings that share some moment with the span; its end is not in it any more."""
        return self.filter(begins_at__lt=ends_at, ends_at__gt=begins_at)


@recorded()
class VenueBooking(models.Model):
    """A room for a time, for an activity or for another use. The end is not in it any more."""

    class State(models.TextChoices):
        BOOKED = "booked", _("Booked")
        CANCELLED = "cancelled", _("Cancelled")

    scope = Scope(
        "activities",
        place="station__division__path",
        station="station",
        firm="activity__firm",
        person="activity__steward__user",
    )

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="bookings", verbose_name=_("Room"))
    station = models.ForeignKey(Station, models.PROTECT, related_name="bookings", verbose_name=_("Station"))
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="bookings", verbose_name=_("Activity")
    )
    purpose = models.CharField(_("Purpose"), max_length=200, validators=[validate_text])
    begins_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.BOOKED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )

    objects = VenueBookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Booking of a room")
        verbose_name_plural = _("Bookings of rooms")
        ordering = ["-begins_at", "-id"]
        indexes = [models.Index("station", "begins_at", name="booking_of_station")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="venue_booking_ends_after_start",
                violation_error_message=_("A booking ends after it begins."),
            ),
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(state="booked", activity__isnull=False),
                name="venue_booking_once_an_activity",
                violation_error_message=_("The activity has a room already."),
            ),
            # Without btree_gist a number is told apart as the range that holds it alone.
            ExclusionConstraint(
                name=ROOM_ONCE,
                expressions=[
                    (
                        Func(F("facility"), F("facility"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("begins_at"),
                            F("ends_at"),
                            Value("[)"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state="booked"),
                violation_error_message=_("The room is taken at that time."),
                violation_error_code="room_taken",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility.name} · {timezone.localtime(self.begins_at):%Y-%m-%d %H:%M}"
