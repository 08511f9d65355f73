"""One contract from the tender to the last payment, by the clicks of the six roles that have a part in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from stewards.actions import end_posting
from stewards.models import Contract
from tests.district import District
from tests.people import entering
from tests.stewards.crew import AtTheBureau, Manager, OnDuty, OnThePhone
from tests.stewards.standards import standard

NAME = "文化管家服务"


def last_quarter(today: date) -> tuple[date, int]:
    """The first day of the quarter that is over, and its number."""
    before = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
    return before.replace(month=before.month - 2, day=1), before.month // 3


@pytest.fixture
def district(committed_db) -> District:
    return District()


@pytest.fixture
def enter(chromium: Browser, site: str, district: District) -> Iterator[Callable[..., Any]]:
    with entering(chromium, site, district) as entered:
        yield entered


def test_a_contract_is_followed_from_the_tender_to_the_last_payment(district: District, enter: Callable[..., Any]):
    today = timezone.localdate()
    begins, quarter = last_quarter(today)
    standard(district, begins.year)
    end_posting(actor=district.service, posting=district.posting("east"), on=begins)
    service, firm = enter(AtTheBureau, "service"), enter(Manager, "firm_manager")
    town, head = enter(OnThePhone, "town_officer_east"), enter(OnThePhone, "station_head_east")
    it_is_bought(service, district, begins, today)
    a_steward_is_posted(firm, town, service, begins)
    it_is_used(town, firm, enter(OnDuty, "steward_east"), head, today)
    it_is_evaluated(service, firm, town, begins.year, quarter)
    it_is_accepted(service, [head, town], begins, today)
    it_is_paid(enter(AtTheBureau, "finance"))
    the_firm_reads_every_yuan(firm)


def it_is_bought(service: AtTheBureau, district: District, begins: date, today: date) -> None:
    """Drawn up with its lists, procured, awarded, signed, filed; its term began with the last quarter and runs until today."""
    service.enters("contract")
    service.fills(
        number="试文采〔2026〕8号", name=NAME, firm=str(district.firm.pk), method="open_tender",
        budget="12万", amount="100,000", headcount="1", begins_on=begins.isoformat(), ends_on=today.isoformat(), stations=str(district.east.pk),
        lines=[
            {"item": "送戏进村", "measure": "activities", "target": "4", "unit_price": "10000", "weight": "60", "orderable": True},
            {"item": "驻点服务", "measure": "duty_days", "target": "60", "unit_price": "1000", "weight": "40"},
        ],
        plan=[{}, {"share": "60", "when": "accepted"}, {"share": "", "when": "", "by_performance": False}],
        factors=[{}, {}, {}, {}, {"percent": "50"}],
    )  # fmt: skip
    service.saves()
    service.opens("contract", NAME)
    service.stands("In preparation")
    service.steps("Begin procurement", "In procurement")
    service.does("Note the award", awarded_on=begins - timedelta(days=20))
    service.does("Sign the contract", signed_on=begins - timedelta(days=5))
    service.stands("Signed")
    service.does(
        "Note copy and publication", copied_on=begins - timedelta(days=4), published_on=begins - timedelta(days=4)
    )
    service.steps("Begin performance", "In performance")


def a_steward_is_posted(firm: Manager, town: OnThePhone, service: AtTheBureau, begins: date) -> None:
    """The firm proposes, the town consents, the bureau decides."""
    firm.proposes("陈琴", "East Town Cultural Station", begins)
    town.takes_up("Postings")
    town.row("陈琴")
    town.presses("Consent", "Waiting for the bureau")
    service.takes_up("陈琴")
    service.steps("Decide", "Decided")


def it_is_used(town: OnThePhone, firm: Manager, steward: OnDuty, head: OnThePhone, today: date) -> None:
    """Ordered from the menu, agreed to, served, confirmed; what was ordered is delivered by that."""
    town.to("menu")
    town.follow(town.page.locator("main a.button", has_text="送戏进村"))
    town.fills(what="越剧专场", quantity="1", wanted_on=today.isoformat())
    town.presses("Save", "Waiting for the service provider")
    firm.takes_up("Orders")
    firm.row("越剧专场")
    firm.presses("Agree", "Agreed")
    steward.checks_in()
    steward.logs("越剧进东村", 180)
    head.to("duty-days")
    head.follow(head.page.locator("main .rows a", has_text="陈琴").last)
    head.presses("Confirm", "Confirmed")
    head.to("confirm")
    head.page.locator("main .row.tools").get_by_role("button", name="Confirm", exact=True).tap()
    expect(head.page.locator("main .rows li")).to_have_count(0)
    town.to("orders")
    town.row("越剧专场")
    town.stands("Delivered")
    assert town.facts()["Quantity"] == "1 activities · 1 delivered"
    town.follow(town.page.locator("section[aria-labelledby=came] a"))
    expect(town.page.locator("main h1")).to_have_text("越剧进东村")


def it_is_evaluated(service: AtTheBureau, firm: Manager, town: OnThePhone, year: int, quarter: int) -> None:
    """By the firm itself, by the town, by the bureau."""
    service.enters("evaluation")
    service.fills(contract=str(Contract.objects.get().pk), year=str(year), quarter=str(quarter))
    service.page.locator("[name=scheme]").select_option(index=1)
    service.saves()
    firm.to("evaluations")
    firm.row(NAME)
    firm.says("A1", "Yes")
    firm.says("A2", "好")
    firm.says("A3", "2")
    firm.presses("Hand in", "Being reviewed")
    town.to("evaluations")
    town.row(NAME)
    town.page.get_by_text("4 · satisfied").tap()
    with town.page.expect_navigation():
        town.button("Give the rating").tap()
    service.opens("evaluation", NAME)
    service.reviews({"A1": ("1", ""), "A2": ("5", "档案制度缺"), "A3": ("2", "")})
    service.steps("Conclude", "Concluded")


def it_is_accepted(service: AtTheBureau, members: list[OnThePhone], begins: date, today: date) -> None:
    """Once its term is over, under the signatures of the bureau, the station and the town."""
    service.opens("contract", NAME)
    service.steps("End of term", "Awaiting acceptance")
    service.enters("acceptance")
    contract = Contract.objects.get()
    service.fills(
        contract=str(contract.pk), instalment=str(contract.plan.get(number=2).pk), first=begins.isoformat(),
        last=today.isoformat(), evaluation=str(contract.evaluations.get().pk), conclusion="合格",
    )  # fmt: skip
    service.saves()
    service.opens("acceptance", NAME)
    service.steps("Submit for signature", "Being signed")
    service.takes_up("Culture Bureau")
    service.steps("Sign", "Signed")
    for member in members:
        member.takes_up("Sign")
        member.row(NAME)
        member.presses("Sign", "Signed")
    service.opens("acceptance", NAME)
    service.steps("Accept", "Accepted")


def it_is_paid(finance: AtTheBureau) -> None:
    """By somebody who has not signed."""
    finance.pays("after signing", "40000", "试财支〔2026〕7号")
    finance.pays("after acceptance", "3万", "试财支〔2026〕8号")


def the_firm_reads_every_yuan(firm: Manager) -> None:
    firm.to("contracts")
    firm.row(NAME)
    firm.stands("Settled")
    firm.follow(firm.page.locator("main .chips").get_by_role("link", name="Payments"))
    assert firm.figures() == {
        "Amount of the contract": "100,000.00", "To be paid": "70,000.00", "Paid": "70,000.00", "Due": "0.00"
    }  # fmt: skip
    firm.row("after acceptance")
    firm.stands("Accepted")
    assert firm.reckoned() == ["100,000.00", "60,000.00", "30,000.00", "30,000.00"]
