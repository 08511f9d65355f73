"""Book a room for another use than an activity, and move such a booking."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import VenueBooking
from culture_admin.desk.forms.entries import RoomChoice, VerbForm, clock_input, day_input
from culture_admin.desk.reach import rooms_of
from culture_admin.interfaces.text import LineFormField
from stations.models import Station


class BookingForm(VerbForm):
    """A room for another use than an activity. `entries()` is what `book_room` takes."""

    NAMES = {"begins_at": "begins_time", "ends_at": "ends_time"}

    facility = RoomChoice(None, label=_("Room"), empty_label=None, error_messages={"required": _("Choose the room.")})
    purpose = LineFormField(
        label=_("What for?"), max_length=200, error_messages={"required": _("Say what the room is for.")}
    )
    day = forms.DateField(label=_("Date"), widget=day_input(), error_messages={"required": _("Say on which day.")})
    begins_time = forms.TimeField(
        label=_("From"), widget=clock_input(), error_messages={"required": _("Say from when.")}
    )
    ends_time = forms.TimeField(
        label=pgettext_lazy("a time", "To"), widget=clock_input(), error_messages={"required": _("Say until when.")}
    )

    def __init__(self, *args, station: Station, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = rooms_of(station, today)

    def entries(self) -> dict[str, object]:
        given = self.cleaned_data
        begins, ends = (
            timezone.make_aware(datetime.combine(given["day"], given[name])) for name in ("begins_time", "ends_time")
        )
        # Midnight as an end is that of the next day.
        ends += timedelta(days=1) if given["ends_time"] == datetime.min.time() else timedelta(0)
        return {"facility": given["facility"], "purpose": given["purpose"], "begins_at": begins, "ends_at": ends}


class MoveBookingForm(BookingForm):
    """A booking as it stands, to be moved. `entries()` is what differs from it, as `move_booking` takes it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, booking: VenueBooking, today: date, **kwargs):
        begins, ends = timezone.localtime(booking.begins_at), timezone.localtime(booking.ends_at)
        initial = {
            "facility": booking.facility_id,
            "purpose": booking.purpose,
            "day": begins.date(),
            "begins_time": begins.time(),
            "ends_time": ends.time(),
            "version": booking.version,
        }
        super().__init__(*args, station=booking.station, today=today, initial=initial, **kwargs)
        self.booking = booking

    def entries(self) -> dict[str, object]:
        return {name: value for name, value in super().entries().items() if value != getattr(self.booking, name)}
