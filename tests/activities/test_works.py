"""Works and prizes: entered by the station or proposed to it, and counted by the days they happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from activities.actions import award_prize, change_work, record_work, register_team
from activities.models import Work
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from tests.district import NOW, TODAY

CODES = ["activities.works_finished", "activities.prizes", "activities.works"]


@pytest.fixture
def work(district) -> Work:
    return record_work(
        actor=district.station_head_east,
        at=NOW,
        station=district.east,
        title="潮起东镇",
        kind="original",
        genre=district.genre("chorus"),
        finished_on=date(2025, 11, 3),
    )


def award(work: Work, district, **entries):
    values = {"name": "群星奖", "level": "province", "awarded_on": date(2026, 3, 1), "rank": "银奖"}
    return award_prize(actor=district.station_head_east, work=work, at=NOW, **values | entries)


def test_works_and_prizes_are_added_up_each_in_its_own_year(work, district):
    award(work, district)
    award(work, district, name="县文艺汇演", level="county")
    table = read(CODES, by=["year"], where={"genre": "chorus"})
    assert {row.keys["year"]: list(row.values.values()) for row in table.rows} == {
        2025: [1, None, 1],
        2026: [None, 2, 2],
    }
    assert list(table.total.values.values()) == [1, 2, 3]


def test_what_a_steward_proposes_counts_once_the_station_confirms_it(district):
    work = record_work(
        actor=district.steward_east, at=NOW, station=district.east, title="采茶", kind="performance", finished_on=TODAY
    )
    assert (work.state, work.steward.name) == ("proposed", "陈琴")
    assert not read(CODES).total.values["activities.works"]
    perform(work, "confirm", actor=district.station_head_east, at=NOW)
    assert read(CODES, where={"led_by": "steward"}).total.values["activities.works"] == 1


def test_with_a_void_work_its_prizes_do_not_count(work, district):
    award(work, district)
    perform(work, "void", actor=district.station_head_east, comment="误登", at=NOW)
    assert not read(CODES).total.values["activities.works"]
    with pytest.raises(StepRefused):
        award(work, district, name="另一奖")


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"finished_on": TODAY + timedelta(days=1)}, "finished_on"),
        ({"finished_on": date(1900, 1, 1)}, "finished_on"),
        ({"kind": "copied"}, "kind"),
        ({"title": ""}, "title"),
        ({"title": "潮起东镇"}, "__all__"),
    ],
)
def test_a_work_that_cannot_be_is_refused(work, district, entries, field):
    values = {"title": "新作", "kind": "original", "finished_on": TODAY}
    with pytest.raises(ValidationError) as refused:
        record_work(actor=district.station_head_east, at=NOW, station=district.east, **values | entries)
    assert field in refused.value.error_dict


def test_another_stations_team_made_no_work_here(work, district):
    team = register_team(actor=district.station_head_west, at=NOW, station=district.west, name="西街舞队")
    with pytest.raises(ValidationError) as refused:
        change_work(actor=district.station_head_east, work=work, at=NOW, team=team)
    assert "team" in refused.value.error_dict


@pytest.mark.parametrize("awarded_on", [date(2025, 11, 2), TODAY + timedelta(days=1)])
def test_a_prize_is_given_after_the_work_and_before_tomorrow(work, district, awarded_on):
    with pytest.raises(ValidationError):
        award(work, district, awarded_on=awarded_on)
