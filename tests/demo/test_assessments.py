"""The demo's assessments: years carried to their end, and one that is under way; every score adds up and can be computed again."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from assessments.actions.cycles import latest
from assessments.actions.keeping import deviations, is_intact
from assessments.models import (
    Assessment,
    Award,
    AwardPayment,
    Computation,
    Cycle,
    IndicatorScore,
    Item,
    Objection,
    PanelSeat,
    Recheck,
    Result,
)
from culture_admin.accounts.models import User
from culture_admin.workflow.inbox import waiting
from culture_admin.workflow.models import Deadline, Notice
from stations.models import Title
from tests.demo import TODAY

pytestmark = pytest.mark.usefixtures("demo")

CIXI, XIAOSHAN = "330282", "330109"
LAST = TODAY.year - 1
STATES = Assessment.State


def cycle_of(county: str, year: int, subject: str = "town") -> Cycle:
    return Cycle.objects.select_related("scheme", "place").get(
        scheme__place__code=county, scheme__year=year, scheme__subject=subject
    )


def results(county: str, year: int):
    return latest(cycle_of(county, year)).results.select_related("assessment__division")


def places(county: str, year: int, group: str) -> list[str]:
    """The towns of a group, the first first."""
    ranked = results(county, year).filter(assessment__group=group, place__isnull=False).order_by("place")
    return [one.assessment.division.name_zh for one in ranked]


def work_of(username: str) -> set[str]:
    user = User.objects.get(username=username)
    return {f"{item.model}.{item.step}" for item in waiting(user) if item.records.exists()}


def test_the_leaves_of_every_score_of_both_counties_add_up_to_it():
    totals = dict(Result.objects.values_list("pk", "total"))
    leaves = dict(IndicatorScore.objects.values_list("result").annotate(sum=Sum("points")))
    assert len(totals) > 200
    assert {pk for pk, total in totals.items() if leaves.get(pk) != total} == set()


def test_what_was_computed_is_intact_and_comes_out_the_same_again():
    computations = Computation.objects.select_related("cycle__scheme")
    assert {one.kind for one in computations} == {"interim", "total", "correction"}
    for one in computations:
        assert is_intact(one), one
        assert deviations(one) == [], one


def test_cixis_2012_ends_with_a_ranking_in_two_groups_titles_and_awards_that_are_paid():
    cycle = cycle_of(CIXI, 2012)
    assert (cycle.state, cycle.scheme.sample) == ("archived", True)
    assert "示例" in cycle.scheme.name_zh
    assert (len(places(CIXI, 2012, "Z")), len(places(CIXI, 2012, "J"))) == (14, 5)
    best = results(CIXI, 2012).filter(title="优秀")
    assert {one.assessment.division.name_zh for one in best.filter(place=1)} <= {"观海卫镇", "龙山镇", "坎墩街道"}
    awards = Award.objects.filter(assessment__cycle=cycle)
    assert awards
    assert set(awards.values_list("state", flat=True)) == {"paid"}
    assert all(award.paid == award.amount and award.document and award.granted_on for award in awards)
    assert not AwardPayment.objects.filter(award__in=awards, document="").exists()
    titled = results(CIXI, 2012).exclude(title="").count()
    assert Title.objects.filter(year=2012, title__contains="示例").count() == titled > 0


def test_a_provincial_title_is_judged_by_its_document_and_never_counted():
    said = Item.objects.filter(assessment__cycle=cycle_of(CIXI, 2012), code="7.3").select_related(
        "assessment__division"
    )
    named = {one.assessment.division.name_zh for one in said if one.reviewed_numbers == [1]}
    assert named == {"龙山镇", "观海卫镇", "坎墩街道"}
    assert all(one.note for one in said if one.reviewed_numbers == [1])
    refused = [one for one in said if one.claimed_numbers == [1] and one.reviewed_numbers == [0]]
    assert [(one.assessment.division.name_zh, bool(one.remark)) for one in refused] == [("掌起镇", True)]


def test_two_assessors_went_to_every_town_of_cixi_and_three_where_two_differed():
    seats = PanelSeat.objects.filter(assessment__cycle=cycle_of(CIXI, 2012), state="finished")
    by_town: dict[str, int] = {}
    for seat in seats.select_related("assessment__division"):
        by_town[seat.assessment.division.name_zh] = by_town.get(seat.assessment.division.name_zh, 0) + 1
        assert seat.marks.count() == 3
    assert by_town.pop("庵东镇") == 3
    assert (len(by_town), set(by_town.values())) == (18, {2})


def test_xintang_climbs_from_the_last_place_to_the_upper_middle():
    of_year = {year: places(XIAOSHAN, year, "J") for year in (2018, 2019, 2020)}
    place = {year: found.index("新塘街道") + 1 for year, found in of_year.items()}
    assert place[2018] == len(of_year[2018])
    assert place[2018] >= place[2019] > place[2020]
    assert 3 <= place[2020] <= 5
    halves = Computation.objects.filter(cycle=cycle_of(XIAOSHAN, 2020), kind="interim")
    assert [(str(one.until), bool(one.shown_at)) for one in halves] == [("2020-06-30", True)]


def test_an_objection_is_upheld_with_both_scores_and_one_dismissed():
    upheld, dismissed = (
        Objection.objects.get(assessment__cycle__scheme__place__code=XIAOSHAN, state=state)
        for state in ("upheld", "dismissed")
    )
    assert upheld.record.state == "confirmed"
    before, after = (one.results.get(assessment=upheld.assessment) for one in (upheld.before, upheld.after))
    assert after.total > before.total
    assert dismissed.record.state == "void"


def test_a_veto_takes_the_title_and_titles_are_looked_at_again():
    vetoed = results(XIAOSHAN, 2019).exclude(vetoes=[])
    assert [(one.assessment.division.name_zh, one.vetoes, one.title) for one in vetoed] == [("临浦镇", ["9.1"], "")]
    assert sorted(Recheck.objects.values_list("state", flat=True)) == ["due", "kept"]


def test_what_the_bank_sent_back_is_owed_again():
    sent_back = AwardPayment.objects.exclude(reverses=None).get()
    assert sent_back.award.state == "granted"
    assert sent_back.award.paid == 0


def test_last_years_assessment_shows_every_state_in_xiaoshan():
    rows = Assessment.objects.filter(cycle=cycle_of(XIAOSHAN, LAST)).select_related("division")
    by_state: dict[str, set[str]] = {}
    for one in rows:
        by_state.setdefault(one.state, set()).add(one.division.name_zh)
    assert set(by_state) == {
        STATES.OPEN,
        STATES.RETURNED,
        STATES.DECLARED,
        STATES.SEALED,
        STATES.ACCEPTED,
        STATES.CHECKED,
    }
    assert "新塘街道" in by_state[STATES.OPEN]
    assert by_state[STATES.DECLARED] == {"闻堰街道"}
    assert rows.filter(items__evidence__isnull=False).distinct().count() > 8


@pytest.mark.parametrize(
    ("username", "work"),
    [
        ("town.wenyan", "assessments.assessment.seal"),
        ("service.xiaoshan", "assessments.assessment.accept"),
        ("service.xiaoshan", "assessments.assessment.conclude"),
        ("assessor.xiaoshan", "assessments.panelseat.finish"),
        ("leader.cixi", "assessments.objection.uphold"),
    ],
)
def test_somebody_has_to_do_with_it(username, work):
    assert work in work_of(username)


def test_cixis_last_year_is_in_publicity_with_objections_that_are_open():
    cycle = cycle_of(CIXI, LAST)
    assert cycle.state == "publicised"
    assert cycle.objections_until > TODAY
    raised = Objection.objects.filter(assessment__cycle=cycle, state="raised").select_related("assessment__division")
    assert {one.assessment.division.name_zh for one in raised} == {"观海卫镇", "龙山镇"}


@pytest.mark.parametrize("county", [CIXI, XIAOSHAN])
def test_the_half_year_was_ranked_and_shown(county):
    half = Computation.objects.get(cycle=cycle_of(county, LAST), kind="interim")
    assert (half.until.month, half.until.day) == (6, 30)
    assert half.shown_at
    assert half.results.filter(place__isnull=False).exists()


def test_the_grading_of_stations_has_begun_in_one_county_and_is_drafted_in_the_other():
    states = {county: cycle_of(county, TODAY.year, "station").state for county in (CIXI, XIAOSHAN)}
    assert states == {CIXI: "open", XIAOSHAN: "draft"}
    said = Item.objects.filter(assessment__cycle=cycle_of(CIXI, TODAY.year, "station")).exclude(claimed="")
    assert said.count() == 3


def test_nobody_is_told_any_more_of_years_that_are_over():
    old = TODAY - timedelta(days=15)
    assert not Notice.objects.filter(subject_type__app_label="assessments", over_at=None, at__date__lt=old)


def test_who_had_no_station_yet_is_not_assessed_and_owes_nothing():
    without = Assessment.objects.filter(state="void").select_related("division", "cycle__scheme")
    assert {(one.division.name_zh, one.cycle.year) for one in without} == {("盈丰街道", 2018), ("盈丰街道", 2019)}
    owed = Deadline.objects.open().filter(code="assessments.self")
    assert set(owed.values_list("subject_id", flat=True)) <= set(
        Assessment.objects.filter(cycle__state="open").values_list("pk", flat=True)
    )
