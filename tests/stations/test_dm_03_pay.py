"""DM-3: the town proposes the pay, the bureau reviews and determines it; it lies sealed and is opened for a purpose."""

from __future__ import annotations

import pytest
from django.db import connection

from culture_admin.accounts.models import PersonalReading
from culture_admin.accounts.personal.reading import reveal
from culture_admin.workflow.inbox import waiting
from culture_admin.workflow.models import Decision
from stations.models import CasePay, PersonnelCase

PROPOSED = {"basic": "4500.00", "performance": "1287.65", "allowances": "300.00"}
DETERMINED = {"basic": "4500.00", "performance": "1100.35", "allowances": "300.00"}


@pytest.fixture
def proposed(district, staff, door, day) -> PersonnelCase:
    town = district.town_officer_east
    case = door.file(
        town, staff.station, "pay", officer=staff.officer.pk, year=day(20).year, effective_on=str(day(20)), reason="年度核定",
        **PROPOSED,
    )  # fmt: skip
    assert isinstance(case, PersonnelCase), case
    assert door.step(town, case, "submit").done
    assert door.step(district.personnel, case, "accept").done
    return case


def read(district, case: PersonnelCase, field: str) -> str:
    pay = CasePay.objects.select_related("case__officer", "case__station__unit", "case__station__division").get(
        pk=case.pk
    )
    return reveal(actor=district.personnel, record=pay, field=field, reason="核定工资")


def test_what_the_town_proposes_is_determined_by_the_bureaus_approval(district, door, proposed):
    assert not door.step(district.town_officer_east, proposed, "approve").done
    assert door.step(district.personnel, proposed, "approve").done
    assert read(district, proposed, "determined") == "4500.00 + 1287.65 + 300.00 = 6087.65"


def test_the_bureau_determines_otherwise_with_a_reason_and_both_stay(district, door, proposed):
    assert not door.determine(district.personnel, proposed, **DETERMINED, comment="").done
    assert door.determine(district.personnel, proposed, **DETERMINED, comment="超出绩效总量").done
    assert door.step(district.personnel, proposed, "approve").done
    assert read(district, proposed, "proposed").endswith("= 6087.65")
    assert read(district, proposed, "determined").endswith("= 5900.35")
    assert Decision.objects.about(proposed).filter(step="change", comment="超出绩效总量").exists()


def test_a_town_determines_no_pay(district, door, proposed):
    assert not door.determine(district.town_officer_east, proposed, **DETERMINED, comment="改").done
    assert CasePay.objects.get().determined is None


def test_no_amount_lies_or_is_shown_in_clear_and_who_opens_it_is_noted(district, door, proposed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM stations_casepay t")
        (pay,) = cursor.fetchone()
        cursor.execute("SELECT string_agg(t::text, ' ') FROM workflow_decision t")
        (decisions,) = cursor.fetchone()
    for text in (pay, decisions):
        assert "1287" not in text
    for user in ("personnel", "bureau_leader", "town_officer_east"):
        client = door.client(getattr(district, user))
        addresses = (
            "/api/v1/personnel-cases/",
            f"/api/v1/personnel-cases/{proposed.pk}/",
            f"/desk/cases/{proposed.pk}/",
        )
        shown = [client.get(address, follow=True).content.decode() for address in addresses]
        assert not any("1287" in text for text in shown), user
    assert not PersonalReading.objects.filter(act="read").exists()
    body = {"field": "proposed", "reason": "审核绩效"}
    answer = door.client(district.bureau_leader).post(
        f"/api/v1/personnel-cases/{proposed.pk}/reveal/", body, content_type="application/json",
        headers={"Idempotency-Key": "once"},
    )  # fmt: skip
    assert answer.json()["value"].endswith("= 6087.65")
    last = PersonalReading.objects.latest("pk")
    assert (last.actor, last.field, last.reason) == (district.bureau_leader, "proposed", "审核绩效")


@pytest.mark.parametrize("amount", ["-1", "1000001", "12.345", "很多", ""])
def test_an_amount_that_is_none_is_told_by_its_field(district, staff, door, day, amount):
    refused = door.file(
        district.town_officer_east, staff.station, "pay", officer=staff.officer.pk, year=day(20).year,
        effective_on=str(day(20)), reason="核定", **PROPOSED | {"performance": amount},
    )  # fmt: skip
    assert not isinstance(refused, PersonnelCase)
    assert not PersonnelCase.objects.exists()


def test_an_accepted_case_waits_for_the_step_of_its_kind_alone(district, proposed):
    waits = {
        user: [pile.step for pile in waiting(user) if proposed in pile.records]
        for user in (district.personnel, district.bureau_leader)
    }
    assert waits == {district.personnel: ["approve"], district.bureau_leader: []}
