"""Seats of assessors in the admin: who is sent where, and what he found."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessments.admin.states import state_of
from assessments.models import Mark, PanelSeat
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    Panel,
    PeriodFilter,
    PlaceFilter,
    ScopedModelAdmin,
    link,
    moment,
)
from culture_admin.scoring.explained import in_words


@admin.register(PanelSeat)
class PanelSeatAdmin(ScopedModelAdmin):
    joins = ("assessment__unit", "assessment__division", "assessment__cycle__scheme", "assessor", "appointed_by")
    list_display = ["year", "at", "who", "visit_on", "standing"]
    list_display_links = ["who"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        PlaceFilter.on("assessment__division__path"),
        PeriodFilter.on("visit_on"),
    ]
    search_fields = ["assessor__name", "assessment__unit__search"]
    search_help_text = _("Assessor or town")
    ordering = ["-pk"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": [("who", "town"), "visit_on"]}),
        (_("As recorded"), {"fields": [("appointed_by", "recorded_at")]}),
    ]
    empty_hint = _("Assessors are sent to a town on the page of its assessment.")

    def panels(self, request, record):
        body = record.assessment.cycle.scheme.content
        labels = {one.code: f"{one.code} {one.label}" for _section, one in body.table.indicators()}
        rows: list[list[object]] = [
            [
                labels.get(mark.code, mark.code),
                in_words(body.sources[mark.code], mark.values) if mark.code in body.sources else "",
                mark.note or "—",
                moment(mark.marked_at),
            ]
            for mark in Mark.objects.visible_to(request.user).filter(seat=record)
        ]
        return [
            Panel(_("What was found on the spot"), "", [_("Indicator"), _("Found"), _("Note"), _("Time")], rows, "")
        ]

    @admin.display(description=_("Year"))
    def year(self, seat):
        return seat.assessment.cycle.year

    @admin.display(description=_("Town"), ordering="assessment__division__code")
    def at(self, seat):
        return seat.assessment.unit.name

    @admin.display(description=_("Town"))
    def town(self, seat):
        return link(seat.assessment, seat.assessment.unit.name)

    @admin.display(description=_("Assessor"))
    def who(self, seat):
        return seat.assessor.name

    @admin.display(description=_("State"))
    def standing(self, seat):
        return state_of(seat)
