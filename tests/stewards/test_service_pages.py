"""The desk's pages of stewards: the steward logs, the station confirms, the town orders, the firm proposes and agrees."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from culture_admin.workflow.actions import perform
from culture_admin.workflow.models import Deadline
from stewards.actions import add_steward, end_posting, log_duty, place_order, propose_posting, request_absence
from stewards.models import Absence, Coverage, DutyDay, Posting, ServiceOrder
from tests.clock import in_days
from tests.stewards.deals import Deal


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district, headcount=40, ends_on=date(2029, 2, 28))
    deal.performing()
    return deal


@pytest.fixture
def posting(deal) -> Posting:
    return deal.posting("east")


def step(client, address: str, name: str, record, comment: str = ""):
    return client.post(address, {"step": name, "version": record.version, "comment": comment})


def test_the_first_page_of_a_steward_checks_in_with_one_tap(posting, sign_in):
    steward = sign_in("steward_east")
    page = steward.get("/desk/").content.decode()
    assert "I am here today" in page
    assert "This week in the town: 0 of 4 days" in page
    action = re.search(r'action="(/desk/duty-days/log/[^"]+)"', page)
    assert action
    told = steward.post(action[1].replace("&amp;", "&"), {"day": str(in_days(0)), "halves": "2", "where": "station"})
    duty = DutyDay.objects.get()
    assert told.headers["Location"] == f"/desk/duty-days/{duty.pk}/"
    assert "I am here today" not in steward.get("/desk/").content.decode()
    assert "This week in the town: 1 of 4 days" in steward.get("/desk/").content.decode()


def test_a_day_is_logged_in_a_village_and_changed_while_it_waits(posting, sign_in, district):
    steward = sign_in("steward_east")
    page = steward.get("/desk/duty-days/log/").content.decode()
    village = re.search(r'<option value="(\d+)">东村', page)
    assert village
    body = {"day": str(in_days(-1)), "halves": "1", "where": "village", "village": village[1], "tasks": "教腰鼓"}
    steward.post("/desk/duty-days/log/", body)
    duty = DutyDay.objects.get()
    assert (duty.where, duty.halves, duty.tasks) == ("village", 1, "教腰鼓")
    steward.post(f"/desk/duty-days/{duty.pk}/change/", body | {"halves": "2", "version": duty.version})
    duty.refresh_from_db()
    assert duty.halves == 2
    ahead = steward.post("/desk/duty-days/log/", body | {"day": str(in_days(1))})
    assert "is in the future" in ahead.content.decode()


def test_the_station_confirms_all_that_are_ticked_and_returns_one_with_a_reason(posting, sign_in, district):
    days = [log_duty(actor=district.steward_east, posting=posting, day=in_days(-number)) for number in (1, 2, 3)]
    head = sign_in("station_head_east")
    assert "Confirm all ticked" in head.get("/desk/duty-days/?state=logged").content.decode()
    ticked = [f"{day.pk}-{day.version}" for day in days[:2]]
    head.post("/desk/duty-days/", {"step": "confirm", "pick": ticked})
    last = f"{days[2].pk}-{days[2].version}"
    without = head.post("/desk/duty-days/", {"step": "return", "pick": [last]})
    assert without.status_code == 200
    head.post("/desk/duty-days/", {"step": "return", "pick": [last], f"reason-{days[2].pk}": "当天不在"})
    assert list(DutyDay.objects.order_by("-day").values_list("state", flat=True)) == [
        "confirmed",
        "confirmed",
        "returned",
    ]


def test_the_month_is_a_grid_with_what_was_led(posting, sign_in, district):
    log_duty(actor=district.steward_east, posting=posting, day=in_days(0), halves=1)
    district.log(actor=district.station_head_east, posting=posting, begins_on=date(2026, 5, 6))
    page = sign_in("steward_east").get("/desk/duty-days/month/").content.decode()
    assert "½" in page
    assert "0.5" in page
    may = (
        sign_in("station_head_east").get(f"/desk/duty-days/month/?posting={posting.pk}&on=2026-05-01").content.decode()
    )
    assert "1 activity" in may


def test_a_day_shows_the_activities_led_on_it(posting, sign_in, district):
    district.log(actor=district.station_head_east, posting=posting, begins_on=date(2026, 5, 6), title="腰鼓会演")
    duty = log_duty(actor=district.steward_east, posting=posting, day=date(2026, 5, 6))
    assert "腰鼓会演" in sign_in("station_head_east").get(f"/desk/duty-days/{duty.pk}/").content.decode()


def test_leave_is_asked_for_and_decided_on_pages(posting, sign_in):
    steward, head = sign_in("steward_east"), sign_in("station_head_east")
    body = {
        "posting": posting.pk,
        "kind": "leave",
        "first": str(in_days(10)),
        "last": str(in_days(10)),
        "reason": "回乡",
    }
    steward.post("/desk/absences/add/", body)
    absence = Absence.objects.get()
    assert "回乡" in head.get(f"/desk/absences/{absence.pk}/").content.decode()
    step(head, f"/desk/absences/{absence.pk}/", "approve", absence)
    absence.refresh_from_db()
    assert absence.state == "approved"
    noted = {"posting": posting.pk, "first": str(in_days(-2)), "last": str(in_days(-2)), "reason": "未请假"}
    head.post("/desk/absences/add/", noted)
    assert Absence.objects.filter(state="noted").count() == 1


def test_who_stayed_away_before_his_posting_ended_is_noted_up_to_a_month_later(posting, sign_in, district):
    head = sign_in("station_head_east")
    for ended, offered in ((in_days(-20), True), (in_days(-31), False)):
        end_posting(actor=district.service, posting=posting, on=ended)
        choice = head.get("/desk/absences/add/").context["form"].fields["posting"]
        assert [choice.label_from_instance(one)[-10:] for one in choice.queryset] == [
            f"{ended - timedelta(days=1)}"
        ] * offered
        assert choice.initial is None


def test_a_town_orders_from_its_menu_and_the_firm_agrees_for_a_day(deal, sign_in, district):
    town, firm = sign_in("town_officer_east"), sign_in("firm_manager")
    line = deal.line("activities")
    assert "40 of 40 activities left" in town.get("/desk/menu/").content.decode()
    address = f"/desk/orders/add/?station={district.east.pk}&line={line.pk}"
    body = {"what": "越剧专场", "quantity": "41", "wanted_on": str(in_days(10))}
    assert "40 activities are left" in town.post(address, body).content.decode()
    town.post(address, body | {"quantity": "2"})
    order = ServiceOrder.objects.get()
    assert "38 of 40 activities left" in town.get("/desk/menu/").content.decode()
    assert "越剧专场" in firm.get("/desk/orders/").content.decode()
    page = f"/desk/orders/{order.pk}/"
    past = firm.post(page, {"step": "agree", "version": order.version, "agreed_on": str(in_days(-3))})
    assert "is over" in past.content.decode()
    firm.post(page, {"step": "agree", "version": order.version, "agreed_on": str(in_days(11))})
    order.refresh_from_db()
    assert (order.state, order.agreed_on) == ("agreed", in_days(11))


def test_a_firm_proposes_replaces_and_hands_over_on_pages(deal, posting, sign_in, district):
    third = add_steward(actor=None, firm=district.firm, name="李弦")
    firm, town = sign_in("firm_manager"), sign_in("town_officer_east")
    choices = firm.get("/desk/postings/propose/").content.decode()
    coverage = Coverage.objects.get(contract=deal.contract, station=district.east)
    assert f"?coverage={coverage.pk}" in choices
    body = {
        "steward": third.pk, "valid_from": str(in_days(10)), "full_time": "on", "town_days": "3", "district_days": "2", "supervisor": "站长",
    }  # fmt: skip
    firm.post(f"/desk/postings/propose/?coverage={coverage.pk}", body)
    new = Posting.objects.get(steward=third)
    assert (new.state, new.town_days, new.contract) == ("proposed", 3, deal.contract)
    step(town, f"/desk/postings/{new.pk}/", "decline", new, "一镇一名")
    new.refresh_from_db()
    assert new.state == "refused"
    take = {"steward": third.pk, "on": str(in_days(10)), "version": posting.version, "note": "休产假"}
    firm.post(f"/desk/postings/{posting.pk}/replace/", take)
    taking = Posting.objects.get(replaces=posting)
    step(town, f"/desk/postings/{taking.pk}/", "consent", taking)
    perform(Posting.objects.get(pk=taking.pk), "confirm", actor=district.service)
    taking.refresh_from_db()
    assert "Note the hand-over" in firm.get(f"/desk/postings/{taking.pk}/").content.decode()
    firm.post(f"/desk/postings/{taking.pk}/hand-over/", {"note": "移交钥匙", "version": taking.version})
    assert not Deadline.objects.open().filter(code="stewards.handover").exists()


PAGES = (
    "/desk/", "/desk/more/", "/desk/duty-days/", "/desk/duty-days/month/", "/desk/absences/", "/desk/menu/", "/desk/orders/",
    "/desk/postings/",
)  # fmt: skip


@pytest.mark.parametrize("who", ["steward_east", "firm_manager", "station_head_east", "town_officer_east", "service"])
def test_whoever_opens_a_page_is_answered(deal, posting, sign_in, district, who):
    log_duty(actor=district.steward_east, posting=posting, day=in_days(-1))
    client = sign_in(who)
    answers = {page: client.get(page).status_code for page in PAGES}
    assert set(answers.values()) <= {200, 403}, answers
    assert answers["/desk/"] == 200


@pytest.mark.parametrize("address", ["/desk/duty-days/", "/desk/absences/", "/desk/orders/", "/desk/postings/"])
def test_a_list_asks_as_many_questions_for_thirty_rows_as_for_three(deal, posting, sign_in, district, address):
    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            steward = add_steward(actor=None, firm=district.firm, name=f"管家{number}")
            propose_posting(
                actor=district.firm_manager,
                steward=steward,
                station=district.east,
                contract=deal.contract,
                valid_from=in_days(10),
            )
            log_duty(actor=district.steward_east, posting=posting, day=in_days(-number - 1))
            day = in_days(number)
            request_absence(
                actor=district.steward_east, posting=posting, kind="leave", first=day, last=day, reason="事假"
            )
            place_order(
                actor=district.station_head_east, line=deal.line("class_hours"), station=district.east, quantity=1,
                what="课", wanted_on=in_days(10),
            )  # fmt: skip

    client, asked = sign_in("station_head_east"), []
    for first, last in ((0, 3), (3, 30)):
        fill(first, last)
        client.get(address)
        with CaptureQueriesContext(connection) as questions:
            assert client.get(address).status_code == 200
        asked.append(len(questions))
    assert asked[1] <= asked[0] + 1, asked
