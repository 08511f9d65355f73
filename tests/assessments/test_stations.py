"""Grading of stations: the grade is the highest whose mandatory rows all pass and whose total suffices; the province decides it."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

from assessments.models import Computation, IndicatorScore
from culture_admin.territory.models import Residents
from stations.actions import add_facility
from stations.models import Title
from tests.assessments.years import SECTIONS, Year, counted, indicator, with_records
from tests.district import OPENED, District

GRADES: list[dict[str, Any]] = [
    {"name_zh": "一级", "points": "70", "conditions": [{"indicator": "2.4", "least": "800"}]},
    {
        "name_zh": "二级",
        "points": "60",
        "conditions": [{"indicator": "2.4", "least": "500"}, {"indicator": "1.2", "least": "1"}],
    },
    {"name_zh": "三级", "points": "40"},
]


def graded(district: District, **areas: int) -> Computation:
    """The grading of the county's stations, whose rooms have so many square metres."""
    with_records(district)
    for town, area in areas.items():
        station = district.station(town)
        add_facility(actor=None, station=station, name="站舍", use="综合", floor_area=area, valid_from=OPENED)
    sections = deepcopy(SECTIONS)
    area_rule = {"method": "M2", "bands": [["800", "10"], ["500", "5"]]}
    sections[1]["indicators"].append(
        indicator("2.4", "站舍面积", area_rule, counted("stations.floor_area", span="year_end"), "10")
    )
    sections[1]["indicators"][0]["points"] = "10"
    sections[1]["indicators"][0]["rule"]["full"] = "10"
    year = Year(district, subject="station", sections=sections, titles=GRADES).opened()
    year.through().totalled().publicised().finalised()
    return Computation.objects.get(cycle=year.cycle)


def test_a_total_that_suffices_gives_no_grade_whose_mandatory_rows_fail(district: District):
    computation = graded(district, east=900, west=600)

    by_town = {one.assessment.division.code: one for one in computation.results.select_related("assessment__division")}
    east, west = (by_town[district.town(town).code] for town in ("east", "west"))
    # East: 10 + 20 + 10 × 200 ÷ 500 + 20 × 2 ÷ 3 + 10 + 10 + 18 + 2.
    assert (east.total, east.title) == (Decimal("87.33"), "一级")
    # West has 10 + 6.66… + 10 + 6.66… + 10 + 5 + 18 + 2 = 68.33 and too little room for the first grade.
    assert (west.total, west.title) == (Decimal("68.33"), "二级")


def test_the_highest_grade_is_the_first_whose_rows_all_pass(district: District):
    computation = graded(district, east=499, west=800)

    titles = dict(computation.results.values_list("assessment__station", "title"))
    # East has the points of the first grade, but neither its area nor the second's.
    assert titles == {district.east.pk: "三级", district.west.pk: "一级"}


def test_a_grade_that_is_reviewed_here_is_entered_by_the_provinces_document_and_not_by_the_score(district: District):
    before = list(district.east.gradings.values_list("grade", flat=True))
    graded(district, east=900, west=600)

    assert list(district.east.gradings.values_list("grade", flat=True)) == before
    assert not Title.objects.exists()


def test_what_is_divided_by_a_towns_residents_is_read_of_the_town_for_its_station_too(district: District):
    with_records(district)
    for town, people in (("east", 1000), ("west", 500)):
        Residents.objects.filter(division=district.town(town)).update(number=people)
    sections = deepcopy(SECTIONS)
    ratio = counted("activities.person_times", per="territory.residents")
    sections[1]["indicators"][0] |= {"source": ratio, "rule": {"method": "M4", "target": "1", "full": "20"}}
    year = Year(district, subject="station", sections=sections, titles=GRADES[2:]).opened()
    year.through().totalled()
    scores = IndicatorScore.objects.filter(code="2.1", result__computation__cycle=year.cycle)
    told = {one.result.assessment.station_id: (one.numerator, one.denominator, one.points) for one in scores}
    assert told == {district.east.pk: (600, 1000, 12), district.west.pk: (500, 500, 20)}
