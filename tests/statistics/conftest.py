"""The pages as an account sees them, in English."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from culture_admin.accounts.models import User


@pytest.fixture
def pages(district) -> Callable[[str], Client]:
    """The pages as the account of a username sees them."""

    def signed_in(username: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
