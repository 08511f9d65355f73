"""The steps of a contract and of its supplements (DOMAIN.md §6.3)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stewards.actions.contracts import POWER, cost_of
from stewards.actions.credit import barred, why_barred
from stewards.actions.deliveries import settle_contract
from stewards.actions.signing import BREACH, close, date_supplements, reopen, supplements_left
from stewards.actions.standings import exit_rule
from stewards.models import Contract, Supplement
from stewards.paying import statement_of

C, S = Contract.State, Supplement.State
CONTENT = (
    "number", "name", "firm_id", "method", "budget", "amount", "headcount", "begins_on", "ends_on", "renewals_left",
    "quantity_share", "quality_share", "towns_share", "public_share", "absence_rate", "cancel_rate", "acceptance_terms",
    "breach_terms",
)  # fmt: skip


def contract_content(contract: Contract) -> dict[str, object]:
    """What is decided on: the terms, every line, the plan."""
    return {
        **{name: getattr(contract, name) for name in CONTENT},
        "lines": [
            (one.number, one.item, one.measure, one.station_id, one.kind, one.genre, one.target, one.unit_price, one.weight,
             one.first, one.last)
            for one in contract.lines.all()
        ],
        "plan": [(one.number, one.share, one.when, one.by_performance) for one in contract.plan.all()],
        "stations": sorted(one.station_id for one in contract.coverage.all()),
    }  # fmt: skip


def contract_place(contract: Contract) -> Place:
    return Place(contract.place.path, contract.place_id, firm_id=contract.firm_id)


def refuse_unlisted(contract: Contract, actor) -> Obstacle | None:
    """Nothing is procured without a service list whose weights make a whole and whose price is paid."""
    lines = list(contract.lines.all())
    if not lines:
        return Obstacle("no_lines", gettext("The service list is empty."))
    weights = sum(line.weight for line in lines)
    if weights != 100:
        text = gettext("The weights of the lines add up to %(sum)d, not to 100.")
        return Obstacle("weights_sum", text % {"sum": weights})
    cost = cost_of(lines)
    if cost > contract.amount:
        text = gettext("The lines cost %(cost)s yuan, %(more)s more than the contract's amount.")
        values = {"cost": f"{cost:,.2f}", "more": f"{cost - contract.amount:,.2f}"}
        return Obstacle("beyond_amount", text % values)
    return None


def refuse_unsigned(contract: Contract, actor) -> Obstacle | None:
    """It is signed with the days of the award and of the signing."""
    if contract.awarded_on is None or contract.signed_on is None:
        return Obstacle("days_missing", gettext("Sign it with the day of the award and the day of the signing."))
    return refuse_unlisted(contract, actor)


def firm_barred(contract: Contract, day: date) -> Obstacle | None:
    """Nobody signs with a firm that a serious penalty, or two failed years, keep from contracts."""
    penalty = barred(contract.firm, day)
    return Obstacle("firm_barred", why_barred(penalty)) if penalty else exit_rule(contract.firm, day)


def not_begun(contract: Contract, day: date) -> Obstacle | None:
    if day >= contract.begins_on:
        return None
    return Obstacle("not_begun", gettext("Its term begins on %(day)s.") % {"day": contract.begins_on})


def not_over(contract: Contract, day: date) -> Obstacle | None:
    if day >= contract.ends_on:
        return None
    return Obstacle("not_over", gettext("Its term runs until %(day)s.") % {"day": contract.ends_on})


def only_by_acceptance(contract: Contract, actor) -> Obstacle | None:
    return Obstacle(
        "only_by_acceptance", gettext("A contract is accepted when its last acceptance is signed by everybody.")
    )


def refuse_owing(contract: Contract, actor) -> Obstacle | None:
    """It is settled once all that is to be paid is paid."""
    statement = statement_of(contract)
    if statement.is_settled:
        return None
    return Obstacle("owing", gettext("%(left)s yuan are still to be paid.") % {"left": f"{statement.due:,.2f}"})


def only_by_reversal(contract: Contract, actor) -> Obstacle | None:
    return Obstacle("only_by_reversal", gettext("A contract is owed again when a payment is reversed."))


def only_by_voiding(contract: Contract, actor) -> Obstacle | None:
    return Obstacle("only_by_voiding", gettext("A contract is accepted anew when its last acceptance is voided."))


def refuse_too_large(supplement: Supplement, actor) -> Obstacle | None:
    """Another supplement may have been signed since this one was filed."""
    left = supplements_left(supplement.contract)
    if supplement.amount <= left:
        return None
    text = gettext("All supplements of a contract are at most 10 %% of its amount; %(left)s yuan are left.")
    return Obstacle("supplement_too_large", text % {"left": f"{left:,.2f}"})


def count_from_now(contracts: list[Contract], actor, at) -> None:
    """What was served under its postings already counts from now on."""
    for contract in contracts:
        settle_contract(contract, at=at)


register(
    Flow(
        model=Contract,
        power=POWER,
        content=contract_content,
        place=contract_place,
        labels={"lines": _("Service lines"), "plan": _("Payment plan"), "stations": _("Towns covered")},
        related=("place", "firm__unit__division"),
        fetched=(
            "lines",
            "plan",
            "coverage",
            "supplements",
            "acceptances",
            "payments",
            "firm__penalties",
            "firm__standings",
        ),
        steps={
            "procure": Step(
                pgettext_lazy("a contract", "Begin procurement"),
                [C.PREPARING],
                C.PROCURING,
                POWER,
                refuse=refuse_unlisted,
                untimely=firm_barred,
            ),
            "sign": Step(
                pgettext_lazy("a contract", "Sign"),
                [C.PROCURING],
                C.SIGNED,
                POWER,
                refuse=refuse_unsigned,
                untimely=firm_barred,
                after=count_from_now,
            ),
            "start": Step(
                pgettext_lazy("a contract", "Begin performance"), [C.SIGNED], C.PERFORMING, POWER, untimely=not_begun
            ),
            "finish": Step(
                pgettext_lazy("a contract", "End of term"), [C.PERFORMING], C.AWAITING, POWER, untimely=not_over
            ),
            "accept": Step(
                pgettext_lazy("a contract", "Accept"), [C.AWAITING], C.ACCEPTED, POWER, refuse=only_by_acceptance
            ),
            "settle": Step(
                pgettext_lazy("a contract", "Settle"), [C.ACCEPTED], C.SETTLED, POWER, refuse=refuse_owing, after=close
            ),
            "owe_again": Step(
                pgettext_lazy("a contract", "Owe again"),
                [C.SETTLED],
                C.ACCEPTED,
                POWER,
                refuse=only_by_reversal,
                after=reopen,
            ),
            "await": Step(
                pgettext_lazy("a contract", "Accept anew"), [C.ACCEPTED], C.AWAITING, POWER, refuse=only_by_voiding
            ),
            "end": Step(
                pgettext_lazy("a contract", "End by agreement"),
                [C.SIGNED, C.PERFORMING],
                C.ENDED,
                POWER,
                comment=True,
                after=close,
                danger=True,
            ),
            "terminate": Step(
                pgettext_lazy("a contract", "Terminate for breach"),
                [C.SIGNED, C.PERFORMING, C.AWAITING],
                C.TERMINATED,
                BREACH,
                comment=True,
                after=close,
                danger=True,
            ),
            "void": Step(_("Void"), [C.PREPARING, C.PROCURING], C.VOID, POWER, comment=True, danger=True),
        },
    )
)
register(
    Flow(
        model=Supplement,
        power=BREACH,
        content=lambda row: {
            name: getattr(row, name) for name in ("contract_id", "line_id", "quantity", "amount", "document", "reason")
        },
        place=lambda row: contract_place(row.contract),
        related=("contract__place", "contract__firm__unit", "line"),
        fetched=("contract__supplements",),
        filed_by="filed_by",
        steps={
            "sign": Step(
                pgettext_lazy("a contract", "Sign"),
                [S.PROPOSED],
                S.SIGNED,
                BREACH,
                refuse=refuse_too_large,
                after=date_supplements,
                waits=True,
            ),
            "withdraw": Step(
                _("Withdraw"), [S.PROPOSED], S.WITHDRAWN, BREACH, verb="propose", comment=True, danger=True
            ),
        },
    )
)
