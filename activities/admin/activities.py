"""Activities in the bureau's admin, and the code lists they use."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activities import actions
from activities.actions import logging
from activities.admin.plans import oversight_panels
from activities.admin.records import IN_PLACE, WITH_STATION, RecordAdmin
from activities.models import Activity, Genre, Kind, Rating
from activities.models.haves import HAVES, missing
from activities.panels import evidence_panels
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    DayInput,
    PeriodFilter,
    RowFilter,
    ScopedModelAdmin,
    VerbForm,
    number,
)
from culture_admin.interfaces.permissions import may_write

A = Activity.State
ACTIVITY_TONES = {
    A.CONFIRMED: "good",
    A.LOGGED: "wait",
    A.HELD: "wait",
    A.POSTPONED: "warn",
    A.RETURNED: "warn",
    A.VOID: "off",
    A.CANCELLED: "off",
}


class ActivityForm(VerbForm):
    """One day is the rule, so the last day may be left empty."""

    ends_on = forms.DateField(label=_("Until"), required=False, widget=DayInput)

    class Meta:
        model = Activity
        exclude = []

    def clean_ends_on(self):
        return self.cleaned_data["ends_on"] or self.cleaned_data.get("begins_on")


class ChangeActivityForm(ActivityForm):
    """A plan may be moved against what stands against it, for a reason."""

    override_reason = forms.CharField(label=_("Reason to do it all the same"), required=False, max_length=200)


@admin.register(Activity)
class ActivityAdmin(RecordAdmin):
    tones, changing_office = ACTIVITY_TONES, logging.changing_office
    add_action = actions.log_activity
    change_action = actions.change_activity
    add_form, change_form = ActivityForm, ChangeActivityForm
    changeable = (*logging.CHANGEABLE, "override_reason")
    joins = (*WITH_STATION, "kind", "genre", "steward")
    list_display = ["begins_on", "title", "kind", "at", "leader", "people", "standing"]
    list_display_links = ["title"]
    list_filter = [
        ChoiceFilter.on("state", chips=True, only=(A.PLANNED, A.PUBLISHED, A.LOGGED, A.CONFIRMED, A.RETURNED, A.VOID)),
        IN_PLACE,
        PeriodFilter.on("begins_on"),
        RowFilter.on("kind"),
        ConditionFilter.on(
            "session",
            title=_("Training session"),
            conditions={
                "true": (_("Training sessions only"), lambda rows, today: rows.filter(kind__is_session=True)),
                "false": (_("All but training sessions"), lambda rows, today: rows.filter(kind__is_session=False)),
            },
        ),
        ChoiceFilter.on("led_by"),
        ConditionFilter.on(
            "late",
            title=_("Logged late"),
            conditions={"true": (_("Logged late"), lambda rows, today: rows.filter(late=True))},
        ),
    ]
    search_fields = ["title"]
    search_help_text = _("A word of the title")
    ordering = ["-begins_on", "-pk"]
    # Millions of rows are read along the one index that stands in this order.
    sortable_by = ("begins_on",)
    autocomplete_fields = ["team", "village"]
    fieldsets = [
        (None, {"fields": ["title", ("kind", "genre"), "station"]}),
        (
            _("When and where"),
            {"fields": [("begins_on", "ends_on"), ("begins_time", "ends_time"), "facility", "village", "venue"]},
        ),
        (
            _("Who came"),
            {"fields": [("attendance", "online_attendance"), ("expected", "estimated"), "class_seconds"]},
        ),
        (_("What was done"), {"fields": ["content", "effect", "note", "late_reason"]}),
        (_("Who led it"), {"fields": ["posting", "team"]}),
        (_("As recorded"), {"fields": [("division", "county"), ("recorded_by", "recorded_at"), ("haves", "series")]}),
        (_("Against all that stands against it"), {"fields": ["override_reason"]}),
    ]
    add_fieldsets = fieldsets[:-2]
    empty_hint = _("Stations log what happens on their phones; an old ledger comes in as a sheet under “Imports”.")

    def panels(self, request, record):
        return [*evidence_panels(request, record), *oversight_panels(self, request, record)]

    @admin.display(description=_("Missing of the six haves"))
    def haves(self, activity):
        return "、".join(str(HAVES[have]) for have in missing(activity)) or "—"

    @admin.display(description=_("Led by"))
    def leader(self, activity):
        return activity.steward or activity.get_led_by_display()

    @admin.display(description=_("Person-times"))
    def people(self, activity):
        return number(activity.attendance)


@admin.register(Rating)
class RatingAdmin(ScopedModelAdmin):
    """What residents say; what they wrote, for those who are told."""

    joins = (*WITH_STATION, "activity")
    list_display = ["at", "activity", "of_station", "score", "comment"]
    list_filter = [
        ChoiceFilter.on("score"),
        IN_PLACE,
        PeriodFilter.on("activity__begins_on", title=_("Date")),
    ]
    ordering = ["-pk"]
    sortable_by = ()
    fieldsets = [(None, {"fields": ["activity", "score", "comment", "at"]})]
    empty_hint = _("Residents rate an activity by the QR code on its poster.")

    def get_list_display(self, request):
        return self._told(request, super().get_list_display(request))

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": self._told(request, ["activity", "score", "comment", "at"])})]

    def _told(self, request, names):
        """The fields without the comment, unless the reader's office is told of it."""
        if may_write(request.user, self.power, ("be_told",)):
            return names
        return [name for name in names if name != "comment"]

    @admin.display(description=_("Station"))
    def of_station(self, rating):
        return rating.station.name


class CodeListAdmin(ScopedModelAdmin):
    """A code list: everybody reads it."""

    power = "activities"
    search_fields = ["name_zh", "name_en", "code"]
    ordering = ["position", "code"]
    sortable_by = ()

    @admin.display(description=_("Name"))
    def called(self, listed):
        return listed.name


@admin.register(Kind)
class KindAdmin(CodeListAdmin):
    list_display = ["code", "called", "is_session"]
    fieldsets = [(None, {"fields": ["code", "name_zh", "name_en", "is_session", "position"]})]


@admin.register(Genre)
class GenreAdmin(CodeListAdmin):
    list_display = ["code", "called"]
    fieldsets = [(None, {"fields": ["code", "name_zh", "name_en", "position"]})]
