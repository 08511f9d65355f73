"""Readers of the pages of stations."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from culture_admin.accounts.models import User


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client in English in whom a user is signed in."""

    def sign_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
