"""Confirming what stewards logged: one, all that are ticked, or back with a reason."""

from __future__ import annotations

import pytest

from activities.actions import change_activity
from activities.models import Activity


@pytest.fixture
def waiting(district) -> list[Activity]:
    """Three logs of the east steward."""
    return [district.log(actor=district.steward_east, title=f"第{number}场") for number in range(3)]


def pick(*activities: Activity) -> list[str]:
    return [f"{activity.pk}-{activity.version}" for activity in activities]


def states() -> list[str]:
    return list(Activity.objects.order_by("pk").values_list("state", flat=True))


def test_what_is_ticked_is_confirmed_and_the_rest_waits(head, waiting):
    head.post("/desk/confirm/", {"step": "confirm", "pick": pick(*waiting[:2])})
    assert states() == ["confirmed", "confirmed", "logged"]
    assert [row.pk for row in head.get("/desk/confirm/").context["rows"]] == [waiting[2].pk]


def test_nothing_ticked_is_said(head, waiting):
    answer = head.post("/desk/confirm/", {"step": "confirm"})
    assert "Tick at least one." in answer.content.decode()


def test_what_was_changed_since_it_was_looked_at_stops_the_whole_set(head, waiting, district):
    seen = pick(*waiting)
    change_activity(actor=district.steward_east, activity=waiting[1], attendance=9999)
    answer = head.post("/desk/confirm/", {"step": "confirm", "pick": seen})
    assert "changed since you looked at it" in answer.content.decode()
    assert states() == ["logged"] * 3


def test_one_goes_back_with_the_reason_written_beside_it(head, waiting):
    reasons = {f"reason-{waiting[0].pk}": "缺签到表", f"reason-{waiting[1].pk}": "另一条"}
    head.post("/desk/confirm/", {"step": "return", "pick": pick(waiting[0]), **reasons})
    assert states() == ["returned", "logged", "logged"]
    assert head.get(f"/desk/activities/{waiting[0].pk}/").context["timeline"][0].comment == "缺签到表"


def test_nothing_goes_back_without_a_reason(head, waiting):
    answer = head.post("/desk/confirm/", {"step": "return", "pick": pick(waiting[0]), f"reason-{waiting[0].pk}": " "})
    assert "Say why" in answer.content.decode()
    assert states() == ["logged"] * 3


@pytest.mark.parametrize(
    "username", ["station_head_west", "steward_east", "firm_manager", "town_officer_east", "bureau_admin"]
)
def test_nobody_else_finds_or_confirms_them(sign_in, waiting, username):
    client = sign_in(username)
    assert not client.get("/desk/confirm/").context["rows"]
    client.post("/desk/confirm/", {"step": "confirm", "pick": pick(*waiting)})
    assert states() == ["logged"] * 3


@pytest.mark.parametrize("forged", [["x"], ["1"], ["1-1", "\x00"], ["9" * 30 + "-1"], ["999999999-1"]])
def test_a_forged_tick_is_refused(head, waiting, forged):
    assert head.post("/desk/confirm/", {"step": "confirm", "pick": forged}).status_code == 200
    assert states() == ["logged"] * 3
