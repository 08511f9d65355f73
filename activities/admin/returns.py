"""Visits and monthly returns in the bureau's admin: who has answered for which month."""

from __future__ import annotations

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from activities.actions.months import FILED_FLOWS, known
from activities.admin.records import IN_PLACE, RecordAdmin
from activities.models import MonthlyReturn, OpeningVisits
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    PeriodFilter,
    chip,
    day,
    number,
)
from culture_admin.statistics.register import METRICS

R = MonthlyReturn.State
TONES = {R.CLOSED: "good", R.CONFIRMED: "good", R.OPEN: "wait", R.CONTESTED: "warn", R.REOPENED: "warn"}
UNSETTLED = (R.OPEN, R.CONTESTED, R.REOPENED)


@admin.register(MonthlyReturn)
class MonthlyReturnAdmin(RecordAdmin):
    tones = TONES
    list_display = ["in_month", "at", "held", "sessions", "people", "confirmed_on", "standing"]
    list_display_links = ["in_month"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ConditionFilter.on(
            "missing",
            title=_("Answered for"),
            conditions={
                "true": (_("Not yet"), lambda rows, today: rows.filter(state__in=UNSETTLED)),
                "false": (_("Yes"), lambda rows, today: rows.settled()),
            },
        ),
        IN_PLACE,
        PeriodFilter.on("month"),
        ConditionFilter.on(
            "zero",
            title=_("Confirmed zero"),
            conditions={
                "true": (_("Nothing took place"), lambda rows, today: rows.filter(zero=True)),
                "false": (_("Something took place"), lambda rows, today: rows.filter(zero=False)),
            },
        ),
    ]
    ordering = ["-month", "station__division__code", "pk"]
    sortable_by = ("in_month", "at")
    fieldsets = [
        (None, {"fields": ["station", "month", "zero"]}),
        (_("As recorded"), {"fields": ["figures", "filed_at", ("division", "county")]}),
    ]
    empty_hint = _("The returns of a month are opened on the 1st of the next, one for each station.")

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "figures"]

    @admin.display(description=_("Month"), ordering="month")
    def in_month(self, one):
        return date_format(one.month, "YEAR_MONTH_FORMAT")

    @admin.display(description=_("Activities held"))
    def held(self, one):
        return number((one.filed or {}).get("activities.held"))

    @admin.display(description=_("Training sessions"))
    def sessions(self, one):
        return number((one.filed or {}).get("activities.sessions"))

    @admin.display(description=_("Person-times served"))
    def people(self, one):
        return number((one.filed or {}).get("activities.person_times"))

    @admin.display(description=_("Confirmed at"))
    def confirmed_on(self, one):
        return day(one.filed_at)

    @admin.display(description=_("State"))
    def standing(self, one):
        if one.zero and one.state == R.CONFIRMED:
            return chip(_("Confirmed zero"), self.tones[one.state])
        return super().standing(one)

    @admin.display(description=_("Figures as confirmed"))
    def figures(self, one):
        filed = one.filed or {}
        lines = [(METRICS[code].label, number(filed.get(code))) for code in known(FILED_FLOWS) if code in filed]
        return format_html_join(" · ", "{} {}", lines) or "—"


@admin.register(OpeningVisits)
class OpeningVisitsAdmin(RecordAdmin):
    list_display = ["on", "at", "people", "estimated"]
    list_filter = [IN_PLACE, PeriodFilter.on("on")]
    ordering = ["-on", "-pk"]
    sortable_by = ("on",)
    fieldsets = [
        (None, {"fields": ["station", "on", ("visitors", "estimated")]}),
        (_("As recorded"), {"fields": [("recorded_by", "recorded_at"), ("division", "county")]}),
    ]
    empty_hint = _("Stations enter on their phones how many people came in each day.")

    @admin.display(description=_("Visitors"))
    def people(self, row):
        return number(row.visitors)
