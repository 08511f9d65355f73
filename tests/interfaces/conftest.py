"""Clients of the test's own collections, one per person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from culture_admin.accounts.models import User


class Api(APIClient):
    """A client that speaks for one account, by its session; addresses begin below /api/v1/."""

    def __init__(self, user: User | None = None, **headers):
        super().__init__(**headers)
        if user:
            self.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def generic(self, method, path, *args, **kwargs):
        return super().generic(method, path if path.startswith(("/", "http")) else f"/api/v1/{path}", *args, **kwargs)

    def read(self, path: str, **kwargs) -> dict:
        """The body of a GET that must succeed."""
        answer = self.get(path, **kwargs)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()


@pytest.fixture
def api(district, settings):
    settings.ROOT_URLCONF = "tests.interfaces.collections"
    return lambda user=None, **headers: Api(user, **headers)


@pytest.fixture
def head(api, district):
    """The client of the east station's head."""
    return api(district.station_head_east)


@pytest.fixture
def body(district):
    """What the head sends to log an activity."""
    return {
        "title": "邻里节演出",
        "kind": "PERF",
        "station": district.east.pk,
        "begins_on": str(timezone.localdate() - timedelta(days=2)),
        "attendance": 120,
    }
