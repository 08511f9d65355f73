"""A year's assessment from the opening to the archive."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction

from assessments.actions import object_to, pay_award
from assessments.actions.keeping import content_of, deviations, is_intact
from assessments.actions.objections import touched
from assessments.models import Assessment, Award, Computation, Cycle, IndicatorScore, Result
from culture_admin.statistics.snapshots import differences
from culture_admin.workflow.actions import StepRefused, perform
from stations.models import Title
from tests.assessments.years import Year
from tests.district import NOW, TODAY, District


def test_a_year_leads_from_self_assessment_to_titles_and_money(year: Year, district: District):
    year.through().totalled().publicised().finalised()

    computation = Computation.objects.get(cycle=year.cycle)
    east, west = (computation.results.get(assessment=year.of(town)) for town in ("east", "west"))
    # east: 10 + 20 + 20 × 200 ÷ 500 + 20 × 2 ÷ 3 + 10 + 20 × 4.5 ÷ 5 + 2 = 81.333…
    assert (east.total, east.place, east.title) == (Decimal("81.33"), 1, "优秀")
    # west: 10 + 20 × 1 ÷ 3 + 20 + 20 × 1 ÷ 3 + 10 + 18 + 2 = 73.333…
    assert (west.total, west.place, west.title) == (Decimal("73.33"), 2, "合格")
    for result in Result.objects.all():
        assert sum(IndicatorScore.objects.filter(result=result).values_list("points", flat=True)) == result.total
    award = Award.objects.get()
    assert (award.assessment, award.amount, award.state) == (year.of("east"), Decimal(50000), "granted")
    assert (
        Title.objects.filter(station=district.east, title="文化强镇考核办法·优秀").get().document == "试文〔2026〕9号"
    )

    pay_award(
        actor=district.finance,
        award=award,
        amount=Decimal(50000),
        on=year.at.date(),
        document="试财〔2026〕3号",
        at=year.at,
    )
    perform(year.fresh(), "archive", actor=district.service, at=year.at)
    assert year.fresh().state == Cycle.State.ARCHIVED
    assert set(Assessment.objects.values_list("state", flat=True)) == {"final"}


def test_an_upheld_objection_corrects_the_record_and_keeps_both_scores(year: Year, district: District):
    returned = district.log(begins_on=TODAY, attendance=50, title="被退回的活动")
    perform(returned, "return", actor=district.station_head_east, at=NOW, comment="照片不清")
    year.through().totalled().publicised()

    objection = object_to(
        actor=district.town_officer_east,
        assessment=year.of("east"),
        code="1.2",
        wants="count",
        record=returned,
        grounds="照片已补齐",
        at=year.at,
    )
    with pytest.raises(StepRefused) as refused:
        perform(year.later(30).fresh(), "finalise", actor=district.bureau_leader, at=year.at)
    assert refused.value.code == "objections_open"
    perform(objection, "uphold", actor=district.bureau_admin, at=year.at, comment="属实")

    returned.refresh_from_db()
    objection.refresh_from_db()
    assert returned.state == "confirmed"
    # The record counts wherever it belongs: as one activity more in 1.2, and above and below in 2.1.
    assert {(one["code"], one["metric"], one["before"], one["after"]) for one in objection.moved} == {
        ("1.2", "activities.held", "0", "1"),
        ("2.1", "activities.person_times", "0", "50"),
        ("2.1", "activities.held", "0", "1"),
    }
    before, after = (one.results.get(assessment=year.of("east")) for one in (objection.before, objection.after))
    # 1.2 was full already; in 2.1 650 ÷ 4 = 162.5 stand beside 500 and earn 6.5 instead of 8.
    assert (before.total, after.total) == (Decimal("81.33"), Decimal("79.83"))


def test_a_record_objected_to_moves_the_score_of_the_one_and_of_whom_it_is_compared_with(
    year: Year, district: District
):
    late = district.log(district.west, begins_on=TODAY, attendance=100, title="漏记的活动")
    perform(late, "return", actor=district.station_head_west, at=NOW, comment="人数不明")
    year.through().totalled().publicised()

    objection = object_to(
        actor=district.station_head_west,
        assessment=year.of("west"),
        code="1.2",
        wants="count",
        record=late,
        grounds="人数已核",
        at=year.at,
    )
    perform(objection, "uphold", actor=district.bureau_leader, at=year.at, comment="属实")

    objection.refresh_from_db()
    lines = {line.assessment.unit.division.name_zh: line for line in touched(objection)}
    # The yardstick of 2.1 falls from 500 to 600 ÷ 2, so that the east earns 20 × 200 ÷ 300 there instead of 8.
    assert lines["西街道"].total == (Decimal("73.33"), Decimal("80.00"))
    assert lines["东镇"].total == (Decimal("81.33"), Decimal("86.67"))
    assert lines["西街道"].place == (2, 2)
    leaf = objection.after.results.get(assessment=year.of("west")).scores.get(code="1.2")
    assert (leaf.numbers, leaf.points) == ([2], Decimal("13.333333333333"))


def test_what_was_shown_is_the_same_bytes_for_ever_and_computes_to_the_same_again(year: Year, district: District):
    year.through().totalled().publicised()
    computation = Computation.objects.get(cycle=year.cycle)
    content = content_of(computation)

    district.log(begins_on=TODAY, attendance=999)

    assert content_of(Computation.objects.get(pk=computation.pk)) == content
    assert is_intact(computation)
    assert deviations(computation) == []
    assert {one.metric for one in differences(computation.snapshot, at=NOW)} == {
        "activities.held",
        "activities.person_times",
    }
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        IndicatorScore.objects.filter(result__computation=computation, code="1.2").update(points=1)
