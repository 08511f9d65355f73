"""Acceptances in the admin: drawn up and counted, submitted, signed, accepted; their lines, signatures, and deductions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html_join
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from culture_admin.interfaces.admin import (
    Act,
    ChoiceFilter,
    PeriodFilter,
    RowFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    link,
    moment,
    number,
    yuan,
)
from culture_admin.interfaces.admin.doing import done, line
from culture_admin.interfaces.queries import whole
from culture_admin.territory.models import Unit
from culture_admin.workflow.steps import FLOWS
from stewards import actions
from stewards.admin.absences import absences_panel
from stewards.models import (
    Acceptance,
    AcceptanceLine,
    Contract,
    ContractPayment,
    Coverage,
    Deduction,
    Evaluation,
    PlannedPayment,
    Signature,
)
from stewards.paying import explained
from stewards.paying import yuan as in_yuan

A, S, D = Acceptance.State, Signature.State, Deduction.State
TONES = {A.DRAWN_UP: "wait", A.SIGNING: "wait", A.ACCEPTED: "good", A.REFUSED: "warn", A.VOID: "off"}
SIGNED = {S.NAMED: "", S.WAITING: "wait", S.SIGNED: "good", S.DECLINED: "warn", S.RELEASED: "off"}
DEDUCTED = {D.PROPOSED: "wait", D.DECIDED: "warn", D.DROPPED: "off"}
WRITERS = ("decide",)
IN_FORCE = Q(contract__state__in=Contract.DELIVERING)
OF_CONTRACT = ("contract__place", "contract__firm__unit")


def sheet_state(row: Acceptance):
    return chip(row.get_state_display(), TONES[row.state])


def signature_of(row: Signature):
    return chip(row.get_state_display(), SIGNED[row.state])


def deduction_of(row: Deduction):
    return chip(row.get_state_display(), DEDUCTED[row.state])


class AcceptanceForm(VerbForm):
    """A sheet with the units that sign it; without any the usual ones do."""

    members = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=pgettext_lazy("of an acceptance", "Members"),
        required=False,
        widget=forms.SelectMultiple({"size": 8, "class": "listed"}),
        help_text=_(
            "Without any the bureau and each station sign; where that are fewer than three, the towns' governments too. Hold "
            "Ctrl to choose several."
        ),
    )

    class Meta:
        model = Acceptance
        fields = ["contract", "instalment", "evaluation", "first", "last", "conclusion"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "members" in self.fields:
            self.fields["members"].queryset = self._parties()

    def _parties(self):
        """The bureaus, stations and governments of the contracts that the user draws sheets up for."""
        contracts = Contract.objects.visible_to(self.user, "decide").filter(state__in=Contract.DELIVERING)
        covered = Coverage.objects.filter(contract__in=contracts)
        units = Unit.objects.filter(
            Q(station__in=covered.values("station"))
            | Q(kind=Unit.Kind.TOWN, division__in=covered.values("station__division"))
            | Q(kind=Unit.Kind.BUREAU, division__in=contracts.values("place"))
        )
        return units.filter(valid_to=None).select_related("division").order_by("division__code", "pk")


OF_LINE = {
    _("Service line"): lambda row: str(row.line),
    _("Target"): lambda row: number(row.target.normalize() + 0),
    _("Done"): lambda row: number(row.done.normalize() + 0),
    _("Unit"): lambda row: row.line.unit,
    pgettext_lazy("of a sheet", "Records"): lambda row: number(row.evidence),
    _("Verified"): lambda row: number(row.verified),
    _("Points"): lambda row: number(row.points if row.points is None else row.points.normalize() + 0),
    pgettext_lazy("of a sheet", "Comment"): lambda row: row.comment,
}
OF_SIGNATURE = {
    _("Signs for"): lambda row: row.unit.name,
    _("Signed by"): lambda row: row.signed_by.name if row.signed_by else "—",
    _("Signed on"): lambda row: moment(row.signed_at),
    _("State"): lambda row: link(row, row.get_state_display()),
}
OF_DEDUCTION: dict[Any, Any] = {
    _("Deduction"): link,
    _("Day"): lambda row: day(row.on),
    _("Amount (yuan)"): lambda row: yuan(row.amount),
    _("Reason"): lambda row: row.reason,
    _("State"): deduction_of,
}
OF_PAYMENT = {
    _("Day"): lambda row: link(row, day(row.on)),
    _("Amount (yuan)"): lambda row: yuan(row.amount),
    _("Document"): lambda row: row.document,
}


def count(request: HttpRequest, acceptance: Any) -> None:
    """Counts a sheet anew that is drawn up."""
    done(request, lambda: _counted(request, acceptance))


def _counted(request: HttpRequest, acceptance: Acceptance) -> str:
    actions.change_acceptance(actor=request.user, acceptance=acceptance)
    return gettext("The sheet is counted anew.")


@admin.register(Acceptance)
class AcceptanceAdmin(ScopedModelAdmin):
    add_action = actions.draw_up
    change_action = actions.change_acceptance
    add_form = change_form = AcceptanceForm
    changeable = ("first", "last", "evaluation", "conclusion")
    writers = WRITERS
    joins = (*OF_CONTRACT, "instalment__contract", "evaluation__contract")
    list_display = ["of", "which", "first", "last", "sum", "portion", "less", "to_pay", "signatures", "standing"]
    list_display_links = ["of"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        RowFilter.on("contract"),
        PeriodFilter.on("last"),
    ]
    search_fields = ["contract__number", "contract__name", "contract__firm__unit__search"]
    search_help_text = _("Contract or service provider")
    ordering = ["-last", "-pk"]
    sortable_by = ("first", "last", "to_pay")
    fieldsets = [
        (None, {"fields": [("at", "which"), ("first", "last"), "evaluation", "conclusion"]}),
        (_("What is to be paid"), {"fields": [("sum", "portion"), ("less", "to_pay"), "why"]}),
        (_("As recorded"), {"fields": [("drawn_up_by", "drawn_up_at"), "accepted_on"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["contract", "instalment", ("first", "last"), "evaluation", "members", "conclusion"]})
    ]
    empty_hint = _("Draw up the sheet of an instalment; it is counted from what was delivered.")
    change_form_outer_before_template = "stewards/acceptance.html"

    acts = {"count": Act(_("Count anew"), count, offered=lambda record: record.state == A.DRAWN_UP)}

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/comment/",
                view(require_POST(self.comment_view)),
                name="stewards_acceptance_comment",
            ),
            *super().get_urls(),
        ]

    def rows(self, rows):
        return rows.prefetch_related("signatures")

    def may_change(self, request, record):
        return record.state == A.DRAWN_UP and super().may_change(request, record)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Contracts in force, instalments that are accepted, evaluations that are concluded."""
        user = request.user
        if db_field.name == "contract":
            rows = Contract.objects.visible_to(user, "decide").filter(state__in=Contract.DELIVERING)
            kwargs["queryset"] = rows.order_by("-begins_on", "pk")
        elif db_field.name == "instalment":
            plan = PlannedPayment.objects.visible_to(user).filter(IN_FORCE).to_be_accepted()
            kwargs["queryset"] = plan.select_related("contract").order_by("-contract__begins_on", "contract", "number")
        elif db_field.name == "evaluation":
            rows = Evaluation.objects.visible_to(user).filter(IN_FORCE, state=Evaluation.State.CONCLUDED)
            kwargs["queryset"] = rows.select_related("contract").order_by("-last", "pk")
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "instalment":
            field.label_from_instance = lambda one: f"{one.contract.number} · {one}"
        return field

    def panels(self, request, record):
        told = {
            AcceptanceLine: lambda rows: rows.select_related("line").order_by("line__number"),
            Signature: lambda rows: rows.order_by("pk"),
        }
        panels = [
            self.panel(request, AcceptanceLine, OF_LINE, told[AcceptanceLine], acceptance=record),
            self.panel(request, Signature, OF_SIGNATURE, told[Signature], acceptance=record),
            *absences_panel(request, record),
        ]
        if Deduction.scope.offices(request.user):
            panels.append(self.panel(request, Deduction, OF_DEDUCTION, acceptance=record))
        if ContractPayment.scope.offices(request.user):
            panels.append(self.panel(request, ContractPayment, OF_PAYMENT, acceptance=record))
        return panels

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.may_change(request, obj):
            context["lines"] = obj.lines.select_related("line").order_by("line__number")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def comment_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Writes down what is said of one line."""
        acceptance = self.get_object(request, unquote(object_id))

        def work() -> str:
            comment = {"line": whole(request.POST.get("line", "")) or 0, "comment": line(request, "comment")}
            actions.change_acceptance(actor=request.user, acceptance=acceptance, comments=[comment])
            return gettext("The comment is written down, and the sheet counted anew.")

        done(request, work)
        return redirect("admin:stewards_acceptance_change", acceptance.pk)

    @admin.display(description=_("Contract"), ordering="contract__number")
    def of(self, row):
        return row.contract.name

    @admin.display(description=_("Contract"))
    def at(self, row):
        return link(row.contract)

    @admin.display(description=pgettext_lazy("of a contract", "Instalment"))
    def which(self, row):
        return str(row.instalment)

    @admin.display(description=_("Instalment (yuan)"))
    def sum(self, row):
        return yuan(row.gross)

    @admin.display(description=_("Performance factor (%)"))
    def portion(self, row):
        return number(row.factor)

    @admin.display(description=_("Deducted (yuan)"))
    def less(self, row):
        return yuan(row.deducted)

    @admin.display(description=_("To be paid (yuan)"), ordering="payable")
    def to_pay(self, row):
        return yuan(row.payable)

    @admin.display(description=_("Signed"))
    def signatures(self, row):
        asked = row.signatures.all()
        return f"{sum(one.state == S.SIGNED for one in asked)} / {len(asked)}"

    @admin.display(description=_("Why this much"))
    def why(self, row):
        lines = ((line.text, line.working, in_yuan(line.amount)) for line in explained(row))
        return format_html_join("", '<span class="reckoned">{} {} = {}</span><br>', lines)

    @admin.display(description=_("State"))
    def standing(self, row):
        return sheet_state(row)


@admin.register(AcceptanceLine)
class AcceptanceLineAdmin(ScopedModelAdmin):
    joins = ("acceptance__contract__firm__unit", "acceptance__instalment", "line__contract")
    list_display = ["of", "until", "line", "was_due", "was_done", "unit", "evidence", "verified", "earned", "comment"]
    list_display_links = ["line"]
    list_filter = [
        ChoiceFilter.on("acceptance__state", title=_("State"), parameter_name="state", chips=True),
        PeriodFilter.on("acceptance__last", title=_("Period")),
    ]
    search_fields = ["acceptance__contract__number", "acceptance__contract__name", "line__item"]
    search_help_text = _("Contract or service item")
    ordering = ["-acceptance__last", "acceptance", "line__number", "pk"]
    sortable_by = ("until",)
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "sheet",
                    "line",
                    ("was_due", "was_done", "unit"),
                    ("evidence", "verified", "earned"),
                    "comment",
                ]
            },
        )
    ]
    empty_hint = _("The lines of acceptance sheets are counted from what was delivered.")

    @admin.display(description=_("Contract"))
    def of(self, row):
        return row.acceptance.contract.name

    @admin.display(description=pgettext_lazy("of a contract", "Acceptance"))
    def sheet(self, row):
        return link(row.acceptance)

    @admin.display(description=pgettext_lazy("a day", "To"), ordering="acceptance__last")
    def until(self, row):
        return day(row.acceptance.last)

    @admin.display(description=_("Target"))
    def was_due(self, row):
        return number(row.target.normalize() + 0)

    @admin.display(description=_("Done"))
    def was_done(self, row):
        return number(row.done.normalize() + 0)

    @admin.display(description=_("Unit"))
    def unit(self, row):
        return row.line.unit

    @admin.display(description=_("Points"))
    def earned(self, row):
        return number(row.points if row.points is None else row.points.normalize() + 0)


@admin.register(Signature)
class SignatureAdmin(ScopedModelAdmin):
    joins = ("unit__division", "station", "signed_by", "acceptance__contract__firm__unit", "acceptance__instalment")
    list_display = ["of", "signs_for", "person", "since", "to_pay", "standing"]
    list_display_links = ["of"]
    list_filter = [ChoiceFilter.on("state", chips=True), PeriodFilter.on("acceptance__last", title=_("Period"))]
    search_fields = ["acceptance__contract__number", "acceptance__contract__name", "unit__search"]
    search_help_text = _("Contract or unit")
    ordering = ["-acceptance__last", "-pk"]
    sortable_by = ("since",)
    fieldsets = [(None, {"fields": ["sheet", "signs_for", "to_pay", ("person", "since")]})]
    empty_hint = _("When an acceptance is submitted its members are asked to sign.")

    def rows(self, rows):
        return rows.select_related("acceptance__contract__place").prefetch_related(*FLOWS[Signature].fetched)

    @admin.display(description=_("Contract"))
    def of(self, row):
        return row.acceptance.contract.name

    @admin.display(description=pgettext_lazy("of a contract", "Acceptance"))
    def sheet(self, row):
        return link(row.acceptance)

    @admin.display(description=_("Signs for"))
    def signs_for(self, row):
        return row.unit.name

    @admin.display(description=_("Signed by"))
    def person(self, row):
        return row.signed_by.name if row.signed_by else "—"

    @admin.display(description=_("Signed on"), ordering="signed_at")
    def since(self, row):
        return moment(row.signed_at)

    @admin.display(description=_("To be paid (yuan)"))
    def to_pay(self, row):
        return yuan(row.acceptance.payable)

    @admin.display(description=_("State"))
    def standing(self, row):
        return signature_of(row)
