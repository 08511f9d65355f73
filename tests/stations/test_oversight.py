"""Safety checks, complaints and the facts of a year, each through page and API."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from culture_admin.accounts.personal.keeping import purge_personal
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Deadline
from stations.actions import (
    answer_complaint,
    enter_facts,
    open_facts,
    open_year,
    receive_complaint,
    record_safety_check,
)
from stations.actions.yearly import carried_on
from stations.models import Complaint, ComplaintData, Finding, SafetyCheck, YearlyFacts
from tests.district import NOW, TODAY
from tests.stations.test_standing import client_of, step

OK = {"item": "exits", "result": "ok"}
BAD = {"item": "wiring", "result": "bad", "remark": "线路老化"}


def looked_at(district, *items, **entries) -> SafetyCheck:
    values = {"checked_on": TODAY, "by": "station", "checker": "李明", "items": items or (OK,)} | entries
    return record_safety_check(actor=district.station_head_east, station=district.east, at=NOW, **values)


def test_what_is_not_in_order_becomes_a_finding_with_a_day(district):
    assert looked_at(district).failed is False
    assert not Finding.objects.exists()
    check = looked_at(district, OK, BAD)
    (finding,) = Finding.objects.about(check)
    assert (check.failed, finding.kind, finding.debtor) == (True, "safety", district.east.unit)
    assert "线路老化" in finding.what
    assert Deadline.objects.open().filter(code="stations.finding").exists()


def test_a_check_that_is_struck_out_has_found_nothing(district):
    check = looked_at(district, BAD)
    perform(check, "void", actor=district.station_head_east, comment="日期填错", at=NOW)
    assert Finding.objects.get().state == "withdrawn"
    assert not Deadline.objects.open().filter(code="stations.finding").exists()


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"items": []}, "items", "required"),
        ({"items": [OK, OK]}, "items", "repeated"),
        ({"items": [{"item": "wiring", "result": "bad"}]}, "items", "remark_missing"),
        ({"checked_on": TODAY + timedelta(days=1)}, "checked_on", "in_the_future"),
        ({"checked_on": date(2020, 1, 1)}, "checked_on", "date_range"),
    ],
)
def test_a_check_that_says_nothing_is_refused_and_nothing_is_written(district, wrong, field, code):
    values = {"checked_on": TODAY, "by": "town", "checker": "王", "items": [OK]} | wrong
    with pytest.raises(ValidationError) as refused:
        record_safety_check(actor=district.town_officer_east, station=district.east, at=NOW, **values)
    assert refused.value.error_dict[field][0].code == code
    assert not SafetyCheck.objects.exists()


def test_a_check_comes_in_by_page_and_by_api_alike(district):
    head, today = client_of(district.station_head_east), timezone.localdate().isoformat()
    head.post(
        "/desk/safety-checks/add/",
        {"checked_on": today, "by": "station", "checker": "李", "wiring_result": "bad", "wiring_remark": "老化"},
    )
    sent = {"station": district.east.pk, "checked_on": today, "by": "town", "checker": "王", "items": [OK, BAD]}
    answer = client_of(district.town_officer_east).post(
        "/api/v1/safety-checks/", sent, content_type="application/json", headers={"Idempotency-Key": "a"}
    )
    assert (answer.status_code, answer.json()["failed"]) == (201, True)
    assert SafetyCheck.objects.filter(failed=True).count() == Finding.objects.count() == 2
    page = client_of(district.bureau_admin).get("/admin/stations/safetycheck/add/")
    assert "wiring_result" in page.content.decode()
    wrong = sent | {"items": [{"item": "moon", "result": "ok"}]}
    answer = client_of(district.town_officer_east).post(
        "/api/v1/safety-checks/", wrong, content_type="application/json", headers={"Idempotency-Key": "b"}
    )
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/items/0/item")


@pytest.fixture
def complaint(district) -> Complaint:
    return receive_complaint(
        actor=district.service, station=district.east, received_on=TODAY, channel="phone", about="hours",
        text="周末不开门", name="赵敏", contact="13812345678", at=NOW,
    )  # fmt: skip


def answered(district, complaint, outcome="upheld") -> Complaint:
    answer_complaint(actor=district.town_officer_east, complaint=complaint, answer="已调整", outcome=outcome, at=NOW)
    perform(complaint, "answer", actor=district.town_officer_east, at=NOW)
    return complaint


def test_the_town_owes_the_answer_within_the_working_days(district, complaint):
    duty = Deadline.objects.get(code="stations.complaint")
    assert (duty.unit.kind, duty.unit.division, duty.working_days) == ("town", district.east.division, 10)
    assert complaint.due_on == duty.due_on == date(2026, 6, 3)
    answered(district, complaint)
    assert not Deadline.objects.open().filter(code="stations.complaint").exists()


def test_an_answer_says_something_and_only_the_town_gives_it(district, complaint):
    with pytest.raises(StepRefused) as refused:
        perform(complaint, "answer", actor=district.town_officer_east, at=NOW)
    assert refused.value.code == "answer_missing"
    for user in (district.station_head_east, district.service):
        with pytest.raises(PermissionDenied):
            answer_complaint(actor=user, complaint=complaint, answer="x", outcome="upheld", at=NOW)


@pytest.mark.parametrize(("outcome", "findings"), [("upheld", 1), ("partly", 1), ("unfounded", 0), ("elsewhere", 0)])
def test_what_a_complaint_was_right_about_is_to_be_put_right(district, complaint, outcome, findings):
    perform(answered(district, complaint, outcome), "close", actor=district.service, at=NOW)
    assert Finding.objects.filter(kind="complaint", station=district.east).count() == findings


def test_an_answer_that_was_not_enough_is_owed_again(district, complaint):
    perform(answered(district, complaint), "return", actor=district.service, comment="未说明措施", at=NOW)
    assert Deadline.objects.open().get(code="stations.complaint").working_days == 5
    assert Complaint.objects.get().answered_on is None


def test_who_complained_is_sealed_masked_and_opened_for_a_reason_by_who_answers(district, complaint):
    address = f"/desk/complaints/{complaint.pk}/"
    for user in (district.town_officer_east, district.station_head_east, district.bureau_admin):
        page = client_of(user).get(address).content.decode()
        assert "赵敏" not in page
        assert "13812345678" not in page
    told = client_of(district.bureau_admin).get(f"/api/v1/complaints/{complaint.pk}/").content.decode()
    assert "13812345678" not in told
    opening = {"field": "contact", "reason": "回复处理结果"}
    assert "13812345678" in client_of(district.town_officer_east).post(address, opening).content.decode()
    assert "13812345678" not in client_of(district.station_head_east).post(address, opening).content.decode()
    assert (
        "13812345678"
        not in client_of(district.town_officer_east).post(address, opening | {"reason": ""}).content.decode()
    )


def test_who_complained_is_forgotten_a_year_after_the_end(district, complaint):
    perform(answered(district, complaint, "unfounded"), "close", actor=district.service, at=NOW)
    purge_personal(NOW + timedelta(days=300))
    assert ComplaintData.objects.get().name is not None
    purge_personal(NOW + timedelta(days=400))
    assert (ComplaintData.objects.get().name, ComplaintData.objects.get().contact) == (None, None)


def test_a_complaint_is_answered_by_api_and_closed_on_the_page(district, complaint):
    town = client_of(district.town_officer_east)
    address = f"/api/v1/complaints/{complaint.pk}/"
    changed = town.patch(
        address,
        {"answer": "已改", "outcome": "unfounded"},
        content_type="application/json",
        headers={"If-Match": '"v1"'},
    )
    assert changed.status_code == 200
    assert step(town, "complaints", complaint, "answer").json()["state"] == "answered"
    version = Complaint.objects.get().version
    client_of(district.service).post(f"/admin/stations/complaint/{complaint.pk}/steps/close/", {"seen": version})
    assert Complaint.objects.get().state == "closed"


def test_a_complaint_is_for_the_parties_and_not_for_assessors(district, complaint):
    for user in (district.assessor, district.observer, district.station_head_west):
        assert client_of(user).get(f"/api/v1/complaints/{complaint.pk}/").status_code == 404
    assert client_of(district.station_head_east).get("/desk/complaints/").status_code == 200
    assert client_of(district.assessor).get("/desk/complaints/").status_code == 403


@pytest.fixture
def facts(district) -> YearlyFacts:
    return open_facts(actor=district.station_head_east, station=district.east, year=2025, at=NOW)


def enter(district, facts, **changes) -> YearlyFacts:
    return enter_facts(actor=district.station_head_east, yearlyfacts=facts, at=NOW, **changes)


def confirmed(district, facts) -> YearlyFacts:
    perform(facts, "submit", actor=district.station_head_east, at=NOW)
    perform(facts, "endorse", actor=district.town_officer_east, at=NOW)
    perform(facts, "confirm", actor=district.service, at=NOW)
    return facts


def test_the_station_enters_the_town_consents_and_the_bureau_confirms(district, facts):
    enter(district, facts, books=12_000, assets=Decimal("1200000.50"))
    for user, name in (
        (district.town_officer_east, "submit"),
        (district.service, "endorse"),
        (district.service, "confirm"),
    ):
        with pytest.raises(StepRefused):
            perform(facts, name, actor=user, at=NOW)
    assert confirmed(district, facts).state == "confirmed"
    with pytest.raises(StepRefused):
        enter(district, facts, books=1)


def test_not_recorded_is_not_none_in_any_number(district, facts):
    enter(district, facts, books=12_000, computers=0)
    assert read(["stations.books"], as_of=TODAY).total.values["stations.books"] is None
    confirmed(district, facts)
    codes = ["stations.books", "stations.computers", "stations.volunteers"]
    values = read(codes, as_of=TODAY, where={"station": district.east.pk}).total.values
    assert values == {"stations.books": 12_000, "stations.computers": 0, "stations.volunteers": None}


def test_income_is_the_sum_of_its_lines(district, facts):
    enter(
        district,
        facts,
        income_appropriated=Decimal("150000.10"),
        income_other=Decimal("0.20"),
        expenditure_basic=Decimal(1),
    )
    confirmed(district, facts)
    year = Period(date(2025, 1, 1), date(2025, 12, 31))
    assert read(["stations.income"], period=year).total.values["stations.income"] == Decimal("150000.30")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"books": -1}, "books"),
        ({"assets": Decimal("1.234")}, "assets"),
        ({"assets": Decimal(1), "fixed_assets": Decimal(2)}, "fixed_assets"),
        ({"staff": 2, "senior_titles": 2, "middle_titles": 1}, "staff"),
        ({"books": 10**9}, "books"),
    ],
)
def test_facts_that_cannot_be_are_refused_at_their_field(district, facts, wrong, field):
    with pytest.raises(ValidationError) as refused:
        enter(district, facts, **wrong)
    assert list(refused.value.error_dict) == [field]


def test_what_differs_much_or_was_overspent_is_explained_before_it_is_handed_in(district, facts):
    enter(district, facts, books=1000)
    confirmed(district, facts)
    later = open_facts(actor=district.station_head_east, station=district.east, year=2026, at=NOW)
    for changes in ({"books": 1501}, {"books": 1500, "income_other": Decimal(1), "expenditure_basic": Decimal(2)}):
        enter(district, later, **changes)
        with pytest.raises(StepRefused) as refused:
            perform(later, "submit", actor=district.station_head_east, at=NOW)
        assert refused.value.code == "note_missing"
    enter(district, later, note="受赠图书")
    perform(later, "submit", actor=district.station_head_east, at=NOW)


def test_last_years_levels_begin_the_form_and_count_only_once_saved(district, facts):
    enter(district, facts, books=1000, income_other=Decimal(5))
    later = open_facts(actor=district.station_head_east, station=district.east, year=2026, at=NOW)
    assert carried_on(later)["books"] == 1000
    assert "income_other" not in carried_on(later)
    assert YearlyFacts.objects.get(pk=later.pk).books is None
    page = client_of(district.station_head_east).get(f"/desk/facts/{later.pk}/")
    form = page.context["facts_form"]
    assert (form["books"].value(), form["income_other"].value()) == (1000, None)
    sent = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}
    client_of(district.station_head_east).post(f"/desk/facts/{later.pk}/", sent)
    assert YearlyFacts.objects.get(pk=later.pk).books == 1000


def test_a_year_is_opened_once_for_every_station_and_owed_by_the_end_of_january(district):
    assert open_year(year=2025, at=NOW) == 3
    assert open_year(year=2025, at=NOW) == 0
    assert set(Deadline.objects.filter(code="stations.facts").values_list("due_on", flat=True)) == {date(2026, 1, 31)}
    facts = YearlyFacts.objects.get(station=district.east)
    enter(district, facts, books=1)
    perform(facts, "submit", actor=district.station_head_east, at=NOW)
    assert Deadline.objects.open().filter(code="stations.facts").count() == 2


def test_the_national_form_has_a_line_for_each_station_in_its_own_units(district, facts):
    enter(district, facts, books=12_500, income_other=Decimal("200000"))
    district.log(begins_on=date(2025, 5, 6), attendance=2500, kind=district.kind("EXHB"))
    client = client_of(district.bureau_admin)
    sheet = client.get("/admin/stations/yearlyfacts/national-form.csv?year=2025").content.decode("utf-8-sig")
    header, *lines = [line.split(",") for line in sheet.strip().split("\r\n")]
    east = dict(zip(header, lines[0], strict=True))
    assert len(lines) == 2
    assert (float(east["Books (thousand volumes)"]), float(east["Income (thousand yuan)"])) == (12.5, 200)
    assert (float(east["Exhibitions (number)"]), float(east["Person-times served (thousand)"])) == (1, 2.5)
    assert east["Computers"] == ""
    assert client.get("/admin/stations/yearlyfacts/national-form.csv?year=1").status_code == 400
    assert client_of(district.registrar).get("/admin/stations/yearlyfacts/national-form.xlsx").status_code == 403


def test_facts_come_in_by_api_with_null_for_not_recorded(district):
    head = client_of(district.station_head_east)
    opened = head.post(
        "/api/v1/yearly-facts/", {"station": district.east.pk, "year": 2025}, content_type="application/json",
        headers={"Idempotency-Key": "a"},
    )  # fmt: skip
    assert opened.status_code == 201, opened.json()
    address = f"/api/v1/yearly-facts/{opened.json()['id']}/"
    sent = {"books": 0, "computers": None, "assets": "12.50"}
    changed = head.patch(address, sent, content_type="application/json", headers={"If-Match": opened["ETag"]}).json()
    assert (changed["books"], changed["computers"], changed["assets"]) == (0, None, "12.50")
    again = head.post(
        "/api/v1/yearly-facts/", {"station": district.east.pk, "year": 2025}, content_type="application/json",
        headers={"Idempotency-Key": "b"},
    )  # fmt: skip
    assert again.status_code in (400, 409)
    assert client_of(district.station_head_west).get(address).status_code == 404
