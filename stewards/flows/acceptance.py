"""The steps of an acceptance, of the signatures under it, and of a deduction."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.asking import ask_unit
from culture_admin.accounts.roles import listed
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stewards.actions.acceptance import (
    POWER,
    SIGNATURES,
    ask_members,
    is_last,
    note_acceptance,
    note_signature,
    release,
)
from stewards.actions.deductions import POWER as DEDUCTIONS
from stewards.flows.contracts import contract_place
from stewards.models import Acceptance, Contract, Deduction, Signature

A, S, D = Acceptance.State, Signature.State, Deduction.State
OF_SHEET = (
    "contract_id", "instalment_id", "evaluation_id", "first", "last", "gross", "factor", "deducted", "payable", "conclusion",
)  # fmt: skip
OF_DEDUCTION = ("contract_id", "kind", "line_id", "on", "quantity", "rate", "amount", "reason")
UNSIGNED = Q(signatures__state__in=[S.NAMED, S.WAITING, S.DECLINED])


def acceptance_content(acceptance: Acceptance) -> dict[str, object]:
    """What is decided on: the time, the amounts, every line."""
    return {
        **{name: getattr(acceptance, name) for name in OF_SHEET},
        "lines": [
            (one.line_id, one.target, one.done, one.evidence, one.verified, one.points, one.comment)
            for one in sorted(acceptance.lines.all(), key=lambda one: one.line_id)
        ],
    }


def refuse_unsigned(acceptance: Acceptance, actor) -> Obstacle | None:
    """It is accepted once everybody has signed, and for good once the service is over."""
    missing = [one for one in acceptance.signatures.all() if one.state != S.SIGNED]
    if missing:
        text = gettext("Still to be signed by: %(units)s.")
        return Obstacle("unsigned", text % {"units": listed(one.unit.name for one in missing)})
    if is_last(acceptance) and acceptance.contract.state != Contract.State.AWAITING:
        return Obstacle("not_finished", gettext("The last instalment is accepted once the contract's term is over."))
    return None


def refuse_paid(acceptance: Acceptance, actor) -> Obstacle | None:
    """What was paid for stands; a wrong payment is taken back first."""
    paid = sum((one.amount for one in acceptance.payments.all()), Decimal(0))
    if paid:
        text = gettext("%(paid)s yuan are paid; reverse the payments first.")
        return Obstacle("paid_already", text % {"paid": f"{paid:,.2f}"})
    later = [
        one
        for one in acceptance.contract.acceptances.all()
        if one.is_standing and one.instalment.number > acceptance.instalment.number
    ]
    if later:
        text = gettext("Instalment %(number)d was accepted after it; void that one first.")
        return Obstacle("later_first", text % {"number": later[0].instalment.number})
    if acceptance.contract.state == Contract.State.SETTLED:
        return Obstacle("contract_settled", gettext("The contract is settled."))
    return None


def refuse_another(signature: Signature, actor) -> Obstacle | None:
    """Each member signs for his own unit, in his own name, and once."""
    answer = ask_unit(actor.offices, SIGNATURES, signature.unit_id)
    if answer.office is None:
        return Obstacle(answer.code, str(answer.text))
    persons = {actor.pk, answer.office.acting_for} - {None}
    if any(one.signed_by_id in persons for one in signature.acceptance.signatures.all()):
        return Obstacle("signed_already", gettext("Nobody signs an acceptance twice, nor for two units."))
    return None


def only_with_sheet(signature: Signature, actor) -> Obstacle | None:
    return Obstacle("with_acceptance", gettext("This comes with the acceptance sheet."))


def refuse_taken(deduction: Deduction, actor) -> Obstacle | None:
    """What an acceptance has taken off is taken off."""
    if deduction.acceptance_id is None:
        return None
    return Obstacle("taken_already", gettext("It is taken off in an acceptance already."))


register(
    Flow(
        model=Acceptance,
        power=POWER,
        content=acceptance_content,
        labels={"lines": _("Service lines")},
        place=lambda row: contract_place(row.contract),
        related=("contract__place", "contract__firm__unit", "instalment", "evaluation"),
        fetched=(
            "lines",
            "signatures__unit",
            "payments",
            "contract__plan",
            "contract__acceptances__instalment",
        ),
        filed_by="drawn_up_by",
        steps={
            "submit": Step(
                pgettext_lazy("an acceptance", "Submit for signature"),
                [A.DRAWN_UP],
                A.SIGNING,
                POWER,
                after=ask_members,
                waits=True,
            ),
            "accept": Step(
                pgettext_lazy("an acceptance", "Accept"),
                [A.SIGNING],
                A.ACCEPTED,
                POWER,
                refuse=refuse_unsigned,
                after=note_acceptance,
                waits=~UNSIGNED,
            ),
            "refuse": Step(
                pgettext_lazy("an acceptance", "Do not accept"),
                [A.SIGNING],
                A.REFUSED,
                POWER,
                comment=True,
                after=release,
                danger=True,
            ),
            "void": Step(
                _("Void"),
                [A.DRAWN_UP, A.SIGNING, A.ACCEPTED],
                A.VOID,
                POWER,
                comment=True,
                refuse=refuse_paid,
                after=release,
                danger=True,
            ),
        },
    )
)
register(
    Flow(
        model=Signature,
        power=SIGNATURES,
        content=lambda row: {
            "acceptance_id": row.acceptance_id,
            "unit_id": row.unit_id,
            **{
                name: getattr(row.acceptance, name)
                for name in ("first", "last", "gross", "factor", "deducted", "payable")
            },
        },
        labels={
            name: Acceptance._meta.get_field(name).verbose_name
            for name in ("first", "last", "gross", "factor", "deducted", "payable")
        },
        place=lambda row: Place(row.unit.division.path, row.unit.division_id, row.station_id, unit_id=row.unit_id),
        related=("unit__division", "station", "acceptance__contract__place", "acceptance__contract__firm__unit"),
        fetched=("acceptance__signatures",),
        struck=(S.RELEASED,),
        steps={
            "ask": Step(pgettext_lazy("a signature", "Ask for"), [S.NAMED], S.WAITING, POWER, refuse=only_with_sheet),
            "sign": Step(
                pgettext_lazy("a signature", "Sign"),
                [S.WAITING, S.DECLINED],
                S.SIGNED,
                SIGNATURES,
                verb="propose",
                refuse=refuse_another,
                after=note_signature,
                waits=Q(state=S.WAITING),
            ),
            "decline": Step(
                pgettext_lazy("a signature", "Decline"),
                [S.WAITING],
                S.DECLINED,
                SIGNATURES,
                verb="propose",
                comment=True,
                refuse=refuse_another,
                danger=True,
            ),
            "release": Step(
                pgettext_lazy("a signature", "Release"),
                [S.NAMED, S.WAITING, S.DECLINED],
                S.RELEASED,
                POWER,
                refuse=only_with_sheet,
            ),
        },
    )
)
register(
    Flow(
        model=Deduction,
        power=DEDUCTIONS,
        content=lambda row: {name: getattr(row, name) for name in OF_DEDUCTION},
        place=lambda row: contract_place(row.contract),
        related=("contract__place", "contract__firm__unit", "line"),
        filed_by="filed_by",
        struck=(D.DROPPED,),
        steps={
            "decide": Step(pgettext_lazy("a deduction", "Decide"), [D.PROPOSED], D.DECIDED, DEDUCTIONS, waits=True),
            "drop": Step(
                pgettext_lazy("a deduction", "Drop"),
                [D.PROPOSED, D.DECIDED],
                D.DROPPED,
                DEDUCTIONS,
                comment=True,
                refuse=refuse_taken,
                danger=True,
            ),
        },
    )
)
