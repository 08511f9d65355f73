"""The panel on the spot: who may sit on it, what he may find, and when several agree."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assessments.actions import appoint_assessor, mark_item
from assessments.models import Assessment, Mark, PanelSeat
from culture_admin.accounts.actions import grant_office
from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused, perform
from tests.assessments.visited import CODES, SAID, sealed, visit, visiting_year
from tests.assessments.years import Year
from tests.district import NOW, OPENED, TODAY, District


@pytest.fixture
def year(district: District) -> Year:
    return visiting_year(district)


@pytest.fixture
def east(year: Year) -> Assessment:
    return sealed(year, "east")


@pytest.fixture
def seat(year: Year, east: Assessment) -> PanelSeat:
    return visit(year, "east", year.assessor("assessor_0"))


def codes_of(refused: ValidationError) -> dict[str, str]:
    return {name: errors[0].code or "" for name, errors in refused.error_dict.items()}


def refusal_of(work: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(ValidationError) as refused:
        work()
    return codes_of(refused.value)


def mark(seat: PanelSeat, code: str, *numbers: str, actor: User | None = None, **said) -> Mark:
    given = [Decimal(number) for number in numbers]
    return mark_item(actor=actor or seat.assessor, seat=seat, code=code, numbers=given, **{"at": NOW} | said)


def finish(seat: PanelSeat, **numbers: list[str]) -> PanelSeat:
    """Everything is found as the town says it, but where told otherwise."""
    for code, said in (SAID | numbers).items():
        mark(seat, code, *said)
    perform(seat, "finish", actor=seat.assessor, at=NOW)
    return seat


# --- who may sit on it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "kind"), [(Role.STATION_HEAD, Unit.Kind.STATION), (Role.TOWN_OFFICER, Unit.Kind.TOWN)]
)
@pytest.mark.parametrize(("until", "refused"), [(None, True), (date(2026, 3, 1), True), (date(2025, 12, 31), False)])
def test_nobody_assesses_the_town_he_held_an_office_in_during_the_year(
    year, east, district, role, kind, until, refused
):
    both = year.assessor("both")
    unit = district.town("east").units.get(kind=kind)
    grant_office(actor=None, user=both, role=role, unit=unit, valid_from=OPENED, valid_to=until)
    if refused:
        assert refusal_of(lambda: visit(year, "east", both)) == {"assessor": "own_town"}
    else:
        assert visit(year, "east", both).state == "appointed"


def test_whoever_holds_an_office_in_one_town_may_assess_the_other(year, east, district):
    both = year.assessor("both")
    sealed(year, "west")
    grant_office(actor=None, user=both, role=Role.STATION_OFFICER, unit=district.east.unit, valid_from=OPENED)
    assert visit(year, "west", both).state == "appointed"
    assert refusal_of(lambda: visit(year, "east", both)) == {"assessor": "own_town"}


def test_an_assessor_of_another_county_is_not_appointed(year, east, district):
    bureau = Unit.objects.get(kind=Unit.Kind.BUREAU, division__code="990102")
    stranger = district.assessor
    stranger.memberships.update(valid_to=TODAY)
    grant_office(actor=None, user=stranger, role=Role.ASSESSOR, unit=bureau, valid_from=TODAY)
    assert refusal_of(lambda: visit(year, "east", stranger)) == {"assessor": "no_assessor"}
    assert refusal_of(lambda: visit(year, "east", district.service)) == {"assessor": "no_assessor"}


def test_nobody_is_appointed_twice_but_whoever_stood_back_may_be_again(year, east, seat):
    with pytest.raises(ValidationError) as refused:
        visit(year, "east", seat.assessor)
    assert refused.value.error_dict["__all__"][0].code == "appointed_already"
    perform(seat, "recuse", actor=seat.assessor, comment="我哥哥在该镇任职", at=NOW)
    assert visit(year, "east", seat.assessor).state == "appointed"


def test_a_panel_is_sent_only_to_what_the_town_has_sealed(year, district):
    with pytest.raises(StepRefused) as refused:
        visit(year, "west", year.assessor("assessor_0"))
    assert refused.value.code == "illegal_transition"


@pytest.mark.parametrize("username", ["town_officer_east", "station_head_east", "assessor", "bureau_leader"])
def test_only_the_section_sends_a_panel(year, east, district, username):
    with pytest.raises((PermissionDenied, StepRefused)):
        appoint_assessor(
            actor=getattr(district, username), assessment=east, assessor=year.assessor("assessor_0"), at=NOW
        )
    assert not PanelSeat.objects.exists()


def test_standing_back_needs_a_reason_and_ends_the_scoring(seat):
    with pytest.raises(StepRefused) as refused:
        perform(seat, "recuse", actor=seat.assessor, at=NOW)
    assert refused.value.code == "comment_required"
    perform(seat, "recuse", actor=seat.assessor, comment="我哥哥在该镇任职", at=NOW)
    with pytest.raises(StepRefused) as refused:
        mark(seat, "1.1", "1")
    assert refused.value.code == "illegal_transition"


# --- what he may find -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "numbers", "said", "refused"),
    [
        ("2.1", ["5.1"], {}, {"numbers": "above_maximum"}),
        ("2.2", ["90", "95", "90", "100.5"], {}, {"numbers": "above_maximum"}),
        ("2.3", ["21"], {}, {"numbers": "above_maximum"}),
        ("2.2", ["90", "95"], {}, {"numbers": "numbers"}),
        ("1.1", ["2"], {}, {"numbers": "yes_no"}),
        ("1.2", ["2.5"], {}, {"numbers": "grade"}),
        ("1.3", ["-1"], {}, {"numbers": "number_range"}),
        ("1.3", [], {}, {"numbers": "numbers"}),
        ("1.3", ["8"], {"found": "not_applicable"}, {"numbers": "number_alone"}),
        ("1.4", ["3"], {}, {"code": "not_on_site"}),
        ("9.9", ["3"], {}, {"code": "not_on_site"}),
        ("1.3", ["8"], {"note": "x" * 501}, {"note": "max_length"}),
    ],
)
def test_a_mark_that_cannot_be_is_refused_and_nothing_is_kept(seat, code, numbers, said, refused):
    assert refusal_of(lambda: mark(seat, code, *numbers, **said)) == refused
    assert not Mark.objects.exists()


def test_after_he_has_finished_an_assessor_finds_nothing_more_until_the_section_lets_him(seat, district):
    finish(seat)
    with pytest.raises(StepRefused) as refused:
        mark(seat, "1.3", "4")
    assert refused.value.code == "illegal_transition"
    assert Mark.objects.get(seat=seat, code="1.3").numbers == [8]
    perform(seat, "resume", actor=district.service, comment="漏看了二楼", at=NOW)
    assert mark(seat, "1.3", "9").numbers == [9]


def test_whoever_finishes_has_scored_everything(seat):
    for code in CODES[:-1]:
        mark(seat, code, *SAID[code])
    with pytest.raises(StepRefused) as refused:
        perform(seat, "finish", actor=seat.assessor, at=NOW)
    assert (refused.value.code, "2.3" in refused.value.text) == ("marks_missing", True)
    mark(seat, "2.3", found="not_applicable")
    assert perform(seat, "finish", actor=seat.assessor, at=NOW)


def test_nobody_scores_in_the_seat_of_another(year, seat, district):
    other = year.assessor("assessor_1")
    visit(year, "east", other)
    for actor in (other, district.assessor, district.station_head_east, district.bureau_admin, district.service):
        with pytest.raises((PermissionDenied, StepRefused)):
            mark(seat, "1.1", "1", actor=actor)
    assert not Mark.objects.exists()


# --- phones -----------------------------------------------------------------------------------------------------------


def test_the_same_mark_sent_twice_is_kept_once(seat):
    key = uuid.uuid4()
    first = mark(seat, "1.3", "8", client_uuid=key, seen=0)
    again = mark(seat, "1.3", "8", client_uuid=key, seen=0)
    assert (first.pk, first.version) == (again.pk, again.version)
    assert Mark.objects.count() == 1


def test_a_change_sent_twice_is_kept_once_too(seat):
    mark(seat, "1.3", "8", seen=0)
    key = uuid.uuid4()
    assert [mark(seat, "1.3", "6", client_uuid=key, seen=1).version for _time in range(2)] == [2, 2]


def test_a_mark_that_is_sent_again_after_he_has_finished_is_known(seat):
    key = uuid.uuid4()
    mark(seat, "1.3", "8", client_uuid=key)
    finish(seat)
    changed = Mark.objects.get(seat=seat, code="1.3")
    kept = changed.client_uuid
    assert mark(seat, "1.3", "8", client_uuid=kept).version == changed.version


def test_what_was_edited_before_the_phone_knew_that_it_had_come_takes_the_place_of_it(seat):
    """The answer was lost, and he corrected himself on the phone meanwhile: both have one id, and the later one stands."""
    key, later = uuid.uuid4(), NOW + timedelta(minutes=2)
    mark(seat, "1.3", "8", client_uuid=key, seen=0, marked_at=NOW)
    assert mark(seat, "1.3", "6", client_uuid=key, seen=0, marked_at=later).numbers == [6]
    # The first one comes once more, late.
    assert mark(seat, "1.3", "8", client_uuid=key, seen=0, marked_at=NOW).numbers == [6]
    assert Mark.objects.get().version == 2


@pytest.mark.parametrize("seen", [0, 1])
def test_of_two_devices_the_second_is_told_what_he_did_not_see(seat, seen):
    mark(seat, "1.3", "8", client_uuid=uuid.uuid4(), seen=0)
    mark(seat, "1.3", "7", client_uuid=uuid.uuid4(), seen=1)
    with pytest.raises(StepRefused) as refused:
        mark(seat, "1.3", "6", client_uuid=uuid.uuid4(), seen=seen)
    assert (refused.value.code, refused.value.version) == ("stale", 2)
    assert Mark.objects.get().numbers == [7]


# --- when several agree -----------------------------------------------------------------------------------------------


@pytest.fixture
def reviewed(year, east, district) -> Assessment:
    perform(east, "accept", actor=district.service, at=NOW)
    return year.of("east")


def conclude(year: Year) -> str:
    """What concluding comes to: the code of the refusal, or the state."""
    try:
        perform(year.of("east"), "conclude", actor=year.district.service, at=NOW)
    except StepRefused as refused:
        return refused.code
    return year.of("east").state


def test_one_assessor_is_no_panel_and_a_panel_waits_for_all_of_them(year, reviewed):
    finish(visit(year, "east", year.assessor("assessor_0")))
    assert conclude(year) == "panel_unfinished"
    second = visit(year, "east", year.assessor("assessor_1"))
    assert conclude(year) == "panel_unfinished"
    finish(second)
    assert conclude(year) == "checked"


def test_two_who_differ_too_much_are_refused_and_one_more_is_sent_of_whom_the_farthest_is_left_out(year, reviewed):
    """8 rooms earn 10, and 4 earn 4 of 10 points: more than the 20 % that two may differ by."""
    finish(visit(year, "east", year.assessor("assessor_0")))
    finish(visit(year, "east", year.assessor("assessor_1")), **{"1.3": ["4"]})
    with pytest.raises(StepRefused) as refused:
        perform(year.of("east"), "conclude", actor=year.district.service, at=NOW)
    assert (refused.value.code, "1.3" in refused.value.text, "20" in refused.value.text) == ("spread", True, True)
    finish(visit(year, "east", year.assessor("assessor_2")), **{"1.3": ["9"]})
    assert conclude(year) == "checked"


def test_three_of_whom_no_two_are_near_need_a_fourth(year, reviewed):
    """10, 7 and 0 points: without the 0 the other two still differ by 3, and two are the fewest."""
    for number, rooms in enumerate(("8", "6", "0")):
        finish(visit(year, "east", year.assessor(f"assessor_{number}")), **{"1.3": [rooms]})
    assert conclude(year) == "spread"
    finish(visit(year, "east", year.assessor("assessor_3")), **{"1.3": ["7"]})
    assert conclude(year) == "checked"


def test_whoever_stood_back_or_was_released_does_not_count(year, reviewed, district):
    seats = [visit(year, "east", year.assessor(f"assessor_{number}")) for number in range(4)]
    perform(seats[0], "recuse", actor=seats[0].assessor, comment="亲属", at=NOW)
    finish(seats[1], **{"1.3": ["0"]})
    perform(seats[1], "release", actor=district.service, comment="评分与事实不符", at=NOW)
    finish(seats[2])
    finish(seats[3])
    assert conclude(year) == "checked"
