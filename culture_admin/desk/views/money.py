"""The money of a station: the account of a year, budgets, and cases to use money for another purpose."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.desk.accounts import account_of
from culture_admin.desk.forms.money import BudgetForm, PurposeChangeForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.reach import may_at, stations_for
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.queries import QueryParameters
from stations import actions
from stations.actions.budgets import budget_in_force, differences
from stations.filters import BudgetFilter
from stations.models import Appropriation, Budget, BudgetLine, Instalment, PurposeChange, Spending, Station
from stations.models.budgets import FIRST_YEAR, LAST_YEAR, OPEN

BUDGETS, PAYMENTS, SPENDING, PURPOSES = (
    f"stations.{power}" for power in ("budgets", "appropriations", "spending", "purposes")
)
LAST = 5


@page("GET")
def money(request: HttpRequest) -> HttpResponse:
    """One year of a station: plan against payment, purposes, the last entries, and what is wrong."""
    user, today = request.user, timezone.localdate()
    station, year = asked(request, BUDGETS, "see")
    if station is None:
        return choose(request, BUDGETS, "see", _("Money"))
    budgets = Budget.objects.visible_to(user).of(station, year)
    context = {
        "station": station,
        "several": stations_for(user, BUDGETS, "see").count() > 1,
        "year": year,
        "latest": today.year + 1,
        "query": f"?station={station.pk}&year={year}",
        "today": today,
        "account": account_of(user, station, year, today),
        "open": budgets.filter(state__in=OPEN).with_totals().first(),
        "returned": budgets.filter(state=Budget.State.RETURNED).order_by("-pk").first(),
        "payments": Appropriation.objects.visible_to(user).filter(station=station, year=year)[:LAST],
        "spendings": Spending.objects.visible_to(user).filter(station=station, year=year)[:LAST],
        "cases": PurposeChange.objects.visible_to(user).filter(station=station, budget__year=year),
        "may_file": may_at(user, BUDGETS, ("propose", "decide"), station),
        "may_pay": may_at(user, PAYMENTS, ("decide",), station),
        "may_spend": may_at(user, SPENDING, ("decide",), station),
        "may_ask": may_at(user, PURPOSES, ("propose",), station),
    }
    return render(request, "desk/money.html", context)


@page("GET")
def budgets(request: HttpRequest) -> HttpResponse:
    """Budgets of every station in sight, the latest first."""
    rows = Budget.objects.visible_to(request.user).with_totals().select_related("station__unit")
    listing = listed(request, rows, BudgetFilter, ("-year", "-pk"))
    states = [(state, Budget.State(state).label) for state in ("proposed", "awaiting", "committed", "returned")]
    return render(request, "desk/budgets.html", {"listing": listing, "states": states})


@page("GET", "POST")
def add_budget(request: HttpRequest) -> HttpResponse:
    """File the budget of a year, or a revision of the one in force, which stands in the form."""
    user = request.user
    require(user.offices, BUDGETS, ("propose", "decide"))
    station, year = asked(request, BUDGETS, "enter")
    title = _("File a budget")
    if station is None:
        return choose(request, BUDGETS, "enter", title)
    former = budget_in_force(station, year)
    returned = Budget.objects.visible_to(user).of(station, year).filter(state=Budget.State.RETURNED)
    shown = returned.filter(revision=former.revision + 1 if former else 0).order_by("-pk").first() or former
    form = BudgetForm(request.POST or None, former=shown)
    if former is None:
        form.fields.pop("reason", None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(actions.propose_budget, actor=user, station=station, year=year, **form.entries())
        if made:
            messages.success(request, _("Filed: %(state)s.") % {"state": made.get_state_display()})
            return redirect("desk:budget", made.pk)
    context = {"form": form, "station": station, "year": year, "former": former, "title": title}
    return render(request, "desk/budget_form.html", context)


@page("GET", "POST")
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """One budget: lines, instalments, what it says otherwise than the one before, and the steps the user may take."""
    user, today = request.user, timezone.localdate()
    rows = Budget.objects.visible_to(user).with_totals().select_related("station__unit", "station__division")
    record = one(rows, pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:budget", pk)
    instalments = Instalment.objects.filter(budget=record).with_payments().order_by("number")
    context = {
        "budget": record,
        "form": refused,
        "lines": BudgetLine.objects.filter(budget=record).with_account().order_by("pk"),
        "instalments": [(one, one.days_late(today)) for one in instalments],
        "differences": differences(record),
        "buttons": buttons(record, user),
        "matrix": matrix_of(Budget),
        "timeline": timeline(record),
    }
    return render(request, "desk/budget.html", context)


@page("GET", "POST")
def add_purpose_change(request: HttpRequest) -> HttpResponse:
    """Ask that money of one purpose be used for another."""
    user = request.user
    require(user.offices, PURPOSES, ("propose",))
    station, year = asked(request, PURPOSES, "propose")
    title = _("Use money for another purpose")
    if station is None:
        return choose(request, PURPOSES, "propose", title)
    lines = BudgetLine.objects.filter(budget__in=Budget.objects.committed().of(station, year)).with_account()
    purposes = [
        (line.purpose, _("%(purpose)s, %(left)s yuan left") % {"purpose": line.get_purpose_display(), "left": f"{line.left:,.2f}"})
        for line in lines
        if line.left > 0
    ]  # fmt: skip
    form = PurposeChangeForm(request.POST or None, purposes=purposes)
    if request.method == "POST" and form.is_valid():
        filed = form.attempt(
            actions.propose_purpose_change, actor=user, station=station, year=year, **form.cleaned_data
        )
        if filed:
            messages.success(request, _("Filed: %(state)s.") % {"state": filed.get_state_display()})
            return redirect("desk:purpose", filed.pk)
    return render(request, "desk/team_form.html", {"form": form, "station": station, "title": f"{title} · {year}"})


@page("GET", "POST")
def purpose(request: HttpRequest, pk: int) -> HttpResponse:
    """One case to use money for another purpose."""
    user = request.user
    rows = PurposeChange.objects.visible_to(user).select_related("station__unit", "station__division", "budget")
    record = one(rows, pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:purpose", pk)
    context = {
        "record": record,
        "title": _("Use money for another purpose"),
        "facts": [
            (_("Station"), record.station),
            (_("Budget"), record.budget),
            (_("From the purpose"), record.get_from_purpose_display()),
            (_("To the purpose"), record.get_to_purpose_display()),
            (_("Amount (yuan)"), f"{record.amount:,.2f}"),
            (_("Reason"), record.reason),
            (_("Document"), record.document),
        ],
        "form": refused,
        "buttons": buttons(record, user),
        "matrix": matrix_of(PurposeChange),
        "timeline": timeline(record),
    }
    return render(request, "desk/record.html", context)


def asked(request: HttpRequest, power: str, verb: str) -> tuple[Station | None, int]:
    """The station and the year that the address asks for; without a station the only one in reach, if there is one."""
    today = timezone.localdate()
    query = QueryParameters(request, known={"station", "year"}, blanks=True)
    chosen = query.whole("station")
    year = query.whole("year", default=today.year, least=FIRST_YEAR, most=LAST_YEAR)
    query.check()
    return station_of(stations_for(request.user, power, verb), chosen), year or today.year


def choose(request: HttpRequest, power: str, verb: str, title: str) -> HttpResponse:
    """Asks at which station."""
    stations = stations_for(request.user, power, verb)
    require(request.user.offices, power, (verb,))
    return render(request, "desk/choose_station.html", {"stations": stations, "title": title})
