"""A form does once what it does, however often it is sent: a second tap, a repeated request, requests at the same time."""

from __future__ import annotations

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from activities.models import Course, Series
from culture_admin.accounts.models import User
from culture_admin.interfaces.models import IdempotentCall
from tests.district import District

ADD = "/desk/courses/add/"


def browser(username: str = "station_head_east") -> Client:
    """A client that has to send the token of its page, as a browser does."""
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def token(client: Client, address: str) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', client.get(address).content.decode())[-1]


def course(page: str, **given) -> dict[str, str]:
    return {
        "title": "古筝班", "begins_on": timezone.localdate().isoformat(), "sessions_planned": "8",
        "csrfmiddlewaretoken": page,
    } | given  # fmt: skip


def series(district: District, page: str) -> dict[str, object]:
    day = timezone.localdate().isoformat()
    return {
        "title": "晨练", "kind": district.kind("PERF").pk, "begins_on": day, "ends_on": day, "every": "1",
        "weekdays": list(range(1, 8)), "csrfmiddlewaretoken": page,
    }  # fmt: skip


def test_a_second_tap_does_nothing_more_and_is_led_to_the_same_page(district):
    head = browser()
    page = token(head, ADD)
    first, second = (head.post(ADD, course(page)) for _tap in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Course.objects.count() == 1


def test_a_series_is_planned_once(district):
    head = browser()
    page = token(head, "/desk/plan/series/")
    places = {head.post("/desk/plan/series/", series(district, page))["Location"] for _tap in range(2)}
    assert len(places) == Series.objects.count() == 1


def test_other_contents_or_a_page_opened_anew_are_other_work(district):
    head = browser()
    page = token(head, ADD)
    for sent in (course(page), course(page, title="二胡班"), course(token(head, ADD))):
        assert head.post(ADD, sent).status_code == 302
    assert Course.objects.count() == 3


def test_a_form_with_faults_is_not_kept_and_leaves_nothing_behind(district):
    head = browser()
    page = token(head, ADD)
    assert list(head.post(ADD, course(page, title="")).context["form"].errors) == ["title"]
    assert not IdempotentCall.objects.exists()
    assert head.post(ADD, course(page)).status_code == 302


def test_another_persons_token_opens_nothing(district):
    head, other = browser(), browser("station_head_west")
    page = token(head, ADD)
    head.post(ADD, course(page))
    assert other.post(ADD, course(page)).status_code == 403
    assert Course.objects.count() == 1


@pytest.mark.parametrize("repeats", [2, 5])
def test_taps_at_the_same_time_have_one_effect_and_one_answer(committed_db, repeats):
    head = browser()
    page = token(head, ADD)
    answers, together = [], threading.Barrier(repeats)

    def tap() -> None:
        client = Client(enforce_csrf_checks=True)
        client.cookies.update(head.cookies)
        try:
            together.wait()
            answer = client.post(ADD, course(page))
            answers.append((answer.status_code, answer.get("Location")))
        finally:
            connection.close()

    taps = [threading.Thread(target=tap) for _number in range(repeats)]
    for each in taps:
        each.start()
    for each in taps:
        each.join()
    assert len(answers) == repeats
    assert answers == [(302, answers[0][1])] * repeats
    assert Course.objects.count() == 1
