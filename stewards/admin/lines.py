"""Service lines across contracts, and supplements, in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import ChoiceFilter, RowFilter, ScopedModelAdmin, chip, link, yuan
from stewards.admin.contracts import TONES_OF_SUPPLEMENTS
from stewards.models import ServiceLine, Supplement


@admin.register(ServiceLine)
class ServiceLineAdmin(ScopedModelAdmin):
    """Lines are written with their contract; here they are read across contracts."""

    joins = ("contract__firm__unit", "station__unit")
    list_display = ["item", "of", "where", "counted", "price", "weight", "first", "last"]
    list_filter = [
        ChoiceFilter.on("measure", chips=True),
        ChoiceFilter.on("contract__state", title=_("State"), parameter_name="state"),
        RowFilter.on("contract"),
    ]
    search_fields = ["item", "contract__number", "contract__name", "station__unit__search"]
    search_help_text = _("Service item, contract or station")
    ordering = ["-contract__begins_on", "contract", "number", "pk"]
    sortable_by = ("first", "last")
    fieldsets = [
        (None, {"fields": ["of", ("number", "item"), ("measure", "station"), ("kind", "genre"), ("counted", "price"),
                           ("weight", "orderable"), ("first", "last")]}),
    ]  # fmt: skip
    empty_hint = _("The lines of a service list are entered with their contract.")

    def rows(self, rows):
        return rows.prefetch_related("supplements")

    @admin.display(description=_("Contract"))
    def of(self, line):
        return link(line.contract, line.contract.number)

    @admin.display(description=_("Station"))
    def where(self, line):
        return line.station.name if line.station else _("all towns")

    @admin.display(description=_("Target"))
    def counted(self, line):
        return f"{line.agreed.normalize():,f} {line.unit}"

    @admin.display(description=_("Unit price (yuan)"))
    def price(self, line):
        return yuan(line.unit_price)


@admin.register(Supplement)
class SupplementAdmin(ScopedModelAdmin):
    """Supplements are proposed on the page of their contract, and signed by a leader."""

    joins = ("contract__place", "contract__firm__unit__division", "line", "filed_by")
    list_display = ["document", "of", "line", "quantity", "sum", "signed_on", "standing"]
    list_filter = [ChoiceFilter.on("state", chips=True), RowFilter.on("contract")]
    search_fields = ["document", "contract__number", "contract__name"]
    search_help_text = _("Document or contract")
    ordering = ["-pk"]
    sortable_by = ("signed_on",)
    fieldsets = [
        (None, {"fields": ["of", "line", ("quantity", "sum"), "document", "reason", ("signed_on", "filed_by")]}),
    ]
    empty_hint = _("A supplement is proposed on the page of its contract.")

    def rows(self, rows):
        return rows.prefetch_related("contract__supplements")

    @admin.display(description=_("Contract"))
    def of(self, row):
        return link(row.contract, row.contract.number)

    @admin.display(description=_("Amount (yuan)"))
    def sum(self, row):
        return yuan(row.amount)

    @admin.display(description=_("State"))
    def standing(self, row):
        return chip(row.get_state_display(), TONES_OF_SUPPLEMENTS[row.state])
