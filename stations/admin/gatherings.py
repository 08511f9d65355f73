"""What trainings and meetings have alike in the admin: states, columns, and a page on which one ticks who came."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import ChoiceFilter, PeriodFilter, ScopedModelAdmin, chip, day
from culture_admin.workflow.actions import StepRefused
from stations.models import Gathering

G = Gathering.State
TONES = {G.PLANNED: "", G.HELD: "wait", G.CONFIRMED: "good", G.CANCELLED: "off", G.VOID: "off"}
REFUSALS = (ValidationError, StepRefused, PermissionDenied)


class GatheringAdmin(ScopedModelAdmin):
    """A training or a meeting of a county."""

    joins: tuple[str, ...] = ("county",)
    list_filter = [ChoiceFilter.on("state", chips=True), ChoiceFilter.on("kind"), PeriodFilter.on("begins_on")]
    search_fields = ["title", "document_no"]
    search_help_text = _("A word of the title, or the document number")
    ordering = ["-begins_on", "-pk"]
    sortable_by = ("when",)

    def may_change(self, request, record):
        return record.state not in Gathering.SETTLED and super().may_change(request, record)

    @admin.display(description=_("Day"), ordering="begins_on")
    def when(self, gathering):
        return day(gathering.begins_on)

    @admin.display(description=_("State"))
    def standing(self, gathering):
        return chip(gathering.get_state_display(), TONES[gathering.state])

    def noting_page(
        self, request: HttpRequest, record: Model, template: str, context: dict, note: Callable[[], object]
    ) -> HttpResponse | None:
        """The page an act opens; what it sends back goes to `note`, and a refusal stands above the page."""
        if "noted" in request.POST:
            try:
                note()
            except REFUSALS as refused:
                text = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
                self.message_user(request, text, messages.ERROR)
            else:
                self.message_user(request, _("Noted."), messages.SUCCESS)
                return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "record": record,
            "seen": record.version,
            **context,
        }
        return TemplateResponse(request, template, context)
