"""Findings in the admin."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

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
)
from stations import actions
from stations.actions.findings import STATION, TOWN
from stations.admin.cases import files_panel
from stations.models import Finding, Station

F = Finding.State
TONES = {F.OPEN: "warn", F.RECTIFIED: "wait", F.CLOSED: "good", F.WITHDRAWN: "off"}


def standing_of(finding: Finding):
    return chip(finding.get_state_display(), TONES[finding.state])


class OpenFindingForm(VerbForm):
    owed_by = forms.ChoiceField(
        label=_("To be put right by"),
        choices=[(STATION, _("The station")), (TOWN, _("The town"))],
        initial=STATION,
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = Finding
        fields = ["station", "kind", "what", "basis", "opened_on", "due_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("opened_on", "due_on"):
            self.fields[name].required = False
        self.fields["opened_on"].help_text = _("Today, unless said otherwise.")
        self.fields["due_on"].help_text = _("Without a day the days for rectification of the place count.")


@admin.register(Finding)
class FindingAdmin(ScopedModelAdmin):
    add_action = actions.open_finding
    add_form = OpenFindingForm
    writers = ("decide",)
    joins = ("station__unit", "station__division", "debtor")
    list_display = ["opened_on", "at", "kind", "what", "due", "debtor", "standing"]
    list_display_links = ["what"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ConditionFilter.on(
            "late",
            title=_("Overdue"),
            conditions={"true": (_("Overdue"), lambda rows, today: rows.overdue(today))},
        ),
        ChoiceFilter.on("kind"),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("opened_on"),
    ]
    search_fields = ["station__unit__search", "what"]
    search_help_text = _("Station, or a word of the finding")
    ordering = ["-opened_on", "-pk"]
    sortable_by = ("opened_on", "at", "due")
    fieldsets = [
        (None, {"fields": ["station", "kind", "what", "basis", "source"]}),
        (_("Rectification"), {"fields": ["debtor", ("opened_on", "due_on"), ("rectified_on", "closed_on")]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["station", "kind", "what", "basis"]}),
        (_("Rectification"), {"fields": ["owed_by", ("opened_on", "due_on")]}),
    ]
    empty_hint = _("What is found at a station, and what breaks a rule, is put right here by a day.")

    def panels(self, request, record):
        return [files_panel(request, record)]

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, row):
        return row.station.name

    @admin.display(description=_("To be put right until"), ordering="due_on")
    def due(self, row):
        late = row.state == F.OPEN and row.due_on < timezone.localdate()
        return chip(day(row.due_on), "warn") if late else day(row.due_on)

    @admin.display(description=_("State"))
    def standing(self, row):
        return standing_of(row)

    @admin.display(description=_("Arose from"))
    def source(self, row):
        return link(row.subject) if row.subject else "—"


def panels_of(page: ScopedModelAdmin, request, station: Station) -> list:
    """What the page of a station shows of its findings."""
    return [
        page.panel(
            request,
            Finding,
            {
                _("What was found"): lambda row: link(row, row.what),
                _("Kind"): lambda row: row.get_kind_display(),
                _("To be put right until"): lambda row: day(row.due_on),
                _("State"): standing_of,
            },
            station=station,
        ),
    ]
