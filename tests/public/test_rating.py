"""The question behind the QR code: answered without an account, once a device, and closed in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from activities.actions.rating import rating_token
from activities.metrics.figures import ratings_of
from activities.models import Activity, Rating


@pytest.fixture
def activity(district) -> Activity:
    """Held yesterday by twelve people."""
    held = district.log()
    day = timezone.localdate() - timedelta(days=1)
    Activity.objects.filter(pk=held.pk).update(begins_on=day, ends_on=day, attendance=12)
    return held


@pytest.fixture
def address(activity) -> str:
    return f"/rate/{rating_token(activity)}/"


def guest() -> Client:
    return Client(headers={"accept-language": "en"}, raise_request_exception=False)


def answers(activity) -> list[tuple[int, str]]:
    return list(Rating.objects.filter(activity=activity).order_by("pk").values_list("score", "comment"))


def test_a_resident_answers_and_changes_his_mind(activity, address, resident):
    first = resident.get(address)
    assert activity.title in first.content.decode()
    assert "Thank you" in resident.post(address, {"score": "4", "comment": "很好"}).content.decode()
    assert answers(activity) == [(4, "很好")]
    resident.post(address, {"score": "5"})
    assert answers(activity) == [(5, "")]
    guest().post(address, {"score": "0"})
    assert answers(activity) == [(5, ""), (0, "")]


def test_the_cookie_is_long_and_out_of_reach_of_scripts(address, resident):
    cookie = resident.get(address).cookies["device"]
    assert len(cookie.value) >= 43
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/rate/")
    resident.post(address, {"score": "4"})
    assert cookie.value not in str(list(Rating.objects.values()))


def test_a_page_of_another_site_answers_for_nobody(address):
    strict = Client(enforce_csrf_checks=True)
    strict.get(address)
    assert strict.post(address, {"score": "1"}).status_code == 403


@pytest.mark.parametrize(
    "form",
    [{}, {"score": ""}, {"score": "6"}, {"score": "-1"}, {"score": "4.5"}, {"score": "x"}, {"score": "\x00"},
     {"score": "4", "comment": "x" * 201}, {"score": "4", "comment": "a\u202eb"}, {"score": "4", "comment": "a\x00b"}],
)  # fmt: skip
def test_what_is_no_answer_is_asked_again(activity, address, form):
    page = guest().post(address, form)
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert answers(activity) == []


def test_what_a_resident_writes_is_shown_escaped_and_on_no_public_page(activity, address, resident, client, district):
    resident.post(address, {"score": "2", "comment": "<script>alert(1)</script>音响"})
    for public in (address, f"/calendar/{district.east.pk}/"):
        assert "音响" not in guest().get(public).content.decode()
    client.force_login(district.station_head_east, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/desk/activities/{activity.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;音响" in page
    client.force_login(district.town_officer_east, backend="django.contrib.auth.backends.ModelBackend")
    assert "音响" not in client.get(f"/desk/activities/{activity.pk}/").content.decode()


@pytest.mark.parametrize(("days", "state"), [(-1, "confirmed"), (16, "confirmed"), (1, "cancelled"), (1, "void")])
def test_out_of_time_it_is_closed_in_words(activity, address, days, state):
    day = timezone.localdate() - timedelta(days=days)
    Activity.objects.filter(pk=activity.pk).update(begins_on=day, ends_on=day, state=state)
    for page in (guest().get(address), guest().post(address, {"score": "5"})):
        assert page.status_code == 409
        assert "14 days" in page.content.decode()
    assert answers(activity) == []


@pytest.mark.parametrize("state", ["planned", "postponed", "cancelled", "returned", "void"])
def test_a_link_tells_nothing_of_what_nobody_announced(activity, address, state):
    Activity.objects.filter(pk=activity.pk).update(state=state, planned=True, title="还在保密的计划")
    for page in (guest().get(address), guest().post(address, {"score": "5"})):
        text = page.content.decode()
        assert page.status_code == 409
        assert "14 days" in text
        for told in ("还在保密的计划", "East Town"):
            assert told not in text


@pytest.mark.parametrize("state", ["published", "cancelled"])
def test_of_what_was_announced_the_refusal_says_the_name(activity, address, state):
    Activity.objects.filter(pk=activity.pk).update(state=state, planned=True, published_at=timezone.now())
    page = guest().get(address)
    assert page.status_code == 409
    assert activity.title in page.content.decode()


@pytest.mark.parametrize("token", ["x", "1", "1.x", "%00", "a" * 3000])
def test_a_made_up_token_is_not_found(db, resident, token):
    assert resident.get(f"/rate/{token}/").status_code == 404


def test_a_flood_from_one_address_is_turned_away_in_words(activity, address):
    statuses = [guest().post(address, {"score": "1"}).status_code for _number in range(33)]
    assert statuses == [200] * 30 + [429] * 3
    turned_away = guest().post(address, {"score": "1"})
    assert "network" in turned_away.content.decode()
    assert 0 < int(turned_away["Retry-After"]) <= 3600
    assert ratings_of([activity])[activity.pk].n == 30
    elsewhere = guest().post(address, {"score": "5"}, REMOTE_ADDR="198.51.100.9")
    assert elsewhere.status_code == 200


def test_the_answer_is_kept_nowhere(address, resident):
    assert "no-store" in resident.get(address)["Cache-Control"]
