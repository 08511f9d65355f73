"""Acceptances on the desk: the sheet, who signs it, and what a firm is paid and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.workflow.steps import FLOWS
from stewards.filters import AcceptanceFilter, SignatureFilter
from stewards.models import Acceptance, Contract, ContractPayment, Deduction, Signature
from stewards.paying import OF_MONEY, explained, statement_of

ACCEPTANCES, SIGNATURES, PAYMENTS = (f"stewards.{power}" for power in ("acceptances", "signatures", "payments"))
OF_SHEET = ("contract__place", "contract__firm__unit", "instalment", "evaluation__contract")
OF_SIGNATURE = (
    "unit__division",
    "station",
    "acceptance__contract__place",
    "acceptance__contract__firm__unit",
    "acceptance__instalment",
)


@page("GET")
def acceptances(request: HttpRequest) -> HttpResponse:
    """Acceptances in sight, the latest first; void ones only when asked for."""
    user = request.user
    require(user.offices, ACCEPTANCES, ("see",))
    rows = Acceptance.objects.visible_to(user).select_related(*OF_SHEET)
    if not request.GET.get("state"):
        rows = rows.exclude(state=Acceptance.State.VOID)
    context = {
        "listing": listed(request, rows, AcceptanceFilter, ("-last", "-pk")),
        "states": [(state, Acceptance.State(state).label) for state in ("drawn_up", "signing", "accepted", "refused")],
    }
    return render(request, "desk/stewards/acceptances.html", context)


@page("GET", "POST")
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet: line by line what was delivered, why so much is to be paid, who has signed."""
    user = request.user
    rows = Acceptance.objects.visible_to(user).select_related(*OF_SHEET).prefetch_related(*FLOWS[Acceptance].fetched)
    record = one(rows, pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:acceptance", pk)
    context = {
        "record": record,
        "form": refused,
        "lines": record.lines.select_related("line").order_by("line__number"),
        "signatures": record.signatures.select_related("unit", "signed_by").order_by("pk"),
        "reckoned": explained(record),
        "sees_payments": bool(ContractPayment.scope.offices(user)),
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/stewards/acceptance.html", context)


@page("GET")
def signatures(request: HttpRequest) -> HttpResponse:
    """What the user's own units are asked to sign, what waits first."""
    user = request.user
    require(user.offices, SIGNATURES, ("propose",))
    rows = Signature.objects.visible_to(user, "propose").exclude(state=Signature.State.NAMED)
    listing = listed(request, rows.select_related(*OF_SIGNATURE), SignatureFilter, ("-pk",))
    states = [(state, Signature.State(state).label) for state in ("waiting", "signed", "declined")]
    return render(request, "desk/stewards/signatures.html", {"listing": listing, "states": states})


@page("GET", "POST")
def signature(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet in short, and the place to sign."""
    user = request.user
    rows = Signature.objects.visible_to(user).select_related(*OF_SIGNATURE, "signed_by")
    record = one(rows.prefetch_related(*FLOWS[Signature].fetched), pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:signature", pk)
    context = {
        "record": record,
        "sheet": record.acceptance,
        "lines": record.acceptance.lines.select_related("line").order_by("line__number"),
        "reckoned": explained(record.acceptance),
        "sees_sheet": Acceptance.objects.visible_to(user).filter(pk=record.acceptance_id).exists(),
        "form": refused,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/stewards/signature.html", context)


@page("GET")
def payments(request: HttpRequest, pk: int) -> HttpResponse:
    """The money of a contract: what is due, what is paid, and why this much."""
    user = request.user
    require(user.offices, PAYMENTS, ("see",))
    rows = Contract.objects.visible_to(user)
    contract = one(rows.select_related("firm__unit", "place").prefetch_related(*OF_MONEY), pk)
    paid = ContractPayment.objects.visible_to(user).filter(contract=contract).select_related("instalment", "reversal")
    deducted = Deduction.objects.visible_to(user).filter(contract=contract).select_related("line", "acceptance")
    context = {
        "contract": contract,
        "statement": statement_of(contract),
        "payments": paid.order_by("on", "pk"),
        "deductions": deducted.order_by("on", "pk"),
        "title": _("Payments: %(contract)s") % {"contract": contract.name},
    }
    return render(request, "desk/stewards/payments.html", context)
