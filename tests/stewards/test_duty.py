"""Days on duty and absences: filed by the steward or his firm, decided by the station."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from culture_admin.territory.models import Division
from culture_admin.workflow.actions import StepRefused, perform
from stewards.actions import add_steward, change_duty, log_duty, note_absence, post_steward, request_absence
from stewards.models import Absence, Delivery, DutyDay
from tests.district import NOW, TODAY
from tests.stewards.deals import ENDS, Deal

YESTERDAY = TODAY - timedelta(days=1)
D, A = DutyDay.State, Absence.State


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district)
    deal.performing()
    return deal


@pytest.fixture
def posting(deal):
    return deal.posting("east")


def logged(posting, day=YESTERDAY, **said) -> DutyDay:
    return log_duty(actor=posting.steward.user, posting=posting, day=day, at=NOW, **said)


def asked(posting, first=YESTERDAY, last=YESTERDAY, **said) -> Absence:
    usual = {"actor": posting.steward.user, "kind": "leave", "reason": "回乡探亲", "at": NOW}
    return request_absence(posting=posting, first=first, last=last, **usual | said)


def code_of(refused, field: str) -> str:
    return refused.value.error_dict[field][0].code


def test_a_day_is_logged_without_a_place_and_waits_for_the_station(posting, district):
    duty = logged(posting, tasks="排练越剧")
    assert (duty.state, duty.halves, duty.late, duty.latitude) == (D.LOGGED, 2, False, None)
    assert (duty.firm_id, duty.station_id, duty.division_id) == (
        district.firm.pk, district.east.pk, district.east.division_id,
    )  # fmt: skip
    perform(duty, "confirm", actor=district.station_officer_east, at=NOW)
    assert duty in DutyDay.objects.counted()


def test_where_the_phone_was_is_kept_if_it_says_so(posting):
    duty = logged(posting, latitude=Decimal("30.16"), longitude=Decimal("120.26"), arrived=time(8, 30), left=time(17))
    assert (duty.latitude, duty.longitude) == (Decimal("30.16"), Decimal("120.26"))


def test_a_village_says_where(posting, district):
    village = Division.objects.get(code="990101101201")
    assert logged(posting, village=village).where == DutyDay.Where.VILLAGE
    stranger = Division.objects.get(code="990101102201")
    with pytest.raises(ValidationError) as refused:
        logged(posting, day=TODAY, village=stranger)
    assert code_of(refused, "village") == "village_elsewhere"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"day": TODAY + timedelta(days=1)}, "day"),
        ({"day": date(2026, 2, 28)}, "day"),
        ({"halves": 0}, "halves"),
        ({"halves": 3}, "halves"),
        ({"where": "home"}, "where"),
        ({"arrived": time(9), "left": time(8)}, "__all__"),
        ({"latitude": Decimal("91"), "longitude": Decimal("0")}, "__all__"),
        ({"latitude": Decimal("30")}, "__all__"),
        ({"tasks": "字" * 501}, "tasks"),
    ],
)
def test_what_cannot_be_is_refused_by_field(posting, said, field):
    with pytest.raises(ValidationError) as refused:
        logged(posting, **said)
    assert field in refused.value.error_dict


def test_a_day_is_logged_once_however_often_the_phone_sends_it(posting):
    name = uuid.uuid4()
    first = logged(posting, client_uuid=name)
    assert logged(posting, client_uuid=name).pk == first.pk
    with pytest.raises(ValidationError):
        logged(posting)
    assert DutyDay.objects.count() == 1


@pytest.mark.parametrize(("back", "late"), [(0, False), (7, False), (8, True)])
def test_more_than_a_week_later_it_is_late(posting, back, late):
    assert logged(posting, day=TODAY - timedelta(days=back)).late is late


def test_each_logs_his_own_days_or_his_firm_does(posting, deal, district):
    with pytest.raises(PermissionDenied):
        log_duty(actor=district.steward_west, posting=posting, day=YESTERDAY, at=NOW)
    with pytest.raises(PermissionDenied):
        log_duty(actor=district.station_head_east, posting=posting, day=YESTERDAY, at=NOW)
    duty = log_duty(actor=district.firm_manager, posting=posting, day=YESTERDAY, at=NOW)
    perform(duty, "return", actor=district.station_head_east, comment="当天不在", at=NOW)
    with pytest.raises(StepRefused) as refused:
        perform(duty, "resubmit", actor=district.steward_west, at=NOW)
    assert refused.value.code == "not_found"
    change_duty(actor=posting.steward.user, dutyday=duty, halves=1, at=NOW)
    duty.refresh_from_db()
    perform(duty, "resubmit", actor=posting.steward.user, at=NOW)
    perform(duty, "confirm", actor=district.station_head_east, at=NOW)
    with pytest.raises(StepRefused) as settled:
        change_duty(actor=posting.steward.user, dutyday=duty, halves=2, at=NOW)
    assert settled.value.code == "illegal_transition"


def test_the_station_decides_and_nobody_else(posting, district):
    duty = logged(posting)
    for stranger in ("station_head_west", "town_officer_east", "service", "firm_manager", "steward_east"):
        with pytest.raises(StepRefused) as refused:
            perform(duty, "confirm", actor=getattr(district, stranger), at=NOW)
        assert refused.value.code in ("not_your_power", "not_found")


def test_many_days_are_confirmed_in_one_act(posting, district, django_assert_max_num_queries):
    days = [logged(posting, day=TODAY - timedelta(days=back)) for back in range(7)]
    with django_assert_max_num_queries(40):
        perform(days, "confirm", actor=district.station_head_east, at=NOW)
    assert DutyDay.objects.counted().count() == 7
    with pytest.raises(StepRefused) as refused:
        perform(days[0], "void", actor=district.station_head_east, at=NOW)
    assert refused.value.code == "comment_required"


def test_a_confirmed_day_counts_on_the_contracts_line_until_it_is_returned(posting, deal, district):
    duty = logged(posting, halves=1)
    assert not Delivery.objects.exists()
    perform(duty, "confirm", actor=district.station_head_east, at=NOW)
    delivery = Delivery.objects.standing().get(source_kind="dutyday", source_id=duty.pk)
    assert (delivery.line, delivery.amount, delivery.quantity) == (deal.line("duty_days"), 1, Decimal("0.5"))
    perform(duty, "return", actor=district.station_head_east, comment="未到岗", at=NOW)
    assert not Delivery.objects.standing().exists()
    perform(duty, "reinstate", actor=district.station_head_east, at=NOW)
    perform(duty, "void", actor=district.station_head_east, comment="录错", at=NOW)
    assert not Delivery.objects.standing().exists()


def test_a_struck_day_may_be_logged_again(posting, district):
    perform(logged(posting), "void", actor=district.station_head_east, comment="重复", at=NOW)
    assert logged(posting).state == D.LOGGED


def test_two_postings_share_one_day(posting, deal, district):
    part = post_steward(
        actor=district.service, steward=posting.steward, station=district.west, contract=deal.contract,
        valid_from=date(2026, 5, 1), full_time=False,
    )  # fmt: skip
    logged(posting, halves=1)
    with pytest.raises(ValidationError) as refused:
        logged(part, halves=2)
    assert code_of(refused, "halves") == "more_than_a_day"
    assert logged(part, halves=1).station == district.west


def test_nobody_is_on_duty_while_he_is_away(posting, district):
    absence = asked(posting)
    assert logged(posting, day=TODAY)
    perform(absence, "approve", actor=district.station_head_east, at=NOW)
    with pytest.raises(ValidationError) as refused:
        logged(posting)
    assert code_of(refused, "day") == "absent_then"
    perform(absence, "void", actor=district.station_head_east, comment="没有休", at=NOW)
    assert logged(posting)


def test_leave_is_not_given_for_a_day_that_was_served(posting, district):
    absence = asked(posting)
    logged(posting)
    with pytest.raises(StepRefused) as refused:
        perform(absence, "approve", actor=district.station_head_east, at=NOW)
    assert refused.value.code == "day_logged"
    perform(absence, "refuse", actor=district.station_head_east, comment="当天在岗", at=NOW)


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"first": TODAY, "last": YESTERDAY}, "__all__", None),
        ({"last": ENDS + timedelta(days=5)}, "last", "outside_posting"),
        ({"first": YESTERDAY - timedelta(days=300)}, "first", "outside_posting"),
        ({"kind": "beach"}, "kind", None),
        ({"reason": ""}, "reason", None),
    ],
)
def test_an_absence_lies_within_the_posting_and_says_why(posting, said, field, code):
    with pytest.raises(ValidationError) as refused:
        asked(posting, **said)
    assert field in refused.value.error_dict
    assert code is None or code_of(refused, field) == code


def test_absences_of_a_posting_do_not_overlap(posting):
    asked(posting, last=TODAY)
    with pytest.raises(ValidationError) as refused:
        asked(posting, first=TODAY, last=TODAY)
    assert code_of(refused, "first") == "absence_twice"


def test_the_station_notes_who_stayed_away(posting, district):
    with pytest.raises(PermissionDenied):
        note_absence(actor=district.firm_manager, posting=posting, first=YESTERDAY, last=YESTERDAY, reason="x", at=NOW)
    with pytest.raises(ValidationError):
        note_absence(
            actor=district.station_head_east,
            posting=posting,
            first=TODAY,
            last=TODAY + timedelta(days=1),
            reason="x",
            at=NOW,
        )
    absence = note_absence(
        actor=district.station_head_east, posting=posting, first=YESTERDAY, last=YESTERDAY, reason="未请假", at=NOW
    )
    assert absence.state == A.NOTED


def test_of_another_firms_posting_nobody_files(posting, district):
    stranger = add_steward(actor=None, firm=district.firm, name="无账号")
    assert stranger.user is None
    with pytest.raises(PermissionDenied):
        asked(posting, actor=district.steward_west)
