"""The demo, loaded once in a session by whichever worker comes first; its tests only read it, or write what nobody counts."""

from __future__ import annotations

import fcntl
import io
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from culture_admin.environment import data_dir
from culture_admin.servers.postgres import create_database, drop_database
from tests.demo import TODAY
from tests.servers import TEMPLATE, maintenance, use_database

LOADED, LOADING = "test_demo", "test_demo_loading"


@pytest.fixture(scope="session")
def demo_database(django_db_setup, django_db_blocker) -> str:
    """The name of the database that the demo is in."""
    with (data_dir() / "demo.lock").open("ab") as lock, maintenance() as cursor:
        fcntl.flock(lock, fcntl.LOCK_EX)
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [LOADED])
        if not cursor.rowcount:
            drop_database(cursor, LOADING)
            create_database(cursor, LOADING, TEMPLATE)
            with django_db_blocker.unblock(), use_database(LOADING):
                call_command("load_demo", today=str(TODAY), stdout=io.StringIO())
            cursor.execute(f"ALTER DATABASE {LOADING} RENAME TO {LOADED}")
    return LOADED


@pytest.fixture(scope="module")
def demo(demo_database, django_db_blocker) -> Iterator[None]:
    """Within a module the tests see the demo instead of the small district."""
    with django_db_blocker.unblock(), use_database(demo_database):
        yield
