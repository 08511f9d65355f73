"""Clients that show a fault of ours as a 500 instead of raising it, and the rows that no bad input may leave behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.test import Client

from culture_admin.accounts.models import User
from tests.architecture.test_scope import OURS
from tests.interfaces.conftest import Api

# Kept apart: what a caller asked for once, not a record.
UNCOUNTED = {"interfaces.IdempotentCall", "interfaces.Bucket"}


def rows_of_all_tables() -> dict[str, int]:
    """How many rows every table of ours holds, histories included."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in OURS and model._meta.label not in UNCOUNTED
    }


@pytest.fixture
def nothing_written(district) -> Iterator[Callable[[], None]]:
    """After the test every table holds as many rows as when this was last called, at first before the test."""
    before: dict[str, int] = {}

    def from_here() -> None:
        before.update(rows_of_all_tables())

    from_here()
    yield from_here
    assert rows_of_all_tables() == before


@pytest.fixture
def api(district) -> Callable[[User], Api]:
    """The API as an account sees it in its browser."""

    def client_of(user: User) -> Api:
        client = Api(user)
        client.raise_request_exception = False
        return client

    return client_of


@pytest.fixture
def pages(district) -> Callable[[User], Client]:
    """The pages as an account sees them, in English."""

    def client_of(user: User) -> Client:
        client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


def read(answer) -> tuple:
    """Status, code, and where each fault lies: what a table of bad inputs expects of the API."""
    body = answer.json() if answer["Content-Type"].startswith("application/problem+json") else {}
    places = [one.get("pointer", one.get("parameter", one.get("header", ""))) for one in body.get("errors", [])]
    return answer.status_code, body.get("code"), *places
