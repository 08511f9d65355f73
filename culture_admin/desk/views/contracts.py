"""Contracts on the desk: for the firm, the towns that are served and their stations; what happens next and who decides."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from culture_admin.accounts.asking import require
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import may_write
from culture_admin.workflow.explaining import Button
from culture_admin.workflow.steps import FLOWS
from stewards.actions.clocks import clocks_of
from stewards.filters import ContractFilter
from stewards.models import Contract, ContractPayment, Coverage, Delivery, PlannedPayment, ServiceLine, Supplement

POWER = "stewards.contracts"
STATES = ("preparing", "procuring", "signed", "performing", "awaiting", "accepted", "settled")
# Which step a contract takes next in each state, when all goes well.
NEXT = {
    "preparing": "procure",
    "procuring": "sign",
    "signed": "start",
    "performing": "finish",
    "awaiting": "accept",
    "accepted": "settle",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Where else something about a contract is shown: the words, the name of the address, and what is asked there."""

    label: object
    address: str
    query: str = ""


def doors_of(user, contract: Contract) -> list[Door]:
    """The other pages about a contract that are open to the user; whoever builds one adds a line here."""
    doors = []
    if contract.state not in Contract.DRAFTED and Delivery.scope.offices(user):
        doors.append(Door(gettext_lazy("Burn-down"), "desk:burn_down"))
    if may_write(user, "stewards.evaluations", ("see",)):
        doors.append(Door(_("Evaluations of contracts"), "desk:evaluations_of_contract"))
    if may_write(user, "stewards.findings", ("see",)):
        doors.append(Door(_("Findings in a service"), "desk:findings_of_contract"))
    if ContractPayment.scope.offices(user):
        doors.append(Door(pgettext("of contracts", "Payments"), "desk:contract_payments"))
    return doors


@page("GET")
def contracts(request: HttpRequest) -> HttpResponse:
    """Contracts in sight, the latest first; void ones only when asked for."""
    user = request.user
    require(user.offices, POWER, ("see",))
    rows = Contract.objects.visible_to(user).select_related("firm__unit")
    if not request.GET.get("state"):
        rows = rows.exclude(state=Contract.State.VOID)
    context = {
        "listing": listed(request, rows, ContractFilter, ("-begins_on", "-pk")),
        "states": [(state, Contract.State(state).label) for state in STATES],
    }
    return render(request, "desk/contracts.html", context)


@page("GET", "POST")
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """One contract: parties, term, lines, plan, clocks, and what happens next."""
    user, today = request.user, timezone.localdate()
    rows = Contract.objects.visible_to(user).select_related("firm__unit__division", "place", "renews")
    record = one(rows.prefetch_related(*FLOWS[Contract].fetched), pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:contract", pk)
    towns = Coverage.objects.filter(contract=record).select_related("station__unit", "station__division")
    lines = ServiceLine.objects.filter(contract=record).select_related("station__unit").prefetch_related("supplements")
    steps = buttons(record, user)
    supplements = Supplement.objects.visible_to(user).filter(contract=record).select_related("line", *OF_CONTRACT)
    context = {
        "contract": record,
        "record": record,
        "form": refused,
        "towns": [one.station for one in towns],
        "lines": lines.order_by("number"),
        "sees_plan": bool(PlannedPayment.scope.offices(user)),
        "clocks": clocks_of(record, today),
        "supplements": supplements.prefetch_related(Prefetch("contract__supplements")),
        "following": Contract.objects.visible_to(user).filter(renews=record).first(),
        "next": _next(record, steps),
        "doors": doors_of(user, record),
        "buttons": steps,
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/contract.html", context)


OF_CONTRACT = ("contract__place", "contract__firm__unit")


def _next(contract: Contract, steps: list[Button]) -> Button | None:
    """The step that comes next, open or grey; the page says who takes it and what stands in the way."""
    name = NEXT.get(contract.state)
    return next((button for button in steps if button.name == name), None)
