"""Sanctions of the registration office in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import ChoiceFilter, PlaceFilter, ScopedModelAdmin, chip, day
from stations import actions
from stations.models import Sanction

S = Sanction.State
TONES = {S.WARNED: "wait", S.HELD: "warn", S.REVOKED: "warn", S.LIFTED: "good"}


@admin.register(Sanction)
class SanctionAdmin(ScopedModelAdmin):
    add_action = actions.warn_station
    change_action = actions.change_sanction
    writers = ("decide",)
    changeable = ("mend_by",)
    joins = ("station__unit", "station__division", "registration__station__unit")
    list_display = ["warned_on", "at", "ground", "document", "until", "standing"]
    list_display_links = ["ground"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ChoiceFilter.on("ground"),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["station__unit__search", "document"]
    search_help_text = _("Station or document number")
    ordering = ["-warned_on", "-pk"]
    sortable_by = ("warned_on", "at", "until")
    fieldsets = [
        (None, {"fields": ["station", "ground", "finding", "registration", "document", ("warned_on", "mend_by")]}),
    ]
    add_fieldsets = [(None, {"fields": ["station", "ground", "finding", "registration", "document", "mend_by"]})]
    empty_hint = _("Nobody is warned. Late annual reports are listed on the board.")

    def may_change(self, request, record):
        return record.state in Sanction.OPEN and super().may_change(request, record)

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, sanction):
        return sanction.station.name

    @admin.display(description=_("To be mended by"), ordering="mend_by")
    def until(self, sanction):
        late = sanction.state in Sanction.OPEN and sanction.mend_by < timezone.localdate()
        return chip(day(sanction.mend_by), "warn") if late else day(sanction.mend_by)

    @admin.display(description=_("State"))
    def standing(self, sanction):
        return chip(sanction.get_state_display(), TONES[sanction.state])
