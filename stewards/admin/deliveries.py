"""Deliveries in the admin: read, and moved to another line; alerts; how far a contract is delivered, and what residents say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    Panel,
    PeriodFilter,
    RowFilter,
    ScopedModelAdmin,
    chip,
    day,
    link,
    number,
)
from culture_admin.interfaces.admin.doing import done
from culture_admin.interfaces.permissions import covers
from culture_admin.interfaces.text import LineFormField
from stewards.actions.deliveries import move_delivery
from stewards.behind import with_records
from stewards.burning import Burn, burn
from stewards.models import Contract, Delivery, LineAlert, ServiceLine
from stewards.sources import SOURCES
from stewards.voice import voices_of

A = LineAlert.State
TENTH = Decimal("0.1")


class MoveForm(forms.Form):
    line = forms.ModelChoiceField(ServiceLine.objects.none(), label=_("Service line"), widget=UnfoldAdminSelectWidget)
    reason = LineFormField(label=_("Why it counts there"), max_length=200, widget=UnfoldAdminTextInputWidget)

    def __init__(self, *args, delivery: Delivery, **kwargs):
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["line"]
        lines.queryset = ServiceLine.objects.filter(contract=delivery.contract_id).exclude(pk=delivery.line_id)


@admin.register(Delivery)
class DeliveryAdmin(ScopedModelAdmin):
    """They follow from confirmed records; by hand one is put on another line of its contract."""

    writers = ("decide",)
    joins = ("line", "contract__place", "station__unit", "steward", "firm__unit", "order", "moved_by", "county")
    list_display = ["served_on", "of", "line", "station", "steward", "source", "counted", "standing"]
    list_display_links = ["served_on"]
    list_filter = [
        ConditionFilter.on(
            "standing",
            title=_("State"),
            conditions={
                "yes": (pgettext_lazy("a delivery", "Counts"), lambda rows, today: rows.filter(reversed_at=None)),
                "no": (_("Reversed"), lambda rows, today: rows.exclude(reversed_at=None)),
                "moved": (pgettext_lazy("a delivery", "Moved by hand"), lambda rows, today: rows.exclude(moved_for="")),
            },
        ),
        RowFilter.on("contract"),
        RowFilter.on("line"),
        RowFilter.on("station"),
        RowFilter.on("steward"),
        PeriodFilter.on("on"),
    ]
    search_fields = ["line__item", "contract__number", "contract__name", "station__unit__search", "steward__search"]
    search_help_text = _("Service item, contract, station or steward")
    ordering = ["-on", "-pk"]
    sortable_by = ("served_on",)
    fieldsets = [
        (None, {"fields": ["of", "line", ("served_on", "counted"), ("station", "steward"), "what", "order"]}),
        (
            _("Entry"),
            {"fields": [("posted_at", "standing"), ("moved_by", "moved_for"), ("reversed_at", "reversed_for")]},
        ),
    ]
    empty_hint = _("A record that the station confirms is posted here by itself, if a steward under a contract led it.")
    change_form_outer_before_template = "stewards/delivery.html"

    def get_urls(self):
        moves = self.admin_site.admin_view(require_POST(self.move_view))
        return [path("<path:object_id>/move/", moves, name="stewards_delivery_move"), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and _may_move(request, obj):
            context["move_form"] = MoveForm(delivery=obj, auto_id="id_move_%s")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def move_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Puts it on another line; the page goes on with what stands now."""
        delivery = self.get_object(request, unquote(object_id))
        form = MoveForm(request.POST, delivery=delivery)
        moved: list[Delivery] = []

        def work() -> str:
            if not form.is_valid():
                raise ValidationError(
                    [f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items()]
                )
            moved.append(move_delivery(actor=request.user, delivery=delivery, **form.cleaned_data))
            return gettext("Moved; what stood before is reversed.")

        done(request, work)
        return redirect("admin:stewards_delivery_change", (moved or [delivery])[0].pk)

    def panels(self, request, record):
        shown = with_records([record], request.user)[0].record
        if shown is None:
            return []
        label = SOURCES[record.source_kind].label
        return [Panel(_("What was served"), "", [_("Kind of record"), _("Record")], [[label, link(shown)]], "")]

    @admin.display(description=pgettext_lazy("a delivery", "Day"), ordering="on")
    def served_on(self, delivery):
        return day(delivery.on)

    @admin.display(description=_("Contract"))
    def of(self, delivery):
        return link(delivery.contract, delivery.contract.number)

    @admin.display(description=_("Kind of record"))
    def source(self, delivery):
        return SOURCES[delivery.source_kind].label

    @admin.display(description=_("Kind of record"))
    def what(self, delivery):
        return SOURCES[delivery.source_kind].label

    @admin.display(description=_("Quantity"))
    def counted(self, delivery):
        return f"{delivery.quantity:f} {delivery.line.unit}"

    @admin.display(description=_("State"))
    def standing(self, delivery):
        if delivery.reversed_at:
            return chip(_("Reversed"), "off")
        return chip(pgettext_lazy("a delivery", "Counts"), "good")


def _may_move(request: HttpRequest, delivery: Delivery) -> bool:
    opens = delivery.reversed_at is None and delivery.contract.state in Contract.DELIVERING
    return opens and covers(request.user, delivery, ("decide",))


@admin.register(LineAlert)
class LineAlertAdmin(ScopedModelAdmin):
    """Levels that lines have reached; they follow from what is delivered."""

    joins = ("line__station__division", "line__station__unit", "contract__place")
    list_display = ["reached_at", "of", "line", "level", "standing"]
    list_filter = [ChoiceFilter.on("state", chips=True), ChoiceFilter.on("level"), RowFilter.on("contract")]
    search_fields = ["line__item", "contract__number", "contract__name"]
    search_help_text = _("Service item or contract")
    ordering = ["-reached_at", "-pk"]
    sortable_by = ("reached_at", "level")
    fieldsets = [(None, {"fields": ["of", "line", "level", "reached_at", "standing"]})]
    empty_hint = _("It is told here when a service line reaches 75, 80, 90 or 100 % of its target.")

    @admin.display(description=_("Contract"))
    def of(self, alert):
        return link(alert.contract, alert.contract.number)

    @admin.display(description=_("State"))
    def standing(self, alert):
        return chip(alert.get_state_display(), "wait" if alert.state == A.REACHED else "off")


def burn_down_panel(contract: Contract) -> Panel:
    """How far each line is delivered today."""
    columns = [
        _("Service item"), _("Station"), _("Target"), _("Done"), _("Done (%)"), pgettext_lazy("of a service line", "Left"), _("Expected by time"), _("Forecast"),
        pgettext_lazy("of a service line", "Records"), pgettext_lazy("of a service line", "Level"),
    ]  # fmt: skip
    found = burn(contract, on=timezone.localdate())
    return Panel(_("Burn-down"), "", columns, [_cells(one) for one in found], "")


def _cells(one: Burn) -> list[object]:
    station = one.line.station
    return [
        link(one.line),
        station.name if station else _("all towns"),
        f"{one.target:,} {one.line.unit}",
        number(one.done),
        number((one.share * 100).quantize(TENTH)),
        number(one.left),
        chip(number(one.expected), "warn" if one.behind else ""),
        number(one.forecast),
        number(one.records),
        chip(f"{one.level} %", "good" if one.level == "100" else "wait") if one.level else "—",
    ]


def voice_panel(contract: Contract) -> Panel:
    """What residents say, quarter by quarter, with how many; and how that is counted."""
    voices = voices_of(contract, at=timezone.now())
    rows: list[list[object]] = [
        [one.quarter, number(one.mean), number(one.answers), number(one.unknown),
         chip(_("few answers"), "warn") if one.few else ""]
        for one in voices.quarters
    ]  # fmt: skip
    if rows:
        rows.append([voices.method, "", "", "", ""])
    columns = [_("Quarter"), _("Mean rating (1 to 5)"), _("Answers"), _("Could not say"), ""]
    return Panel(_("Residents' voice"), "", columns, rows, "")
