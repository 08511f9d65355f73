"""Payments of the town and spendings of the station: lists, entering one, one with its reversal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from culture_admin.accounts.asking import require
from culture_admin.desk.forms.money import PaymentForm, ReverseForm, SpendingForm, default_day
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.reach import may_at
from culture_admin.desk.steps import matrix_of
from culture_admin.desk.views.money import asked, choose
from culture_admin.interfaces.filters import ScopedFilterSet
from stations import actions
from stations.actions import payments as paying
from stations.actions import spendings as spending
from stations.filters import AppropriationFilter, SpendingFilter
from stations.models import Appropriation, Finding, Instalment, Spending, Station
from stations.models.money import Entry


@dataclass(frozen=True)
class Kind:
    """What tells the pages of payments from those of spendings."""

    model: Any
    power: str
    filters: type[ScopedFilterSet]
    enter: Callable[..., Entry]
    reverse: Callable[..., Entry]
    listed_at: str
    shown_at: str
    added_at: str
    title: object
    add_title: object


PAYMENTS = Kind(
    Appropriation,
    paying.POWER,
    AppropriationFilter,
    actions.enter_payment,
    actions.reverse_payment,
    "desk:payments",
    "desk:payment",
    "desk:add_payment",
    gettext_lazy("Payments of the town"),
    gettext_lazy("Enter a payment"),
)
SPENDINGS = Kind(
    Spending,
    spending.POWER,
    SpendingFilter,
    actions.record_spending,
    actions.reverse_spending,
    "desk:spendings",
    "desk:spending",
    "desk:add_spending",
    gettext_lazy("Spendings"),
    gettext_lazy("Enter a spending"),
)


@page("GET")
def payments(request: HttpRequest) -> HttpResponse:
    return _list(request, PAYMENTS)


@page("GET")
def spendings(request: HttpRequest) -> HttpResponse:
    return _list(request, SPENDINGS)


@page("GET", "POST")
def add_payment(request: HttpRequest) -> HttpResponse:
    def form_of(data, station: Station, year: int, initial: dict) -> PaymentForm:
        planned = Instalment.objects.in_force().filter(budget__station=station, budget__year=year)
        planned = planned.with_payments().order_by("number")
        # The one that is due next: left alone, the field would put a payment outside the plan.
        initial["instalment"] = planned.filter(paid__lt=F("amount")).first()
        return PaymentForm(data, instalments=planned, initial=initial)

    return _add(request, PAYMENTS, form_of)


@page("GET", "POST")
def add_spending(request: HttpRequest) -> HttpResponse:
    def form_of(data, station: Station, year: int, initial: dict) -> SpendingForm:
        return SpendingForm(data, initial=initial)

    return _add(request, SPENDINGS, form_of)


@page("GET", "POST")
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """One payment, and taking it back."""
    return _one(request, PAYMENTS, pk, lambda entry: [(_("Instalment"), entry.instalment or _("Outside the plan"))])


@page("GET", "POST")
def spending_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One spending, how far it went beyond the budget, and taking it back."""
    return _one(
        request,
        SPENDINGS,
        pk,
        lambda entry: [
            (_("Purpose"), entry.get_purpose_display()),
            (_("Beyond the budget (yuan)"), f"{entry.over:,.2f}" if entry.over else ""),
        ],
    )


def _list(request: HttpRequest, kind: Kind) -> HttpResponse:
    rows = kind.model.objects.visible_to(request.user).select_related("station__unit", "reversal")
    context = {"listing": listed(request, rows, kind.filters, ("-on", "-pk")), "kind": kind}
    return render(request, "desk/entries.html", context)


def _add(request: HttpRequest, kind: Kind, form_of: Callable[..., Any]) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    require(user.offices, kind.power, ("decide",))
    station, year = asked(request, kind.power, "decide")
    if station is None:
        return choose(request, kind.power, "decide", str(kind.add_title))
    form = form_of(request.POST or None, station, year, {"on": default_day(year, today)})
    if request.method == "POST" and form.is_valid():
        made = form.attempt(kind.enter, actor=user, station=station, year=year, **form.cleaned_data)
        if made:
            _tell(request, made)
            return redirect(kind.shown_at, made.pk)
    title = f"{kind.add_title} · {year}"
    return render(request, "desk/team_form.html", {"form": form, "station": station, "title": title})


def _tell(request: HttpRequest, made: Any) -> None:
    """What was entered, and where it goes beyond the budget that too."""
    messages.success(request, _("Entered: %(amount)s yuan.") % {"amount": f"{made.amount:,.2f}"})
    if getattr(made, "over", 0):
        over = _("The purpose is overrun by %(over)s yuan.") % {"over": f"{made.over:,.2f}"}
        finding = Finding.objects.about(made).first()
        messages.warning(request, f"{over} {_('It has become a finding.')}" if finding else over)


def _one(request: HttpRequest, kind: Kind, pk: int, told: Callable[[Any], list]) -> HttpResponse:
    user = request.user
    rows = kind.model.objects.visible_to(user).select_related(
        "station__unit", "station__division", "recorded_by", "reverses", "reversal"
    )
    entry: Any = one(rows, pk)
    open_to_reverse = not entry.reverses_id and not entry.is_reversed
    may = open_to_reverse and may_at(user, kind.power, ("decide",), entry.station)
    form = ReverseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        named = {entry._meta.model_name: entry}
        made = form.attempt(kind.reverse, actor=user, **named, **form.cleaned_data)
        if made:
            messages.success(request, _("Taken back."))
            return redirect(kind.shown_at, made.pk)
    context = {
        "record": entry,
        "kind": kind,
        "title": f"{entry.amount:,.2f} {_('yuan')}",
        "facts": [
            (_("Station"), entry.station),
            (_("Budget year"), entry.year),
            (_("Day"), entry.on),
            *told(entry),
            (_("Voucher"), entry.document),
            (_("Note"), entry.note),
            (_("Entered late"), entry.reason if entry.late else ""),
            (pgettext("by whom and when", "Recorded"), _who_and_when(entry)),
        ],
        "finding": Finding.objects.visible_to(user).about(entry).first(),
        "form": form,
        "may_reverse": may,
        "matrix": matrix_of(kind.model),
    }
    return render(request, "desk/entry_of_money.html", context)


def _who_and_when(entry: Any) -> str:
    day: date = timezone.localdate(entry.recorded_at)
    return f"{entry.recorded_by or ''} · {day}"
