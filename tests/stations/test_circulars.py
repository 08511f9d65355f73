"""Circulars and collections: sent to chosen units, answered by each for itself, chased up, closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from culture_admin.territory.actions import add_unit
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.inbox import owed, waiting
from culture_admin.workflow.models import DeadlineMove, Decision, Notice
from stations.actions import change_circular, chase_up, draft_circular, grade_station, save_answers, submit_reply
from stations.metrics.collections import results_of
from stations.models import Circular, CircularForm, Reply
from tests.district import NOW, TODAY
from tests.exchange.test_attachments import photo
from tests.stations.guidance import ANSWERS, QUESTIONS, sent_out

DUE = TODAY + timedelta(days=7)
LATER = NOW + timedelta(days=8)


def reply_of(circular: Circular, unit) -> Reply:
    return circular.replies.select_related("circular", "form").get(unit=getattr(unit, "unit", unit))


def answered(district, circular, answers=ANSWERS, *, at=NOW) -> Reply:
    return submit_reply(
        actor=district.station_head_east, reply=reply_of(circular, district.east), answers=answers, at=at
    )


def owes(user) -> int:
    return owed(user, TODAY + timedelta(days=400)).filter(code="stations.reply").count()


def test_a_draft_is_seen_by_nobody_it_will_be_addressed_to(district):
    draft_circular(actor=district.service, kind="notice", title="通知", body="。", at=NOW)
    assert not Circular.objects.visible_to(district.station_head_east).exists()
    assert Circular.objects.visible_to(district.finance).exists()
    assert not Circular.objects.visible_to(district.bureau_admin_elsewhere).exists()


def test_each_addressee_owes_an_answer_until_it_hands_one_in(district):
    circular = sent_out(district)
    assert (owes(district.station_head_east), owes(district.station_head_west)) == (1, 1)
    reply = answered(district, circular)
    assert (reply.state, owes(district.station_head_east), owes(district.station_head_west)) == ("submitted", 0, 1)
    perform(reply, "return", actor=district.service, at=NOW, comment="请附照片")
    assert owes(district.station_head_east) == 1
    reply.refresh_from_db()
    assert reply.due_on == DUE
    answered(district, circular, {})
    reply.refresh_from_db()
    perform(reply, "accept", actor=district.service, at=NOW)
    assert owes(district.station_head_east) == 0


def test_a_notice_is_owed_its_receipt_and_nothing_else(district):
    circular = sent_out(district, kind="notice", questions=[])
    reply = reply_of(circular, district.east)
    inbox = {(one.model, one.step): one.records.count() for one in waiting(district.station_head_east)}
    assert inbox["stations.reply", "receive"] == 1
    perform(reply, "receive", actor=district.station_head_east, at=NOW)
    assert owes(district.station_head_east) == 0
    with pytest.raises(StepRefused) as refused:
        save_answers(actor=district.station_head_east, reply=reply, answers={"q1": "x"})
    assert refused.value.code == "notice_asks_nothing"


def test_it_goes_to_towns_or_stations_all_by_grade_or_by_list(district):
    grade_station(actor=None, station=district.west, grade="second", valid_from=TODAY, document="试文〔2026〕9号")
    by_grade = sent_out(district, chosen="grade", grades=["second"])
    listed = sent_out(district, chosen="list", listed=[district.east.unit])
    towns = sent_out(district, audience="towns")
    assert [reply.unit for reply in by_grade.replies.all()] == [district.west.unit]
    assert [reply.unit for reply in listed.replies.all()] == [district.east.unit]
    assert {reply.unit.kind for reply in towns.replies.all()} == {"town"}
    assert towns.replies.count() == 2
    assert owes(district.town_officer_east) == 2
    assert not waiting_for(district.station_head_east, towns)


def waiting_for(user, circular) -> bool:
    return Reply.objects.visible_to(user, "propose").filter(circular=circular).exists()


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"due_on": None}, "__all__"),
        ({"due_on": TODAY + timedelta(days=900)}, "due_on"),
        ({"questions": []}, "questions"),
        ({"kind": "notice"}, "questions"),
        ({"chosen": "grade"}, "grades"),
        ({"chosen": "list"}, "listed"),
        ({"grades": ["fifth"]}, "grades"),
        ({"title": ""}, "title"),
        ({"document_no": "12号"}, "document_no"),
    ],
)
def test_a_circular_that_cannot_be_is_refused_at_its_field(district, entries, field):
    with pytest.raises(ValidationError) as refused:
        sent_out(district, **entries)
    assert field in refused.value.error_dict


def test_nobody_of_another_county_or_kind_is_on_the_list(district):
    for unit in (district.elsewhere.unit, district.bureau):
        with pytest.raises(ValidationError):
            sent_out(district, chosen="list", listed=[unit])


def test_what_is_due_already_does_not_go_out(district):
    draft = draft_circular(
        actor=district.service, at=NOW, kind="collection", title="旧", body="。", due_on=TODAY, questions=QUESTIONS
    )
    with pytest.raises(StepRefused) as refused:
        perform(draft, "issue", actor=district.service, at=NOW + timedelta(days=1))
    assert refused.value.code == "due_passed"
    assert not draft.replies.exists()


def test_a_section_drafts_and_does_not_send_out(district):
    draft = draft_circular(actor=district.finance, at=NOW, kind="notice", title="经费通知", body="。")
    with pytest.raises(StepRefused) as refused:
        perform(draft, "issue", actor=district.finance, at=NOW)
    assert refused.value.code == "not_your_power"
    perform(draft, "issue", actor=district.bureau_leader, at=NOW)
    with pytest.raises(PermissionDenied):
        draft_circular(actor=district.station_head_east, at=NOW, kind="notice", title="x", body="。")


def test_each_unit_answers_for_itself_and_reads_no_other(district):
    circular = sent_out(district)
    reply = reply_of(circular, district.east)
    with pytest.raises(PermissionDenied) as refused:
        save_answers(actor=district.town_officer_east, reply=reply, answers={"q1": "x"})
    assert refused.value.code == "other_unit"
    with pytest.raises(StepRefused) as foreign:
        save_answers(actor=district.station_head_west, reply=reply, answers={"q1": "x"})
    assert foreign.value.code == "not_found"
    assert [one.unit for one in Reply.objects.visible_to(district.station_head_west)] == [district.west.unit]
    assert Reply.objects.visible_to(district.town_officer_east).get() == reply
    assert not Reply.objects.visible_to(district.backbone).exists()


def test_a_draft_is_kept_as_it_grows_and_is_the_units_own(district):
    circular, head = sent_out(district), district.station_head_east
    reply = reply_of(circular, district.east)
    save_answers(actor=head, reply=reply, answers={"q1": "8:30-21:00", "q2": "5"}, at=NOW)
    save_answers(actor=head, reply=reply, answers={"q2": None, "q5": False}, at=NOW)
    reply.refresh_from_db()
    assert (reply.state, reply.answers) == ("sent", {"q1": "8:30-21:00", "q5": False})
    table = results_of(circular, circular.replies.all())
    assert [answer.value for answer in table.lines[0].answers] == [None] * 7


def test_nothing_is_kept_of_a_draft_with_a_fault(district):
    circular = sent_out(district)
    reply = reply_of(circular, district.east)
    with pytest.raises(ValidationError) as refused:
        save_answers(
            actor=district.station_head_east,
            reply=reply,
            answers={"q1": "x", "q2": "很多", "q6": "丙", "q9": 1, "q7": 99},
        )
    assert set(refused.value.error_dict) == {"q2", "q6", "q9", "q7"}
    reply.refresh_from_db()
    assert reply.answers == {}


def test_what_has_to_be_answered_is_asked_for_when_it_is_handed_in(district):
    circular = sent_out(district)
    with pytest.raises(ValidationError) as refused:
        answered(district, circular, {"q1": "x"})
    assert set(refused.value.error_dict) == {"q2"}
    with pytest.raises(StepRefused) as missing:
        perform(reply_of(circular, district.east), "submit", actor=district.station_head_east, at=NOW)
    assert missing.value.code == "answers_missing"


def test_a_file_is_kept_with_the_reply_and_read_by_whoever_reads_it(district, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    circular = sent_out(district)
    reply = reply_of(circular, district.east)
    head = district.station_head_east
    save_answers(actor=head, reply=reply, answers=ANSWERS, files={"q7": ("照片.jpg", photo())}, at=NOW)
    reply.refresh_from_db()
    with pytest.raises(ValidationError) as refused:
        save_answers(
            actor=district.station_head_west,
            reply=reply_of(circular, district.west),
            answers={"q7": reply.answers["q7"]},
        )
    assert set(refused.value.error_dict) == {"q7"}
    answered(district, circular, {})
    (line, _west) = results_of(circular, circular.replies.select_related("form", "unit")).lines
    assert line.answers[-1].text == "照片.jpg"


def test_one_press_chases_up_all_that_are_late_and_is_written_down(district):
    circular = sent_out(district)
    answered(district, circular)
    with pytest.raises(StepRefused) as early:
        chase_up(actor=district.service, circular=circular, at=NOW)
    assert early.value.code == "nobody_late"
    (late,) = chase_up(actor=district.service, circular=circular, comment="今日下班前", at=LATER)
    late.refresh_from_db()
    assert (late.unit, late.chases, late.chased_at) == (district.west.unit, 1, LATER)
    told = Decision.objects.about(late).get(step="chase")
    assert (told.actor, told.comment, told.at) == (district.service, "今日下班前", LATER)
    assert Decision.objects.about(circular).filter(step="chase").count() == 1
    assert Notice.objects.visible_to(district.station_head_west).filter(decision=told).count() == 1
    assert not Notice.objects.visible_to(district.station_head_east).filter(decision__step="chase").exists()
    with pytest.raises(PermissionDenied):
        chase_up(actor=district.station_head_east, circular=circular, at=LATER)


def test_chasing_asks_the_same_number_of_questions_for_two_and_for_many(district):
    circular = sent_out(district)

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            chase_up(actor=district.service, circular=circular, at=LATER)
        return len(captured)

    questions()
    few = questions()
    for number in range(20):
        unit = add_unit(kind="station", division=district.town("east"), name_zh=f"站{number}")
        Reply.objects.create(circular=circular, unit=unit, form=circular.form, due_on=DUE)
    assert questions() == few


def test_what_comes_late_is_taken_and_said_to_be_late(district):
    circular = sent_out(district)
    reply = answered(district, circular, at=LATER)
    reply.refresh_from_db()
    assert (reply.state, reply.late) == ("submitted", True)


def test_more_time_is_given_to_those_who_have_not_answered(district):
    circular = sent_out(district)
    answered(district, circular)
    later = DUE + timedelta(days=5)
    change_circular(actor=district.service, circular=circular, due_on=later, at=NOW)
    assert [duty.due_on for duty in owed(district.station_head_west, later)] == [later]
    assert {reply.unit_id: reply.due_on for reply in circular.replies.all()} == {
        district.east.pk: DUE,
        district.west.pk: later,
    }
    (move,) = DeadlineMove.objects.all()
    assert (move.deadline.unit_id, move.from_on, move.to_on, move.why) == (district.west.pk, DUE, later, "more_time")
    with pytest.raises(ValidationError):
        change_circular(actor=district.service, circular=circular, due_on=DUE, at=NOW)


def test_a_form_cannot_change_under_replies(district):
    circular = sent_out(district)
    with pytest.raises(StepRefused):
        change_circular(actor=district.service, circular=circular, title="改", at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        CircularForm.objects.filter(circular=circular).update(kept=[])
    with pytest.raises(DatabaseError), transaction.atomic():
        CircularForm.objects.filter(circular=circular).delete()


def test_a_revised_form_goes_to_those_who_have_not_answered(district):
    circular = sent_out(district)
    answered(district, circular)
    west = reply_of(circular, district.west)
    save_answers(actor=district.station_head_west, reply=west, answers={"q1": "9:00", "q2": "7"}, at=NOW)
    asked = [
        {"key": "q1", "label": "开放时段", "kind": "text", "required": True},
        {"key": "q2", "label": "读者人次", "kind": "text"},
        {"label": "负责人", "kind": "text"},
    ]
    change_circular(actor=district.service, circular=circular, questions=asked, at=NOW)
    east, west = reply_of(circular, district.east), reply_of(circular, district.west)
    assert (east.form.number, west.form.number) == (1, 2)
    assert (east.answers["q2"], west.answers) == ("1204", {"q1": "9:00"})
    table = results_of(Circular.objects.get(pk=circular.pk), circular.replies.select_related("form", "unit"))
    assert [(question.key, question.kind) for question in table.asked][:4] == [
        ("q1", "text"), ("q2", "text"), ("q3", "text"), ("q2", "number"),
    ]  # fmt: skip
    perform(east, "return", actor=district.service, at=NOW, comment="请按新表")
    east = reply_of(circular, district.east)
    assert (east.form.number, east.answers) == (2, {"q1": "8:30-21:00"})


def test_the_table_adds_up_numbers_and_money_of_what_was_handed_in(district):
    circular = sent_out(district)
    answered(district, circular)
    submit_reply(
        actor=district.station_head_west, reply=reply_of(circular, district.west), answers={"q1": "x", "q2": "0.5", "q3": "10"},
        at=NOW,
    )  # fmt: skip
    table = results_of(circular, circular.replies.select_related("form", "unit"))
    assert [str(total) for total in table.sums[:4]] == ["None", "1204.5", "3010.00", "None"]


def test_closed_or_withdrawn_it_takes_no_answers_and_nothing_is_owed(district):
    closed, withdrawn = sent_out(district), sent_out(district, title="另一个")
    perform(closed, "close", actor=district.service, at=NOW)
    perform(withdrawn, "withdraw", actor=district.service, at=NOW, comment="重复发文")
    assert owes(district.station_head_east) == 0
    assert {reply.state for reply in withdrawn.replies.all()} == {"withdrawn"}
    with pytest.raises(StepRefused) as refused:
        answered(district, closed)
    assert refused.value.code == "circular_over"
    with pytest.raises(StepRefused):
        answered(district, withdrawn)


def test_a_document_number_is_given_once(district):
    sent_out(district, document_no="试文〔2026〕7号")
    with pytest.raises(ValidationError):
        sent_out(district, title="另一个", document_no="试文〔2026〕7号")
