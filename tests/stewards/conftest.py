"""The doors that stories of stewards go through: the API and the pages, each as an account sees them, in English.

An account is said by its user or by its username.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from culture_admin.accounts.models import User
from culture_admin.scoring.models import Scheme
from tests.assessments.years import Year
from tests.district import District
from tests.interfaces.conftest import Api
from tests.stations.conftest import post, step

__all__ = ["post", "step"]


def account(who: User | str | None) -> User | None:
    return User.objects.get(username=who) if isinstance(who, str) else who


@pytest.fixture
def api(district) -> Callable[..., Api]:
    return lambda who=None: Api(account(who), headers={"accept-language": "en"})


@pytest.fixture
def signed_in(district) -> Callable[[User | str], Client]:
    def sign_in(who: User | str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(account(who), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def sign_in(signed_in) -> Callable[[User | str], Client]:
    return signed_in


@pytest.fixture
def pages(signed_in) -> Callable[[User | str], Client]:
    return signed_in


@pytest.fixture
def scheme_of_towns(district: District) -> Scheme:
    """A scheme that scores no contract."""
    return Year(district).scheme
