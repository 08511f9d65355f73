"""What a form of the bureau's pages does it does once, however often it is tapped, as on the desk."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from activities.actions.reach import stations_to_enter_at
from activities.models import Activity
from culture_admin.accounts.actions import grant_office
from culture_admin.accounts.models import ApiKey, User
from culture_admin.interfaces.models import IdempotentCall
from culture_admin.workflow.models import Decision
from tests.desk.test_once import browser, token
from tests.district import District

ADD, LIST = "/admin/activities/activity/add/", "/admin/activities/activity/"


def entered(page: str, **given) -> dict[str, object]:
    district = District()
    return {
        "title": "送戏下乡", "kind": district.kind("PERF").pk, "begins_on": timezone.localdate().isoformat(),
        "station": stations_to_enter_at(district.bureau_admin, "activities").get(pk=district.east.pk).pk,
        "attendance": "90", "csrfmiddlewaretoken": page,
    } | given  # fmt: skip


@pytest.fixture
def bureau(district) -> Client:
    return browser("bureau_admin")


@pytest.fixture
def officer(district) -> Client:
    """Somebody of the bureau who also heads the east station, and decides what a steward reported."""
    grant_office(actor=None, user=district.service, role="station_head", unit=district.east.unit, at=district.now)
    return browser("service")


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_a_second_tap_enters_nothing_more_and_says_what_the_first_said(bureau):
    page = token(bureau, ADD)
    first = bureau.post(ADD, entered(page))
    # A browser that is tapped twice never shows the first answer, nor keeps its cookies.
    bureau.cookies.pop("messages", None)
    second = bureau.post(ADD, entered(page))
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert Activity.objects.count() == 1
    assert any("送戏下乡" in text for text in told(bureau.get(second["Location"])))


def test_a_correction_sent_twice_is_one_correction(officer, district):
    activity = district.log()
    day = str(activity.begins_on)
    address = f"{LIST}{activity.pk}/change/"
    sent = entered(token(officer, address), attendance="77", begins_on=day, ends_on=day, seen="1")
    for _tap in range(3):
        assert officer.post(address, sent).status_code == 302
    activity.refresh_from_db()
    assert (activity.attendance, activity.version) == (77, 2)


def test_a_step_is_taken_once_from_the_record_and_from_the_list(officer, district):
    one, other = (district.log(actor=district.steward_east, title=title) for title in ("排练", "晨练"))
    page = token(officer, f"{LIST}{one.pk}/change/")
    step = f"{LIST}{one.pk}/steps/confirm/"
    answers = [officer.post(step, {"seen": "1", "csrfmiddlewaretoken": page}, follow=True) for _tap in range(2)]
    assert [told(answer) for answer in answers] == [["Confirm: done."]] * 2
    ticked = {"action": "step-confirm", "_selected_action": [other.pk], "csrfmiddlewaretoken": token(officer, LIST)}
    for _tap in range(2):
        assert told(officer.post(LIST, ticked, follow=True)) == ["Confirm: done."]
    assert Decision.objects.filter(step="confirm").count() == 2


def test_what_was_refused_may_be_tried_again_from_the_same_page(officer, district):
    activity = district.log(actor=district.steward_east)
    step = {"seen": "1", "comment": "", "csrfmiddlewaretoken": token(officer, f"{LIST}{activity.pk}/change/")}
    address = f"{LIST}{activity.pk}/steps/return/"
    for _tap in range(2):
        assert "Say why" in told(officer.post(address, step, follow=True))[0]
    assert not IdempotentCall.objects.exists()
    assert told(officer.post(address, step | {"comment": "缺照片"}, follow=True)) == ["Return: done."]


def test_a_secret_is_made_once_and_shown_in_the_first_answer_alone(district):
    security = browser("security_admin")
    address = "/admin/accounts/apikey/add/"
    sent = {
        "name": "数据大屏", "role": "observer", "unit": district.bureau.pk, "days": "30",
        "csrfmiddlewaretoken": token(security, address),
    }  # fmt: skip
    first, second = (security.post(address, sent) for _tap in range(2))
    key = ApiKey.objects.get()
    assert "secret" in first.context
    assert second["Location"] == f"/admin/accounts/apikey/{key.pk}/change/"
    assert first.context["secret"] not in second.content.decode()


@pytest.mark.parametrize("taps", [4])
def test_taps_at_the_same_time_enter_one_record(committed_db, taps):
    bureau = browser("bureau_admin")
    sent, together, answers = entered(token(bureau, ADD)), threading.Barrier(taps), []

    def tap() -> None:
        client = Client(enforce_csrf_checks=True)
        client.cookies.update(bureau.cookies)
        try:
            together.wait()
            answers.append(client.post(ADD, sent).get("Location"))
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _number in range(taps)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert answers == [answers[0]] * taps
    assert Activity.objects.count() == 1


def test_every_form_of_the_admin_is_done_once(bureau):
    """Whatever is posted below /admin/ goes through the one door; a room that would post past it shows here."""
    calls = []
    user = User.objects.get(username="bureau_admin")
    for address in (ADD, "/admin/activities/course/add/", "/admin/activities/team/add/"):
        page = token(bureau, address)
        bureau.post(address, entered(page, name="腰鼓队", members="20"))
        calls.append(IdempotentCall.objects.filter(user=user).count())
    assert calls == [1, 2, 3]
