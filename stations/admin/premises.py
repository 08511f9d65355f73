"""Premises in the admin: facilities, what they are used for besides, closures."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    PeriodFilter,
    PlaceFilter,
    ScopedModelAdmin,
    chip,
    day,
    link,
    number,
)
from stations import actions
from stations.actions.closures import CHANGEABLE as OF_CLOSURE
from stations.actions.uses import CHANGEABLE as OF_USE
from stations.admin.rows import IN_FORCE, VALID, OfStationAdmin
from stations.models import Closure, Facility, OtherUse, Station

SHUT = {
    "now": (_("Today"), lambda rows, today: rows.published().meeting(today, today)),
    "ahead": (_("To come"), lambda rows, today: rows.published().filter(begins_on__gt=today)),
    "late": (_("Announced late"), lambda rows, today: rows.filter(late=True)),
}


@admin.register(Facility)
class FacilityAdmin(OfStationAdmin):
    add_action = actions.add_facility
    change_action = actions.change_facility
    changeable = ("use", "floor_area", "capacity", "opening_hours", "latitude", "longitude", "valid_to")
    list_display = ["at", "name", "use", "area", "public", "seats", "valid_from", "valid_to"]
    list_display_links = ["name"]
    list_filter = [
        ConditionFilter.on("force", title=_("Validity"), chips=True, conditions=IN_FORCE),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["station__unit__search", "name", "use"]
    sortable_by = ("at", "area")
    fieldsets = [
        (None, {"fields": ["station", "name", "use", ("floor_area", "capacity"), "opening_hours"]}),
        (_("Place on the map"), {"fields": [("latitude", "longitude")]}),
        (_("Validity"), {"fields": ["valid_from", "valid_to"]}),
    ]
    empty_hint = _("Enter the halls and rooms of a station; its floor area is their sum.")

    def rows(self, rows):
        return rows.with_public_area(timezone.localdate())

    def panels(self, request, record):
        of_use = {
            _("Kind of use"): lambda row: link(row, row.get_kind_display()),
            _("Area concerned (m²)"): lambda row: number(row.area),
            _("Used by"): lambda row: row.user,
            **VALID,
        }
        return [
            self.panel(request, OtherUse, of_use, facility=record),
            self.panel(request, Closure, CLOSED, facility=record),
        ]

    @admin.display(description=_("Floor area (m²)"), ordering="floor_area")
    def area(self, row):
        return number(row.floor_area)

    @admin.display(description=_("In public-welfare use (m²)"))
    def public(self, row):
        return chip(f"{row.public_area:,}", "warn") if row.taken else number(row.public_area)

    @admin.display(description=_("Capacity"))
    def seats(self, row):
        return number(row.capacity)


@admin.register(OtherUse)
class OtherUseAdmin(OfStationAdmin):
    add_action = actions.record_use
    change_action = actions.change_use
    changeable = OF_USE
    joins = ("station__unit", "station__division", "facility")
    list_display = ["at", "room", "use", "concerned", "user", "valid_from", "valid_to"]
    list_display_links = ["use"]
    list_filter = [
        ConditionFilter.on("force", title=_("Validity"), chips=True, conditions=IN_FORCE),
        ChoiceFilter.on("kind"),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["station__unit__search", "user", "facility__name"]
    sortable_by = ("at", "valid_from")
    fieldsets = [
        (None, {"fields": ["facility", "kind", ("area", "user"), "document", "note"]}),
        (_("Validity"), {"fields": [("valid_from", "valid_to")]}),
    ]
    autocomplete_fields = ["facility"]
    empty_hint = _("Write down what is leased, sold or used for something else; what is forbidden becomes a finding.")

    @admin.display(description=_("Facility"))
    def room(self, row):
        return row.facility.name

    @admin.display(description=_("Kind of use"))
    def use(self, row):
        return chip(row.get_kind_display(), "warn" if row.is_breach else "")

    @admin.display(description=_("Area concerned (m²)"), ordering="area")
    def concerned(self, row):
        return number(row.area)


@admin.register(Closure)
class ClosureAdmin(ScopedModelAdmin):
    add_action = actions.file_closure
    change_action = actions.change_closure
    changeable = OF_CLOSURE
    writers = ("decide",)
    joins = ("station__unit", "station__division", "facility")
    list_display = ["begins_on", "ends_on", "at", "room", "reason", "announced", "standing"]
    list_display_links = ["reason"]
    list_filter = [
        ConditionFilter.on("shut", title=_("Closure"), chips=True, conditions=SHUT),
        ChoiceFilter.on("state"),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("begins_on"),
    ]
    search_fields = ["station__unit__search", "reason"]
    search_help_text = _("Station, or a word of the reason")
    ordering = ["-begins_on", "-pk"]
    sortable_by = ("begins_on", "at")
    fieldsets = [
        (None, {"fields": ["station", "facility", ("begins_on", "ends_on"), "reason"]}),
        (_("Announcement"), {"fields": [("filed_on", "notice_days", "late"), "filed_by"]}),
    ]
    add_fieldsets = fieldsets[:1]
    autocomplete_fields = ["facility"]
    empty_hint = _("Stations announce seven days ahead when they or a room of theirs are shut.")

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, row):
        return row.station.name

    @admin.display(description=_("Facility"))
    def room(self, row):
        return row.facility.name if row.facility else _("The whole station")

    @admin.display(description=_("Announced on"), ordering="filed_on")
    def announced(self, row):
        return announced_on(row)

    @admin.display(description=_("State"))
    def standing(self, row):
        return standing_of(row)


def announced_on(closure: Closure):
    """The day it was announced; that it was late is said in words, not by a colour alone."""
    said = day(closure.filed_on)
    return chip(format_html("{} · {}", said, gettext("announced late")), "warn") if closure.late else said


def standing_of(closure: Closure):
    return chip(closure.get_state_display(), "off" if closure.state == Closure.State.WITHDRAWN else "wait")


CLOSED = {
    pgettext_lazy("a closure", "First day"): lambda row: link(row, day(row.begins_on)),
    pgettext_lazy("a closure", "Last day"): lambda row: day(row.ends_on),
    _("Reason"): lambda row: row.reason,
    _("Announced on"): announced_on,
    _("State"): standing_of,
}


def panels_of(page: ScopedModelAdmin, request, station: Station) -> list:
    """What the page of a station shows of its premises."""
    of_facility = {
        _("Name"): lambda row: link(row, row.name),
        _("Use"): lambda row: row.use,
        _("Floor area (m²)"): lambda row: number(row.floor_area),
        _("Opening hours"): lambda row: row.hours_said,
        **VALID,
    }
    of_use = {
        _("Facility"): lambda row: link(row, row.facility.name),
        _("Kind of use"): lambda row: row.get_kind_display(),
        _("Area concerned (m²)"): lambda row: number(row.area),
        _("Used by"): lambda row: row.user,
        **VALID,
    }
    return [
        page.panel(request, Facility, of_facility, station=station),
        page.panel(request, OtherUse, of_use, station=station),
        page.panel(request, Closure, CLOSED, station=station),
    ]
