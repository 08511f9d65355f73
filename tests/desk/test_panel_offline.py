"""Scoring on the spot in a real browser at 390 px: without a network, on two devices, and with one thumb."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.utils.dateparse import parse_datetime
from playwright.sync_api import Locator, Page, expect

from assessments.actions import mark_item
from assessments.models import Mark, PanelSeat
from culture_admin.accounts.models import User
from tests.assessments.visited import CODES, SAID, sealed, visit, visiting_year
from tests.browser import sign_in
from tests.desk.phones import close, desk, kept, queued, rest, states, until, violations, wait
from tests.desk.test_phone import wide
from tests.district import NOW, District

__all__ = ["desk"]

MARKS = "**/desk/panel/marks/"


@pytest.fixture
def lived_in(committed_db) -> District:
    return District()


@pytest.fixture
def seat(lived_in: District) -> PanelSeat:
    year = visiting_year(lived_in)
    sealed(year, "east")
    return visit(year, "east", lived_in.assessor)


@pytest.fixture
def user(lived_in: District, seat: PanelSeat) -> User:
    return lived_in.assessor


def address(seat: PanelSeat) -> str:
    return f"/desk/panel/{seat.pk}/"


def on(page: Page, code: str) -> Locator:
    """The form of an indicator."""
    return page.locator(f"form[data-code='{code}']")


def answer(page: Page, code: str, value: str) -> None:
    on(page, code).locator(f"label:has([value='{value}'])").tap()


def score(page: Page, code: str, *numbers: str) -> None:
    """Gives the answer, or writes the numbers one after the other."""
    if on(page, code).locator("[name=answer]").count():
        answer(page, code, numbers[0])
        return
    for number, written in enumerate(numbers, start=1):
        on(page, code).locator(f"[name=number_{number}]").fill(written)
    on(page, code).locator("[name=note]").evaluate("field => field.closest('details').open = true")
    on(page, code).locator("[name=note]").focus()


def kept_here(page: Page, number: int) -> None:
    """Waits until the phone keeps so many marks, and cannot send them."""
    for _time in range(100):
        if len(queued(page)) == number:
            rest(page)
            return
        page.wait_for_timeout(50)
    assert len(queued(page)) == number


def marks() -> dict[str, list[Decimal]]:
    return dict(Mark.objects.order_by("code").values_list("code", "numbers"))


def with_visits(page: Page, seat: PanelSeat) -> None:
    """Opens the list of visits, and waits until the page of the town is kept."""
    page.goto("/desk/panel/")
    kept(page)
    wait(page, f"caches.match('{address(seat)}').then(Boolean)")


def test_a_town_is_scored_without_a_network_on_a_page_that_was_never_opened(desk: Page, seat):
    with_visits(desk, seat)
    desk.context.set_offline(True)
    desk.goto(address(seat))
    assert violations(desk) == []
    assert wide(desk) == 0
    for number, (code, numbers) in enumerate(SAID.items(), start=1):
        score(desk, code, *numbers)
        kept_here(desk, number)
    expect(desk.locator("[data-scored]")).to_have_text("6")
    expect(desk.locator("[data-waiting]")).to_be_visible()
    assert not Mark.objects.exists()

    # The tab is closed and opened again in the next hall: everything stands as it was entered.
    page = desk.context.new_page()
    page.goto(address(seat))
    expect(on(page, "1.1").locator("[value='1']")).to_be_checked()
    expect(on(page, "2.1").locator("[name=number_1]")).to_have_value("4.5")
    expect(on(page, "2.2").locator("[name=number_4]")).to_have_value("100")
    rest(page)
    page.goto("/desk/panel/")
    expect(page.locator("[data-waits]")).to_contain_text("6")
    close(page)

    # Finishing needs a network, and says so without losing anything.
    desk.locator("[data-next]").tap()
    assert marks() == {}
    desk.context.set_offline(False)
    until(desk, *["sent"] * 6)
    assert marks() == {code: [Decimal(one) for one in numbers] for code, numbers in SAID.items()}
    sent_at = min(parse_datetime(entry["receipt"]["received_at"]) for entry in queued(desk))
    assert all(mark.marked_at < sent_at for mark in Mark.objects.all())
    finish = desk.locator("[data-steps] form:has([value=finish]) button")
    expect(finish).to_be_visible(timeout=10_000)
    finish.tap()
    desk.wait_for_url(re.compile(r"/desk/panel/(#.*)?$"))
    seat.refresh_from_db()
    assert seat.state == "finished"


def test_an_answer_is_one_tap_and_a_change_of_mind_another(desk: Page, seat):
    desk.goto(address(seat))
    answer(desk, "1.1", "0")
    until(desk, "sent")
    expect(on(desk, "1.1").locator("[data-state]")).to_have_class("state sent")
    answer(desk, "1.1", "1")
    until(desk, "sent", "sent")
    answer(desk, "1.1", "not_applicable")
    until(desk, "sent", "sent", "sent")
    mark = Mark.objects.get()
    assert (mark.found, mark.numbers, mark.version) == ("not_applicable", [], 3)


def test_a_number_is_stepped_with_a_thumb_and_sent_once_it_rests(desk: Page, seat):
    desk.goto(address(seat))
    more = on(desk, "1.3").locator("[data-step='1']")
    # All taps at once: how long the browser takes for one must not look as if the thumb had rested.
    more.evaluate("more => { for (let tap = 0; tap < 7; tap += 1) more.click(); }")
    on(desk, "1.3").locator("[data-step='-1']").tap()
    until(desk, "sent")
    assert marks() == {"1.3": [6]}
    assert Mark.objects.get().version == 1
    on(desk, "2.1").locator("[data-step='0.5']").tap()
    until(desk, "sent", "sent")
    assert marks()["2.1"] == [Decimal("0.5")]


def test_what_cannot_be_is_told_at_once_and_not_kept(desk: Page, seat):
    desk.goto(address(seat))
    score(desk, "2.1", "5.5")
    expect(on(desk, "2.1").locator("[data-fault]")).to_contain_text("5")
    score(desk, "1.3", "八间")
    expect(on(desk, "1.3").locator("[data-fault]")).to_be_visible()
    assert queued(desk) == []
    # As thumbs write it: full-width digits.
    score(desk, "1.3", "８")
    until(desk, "sent")
    assert marks() == {"1.3": [8]}


def test_a_mark_edited_before_it_is_sent_is_sent_once(desk: Page, seat):
    desk.goto(address(seat))
    desk.context.set_offline(True)
    answer(desk, "1.2", "1")
    kept_here(desk, 1)
    answer(desk, "1.2", "3")
    wait(desk, "document.querySelector(\"form[data-code='1.2'] [value='3']\").checked")
    for _time in range(100):
        (entry,) = queued(desk)
        if entry["fields"]["numbers"] == ["3"]:
            break
        desk.wait_for_timeout(50)
    assert (entry["fields"]["numbers"], entry["seen"]) == (["3"], "v0")
    desk.context.set_offline(False)
    until(desk, "sent")
    assert (marks(), Mark.objects.get().version) == ({"1.2": [3]}, 1)


def test_a_lost_answer_and_a_change_meanwhile_are_no_conflict(desk: Page, seat):
    def lost(route) -> None:
        route.fetch()
        route.abort()

    desk.route(MARKS, lost, times=1)
    desk.goto(address(seat))
    answer(desk, "1.2", "1")
    until(desk, "waiting")
    answer(desk, "1.2", "3")
    until(desk, "sent")
    assert (marks(), Mark.objects.get().version) == ({"1.2": [3]}, 2)


@pytest.mark.parametrize(("choice", "stands"), [("keep-mine", 4), ("take-theirs", 7)])
def test_what_another_device_entered_meanwhile_is_shown_to_choose(desk: Page, seat, choice, stands):
    desk.goto(address(seat))
    desk.context.set_offline(True)
    score(desk, "1.3", "4")
    kept_here(desk, 1)
    mark_item(actor=seat.assessor, seat=seat, code="1.3", numbers=[Decimal(7)], note="二楼漏看", at=NOW)
    desk.context.set_offline(False)
    conflict = on(desk, "1.3").locator("[data-conflict]")
    expect(conflict).to_be_visible(timeout=10_000)
    expect(conflict).to_contain_text("7")
    expect(conflict).to_contain_text("二楼漏看")
    assert violations(desk) == []
    conflict.locator(f"[data-{choice}]").tap()
    expect(conflict).to_be_hidden()
    expect(desk.locator("#unsent.some")).to_have_count(0)
    assert marks() == {"1.3": [stands]}
    expect(on(desk, "1.3").locator("[name=number_1]")).to_have_value(str(stands))
    # What he goes on to say stands on what he has chosen.
    score(desk, "1.3", "9")
    expect(on(desk, "1.3").locator("[data-state]")).to_have_class("state sent", timeout=10_000)
    for _time in range(50):
        if marks() == {"1.3": [9]}:
            break
        desk.wait_for_timeout(100)
    assert marks() == {"1.3": [9]}


def test_the_page_of_unsent_records_shows_marks_among_the_others(desk: Page, seat):
    desk.goto(address(seat))
    desk.context.set_offline(True)
    answer(desk, "1.2", "2")
    kept_here(desk, 1)
    desk.goto("/desk/queue/")
    item = desk.locator("#entries > li")
    expect(item.locator("[data-part=title]")).to_contain_text("1.2 环境整洁")
    expect(item.locator("[data-part=kind]")).to_contain_text("中")
    rest(desk)
    item.locator("[data-part=edit]").tap()
    desk.wait_for_url(f"**{address(seat)}#*")
    expect(on(desk, "1.2").locator("[value='2']")).to_be_checked()
    mark_item(actor=seat.assessor, seat=seat, code="1.2", numbers=[Decimal(1)], at=NOW)
    desk.context.set_offline(False)
    until(desk, "refused")
    desk.goto("/desk/queue/")
    conflict = desk.locator("#entries [data-part=conflict]")
    expect(conflict.locator("tbody td").nth(1)).to_contain_text("差")
    conflict.locator("[data-part=mine]").tap()
    until(desk, "sent")
    assert marks() == {"1.2": [2]}


def test_finishing_waits_for_what_is_not_sent(desk: Page, seat):
    for code in CODES:
        mark_item(actor=seat.assessor, seat=seat, code=code, numbers=[Decimal(one) for one in SAID[code]], at=NOW)
    desk.route(MARKS, lambda route: route.abort())
    desk.goto(address(seat))
    answer(desk, "1.1", "0")
    until(desk, "waiting")
    desk.locator("[data-steps] form:has([value=finish]) button").tap()
    expect(desk.locator("[data-away]")).to_contain_text("1")
    seat.refresh_from_db()
    assert seat.state == "appointed"


def test_signing_out_takes_the_towns_off_the_phone_and_leaves_what_is_unsent(desk: Page, site, seat, lived_in):
    # Before the first request: one that is under way when its address is closed goes through.
    desk.route(MARKS, lambda route: route.abort())
    with_visits(desk, seat)
    desk.context.set_offline(True)
    desk.goto(address(seat))
    answer(desk, "1.1", "1")
    kept_here(desk, 1)
    desk.goto("/desk/panel/")
    with desk.expect_request(MARKS):
        desk.context.set_offline(False)
    until(desk, "waiting")
    desk.click("details.account summary")
    desk.click("form[action*=logout] button")
    desk.wait_for_url("**/login/**")
    assert desk.evaluate("caches.keys().then(names => names.filter(name => name.startsWith('pages')))") == []
    assert states(desk) == ["waiting"]
    # Whoever signs in next does not send it.
    sign_in(desk.context, site, lived_in.service)
    desk.unroute(MARKS)
    desk.goto("/desk/queue/")
    expect(desk.locator("#others")).to_contain_text("assessor")
    assert not Mark.objects.exists()
