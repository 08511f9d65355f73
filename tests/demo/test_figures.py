"""The demo gives the figures that the two reports state, by the same door as every other number."""

from datetime import date

import pytest

from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read

pytestmark = pytest.mark.usefixtures("demo")

CIXI, XIAOSHAN, XINTANG = "330282", "330109", "330109004"
END_OF_NOVEMBER = date(2012, 11, 30)
STEWARDS_YEARS = Period(date(2018, 12, 1), date(2021, 12, 31))
BY_STEWARDS = {
    "activities.held": (461, 520),
    "activities.class_hours": (10_001, 11_000),
    "activities.person_times": (500_001, 550_000),
}


def total(*metrics: str, **asked) -> dict:
    return read(list(metrics), **asked).total.values


def test_cixis_nineteen_stations_are_legal_persons():
    asked = {"where": {"division": CIXI}, "as_of": END_OF_NOVEMBER}
    assert total("stations.registered", "stations.floor_area", **asked) == {
        "stations.registered": 19,
        "stations.floor_area": 98_988,
    }
    by_grade = read("stations.registered", by=["grade"], **asked)
    numbers = {row.keys["grade"]: row.values["stations.registered"] for row in by_grade.rows}
    assert {grade: number for grade, number in numbers.items() if number} == {"special": 5, "first": 13, "second": 1}


@pytest.mark.parametrize("hierarchy", ["as_was", "current"])
def test_xiaoshans_stewards_did_what_is_reported(hierarchy):
    numbers = total(
        *BY_STEWARDS, where={"division": XIAOSHAN, "led_by": "steward"}, period=STEWARDS_YEARS, hierarchy=hierarchy
    )
    for metric, (least, most) in BY_STEWARDS.items():
        assert least <= numbers[metric] <= most, metric


def test_the_streets_that_left_make_the_two_hierarchies_differ():
    as_was, current = (
        total("activities.held", where={"division": XIAOSHAN}, period=STEWARDS_YEARS, hierarchy=hierarchy)
        for hierarchy in ("as_was", "current")
    )
    assert as_was["activities.held"] > current["activities.held"]


@pytest.mark.parametrize("hierarchy", ["as_was", "current"])
def test_532_teams_and_26_stewards(hierarchy):
    asked = {"as_of": STEWARDS_YEARS.end, "hierarchy": hierarchy}
    teams = total("activities.teams", where={"division": XIAOSHAN, "led_by": "steward"}, **asked)
    assert teams["activities.teams"] == 532
    assert total("stewards.posted", where={"division": XIAOSHAN}, **asked)["stewards.posted"] == 26


@pytest.mark.parametrize("metric", ["activities.held", "activities.person_times"])
def test_xintang_rises_from_the_last_place_to_the_upper_middle(metric):
    table = read(metric, by=["division:town", "year"], where={"division": XIAOSHAN}, period=STEWARDS_YEARS)
    ranks = {
        year: sorted(
            (row.values[metric] for row in table.rows if row.keys["year"] == year and row.values[metric] is not None),
            reverse=True,
        ).index(_of_xintang(table, metric, year))
        + 1
        for year in (2019, 2020)
    }
    assert ranks[2019] == _places(table, metric, 2019)
    assert 4 <= ranks[2020] <= 12


def _of_xintang(table, metric: str, year: int):
    return next(
        row.values[metric] for row in table.rows if row.keys["division"] == XINTANG and row.keys["year"] == year
    )


def _places(table, metric: str, year: int) -> int:
    return sum(row.keys["year"] == year and row.values[metric] is not None for row in table.rows)
