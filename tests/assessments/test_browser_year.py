"""A whole year of assessment, from the opening to the archive, by the six roles that have a part in it, each on his own pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from assessments.models import Cycle, Mark
from culture_admin.workflow.actions import perform
from tests.assessments.cast import Assessor, AtTheBureau, Finance, Head, Service, TownOfficer
from tests.assessments.years import Year, with_records
from tests.district import NOW, TODAY, District
from tests.people import entering


@pytest.fixture
def year(committed_db, settings, tmp_path) -> Year:
    """A year that is planned; in the west an activity was returned and forgotten."""
    settings.MEDIA_ROOT = tmp_path
    district = District()
    with_records(district)
    forgotten = district.log(district.west, begins_on=TODAY, attendance=100, title="漏记的活动")
    perform(forgotten, "return", actor=district.station_head_west, at=NOW, comment="人数不明")
    year = Year(district)
    for name in ("assessor_0", "assessor_1"):
        year.assessor(name)
    return year


@pytest.fixture
def enter(chromium: Browser, site: str, year: Year) -> Iterator[Callable[..., Any]]:
    with entering(chromium, site, year.district) as entered:
        yield entered


def test_a_year_is_played_through_by_six_roles(year: Year, enter: Callable[..., Any]):
    service = enter(Service, "service")
    service.opens(year.cycle)
    service.steps("Open", "Self-assessment")

    # The station says what it has, the town seals it; the west is carried along by the same verbs.
    head = enter(Head, "station_head_east")
    head.to_the_year()
    for code, said in {"1.1": "Yes", "2.3": "8", "3.1": "4.5", "4.1": "1", "4.2": "0", "4.3": "No"}.items():
        head.says(code, said)
    head.shows("1.1", "计划.jpg", date(2026, 1, 15))
    head.hands_over()
    town = enter(TownOfficer, "town_officer_east")
    town.seals()
    year.through("west")

    # The bureau reviews it and sends two assessors, one of whom has no signal.
    service.takes_up("Government of East Town")
    expect(service.page.locator("[id='item-1.1']")).to_contain_text("计划.jpg")
    service.reviews({"1.1": "Yes", "3.1": "4.5", "4.1": "1", "4.2": "0", "4.3": "No"})
    service.steps("Pass the first review", "First review passed")
    online, offline = (service.sends(name, year.of("east")) for name in ("assessor_0", "assessor_1"))
    enter(Assessor, "assessor_0").scores(online, "8")
    enter(Assessor, "assessor_1").scores_without_a_network(offline, "9")
    assert {mark.seat_id: mark.numbers for mark in Mark.objects.filter(seat__in=(online, offline))} == {
        online.pk: [8],
        offline.pk: [9],
    }
    service.opens(year.of("east"))
    expect(service.page.locator("[id='item-2.3']")).to_contain_text("8.5")
    service.steps("Conclude the acceptance", "Accepted on the spot")

    # Frozen, totalled, shown.
    service.opens(year.cycle)
    service.steps("Freeze the numbers", "Review and acceptance")
    service.steps("Draw up the totals", "Totals drawn up")
    leader = enter(AtTheBureau, "bureau_leader")
    leader.takes_up("Assessment of strong towns")
    leader.steps("Show the results", "In publicity")

    # The west objects to a record that was left out; it is upheld, and both scores stay.
    opposed = enter(TownOfficer, "town_officer_west")
    opposed.objects_to_what_is_left_out("1.2", "漏记的活动", "照片已补齐")
    leader.takes_up("1.2 · Government of West Subdistrict")
    leader.steps("Uphold", "Upheld", why="属实")
    assert leader.table("Scores before and after") == [["Before", "73.33", "2"], ["Afterwards", "80.00", "2"]]
    assert [line[:3] for line in leader.table("Whom it touches")] == [
        ["Government of East Town", "81.33", "86.67"],
        ["Government of West Subdistrict", "73.33", "80.00"],
    ]
    assert opposed.reads_outcome() == ["73.33 → 80.00", "2 → 2"]

    # Made final by a document, once the days of publicity are over.
    service.opens(year.cycle)
    service.names_the_document("试文〔2026〕9号")
    # A page goes by today's clock: the days are over because the first and the last of them are set back.
    yesterday = timezone.localdate() - timedelta(days=1)
    Cycle.objects.update(publicised_on=yesterday, objections_until=yesterday)
    leader.takes_up("Assessment of strong towns")
    leader.steps("Make final", "Final")

    # What the first place earned is paid, and the year is laid to the files.
    finance = enter(Finance, "finance")
    finance.takes_up("Government of East Town")
    finance.pays("50000", "试财〔2026〕3号")
    service.opens(year.cycle)
    service.steps("Archive", "Archived")

    # What the year came to, as the town reads it.
    assert town.reads_figures() == {"Score": "86.67 of 100", "Place": "1 of 2", "Title": "Excellent"}
    assert town.reads_computed() == {"After an objection": "86.67", "Totals": "81.33"}
    assert town.reads_award() == ("Paid out", ["50,000.00", "试财〔2026〕3号"])
    assert town.reads_titles() == [
        ("East Town Cultural Station", "文化强镇考核办法·优秀 · 试验县文化局 · 试文〔2026〕9号")
    ]
