"""Series, bookings of rooms, permits and spot checks in the bureau's admin."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities import actions
from activities.actions import series
from activities.admin.records import IN_PLACE, WITH_STATION, RecordAdmin
from activities.models import Permit, Series, SpotCheck, VenueBooking
from activities.models.series import WEEKDAYS
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    PeriodFilter,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    link,
    number,
)

FINDING_TONES = {
    SpotCheck.Finding.AGREES: "good",
    SpotCheck.Finding.DIFFERS: "warn",
    SpotCheck.Finding.ABSENT: "bad",
}
MINUTES = "%Y-%m-%dT%H:%M"


class InstantInput(forms.DateTimeInput):
    """The browser's own calendar and clock in one."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format=MINUTES)


class SeriesForm(VerbForm):
    """A rule: its weekdays are ticked."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), choices=list(WEEKDAYS.items()), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    override_reason = forms.CharField(label=_("Reason to do it all the same"), required=False, max_length=200)

    class Meta:
        model = Series
        exclude = []


class ChangeSeriesForm(VerbForm):
    """All that is still planned of a series."""

    override_reason = forms.CharField(label=_("Reason to do it all the same"), required=False, max_length=200)

    class Meta:
        model = Series
        exclude = []


class BookingForm(VerbForm):
    """A room for another use than an activity."""

    begins_at = forms.DateTimeField(label=_("Begins"), widget=InstantInput, input_formats=[MINUTES])
    ends_at = forms.DateTimeField(label=_("Ends"), widget=InstantInput, input_formats=[MINUTES])

    class Meta:
        model = VenueBooking
        exclude = []


@admin.register(Series)
class SeriesAdmin(RecordAdmin):
    add_action = actions.plan_series
    change_action = actions.change_series
    add_form, change_form = SeriesForm, ChangeSeriesForm
    changeable = (*series.CHANGEABLE, "override_reason")
    joins = (*WITH_STATION, "kind", "facility")
    list_display = ["title", "at", "rule", "begins_on", "ends_on", "room"]
    list_filter = [
        IN_PLACE,
        ConditionFilter.on(
            "open",
            title=_("State"),
            conditions={
                "true": (_("Goes on"), lambda rows, today: rows.filter(ends_on__gte=today)),
                "false": (_("Ended"), lambda rows, today: rows.filter(ends_on__lt=today)),
            },
        ),
    ]
    search_fields = ["title"]
    search_help_text = _("A word of the title")
    ordering = ["-begins_on", "-pk"]
    sortable_by = ("begins_on", "ends_on")
    autocomplete_fields = ["team", "village"]
    shared = [
        (None, {"fields": ["title", ("kind", "genre"), "station"]}),
        (_("Where"), {"fields": [("begins_time", "ends_time"), "facility", "venue", "village"]}),
        (_("Who led it"), {"fields": ["posting", "team", "override_reason"]}),
    ]
    add_fieldsets = [
        shared[0],
        (
            _("Rule"),
            {"fields": ["weekdays", ("every", "skips_holidays"), ("begins_on", "ends_on")]},
        ),
        *shared[1:],
    ]
    fieldsets = [
        *shared,
        (_("Rule"), {"fields": ["days", ("every", "skips_holidays"), ("begins_on", "ends_on")]}),
    ]
    empty_hint = _("Stations plan what recurs, such as every Tuesday in the dance room, as a series.")

    @admin.display(description=_("Weekdays"))
    def rule(self, record):
        return record.weekday_names

    @admin.display(description=_("Room"))
    def room(self, record):
        return record.facility.name if record.facility else "—"

    @admin.display(description=_("Weekdays"))
    def days(self, record):
        return record.weekday_names


@admin.register(VenueBooking)
class VenueBookingAdmin(RecordAdmin):
    tones = {VenueBooking.State.BOOKED: "good", VenueBooking.State.CANCELLED: "off"}
    add_action = actions.book_room
    writers = ("decide",)
    add_form = BookingForm
    joins = (*WITH_STATION, "facility", "activity")
    list_display = ["begins", "ends", "room", "at", "purpose", "standing"]
    list_display_links = ["begins"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        IN_PLACE,
    ]
    search_fields = ["purpose", "facility__name"]
    search_help_text = _("Purpose or room")
    ordering = ["-begins_at", "-pk"]
    sortable_by = ()
    add_fieldsets = [(None, {"fields": ["facility", "purpose", ("begins_at", "ends_at")]})]
    fieldsets = [(None, {"fields": ["facility", "station", "activity", "purpose", ("begins_at", "ends_at")]})]
    empty_hint = _("What is planned with a room and hours books the room; other uses are booked here.")

    @admin.display(description=_("Begins"))
    def begins(self, record):
        return f"{timezone.localtime(record.begins_at):%Y-%m-%d %H:%M}"

    @admin.display(description=_("Ends"))
    def ends(self, record):
        return f"{timezone.localtime(record.ends_at):%H:%M}"

    @admin.display(description=_("Room"))
    def room(self, record):
        return record.facility.name


class OfActivityAdmin(RecordAdmin):
    """A row about an activity."""

    belongs_to = "activity"
    joins: Sequence[str] = ("activity__station__unit", "activity__station__division")
    autocomplete_fields = ["activity"]
    sortable_by = ()


@admin.register(Permit)
class PermitAdmin(OfActivityAdmin):
    add_action = actions.record_permit
    list_display = ["number", "at", "activity", "authority", "granted_on", "standing"]
    list_filter = [PlaceFilter.on("activity__station__division__path"), PeriodFilter.on("granted_on")]
    search_fields = ["number"]
    search_help_text = _("Permit number")
    ordering = ["-granted_on", "-pk"]
    fieldsets = [(None, {"fields": ["activity", "number", "authority", "granted_on"]})]
    empty_hint = _("From a thousand expected people on an event needs a public-security permit.")

    @admin.display(description=_("State"))
    def standing(self, record):
        return chip(_("Lapsed"), "off") if record.lapsed_at else chip(_("In force"), "good")


@admin.register(SpotCheck)
class SpotCheckAdmin(OfActivityAdmin):
    add_action = actions.record_check
    joins = (*OfActivityAdmin.joins, "recorded_by")
    list_display = ["found_on", "at", "activity", "finding_shown", "heads", "recorded_by"]
    list_display_links = ["found_on"]
    list_filter = [
        ChoiceFilter.on("finding", chips=True),
        PlaceFilter.on("activity__station__division__path"),
        PeriodFilter.on("found_on"),
    ]
    ordering = ["-found_on", "-pk"]
    fieldsets = [(None, {"fields": ["activity", "found_on", "finding", "heads_seen", "note"]})]
    empty_hint = _("What the bureau finds on the spot is noted here; the log and its state stay as they are.")

    @admin.display(description=_("Finding"))
    def finding_shown(self, record):
        return chip(record.get_finding_display(), FINDING_TONES[record.finding])

    @admin.display(description=_("Heads seen"))
    def heads(self, record):
        return number(record.heads_seen)


def oversight_panels(room: ScopedModelAdmin, request, record) -> list:
    """Below an activity: what the bureau found, and the permits of a large event."""
    checks = room.panel(
        request,
        SpotCheck,
        {
            _("Found on"): lambda row: link(row, day(row.found_on)),
            _("Finding"): lambda row: row.get_finding_display(),
            _("Heads seen"): lambda row: number(row.heads_seen),
            _("Note"): lambda row: row.note,
        },
        activity=record,
    )
    permits = room.panel(
        request,
        Permit,
        {
            _("Permit number"): lambda row: link(row, row.number),
            _("Granted by"): lambda row: row.authority,
            _("Granted on"): lambda row: day(row.granted_on),
        },
        activity=record,
    )
    return [checks, permits] if permits.rows or record.expected else [checks]
