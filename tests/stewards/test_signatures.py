"""Rules of signing: who is a member of an acceptance, and that each signs for his own unit, once, in his own name."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from culture_admin.accounts.actions import grant_office
from culture_admin.accounts.roles import Role
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.inbox import waiting
from stewards.models import Acceptance, Signature
from tests.district import NOW, OPENED, District
from tests.stewards.bills import Bill
from tests.stewards.test_contracts import code_of

S = Signature.State


@pytest.fixture
def bill(district):
    bill = Bill(district)
    bill.performing()
    return bill


@pytest.fixture
def submitted(bill) -> Acceptance:
    sheet = bill.sheet(2, bill.evaluated("85"))
    perform(sheet, "submit", actor=bill.section, at=NOW)
    return sheet


def government(district: District, town: str) -> Unit:
    return district.town(town).units.get(kind=Unit.Kind.TOWN)


def of(sheet: Acceptance, unit: Unit) -> Signature:
    return sheet.signatures.get(unit=unit)


def test_without_names_the_bureau_and_each_station_sign(bill, district):
    sheet = bill.sheet(2, bill.evaluated("85"))
    assert [one.unit for one in sheet.signatures.all()] == [district.bureau, district.east.unit, district.west.unit]
    assert {one.state for one in sheet.signatures.all()} == {S.NAMED}


def test_of_one_town_its_government_signs_too(district):
    bill = Bill(district, stations=[district.east])
    bill.signed_alone()
    sheet = bill.sheet(2, bill.evaluated("85"))
    assert [one.unit for one in sheet.signatures.all()] == [
        district.bureau,
        district.east.unit,
        government(district, "east"),
    ]


def test_who_is_no_party_does_not_sign_and_no_party_is_left_out(bill, district):
    bureau, east, west = district.bureau, district.east.unit, district.west.unit
    cases = {
        "not_a_party": [bureau, east, west, district.elsewhere.unit],
        "bureau_signs": [east, west, government(district, "east")],
        "town_signs": [bureau, east, government(district, "east")],
    }
    evaluation = bill.evaluated("85")
    for code, members in cases.items():
        with pytest.raises(ValidationError) as refused:
            bill.sheet(2, evaluation, members=members)
        assert code_of(refused) == code
    members = [bureau, government(district, "east"), government(district, "west")]
    assert bill.sheet(2, evaluation, members=members).signatures.count() == 3


def test_fewer_than_three_units_are_not_enough(district):
    bill = Bill(district, stations=[district.east])
    bill.signed_alone()
    with pytest.raises(ValidationError) as refused:
        bill.sheet(2, bill.evaluated("85"), members=[district.bureau, district.east.unit])
    assert code_of(refused) == "three_sign"


def test_nobody_signs_before_the_sheet_is_submitted(bill, district):
    sheet = bill.sheet(2, bill.evaluated("85"))
    with pytest.raises(StepRefused) as refused:
        perform(of(sheet, district.east.unit), "sign", actor=district.station_head_east, at=NOW)
    assert refused.value.code == "illegal_transition"


@pytest.mark.parametrize(
    ("who", "unit", "code"),
    [
        ("service", "east", "other_unit"),
        ("town_officer_east", "east", "other_unit"),
        ("service", "government", "other_unit"),
        ("station_head_west", "east", "not_found"),
        ("firm_manager", "east", "not_your_power"),
        ("finance", "bureau", "not_your_power"),
        ("bureau_leader", "bureau", "not_your_power"),
        ("bureau_admin_elsewhere", "bureau", "not_found"),
    ],
)
def test_nobody_signs_for_anothers_unit(bill, district, who, unit, code):
    units = {
        "east": district.east.unit,
        "government": government(district, "west"),
        "bureau": district.bureau,
    }
    sheet = bill.sheet(2, bill.evaluated("85"), members=[district.bureau, district.east.unit, units["government"]])
    perform(sheet, "submit", actor=bill.section, at=NOW)
    with pytest.raises(StepRefused) as refused:
        perform(of(sheet, units[unit]), "sign", actor=getattr(district, who), at=NOW)
    assert refused.value.code == code
    assert not Signature.objects.filter(state=S.SIGNED).exists()


def test_whoever_signs_stands_there_with_name_and_time(submitted, district):
    signature = of(submitted, district.east.unit)
    perform(signature, "sign", actor=district.station_officer_east, at=NOW)
    signature.refresh_from_db()
    assert (signature.state, signature.signed_by, signature.signed_at) == (S.SIGNED, district.station_officer_east, NOW)


def test_a_person_with_two_offices_signs_once(submitted, district):
    head = district.station_head_east
    grant_office(actor=None, user=head, role=Role.STATION_HEAD, unit=district.west.unit, valid_from=OPENED)
    perform(of(submitted, district.east.unit), "sign", actor=head, at=NOW)
    with pytest.raises(StepRefused) as refused:
        perform(of(submitted, district.west.unit), "sign", actor=head, at=NOW)
    assert refused.value.code == "signed_already"


def test_declining_needs_a_reason_and_can_be_thought_over(submitted, bill, district):
    signature = of(submitted, district.east.unit)
    head = district.station_head_east
    with pytest.raises(StepRefused) as refused:
        perform(signature, "decline", actor=head, at=NOW)
    assert refused.value.code == "comment_required"
    perform(signature, "decline", actor=head, comment="少办两场", at=NOW)
    with pytest.raises(StepRefused) as refused:
        perform(submitted, "accept", actor=bill.section, at=NOW)
    assert refused.value.code == "unsigned"
    assert "东镇" in refused.value.text
    perform(signature, "sign", actor=head, at=NOW)
    assert signature.state == S.SIGNED


def test_it_is_accepted_when_everybody_has_signed(submitted, bill, district):
    for signature in submitted.signatures.all():
        with pytest.raises(StepRefused) as refused:
            perform(submitted, "accept", actor=bill.section, at=NOW)
        assert refused.value.code == "unsigned"
        perform(signature, "sign", actor=bill.member(signature), at=NOW)
    perform(submitted, "accept", actor=bill.section, at=NOW)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.accepted_on) == (Acceptance.State.ACCEPTED, district.today)


def test_a_signature_waits_in_the_inbox_of_its_own_unit_alone(submitted, district):
    def waits(who: str) -> set[Unit]:
        found = [one for one in waiting(getattr(district, who)) if one.model == "stewards.signature"]
        return {record.unit for one in found for record in one.records}

    assert waits("station_head_east") == {district.east.unit}
    assert waits("station_head_west") == {district.west.unit}
    assert waits("service") == {district.bureau}
    assert waits("town_officer_east") == set()
    assert waits("firm_manager") == set()


def test_the_sheet_waits_for_the_section_once_everybody_has_signed(submitted, bill, district):
    def waits() -> list[Acceptance]:
        found = [one for one in waiting(district.service) if (one.model, one.step) == ("stewards.acceptance", "accept")]
        return [record for one in found for record in one.records]

    assert waits() == []
    for signature in submitted.signatures.all():
        perform(signature, "sign", actor=bill.member(signature), at=NOW)
    assert waits() == [submitted]
