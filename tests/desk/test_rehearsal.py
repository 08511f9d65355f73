"""Rehearsal on the desk: the gaps, and a sandbox that writes nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import take_interim
from assessments.models import Computation, Item, Result
from culture_admin.scoring.explained import enough
from tests.assessments.years import Year, with_records
from tests.district import NOW, TODAY, District

DRY = "Rehearsal – nothing is written"


@pytest.fixture
def year(district: District, settings, tmp_path) -> Year:
    settings.MEDIA_ROOT = tmp_path
    with_records(district)
    return Year(district).opened()


@pytest.fixture
def address(year: Year) -> str:
    return f"/desk/assessments/{year.of('west').pk}/rehearsal/"


@pytest.fixture
def west(sign_in):
    return sign_in("station_head_west")


def test_gaps_stand_with_most_points_first(west, year, address):
    page = west.get(address)
    assert [(gap.code, gap.missing, round(gap.gain, 2)) for gap in page.context["gaps"]] == [
        ("1.2", 2, Decimal("13.33")),
        ("2.2", 2, Decimal("13.33")),
    ]
    assert DRY in page.content.decode()


def test_what_is_asked_for_is_rounded_up_so_that_it_suffices():
    assert [enough(Decimal(one)) for one in ("2.580547112462", "0.6", "3.00000000000", "1e-9")] == [
        "2.5806",
        "0.6",
        "3",
        "0.0001",
    ]


def test_without_a_ranking_that_is_shown_there_is_nothing_to_start_from(west, year, address):
    year.through().totalled()
    page = west.get(address, {"1.2": "2"})
    assert (page.context["start"], page.context["found"]) == (None, None)


def test_a_few_more_make_another_score_and_overtake_and_nothing_is_written(west, year, address):
    year.through().totalled().publicised()
    written = [(model, model.objects.count()) for model in (Computation, Result, Item)]
    page = west.get(address, {"1.2": "2", "2.2": "2", "2.1": ""})
    found = page.context["found"]
    assert (found["before"], found["after"]) == (Decimal("73.33"), Decimal("100.00"))
    assert (found["place_before"], found["place_after"], found["overtaken"]) == (2, 1, "Government of East Town")
    assert page.content.decode().count(DRY) == 3
    assert [(model, model.objects.count()) for model, _number in written] == written


@pytest.mark.parametrize("said", ["x", "-1"])
def test_what_is_no_number_is_named(west, year, address, said):
    year.through().totalled().publicised()
    page = west.get(address, {"1.2": said})
    assert page.context["found"] is None
    assert 'class="faults"' in page.content.decode()


def test_an_indicator_that_is_not_there_is_a_400(west, address):
    assert west.get(address, {"9.9": "1"}).status_code == 400


def test_another_town_rehearses_for_itself(head, address):
    assert head.get(address).status_code == 404


def test_the_bureau_may_look(sign_in, address):
    assert sign_in("bureau_admin").get(address).status_code == 200


def test_it_asks_the_same_number_of_questions_for_few_records_and_for_many(west, year, district, address):
    take_interim(actor=district.service, cycle=year.cycle, until=TODAY, at=NOW)

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert west.get(address, {"1.2": "1"}).status_code == 200
        return len(captured)

    questions()
    few = questions()
    for number in range(10):
        district.log(district.west, begins_on=TODAY, title=f"第{number}场")
    assert questions() == few
