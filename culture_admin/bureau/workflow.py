"""Decisions in the admin, as they stand; they are made where the work is."""

from __future__ import annotations

from django.contrib import admin
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.powers import POWERS
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ListFilter,
    PlaceFilter,
    ScopedModelAdmin,
    chip,
    link,
    moment,
)
from culture_admin.interfaces.admin.history import step_label
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import FLOWS
from culture_admin.workflow.subjects import with_subjects


class PowerFilter(ListFilter):
    """By the line of the matrix decided in."""

    title = _("Power")

    def lookups(self, request, model_admin):
        return [(flow.power, POWERS[flow.power].label) for flow in FLOWS.values()]


@admin.register(Decision)
class DecisionAdmin(ScopedModelAdmin):
    power = "activities"
    list_display = ["time", "record", "what", "actor_text", "office", "comment"]
    list_display_links = ["time"]
    list_filter = [PowerFilter.on("power"), PlaceFilter.on("division__path"), ChoiceFilter.on("role")]
    search_fields = ["actor_text", "comment"]
    search_help_text = _("Person or comment")
    ordering = ["-pk"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": ["time", "record", "what", "comment"]}),
        (_("By whom"), {"fields": ["actor_text", "office", "acting_for"]}),
        (_("On what"), {"fields": ["under", "division", "content_hash"]}),
    ]
    empty_hint = _("Every confirmation, return and change is kept here with its reason.")

    def rows(self, rows):
        return with_subjects(rows.select_related("subject_type"))

    @admin.display(description=_("Time"))
    def time(self, decision):
        return moment(decision.at)

    @admin.display(description=_("Record"))
    def record(self, decision):
        try:
            return link(decision.subject)
        except NoReverseMatch:
            return str(decision.subject)

    @admin.display(description=_("Power"))
    def under(self, decision):
        return POWERS[decision.power].label if decision.power in POWERS else decision.power

    @admin.display(description=_("Step"))
    def what(self, decision):
        return chip(step_label(decision))

    @admin.display(description=_("Office"))
    def office(self, decision):
        return " · ".join(part for part in (decision.get_role_display(), decision.unit_text) if part) or "—"
