"""Readers of the admin, and rows to read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory

from culture_admin.accounts.models import User


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client in English in whom a user is signed in."""

    def sign_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def request_of() -> Callable[[User], object]:
    """A request as a room of the admin gets it."""

    def ask(user: User):
        request = RequestFactory().get("/admin/")
        request.user = user
        return request

    return ask


def rooms() -> list:
    """Every room of the admin."""
    return list(admin.site._registry.values())


def list_of(room) -> str:
    """The address of a room's list."""
    return f"/admin/{room.opts.app_label}/{room.opts.model_name}/"
