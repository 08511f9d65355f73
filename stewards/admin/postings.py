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
from culture_admin.territory.models import in_force
from stewards import actions
from stewards.models import Posting

IN_POST = {
    "now": (_("In post"), lambda rows, today: rows.filter(in_force(today))),
    "coming": (_("From a later day"), lambda rows, today: rows.filter(valid_from__gt=today)),
    "ended": (_("Ended"), lambda rows, today: rows.filter(valid_to__lte=today)),
}


@admin.register(Posting)
class PostingAdmin(ScopedModelAdmin):
    add_action = actions.post_steward
    joins = ("steward", "firm__unit", "station__unit", "station__division")
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
    fieldsets = [(None, {"fields": ["steward", "station", "full_time", "valid_from", "valid_to"]})]
    empty_hint = _("Post a steward to a station from a day on.")

    @staticmethod
    def change_action(*, actor, posting: Posting, valid_to) -> Posting:
        """The one change of a posting is its end."""
        return actions.end_posting(actor=actor, posting=posting, on=valid_to)

    @admin.display(description=_("Standing"))
    def standing(self, posting):
        today = timezone.localdate()
        if posting.valid_from > today:
            return chip(_("From a later day"), "wait")
        return chip(_("Ended"), "off") if posting.valid_to and posting.valid_to <= today else chip(_("In post"), "good")
