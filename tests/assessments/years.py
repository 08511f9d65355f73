"""A year's assessment of the smallest whole district, carried as far as a test needs it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from activities.actions import register_team
from assessments.actions import (
    appoint_assessor,
    claim_items,
    draft_cycle,
    mark_item,
    review_items,
    show_evidence,
)
from assessments.models import Assessment, Cycle, PanelSeat
from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.scoring.actions import draft_scheme
from culture_admin.scoring.models import Scheme
from culture_admin.workflow.actions import perform
from tests.district import NOW, OPENED, TODAY, District
from tests.exchange.test_attachments import photo

YEAR = 2026
SELF_UNTIL = date(2026, 6, 1)
YES_NO = {"origin": "yes_no"}
JUDGED = {"origin": "judged"}


def counted(metric: str, **more: Any) -> dict[str, Any]:
    return {"origin": "metric", "metric": metric, **more}


def indicator(code: str, name: str, rule: dict, source: dict, points: str | None = None, **more: Any) -> dict[str, Any]:
    said = {"code": code, "name_zh": name, "rule": rule, "source": source, **more}
    return said | ({"points": points} if points else {})


SECTIONS = [
    {
        "code": "1",
        "name_zh": "组织与活动",
        "name_en": "Organisation and activities",
        "weight": "30",
        "indicators": [
            indicator(
                "1.1", "年度计划", {"method": "M1", "target": "1", "full": "10"}, YES_NO, "10", evidence="计划文件"
            ),
            indicator(
                "1.2", "文化活动", {"method": "M4", "target": "3", "full": "20"}, counted("activities.held"), "20"
            ),
        ],
    },
    {
        "code": "2",
        "name_zh": "参与与团队",
        "name_en": "Participation and teams",
        "weight": "50",
        "indicators": [
            indicator(
                "2.1",
                "场均人次",
                {"method": "M8", "full": "20", "against": "maximum"},
                counted("activities.person_times", per="activities.held"),
                "20",
            ),
            indicator(
                "2.2",
                "登记团队",
                {"method": "M4", "target": "3", "full": "20"},
                counted("activities.teams", span="year_end"),
                "20",
            ),
            indicator(
                "2.3",
                "功能用房",
                {"method": "M2", "bands": [["8", "10"], ["6", "7"], ["4", "4"]]},
                JUDGED,
                "10",
                check="on_site",
            ),
        ],
    },
    {
        "code": "3",
        "name_zh": "满意度",
        "name_en": "Satisfaction",
        "weight": "20",
        "indicators": [
            indicator("3.1", "群众满意度", {"method": "M11", "best": "5", "full": "20"}, {"origin": "survey"}, "20"),
        ],
    },
    {
        "code": "4",
        "name_zh": "加减分",
        "name_en": "Bonus and deduction",
        "weight": "0",
        "indicators": [
            indicator("4.1", "省级奖项", {"method": "M5", "each": "2", "most": "4"}, JUDGED, "4", part="bonus"),
            indicator("4.2", "迟报", {"method": "M9", "each": "0.5"}, JUDGED, part="deduction"),
            indicator("4.3", "重大安全事故", {"method": "M10"}, YES_NO, part="veto"),
        ],
    },
]
GROUPS = [{"code": "A", "name_zh": "全部镇街", "name_en": "All towns", "compared": "all"}]
TITLES = [
    {"name_zh": "优秀", "name_en": "Excellent", "points": "80", "best": "0.5", "award": "50000"},
    {"name_zh": "合格", "name_en": "Pass", "points": "40"},
]
# What each town says of what is not counted, and what the review makes of it.
SAID = {"1.1": ["1"], "3.1": ["4.5"], "4.1": ["1"], "4.2": ["0"], "4.3": ["0"]}


class Year:
    """A year's assessment with its people; each method goes one stretch further."""

    def __init__(self, district: District, subject: str = "town", **said: Any):
        self.district = district
        self.at: datetime = NOW
        entries = {"sections": SECTIONS, "groups": GROUPS, "titles": TITLES, "total": Decimal(100)} | said
        self.scheme: Scheme = draft_scheme(
            actor=district.service,
            at=NOW,
            place=district.county,
            subject=subject,
            year=YEAR,
            name_zh="文化强镇考核办法",
            name_en="Assessment of strong towns",
            document="试文〔2026〕1号",
            **entries,
        )
        perform(self.scheme, "propose", actor=district.service, at=NOW)
        perform(self.scheme, "publish", actor=district.bureau_leader, at=NOW)
        self.cycle: Cycle = draft_cycle(actor=district.service, scheme=self.scheme, self_until=SELF_UNTIL, at=NOW)

    def of(self, town: str) -> Assessment:
        return Assessment.objects.select_related("cycle__scheme", "division", "unit").get(
            cycle=self.cycle, division=self.district.town(town)
        )

    def opened(self) -> Year:
        perform(self.cycle, "open", actor=self.district.service, at=self.at)
        return self

    def said(self, town: str, **numbers: list[str]) -> Year:
        """The station says everything, with a file for what asks for one."""
        head, assessment = getattr(self.district, f"station_head_{town}"), self.of(town)
        entered = {
            code: {"claimed_numbers": list(map(Decimal, said)), "note": "见附件"}
            for code, said in (SAID | numbers).items()
        }
        entered["2.3"] = {"claimed_numbers": [Decimal(8)]}
        said = {code: {"claimed": "value", **entry} for code, entry in entered.items()}
        claim_items(actor=head, assessment=assessment, said=said, at=self.at)
        show_evidence(
            actor=head,
            item=assessment.items.get(code="1.1"),
            name="计划.jpg",
            content=photo(),
            page="2",
            happened_on=date(2026, 1, 15),
            at=self.at,
        )
        return self

    def sealed(self, town: str, **numbers: list[str]) -> Year:
        self.said(town, **numbers)
        perform(self.of(town), "declare", actor=getattr(self.district, f"station_head_{town}"), at=self.at)
        perform(self.of(town), "seal", actor=getattr(self.district, f"town_officer_{town}"), at=self.at)
        return self

    def accepted(self, town: str, **numbers: list[str]) -> Year:
        """The review says what the town says, but where told otherwise."""
        service, assessment = self.district.service, self.of(town)
        judged = {
            code: {"reviewed": "value", "reviewed_numbers": list(map(Decimal, said)), "remark": "经核实"}
            for code, said in (SAID | numbers).items()
        }
        review_items(actor=service, assessment=assessment, said=judged, at=self.at)
        perform(assessment, "accept", actor=service, at=self.at)
        return self

    def assessor(self, name: str) -> User:
        """An assessor of the county by this name, made where there is none yet."""
        known = User.objects.filter(username=name).first()
        if known:
            return known
        user = issue_account(actor=None, username=name, name=name)
        grant_office(actor=None, user=user, role=Role.ASSESSOR, unit=self.district.bureau, valid_from=OPENED)
        return user

    def seat(self, town: str, name: str, rooms: str | None = None) -> PanelSeat:
        """An assessor on the spot, finished where he is said to have found something."""
        assessor = self.assessor(name)
        seat = appoint_assessor(
            actor=self.district.service, assessment=self.of(town), assessor=assessor, visit_on=TODAY, at=self.at
        )
        if rooms is not None:
            mark_item(actor=assessor, seat=seat, code="2.3", numbers=[Decimal(rooms)], at=self.at)
            perform(seat, "finish", actor=assessor, at=self.at)
        return seat

    def checked(self, town: str, *rooms: str) -> Year:
        for number, found in enumerate(rooms or ("8", "8")):
            self.seat(town, f"assessor_{number}", found)
        perform(self.of(town), "conclude", actor=self.district.service, at=self.at)
        return self

    def through(self, *towns: str) -> Year:
        for town in towns or ("east", "west"):
            self.sealed(town).accepted(town).checked(town)
        return self

    def totalled(self) -> Year:
        perform(self.fresh(), "lock", actor=self.district.service, at=self.at)
        perform(self.fresh(), "total", actor=self.district.service, at=self.at)
        return self

    def publicised(self) -> Year:
        perform(self.fresh(), "publicise", actor=self.district.bureau_leader, at=self.at)
        self.fresh()
        return self

    def finalised(self) -> Year:
        self.later(30)
        cycle = self.fresh()
        Cycle.objects.filter(pk=cycle.pk).update(document="试文〔2026〕9号", document_on=TODAY)
        perform(self.fresh(), "finalise", actor=self.district.bureau_leader, at=self.at)
        return self

    def later(self, days: int) -> Year:
        self.at += timedelta(days=days)
        return self

    def fresh(self) -> Cycle:
        self.cycle = Cycle.objects.select_related("scheme", "place", "snapshot").get(pk=self.cycle.pk)
        return self.cycle


def with_records(district: District) -> None:
    """Three activities and two teams in the east, one of each in the west."""
    for day, people in ((4, 100), (5, 200), (6, 300)):
        district.log(begins_on=date(2026, 5, day), attendance=people)
    district.log(district.west, begins_on=date(2026, 5, 7), attendance=500)
    for station, names in ((district.east, ("越剧队", "舞龙队")), (district.west, ("腰鼓队",))):
        head = district.station_head_east if station == district.east else district.station_head_west
        for name in names:
            register_team(actor=head, at=NOW, station=station, name=name, leader="张三", venue="站内")
