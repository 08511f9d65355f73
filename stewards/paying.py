"""What a firm is paid and why: the performance factor, an instalment worked out to the fen, and where a contract's money stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.interfaces.money import FEN
from culture_admin.scoring.rules import in_points
from stewards.models import Acceptance, Contract, Deduction, Evaluation, PlannedPayment

# What a score earns where the contract agrees on nothing else (DOMAIN.md §6.3).
USUAL = ((90, 100), (80, 90), (70, 80), (60, 60))
# What a statement of a contract reads, for lists of many.
OF_MONEY = ("plan", "supplements", "payments", "acceptances")


@dataclass(frozen=True, slots=True)
class Factor:
    """How many hundredths of an instalment a score earns, and from which score on. Who earns nothing may be terminated."""

    percent: int
    least: int

    @property
    def may_terminate(self) -> bool:
        return self.percent == 0


def factor_of(contract: Contract, score: Decimal) -> Factor:
    """The highest of the contract's steps that the score reaches; below the lowest nothing is paid."""
    steps = [(step.least, step.percent) for step in contract.factors.all()] or USUAL
    reached = [(least, percent) for least, percent in steps if score >= least]
    least, percent = max(reached, default=(0, 0))
    return Factor(percent, least)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation. working: how; change: by how many yuan; amount: what stands after it, both exact."""

    code: str
    text: str
    working: str
    change: Decimal
    amount: Decimal

    @property
    def shown(self) -> str:
        """What stands after it, with all the decimals it has."""
        return yuan(self.amount)


@dataclass(frozen=True, slots=True)
class Worked:
    """An instalment worked out, in yuan with two decimals, and how."""

    gross: Decimal
    factor: int
    deducted: Decimal
    payable: Decimal
    workings: dict[str, Any]


def work_out(
    instalment: PlannedPayment, evaluation: Evaluation | None, deductions: Iterable[Deduction]
) -> tuple[Worked, list[Deduction]]:
    """What an instalment comes to, and which of the deductions are taken off.

    Each deduction is taken off whole, the oldest first; one for which nothing is left waits for the next instalment.
    """
    contract = instalment.contract
    workings: dict[str, Any] = {
        "amount": str(contract.amount),
        "supplements": [
            {"document": one.document, "signed_on": str(one.signed_on), "amount": str(one.amount)}
            for one in sorted(contract.supplements.all(), key=lambda one: one.pk)
            if one.state == one.State.SIGNED
        ],
        "share": instalment.share,
        "left_over": str(left_over(instalment)),
        "on_signing": instalment.on_signing,
        "factor": None,
        "deductions": [],
    }
    if instalment.by_performance and evaluation is not None and evaluation.score is not None:
        factor = factor_of(contract, evaluation.score)
        workings["factor"] = {
            "percent": factor.percent,
            "least": factor.least,
            "score": f"{evaluation.score:.2f}",
            "evaluation": str(evaluation),
        }
    left, taken = list(_lines(workings))[-1].amount, []
    for deduction in sorted(deductions, key=lambda one: (one.on, one.pk)):
        if deduction.amount <= left:
            left -= deduction.amount
            taken.append(deduction)
    workings["deductions"] = [_kept(one) for one in taken]
    percent = workings["factor"]["percent"] if workings["factor"] else 100
    deducted = sum((one.amount for one in taken), Decimal(0))
    return Worked(gross_of(instalment), percent, deducted, left, workings), taken


def gross_of(instalment: PlannedPayment) -> Decimal:
    """An instalment's share of the contract, in yuan; of the last one what all the others leave of the whole amount."""
    exact = instalment.contract.total * instalment.share / 100 + left_over(instalment)
    return exact.quantize(FEN, ROUND_HALF_UP)


def left_over(instalment: PlannedPayment) -> Decimal:
    """What the last instalment makes good: what rounding, and supplements since the others were accepted, left of the amount."""
    contract = instalment.contract
    plan = list(contract.plan.all())
    if instalment.number != max(one.number for one in plan) or sum(one.share for one in plan) != 100:
        return Decimal(0)
    accepted = {one.instalment_id: one.gross for one in contract.acceptances.all() if one.is_standing}
    others = sum((accepted.get(one.pk, one.gross) for one in plan if one.pk != instalment.pk), Decimal(0))
    return contract.total - others - contract.total * instalment.share / 100


def explained(acceptance: Acceptance) -> list[Line]:
    """Every yuan of what is to be paid, in the reader's language: the changes add up to the payable amount exactly."""
    return list(_lines(acceptance.workings))


def as_text(acceptance: Acceptance, language: str) -> str:
    """The explanation in words, one line for each step of the reckoning."""
    with translation.override(language):
        return "\n".join(_said(line) for line in explained(acceptance))


def in_every_language(acceptance: Acceptance) -> dict[str, str]:
    return {code: as_text(acceptance, code) for code, _name in settings.LANGUAGES}


def yuan(amount: Decimal) -> str:
    """An amount with all the decimals it has, at least two."""
    return f"{amount.normalize():,f}" if amount != amount.quantize(FEN) else f"{amount:,.2f}"


@dataclass(frozen=True, slots=True)
class Due:
    """How one instalment stands: what it is of, what is to be paid of it as far as that is known, what is paid, what is left."""

    instalment: PlannedPayment
    acceptance: Acceptance | None
    gross: Decimal
    payable: Decimal | None
    paid: Decimal
    why: object

    @property
    def left(self) -> Decimal | None:
        return None if self.payable is None else self.payable - self.paid


@dataclass(frozen=True, slots=True)
class Statement:
    """The money of a contract, instalment by instalment, in yuan."""

    contract: Contract
    rows: list[Due]

    @property
    def payable(self) -> Decimal:
        """What is to be paid as far as it is known."""
        return sum((row.payable for row in self.rows if row.payable is not None), Decimal(0))

    @property
    def paid(self) -> Decimal:
        return sum((row.paid for row in self.rows), Decimal(0))

    @property
    def due(self) -> Decimal:
        """What could be paid today."""
        return self.payable - self.paid

    @property
    def is_settled(self) -> bool:
        """Whether everything is known and paid."""
        return all(row.left == 0 for row in self.rows)


NOT_SIGNED = gettext_lazy("the contract is not signed")
OVER = gettext_lazy("the contract is not in force any more")
NOT_ACCEPTED = gettext_lazy("nothing is accepted yet")
BEING_ACCEPTED = gettext_lazy("being accepted")
TO_PAY = gettext_lazy("to be paid")
PAID = gettext_lazy("paid")
NOTHING_EARNED = gettext_lazy("nothing is to be paid")


def statement_of(contract: Contract) -> Statement:
    """Asks nothing of the database where OF_MONEY is fetched."""
    return Statement(contract, [due_of(one) for one in contract.plan.all()])


def due_of(instalment: PlannedPayment) -> Due:
    """How an instalment stands. Asks nothing of the database where OF_MONEY of its contract is fetched."""
    contract = instalment.contract
    standing = (one for one in contract.acceptances.all() if one.is_standing)
    acceptance = next((one for one in standing if one.instalment_id == instalment.pk), None)
    payments = (one.amount for one in contract.payments.all() if one.instalment_id == instalment.pk)
    paid = sum(payments, Decimal(0))
    gross = acceptance.gross if acceptance else gross_of(instalment)
    state = instalment.contract.state
    if instalment.on_signing and state in Contract.BINDING:
        payable, why = gross, TO_PAY
    elif instalment.on_signing:
        payable, why = None, NOT_SIGNED if state in Contract.DRAFTED else OVER
    elif acceptance is None:
        payable, why = None, NOT_ACCEPTED
    elif acceptance.state == Acceptance.State.ACCEPTED:
        payable, why = acceptance.payable, TO_PAY
    else:
        payable, why = None, BEING_ACCEPTED
    if payable is not None and payable <= paid:
        why = PAID if paid else NOTHING_EARNED
    return Due(instalment, acceptance, gross, payable, paid, why)


def _lines(workings: Mapping[str, Any]) -> Iterator[Line]:
    """The reckoning in its order. It is rounded once, half up, before deductions, which have two decimals themselves."""
    now = Decimal(workings["amount"])
    yield Line("amount", _("Amount of the contract"), "", now, now)
    for one in workings["supplements"]:
        more = Decimal(one["amount"])
        now += more
        text = _("Supplement %(document)s, signed on %(day)s") % {
            "document": one["document"],
            "day": _day(one["signed_on"]),
        }
        yield Line("supplement", text, f"+ {yuan(more)}", more, now)
    share = now * workings["share"] / 100
    yield Line("share", _("Share of this instalment"), f"× {workings['share']} %", share - now, share)
    now, rest = share, Decimal(workings["left_over"])
    if rest:
        now += rest
        yield Line("left_over", _("What the other instalments leave"), _signed(rest), rest, now)
    factor = workings["factor"]
    if factor:
        earned = now * factor["percent"] / 100
        yield Line("factor", _factor_in_words(factor), f"× {factor['percent']} %", earned - now, earned)
        now = earned
    rounded = now.quantize(FEN, ROUND_HALF_UP)
    if rounded != now:
        yield Line("rounding", _("Rounded to the fen, half up"), _signed(rounded - now), rounded - now, rounded)
        now = rounded
    if workings.get("on_signing"):
        yield Line("on_signing", _("Due since the signing, whatever is accepted"), _signed(-now), -now, Decimal(0))
        now = Decimal(0)
    for one in workings["deductions"]:
        less = Decimal(one["amount"])
        now -= less
        yield Line(
            "deduction", _deduction_in_words(one), f"− {one['quantity']} × {yuan(Decimal(one['rate']))}", -less, now
        )
    yield Line("payable", _("To be paid"), "", Decimal(0), now)


def _factor_in_words(factor: Mapping[str, Any]) -> str:
    score, least = in_points(factor["score"]), in_points(str(factor["least"]))
    named = {"score": score, "evaluation": factor["evaluation"], "least": least}
    if factor["percent"]:
        return _("Performance factor for %(score)s in the evaluation %(evaluation)s (from %(least)s)") % named
    return _("No payment for %(score)s in the evaluation %(evaluation)s; the contract may be terminated") % named


def _deduction_in_words(one: Mapping[str, Any]) -> str:
    return _("%(kind)s on %(day)s: %(reason)s") % {
        "kind": Deduction.Kind(one["kind"]).label,
        "day": _day(one["on"]),
        "reason": one["reason"],
    }


def _kept(deduction: Deduction) -> dict[str, str]:
    """A deduction as workings keep it."""
    return {
        "kind": deduction.kind,
        "on": str(deduction.on),
        "quantity": f"{deduction.quantity.normalize():f}",
        "rate": str(deduction.rate),
        "amount": str(deduction.amount),
        "reason": deduction.reason,
    }


def _signed(amount: Decimal) -> str:
    return f"{'+' if amount > 0 else '−'} {yuan(abs(amount))}"


def _day(written: str) -> str:
    return date_format(date.fromisoformat(written), "DATE_FORMAT")


def _said(line: Line) -> str:
    what = " ".join(filter(None, [line.text, line.working]))
    return _("%(what)s = %(amount)s yuan") % {"what": what, "amount": yuan(line.amount)}
