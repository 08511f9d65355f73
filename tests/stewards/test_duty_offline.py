"""A steward checks in on a phone without a network; the day is kept, and sent once when there is one."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from culture_admin.accounts.models import User
from stewards.models import DutyDay
from tests.desk.phones import desk, kept, queued, rest, until, violations
from tests.desk.test_phone import wide
from tests.district import District
from tests.stewards.deals import Deal

__all__ = ["desk"]


@pytest.fixture
def lived_in(committed_db) -> District:
    return District()


@pytest.fixture
def deal(lived_in: District) -> Deal:
    deal = Deal(lived_in, ends_on=date(2029, 2, 28))
    deal.performing()
    return deal


@pytest.fixture
def user(lived_in: District, deal: Deal) -> User:
    return lived_in.steward_east


def test_one_tap_without_a_network_is_one_day_in_the_end(desk: Page, user: User):
    desk.goto("/desk/")
    kept(desk)
    assert violations(desk) == []
    assert wide(desk) == 0
    desk.context.set_offline(True)
    desk.goto("/desk/")
    desk.locator("form[data-check-in] button").tap()
    expect(desk.locator("[data-told] [data-when~=saved]")).to_be_visible()
    expect(desk.locator("form[data-check-in]")).to_be_hidden()
    rest(desk)
    assert not DutyDay.objects.exists()
    desk.context.set_offline(False)
    until(desk, "sent")
    duty = DutyDay.objects.get()
    assert (duty.day, duty.halves, duty.recorded_by) == (timezone.localdate(), 2, user)
    assert duty.device_at is not None
    assert [one["receipt"]["id"] for one in queued(desk)] == [duty.pk]
    desk.goto("/desk/")
    expect(desk.locator("form[data-check-in]")).to_have_count(0)


def test_a_day_written_without_a_network_is_mended_before_it_is_sent(desk: Page, user: User):
    desk.goto("/desk/duty-days/log/")
    kept(desk)
    desk.context.set_offline(True)
    desk.goto("/desk/duty-days/log/")
    desk.locator("[name=tasks]").fill("教腰鼓")
    desk.locator("form[data-duty] button.main").tap()
    expect(desk.locator("#kept strong[data-when~=saved]")).to_be_visible()
    desk.locator("#kept [data-edit]").tap()
    desk.locator("[name=halves]").select_option("1")
    desk.locator("form[data-duty] button.main").tap()
    expect(desk.locator("#kept strong[data-when~=saved]")).to_be_visible()
    rest(desk)
    desk.context.set_offline(False)
    until(desk, "sent")
    duty = DutyDay.objects.get()
    assert (duty.halves, duty.tasks) == (1, "教腰鼓")
