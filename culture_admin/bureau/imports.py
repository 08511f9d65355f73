"""Imports in the admin: which ledger came in when, by whom, and what became of it. They are read and applied on the desk."""

from __future__ import annotations

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.exchange.actions import open_import
from culture_admin.exchange.ledgers import LEDGERS
from culture_admin.exchange.models import Import
from culture_admin.interfaces.admin import ChoiceFilter, PlaceFilter, ScopedModelAdmin, chip, number

TONES = {Import.State.PREVIEWED: "wait", Import.State.APPLIED: "good", Import.State.UNDONE: "off"}


@admin.register(Import)
class ImportAdmin(ScopedModelAdmin):
    add_action = open_import
    writers = ("propose",)
    steps_alone = False
    joins = ("unit__division", "created_by")
    list_display = ["file_name", "ledger_kind", "unit", "created_by", "created_at", "written", "standing"]
    list_filter = [ChoiceFilter.on("state", chips=True), PlaceFilter.on("unit__division__path")]
    search_fields = ["file_name", "unit__search"]
    search_help_text = _("File or station")
    ordering = ["-pk"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": ["ledger", "ledger_kind", "unit", "created_by", "created_at"]}),
        (_("What became of it"), {"fields": ["written", "applied_at", "undone_at", "sha256"]}),
    ]
    empty_hint = _("Ledgers that stations kept in sheets come in here and leave their rows in the log.")

    def add_view(self, request, form_url="", extra_context=None):
        return redirect("desk:imports")

    @admin.display(description=pgettext_lazy("an upload", "File"))
    def ledger(self, batch):
        return format_html('<a href="{}">{}</a>', reverse("desk:import", args=[batch.pk]), batch.file_name)

    @admin.display(description=_("Kind of ledger"), ordering="kind")
    def ledger_kind(self, batch):
        return LEDGERS[batch.kind].sheet.label if batch.kind in LEDGERS else batch.kind

    @admin.display(description=_("Rows written"))
    def written(self, batch):
        return number(batch.rows_written)

    @admin.display(description=_("State"))
    def standing(self, batch):
        return chip(batch.get_state_display(), TONES[batch.state])
