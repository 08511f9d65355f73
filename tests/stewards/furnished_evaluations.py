"""A contract for one town, evaluated, rated, with a finding and a spot check: rows with a mark by which they are found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Model

from activities.actions import log_activity
from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.scoring.actions import draft_scheme
from culture_admin.scoring.models import Scheme
from culture_admin.territory.models import Division
from culture_admin.workflow.actions import perform
from stewards.actions import (
    add_firm,
    add_steward,
    claim_evaluation,
    draft_contract,
    draw_spot_check,
    enter_outcomes,
    open_evaluation,
    open_finding_of_row,
    post_steward,
    rate_service,
    review_item,
    sign_contract,
)
from stewards.models import Contract, Evaluation, EvaluationItem, Firm, ServiceFinding, SpotCheck, TownRating
from tests.assessments.furnishing import people_of
from tests.district import NOW, OPENED, TODAY, District
from tests.stewards.firms import code_of
from tests.stewards.standards import SECTIONS

SERIALS = {"east": 951, "west": 952, "elsewhere": 953}
# Of the desk's addresses the model whose keys they bear.
PAGES_OF_EVALUATIONS: dict[str, type[Model]] = {
    "evaluations": Evaluation,
    "evaluations/items": EvaluationItem,
    "evaluations/ratings": TownRating,
    "service-findings": ServiceFinding,
    "service-checks": SpotCheck,
    "contracts": Contract,
}
NOTHING = {"claimed": "not_applicable", "note": "无"}
MAY = date(2026, 5, 1)


def of_evaluations(district: District, town: str, mark: str) -> Iterator[Model]:
    """An evaluation under review with an item and a rating, a spot check, and the finding that it led to."""
    people = people_of(district, town)
    firm = add_firm(
        actor=None, division=district.station(town).county, name_zh=f"{town}评价公司", uscc=code_of(SERIALS[town])
    )
    contract = _performing(district, town, people.section, firm, mark)
    evaluation = open_evaluation(
        actor=people.section, contract=contract, scheme=_standard(contract.place, people), year=2026, quarter=2, at=NOW
    )
    yield evaluation
    manager = issue_account(actor=None, username=f"manager_{town}", name=f"manager_{town}")
    grant_office(actor=None, user=manager, role=Role.FIRM_MANAGER, unit=firm.unit, valid_from=OPENED)
    said = {code: NOTHING | {"note": mark} for code in ("A1", "A2", "A3")}
    claim_evaluation(actor=manager, evaluation=evaluation, said=said, at=NOW)
    perform(evaluation, "declare", actor=manager, at=NOW)
    item = evaluation.items.get(code="A1")
    yield review_item(actor=people.section, item=item, reviewed="not_applicable", remark=mark, at=NOW)
    yield rate_service(actor=people.officer, rating=evaluation.ratings.get(), points=4, comment=mark, at=NOW)
    check = draw_spot_check(actor=people.section, contract=contract, first=MAY, last=TODAY, size=1, seed=7, at=NOW)
    said = {1: {"outcome": "false", "note": mark}}
    yield enter_outcomes(actor=people.section, spot_check=check, said=said, at=NOW)
    yield open_finding_of_row(actor=people.section, row=check.rows.get(), at=NOW)


def _standard(county: Division, people) -> Scheme:
    """One for all towns of a county."""
    known = Scheme.objects.filter(place=county, subject="contract", state="published").first()
    if known:
        return known
    scheme = draft_scheme(
        actor=people.section, at=NOW, place=county, subject="contract", year=2026, name_zh="文化管家服务规范",
        total=Decimal(100), document="试文〔2026〕2号", sections=SECTIONS,
    )  # fmt: skip
    perform(scheme, "propose", actor=people.section, at=NOW)
    perform(scheme, "publish", actor=people.leader, at=NOW)
    return scheme


def _performing(district: District, town: str, section: User, firm: Firm, mark: str) -> Contract:
    """In performance since May, with one activity that counts."""
    station = district.station(town)
    line = {"item": mark, "measure": "activities", "target": Decimal(1), "unit_price": Decimal(100), "weight": 100}
    contract = draft_contract(
        actor=section, at=NOW, place=station.county, stations=[station], number=f"{mark}评", name=mark, firm=firm,
        method="inquiry", budget=Decimal(1000), amount=Decimal(1000), headcount=1, begins_on=MAY,
        ends_on=date(2026, 12, 31), lines=[line],
    )  # fmt: skip
    perform(contract, "procure", actor=section, at=NOW)
    sign_contract(actor=section, at=NOW, contract=contract, awarded_on=date(2026, 4, 1), signed_on=date(2026, 4, 10))
    contract.refresh_from_db()
    steward = add_steward(actor=None, firm=firm, name=mark)
    posting = post_steward(actor=None, steward=steward, station=station, contract=contract, valid_from=MAY)
    log_activity(
        actor=getattr(district, f"station_head_{town}"), at=NOW, station=station, title=f"{mark}惠民",
        kind=district.kind("PERF"), begins_on=TODAY, posting=posting,
    )  # fmt: skip
    perform(contract, "start", actor=section, at=NOW)
    return contract
