"""Premises in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import (
    ConditionFilter,
    PlaceFilter,
    ScopedModelAdmin,
    link,
    number,
)
from stations import actions
from stations.admin.rows import IN_FORCE, VALID, OfStationAdmin
from stations.models import Facility, Station


@admin.register(Facility)
class FacilityAdmin(OfStationAdmin):
    add_action = actions.add_facility
    change_action = actions.change_facility
    changeable = ("use", "floor_area", "capacity", "opening_hours", "valid_to")
    list_display = ["at", "name", "use", "area", "seats", "valid_from", "valid_to"]
    list_display_links = ["name"]
    list_filter = [
        ConditionFilter.on("force", title=_("Validity"), chips=True, conditions=IN_FORCE),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["station__unit__search", "name", "use"]
    sortable_by = ("at", "area")
    fieldsets = [
        (None, {"fields": ["station", "name", "use", ("floor_area", "capacity"), "opening_hours"]}),
        (_("Validity"), {"fields": ["valid_from", "valid_to"]}),
    ]
    empty_hint = _("Enter the halls and rooms of a station; its floor area is their sum.")

    @admin.display(description=_("Floor area (m²)"), ordering="floor_area")
    def area(self, row):
        return number(row.floor_area)

    @admin.display(description=_("Capacity"))
    def seats(self, row):
        return number(row.capacity)


def panels_of(page: ScopedModelAdmin, request, station: Station) -> list:
    """What the page of a station shows of its premises."""
    return [
        page.panel(
            request,
            Facility,
            {
                _("Name"): lambda row: link(row, row.name),
                _("Use"): lambda row: row.use,
                _("Floor area (m²)"): lambda row: number(row.floor_area),
                **VALID,
            },
            station=station,
        ),
    ]
