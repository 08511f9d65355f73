"""Logging a plan by the API: `actions` says whether it may be done, and the reason that is sent is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from activities.actions import plan_activity
from activities.models import Activity
from culture_admin.workflow.actions import perform
from culture_admin.workflow.models import Decision


@pytest.fixture
def plan(district):
    def planned(days: int = 0) -> Activity:
        day = timezone.localdate() + timedelta(days=days)
        activity = plan_activity(
            actor=district.station_head_east,
            station=district.east,
            title="邻里节",
            kind=district.kind("PERF"),
            begins_on=timezone.localdate() if days < 0 else day,
        )
        Activity.objects.filter(pk=activity.pk).update(begins_on=day, ends_on=day)
        return activity

    return planned


@pytest.fixture
def headers(district):
    key = district.key("station_head", district.east.unit, scopes=["activities:write"])
    return {"HTTP_AUTHORIZATION": f"Bearer {key}", "content_type": "application/json"}


def asked(client, activity, headers) -> dict:
    return client.get(f"/api/v1/activities/{activity.pk}/", **headers).json()["actions"]["log"]


@pytest.mark.parametrize(
    ("days", "steps", "allowed"), [(0, [], True), (0, ["publish"], True), (3, [], False), (0, ["postpone"], False)]
)
def test_the_answer_about_logging_is_what_logging_does(client, district, plan, headers, days, steps, allowed):
    activity = plan(days)
    for step in steps:
        perform(activity, step, actor=district.station_head_east, comment="台风")
    activity.refresh_from_db()
    assert asked(client, activity, headers)["allowed"] is allowed
    answer = client.post(
        f"/api/v1/activities/{activity.pk}/log/", {"attendance": 30}, HTTP_IF_MATCH=f'"v{activity.version}"', **headers
    )
    assert (answer.status_code == 200) is allowed


@pytest.mark.parametrize("comment", ["", "雨中照常举行"])
def test_a_reason_may_be_said_and_is_kept(client, plan, headers, comment):
    activity = plan()
    answer = client.post(
        f"/api/v1/activities/{activity.pk}/log/",
        {"attendance": 30, "comment": comment},
        HTTP_IF_MATCH='"v1"',
        **headers,
    )
    assert answer.status_code == 200, answer.content.decode()
    assert list(Decision.objects.about(activity).filter(step="log").values_list("comment", flat=True)) == [comment]
