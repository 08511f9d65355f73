"""Information reports of towns in the admin, and who adopted them."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import ChoiceFilter, PeriodFilter, PlaceFilter, ScopedModelAdmin, chip, day, link
from stations import actions
from stations.models import Adoption, Report

S = Report.State
TONES = {S.SENT: "wait", S.RETURNED: "warn", S.ADOPTED: "good", S.NOTED: "off", S.VOID: "off"}


@admin.register(Report)
class ReportAdmin(ScopedModelAdmin):
    writers = ("decide",)
    joins = ("unit__division", "station__unit")
    list_display = ["sent_on", "title", "unit", "adopted_by", "standing"]
    list_display_links = ["title"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        PlaceFilter.on("unit__division__path"),
        PeriodFilter.on("sent_on"),
    ]
    search_fields = ["title", "unit__search", "author"]
    search_help_text = _("A word of the title, the town, or the author")
    ordering = ["-pk"]
    sortable_by = ("sent_on",)
    fieldsets = [
        (None, {"fields": ["title", "text"]}),
        (_("Sent in"), {"fields": ["unit", "author", "sent_on", "recorded_by"]}),
    ]
    empty_hint = _("Towns and stations report here what is new; what the bureau adopts counts for the town.")

    def rows(self, rows):
        return rows.prefetch_related("adoptions")

    def panels(self, request, record):
        columns = {
            _("Adopted by"): lambda row: link(row, row.get_level_display()),
            _("Adopted on"): lambda row: day(row.adopted_on),
            _("Where it appeared"): lambda row: row.bulletin,
        }
        return [self.panel(request, Adoption, columns, report=record)]

    @admin.display(description=_("Adopted by"))
    def adopted_by(self, report):
        return "、".join(str(adoption.get_level_display()) for adoption in report.adoptions.all()) or "—"

    @admin.display(description=_("State"))
    def standing(self, report):
        return chip(report.get_state_display(), TONES[report.state])


@admin.register(Adoption)
class AdoptionAdmin(ScopedModelAdmin):
    add_action = actions.record_adoption
    writers = ("decide",)
    joins = ("report__unit__division",)
    list_display = ["adopted_on", "report", "by", "level", "bulletin"]
    list_display_links = ["report"]
    list_filter = [
        ChoiceFilter.on("level", chips=True),
        PlaceFilter.on("report__unit__division__path"),
        PeriodFilter.on("adopted_on"),
    ]
    search_fields = ["report__title", "report__unit__search", "bulletin"]
    search_help_text = _("A word of the report, the town, or where it appeared")
    ordering = ["-adopted_on", "-pk"]
    sortable_by = ("adopted_on",)
    autocomplete_fields = ["report"]
    fieldsets = [(None, {"fields": ["report", ("level", "adopted_on"), "bulletin"]})]
    empty_hint = _("Enter which level adopted which report, on which day.")

    @admin.display(description=_("Sent by"))
    def by(self, adoption):
        return adoption.report.unit.name
