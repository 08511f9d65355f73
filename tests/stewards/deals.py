"""A contract of the district's firm for both its towns, carried as far as a test needs it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property

from culture_admin.accounts.models import User
from culture_admin.workflow.actions import perform
from stewards.actions import draft_contract, end_posting, post_steward, sign_contract
from stewards.models import Contract, Posting, ServiceLine
from tests.district import NOW, District

BEGINS, ENDS = date(2026, 3, 1), date(2027, 2, 28)
AWARDED, SIGNED = date(2026, 2, 2), date(2026, 2, 20)
# What is bought, of what, how many, at how many yuan each, and the weight: 500,000 yuan in all.
LINES = (
    ("群众文化活动策划与组织", "activities", 40, 5_000, 30),
    ("艺术培训", "class_hours", 240, 500, 25),
    ("文化管家驻点", "duty_days", 360, 300, 25),
    ("群众文艺团队建设", "teams", 10, 4_000, 10),
    ("文艺作品创作", "works", 4, 8_000, 10),
)


def service_list() -> list[dict[str, object]]:
    return [
        {"item": item, "measure": measure, "target": Decimal(target), "unit_price": Decimal(price), "weight": weight}
        for item, measure, target, price, weight in LINES
    ]


class Deal:
    """One contract and what hangs on it. `draft()`, `procuring()`, `signed()` and `performing()` carry it on and return it."""

    def __init__(self, district: District, **terms):
        self.district = district
        self.terms = terms

    @cached_property
    def section(self) -> User:
        return self.district.service

    @cached_property
    def contract(self) -> Contract:
        usual = {
            "place": self.district.county,
            "stations": [self.district.east, self.district.west],
            "number": "试文采〔2026〕3号",
            "name": "文化管家服务采购",
            "firm": self.district.firm,
            "method": Contract.Method.OPEN_TENDER,
            "budget": Decimal(600_000),
            "amount": Decimal(500_000),
            "headcount": 2,
            "begins_on": BEGINS,
            "ends_on": ENDS,
            "renewals_left": 2,
            "absence_rate": Decimal(500),
            "cancel_rate": Decimal(1_000),
            "lines": service_list(),
        }
        return draft_contract(actor=self.section, at=NOW, **usual | self.terms)

    def draft(self) -> Contract:
        return self.contract

    def procuring(self) -> Contract:
        return self._step("procure")

    def signed(self) -> Contract:
        """Signed, with both stewards posted under it from its first day."""
        self.procuring()
        sign_contract(actor=self.section, contract=self.contract, awarded_on=AWARDED, signed_on=SIGNED, at=NOW)
        self.contract.refresh_from_db()
        for town in ("east", "west"):
            former = self.district.posting(town)
            end_posting(actor=self.section, posting=former, on=BEGINS)
            post_steward(
                actor=self.section,
                steward=former.steward,
                station=self.district.station(town),
                contract=self.contract,
                valid_from=BEGINS,
            )
        return self.contract

    def performing(self) -> Contract:
        self.signed()
        return self._step("start")

    def line(self, measure: str) -> ServiceLine:
        return self.contract.lines.get(measure=measure)

    def posting(self, town: str) -> Posting:
        rows = Posting.objects.select_related("steward__user", "station__division", "firm__unit", "contract")
        return rows.get(contract=self.contract, station=self.district.station(town))

    def _step(self, step: str) -> Contract:
        perform(self.contract, step, actor=self.section, at=NOW)
        return self.contract
