"""Browsers without scripts, one per person, and what they send."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from culture_admin.accounts.models import User


@pytest.fixture
def sign_in(district) -> Callable[[str], Client]:
    """A client signed in under a username, reading English."""

    def signed_in(username: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def head(sign_in) -> Client:
    """The east station's head."""
    return sign_in("station_head_east")


@pytest.fixture
def steward(sign_in) -> Client:
    """The steward posted to the east station."""
    return sign_in("steward_east")


@pytest.fixture
def entry(district) -> dict[str, object]:
    """What the log form sends for a performance of today."""
    return {
        "title": "邻里节演出",
        "kind": district.kind("PERF").pk,
        "begins_on": timezone.localdate().isoformat(),
        "attendance": "120",
        "client_uuid": str(uuid.uuid4()),
    }
