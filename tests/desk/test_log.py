"""Logging on the phone: what is asked, what is refused in which words, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from activities.models import Activity
from culture_admin.workflow.actions import perform
from culture_admin.workflow.models import Decision

UNTICKED = {"not_recorded": "", "estimated": ""}


def saved() -> Activity:
    return Activity.objects.get()


def faults(answer) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return dict(answer.context["form"].errors)


def test_a_head_logs_and_the_log_is_confirmed_and_listed(head, entry):
    answer = head.post("/desk/log/", entry)
    activity = saved()
    assert answer["Location"] == f"/desk/activities/{activity.pk}/"
    assert (activity.state, activity.attendance, activity.led_by) == ("confirmed", 120, "station")
    assert [row.pk for row in head.get("/desk/activities/").context["listing"].rows] == [activity.pk]
    assert [row.pk for row in head.get("/desk/").context["activities"]] == [activity.pk]


def test_what_was_logged_is_in_the_numbers_at_once(head, entry):
    head.post("/desk/log/", entry)
    figures = {now.code: now.value for now, _then in head.get("/desk/").context["figures"]}
    assert figures["activities.held"] == 1
    assert figures["activities.person_times"] == 120


def test_no_kind_is_chosen_beforehand(head):
    assert "checked" not in head.get("/desk/log/").content.decode()


def test_a_form_with_faults_says_them_on_top_and_at_the_field_in_the_same_words(head, entry):
    answer = head.post("/desk/log/", {**entry, "title": "", "kind": ""})
    page = answer.content.decode()
    assert faults(answer) == {"title": ["Write what it was."], "kind": ["Choose the kind."]}
    assert '<div class="faults" role="alert" tabindex="-1" autofocus>' in page
    assert '<a href="#id_title">Write what it was.</a>' in page
    assert '<a href="#id_kind_0">Choose the kind.</a>' in page
    assert 'id="id_title_error">Write what it was.' in page
    assert "<title>Error:" in page
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ({"attendance": "0"}, 0),
        ({"attendance": "", "not_recorded": "on"}, None),
        ({"attendance": "１２０"}, 120),
    ],
)
def test_nobody_came_and_nobody_counted_are_two_answers(head, entry, written, stored):
    head.post("/desk/log/", {**entry, **written})
    assert saved().attendance == stored


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({"attendance": ""}, "attendance"),
        ({"attendance": "12", "not_recorded": "on"}, "attendance"),
        ({"attendance": "-5"}, "attendance"),
        ({"attendance": "10000000"}, "attendance"),
        ({"attendance": "", "not_recorded": "on", "estimated": "on"}, "estimated"),
        ({"begins_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "begins_on"),
        ({"begins_on": "2026-02-30"}, "begins_on"),
        ({"begins_on": "1066-10-14"}, "begins_on"),
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"title": "\u202eevil"}, "title"),
        ({"title": "字" * 201}, "title"),
        ({"kind": "999999999999999999999"}, "kind"),
        ({"client_uuid": "x"}, "client_uuid"),
    ],
)
def test_an_impossible_entry_is_refused_at_its_field(head, entry, written, field):
    assert list(faults(head.post("/desk/log/", {**entry, **written}))) == [field]
    assert not Activity.objects.exists()


def test_class_hours_are_kept_in_minutes_and_only_for_training_sessions(head, entry, district):
    session = {**entry, "kind": district.kind("TRNG").pk, "class_hours": "1.5"}
    head.post("/desk/log/", session)
    assert saved().class_seconds == 4050
    head.post(f"/desk/activities/{saved().pk}/correct/", {**session, "kind": district.kind("PERF").pk, "version": 1})
    assert saved().class_seconds is None


def test_a_double_tap_is_one_log(head, entry):
    first, second = (head.post("/desk/log/", entry)["Location"] for _tap in range(2))
    assert first == second
    assert Activity.objects.count() == 1


def test_the_mark_of_another_stations_log_is_refused_and_tells_nothing(head, entry, district):
    foreign = district.log(district.west)
    assert head.post("/desk/log/", {**entry, "client_uuid": str(foreign.client_uuid)}).status_code == 409
    assert list(Activity.objects.all()) == [foreign]


def test_the_same_as_last_time_copies_all_but_the_date_and_the_heads(head, entry, district):
    more = {
        "venue": "排练厅",
        "posting": district.posting("east").pk,
        "begins_on": (timezone.localdate() - timedelta(days=3)).isoformat(),
    }
    head.post("/desk/log/", {**entry, **more})
    assert head.get("/desk/").context["last"] == saved()
    form = head.get(f"/desk/log/?like={saved().pk}").context["form"]
    copied = {name: form[name].value() for name in ("title", "kind", "venue", "posting", "begins_on", "attendance")}
    assert copied == {
        "title": "邻里节演出",
        "kind": district.kind("PERF").pk,
        "venue": "排练厅",
        "posting": district.posting("east").pk,
        "begins_on": timezone.localdate(),
        "attendance": None,
    }


def test_a_stewards_log_belongs_to_his_posting_and_waits(steward, head, entry, district):
    steward.post("/desk/log/", entry)
    activity = saved()
    assert (activity.state, activity.posting, activity.steward) == (
        "logged",
        district.posting("east"),
        district.steward_east.steward,
    )
    assert [work.number for work in head.get("/desk/").context["work"]] == ["1"]
    assert [row.pk for row in head.get("/desk/confirm/").context["rows"]] == [activity.pk]
    assert not steward.get("/desk/").context["work"]


def test_a_firm_names_the_station_and_then_the_steward(sign_in, entry, district):
    client = sign_in("firm_manager")
    assert list(client.get("/desk/log/").context["stations"]) == [district.east, district.west]
    address = f"/desk/log/?station={district.west.pk}"
    assert list(faults(client.post(address, entry))) == ["posting"]
    assert list(faults(client.post(address, {**entry, "posting": district.posting("east").pk}))) == ["posting"]
    client.post(address, {**entry, "posting": district.posting("west").pk})
    assert (saved().station, saved().state) == (district.west, "logged")


def test_a_returned_log_comes_back_to_the_steward_with_the_reason(steward, district):
    activity = district.log(actor=district.steward_east)
    perform(activity, "return", actor=district.station_head_east, comment="人数与签到表不符")
    context = steward.get("/desk/").context
    assert context["returned"] == [(activity, "人数与签到表不符")]
    assert steward.get(f"/desk/activities/{activity.pk}/").context["timeline"][0].comment == "人数与签到表不符"
    steward.post(f"/desk/activities/{activity.pk}/", {"step": "resubmit", "version": activity.version})
    assert saved().state == "logged"


def test_a_log_is_taken_back_by_one_button_right_after(head, entry):
    address = head.post("/desk/log/", entry)["Location"]
    page = head.get(address)
    assert page.context["fresh"]
    assert page.context["may_undo"]
    head.post(address, {"step": "void", "version": 1, "comment": "Taken back right after it was logged"})
    assert saved().state == "void"
    assert not head.get("/desk/activities/").context["listing"].rows


def test_a_step_without_its_reason_is_asked_for_it(head, district):
    activity = district.log()
    answer = head.post(f"/desk/activities/{activity.pk}/", {"step": "void", "version": 1, "comment": " "})
    assert faults(answer) == {"__all__": ["Say why: this step needs a comment."]}
    assert saved().state == "confirmed"


def test_a_correction_keeps_before_and_after_and_why(head, entry, district):
    activity = district.log()
    kept = {**entry, "begins_on": "2026-05-06", "attendance": "90", "version": 1, "comment": "签到表"}
    head.post(f"/desk/activities/{activity.pk}/correct/", kept)
    assert (saved().attendance, saved().version, saved().state) == (90, 2, "confirmed")
    moment = head.get(f"/desk/activities/{activity.pk}/").context["timeline"][0]
    assert (str(moment.what), moment.comment) == ("Corrected", "签到表")
    assert [(str(change.label), change.before, change.after) for change in moment.entries] == [
        ("Attendance on the spot", "120", "90")
    ]


def test_a_correction_of_what_was_changed_meanwhile_is_refused(head, entry, district):
    activity = district.log()
    address = f"/desk/activities/{activity.pk}/correct/"
    head.post(address, {**entry, "attendance": "90", "version": 1})
    answer = head.post(address, {**entry, "attendance": "80", "version": 1})
    assert faults(answer) == {"__all__": ["The record was changed since you looked at it. Read it again."]}
    assert saved().attendance == 90


def test_a_steward_does_not_correct_what_the_station_confirmed(steward, entry, district):
    activity = district.log(actor=district.steward_east)
    perform(activity, "confirm", actor=district.station_head_east)
    assert not steward.get(f"/desk/activities/{activity.pk}/").context["may_correct"]
    answer = steward.post(f"/desk/activities/{activity.pk}/correct/", {**entry, "version": activity.version})
    assert answer.status_code == 403
    assert Decision.objects.about(activity).count() == 2
