"""Postings in the bureau's admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import (
    ConditionFilter,
    PlaceFilter,
    RowFilter,
    ScopedModelAdmin,
    chip,
)
from stewards import actions
from stewards.models import Posting

S = Posting.State
IN_POST = {
    "now": (_("In post"), lambda rows, today: rows.on(today)),
    "coming": (_("From a later day"), lambda rows, today: rows.decided().filter(valid_from__gt=today)),
    "ended": (_("Ended"), lambda rows, today: rows.decided().filter(valid_to__lte=today)),
    "waiting": (_("Waiting for a decision"), lambda rows, today: rows.filter(state__in=Posting.WAITING)),
}
# Of those that are not decided.
TONES = {S.PROPOSED: "wait", S.CONSENTED: "wait", S.REFUSED: "off", S.WITHDRAWN: "off"}


@admin.register(Posting)
class PostingAdmin(ScopedModelAdmin):
    add_action = actions.post_steward
    joins = ("steward", "firm__unit", "station__unit", "station__division", "contract")
    changeable = ("valid_to",)
    list_display = ["steward", "station", "firm", "full_time", "valid_from", "valid_to", "standing"]
    list_filter = [
        ConditionFilter.on("standing", title=_("Posting"), chips=True, conditions=IN_POST),
        PlaceFilter.on("station__division__path"),
        RowFilter.on("firm"),
    ]
    search_fields = ["steward__search", "station__unit__search"]
    search_help_text = _("Steward or station: name, pinyin or initials")
    ordering = ["station__division__code", "-valid_from", "pk"]
    sortable_by = ("steward", "valid_from", "valid_to")
    fieldsets = [
        (None, {"fields": ["steward", "station", "contract", "full_time", "valid_from", "valid_to"]}),
        (_("Week"), {"fields": ["town_days", "district_days", "supervisor"]}),
        (_("Takes over from"), {"fields": ["replaces", "handover_on", "handover_note"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["steward", "station", "contract", "full_time", "valid_from", "valid_to"]}),
        (_("Week"), {"fields": ["town_days", "district_days", "supervisor"]}),
    ]
    empty_hint = _("Post a steward to a station from a day on.")

    @staticmethod
    def change_action(*, actor, posting: Posting, valid_to) -> Posting:
        """The one change of a posting is its end."""
        return actions.end_posting(actor=actor, posting=posting, on=valid_to)

    @admin.display(description=_("Standing"))
    def standing(self, posting):
        today = timezone.localdate()
        if posting.state != S.CONFIRMED:
            return chip(posting.get_state_display(), TONES[posting.state])
        if posting.valid_from > today:
            return chip(_("From a later day"), "wait")
        return chip(_("Ended"), "off") if posting.valid_to and posting.valid_to <= today else chip(_("In post"), "good")
