"""A browser nobody has signed in to, and a programme that was published."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from activities.actions import plan_activity
from activities.models import Activity
from culture_admin.workflow.actions import perform
from tests.district import District


@pytest.fixture
def resident() -> Client:
    """Reads English, has no cookie."""
    return Client(headers={"accept-language": "en"}, raise_request_exception=False)


def published(district: District, title="广场舞展演", *, town="east", days=0, **entries) -> Activity:
    """An activity of these days, planned and published by the station's head."""
    head, day = getattr(district, f"station_head_{town}"), timezone.localdate() + timedelta(days=days)
    station, kind = district.station(town), district.kind("PERF")
    activity = plan_activity(actor=head, station=station, title=title, kind=kind, begins_on=day, **entries)
    perform(activity, "publish", actor=head)
    return activity
