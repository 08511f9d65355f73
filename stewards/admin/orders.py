"""Orders from the menu in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    PeriodFilter,
    PlaceFilter,
    RowFilter,
    ScopedModelAdmin,
    chip,
    number,
)
from stewards.models import ServiceOrder

Order = ServiceOrder.State
TONES = {
    Order.ORDERED: "wait",
    Order.AGREED: "wait",
    Order.DECLINED: "off",
    Order.DELIVERED: "good",
    Order.WITHDRAWN: "off",
}


@admin.register(ServiceOrder)
class ServiceOrderAdmin(ScopedModelAdmin):
    joins = ("line", "contract", "firm__unit", "station__unit", "station__division", "village")
    list_display = ["what", "at", "line", "much", "wanted_on", "agreed_on", "standing"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("wanted_on"),
        RowFilter.on("firm"),
    ]
    search_fields = ["what", "station__unit__search", "line__item"]
    search_help_text = _("What is wanted, station or service item")
    ordering = ["-wanted_on", "-pk"]
    sortable_by = ("wanted_on",)
    fieldsets = [
        (None, {"fields": ["what", "line", "contract", "firm", "station", "village", "much", "people"]}),
        (_("When"), {"fields": ["wanted_on", "agreed_on"]}),
        (_("As recorded"), {"fields": ["ordered_by", "ordered_at"]}),
    ]
    empty_hint = _("Towns order from the menu of their contract on the desk.")

    @admin.display(description=_("Station"))
    def at(self, order):
        return order.station.name

    @admin.display(description=_("Quantity"))
    def much(self, order):
        return number(order.quantity)

    @admin.display(description=_("State"))
    def standing(self, order):
        return chip(order.get_state_display(), TONES[order.state])
