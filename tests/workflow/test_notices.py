"""Notices: whom the matrix tells of what, once, in his language, and not what he did himself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from activities.actions import open_course, register_team
from activities.actions.months import open_return
from culture_admin.accounts.actions import end_office, grant_office
from culture_admin.workflow.actions import StepRefused, owe, owe_each, perform, read_notices, settle
from culture_admin.workflow.models import Notice
from culture_admin.workflow.notice_words import read, said
from tests.district import NOW, TODAY


def told(user, **which) -> list[str]:
    """What a user is told that still concerns him, newest first."""
    with translation.override("en"):
        rows = Notice.objects.visible_to(user).unread(user).filter(**which).order_by("-pk")
        return [said(notice) for notice in read(rows, user)]


def apply_for_team(district, name="腰鼓队"):
    return register_team(actor=district.steward_east, at=NOW, station=district.east, name=name)


def test_whoever_may_take_the_next_step_is_told_that_it_waits_for_him(district):
    apply_for_team(district)
    assert told(district.station_head_east) == ["Team “腰鼓队” waits: Register"]
    assert told(district.station_officer_east) == ["Team “腰鼓队” waits: Register"]
    for other in (district.station_head_west, district.steward_east, district.town_officer_east, district.bureau_admin):
        assert told(other) == []


def test_what_has_moved_on_waits_for_nobody_as_it_did(district):
    team = apply_for_team(district)
    perform(team, "register", actor=district.station_head_east, at=NOW)
    assert told(district.station_officer_east) == []
    assert told(district.service) == ["Team “腰鼓队” waits: File"]


def test_whoever_filed_a_record_is_told_what_became_of_it_and_why(district):
    activity = district.log(actor=district.steward_east, posting=district.posting("east"))
    perform(activity, "return", actor=district.station_head_east, at=NOW, comment="请核对人数")
    (notice,) = read(Notice.objects.visible_to(district.steward_east), district.steward_east)
    assert (notice.kind, notice.decision.comment) == ("filed", "请核对人数")
    with translation.override("en"):
        assert said(notice) == "Activity “邻里节演出”: Return, now “Returned”"
    with translation.override("zh-hans"):
        assert "退回" in said(notice)


def test_logs_come_in_numbers_and_are_counted_in_the_inbox_instead(district):
    district.log(actor=district.steward_east, posting=district.posting("east"))
    assert told(district.station_head_east) == []


def test_nobody_is_told_what_he_did_himself(district):
    grant_office(actor=None, user=district.service, role="station_head", unit=district.east.unit, at=NOW)
    team = apply_for_team(district)
    perform(team, "register", actor=district.service, at=NOW)
    assert told(district.service) == []
    assert told(district.bureau_admin) == ["Team “腰鼓队” waits: File"]


def test_a_notice_belongs_to_the_office_and_passes_on_with_it(district):
    apply_for_team(district)
    head = district.station_head_east
    end_office(actor=None, membership=head.memberships.get(), on=TODAY)
    grant_office(actor=None, user=district.observer, role="station_head", unit=district.east.unit, at=NOW)
    assert told(district.station_head_east) == []
    assert told(district.observer) == ["Team “腰鼓队” waits: Register"]


def test_a_notice_of_a_record_out_of_sight_says_nothing_of_it(district):
    activity = district.log(actor=district.steward_east, posting=district.posting("east"), title="秘密彩排")
    perform(activity, "return", actor=district.station_head_east, at=NOW, comment="退")
    steward = district.steward_east
    end_office(actor=None, membership=steward.memberships.get(), on=TODAY)
    grant_office(
        actor=None,
        user=steward,
        role="observer",
        unit=district.station("elsewhere").division.parent.units.get(kind="bureau"),
        at=NOW,
    )
    assert told(district.steward_east) == ["Activity out of your sight: Return, now “Returned”"]


def test_what_is_read_is_read_by_the_one_who_read_it(district):
    apply_for_team(district)
    assert read_notices(actor=district.station_head_east, at=NOW) == 1
    assert read_notices(actor=district.station_head_east, at=NOW) == 0
    assert told(district.station_head_east) == []
    assert len(told(district.station_officer_east)) == 1


def test_nobody_reads_a_notice_of_others_away(district):
    apply_for_team(district)
    keys = list(Notice.objects.values_list("pk", flat=True))
    assert read_notices(actor=district.station_head_west, notices=keys, at=NOW) == 0
    assert told(district.station_head_east) != []


def test_a_step_that_is_refused_or_rolled_back_tells_nobody(district):
    team = apply_for_team(district)
    before = Notice.objects.count()
    with pytest.raises(StepRefused):
        perform(team, "register", actor=district.bureau_admin, at=NOW)
    with transaction.atomic():
        perform(team, "register", actor=district.station_head_east, at=NOW)
        transaction.set_rollback(True)
    assert Notice.objects.count() == before
    assert Notice.objects.filter(kind="waits", over_at=None).exists()


def test_a_new_duty_is_told_to_whoever_answers_for_the_unit_in_the_same_transaction(district):
    owe(district.east.unit, code="report", label="报送年度总结", opened_on=TODAY, due_on=TODAY + timedelta(days=20))
    assert told(district.station_head_east) == ["Due on June 9, 2026: 报送年度总结"]
    assert told(district.station_officer_east) == told(district.town_officer_east) == []
    owe(district.bureau, code="report", label="汇总", opened_on=TODAY, due_on=TODAY)
    assert (len(told(district.bureau_admin)), len(told(district.service))) == (1, 0)


def test_a_settled_duty_concerns_nobody_any_more(district):
    owe(district.east.unit, code="report", label="总结", opened_on=TODAY, due_on=TODAY, subject=district.east)
    assert len(told(district.station_head_east)) == 1
    settle(district.east, "report", at=NOW)
    assert told(district.station_head_east) == []


def test_a_duty_opened_again_concerns_its_debtor_again(district):
    owed = {"code": "report", "label": "总结", "opened_on": TODAY, "due_on": TODAY, "subject": district.east}
    owe(district.east.unit, **owed)
    settle(district.east, "report", at=NOW)
    owe(district.east.unit, again=True, **owed)
    assert len(told(district.station_head_east)) == 1


def test_what_is_told_to_many_costs_as_few_questions_as_what_is_told_to_one(district):
    teams = [apply_for_team(district, f"第{number}队") for number in range(30)]

    def questions(some) -> int:
        with CaptureQueriesContext(connection) as captured:
            perform(some, "register", actor=district.station_head_east, at=NOW)
        return len(captured)

    questions(teams[:1])
    assert questions(teams[1:2]) == questions(teams[2:])
    assert Notice.objects.filter(kind="waits", role="service", over_at=None).count() == 30


def test_duties_of_many_units_are_told_in_one_go(district):
    stations = [district.east, district.west, district.elsewhere]

    def questions(debts, code) -> int:
        with CaptureQueriesContext(connection) as captured:
            owe_each(debts, code=code, label="月报", opened_on=TODAY, due_on=TODAY)
        return len(captured)

    owe_each([(stations[0].pk, stations[0])], code="z", label="月报", opened_on=TODAY, due_on=TODAY)
    assert questions([(one.pk, one) for one in stations[:1]], "a") == questions(
        [(one.pk, one) for one in stations], "b"
    )


def test_the_words_of_a_page_of_notices_take_as_many_questions_for_few_as_for_many(district):
    def more(numbers) -> None:
        for number in numbers:
            apply_for_team(district, f"第{number}队")
            open_course(
                actor=district.steward_east, station=district.east, title=f"班{number}", begins_on=TODAY, at=NOW,
                posting=district.posting("east"),
            )  # fmt: skip
            month = TODAY.replace(year=2024 - number // 12, month=number % 12 + 1, day=1)
            one = open_return(actor=district.station_head_east, station=district.east, month=month, at=NOW)
            owe(district.east.unit, code="x", label="x", opened_on=TODAY, due_on=TODAY, subject=one)

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(told(district.station_head_east)) > 2
        return len(captured)

    more(range(2))
    questions()
    few = questions()
    more(range(2, 12))
    assert questions() == few
