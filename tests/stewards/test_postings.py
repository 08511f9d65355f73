"""Postings: proposed by the firm, consented to by the town, decided by the bureau, and held to their contract."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from activities.actions import plan_activity
from activities.models import Activity
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.calendar import add_working_days
from culture_admin.workflow.models import Deadline
from stewards.actions import (
    add_firm,
    add_steward,
    end_posting,
    hand_over,
    log_duty,
    post_steward,
    propose_posting,
    replace_steward,
)
from stewards.actions.posting_rules import warnings_of
from stewards.models import Posting
from tests.district import NOW, TODAY
from tests.stewards.deals import BEGINS, ENDS, Deal

JUNE = date(2026, 6, 1)
S = Posting.State


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district, headcount=3)
    deal.performing()
    return deal


@pytest.fixture
def third(district):
    """A steward of the firm who serves nobody yet."""
    return add_steward(actor=district.firm_manager, firm=district.firm, name="李弦")


def proposed(deal, steward, **said) -> Posting:
    usual = {"station": deal.district.east, "contract": deal.contract, "valid_from": JUNE}
    return propose_posting(actor=deal.district.firm_manager, steward=steward, at=NOW, **usual | said)


def code_of(refused, field: str) -> str:
    return refused.value.error_dict[field][0].code


def test_a_posting_goes_from_the_firm_over_the_town_to_the_bureau(deal, third, district):
    posting = proposed(deal, third, supervisor="站长", town_days=3, district_days=2)
    assert posting.state == S.PROPOSED
    assert posting.valid_to == ENDS + timedelta(days=1)
    with pytest.raises(StepRefused) as early:
        perform(posting, "confirm", actor=district.service, at=NOW)
    assert early.value.code == "illegal_transition"
    with pytest.raises(StepRefused) as other_town:
        perform(posting, "consent", actor=district.town_officer_west, at=NOW)
    assert other_town.value.code == "not_found"
    perform(posting, "consent", actor=district.town_officer_east, at=NOW)
    perform(posting, "confirm", actor=district.service, at=NOW)
    assert posting.state == S.CONFIRMED


def test_a_proposed_posting_gives_no_rights_and_no_numbers(deal, third, district):
    before = read("stewards.posted", as_of=TODAY, at=NOW).total.values["stewards.posted"]
    posting = proposed(deal, third, valid_from=TODAY)
    assert read("stewards.posted", as_of=TODAY, at=NOW).total.values["stewards.posted"] == before
    assert posting not in Posting.objects.on(TODAY)
    with pytest.raises(ValidationError) as refused:
        district.log(district.east, actor=district.firm_manager, posting=posting, begins_on=TODAY)
    assert "posting" in refused.value.error_dict
    with pytest.raises(ValidationError) as duty:
        log_duty(actor=district.firm_manager, posting=posting, day=TODAY, at=NOW)
    assert code_of(duty, "day") == "outside_posting"


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"valid_from": BEGINS - timedelta(days=1)}, "valid_from", "outside_term"),
        ({"valid_from": ENDS + timedelta(days=1)}, "valid_from", "outside_term"),
        ({"valid_to": ENDS + timedelta(days=2)}, "valid_to", "outside_term"),
        ({"villages": [999_999]}, "villages", "village_elsewhere"),
        ({"town_days": 6, "district_days": 2}, "__all__", None),
        ({"valid_to": JUNE}, "__all__", None),
    ],
)
def test_a_posting_lies_within_its_contract_and_its_week(deal, third, said, field, code):
    with pytest.raises(ValidationError) as refused:
        proposed(deal, third, **said)
    assert field in refused.value.error_dict
    assert code is None or code_of(refused, field) == code


def test_under_a_contract_that_was_ended_nobody_serves_any_longer(deal, third):
    perform(deal.contract, "end", actor=deal.section, comment="双方协商", at=NOW)
    deal.contract.refresh_from_db()
    for said, field in (
        ({"valid_from": TODAY + timedelta(days=1)}, "valid_from"),
        ({"valid_from": BEGINS, "valid_to": ENDS}, "valid_to"),
    ):
        with pytest.raises(ValidationError) as refused:
            post_steward(actor=deal.section, steward=third, station=deal.district.east, contract=deal.contract, **said)
        assert code_of(refused, field) == "outside_term"
    late = post_steward(
        actor=deal.section, steward=third, station=deal.district.east, contract=deal.contract, valid_from=BEGINS
    )
    assert late.valid_to == TODAY + timedelta(days=1)


def test_only_towns_of_the_contract_are_served_under_it(district, third):
    deal = Deal(district, stations=[district.east])
    deal.draft()
    with pytest.raises(ValidationError) as unsigned:
        proposed(deal, third)
    assert code_of(unsigned, "contract") == "contract_not_signed"
    deal.contract.__class__.objects.filter(pk=deal.contract.pk).update(state="performing")
    deal.contract.refresh_from_db()
    with pytest.raises(ValidationError) as elsewhere:
        proposed(deal, third, station=district.west)
    assert code_of(elsewhere, "station") == "town_not_covered"


def test_another_firms_steward_is_not_posted_under_the_contract(deal, district):
    other = add_firm(actor=None, division=district.county, name_zh="弦歌文化公司", uscc="91990101MA2ABCDF07")
    stranger = add_steward(actor=None, firm=other, name="赵二胡")
    with pytest.raises(ValidationError) as refused:
        post_steward(
            actor=district.service, steward=stranger, station=district.east, contract=deal.contract, valid_from=JUNE
        )
    assert code_of(refused, "contract") == "other_firm"
    with pytest.raises(PermissionDenied):
        propose_posting(
            actor=district.firm_manager,
            steward=stranger,
            station=district.east,
            contract=deal.contract,
            valid_from=JUNE,
        )


def test_a_contract_has_as_many_full_time_stewards_at_once_as_it_is_for(district, third):
    deal = Deal(district)
    deal.performing()
    with pytest.raises(ValidationError) as refused:
        proposed(deal, third)
    assert code_of(refused, "contract") == "too_many_stewards"
    assert proposed(deal, third, full_time=False).state == S.PROPOSED


def test_what_was_within_the_number_when_proposed_is_counted_again_when_decided(deal, third, district):
    fourth = add_steward(actor=district.firm_manager, firm=district.firm, name="周笛")
    first, second = proposed(deal, third), proposed(deal, fourth)
    for posting in (first, second):
        perform(posting, "consent", actor=district.town_officer_east, at=NOW)
    perform(first, "confirm", actor=district.service, at=NOW)
    with pytest.raises(StepRefused) as refused:
        perform(second, "confirm", actor=district.service, at=NOW)
    assert refused.value.code == "too_many_stewards"


def test_two_decided_at_once_do_not_slip_past_the_number(deal, third, district):
    fourth = add_steward(actor=district.firm_manager, firm=district.firm, name="周笛")
    both = [proposed(deal, third), proposed(deal, fourth)]
    perform(both, "consent", actor=district.town_officer_east, at=NOW)
    with pytest.raises(StepRefused) as refused:
        perform(both, "confirm", actor=district.service, at=NOW)
    assert refused.value.code == "too_many_stewards"
    assert not Posting.objects.filter(pk__in=[one.pk for one in both], state=S.CONFIRMED).exists()


def test_nobody_is_full_time_at_two_places_at_once(deal, district):
    east = deal.posting("east")
    with pytest.raises(ValidationError) as refused:
        proposed(deal, east.steward, station=district.west)
    assert code_of(refused, "steward") == "full_time_overlap"
    part = proposed(deal, east.steward, station=district.west, full_time=False)
    assert part.state == S.PROPOSED
    assert district.east.name in warnings_of(part)[0]
    assert "8" in warnings_of(part)[1]


def test_the_database_itself_refuses_a_full_time_overlap(deal, district):
    east = deal.posting("east")
    values = {
        "steward_id": east.steward_id, "firm_id": east.firm_id, "station_id": district.west.pk,
        "county_id": district.county.pk, "contract_id": None,
    }  # fmt: skip
    statement = """
        INSERT INTO stewards_posting (steward_id, firm_id, station_id, county_id, contract_id, full_time, valid_from,
            town_days, district_days, villages, supervisor, handover_note, state, version)
        VALUES (%(steward_id)s, %(firm_id)s, %(station_id)s, %(county_id)s, %(contract_id)s, true, '2026-06-01',
            4, 1, '{}', '', '', %(state)s, 1)
    """
    with (
        pytest.raises(IntegrityError, match="posting_full_time_once"),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute(statement, values | {"state": "confirmed"})
    with connection.cursor() as sql:
        sql.execute(statement, values | {"state": "proposed"})


def test_sessions_of_one_steward_at_one_hour_are_warned_of_at_both_his_postings(deal, district):
    """The clash is told whichever of the two postings the second one is planned under."""
    steward = deal.posting("east").steward
    west = post_steward(
        actor=district.service, steward=steward, station=district.west, contract=deal.contract, valid_from=JUNE,
        full_time=False,
    )  # fmt: skip
    at_hour = {"kind": district.kind("PERF"), "begins_on": JUNE, "begins_time": time(19), "title": "周末剧场"}
    plan_activity(
        actor=district.station_head_east, station=district.east, posting=deal.posting("east"), at=NOW, **at_hour
    )
    with pytest.raises(StepRefused) as refused:
        plan_activity(actor=district.station_head_west, station=district.west, posting=west, at=NOW, **at_hour)
    assert [reason.code for reason in refused.value.reasons] == ["steward_busy"]
    assert Activity.objects.filter(steward=steward, begins_on=JUNE).count() == 1


def test_a_steward_is_replaced_with_the_towns_consent_and_hands_over(deal, third, district):
    former = deal.posting("east")
    posting = replace_steward(
        actor=district.firm_manager, posting=former, steward=third, on=JUNE, note="陈琴休产假", at=NOW
    )
    latest, _provisional = add_working_days(JUNE, 10)
    assert posting.handover_on == latest
    assert posting.replaces == former
    perform(posting, "consent", actor=district.town_officer_east, at=NOW)
    perform(posting, "confirm", actor=district.service, at=NOW)
    former.refresh_from_db()
    assert former.valid_to == posting.valid_from == JUNE
    owed = Deadline.objects.open().get(code="stewards.handover")
    assert (owed.unit_id, owed.due_on, owed.subject_id) == (district.firm.pk, latest, posting.pk)
    with pytest.raises(ValidationError):
        hand_over(actor=district.firm_manager, posting=posting, note=" ", at=NOW)
    hand_over(actor=district.firm_manager, posting=posting, note="移交台账、钥匙与团队名册", at=NOW)
    assert not Deadline.objects.open().filter(code="stewards.handover").exists()


def test_a_town_that_does_not_consent_keeps_its_steward(deal, third, district):
    former = deal.posting("east")
    posting = replace_steward(actor=district.firm_manager, posting=former, steward=third, on=JUNE, at=NOW)
    with pytest.raises(StepRefused) as why:
        perform(posting, "decline", actor=district.town_officer_east, at=NOW)
    assert why.value.code == "comment_required"
    perform(posting, "decline", actor=district.town_officer_east, comment="群众满意现任管家", at=NOW)
    former.refresh_from_db()
    assert posting.state == S.REFUSED
    assert former.valid_to == ENDS + timedelta(days=1)
    again = replace_steward(actor=district.firm_manager, posting=former, steward=third, on=JUNE, at=NOW)
    with pytest.raises(ValidationError):
        replace_steward(actor=district.firm_manager, posting=former, steward=third, on=JUNE, at=NOW)
    perform(again, "withdraw", actor=district.firm_manager, at=NOW)


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"on": BEGINS}, "on", "outside_posting"),
        ({"on": ENDS + timedelta(days=2)}, "on", "outside_posting"),
        ({"handover_on": JUNE + timedelta(days=30)}, "handover_on", "handover_late"),
        ({"handover_on": JUNE - timedelta(days=1)}, "handover_on", "handover_late"),
    ],
)
def test_a_replacement_is_within_the_posting_and_handed_over_in_time(deal, third, district, said, field, code):
    with pytest.raises(ValidationError) as refused:
        replace_steward(
            actor=district.firm_manager, posting=deal.posting("east"), steward=third, at=NOW, **{"on": JUNE} | said
        )
    assert code_of(refused, field) == code


def test_a_posting_does_not_end_before_a_day_that_was_served(deal, third, district):
    east = deal.posting("east")
    log_duty(actor=east.steward.user, posting=east, day=TODAY, at=NOW)
    with pytest.raises(ValidationError) as refused:
        end_posting(actor=district.service, posting=east, on=TODAY, at=NOW)
    assert code_of(refused, "valid_to") == "days_after_end"
    posting = replace_steward(actor=district.firm_manager, posting=east, steward=third, on=TODAY, at=NOW)
    perform(posting, "consent", actor=district.town_officer_east, at=NOW)
    with pytest.raises(StepRefused) as decided:
        perform(posting, "confirm", actor=district.service, at=NOW)
    assert decided.value.code == "days_after_end"


def test_a_posting_under_which_work_was_done_is_not_struck_out(deal, third, district):
    east = deal.posting("east")
    log_duty(actor=east.steward.user, posting=east, day=TODAY, at=NOW)
    with pytest.raises(StepRefused) as refused:
        perform(east, "void", actor=district.service, comment="录错", at=NOW)
    assert refused.value.code == "posting_used"
    fresh = post_steward(
        actor=district.service, steward=third, station=district.east, contract=deal.contract, valid_from=JUNE
    )
    perform(fresh, "void", actor=district.service, comment="录错", at=NOW)
    assert fresh.state == S.WITHDRAWN
