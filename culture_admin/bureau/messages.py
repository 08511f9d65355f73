"""The log of what was sent out: to whom, when, by which channel, and with which answer."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import Act, ChoiceFilter, PlaceFilter, ScopedModelAdmin, chip, moment, number
from culture_admin.workflow.models import Message
from culture_admin.workflow.outbox import send_again

M = Message.State
TONES = {M.GATHERING: "wait", M.QUEUED: "wait", M.SENT: "good", M.FAILED: "warn", M.IDLE: "off"}


@admin.register(Message)
class MessageAdmin(ScopedModelAdmin):
    """What went out to whom, when and with which answer. What it said is for its reader and stands nowhere here."""

    acts = {
        "again": Act(
            _("Send again"),
            lambda request, message: send_again(actor=request.user, message=message),
            offered=lambda message: message.state == M.FAILED,
        )
    }
    writers = ("decide",)
    joins = ("user", "unit__division")
    list_display = ["created", "user", "unit", "channel", "notices", "standing", "attempts", "answer"]
    list_display_links = ["created"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ChoiceFilter.on("channel"),
        PlaceFilter.on("unit__division__path"),
    ]
    search_fields = ["user__name", "user__username"]
    search_help_text = _("Name or username")
    ordering = ["-pk"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": ["user", "unit", "channel", "notices", "key"]}),
        (_("Delivery"), {"fields": ["state", "attempts", "answer", ("created_at", "due_at", "sent_at")]}),
    ]
    empty_hint = _("Messages go out to whoever has left an address on the page of notices.")

    def rows(self, rows):
        return rows.defer("title", "text").annotate(carrying=Count("carried"))

    @admin.display(description=_("Created"))
    def created(self, message):
        return moment(message.created_at)

    @admin.display(description=_("Notices"))
    def notices(self, message):
        return number(message.carrying)

    @admin.display(description=_("State"))
    def standing(self, message):
        return chip(message.get_state_display(), TONES[message.state])
