"""A contract whose term is over, with what was delivered and evaluated, and its acceptances as far as a test needs them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import count
from typing import Any

from culture_admin.scoring.actions import draft_scheme
from culture_admin.scoring.models import Scheme
from culture_admin.workflow.actions import perform
from stewards.actions import draw_up, pay_contract, propose_deduction, propose_supplement, sign_contract
from stewards.actions.deliveries import Served, settle_deliveries
from stewards.models import (
    Acceptance,
    Contract,
    ContractPayment,
    Deduction,
    Delivery,
    Evaluation,
    Measure,
    PlannedPayment,
    Signature,
)
from tests.district import NOW, TODAY, District
from tests.stewards.deals import AWARDED, SIGNED, Deal

BEGAN, ENDED = date(2025, 5, 1), date(2026, 4, 30)
HALF = date(2025, 10, 31)
NUMBERS = count(1)


class Bill(Deal):
    """A deal whose term ran from 1 May 2025 to 30 April 2026."""

    def __init__(self, district: District, **terms):
        super().__init__(district, **{"begins_on": BEGAN, "ends_on": ENDED} | terms)

    def signed_alone(self) -> Contract:
        """Signed, with nobody posted under it."""
        self.procuring()
        sign_contract(actor=self.section, contract=self.contract, awarded_on=AWARDED, signed_on=SIGNED, at=NOW)
        self.contract.refresh_from_db()
        return self.contract

    @cached_property
    def scheme(self) -> Scheme:
        return draft_scheme(
            actor=self.section,
            at=NOW,
            place=self.district.county,
            subject="contract",
            year=2025,
            name_zh="文化管家服务标准",
            total=Decimal(100),
        )

    def instalment(self, number: int) -> PlannedPayment:
        return self.contract.plan.get(number=number)

    def deliver(self, measure: str, *amounts: int, on: date = BEGAN, town: str = "east") -> list[Delivery]:
        """Records of one line, each of so much of what its measure is kept in."""
        posting = self.posting(town)
        kept = [
            Served(
                "example", next(NUMBERS), posting.pk, posting.station_id, posting.county_id, posting.steward_id, on,
                {Measure(measure): amount},
            )
            for amount in amounts
        ]  # fmt: skip
        settle_deliveries(kept, at=NOW)
        return list(Delivery.objects.standing().filter(source_id__in=[one.source_id for one in kept]).order_by("pk"))

    def evaluated(self, score: str | None, first: date = BEGAN, last: date = HALF, **entries) -> Evaluation:
        """A concluded evaluation of the contract."""
        return Evaluation.objects.create(
            **{
                "contract": self.contract,
                "scheme": self.scheme,
                "year": last.year,
                "quarter": (last.month - 1) // 3 + 1,
                "first": first,
                "last": last,
                "score": score and Decimal(score),
                "state": Evaluation.State.CONCLUDED,
                "concluded_on": TODAY,
            }
            | entries
        )

    def deduct(self, kind: str, quantity: str, *, decided: bool = True, on: date = HALF, **entries) -> Deduction:
        deduction = propose_deduction(
            actor=self.section,
            contract=self.contract,
            kind=kind,
            on=on,
            quantity=Decimal(quantity),
            at=NOW,
            **{"reason": "核实属实"} | entries,
        )
        if decided:
            perform(deduction, "decide", actor=self.district.bureau_leader, at=NOW)
        return deduction

    def supplement(self, amount: str):
        more = propose_supplement(
            actor=self.section,
            contract=self.contract,
            line=self.line("teams"),
            quantity=Decimal(3),
            amount=Decimal(amount),
            document="试文采补〔2026〕1号",
            reason="新增三支队伍",
            at=NOW,
        )
        perform(more, "sign", actor=self.district.bureau_leader, at=NOW)
        return more

    def sheet(self, number: int = 2, evaluation: Evaluation | None = None, **entries) -> Acceptance:
        """The sheet of an instalment, of the half-year or of the rest of the term."""
        usual: dict[str, Any] = (
            {"first": BEGAN, "last": HALF} if number == 2 else {"first": date(2025, 11, 1), "last": ENDED}
        )
        usual |= {"instalment": self.instalment(number), "at": NOW}
        return draw_up(actor=self.section, contract=self.contract, evaluation=evaluation, **usual | entries)

    def sign_all(self, acceptance: Acceptance) -> Acceptance:
        """Submitted and signed by everybody."""
        perform(acceptance, "submit", actor=self.section, at=NOW)
        for signature in acceptance.signatures.all():
            perform(signature, "sign", actor=self.member(signature), at=NOW)
        return acceptance

    def member(self, signature: Signature):
        """Who signs for a unit."""
        if signature.unit == self.district.bureau:
            return self.section
        town = "east" if signature.unit.division_id == self.district.east.division_id else "west"
        role = "station_head" if signature.station_id else "town_officer"
        return getattr(self.district, f"{role}_{town}")

    def accepted(self, number: int = 2, score: str = "85.25", **entries) -> Acceptance:
        """The sheet of an instalment by performance, signed and accepted."""
        times = {"first": BEGAN, "last": HALF} if number == 2 else {"first": date(2025, 11, 1), "last": ENDED}
        acceptance = self.sign_all(self.sheet(number, self.evaluated(score, **times), **entries))
        perform(acceptance, "accept", actor=self.section, at=NOW)
        acceptance.refresh_from_db()
        return acceptance

    def over(self):
        """The term has come to its end."""
        return self._step("finish")

    def pay(self, number: int, amount: str, **entries) -> ContractPayment:
        return pay_contract(
            **{
                "actor": self.district.finance,
                "instalment": self.instalment(number),
                "amount": Decimal(amount),
                "on": TODAY,
                "document": "试财支〔2026〕7号",
                "at": NOW,
            }
            | entries
        )
