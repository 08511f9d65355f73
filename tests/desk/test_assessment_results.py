"""Results on the desk: the score that explains itself, rankings, the records behind a point, and objections to them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity
from assessments.actions import object_to, pay_award, take_interim
from assessments.models import Award, Computation, Objection, Result
from culture_admin.desk.charts import climb
from culture_admin.workflow.actions import perform
from tests.assessments.years import Year, with_records
from tests.district import NOW, TODAY, District


@pytest.fixture
def year(district: District, settings, tmp_path) -> Year:
    settings.MEDIA_ROOT = tmp_path
    with_records(district)
    return Year(district).opened()


@pytest.fixture
def returned(district: District):
    """An activity of the east that does not count."""
    row = district.log(begins_on=TODAY, attendance=50, title="被退回的活动")
    perform(row, "return", actor=district.station_head_east, at=NOW, comment="照片不清")
    return row


def in_publicity(year: Year) -> Year:
    """The results are shown since today, so that one may object."""
    year.through().totalled().at = timezone.now()
    return year.publicised()


def result_of(year: Year, town: str = "east") -> Result:
    return Result.objects.filter(assessment=year.of(town)).latest("computation__number")


def test_nothing_is_shown_before_publicity_and_then_to_those_of_the_county(sign_in, head, year):
    year.through().totalled()
    address = f"/desk/assessments/{year.of('east').pk}/result/"
    assert head.get(address).context["result"] is None
    score, ranking = (f"/desk/assessments/result/{result_of(year).pk}/", f"/desk/assessments/ranking/{Computation.objects.get().pk}/")  # fmt: skip
    assert {head.get(page).status_code for page in (score, ranking)} == {404}
    year.publicised()
    assert head.get(address).context["result"].total == Decimal("81.33")
    assert {head.get(page).status_code for page in (score, ranking)} == {200}
    strangers = [sign_in(name).get(page) for name in ("station_head_elsewhere",) for page in (score, ranking)]
    assert {answer.status_code for answer in strangers} == {404}


def test_the_leaves_on_the_page_add_up_to_the_score_to_the_last_digit(head, year):
    year.through().totalled().publicised()
    page = head.get(f"/desk/assessments/result/{result_of(year).pk}/")
    leaves = list(page.context["tree"].leaves())
    text = page.content.decode()
    assert sum(leaf.points for leaf in leaves) == page.context["leaves"] == Decimal("81.33")
    assert "<b>13.333333333333</b>" in text
    assert "200 = 600 ÷ 3; compared with 500 in the group" in text


def test_a_ranking_gives_places_of_the_group_overall_and_by_indicator(head, year):
    year.through().totalled().publicised()
    address = f"/desk/assessments/ranking/{Computation.objects.get().pk}/"
    page = head.get(address)
    assert [(row.place, row.score, row.result.title) for row in page.context["rows"]] == [
        (1, Decimal("81.33"), "优秀"),
        (2, Decimal("73.33"), "合格"),
    ]
    text = page.content.decode()
    assert text.count('<tr class="own">') == 1
    assert "Excellent" in text
    assert "优秀" not in text
    by = head.get(address, {"indicator": "2.1", "group": "A"}).context["rows"]
    assert [(row.place, row.result.assessment.unit.division.name_zh, row.said) for row in by] == [
        (1, "西街道", "500"),
        (2, "东镇", "200"),
    ]
    assert head.get(address, {"indicator": "9.9"}).status_code == 400


def test_who_is_hardly_known_stands_beside_the_ranking_with_why(head, district, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with_records(district)
    year = Year(district, known=60).opened().through("east")
    take_interim(actor=district.service, cycle=year.cycle, until=TODAY, at=NOW)
    page = head.get(f"/desk/assessments/ranking/{Computation.objects.get().pk}/")
    assert ([row.place for row in page.context["rows"]], len(page.context["beside"])) == ([1], 1)
    assert page.context["beside"][0].result.assessment == year.of("west")
    assert "3 of 6 indicators recorded" in page.content.decode()


def test_an_interim_ranking_is_listed_by_its_day(head, year, district):
    take_interim(actor=district.service, cycle=year.cycle, until=TODAY, at=NOW)
    text = head.get("/desk/assessments/").content.decode()
    assert f"/desk/assessments/ranking/{Computation.objects.get().pk}/" in text
    assert "Interim" in text
    assert head.get(f"/desk/assessments/{year.of('east').pk}/result/").context["result"] is not None


def test_the_records_of_a_number_add_up_and_the_others_say_why_not(head, year, district, returned):
    in_publicity(year)
    address = f"/desk/assessments/result/{result_of(year).pk}/1.2/"
    page = head.get(address)
    (part,) = page.context["parts"]
    assert part.behind.total == sum(one.amount for one in part.behind.counted) == 3
    assert [one.row for one in part.behind.uncounted] == [returned]
    text = page.content.decode()
    assert f"wants=count&amp;record=activities.activity:{returned.pk}" in text
    assert f'href="/desk/activities/{returned.pk}/"' in text


def test_a_record_changed_since_the_freeze_is_marked(head, year, district):
    year.through().totalled().publicised()
    later = year.cycle.snapshot.taken_at + timedelta(hours=1)
    counted = Activity.objects.get(station=district.east, attendance=100)
    perform(counted, "return", actor=district.station_head_east, at=later, comment="人数有误")
    page = head.get(f"/desk/assessments/result/{result_of(year).pk}/1.2/").content.decode()
    assert page.count("changed since it was frozen") == 1


def test_an_objection_is_raised_from_a_record_and_its_outcome_is_told(head, sign_in, year, district, returned):
    in_publicity(year)
    before = result_of(year)
    address = f"/desk/assessments/{year.of('east').pk}/objections/add/?code=1.2&wants=count&record=activities.activity:{returned.pk}"
    assert "被退回的活动" in head.get(address).content.decode()
    assert "Say why." in head.post(address, {"grounds": ""}).content.decode()
    answer = head.post(address, {"grounds": "照片已补齐"})
    objection = Objection.objects.get()
    assert answer["Location"] == f"/desk/assessments/objections/{objection.pk}/"
    assert (objection.state, objection.wants, objection.record) == ("raised", "count", returned)
    perform(objection, "uphold", actor=district.bureau_admin, at=timezone.now(), comment="属实")
    page = head.get(answer["Location"])
    assert [str(moment.what) for moment in page.context["timeline"]] == ["Uphold", "Raise", "Entered"]
    assert (page.context["before"], page.context["after"].total) == (before, Decimal("79.83"))
    text = page.content.decode()
    assert "81.33 → 79.83" in text
    assert str(returned.title) in head.get(f"/desk/assessments/{year.of('east').pk}/objections/").content.decode()


def test_a_judgement_is_objected_to_with_what_it_ought_to_be(head, year):
    in_publicity(year)
    address = f"/desk/assessments/{year.of('east').pk}/objections/add/?code=3.1&wants=judge"
    assert "Say how it ought to be judged." in head.post(address, {"grounds": "有问卷"}).content.decode()
    head.post(address, {"grounds": "有问卷", "number_0": "4.8"})
    objection = Objection.objects.get()
    assert (objection.asked, objection.asked_numbers, objection.state) == ("value", [Decimal("4.8")], "raised")


def test_what_is_not_behind_the_number_and_what_is_foreign_is_refused(head, year, district):
    foreign = district.log(district.west, begins_on=TODAY)
    in_publicity(year)
    address = f"/desk/assessments/{year.of('east').pk}/objections/add/"
    record = f"activities.activity:{foreign.pk}"
    assert head.get(address, {"code": "1.2", "wants": "count", "record": record}).status_code == 404
    for named in ("activities.activity:0", "auth.permission:1", "x", "nowhere.thing:1"):
        assert head.get(address, {"code": "1.2", "wants": "count", "record": named}).status_code == 404
    assert head.get(address, {"code": "7.7"}).status_code == 400


def test_nobody_objects_after_the_last_day(head, year):
    year.through().totalled().publicised()
    page = head.get(f"/desk/assessments/{year.of('east').pk}/result/")
    assert page.context["may_object"] is False
    answer = head.post(f"/desk/assessments/{year.of('east').pk}/objections/add/?code=3.1&wants=judge", {"grounds": "有问卷", "number_0": "4.8"})  # fmt: skip
    assert not Objection.objects.exists()
    assert 'class="faults"' in answer.content.decode()


def test_the_climb_draws_the_first_place_on_top_and_breaks_where_there_is_none():
    drawn = climb([("2018", 27, 27), ("2019", None, 27), ("2020", 9, 27), ("2021", 1, 27)])
    heights = [spot.y for spot in drawn.spots]
    assert heights[0] > heights[2] > heights[3] == drawn.head
    assert len(drawn.lines) == 1
    assert drawn.last == 27


def test_result_pages_ask_the_same_number_of_questions_for_few_rows_and_for_many(head, year, district, returned):
    in_publicity(year)
    east, result = year.of("east").pk, result_of(year).pk
    computation = Computation.objects.get().pk
    pages = [
        f"{east}/result/",
        f"{east}/objections/",
        f"ranking/{computation}/",
        f"ranking/{computation}/?indicator=1.2",
    ]
    pages += [f"result/{result}/", f"result/{result}/1.2/"]

    def questions() -> dict[str, int]:
        asked = {}
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert head.get(f"/desk/assessments/{page}").status_code == 200
            asked[page] = len(captured)
        return asked

    def more(number: int) -> None:
        row = district.log(begins_on=TODAY, title=f"第{number}场")
        perform(row, "return", actor=district.station_head_east, at=NOW, comment="照片不清")
        object_to(
            actor=district.station_head_east, assessment=year.of("east"), code="1.2", wants="count", record=row,
            grounds="照片已补齐", at=year.at,
        )  # fmt: skip

    more(0)
    questions()
    few = questions()
    for number in range(1, 12):
        more(number)
    assert questions() == few
    assert max(few.values()) < 60


def test_what_a_result_earned_has_a_page_of_its_own(head, year, district):
    year.through().totalled().publicised().finalised()
    award = Award.objects.get()
    pay_award(
        actor=district.finance,
        award=award,
        amount=Decimal(20000),
        on=year.at.date(),
        document="试财〔2026〕3号",
        at=year.at,
    )
    address = f"/desk/assessments/awards/{award.pk}/"
    assert address in head.get(f"/desk/assessments/{year.of('east').pk}/result/").content.decode()
    text = head.get(address).content.decode()
    assert "50,000.00" in text
    assert "试财〔2026〕3号" in text


def test_the_address_of_the_year_says_who_decides_about_it(sign_in, year):
    page = sign_in("town_officer_east").get(f"/desk/assessments/?cycle={year.cycle.pk}")
    assert page.context["cycle"] == year.cycle
    assert "Basis" in page.content.decode().split('id="who-decides"')[1]
