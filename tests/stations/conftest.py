"""The doors that stories of stations go through: pages and API, each as an account sees it, in English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from culture_admin.accounts.models import User
from tests.interfaces.conftest import Api
from tests.stations.doors import DOORS, Door
from tests.stations.staff import Staff, staffed


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client in English in whom a user is signed in."""

    def sign_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def sign_in(district) -> Callable[[str], Client]:
    """The pages as the account of a username sees them."""

    def signed_in(username: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def api(district) -> Callable[[str], Api]:
    """The API as the account of a username sees it."""
    return lambda username: Api(User.objects.get(username=username), headers={"accept-language": "en"})


@pytest.fixture
def post(api) -> Callable:
    """Sends a body to the API as somebody, with a key of its own; gives the answer."""
    keys = iter(range(10_000))

    def send(username: str, path: str, body: dict, **headers):
        sent = {"Idempotency-Key": f"k{next(keys)}", **headers}
        return api(username).post(path, body, format="json", headers=sent)

    return send


@pytest.fixture
def step(api, post) -> Callable:
    """Takes a step through the API as somebody who has just read the record; gives the answer."""

    def take(username: str, path: str, name: str, comment: str = ""):
        etag = api(username).get(path).headers.get("ETag", '"v1"')
        return post(username, f"{path}{name}/", {"comment": comment}, **{"If-Match": etag})

    return take


@pytest.fixture(params=list(DOORS))
def door(request, district) -> Door:
    return DOORS[request.param](district)


@pytest.fixture
def staff(district) -> Staff:
    return staffed(district)


@pytest.fixture
def day():
    """A day so many days from today, as forms write it."""

    def of(days: int) -> date:
        return timezone.localdate() + timedelta(days=days)

    return of
