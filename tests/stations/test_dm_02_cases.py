"""DM-2: recruitment, transfer, dismissal and secondment are filed in advance, and done only once the bureau approves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from culture_admin.workflow.inbox import waiting
from culture_admin.workflow.models import Deadline
from stations.actions import record_posting
from stations.actions.effects import DECIDE
from stations.actions.off_post import RETURN
from stations.models import OfficerPosting, OffPost, PersonnelCase
from tests.district import TODAY
from tests.stations.staff import NUMBER, candidate, filed, staffed, steps


@pytest.fixture
def ask(district, staff, door, day):
    """Files a case of the east town through the door and hands it in."""

    def file(kind: str, officer, *, ahead: int = 20, town: str = "east", **entries) -> PersonnelCase:
        case = door.file(
            getattr(district, f"town_officer_{town}"), district.station(town), kind, officer=officer and officer.pk,
            **{"effective_on": str(day(ahead)), "reason": "工作需要", **entries},
        )  # fmt: skip
        assert isinstance(case, PersonnelCase), case
        answer = door.step(getattr(district, f"town_officer_{town}"), case, "submit")
        assert answer.done, answer
        return case

    return file


def approved(district, door, case) -> None:
    for step in ("accept", "approve"):
        answer = door.step(district.personnel, case, step)
        assert answer.done, (step, answer)


def postings(officer) -> list[tuple]:
    return list(OfficerPosting.objects.filter(officer=officer).order_by("pk").values_list("valid_from", "valid_to"))


def test_a_dismissal_ends_the_posting_on_its_day_and_not_before_approval(district, staff, door, ask, day):
    since = staff.posting(staff.officer).valid_from
    case = ask("dismissal", staff.officer, grounds="absence")
    assert postings(staff.officer) == [(since, None)]
    approved(district, door, case)
    assert postings(staff.officer) == [(since, day(20))]


def test_a_recruitment_waits_for_its_day_while_its_rows_are_written_at_once(district, staff, door, ask, day):
    approved(district, door, ask("dismissal", staff.officer, grounds="resignation"))
    new = candidate(district, name="宋佳")
    approved(district, door, ask("recruitment", new, ahead=30, post=staff.officer_post.pk))
    assert postings(new) == [(day(30), None)]
    holding = OfficerPosting.objects.holding
    held = [[one.officer for one in holding(day(after)).filter(post=staff.officer_post)] for after in (0, 25, 30)]
    assert held == [[staff.officer], [], [new]]


def test_what_is_filed_after_its_day_says_why_and_is_late_for_good(district, staff, door, day):
    town, entries = district.town_officer_east, {"effective_on": str(day(-9)), "reason": "已离岗"}
    entries |= {"officer": staff.officer.pk, "grounds": "resignation"}
    refused = door.file(town, staff.station, "dismissal", **entries)
    assert "请说明为何补报" in refused.text
    case = door.file(town, staff.station, "dismissal", **entries, late_reason="镇里未及时上报")
    assert door.step(town, case, "submit").done
    assert list(PersonnelCase.objects.late()) == [case]
    assert door.step(district.personnel, case, "accept").done
    refused = door.step(district.personnel, case, "approve")
    assert (refused.done, "批准之前不得生效" in refused.text) == (False, True)
    assert door.step(district.personnel, case, "approve_today").done
    case.refresh_from_db()
    assert (case.late, case.effective_on) == (True, day(0))
    assert postings(staff.officer)[0][1] == day(0)


def test_one_person_has_one_open_case(district, staff, door, ask, day):
    ask("dismissal", staff.officer, grounds="resignation")
    refused = door.file(
        district.town_officer_east, staff.station, "transfer_out", officer=staff.officer.pk, other_unit="镇便民中心",
        effective_on=str(day(30)), reason="调动",
    )  # fmt: skip
    assert "已有一件未办结的人事事项" in refused.text
    assert PersonnelCase.objects.count() == 1


def test_a_secondment_is_off_post_and_its_return_is_owed(district, staff, door, ask, day):
    case = ask("secondment", staff.officer, other_unit="镇党政办", until=str(day(200)))
    approved(district, door, case)
    entry = OffPost.objects.get(officer=staff.officer)
    assert (entry.reason, entry.valid_from, entry.valid_to, entry.counts) == ("seconded", day(20), None, True)
    owed = Deadline.objects.open().get(code=RETURN)
    assert (owed.unit.division, owed.due_on, owed.subject) == (district.town("east"), day(200), entry)
    # Nobody is back before leaving.
    OffPost.objects.filter(pk=entry.pk).update(valid_from=day(-20))
    assert not door.back(district.town_officer_east, entry, str(day(-25))).done
    assert door.back(district.town_officer_east, entry, str(day(-1))).done
    assert not Deadline.objects.open().filter(code=RETURN).exists()


def test_a_transfer_out_ends_the_posting_and_names_where_to(district, staff, door, ask, day):
    refused = door.file(
        district.town_officer_east, staff.station, "transfer_out", officer=staff.officer.pk, other_unit="",
        effective_on=str(day(20)), reason="调动",
    )  # fmt: skip
    assert not isinstance(refused, PersonnelCase)
    approved(district, door, ask("transfer_out", staff.officer, other_unit="县档案馆"))
    assert postings(staff.officer)[0][1] == day(20)


def test_another_town_lets_its_officer_go_before_the_bureau_takes_the_case_up(district, staff, door, ask, day):
    other = staffed(district, "west", name="何倩", identity_number=NUMBER)
    approved(district, door, ask("dismissal", staff.officer, grounds="resignation", ahead=15))
    known = {"name": "何倩", "identity_number": NUMBER}
    case = ask("transfer_in", None, post=staff.officer_post.pk, other_unit="西镇文化站", **known)
    assert case.officer == other.officer
    assert not door.step(district.personnel, case, "accept").done
    # Who asks for the officer does not consent for the other town.
    assert not door.step(district.town_officer_east, case, "consent").done
    assert door.step(district.town_officer_west, case, "consent").done
    approved(district, door, case)
    (first, second) = postings(other.officer)
    assert (first[1], second) == (day(20), (day(20), None))


def test_a_head_is_removed_by_the_leader_and_the_office_ends_with_the_post(district, staff, door, ask, day):
    case = ask("removal", staff.head, grounds="retirement")
    assert door.step(district.personnel, case, "accept").done
    assert not door.step(district.personnel, case, "remove").done
    assert door.step(district.bureau_leader, case, "remove").done
    office = district.station_head_east.memberships.get(role="station_head")
    assert (staff.posting_of(staff.head).valid_to, office.valid_to) == (day(20), day(20))


def test_the_bureau_owes_an_answer_and_silence_approves_nothing(district, staff, door, day):
    case = filed(district, "dismissal", staff.officer, grounds="resignation")
    owed = Deadline.objects.open().get(code=DECIDE)
    assert (owed.unit, owed.subject, owed.due_on < day(0)) == (district.bureau, case, True)
    case.refresh_from_db()
    assert (case.state, postings(staff.officer)[0][1]) == ("submitted", None)
    assert door.step(district.personnel, case, "refuse").done
    assert not Deadline.objects.open().filter(code=DECIDE).exists()
    case.refresh_from_db()
    assert case.state == "refused"


def test_what_changed_since_it_was_filed_is_told_by_field_before_anybody_approves(district, staff, door, ask, day):
    case = ask("dismissal", staff.officer, grounds="resignation")
    assert door.step(district.personnel, case, "accept").done
    record_posting(
        actor=district.personnel, officer=staff.officer, post=staff.head_post, valid_from=day(-1), acting=True,
        valid_to=day(40),
    )  # fmt: skip
    refused = door.step(district.personnel, case, "approve")
    assert (refused.done, "所任岗位" in refused.text, "站长" in refused.text) == (False, True, True)
    assert postings(staff.officer)[0][1] is None


def test_a_case_waits_only_for_the_steps_of_its_kind(district, staff):
    pay = filed(
        district,
        "pay",
        staff.officer,
        year=TODAY.year,
        basic=Decimal(4000),
        performance=Decimal(1),
        allowances=Decimal(0),
    )
    steps(pay, ("accept", district.personnel))

    def waits_for(user) -> set[str]:
        return {item.step for item in waiting(user) if pay in item.records}

    assert waits_for(district.personnel) == {"approve"}
    assert waits_for(district.bureau_leader) == set()
