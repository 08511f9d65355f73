"""Steps and acts in the admin: what is open, what is shut and why, one by one and for a selection."""

from __future__ import annotations

import pytest
from django.contrib import admin

from activities.models import Activity
from culture_admin.accounts.actions import grant_office
from culture_admin.exchange.models import Import
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import flow_of
from stations.actions import open_registration
from stations.models.registration import Kind

LIST = "/admin/activities/activity/"


@pytest.fixture
def officer(district):
    """Somebody of the bureau who also heads the east station: the one who can both see the admin and decide."""
    grant_office(actor=None, user=district.service, role="station_head", unit=district.east.unit, at=district.now)
    return district.service


@pytest.fixture
def waiting(district):
    """Three logs of a steward that wait for the station."""
    return [
        district.log(actor=district.steward_east, posting=district.posting("east"), title=f"排练{number}")
        for number in range(3)
    ]


def state(activity: Activity) -> str:
    return Activity.objects.values_list("state", flat=True).get(pk=activity.pk)


def test_a_step_the_matrix_gives_is_one_click(signed_in, officer, waiting):
    client = signed_in(officer)
    page = client.get(f"{LIST}{waiting[0].pk}/change/")
    assert [button.name for button in page.context["buttons"] if not button.obstacle] == ["confirm", "return", "void"]
    client.post(f"{LIST}{waiting[0].pk}/steps/confirm/", {"seen": waiting[0].version})
    assert state(waiting[0]) == "confirmed"
    assert Decision.objects.get(step="confirm").actor == officer


def test_a_step_for_others_is_shut_and_says_whose_it_is(district, signed_in, waiting):
    page = signed_in(district.bureau_admin).get(f"{LIST}{waiting[0].pk}/change/")
    confirm = next(button for button in page.context["buttons"] if button.name == "confirm")
    assert confirm.obstacle.code == "not_your_power"
    assert "Station head" in page.content.decode()
    signed_in(district.bureau_admin).post(f"{LIST}{waiting[0].pk}/steps/confirm/", {"seen": waiting[0].version})
    assert state(waiting[0]) == "logged"


def test_a_step_that_wants_a_reason_is_not_taken_without_one(signed_in, officer, waiting):
    client = signed_in(officer)
    answer = client.post(
        f"{LIST}{waiting[0].pk}/steps/return/", {"seen": waiting[0].version, "comment": " "}, follow=True
    )
    assert "Say why" in answer.content.decode()
    assert state(waiting[0]) == "logged"
    client.post(f"{LIST}{waiting[0].pk}/steps/return/", {"seen": waiting[0].version, "comment": "Count again"})
    assert Decision.objects.get(step="return").comment == "Count again"


def test_a_step_on_a_record_changed_meanwhile_is_refused(signed_in, officer, waiting):
    Activity.objects.filter(pk=waiting[0].pk).update(version=7)
    answer = signed_in(officer).post(f"{LIST}{waiting[0].pk}/steps/confirm/", {"seen": waiting[0].version}, follow=True)
    assert "changed since you looked at it" in answer.content.decode()
    assert state(waiting[0]) == "logged"


def test_a_step_is_not_taken_by_looking_at_its_address(signed_in, officer, waiting):
    """Whoever comes there again, by the other language or anew, is at the record."""
    client = signed_in(officer)
    answer = client.get(f"{LIST}{waiting[0].pk}/steps/confirm/")
    assert answer.headers["Location"] == f"{LIST}{waiting[0].pk}/change/"
    assert state(waiting[0]) == "logged"
    assert client.get(f"{LIST}0/steps/confirm/").status_code == 404
    assert client.put(f"{LIST}{waiting[0].pk}/steps/confirm/").status_code == 405
    assert client.post(f"{LIST}{waiting[0].pk}/steps/invented/").status_code == 404


def test_a_selection_is_confirmed_in_one_act(signed_in, officer, waiting):
    chosen = {"action": "step-confirm", "index": 0, "_selected_action": [activity.pk for activity in waiting]}
    answer = signed_in(officer).post(LIST, chosen, follow=True)
    assert "Confirm: 3 records." in answer.content.decode()
    assert {state(activity) for activity in waiting} == {"confirmed"}


def test_a_selection_with_one_refused_is_left_alone_as_a_whole(signed_in, officer, waiting):
    chosen = {"action": "step-confirm", "index": 0, "_selected_action": [activity.pk for activity in waiting]}
    signed_in(officer).post(f"{LIST}{waiting[1].pk}/steps/confirm/", {"seen": waiting[1].version})
    client = signed_in(officer)
    page = client.post(LIST, chosen)
    assert "Nothing was done: one record stands in the way." in page.content.decode()
    assert [(record.title, reason) for record, reason in page.context["refused"]] == [
        ("排练1", "The record is “Confirmed”; this step starts from: Waiting for the station.")
    ]
    assert [state(activity) for activity in waiting] == ["logged", "confirmed", "logged"]
    others = [record.pk for record in page.context["records"]]
    client.post(LIST, {"action": "step-confirm", "comment": "", "_selected_action": others})
    assert {state(activity) for activity in waiting} == {"confirmed"}


def test_a_selection_is_asked_for_the_reason_first(signed_in, officer, waiting):
    client = signed_in(officer)
    chosen = {"action": "step-return", "index": 0, "_selected_action": [activity.pk for activity in waiting]}
    page = client.post(LIST, chosen)
    assert [str(record) for record in page.context["records"]]
    assert {state(activity) for activity in waiting} == {"logged"}
    client.post(LIST, {**chosen, "comment": "Count again"})
    assert {state(activity) for activity in waiting} == {"returned"}


def test_a_selection_reaches_no_row_of_another_county(district, signed_in, officer):
    foreign = district.log(district.elsewhere, actor=district.station_head_elsewhere)
    signed_in(officer).post(LIST, {"action": "step-void", "index": 0, "_selected_action": [foreign.pk], "comment": "x"})
    assert state(foreign) == "confirmed"


def test_no_list_offers_a_step_that_is_never_the_readers(district, request_of, signed_in):
    page = signed_in(district.observer).get(LIST)
    assert page.context["action_form"] is None


def test_an_import_is_not_applied_by_its_state_alone(district, request_of):

    room = admin.site.get_model_admin(Import)
    assert room.steps == {}
    assert room.get_actions(request_of(district.bureau_admin)) == {}


def test_the_decisions_on_a_record_stand_on_its_page(signed_in, officer, waiting):
    client = signed_in(officer)
    client.post(f"{LIST}{waiting[0].pk}/steps/return/", {"seen": waiting[0].version, "comment": "Count again"})
    page = client.get(f"{LIST}{waiting[0].pk}/change/")
    assert [str(what) for _decision, what in page.context["decisions"]] == ["Return", "Logged"]
    assert "Count again" in page.content.decode()


def test_what_waits_stands_among_the_tasks_with_its_buttons(signed_in, officer, waiting):
    page = signed_in(officer).get("/admin/tasks/")
    [pile] = page.context["piles"]
    assert [task.record.pk for task in pile.tasks] == [activity.pk for activity in waiting]
    assert [button.name for button in pile.tasks[0].buttons] == ["confirm", "return"]


def test_a_step_taken_among_the_tasks_comes_back_there(signed_in, officer, waiting):
    taken = {"seen": waiting[0].version, "next": "/admin/tasks/"}
    answer = signed_in(officer).post(f"{LIST}{waiting[0].pk}/steps/confirm/", taken)
    assert answer.headers["Location"] == "/admin/tasks/"
    away = signed_in(officer).post(f"{LIST}{waiting[1].pk}/steps/confirm/", {"next": "https://example.org/"})
    assert away.headers["Location"].startswith(LIST)


def test_a_step_of_another_state_is_no_button_but_is_explained(signed_in, officer, waiting):
    page = signed_in(officer).get(f"{LIST}{waiting[0].pk}/change/")
    later = {button.name for _reason, alike in page.context["later"] for button in alike}
    shown = {button.name for button in page.context["buttons"] if not button.is_for_later}
    assert later
    assert not later & shown
    assert later | shown == set(flow_of(Activity).steps)


def test_a_task_that_cannot_be_done_yet_says_why(district, signed_in):
    open_registration(actor=district.bureau_admin, station=district.east, kind=Kind.RENEWAL)
    [task] = [
        task for pile in signed_in(district.bureau_admin).get("/admin/tasks/").context["piles"] for task in pile.tasks
    ]
    assert task.buttons == []
    assert task.why_not.startswith("Missing: ")
