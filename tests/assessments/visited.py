"""A scheme in which every kind of value is scored on the spot, and a town that an assessor visits by it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from assessments.actions import appoint_assessor, claim_item, show_evidence
from assessments.models import Assessment, PanelSeat
from culture_admin.accounts.models import User
from culture_admin.workflow.actions import perform
from tests.assessments.years import JUDGED, YES_NO, Year, counted, indicator
from tests.district import TODAY, District
from tests.exchange.test_attachments import photo

GRADES = [
    {"name_zh": "好", "name_en": "Good", "value": "3"},
    {"name_zh": "中", "name_en": "Fair", "value": "2"},
    {"name_zh": "差", "name_en": "Poor", "value": "1"},
]
ON_SITE: dict[str, Any] = {"check": "on_site"}
SPOT = [
    {
        "code": "1",
        "name_zh": "设施",
        "name_en": "Premises",
        "weight": "40",
        "indicators": [
            indicator("1.1", "无障碍入口", {"method": "M1", "target": "1", "full": "10"}, YES_NO, "10", **ON_SITE),
            indicator(
                "1.2",
                "环境整洁",
                {"method": "M4", "target": "3", "full": "10"},
                {"origin": "graded", "grades": GRADES},
                "10",
                **ON_SITE,
            ),
            indicator(
                "1.3",
                "功能用房",
                {"method": "M2", "bands": [["8", "10"], ["6", "7"], ["4", "4"]]},
                JUDGED,
                "10",
                evidence="平面图",
                **ON_SITE,
            ),
            indicator(
                "1.4", "文化活动", {"method": "M4", "target": "3", "full": "10"}, counted("activities.held"), "10"
            ),
        ],
    },
    {
        "code": "2",
        "name_zh": "服务",
        "name_en": "Services",
        "weight": "60",
        "indicators": [
            indicator(
                "2.1",
                "现场满意度",
                {"method": "M11", "best": "5", "full": "20"},
                {"origin": "survey"},
                "20",
                **ON_SITE,
            ),
            indicator("2.2", "季度开放", {"method": "M13", "best": "100", "full": "20"}, JUDGED, "20", **ON_SITE),
            indicator("2.3", "特色项目", {"method": "M12"}, JUDGED, "20", **ON_SITE),
        ],
    },
]
CODES = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
SAID = {"1.1": ["1"], "1.2": ["3"], "1.3": ["8"], "2.1": ["4.5"], "2.2": ["90", "95", "90", "100"], "2.3": ["15"]}


def visiting_year(district: District) -> Year:
    """A year in which towns say and seal their part; nobody is appointed yet."""
    return Year(district, sections=SPOT).opened()


def sealed(year: Year, town: str) -> Assessment:
    """The town has said everything, with a file for what asks for one, and sealed it."""
    head, assessment = getattr(year.district, f"station_head_{town}"), year.of(town)
    for code, said in SAID.items():
        claim_item(
            actor=head,
            item=assessment.items.get(code=code),
            claimed="value",
            claimed_numbers=[Decimal(one) for one in said],
            note=f"{code} 见附件",
            at=year.at,
        )
    show_evidence(
        actor=head,
        item=assessment.items.get(code="1.3"),
        name="平面图.jpg",
        content=photo(),
        page="3",
        happened_on=date(2026, 2, 1),
        at=year.at,
    )
    perform(assessment, "declare", actor=head, at=year.at)
    perform(assessment, "seal", actor=getattr(year.district, f"town_officer_{town}"), at=year.at)
    return year.of(town)


def visit(year: Year, town: str, assessor: User, on: date = TODAY) -> PanelSeat:
    """Sends the assessor to a town that has sealed its part."""
    return appoint_assessor(
        actor=year.district.service, assessment=year.of(town), assessor=assessor, visit_on=on, at=year.at
    )
