"""Clients of the API and of the pages, one per person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from culture_admin.accounts.models import User
from tests.interfaces.conftest import Api


@pytest.fixture
def api(district) -> Callable[..., Api]:
    return lambda user=None, **headers: Api(user, **headers)


@pytest.fixture
def signed_in(district) -> Callable[[User], Client]:
    """A client in English in whom a user is signed in."""

    def sign_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
