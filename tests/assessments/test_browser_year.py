"""A whole year of assessment, from the opening to the archive, by the six roles that have a part in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from activities.models import Activity
from assessments.actions import object_to, pay_award
from assessments.models import Award, Cycle, Mark, Objection, PanelSeat
from culture_admin.workflow.actions import perform
from stations.models import Title
from tests.assessments.years import Year, with_records
from tests.browser import PHONE, sign_in
from tests.desk.phones import kept, states, until, violations, wait
from tests.district import NOW, TODAY, District

ON_SITE = "2.3"


class Cast:
    """The people of a year, each with what he does in it. What has no page yet is done by the verb that its page will call."""

    def __init__(self, chromium: Browser, site: str):
        self.chromium, self.site = chromium, site
        self.district = District()
        with_records(self.district)
        self.year = Year(self.district)
        self.contexts: list[BrowserContext] = []

    def phone_of(self, username: str) -> Page:
        """The phone of somebody who is signed in, with the desk's pages kept."""
        context = self.chromium.new_context(base_url=self.site, locale="zh-CN", **PHONE)
        self.contexts.append(context)
        sign_in(context, self.site, getattr(self.district, username))
        page = context.new_page()
        page.goto("/desk/")
        kept(page)
        return page

    def leave(self) -> None:
        for context in self.contexts:
            context.close()

    # --- service --------------------------------------------------------------------------------------------------

    def service_opens(self) -> None:
        self.year.opened()

    def service_reviews(self, town: str) -> None:
        self.year.accepted(town)

    def service_sends(self, town: str, *names: str) -> list[PanelSeat]:
        return [self.year.seat(town, name) for name in names]

    def service_concludes(self, town: str) -> None:
        perform(self.year.of(town), "conclude", actor=self.district.service, at=self.year.at)

    def service_totals(self) -> None:
        self.year.totalled()

    def service_archives(self) -> None:
        perform(self.year.fresh(), "archive", actor=self.district.service, at=self.year.at)

    # --- the town -------------------------------------------------------------------------------------------------

    def station_says(self, town: str) -> None:
        self.year.said(town)
        head = getattr(self.district, f"station_head_{town}")
        perform(self.year.of(town), "declare", actor=head, at=self.year.at)

    def town_seals(self, town: str) -> None:
        officer = getattr(self.district, f"town_officer_{town}")
        perform(self.year.of(town), "seal", actor=officer, at=self.year.at)

    def town_objects(self, town: str, record: Activity) -> Objection:
        return object_to(
            actor=getattr(self.district, f"town_officer_{town}"),
            assessment=self.year.of(town),
            code="1.2",
            wants="count",
            record=record,
            grounds="照片已补齐",
            at=self.year.at,
        )

    # --- assessors ------------------------------------------------------------------------------------------------

    def assessor_scores(self, seat: PanelSeat, rooms: str) -> None:
        """On his phone, from the first page on, with a network all the time."""
        page = self.phone_of(seat.assessor.username)
        page.locator("section[aria-labelledby=visits] a[data-seat]", has_text="东镇").tap()
        self._finds(page, rooms)
        until(page, "sent")
        self._finishes(page)

    def assessor_scores_without_a_network(self, seat: PanelSeat, rooms: str) -> None:
        """In a hall that no signal reaches: the page opens, what he finds is kept, and is sent on the way back."""
        page = self.phone_of(seat.assessor.username)
        page.goto("/desk/panel/")
        wait(page, f"caches.match('/desk/panel/{seat.pk}/').then(Boolean)")
        page.context.set_offline(True)
        page.locator(f"a[data-seat='{seat.pk}']").tap()
        self._finds(page, rooms)
        expect(page.locator("[data-waiting]")).to_be_visible()
        assert states(page) in (["saved"], ["waiting"])
        assert not Mark.objects.filter(seat=seat).exists()
        page.context.set_offline(False)
        until(page, "sent")
        self._finishes(page)

    def _finds(self, page: Page, rooms: str) -> None:
        number = page.locator(f"form[data-code='{ON_SITE}'] [name=number_1]")
        expect(number).to_be_visible()
        expect(page.locator("[data-step]").first).to_be_visible()
        assert violations(page) == []
        number.fill(rooms)
        number.press("Enter")
        expect(page.locator("[data-scored]")).to_have_text("1")

    def _finishes(self, page: Page) -> None:
        page.locator("[data-next]").tap()
        finish = page.locator("[data-steps] form:has([value=finish]) button")
        expect(finish).to_be_visible(timeout=10_000)
        finish.tap()
        page.wait_for_url(re.compile(r"/desk/panel/(#.*)?$"))

    # --- leader and finance ---------------------------------------------------------------------------------------

    def leader_shows(self) -> None:
        self.year.publicised()

    def leader_upholds(self, objection: Objection) -> None:
        perform(objection, "uphold", actor=self.district.bureau_leader, at=self.year.at, comment="属实")

    def leader_makes_final(self) -> None:
        self.year.finalised()

    def finance_pays(self, award: Award) -> None:
        pay_award(
            actor=self.district.finance,
            award=award,
            amount=award.amount,
            on=self.year.at.date(),
            document="试财〔2026〕3号",
            at=self.year.at,
        )


@pytest.fixture
def cast(chromium: Browser, site: str) -> Iterator[Cast]:
    people = Cast(chromium, site)
    yield people
    people.leave()


def test_a_year_is_played_through_by_six_roles(cast: Cast):
    forgotten = cast.district.log(cast.district.west, begins_on=TODAY, attendance=100, title="漏记的活动")
    perform(forgotten, "return", actor=cast.district.station_head_west, at=NOW, comment="人数不明")

    cast.service_opens()
    for town in ("east", "west"):
        cast.station_says(town)
        cast.town_seals(town)
        cast.service_reviews(town)
    online, offline = cast.service_sends("east", "assessor_0", "assessor_1")
    cast.assessor_scores(online, "8")
    cast.assessor_scores_without_a_network(offline, "9")
    assert list(PanelSeat.objects.values_list("state", flat=True)) == ["finished"] * 2
    assert {mark.seat_id: mark.numbers for mark in Mark.objects.all()} == {online.pk: [8], offline.pk: [9]}
    cast.service_concludes("east")
    cast.year.checked("west")

    cast.service_totals()
    cast.leader_shows()
    objection = cast.town_objects("west", forgotten)
    cast.leader_upholds(objection)
    objection.refresh_from_db()
    totals = {
        town: tuple(
            computation.results.get(assessment=cast.year.of(town)).total
            for computation in (objection.before, objection.after)
        )
        for town in ("east", "west")
    }
    # What counts in the west now lowers the yardstick of 2.1 from 500 to 300, by which the east gains too.
    assert totals == {"east": (Decimal("81.33"), Decimal("86.67")), "west": (Decimal("73.33"), Decimal("80.00"))}
    rooms = objection.after.results.get(assessment=cast.year.of("east")).scores.get(code=ON_SITE)
    assert (rooms.numbers, rooms.points) == ([Decimal("8.5")], 10)

    cast.leader_makes_final()
    assert Title.objects.get(station=cast.district.east, title="文化强镇考核办法·优秀").document == "试文〔2026〕9号"
    award = Award.objects.get()
    cast.finance_pays(award)
    award.refresh_from_db()
    assert (award.assessment, award.state, award.paid) == (cast.year.of("east"), "paid", Decimal(50000))
    cast.service_archives()
    assert cast.year.fresh().state == Cycle.State.ARCHIVED
