"""The four contracts of Xiaoshan's stewards: three years of each firm from the end of 2018, and a year of each that runs now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import timezone

from culture_admin.demo.days import ONE, Days
from culture_admin.demo.districts import County, read
from culture_admin.demo.entries import moment
from culture_admin.demo.firms import NAMES
from culture_admin.workflow.actions import perform
from stations.models import Station
from stewards.actions import draft_contract, note_filing, sign_contract
from stewards.actions.contracts import last_day
from stewards.models import Contract, Firm

FIRST_TERM = Days(date(2018, 12, 1), date(2021, 11, 30))
TERMS_OF_ACCEPTANCE = "按服务清单逐项验收；数量以镇街确认的记录为准，抽查不实的不计入。"
TERMS_OF_BREACH = "无故缺勤按日扣款；未通知取消活动按场扣款；弄虚作假的，该项加倍扣除并通报。"
# What a line is called, what it counts, how many of it a steward and year, at how many yuan each, and its weight.
LINES = (
    ("群众文化活动策划与组织", "activities", 8, 4_500, 30),
    ("艺术培训", "class_hours", 160, 220, 25),
    ("文化管家驻点服务", "duty_days", 180, 320, 25),
    ("群众文艺团队建设", "teams", 7, 2_400, 20),
)


class Lot(NamedTuple):
    """What one firm is bought for one term: for how many stewards, and of how many years."""

    key: str
    term: Days
    headcount: int
    years: int


def begin_of_present(today: date) -> date:
    """The contracts of the present begin with what the demo tells of it: the first day of last month."""
    return (today.replace(day=1) - ONE).replace(day=1)


def sign_contracts(county: County, firms: Mapping[str, Firm], today: date) -> dict[str, list[Contract]]:
    """Signs them, each in its time; by the key of the firm, the earlier first."""
    begins = begin_of_present(today)
    term = Days(begins, last_day(begins, 1))
    deals: dict[str, list[Contract]] = {key: [] for key in firms}
    for number, (lot_term, years) in enumerate(((FIRST_TERM, 3), (term, 1)), 1):
        for key, headcount in (("jiangnan", 13), ("qianchao", 13)):
            lot = Lot(key, lot_term, headcount, years)
            deals[key].append(_sign(county, firms[key], lot, number))
    return deals


def _sign(county: County, firm: Firm, lot: Lot, number: int) -> Contract:
    section, begins = county.people["service"], lot.term.first
    lines = service_list(lot)
    amount = sum((line["target"] * line["unit_price"] for line in lines), Decimal(0))
    letter = "甲乙"[list(NAMES).index(lot.key)]
    contract = draft_contract(
        actor=section,
        at=moment(begins, -75),
        place=county.division,
        stations=served_by(county, lot.key),
        number=f"萧文采〔{begins.year}〕{number}号-{letter}",
        name=f"萧山区文化管家服务（{letter}包）",
        firm=firm,
        method=Contract.Method.OPEN_TENDER,
        budget=amount + 50_000 * lot.years,
        amount=amount,
        manager=firm.manager,
        headcount=lot.headcount,
        begins_on=begins,
        ends_on=lot.term.last,
        renewals_left=0 if lot.years > 1 else 2,
        absence_rate=Decimal(500),
        cancel_rate=Decimal(1_000),
        acceptance_terms=TERMS_OF_ACCEPTANCE,
        breach_terms=TERMS_OF_BREACH,
        lines=lines,
    )
    perform(contract, "procure", actor=section, at=moment(begins, -60))
    awarded, signed = begins - timedelta(days=34), begins - timedelta(days=16)
    sign_contract(actor=section, contract=contract, awarded_on=awarded, signed_on=signed, at=moment(signed))
    contract.refresh_from_db()
    note_filing(
        actor=section,
        contract=contract,
        published_on=signed + ONE,
        copied_on=signed + timedelta(days=5),
        document="政府采购合同公告（演示文号）",
        at=moment(signed, 5),
    )
    contract.refresh_from_db()
    perform(contract, "start", actor=section, at=min(moment(begins), timezone.now()))
    return contract


def served_by(county: County, key: str) -> list[Station]:
    """The stations of the towns that a firm's stewards were ever sent to and that are the county's today."""
    keys = {row["town"] for row in read("postings.csv") if row["firm"] == key}
    return [town.station for town in county.towns_of_today if town.key in keys]


def service_list(lot: Lot) -> list[dict[str, Any]]:
    """Targets of the whole term: what is asked of a steward and year, for all of them."""
    times = lot.headcount * lot.years
    return [
        {
            "item": item,
            "measure": measure,
            "target": Decimal(each * times),
            "unit_price": Decimal(price),
            "weight": weight,
            # What is served all the year round is not ordered one by one.
            "orderable": measure in ("activities", "class_hours"),
        }
        for item, measure, each, price, weight in LINES
    ]


def under(services: Sequence[Any], begun: date) -> list[Any]:
    """The services under the contracts that began on a day."""
    return [one for one in services if one.posting.contract and one.posting.contract.begins_on == begun]
