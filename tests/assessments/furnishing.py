"""A town's rows of a year's assessment, of every kind there is, each with a mark by which it is found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model

from assessments.actions import (
    appoint_assessor,
    change_cycle,
    claim_item,
    draft_cycle,
    mark_item,
    object_to,
    pay_award,
    plan_recheck,
    review_item,
    show_evidence,
)
from assessments.models import (
    Assessment,
    Award,
    Computation,
    Cycle,
    IndicatorScore,
    Item,
    Objection,
    PanelSeat,
    Recheck,
    Result,
)
from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.scoring.actions import draft_scheme
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import perform
from tests.assessments.years import JUDGED, YES_NO, counted, indicator
from tests.district import NOW, OPENED, TODAY, District
from tests.exchange.test_attachments import photo

# The pages of the desk by the model of their record.
PAGES_OF_ASSESSMENTS: dict[str, type[Model]] = {
    "panel": PanelSeat,
    "assessments": Assessment,
    "assessments/objections": Objection,
    "assessments/items": Item,
    "assessments/awards": Award,
    "assessments/rechecks": Recheck,
    "assessments/ranking": Computation,
    "assessments/result": Result,
}
YEARS = {"east": 2020, "west": 2021, "elsewhere": 2020}
ONE = [Decimal(1)]


@dataclass
class People:
    """Who carries a year through in a county."""

    section: User
    leader: User
    finance: User
    assessors: list[User]
    head: User
    officer: User


def people_of(district: District, town: str) -> People:
    bureau = district.station(town).county.units.get(kind=Unit.Kind.BUREAU)
    own = "" if town != "elsewhere" else "_elsewhere"

    def somebody(role: str, name: str) -> User:
        known = User.objects.filter(username=name).first()
        if known:
            return known
        user = issue_account(actor=None, username=name, name=name)
        grant_office(actor=None, user=user, role=role, unit=bureau, valid_from=OPENED)
        return user

    return People(
        section=district.service if not own else district.bureau_admin_elsewhere,
        leader=somebody(Role.BUREAU_LEADER, f"bureau_leader{own}"),
        finance=somebody(Role.FINANCE, f"finance{own}"),
        assessors=[somebody(Role.ASSESSOR, f"on_site_{number}{own}") for number in (1, 2)],
        head=getattr(district, f"station_head_{town}"),
        officer=getattr(district, f"town_officer_{town}"),
    )


def year_of(district: District, town: str, people: People, name: str, year: int) -> Cycle:
    """The plan of a year in which this town alone is assessed."""
    station = district.station(town)
    body: Any = {
        "sections": [
            {
                "code": "1",
                "name_zh": name,
                "weight": "30",
                "indicators": [
                    indicator("1.1", name, {"method": "M1", "target": "1", "full": "10"}, YES_NO, "10", evidence=name),
                    indicator(
                        "1.2", name, {"method": "M4", "target": "1", "full": "10"}, counted("activities.held"), "10"
                    ),
                    indicator(
                        "1.3", name, {"method": "M1", "target": "1", "full": "10"}, JUDGED, "10", check="on_site"
                    ),
                ],
            }
        ],
        "groups": [{"code": "A", "name_zh": name, "compared": "listed", "divisions": [station.division.code]}],
        "titles": [{"name_zh": name, "points": "10", "award": "100"}],
    }
    scheme = draft_scheme(
        actor=people.section, at=NOW, place=station.county, subject="town", year=year, name_zh=name,
        total=Decimal(30), document=name, **body,
    )  # fmt: skip
    perform(scheme, "propose", actor=people.section, at=NOW)
    perform(scheme, "publish", actor=people.leader, at=NOW)
    return draft_cycle(actor=people.section, scheme=scheme, self_until=TODAY, at=NOW)


def of_assessments(district: District, town: str, mark: str) -> Iterator[Model]:
    """A year of the town carried through to its award."""
    people = people_of(district, town)
    # What the county has published and shows is news for everybody in it, and bears nobody's mark.
    cycle = year_of(district, town, people, "公开办法", YEARS[town])
    perform(cycle, "open", actor=people.section, at=NOW)
    assessment = cycle.assessments.get()
    item = assessment.items.get(code="1.1")
    said = {"claimed": "value", "claimed_numbers": ONE, "note": mark}
    for code in ("1.1", "1.3"):
        claim_item(actor=people.head, item=assessment.items.get(code=code), at=NOW, **said)
    evidence = show_evidence(
        actor=people.head, item=item, name=f"{mark}.jpg", content=photo(), page=mark, note=mark, at=NOW
    )
    perform(assessment, "declare", actor=people.head, at=NOW)
    perform(assessment, "seal", actor=people.officer, at=NOW)
    perform(cycle, "lock", actor=people.section, at=NOW)
    item.refresh_from_db()
    judged = {"reviewed": "value", "reviewed_numbers": ONE, "remark": mark}
    item = review_item(actor=people.section, item=item, at=NOW, **judged)
    perform(assessment, "accept", actor=people.section, at=NOW)
    seats = list(_visits(people, assessment, mark))
    perform(assessment, "conclude", actor=people.section, at=NOW)
    perform(cycle, "total", actor=people.section, at=NOW)
    perform(cycle, "publicise", actor=people.leader, at=NOW)
    cycle.refresh_from_db()
    objection = object_to(
        actor=people.officer, assessment=assessment, code="1.1", wants="judge", asked="value", asked_numbers=ONE,
        grounds=mark, at=NOW,
    )  # fmt: skip
    perform(objection, "dismiss", actor=people.leader, at=NOW, comment=mark)
    later = _after(cycle)
    change_cycle(actor=people.section, cycle=cycle, document="试文〔2026〕9号", document_on=TODAY, at=NOW)
    cycle.refresh_from_db()
    perform(cycle, "finalise", actor=people.leader, at=later)
    assessment.refresh_from_db()
    recheck = plan_recheck(actor=people.section, assessment=assessment, due_on=later.date() + timedelta(7), at=later)
    award = Award.objects.get(assessment=assessment)
    payment = pay_award(
        actor=people.finance, award=award, amount=Decimal("40.00"), on=later.date(), document=mark, at=later
    )
    yield from (assessment, item, evidence, *seats, objection, award, payment, recheck)
    if town != "west":
        result = Result.objects.get(assessment=assessment)
        yield from (
            cycle,
            Computation.objects.get(cycle=cycle),
            result,
            IndicatorScore.objects.get(result=result, code="1.1"),
        )


def _visits(people: People, assessment: Assessment, mark: str) -> Iterator[Model]:
    for assessor in people.assessors:
        seat: PanelSeat = appoint_assessor(
            actor=people.section, assessment=assessment, assessor=assessor, visit_on=TODAY, at=NOW
        )
        yield mark_item(actor=assessor, seat=seat, code="1.3", numbers=ONE, note=mark, at=NOW)
        perform(seat, "finish", actor=assessor, at=NOW)
        yield seat


def _after(cycle: Cycle) -> datetime:
    """Noon of the day after the publicity."""
    until: date = cycle.objections_until
    return NOW + (until - TODAY) + timedelta(days=1)
