"""Grades and titles in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    ListFilter,
    PlaceFilter,
    ScopedModelAdmin,
    chip,
    link,
)
from stations import actions
from stations.admin.rows import GRADE_TONES, IN_FORCE, VALID, OfStationAdmin
from stations.models import Grading, Station, Title


class YearFilter(ListFilter):
    """The register of titles by year."""

    title = _("Year")

    def lookups(self, request, model_admin):
        years = Title.objects.visible_to(request.user).order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), str(year)) for year in years]


class AwardedAdmin(OfStationAdmin):
    """What a document gave; what was entered in error is voided by a step."""

    @admin.display(description=_("State"))
    def standing(self, row):
        return chip(row.get_state_display(), "off" if row.state == row.State.VOID else "")


@admin.register(Grading)
class GradingAdmin(AwardedAdmin):
    add_action = actions.grade_station
    list_display = ["at", "degree", "document", "valid_from", "valid_to", "standing"]
    list_display_links = ["degree"]
    list_filter = [
        ChoiceFilter.on("state"),
        ChoiceFilter.on("grade", chips=True),
        ConditionFilter.on("force", title=_("Validity"), conditions=IN_FORCE),
        PlaceFilter.on("station__division__path"),
    ]
    sortable_by = ("at", "valid_from")
    fieldsets = [(None, {"fields": ["station", "grade", "document", "valid_from", "valid_to"]})]
    empty_hint = _("Enter the grade of each station with the document that gave it.")

    @admin.display(description=_("Grade"))
    def degree(self, row):
        return chip(row.get_grade_display(), GRADE_TONES[row.grade])


@admin.register(Title)
class TitleAdmin(AwardedAdmin):
    add_action = actions.award_title
    list_display = ["year", "title", "at", "issuer", "document", "standing"]
    list_display_links = ["title"]
    list_filter = [
        YearFilter.on("year", chips=True),
        ChoiceFilter.on("state"),
        PlaceFilter.on("station__division__path"),
    ]
    ordering = ["-year", "station__division__code", "pk"]
    search_fields = ["station__unit__search", "title"]
    sortable_by = ("at", "year")
    fieldsets = [(None, {"fields": ["station", "title", "year", "issuer", "document", "valid_from", "valid_to"]})]
    empty_hint = _("Enter the titles that towns were given, with year and document.")


def panels_of(page: ScopedModelAdmin, request, station: Station) -> list:
    """What the page of a station shows of its grades and titles."""
    return [
        page.panel(
            request,
            Grading,
            {
                _("Grade"): lambda row: link(row, row.get_grade_display()),
                _("Document"): lambda row: row.document,
                **VALID,
                _("State"): lambda row: row.get_state_display(),
            },
            station=station,
        ),
        page.panel(
            request,
            Title,
            {
                pgettext_lazy("of a town", "Title"): lambda row: link(row, row.title),
                _("Year"): lambda row: row.year,
                _("Document"): lambda row: row.document,
            },
            station=station,
        ),
    ]
