"""Money of contracts in the admin: deductions, instalments with what is due, payments, and payments that are taken back."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    PeriodFilter,
    RowFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    link,
    yuan,
)
from culture_admin.interfaces.admin.entries import PaymentAdmin, marks_of
from culture_admin.interfaces.money import AmountFormField
from stewards import actions
from stewards.admin.acceptance import IN_FORCE, OF_CONTRACT, OF_DEDUCTION, OF_PAYMENT, deduction_of, sheet_state
from stewards.models import Acceptance, Contract, ContractPayment, Deduction, PlannedPayment, ServiceLine
from stewards.paying import OF_MONEY, PAID, TO_PAY, Due, due_of

WRITERS = ("decide",)
PROPOSERS = ("propose",)


class DeductionForm(VerbForm):
    """The rate is the contract's, but for what it says nothing of."""

    rate = AmountFormField(
        label=_("Each (yuan)"),
        required=False,
        widget=UnfoldAdminTextInputWidget({"inputmode": "decimal"}),
        help_text=_("Only for something else; otherwise it is the contract's."),
    )

    class Meta:
        model = Deduction
        fields = ["contract", "kind", "line", "on", "quantity", "reason"]


@admin.register(Deduction)
class DeductionAdmin(ScopedModelAdmin):
    add_action = actions.propose_deduction
    add_form = DeductionForm
    writers = PROPOSERS
    joins = (*OF_CONTRACT, "line__contract", "acceptance__contract", "acceptance__instalment")
    list_display = ["on", "of", "kind", "quantity", "each", "sum", "reason", "standing"]
    list_display_links = ["on"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ChoiceFilter.on("kind"),
        RowFilter.on("contract"),
        PeriodFilter.on("on"),
    ]
    search_fields = ["contract__number", "contract__name", "contract__firm__unit__search", "reason"]
    search_help_text = _("Contract, service provider or reason")
    ordering = ["-on", "-pk"]
    sortable_by = ("on", "sum")
    fieldsets = [
        (None, {"fields": ["at", ("kind", "line"), ("on", "quantity"), ("each", "sum"), "reason", "taken"]}),
        (_("As recorded"), {"fields": ["filed_by"]}),
    ]
    add_fieldsets = [(None, {"fields": ["contract", ("kind", "line"), ("on", "quantity"), "rate", "reason"]})]
    empty_hint = _("Propose what is to be deducted by the terms of a contract; somebody else decides.")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Contracts in force and their lines."""
        if db_field.name == "contract":
            rows = Contract.objects.visible_to(request.user).filter(state__in=Contract.DELIVERING)
            kwargs["queryset"] = rows.order_by("-begins_on", "pk")
        elif db_field.name == "line":
            rows = ServiceLine.objects.visible_to(request.user).filter(IN_FORCE).select_related("contract")
            kwargs["queryset"] = rows.order_by("-contract__begins_on", "contract", "number")
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "line":
            field.label_from_instance = lambda one: f"{one.contract.number} · {one}"
        return field

    @admin.display(description=_("Contract"), ordering="contract__number")
    def of(self, row):
        return row.contract.name

    @admin.display(description=_("Contract"))
    def at(self, row):
        return link(row.contract)

    @admin.display(description=_("Each (yuan)"))
    def each(self, row):
        return yuan(row.rate)

    @admin.display(description=_("Amount (yuan)"), ordering="amount")
    def sum(self, row):
        return yuan(row.amount)

    @admin.display(description=_("Taken off in"))
    def taken(self, row):
        return link(row.acceptance) if row.acceptance else "—"

    @admin.display(description=_("State"))
    def standing(self, row):
        return deduction_of(row)


def standing_of(due: Due):
    tone = {str(PAID): "good", str(TO_PAY): "wait"}.get(str(due.why), "")
    return chip(due.why, tone)


@admin.register(PlannedPayment)
class PlannedPaymentAdmin(ScopedModelAdmin):
    """Instalments are written with their contract; here finance reads what is due."""

    joins = OF_CONTRACT
    list_display = ["of", "which", "firm", "planned", "sum", "to_pay", "given", "left", "standing"]
    list_display_links = ["which"]
    list_filter = [
        ChoiceFilter.on("when", chips=True),
        ChoiceFilter.on("contract__state", title=_("State"), parameter_name="state"),
        RowFilter.on("contract"),
    ]
    search_fields = ["contract__number", "contract__name", "contract__firm__unit__search"]
    search_help_text = _("Contract or service provider")
    ordering = ["-contract__begins_on", "contract", "number", "pk"]
    sortable_by = ("planned",)
    fieldsets = [
        (None, {"fields": ["at", ("which", "planned"), ("sum", "to_pay"), ("given", "left"), "standing"]}),
    ]
    empty_hint = _("The payment plan is entered with its contract.")

    def rows(self, rows):
        return rows.prefetch_related(*(f"contract__{name}" for name in OF_MONEY))

    def panels(self, request, record):
        told = {
            _("State"): lambda row: link(row, row.get_state_display()),
            _("To be paid (yuan)"): lambda row: yuan(row.payable),
        }
        return [
            self.panel(request, Acceptance, told, instalment=record),
            self.panel(
                request, ContractPayment, OF_PAYMENT | {_("Remarks"): marks_of}, _with_reversal, instalment=record
            ),
        ]

    @admin.display(description=_("Contract"))
    def of(self, row):
        return row.contract.name

    @admin.display(description=_("Contract"))
    def at(self, row):
        return link(row.contract)

    @admin.display(description=pgettext_lazy("of a contract", "Instalment"))
    def which(self, row):
        return str(row)

    @admin.display(description=_("Service provider"))
    def firm(self, row):
        return row.contract.firm.name

    @admin.display(description=_("Planned for"), ordering="due_on")
    def planned(self, row):
        return day(row.due_on)

    @admin.display(description=_("Instalment (yuan)"))
    def sum(self, row):
        return yuan(due_of(row).gross)

    @admin.display(description=_("To be paid (yuan)"))
    def to_pay(self, row):
        return yuan(due_of(row).payable)

    @admin.display(description=pgettext_lazy("of a contract", "Paid (yuan)"))
    def given(self, row):
        return yuan(due_of(row).paid)

    @admin.display(description=pgettext_lazy("of a contract", "Left (yuan)"))
    def left(self, row):
        return yuan(due_of(row).left)

    @admin.display(description=_("Standing"))
    def standing(self, row):
        return standing_of(due_of(row))


def panels_of(page: ScopedModelAdmin, request, contract: Contract) -> list:
    """What the page of a contract shows of its money, as far as the reader sees it."""
    acceptances = {
        pgettext_lazy("of a contract", "Acceptance"): lambda row: link(row, row.instalment),
        pgettext_lazy("a day", "To"): lambda row: day(row.last),
        _("To be paid (yuan)"): lambda row: yuan(row.payable),
        _("State"): sheet_state,
    }
    plan = {
        pgettext_lazy("of a contract", "Instalment"): link,
        _("Planned for"): lambda row: day(row.due_on),
        _("Instalment (yuan)"): lambda row: yuan(due_of(row).gross),
        _("To be paid (yuan)"): lambda row: yuan(due_of(row).payable),
        pgettext_lazy("of a contract", "Paid (yuan)"): lambda row: yuan(due_of(row).paid),
        _("Standing"): lambda row: standing_of(due_of(row)),
    }
    panels = []
    if PlannedPayment.scope.offices(request.user):
        panels.append(page.panel(request, PlannedPayment, plan, _in_order, contract=contract))
    panels.append(page.panel(request, Acceptance, acceptances, contract=contract))
    if Deduction.scope.offices(request.user):
        panels.append(page.panel(request, Deduction, OF_DEDUCTION, contract=contract))
    return panels


def _in_order(rows):
    return rows.prefetch_related(*(f"contract__{name}" for name in OF_MONEY)).order_by("number")


def _with_reversal(rows):
    return rows.select_related("reversal")


@admin.register(ContractPayment)
class ContractPaymentAdmin(PaymentAdmin):
    add_action = actions.pay_contract
    reverse_action = actions.reverse_contract_payment
    pays = "instalment"
    reversed_said = _("The payment is taken back; the instalment is owed again.")
    joins = (*OF_CONTRACT, "instalment__contract", "acceptance__contract", "acceptance__instalment", "reversal")
    list_display = ["on", "of", "firm", "which", "sum", "document", "marks"]
    list_display_links = ["on"]
    list_filter = [RowFilter.on("contract"), PeriodFilter.on("on")]
    search_fields = ["contract__number", "contract__name", "contract__firm__unit__search", "document"]
    search_help_text = _("Contract, service provider or document")
    fieldsets = [
        (None, {"fields": ["at", ("which", "sheet"), ("sum", "on"), "document", "note"]}),
        (_("As recorded"), {"fields": ["reason", ("recorded_by", "recorded_at")]}),
    ]
    add_fieldsets = [(None, {"fields": ["instalment", ("amount", "on"), "document", "note"]})]
    empty_hint = _("Enter on the page of an instalment what is paid of it.")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Instalments of which something is to be paid."""
        if db_field.name != "instalment":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        rows = PlannedPayment.objects.visible_to(request.user, "decide").filter(contract__state__in=Contract.BINDING)
        rows = rows.select_related("contract").prefetch_related(*(f"contract__{name}" for name in OF_MONEY))
        owed = [one.pk for one in rows if due_of(one).left]
        kwargs["queryset"] = rows.filter(pk__in=owed).order_by("-contract__begins_on", "contract", "number")
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.label_from_instance = lambda one: f"{one.contract.number} · {one} · {due_of(one).left:,.2f}"
        return field

    @admin.display(description=_("Contract"), ordering="contract__number")
    def of(self, row):
        return row.contract.name

    @admin.display(description=_("Contract"))
    def at(self, row):
        return link(row.contract)

    @admin.display(description=_("Service provider"))
    def firm(self, row):
        return row.contract.firm.name

    @admin.display(description=pgettext_lazy("of a contract", "Instalment"))
    def which(self, row):
        return link(row.instalment)

    @admin.display(description=_("Accepted by"))
    def sheet(self, row):
        return link(row.acceptance) if row.acceptance else "—"
