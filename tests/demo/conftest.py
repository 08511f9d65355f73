"""The demo, loaded once in a session by whichever worker comes first; its tests only read it, or write what nobody counts."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from tests.demo import TODAY
from tests.servers import TEMPLATE, ensure_database, use_database

LOADED = "test_demo"


@pytest.fixture(scope="session")
def demo_database(django_db_setup, django_db_blocker) -> str:
    """The name of the database that the demo is in."""
    with django_db_blocker.unblock():
        ensure_database(LOADED, lambda: call_command("load_demo", today=str(TODAY), stdout=io.StringIO()), TEMPLATE)
    return LOADED


@pytest.fixture(scope="module")
def demo(demo_database, django_db_blocker) -> Iterator[None]:
    """Within a module the tests see the demo instead of the small district."""
    with django_db_blocker.unblock(), use_database(demo_database):
        yield
