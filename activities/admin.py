"""Activities and teams in the bureau's admin, and the code lists they use."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from activities import actions
from activities.actions import logging, teams
from activities.models import Activity, Genre, Kind, Team
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    DayInput,
    PeriodFilter,
    PlaceFilter,
    RowFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    number,
)
from culture_admin.workflow.actions import StepRefused

A, T = Activity.State, Team.State
ACTIVITY_TONES = {A.CONFIRMED: "good", A.LOGGED: "wait", A.RETURNED: "warn", A.VOID: "off", A.CANCELLED: "off"}
TEAM_TONES = {T.REGISTERED: "good", T.APPLIED: "wait", T.RETURNED: "warn", T.VOID: "off", T.DEREGISTERED: "off"}


class ActivityForm(VerbForm):
    """One day is the rule, so the last day may be left empty."""

    ends_on = forms.DateField(label=_("Until"), required=False, widget=DayInput)

    class Meta:
        model = Activity
        exclude = []

    def clean_ends_on(self):
        return self.cleaned_data["ends_on"] or self.cleaned_data.get("begins_on")


@admin.register(Activity)
class ActivityAdmin(ScopedModelAdmin):
    add_action = actions.log_activity
    change_action = actions.change_activity
    add_form = change_form = ActivityForm
    changeable = logging.CHANGEABLE
    joins = ("kind", "genre", "station__unit", "station__division", "steward")
    list_display = ["begins_on", "title", "kind", "at", "leader", "people", "standing"]
    list_display_links = ["title"]
    list_filter = [
        ChoiceFilter.on("state", chips=True, only=(A.LOGGED, A.CONFIRMED, A.RETURNED, A.VOID)),
        PlaceFilter.on("station__division__path"),
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
    ]
    search_fields = ["title"]
    search_help_text = _("A word of the title")
    ordering = ["-begins_on", "-pk"]
    # Millions of rows are read along the one index that stands in this order.
    sortable_by = ("begins_on",)
    autocomplete_fields = ["team", "village"]
    fieldsets = [
        (None, {"fields": ["title", ("kind", "genre"), "station"]}),
        (_("When and where"), {"fields": [("begins_on", "ends_on"), ("begins_time", "ends_time"), "village", "venue"]}),
        (_("Who came"), {"fields": [("attendance", "online_attendance"), ("estimated", "class_seconds")]}),
        (_("Who led it"), {"fields": ["posting", "team", "note"]}),
        (_("As recorded"), {"fields": [("division", "county"), ("recorded_by", "recorded_at")]}),
    ]
    add_fieldsets = fieldsets[:-1]
    empty_hint = _("Stations log what happens on their phones; an old ledger comes in as a sheet under “Imports”.")

    def may_change(self, request, record):
        try:
            logging.changing_office(request.user, record)
        except (PermissionDenied, StepRefused):
            return False
        return True

    @admin.display(description=_("Station"))
    def at(self, activity):
        return activity.station.name

    @admin.display(description=_("Led by"))
    def leader(self, activity):
        return activity.steward or activity.get_led_by_display()

    @admin.display(description=_("Person-times"))
    def people(self, activity):
        return number(activity.attendance)

    @admin.display(description=_("State"))
    def standing(self, activity):
        return chip(activity.get_state_display(), ACTIVITY_TONES.get(activity.state, ""))


@admin.register(Team)
class TeamAdmin(ScopedModelAdmin):
    add_action = actions.register_team
    change_action = actions.change_team
    changeable = teams.CHANGEABLE
    joins = ("genre", "station__unit", "station__division")
    list_display = ["name", "at", "genre", "leader", "members", "registered_on", "standing"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        PlaceFilter.on("station__division__path"),
        RowFilter.on("genre"),
    ]
    search_fields = ["search", "leader"]
    search_help_text = _("Name, pinyin, initials or leader")
    ordering = ["station__division__code", "name", "pk"]
    sortable_by = ("name", "at", "members", "registered_on")
    fieldsets = [
        (None, {"fields": ["name", "genre", "station", "village"]}),
        (_("People"), {"fields": [("leader", "members"), "founded_on", "posting"]}),
        (_("As recorded"), {"fields": [("registered_on", "deregistered_on"), ("division", "county")]}),
    ]
    add_fieldsets = fieldsets[:-1]
    empty_hint = _("Stations register their teams; a list of teams comes in as a sheet under “Imports”.")

    def may_change(self, request, record):
        try:
            teams.changing_office(request.user, record)
        except PermissionDenied:
            return False
        return True

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, team):
        return team.station.name

    @admin.display(description=_("State"))
    def standing(self, team):
        return chip(team.get_state_display(), TEAM_TONES[team.state])


class CodeListAdmin(ScopedModelAdmin):
    """A code list: everybody reads it."""

    power = "activities"
    search_fields = ["name_zh", "name_en", "code"]
    ordering = ["position", "code"]
    sortable_by = ()


@admin.register(Kind)
class KindAdmin(CodeListAdmin):
    list_display = ["code", "name", "is_session"]
    fieldsets = [(None, {"fields": ["code", "name_zh", "name_en", "is_session", "position"]})]


@admin.register(Genre)
class GenreAdmin(CodeListAdmin):
    list_display = ["code", "name"]
    fieldsets = [(None, {"fields": ["code", "name_zh", "name_en", "position"]})]
