"""Contracts in the admin: drawn up with towns, service list, plan and factor; signed, filed, renewed, supplemented."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from culture_admin.exchange.models import Import
from culture_admin.exchange.reader import Unreadable
from culture_admin.interfaces.admin import (
    Act,
    ChoiceFilter,
    ConditionFilter,
    Panel,
    PeriodFilter,
    RowFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    link,
    number,
    territory_of,
    yuan,
)
from culture_admin.interfaces.admin.doing import done
from culture_admin.interfaces.permissions import covers
from culture_admin.territory.models import Level
from stations.models import Station
from stewards import actions
from stewards.actions.clocks import DAYS_TO_RENEW, clocks_of
from stewards.actions.contracts import CHANGEABLE, USUAL_FACTORS, USUAL_PLAN
from stewards.admin.deeds import DEEDS, take_deed
from stewards.admin.deliveries import burn_down_panel, voice_panel
from stewards.admin.money import panels_of
from stewards.forms import LINE_PARTS, PLAN_PARTS, STEP_PARTS, RowsField
from stewards.models import Contract, Coverage, PlannedPayment, ServiceLine, Supplement
from stewards.sheets import sheet_of

C, S = Contract.State, Supplement.State
RUNNING = Contract.DELIVERING
TONES = {
    C.PREPARING: "",
    C.PROCURING: "wait",
    C.SIGNED: "wait",
    C.PERFORMING: "good",
    C.AWAITING: "wait",
    C.ACCEPTED: "good",
    C.SETTLED: "off",
    C.ENDED: "off",
    C.TERMINATED: "warn",
    C.VOID: "off",
}
TONES_OF_SUPPLEMENTS = {S.PROPOSED: "wait", S.SIGNED: "good", S.WITHDRAWN: "off"}
TERMS = [
    (None, {"fields": [("number", "name"), "firm", ("method", "single_reason"), ("budget", "amount"),
                       ("manager", "headcount"), ("begins_on", "ends_on"), "renewals_left"]}),
    (_("Performance score"), {"fields": [("quantity_share", "quality_share", "towns_share", "public_share")]}),
    (_("Acceptance and breach"), {"fields": [("absence_rate", "cancel_rate"), "acceptance_terms", "breach_terms"]}),
]  # fmt: skip
LISTS = [
    (_("Towns covered"), {"fields": ["stations"]}),
    (_("Service list"), {"fields": ["lines"]}),
    (_("Payment plan"), {"fields": ["plan"]}),
    (_("Performance factor"), {"fields": ["factors"]}),
]
DATED = (
    pgettext_lazy("of a contract", "Days"),
    {"fields": [("awarded_on", "signed_on"), ("copied_on", "published_on"), ("closed_on", "kept"), "renewed_from"]},
)


class StationsField(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs):
        widget = forms.SelectMultiple({"size": 12, "class": "listed"})
        super().__init__(Station.objects.none(), **{"label": _("Towns covered"), "widget": widget, **kwargs})


class ContractForm(VerbForm):
    """A contract with what hangs on it; the lists are written anew as they stand in the form."""

    stations = StationsField(help_text=_("Hold Ctrl to choose several."))
    lines = RowsField(
        LINE_PARTS,
        spare=6,
        label=_("Service list"),
        help_text=_("Without days a line is for the whole term, without a station for all towns together."),
    )
    plan = RowsField(PLAN_PARTS, spare=2, most=12, label=_("Payment plan"))
    factors = RowsField(STEP_PARTS, spare=2, most=20, label=_("Performance factor"))

    class Meta:
        model = Contract
        fields = ["place", *sorted(CHANGEABLE)]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = Station.objects.filter(division__in=territory_of(self.user, Contract.scope.power))
        stations = own.select_related("unit", "division").order_by("division__code")
        contract = self.instance if self.instance.pk else None
        if "stations" not in self.fields:
            return
        if contract:
            stations = stations.filter(county=contract.place_id)
            self.initial |= {
                "stations": [one.station_id for one in contract.coverage.all()],
                "lines": [
                    _entry(line, LINE_PARTS) for line in contract.lines.select_related("station").order_by("number")
                ],
                "plan": [_entry(one, PLAN_PARTS) for one in contract.plan.order_by("number")],
                "factors": [_entry(one, STEP_PARTS) for one in contract.factors.order_by("-least")],
            }
        else:
            self.initial |= {"plan": list(USUAL_PLAN), "factors": list(USUAL_FACTORS)}
        fields: Any = self.fields
        fields["stations"].queryset = stations
        self.by_key = {station.pk: station for station in stations}
        fields["lines"].offer("station", [(key, station.name) for key, station in self.by_key.items()])

    def clean_lines(self):
        """With the stations that lines name."""
        return [
            line | ({"station": self.by_key[line["station"]]} if "station" in line else {})
            for line in self.cleaned_data["lines"]
        ]


def _entry(row: Any, parts) -> dict[str, object]:
    return {part.name: getattr(row, part.name) for part in parts}


def bring_in_sheet(user, contract: Contract, name: str, content: bytes) -> Import:
    """A sheet that cannot be read is refused as any entry is."""
    try:
        return actions.bring_in_lines(actor=user, contract=contract, file_name=name, content=content)
    except Unreadable as refused:
        raise ValidationError(refused.message) from refused


def to_sheet(request: HttpRequest, contract: Contract) -> HttpResponse:
    """The service list as a workbook, to be changed there and brought in again."""
    return sheet_of(contract).answer("xlsx")


@admin.register(Contract)
class ContractAdmin(ScopedModelAdmin):
    add_action = actions.draft_contract
    change_action = actions.change_contract
    add_form = change_form = ContractForm
    writers = ("decide",)
    changeable = (*sorted(CHANGEABLE), "stations", "lines", "plan", "factors")
    joins = ("firm__unit__division", "place", "renews")
    list_display = ["number", "name", "firm", "sum", "begins_on", "ends_on", "towns", "standing"]
    list_display_links = ["number", "name"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ConditionFilter.on(
            "term",
            title=_("Term"),
            conditions={
                "running": (_("Running"), lambda rows, today: rows.on(today).filter(state__in=RUNNING)),
                "ends": (
                    _("Ends within 60 days"),
                    lambda rows, today: rows.filter(
                        ends_on__gte=today, ends_on__lte=today + DAYS_TO_RENEW, state__in=RUNNING
                    ),
                ),
                "over": (_("Over"), lambda rows, today: rows.filter(ends_on__lt=today)),
            },
        ),
        RowFilter.on("firm"),
        ChoiceFilter.on("method"),
        PeriodFilter.on("begins_on"),
    ]
    search_fields = ["number", "name", "firm__unit__search"]
    search_help_text = _("Number, name or service provider")
    ordering = ["-begins_on", "-pk"]
    sortable_by = ("begins_on", "ends_on", "sum")
    fieldsets = [*TERMS, DATED]
    add_fieldsets = [(None, {"fields": ["place"]}), *TERMS, *LISTS]
    empty_hint = _("Draw up a contract with a service provider: towns, service list, payment plan.")
    change_form_outer_before_template = "stewards/contract.html"
    acts = {"sheet": Act(_("Service list as a workbook"), to_sheet, verbs=("see",))}

    def get_urls(self):
        view = self.admin_site.admin_view
        name = "stewards_contract_deed"
        return [
            path("<path:object_id>/deeds/<slug:deed>/", view(require_POST(self.deed_view)), name=name),
            path("<path:object_id>/lines/", view(require_POST(self.lines_view)), name="stewards_contract_lines"),
            *super().get_urls(),
        ]

    def rows(self, rows):
        return rows.prefetch_related(
            Prefetch("coverage", Coverage.objects.select_related("station__unit")), "supplements"
        )

    def may_change(self, request, record):
        return record.state in Contract.DRAFTED and super().may_change(request, record)

    def get_fieldsets(self, request, obj=None):
        """While it is drafted its lists stand in the form, afterwards in the panels below."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.may_change(request, obj):
            return fieldsets
        return [*TERMS, *LISTS, DATED]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The counties that the user buys for; where it is one, it is chosen."""
        if db_field.name == "place":
            counties = territory_of(request.user, self.power, self.writers).filter(level=Level.COUNTY)
            only = list(counties[:2])
            kwargs |= {"queryset": counties, "initial": only[0].pk if len(only) == 1 else None}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def panels(self, request, record):
        drafted = self.may_change(request, record)
        shown = [] if drafted else [self.panel(request, ServiceLine, OF_LINE, _told, contract=record)]
        money = PlannedPayment.scope.offices(request.user)
        if money and not drafted:
            shown.append(_factors(record))
        if not drafted:
            shown += panels_of(self, request, record)
        return [
            _clocks(record),
            *shown,
            *([] if drafted else [burn_down_panel(record), voice_panel(record)]),
            self.panel(request, Supplement, OF_SUPPLEMENT, contract=record),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and covers(request.user, obj, ("decide",)):
            context["drafted"] = self.may_change(request, obj)
            context["deeds"] = [(name, deed, deed.form(obj)) for name, deed in DEEDS.items() if deed.offered(obj)]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def deed_view(self, request: HttpRequest, object_id: str, deed: str) -> HttpResponse:
        """Does what a small form on the page of the contract asks for."""
        contract = self.get_object(request, unquote(object_id))
        if deed not in DEEDS:
            raise Http404
        made = take_deed(request, DEEDS[deed], contract)
        return redirect("admin:stewards_contract_change", made.pk if isinstance(made, Contract) else contract.pk)

    def lines_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Takes a sheet with the service list; what it would do is shown before it is applied."""
        contract = self.get_object(request, unquote(object_id))
        sent, opened = request.FILES.get("sheet"), []

        def work() -> str:
            if sent is None:
                raise ValidationError(_("Choose the file."))
            content = sent.read()
            opened.append(bring_in_sheet(request.user, contract, sent.name or "", content))
            return str(_("The sheet is read. Look at what it would do, then apply it."))

        if done(request, work):
            return redirect("desk:import", opened[0].pk)
        return redirect("admin:stewards_contract_change", contract.pk)

    @admin.display(description=_("Amount (yuan)"), ordering="amount")
    def sum(self, contract):
        return yuan(contract.total)

    @admin.display(description=_("Towns covered"))
    def towns(self, contract):
        return number(len(contract.coverage.all()))

    @admin.display(description=_("Files kept until"))
    def kept(self, contract):
        return day(contract.keep_until)

    @admin.display(description=_("Renews"))
    def renewed_from(self, contract):
        return link(contract.renews) if contract.renews else "—"

    @admin.display(description=_("State"))
    def standing(self, contract):
        return chip(contract.get_state_display(), TONES[contract.state])


OF_LINE = {
    _("Service item"): link,
    _("Station"): lambda row: row.station.name if row.station else _("all towns"),
    _("Target"): lambda row: number(row.agreed.normalize() + 0),
    _("Counted in"): lambda row: row.unit,
    _("Unit price (yuan)"): lambda row: yuan(row.unit_price),
    _("Amount (yuan)"): lambda row: yuan(row.amount),
    _("Weight (%)"): lambda row: number(row.weight),
    _("From"): lambda row: day(row.first),
    pgettext_lazy("a day", "To"): lambda row: day(row.last),
}
OF_SUPPLEMENT = {
    _("Document"): lambda row: link(row, row.document),
    _("Service line"): lambda row: str(row.line),
    _("More of it"): lambda row: number(row.quantity.normalize() + 0),
    _("Amount (yuan)"): lambda row: yuan(row.amount),
    _("State"): lambda row: chip(row.get_state_display(), TONES_OF_SUPPLEMENTS[row.state]),
}


TONES_OF_CLOCKS = {"done": "good", "late": "warn", "open": "wait", "overdue": "warn"}


def _clocks(contract: Contract) -> Panel:
    rows: list[list[object]] = [
        [one.label, day(one.due_on), day(one.done_on), chip(one.words, TONES_OF_CLOCKS[one.standing]), one.basis]
        for one in clocks_of(contract, timezone.localdate())
    ]
    columns = [_("What is owed"), _("Due"), _("Done on"), _("State"), _("Basis")]
    return Panel(_("Clocks"), "", columns, rows, "")


def _told(rows):
    return rows.prefetch_related("supplements").order_by("number")


def _factors(contract: Contract) -> Panel:
    rows: list[list[object]] = [[number(one.least), number(one.percent)] for one in contract.factors.order_by("-least")]
    return Panel(_("Performance factor"), "", [_("From a score of"), _("Is paid (%)")], rows, "")
