"""Days on duty and absences of stewards in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    PeriodFilter,
    PlaceFilter,
    RowFilter,
    ScopedModelAdmin,
    chip,
    number,
)
from stewards.models import Absence, DutyDay

D, A = DutyDay.State, Absence.State
TONES = {D.LOGGED: "wait", D.CONFIRMED: "good", D.RETURNED: "warn", D.VOID: "off"}
TONES_OF_ABSENCE = {A.REQUESTED: "wait", A.APPROVED: "good", A.REFUSED: "off", A.NOTED: "warn", A.VOID: "off"}


@admin.register(DutyDay)
class DutyDayAdmin(ScopedModelAdmin):
    joins = ("steward", "firm__unit", "station__unit", "station__division", "village")
    list_display = ["day", "steward", "at", "long", "where", "tasks", "late", "standing"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("day"),
        RowFilter.on("steward"),
        RowFilter.on("firm"),
    ]
    search_fields = ["steward__search", "station__unit__search", "tasks"]
    search_help_text = _("Steward, station, or a word of what was done")
    ordering = ["-day", "-pk"]
    sortable_by = ("day",)
    fieldsets = [
        (
            None,
            {"fields": ["steward", "firm", "station", "day", "long", "where", "village", "arrived", "left", "tasks"]},
        ),
        (_("As recorded"), {"fields": ["recorded_by", "recorded_at", "device_at", "late", "division", "county"]}),
    ]
    empty_hint = _("Stewards log their days on the phone, and the stations confirm them.")

    @admin.display(description=_("Station"))
    def at(self, duty):
        return duty.station.name

    @admin.display(description=_("Days"))
    def long(self, duty):
        return number(duty.halves / 2)

    @admin.display(description=_("State"))
    def standing(self, duty):
        return chip(duty.get_state_display(), TONES[duty.state])


@admin.register(Absence)
class AbsenceAdmin(ScopedModelAdmin):
    joins = ("steward", "firm__unit", "station__unit", "station__division", "posting")
    list_display = ["steward", "at", "kind", "first", "last", "reason", "standing"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("first"),
        RowFilter.on("steward"),
    ]
    search_fields = ["steward__search", "station__unit__search", "reason"]
    search_help_text = _("Steward, station or reason")
    ordering = ["-first", "-pk"]
    sortable_by = ("first",)
    fieldsets = [
        (None, {"fields": ["steward", "firm", "station", "kind", "first", "last", "reason"]}),
        (_("As recorded"), {"fields": ["filed_by", "recorded_at"]}),
    ]
    empty_hint = _("Stewards ask for leave on the phone; stations note who stayed away.")

    @admin.display(description=_("Station"))
    def at(self, absence):
        return absence.station.name

    @admin.display(description=_("State"))
    def standing(self, absence):
        return chip(absence.get_state_display(), TONES_OF_ABSENCE[absence.state])
