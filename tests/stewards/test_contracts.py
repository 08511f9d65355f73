"""Rules of contracts: what is drawn up, signed, supplemented, renewed and ended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from culture_admin.workflow.actions import StepRefused, perform
from stewards.actions import propose_supplement, renew_contract, set_lines, set_terms, sign_contract
from stewards.models import Contract, Posting
from tests.district import NOW
from tests.stewards.deals import AWARDED, SIGNED, Deal, service_list

C = Contract.State


def code_of(refused) -> str:
    """The code of the first fault of a ValidationError."""
    return next(iter(refused.value.error_dict.values()))[0].code


def test_a_contract_goes_from_preparation_to_performance(district):
    deal = Deal(district)
    assert deal.draft().state == C.PREPARING
    contract = deal.performing()
    assert contract.state == C.PERFORMING
    assert [line.amount for line in contract.lines.all()] == [200_000, 120_000, 108_000, 40_000, 32_000]
    assert [one.gross for one in contract.plan.all()] == [200_000, 150_000, 150_000]
    assert Posting.objects.filter(contract=contract).count() == 2


def test_weights_that_do_not_add_up_to_100_are_not_procured(district):
    lines = service_list()
    lines[0]["weight"] = 29
    deal = Deal(district, lines=lines)
    with pytest.raises(StepRefused) as refused:
        perform(deal.draft(), "procure", actor=district.service, at=NOW)
    assert refused.value.code == "weights_sum"


def test_lines_that_cost_more_than_the_contract_are_not_procured(district):
    lines = service_list()
    lines[0]["target"] = Decimal(41)
    with pytest.raises(StepRefused) as refused:
        perform(Deal(district, lines=lines).draft(), "procure", actor=district.service, at=NOW)
    assert refused.value.code == "beyond_amount"
    assert "5,000.00" in str(refused.value)


@pytest.mark.parametrize(
    ("terms", "field", "code"),
    [
        ({"ends_on": date(2029, 3, 1)}, "ends_on", "too_long"),
        ({"method": "single_source"}, "single_reason", "required"),
        ({"stations": []}, "stations", "required"),
    ],
)
def test_terms_the_law_does_not_allow_are_refused(district, terms, field, code):
    with pytest.raises(ValidationError) as refused:
        Deal(district, **terms).draft()
    assert [*refused.value.error_dict] == [field]
    assert code_of(refused) == code
    assert not Contract.objects.exists()


def test_the_shares_of_the_performance_score_add_up_to_100(district):
    with pytest.raises(ValidationError, match="100"):
        Deal(district, quantity_share=50).draft()


def test_a_town_of_another_county_is_not_covered(district):
    with pytest.raises(ValidationError) as refused:
        Deal(district, stations=[district.elsewhere]).draft()
    assert code_of(refused) == "station_elsewhere"


def test_a_line_outside_the_term_or_the_towns_is_refused_with_its_number(district):
    contract = Deal(district, stations=[district.east]).draft()
    for said, code in (({"last": date(2027, 3, 1)}, "outside_term"), ({"station": district.west}, "not_covered")):
        lines = service_list()
        lines[1] |= said
        with pytest.raises(ValidationError) as refused:
            set_lines(actor=district.service, contract=contract, lines=lines, at=NOW)
        assert code_of(refused) == code
        assert "2" in refused.value.messages[0]
    assert contract.lines.count() == 5


def test_a_plan_adds_up_to_100(district):
    contract = Deal(district).draft()
    with pytest.raises(ValidationError) as refused:
        set_terms(actor=district.service, contract=contract, plan=[{"share": 99, "when": "signed"}], factors=[], at=NOW)
    assert code_of(refused) == "shares_sum"
    assert contract.plan.count() == 3


def test_what_is_signed_is_not_changed(district):
    contract = Deal(district).signed()
    with pytest.raises(StepRefused) as refused:
        set_lines(actor=district.service, contract=contract, lines=service_list(), at=NOW)
    assert refused.value.code == "illegal_transition"


def test_only_the_section_draws_up_contracts(district):
    for actor in (district.firm_manager, district.town_officer_east, district.finance):
        deal = Deal(district)
        deal.section = actor
        with pytest.raises(PermissionDenied):
            deal.draft()


def test_it_is_signed_after_the_award_and_not_in_the_future(district):
    contract = Deal(district).procuring()
    with pytest.raises(ValidationError) as refused:
        sign_contract(actor=district.service, contract=contract, awarded_on=SIGNED, signed_on=AWARDED, at=NOW)
    assert code_of(refused) == "date_range"


def test_supplements_are_at_most_a_tenth_in_all(district):
    deal = Deal(district)
    contract = deal.performing()

    def supplement(amount):
        return propose_supplement(
            actor=district.service,
            contract=contract,
            line=deal.line("activities"),
            quantity=Decimal(6),
            amount=Decimal(amount),
            document="补充合同",
            reason="增加镇级活动",
            at=NOW,
        )

    with pytest.raises(ValidationError) as refused:
        supplement("50000.01")
    assert code_of(refused) == "supplement_too_large"
    first, second = supplement(30_000), supplement(30_000)
    perform(first, "sign", actor=district.bureau_leader, at=NOW)
    with pytest.raises(StepRefused) as outrun:
        perform(second, "sign", actor=district.bureau_leader, at=NOW)
    assert outrun.value.code == "supplement_too_large"
    line = deal.line("activities")
    assert (Contract.objects.get().total, line.agreed, line.agreed_kept) == (530_000, 46, 46)


def test_nobody_signs_the_supplement_he_filed(district):
    deal = Deal(district)
    deal.performing()
    supplement = propose_supplement(
        actor=district.service,
        contract=deal.contract,
        line=deal.line("works"),
        quantity=Decimal(1),
        amount=Decimal(8_000),
        document="补充合同",
        reason="加排一个小品",
        at=NOW,
    )
    with pytest.raises(StepRefused):
        perform(supplement, "sign", actor=district.service, at=NOW)


def test_a_contract_is_renewed_as_often_as_it_says(district):
    contract = Deal(district, renewals_left=1).performing()
    following = renew_contract(
        actor=district.service,
        contract=contract,
        number="试文采〔2027〕3号",
        begins_on=date(2027, 3, 1),
        budget=Decimal(600_000),
        amount=Decimal(500_000),
        at=NOW,
    )
    assert (following.renewals_left, following.ends_on, following.renews) == (0, date(2028, 2, 29), contract)
    assert [line.target for line in following.lines.all()] == [line.target for line in contract.lines.all()]
    assert following.coverage.count() == 2
    with pytest.raises(ValidationError) as refused:
        renew_contract(
            actor=district.service,
            contract=contract,
            number="又",
            begins_on=date(2027, 3, 1),
            budget=Decimal(1),
            amount=Decimal(1),
            at=NOW,
        )
    assert code_of(refused) == "renewed_already"


def test_stewards_leave_with_a_contract_that_is_terminated(district):
    contract = Deal(district).performing()
    with pytest.raises(StepRefused):
        perform(contract, "terminate", actor=district.service, comment="连续两次不合格", at=NOW)
    perform(contract, "terminate", actor=district.bureau_leader, comment="连续两次不合格", at=NOW)
    assert Contract.objects.get().closed_on == district.today
    assert set(Posting.objects.filter(contract=contract).values_list("valid_to", flat=True)) == {date(2026, 5, 21)}


def test_only_the_towns_that_are_covered_see_a_contract(district):
    contract = Deal(district, stations=[district.east]).draft()
    sees = {
        name: Contract.objects.visible_to(getattr(district, name)).filter(pk=contract.pk).exists()
        for name in (
            "service", "bureau_leader", "firm_manager", "town_officer_east", "station_head_east", "town_officer_west",
            "town_officer_elsewhere", "steward_east",
        )
    }  # fmt: skip
    assert sees == {
        "service": True,
        "bureau_leader": True,
        "firm_manager": True,
        "town_officer_east": True,
        "station_head_east": True,
        "town_officer_west": False,
        "town_officer_elsewhere": False,
        "steward_east": False,
    }
