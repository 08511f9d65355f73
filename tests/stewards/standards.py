"""A small service standard of the district, and an evaluation of its contract carried as far as a test needs it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from culture_admin.scoring.actions import draft_scheme
from culture_admin.scoring.models import Scheme
from culture_admin.workflow.actions import perform
from stewards.actions import claim_evaluation, open_evaluation, rate_service, review_evaluation
from stewards.models import Contract, Evaluation, TownRating
from tests.district import NOW, District
from tests.stewards.deals import Deal

YEAR = 2026
GRADES = [{"name_zh": name, "value": value} for name, value in (("好", "10"), ("一般", "5"), ("差", "0"))]
SECTIONS: list[dict[str, Any]] = [
    {
        "code": "A",
        "name_zh": "保障",
        "name_en": "Guarantee",
        "weight": "40",
        "indicators": [
            {
                "code": "A1",
                "name_zh": "项目负责人",
                "points": "10",
                "rule": {"method": "M1", "target": "1", "full": "10"},
                "source": {"origin": "yes_no"},
                "evidence": "任命文件",
            },
            {
                "code": "A2",
                "name_zh": "管理制度",
                "points": "10",
                "rule": {"method": "M5", "each": "1", "most": "10"},
                "source": {"origin": "graded", "grades": GRADES},
            },
            {
                "code": "A3",
                "name_zh": "非遗服务",
                "points": "20",
                "rule": {"method": "M4", "target": "2", "full": "20"},
                "source": {"origin": "judged"},
            },
        ],
    },
    {
        "code": "B",
        "name_zh": "数量与满意",
        "name_en": "Quantity and satisfaction",
        "weight": "60",
        "indicators": [
            {
                "code": "B1",
                "name_zh": "人均活动",
                "points": "30",
                "rule": {"method": "M4", "target": "12", "full": "30"},
                "source": {"origin": "metric", "metric": "activities.held", "per": "stewards.posted"},
            },
            {
                "code": "B2",
                "name_zh": "满意度",
                "points": "30",
                "rule": {"method": "M4", "target": "4.5", "full": "30"},
                "source": {"origin": "metric", "metric": "activities.rating"},
            },
        ],
    },
]
# What the firm says of what is not counted, and what the review makes of it.
SAID: dict[str, dict[str, Any]] = {
    "A1": {"claimed": "value", "claimed_numbers": [Decimal(1)]},
    "A2": {"claimed": "value", "claimed_numbers": [Decimal(10)]},
    "A3": {"claimed": "not_applicable", "note": "镇内无非遗项目"},
}
REVIEWED: dict[str, dict[str, Any]] = {
    "A1": {"reviewed": "value", "reviewed_numbers": [Decimal(1)]},
    "A2": {"reviewed": "value", "reviewed_numbers": [Decimal(5)], "remark": "档案制度缺"},
    "A3": {"reviewed": "not_applicable", "remark": "属实"},
}


def standard(district: District, year: int = YEAR, **said: Any) -> Scheme:
    """A published service standard."""
    entries = {
        "sections": SECTIONS,
        "total": Decimal(100),
        "name_zh": "文化管家服务规范",
        "document": "试文〔2026〕2号",
    }
    scheme = draft_scheme(
        actor=district.service, at=NOW, place=district.county, subject="contract", year=year, **entries | said
    )
    perform(scheme, "propose", actor=district.service, at=NOW)
    perform(scheme, "publish", actor=district.bureau_leader, at=NOW)
    return scheme


class Evaluated:
    """One evaluation and its people. `opened()`, `claimed()`, `declared()`, `reviewed()` and `concluded()` carry it on."""

    def __init__(self, district: District, *, quarter: int | None = 1, deal: Deal | None = None):
        self.district = district
        self.deal = deal or Deal(district)
        self.quarter = quarter

    @cached_property
    def contract(self) -> Contract:
        contract = self.deal.draft()
        return self.deal.performing() if contract.state == Contract.State.PREPARING else contract

    @cached_property
    def scheme(self) -> Scheme:
        return standard(self.district)

    @cached_property
    def evaluation(self) -> Evaluation:
        return open_evaluation(
            actor=self.district.service,
            contract=self.contract,
            scheme=self.scheme,
            year=YEAR,
            quarter=self.quarter,
            at=NOW,
        )

    def opened(self) -> Evaluation:
        return self.evaluation

    def claimed(self) -> Evaluation:
        claim_evaluation(actor=self.district.firm_manager, evaluation=self.opened(), said=SAID, at=NOW)
        return self.evaluation

    def declared(self) -> Evaluation:
        self.claimed()
        perform(self.evaluation, "declare", actor=self.district.firm_manager, at=NOW)
        return self.evaluation

    def reviewed(self) -> Evaluation:
        self.declared()
        review_evaluation(actor=self.district.service, evaluation=self.evaluation, said=REVIEWED, at=NOW)
        return self.evaluation

    def rated(self, **points: int) -> None:
        """By town."""
        for town, number in points.items():
            officer = getattr(self.district, f"town_officer_{town}")
            rate_service(actor=officer, rating=self.rating(town), points=number, at=NOW)

    def rating(self, town: str) -> TownRating:
        return self.evaluation.ratings.get(station=self.district.station(town))

    def concluded(self, at: datetime = NOW) -> Evaluation:
        self.reviewed()
        self.rated(east=5, west=4)
        perform(self.evaluation, "conclude", actor=self.district.service, at=at)
        self.evaluation.refresh_from_db()
        return self.evaluation
