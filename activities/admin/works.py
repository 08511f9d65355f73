"""Works and prizes in the bureau's admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activities import actions
from activities.actions import works
from activities.admin.records import IN_PLACE, WITH_STATION, RecordAdmin
from activities.models import Prize, Work
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    PeriodFilter,
    PlaceFilter,
    RowFilter,
    day,
    link,
)

W = Work.State
TONES = {W.RECORDED: "good", W.PROPOSED: "wait", W.VOID: "off"}


@admin.register(Work)
class WorkAdmin(RecordAdmin):
    tones, changing_office = TONES, works.changing_office
    add_action = actions.record_work
    change_action = actions.change_work
    changeable = works.CHANGEABLE
    joins = (*WITH_STATION, "genre", "team")
    list_display = ["finished_on", "title", "kind", "genre", "at", "team", "author", "standing"]
    list_display_links = ["title"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        IN_PLACE,
        PeriodFilter.on("finished_on"),
        ChoiceFilter.on("kind"),
        RowFilter.on("genre"),
    ]
    search_fields = ["title", "author"]
    search_help_text = _("A word of the title, or the author")
    ordering = ["-finished_on", "-pk"]
    sortable_by = ("finished_on",)
    autocomplete_fields = ["team"]
    fieldsets = [
        (None, {"fields": ["title", ("kind", "genre"), "station"]}),
        (_("Who made it"), {"fields": [("author", "team"), "posting", "finished_on", "note"]}),
        (_("As recorded"), {"fields": [("division", "county")]}),
    ]
    add_fieldsets = fieldsets[:-1]
    empty_hint = _("Stations enter their works; a work of a firm waits for the station.")

    def panels(self, request, record):
        columns = {
            _("Prize"): lambda row: link(row, row.name),
            _("Level of the prize"): lambda row: row.get_level_display(),
            _("Rank"): lambda row: row.rank,
            _("Awarded"): lambda row: day(row.awarded_on),
            _("Document"): lambda row: row.document,
        }
        return [self.panel(request, Prize, columns, work=record)]


@admin.register(Prize)
class PrizeAdmin(RecordAdmin):
    belongs_to, changing_office = "work", works.changing_office
    add_action = actions.award_prize
    joins = ("work__station__unit", "work__station__division")
    list_display = ["awarded_on", "name", "level", "rank", "work", "at"]
    list_display_links = ["name"]
    list_filter = [
        ChoiceFilter.on("level", chips=True),
        PlaceFilter.on("work__station__division__path"),
        PeriodFilter.on("awarded_on"),
    ]
    search_fields = ["name", "work__title"]
    search_help_text = _("A word of the prize, or of the work")
    ordering = ["-awarded_on", "-pk"]
    sortable_by = ("awarded_on",)
    autocomplete_fields = ["work"]
    fieldsets = [(None, {"fields": ["work", "name", ("level", "rank"), ("awarded_on", "document")]})]
