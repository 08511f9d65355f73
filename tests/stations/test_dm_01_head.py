"""DM-1: the town recommends a head, the bureau examines and inspects, and the bureau appoints; a town never does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from culture_admin.accounts.models import User
from culture_admin.workflow.actions import perform
from culture_admin.workflow.models import Deadline, Decision
from stations.actions import end_posting, file_case
from stations.actions.representative import CODE
from stations.flows.cases import PUBLICITY_DAYS
from stations.models import OfficerPosting, PersonnelCase
from tests.stations.doors import words
from tests.stations.staff import candidate


@pytest.fixture
def vacant(district, staff, day):
    """The post of head is free: who held it has retired."""
    end_posting(actor=district.personnel, posting=staff.posting(staff.head), on=day(-1), comment="退休")
    return staff


@pytest.fixture
def recommended(district, vacant, door, day) -> PersonnelCase:
    person = candidate(district, name="周明")
    case = door.file(
        district.town_officer_east, vacant.station, "appointment", officer=person.pk, post=vacant.head_post.pk,
        effective_on=str(day(12)), reason="镇党委会议推荐", username="zhou.ming",
    )  # fmt: skip
    assert door.step(district.town_officer_east, case, "submit").done
    return case


def over(case: PersonnelCase, day) -> None:
    """Its publicity is over."""
    PersonnelCase.objects.filter(pk=case.pk).update(publicity_from=day(-8), publicity_until=day(-1))


def examined(district, door, case) -> None:
    for step in ("accept", "examine", "inspect", "publicise"):
        answer = door.step(district.personnel, case, step)
        assert answer.done, (step, answer)


def test_a_head_is_recommended_examined_inspected_publicised_and_appointed(district, door, recommended, day):
    case = recommended
    examined(district, door, case)
    refused = door.step(district.bureau_leader, case, "appoint")
    assert (refused.done, "公示至" in refused.text) == (False, True)
    over(case, day)
    assert door.step(district.bureau_leader, case, "appoint").done
    posting = OfficerPosting.objects.get(officer=case.officer)
    assert (posting.valid_from, posting.valid_to, posting.post.kind, posting.made_by) == (day(12), None, "head", case)
    taken = Decision.objects.about(case).order_by("pk").values_list("step", "role")
    assert list(taken) == [
        ("draft", "town_officer"), ("submit", "town_officer"), ("accept", "personnel"), ("examine", "personnel"),
        ("inspect", "personnel"), ("publicise", "personnel"), ("appoint", "bureau_leader"),
    ]  # fmt: skip


def test_while_publicity_lasts_the_page_says_until_when_and_afterwards_it_offers_to_appoint(
    district, door, recommended, day
):
    examined(district, door, recommended)
    recommended.refresh_from_db()
    assert recommended.publicity_until > day(PUBLICITY_DAYS - 1)
    address = f"/admin/stations/personnelcase/{recommended.pk}/"

    def told() -> tuple[bool, bool]:
        """Whether the leader's page offers the step, and whether it names the last day on which anybody may object."""
        response = door.client(district.bureau_leader).get(f"{address}change/")
        until = f"公示至{recommended.publicity_until}"
        return f"{address}steps/appoint/" in response.content.decode(), until in words(response)

    assert told() == (False, True)
    over(recommended, day)
    assert told() == (True, False)


def test_the_office_comes_with_the_appointment_and_begins_on_its_day(district, door, recommended, day):
    examined(district, door, recommended)
    over(recommended, day)
    door.step(district.bureau_leader, recommended, "appoint")
    account = User.objects.get(username="zhou.ming")
    office = account.memberships.get()
    assert (office.role, office.unit, office.valid_from) == ("station_head", district.east.unit, day(12))
    assert (account.roles, account.has_usable_password()) == (set(), False)


def test_nobody_but_the_leader_appoints_and_a_town_takes_none_of_the_bureaus_steps(district, door, recommended, day):
    for step in ("accept", "examine", "appoint", "approve"):
        assert not door.step(district.town_officer_east, recommended, step).done
    examined(district, door, recommended)
    over(recommended, day)
    for who in ("town_officer_east", "station_head_east", "personnel", "bureau_admin", "service"):
        assert not door.step(getattr(district, who), recommended, "appoint").done, who
    assert not OfficerPosting.objects.filter(officer=recommended.officer).exists()


def test_no_step_is_left_out(district, door, recommended):
    for who, step in (
        ("personnel", "examine"), ("personnel", "inspect"), ("personnel", "publicise"), ("personnel", "approve"),
        ("bureau_leader", "appoint"),
    ):  # fmt: skip
        assert not door.step(getattr(district, who), recommended, step).done


def test_a_town_writes_no_posting_past_the_case(client, district, vacant, day):
    client.force_login(district.town_officer_east, backend="django.contrib.auth.backends.ModelBackend")
    person = candidate(district)
    body = {"officer": person.pk, "post": vacant.head_post.pk, "valid_from": str(day(0))}
    answer = client.post(
        "/api/v1/officer-postings/", body, content_type="application/json", headers={"Idempotency-Key": "k"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_power")
    assert not OfficerPosting.objects.filter(officer=person).exists()


def test_a_new_head_opens_the_duty_to_register_him(district, door, recommended, day):
    examined(district, door, recommended)
    over(recommended, day)
    door.step(district.bureau_leader, recommended, "appoint")
    duties = Deadline.objects.open().filter(code=CODE, unit=district.east.unit)
    # The one who left opened it; its clock goes on.
    assert [duty.opened_on for duty in duties] == [day(-1)]


def test_no_head_is_appointed_while_another_holds_the_post(district, door, staff, day):
    case = door.file(
        district.town_officer_east, staff.station, "appointment", officer=candidate(district).pk, post=staff.head_post.pk,
        effective_on=str(day(12)), reason="推荐", username="new.head",
    )  # fmt: skip
    door.step(district.town_officer_east, case, "submit")
    examined(district, door, case)
    over(case, day)
    answer = door.step(district.bureau_leader, case, "appoint")
    assert (answer.done, "该岗位现由站长任职" in answer.text) == (False, True)


def test_a_head_is_appointed_from_today_on_where_the_one_before_held_the_post_on_the_day_asked_for(
    district, door, staff, day
):
    end_posting(actor=district.personnel, posting=staff.posting(staff.head), on=day(0), comment="退休")
    then = {"at": timezone.now() - timedelta(days=12)}
    case = file_case(
        actor=district.town_officer_east, kind="appointment", station=staff.station, officer=candidate(district),
        post=staff.head_post, effective_on=day(-3), reason="推荐", username="new.head", **then,
    )  # fmt: skip
    perform(case, "submit", actor=district.town_officer_east, **then)
    for step in ("accept", "examine", "inspect", "publicise"):
        perform(case, step, actor=district.personnel, comment="到站考察", **then)
    over(case, day)
    assert not door.step(district.bureau_leader, case, "appoint").done
    assert door.step(district.bureau_leader, case, "appoint_today").done
    assert OfficerPosting.objects.get(made_by=case).valid_from == day(0)


def test_a_returned_case_keeps_its_rounds_and_the_reason(district, door, recommended):
    assert not door.step(district.personnel, recommended, "return", comment="").done
    assert door.step(district.personnel, recommended, "return", comment="缺学历证明").done
    assert door.step(district.town_officer_east, recommended, "resubmit").done
    steps = Decision.objects.about(recommended).order_by("pk").values_list("step", "comment")
    assert [step for step, _comment in steps] == ["draft", "submit", "return", "resubmit"]
    assert dict(steps)["return"] == "缺学历证明"
