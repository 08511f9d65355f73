"""The credit file of a firm in the admin: penalties, standings, and what its stewards show of themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    Panel,
    RowFilter,
    ScopedModelAdmin,
    chip,
    day,
    link,
    number,
)
from culture_admin.territory.models import in_force
from stewards import actions
from stewards.models import Firm, FirmStanding, Penalty, Qualification, Steward
from stewards.qualifying import SOON, is_expired, lacks_of

STANDING_TONES = {
    FirmStanding.Standing.EXCELLENT: "good",
    FirmStanding.Standing.GOOD: "good",
    FirmStanding.Standing.PASS: "",
    FirmStanding.Standing.FAIL: "warn",
    FirmStanding.Standing.NOT_SCORED: "off",
}


@admin.register(Penalty)
class PenaltyAdmin(ScopedModelAdmin):
    add_action = actions.record_penalty
    joins = ("firm__unit__division",)
    list_display = ["valid_from", "what", "firm", "authority", "document", "weight", "valid_to", "standing"]
    list_display_links = ["what"]
    list_filter = [
        ChoiceFilter.on("state"),
        ConditionFilter.on(
            "bars",
            title=_("Keeps from contracts"),
            chips=True,
            conditions={
                "now": (
                    _("Keeps from contracts"),
                    lambda rows, today: rows.filter(in_force(today), serious=True, state=Penalty.State.ON_RECORD),
                ),
            },
        ),
        RowFilter.on("firm"),
    ]
    search_fields = ["what", "authority", "document", "firm__unit__search"]
    search_help_text = _("What it was for, authority, document or service provider")
    ordering = ["-valid_from", "-pk"]
    sortable_by = ("valid_from", "valid_to")
    fieldsets = [
        (None, {"fields": ["firm", "what", "authority", "document", "serious", ("valid_from", "valid_to")]}),
    ]
    empty_hint = _("No penalty is on record.")

    @admin.display(description=_("Serious"), ordering="serious")
    def weight(self, penalty):
        return chip(_("Serious"), "warn") if penalty.serious else ""

    @admin.display(description=_("State"))
    def standing(self, penalty):
        return _of_penalty(penalty)


@admin.register(FirmStanding)
class FirmStandingAdmin(ScopedModelAdmin):
    add_action = actions.compute_standing
    writers = ("decide",)
    joins = ("firm__unit",)
    list_display = ["year", "firm", "mark", "score", "note"]
    list_display_links = ["firm"]
    list_filter = [ChoiceFilter.on("standing", chips=True), RowFilter.on("firm")]
    search_fields = ["firm__unit__search"]
    search_help_text = _("Service provider: name, pinyin or initials")
    ordering = ["-year", "pk"]
    sortable_by = ("year", "score")
    fieldsets = [(None, {"fields": ["firm", "year", "standing", "score", "note"]})]
    add_fieldsets = [(None, {"fields": [("firm", "year")]})]
    empty_hint = _("The standing of a year is computed from its evaluations.")

    @admin.display(description=_("Standing"))
    def mark(self, row):
        return chip(row.get_standing_display(), STANDING_TONES[row.standing])


@admin.register(Qualification)
class QualificationAdmin(ScopedModelAdmin):
    add_action = actions.add_qualification
    joins = ("steward", "firm__unit__division")
    list_display = ["name", "steward", "firm", "kind", "hours", "valid_from", "until", "standing"]
    list_filter = [
        ConditionFilter.on(
            "standing",
            title=_("Validity"),
            chips=True,
            conditions={
                "now": (_("In force"), lambda rows, today: rows.on(today)),
                "soon": (
                    _("Ends within 30 days"),
                    lambda rows, today: rows.on(today).filter(valid_to__lte=today + SOON),
                ),
                "expired": (_("Expired"), lambda rows, today: rows.filter(valid_to__lte=today)),
            },
        ),
        ChoiceFilter.on("kind"),
        ChoiceFilter.on("state"),
        RowFilter.on("firm"),
    ]
    search_fields = ["name", "issuer", "steward__search"]
    search_help_text = _("What it is called, who issued it, or the steward")
    ordering = ["-valid_from", "-pk"]
    sortable_by = ("valid_from", "until")
    fieldsets = [(None, {"fields": ["steward", "kind", "name", "issuer", "hours", ("valid_from", "valid_to")]})]
    empty_hint = _("Enter what stewards show of themselves: certificates, trainings, statements.")

    @admin.display(description=_("Valid to"), ordering="valid_to")
    def until(self, row):
        return _until(row)

    @admin.display(description=_("State"))
    def standing(self, row):
        return _of_qualification(row)


def panels_of(page: ScopedModelAdmin, request, firm: Firm) -> list[Panel]:
    """What the page of a firm shows of its credit; nothing to whom the matrix does not open the file."""
    penalties = {
        _("What it was for"): link,
        _("Authority"): lambda row: row.authority,
        _("Day"): lambda row: day(row.valid_from),
        _("Stands until"): lambda row: day(row.valid_to),
        _("State"): _of_penalty,
    }
    standings = {
        _("Year"): lambda row: row.year,
        _("Standing"): lambda row: chip(row.get_standing_display(), STANDING_TONES[row.standing]),
        _("Score"): lambda row: number(row.score),
    }
    return [
        page.panel(request, Penalty, penalties, firm=firm),
        page.panel(request, FirmStanding, standings, firm=firm),
    ]


def qualifications_panel(page: ScopedModelAdmin, request, steward: Steward) -> Panel:
    columns: dict[object, Callable[[Any], object]] = {
        _("What it is called"): link,
        _("Kind"): lambda row: row.get_kind_display(),
        _("Hours"): lambda row: number(row.hours),
        _("Valid from"): lambda row: day(row.valid_from),
        _("Valid to"): _until,
        _("State"): _of_qualification,
    }
    return page.panel(request, Qualification, columns, steward=steward)


def lacks_panel(steward: Steward) -> Panel:
    """What is missing by the service standard, item by item."""
    lacks = lacks_of(steward, timezone.localdate())
    return Panel(
        title=_("Missing by the standard"),
        name="",
        columns=[_("Item"), _("What is missing")],
        rows=[[lack.item, lack.text] for lack in lacks],
        add="",
    )


def _of_penalty(penalty: Penalty):
    today = timezone.localdate()
    if penalty.state == Penalty.State.VOID:
        return chip(penalty.get_state_display(), "off")
    if penalty.valid_to and penalty.valid_to <= today:
        return chip(_("Ended"), "off")
    return chip(_("Keeps from contracts"), "warn") if penalty.serious else chip(penalty.get_state_display(), "wait")


def _of_qualification(row: Qualification):
    if row.state == Qualification.State.VOID:
        return chip(row.get_state_display(), "off")
    return chip(_("Expired"), "warn") if is_expired(row, timezone.localdate()) else chip(_("In force"), "good")


def _until(row: Qualification):
    soon = row.valid_to and row.state == Qualification.State.ON_RECORD and row.valid_to <= timezone.localdate() + SOON
    return chip(day(row.valid_to), "wait") if soon else day(row.valid_to)
