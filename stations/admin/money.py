"""Money in the admin: budgets, instalments and what is late, payments, spendings, changes of purpose."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import F
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    PeriodFilter,
    PlaceFilter,
    ScopedModelAdmin,
    chip,
    day,
    in_column,
    link,
    number,
    yuan,
)
from stations.actions.budgets import differences
from stations.models import Appropriation, Budget, BudgetLine, Instalment, PurposeChange, Spending, Station

B, P = Budget.State, PurposeChange.State
TONES = {
    B.PROPOSED: "wait",
    B.AWAITING: "wait",
    B.RETURNED: "warn",
    B.COMMITTED: "good",
    B.SUPERSEDED: "off",
    B.WITHDRAWN: "off",
}
CASE_TONES = {P.PROPOSED: "wait", P.APPROVED: "good", P.REFUSED: "warn", P.WITHDRAWN: "off"}
LATE = {
    "late": (_("Late"), lambda rows, today: rows.late(today)),
    "ahead": (_("To come"), lambda rows, today: rows.filter(due_on__gte=today, paid__lt=F("amount"))),
    "paid": (_("Paid"), lambda rows, today: rows.filter(paid__gte=F("amount"))),
}
ENTERED_LATE = {"true": (_("Entered late"), lambda rows, today: rows.filter(late=True))}


def standing_of(record: Budget | PurposeChange):
    return chip(record.get_state_display(), (TONES | CASE_TONES)[record.state])


class MoneyAdmin(ScopedModelAdmin):
    """Rows of a station's money: the bureau reads and decides; towns and stations enter on the desk."""

    joins: tuple[str, ...] = ("station__unit", "station__division")
    search_fields = ["station__unit__search", "document"]
    search_help_text = _("Station or document")

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, row):
        return row.station.name

    @admin.display(description=_("State"))
    def standing(self, row):
        return standing_of(row)

    @admin.display(description=_("Amount (yuan)"), ordering="amount")
    def sum(self, row):
        return yuan(row.amount)


@admin.register(Budget)
class BudgetAdmin(MoneyAdmin):
    list_display = ["year", "at", "revision", "total", "document", "since", "standing"]
    list_display_links = ["at"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("begins_on"),
    ]
    ordering = ["-year", "station__division__code", "-revision", "-pk"]
    sortable_by = ("year", "at")
    fieldsets = [
        (None, {"fields": ["station", ("year", "revision"), "total", "document", "reason"]}),
        (_("What the revision changes"), {"fields": ["changes"]}),
        (_("As recorded"), {"fields": [("filed_by", "filed_at"), "committed_on", ("division", "county")]}),
    ]
    empty_hint = _("Stations and towns file the budget of a year on their own pages; the town commits itself to it.")

    def rows(self, rows):
        return rows.with_totals()

    def panels(self, request, record):
        of_line = {
            _("Purpose"): lambda row: row.get_purpose_display(),
            _("Earmarked"): lambda row: _("yes") if row.locked else "",
            _("Budget (yuan)"): lambda row: yuan(row.amount),
            _("Moved (yuan)"): lambda row: yuan(row.moved),
            _("Spent (yuan)"): lambda row: yuan(row.spent),
            _("Left (yuan)"): left_of,
        }
        return [
            self.panel(request, BudgetLine, of_line, lambda rows: rows.with_account(), budget=record),
            self.panel(request, Instalment, OF_INSTALMENT, lambda rows: rows.with_payments(), budget=record),
            self.panel(request, PurposeChange, OF_CASE, budget=record),
        ]

    @admin.display(description=_("Budget (yuan)"), ordering="total")
    def total(self, row):
        return yuan(row.total)

    @admin.display(description=_("In force since"), ordering="committed_on")
    def since(self, row):
        return day(row.committed_on)

    @admin.display(description=_("Before and after"))
    def changes(self, row):
        lines = [f"{one.what}: {one.before or '—'} → {one.after or '—'}" for one in differences(row)]
        return format_html("{}", gettext("; ").join(lines)) if lines else "—"


def left_of(row: BudgetLine):
    return chip(f"{row.left:,.2f}", "warn") if row.left < 0 else yuan(row.left)


def lateness(row: Instalment):
    days = row.days_late(timezone.localdate())
    if not days:
        return "—"
    return chip(number(days), "warn" if row.completed_on is None else "wait")


OF_INSTALMENT = {
    _("Instalment"): lambda row: link(row, row.number) if row.budget.state == B.COMMITTED else row.number,
    _("To be paid by"): lambda row: day(row.due_on),
    _("Planned (yuan)"): lambda row: yuan(row.amount),
    _("Paid (yuan)"): lambda row: yuan(row.paid),
    _("Of it in time (yuan)"): lambda row: yuan(row.paid_in_time),
    _("Days late"): lateness,
}
OF_CASE = {
    _("Change of purpose"): link,
    _("Reason"): lambda row: row.reason,
    _("State"): standing_of,
}
OF_BUDGET = {
    _("Year"): lambda row: link(row, row.year),
    _("Revision"): lambda row: row.revision,
    _("Budget (yuan)"): lambda row: yuan(row.total),
    _("State"): standing_of,
}


@admin.register(BudgetLine)
class BudgetLineAdmin(ScopedModelAdmin):
    joins = ("budget__station__unit", "budget__station__division")
    list_display = ["year", "at", "purpose", "locked", "planned", "shifted", "used", "remaining"]
    list_display_links = ["purpose"]
    list_filter = [
        ConditionFilter.on(
            "over",
            title=_("Overrun"),
            chips=True,
            conditions={"true": (_("Overrun"), lambda rows, today: rows.filter(left__lt=0))},
        ),
        ChoiceFilter.on("purpose"),
        PlaceFilter.on("budget__station__division__path"),
        PeriodFilter.on("budget__begins_on", title=_("Year")),
    ]
    search_fields = ["budget__station__unit__search"]
    search_help_text = _("Station")
    ordering = ["-budget__year", "budget__station__division__code", "pk"]
    sortable_by = ("year", "at")
    fieldsets = [(None, {"fields": ["budget", ("purpose", "locked"), "planned", ("shifted", "used", "remaining")]})]
    empty_hint = _("The lines of the budgets in force, with what was spent of each.")

    def rows(self, rows):
        return rows.filter(budget__in=Budget.objects.committed()).with_account()

    @admin.display(description=_("Year"), ordering="budget__year")
    def year(self, row):
        return row.budget.year

    @admin.display(description=_("Station"), ordering="budget__station__division__code")
    def at(self, row):
        return row.budget.station.name

    @admin.display(description=_("Budget (yuan)"))
    def planned(self, row):
        return yuan(row.amount)

    @admin.display(description=_("Moved (yuan)"))
    def shifted(self, row):
        return yuan(row.moved)

    @admin.display(description=_("Spent (yuan)"))
    def used(self, row):
        return yuan(row.spent)

    @admin.display(description=_("Left (yuan)"))
    def remaining(self, row):
        return left_of(row)


@admin.register(Instalment)
class InstalmentAdmin(ScopedModelAdmin):
    joins = ("budget__station__unit", "budget__station__division")
    list_display = ["due_on", "at", "which", "planned", "given", "in_time", "late"]
    list_display_links = ["which"]
    list_filter = [
        ConditionFilter.on("paid", title=_("Payment"), chips=True, conditions=LATE),
        PlaceFilter.on("budget__station__division__path"),
        PeriodFilter.on("due_on"),
    ]
    search_fields = ["budget__station__unit__search"]
    search_help_text = _("Station")
    ordering = ["-due_on", "budget__station__division__code", "pk"]
    sortable_by = ("due_on", "at")
    fieldsets = [
        (None, {"fields": ["budget", ("number", "due_on"), "planned", ("given", "in_time"), "late"]}),
    ]
    empty_hint = _("What towns have planned to pay, and whether they did by the day.")

    def rows(self, rows):
        return rows.in_force().with_payments()

    def panels(self, request, record):
        of_payment = {
            _("Day"): lambda row: link(row, day(row.on)),
            _("Amount (yuan)"): lambda row: yuan(row.amount),
            _("Document"): lambda row: row.document,
        }
        return [self.panel(request, Appropriation, of_payment, instalment=record)]

    @admin.display(description=_("Station"), ordering="budget__station__division__code")
    def at(self, row):
        return row.budget.station.name

    @admin.display(description=_("Instalment"))
    def which(self, row):
        return f"{row.budget.year} · {row.number}"

    @admin.display(description=_("Planned (yuan)"))
    def planned(self, row):
        return yuan(row.amount)

    @admin.display(description=_("Paid (yuan)"))
    def given(self, row):
        return yuan(row.paid)

    @admin.display(description=_("Of it in time (yuan)"))
    def in_time(self, row):
        return yuan(row.paid_in_time)

    @admin.display(description=_("Days late"))
    def late(self, row):
        return lateness(row)


@admin.register(Appropriation)
class AppropriationAdmin(MoneyAdmin):
    joins = ("station__unit", "station__division", "instalment", "reversal")
    list_display = ["on", "at", "sum", "instalment", "document", "marks"]
    list_display_links = ["on"]
    list_filter = [
        ConditionFilter.on("late", title=_("Entered late"), conditions=ENTERED_LATE),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("on"),
    ]
    ordering = ["-on", "-pk"]
    sortable_by = ("on", "at", "sum")
    fieldsets = [
        (None, {"fields": ["station", "year", ("sum", "on"), "instalment", "document", "note"]}),
        (_("As recorded"), {"fields": [("late", "reason"), "reverses", ("recorded_by", "recorded_at"), "division"]}),
    ]
    empty_hint = _("Towns enter on their own pages what they pay to their stations.")

    @admin.display(description=_("Remarks"))
    def marks(self, row):
        return marks_of(row)


@admin.register(Spending)
class SpendingAdmin(MoneyAdmin):
    joins = ("station__unit", "station__division", "reversal")
    list_display = ["on", "at", "purpose", "sum", "beyond", "document", "marks"]
    list_display_links = ["on"]
    list_filter = [
        ConditionFilter.on(
            "over",
            title=_("Beyond the budget"),
            chips=True,
            conditions={"true": (_("Beyond the budget"), lambda rows, today: rows.filter(over__gt=0))},
        ),
        ConditionFilter.on("late", title=_("Entered late"), conditions=ENTERED_LATE),
        ChoiceFilter.on("purpose"),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("on"),
    ]
    ordering = ["-on", "-pk"]
    sortable_by = ("on", "at", "sum")
    fieldsets = [
        (None, {"fields": ["station", ("year", "purpose"), ("sum", "on"), "beyond", "document", "note"]}),
        (_("As recorded"), {"fields": [("late", "reason"), "reverses", ("recorded_by", "recorded_at"), "division"]}),
    ]
    empty_hint = _("Station heads enter on their own pages what their stations spend.")

    @admin.display(description=_("Beyond the budget (yuan)"), ordering="over")
    def beyond(self, row):
        return in_column(chip(f"{row.over:,.2f}", "warn"), row.over) if row.over else yuan(None)

    @admin.display(description=_("Remarks"))
    def marks(self, row):
        return marks_of(row)


def marks_of(row: Appropriation | Spending):
    if row.reverses_id or row.is_reversed:
        return chip(_("Taken back"), "off")
    return chip(_("Entered late"), "warn") if row.late else ""


@admin.register(PurposeChange)
class PurposeChangeAdmin(MoneyAdmin):
    joins = ("station__unit", "station__division", "budget")
    list_display = ["filed_at", "at", "from_purpose", "to_purpose", "sum", "reason", "standing"]
    list_display_links = ["reason"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("filed_at"),
    ]
    search_fields = ["station__unit__search", "reason"]
    search_help_text = _("Station, or a word of the reason")
    ordering = ["-filed_at", "-pk"]
    sortable_by = ("filed_at", "at", "sum")
    fieldsets = [
        (None, {"fields": ["station", "budget", ("from_purpose", "to_purpose"), "sum", "reason", "document"]}),
        (_("As recorded"), {"fields": [("filed_by", "filed_at")]}),
    ]
    empty_hint = _("Who wants to use money of one purpose for another files a case; the bureau decides.")


def panels_of(page: ScopedModelAdmin, request, station: Station) -> list:
    """What the page of a station shows of its money."""
    return [page.panel(request, Budget, OF_BUDGET, lambda rows: rows.with_totals(), station=station)]
