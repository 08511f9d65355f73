"""What every test stands on: the database, and no way to the internet."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.template import Template
from django.utils import translation

from culture_admin.environment import data_dir
from tests.district import District, build_district
from tests.servers import DISTRICT, TEMPLATE, WORKER, cloned_database, ensure_database, ensure_template

pytest_plugins = ["tests.browser"]
# The first two walk through every door, and what stands in the folder waits for one database: one worker begins with all of it.
LONG = {"test_access.py", "test_contract_fuzz.py"}
WAITING_FOR_ONE = "demo"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_configure() -> None:
    # Tests serve static files from where they lie; there is no manifest of them.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    (data_dir() / "static").mkdir(exist_ok=True)
    settings.PASSWORD_HASHERS = ["tests.hashers.QuickArgon2id"]
    # pytest keeps what is logged itself; a handler of ours would write to whatever stood for stderr when it was made.
    settings.LOGGING["root"]["handlers"] = []
    logging.getLogger().handlers = [
        each for each in logging.getLogger().handlers if type(each) is not logging.StreamHandler
    ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests begin first, so that two workers end at about the same time."""
    items.sort(key=lambda item: item.path.name not in LONG and item.path.parent.name != WAITING_FOR_ONE)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """Replaces pytest-django's: the application's role may create no database, and cloning takes a moment."""
    with django_db_blocker.unblock():
        ensure_template()
        ensure_database(DISTRICT, build_district, TEMPLATE)
        with cloned_database(f"test_{WORKER or 'main'}", DISTRICT):
            yield


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A database of the test's own, for what needs real commits: threads, locks, live servers, COPY.

    Django's TransactionTestCase cannot serve here, because it truncates as the application's role. Threads and processes
    of the test close their own connections.
    """
    with django_db_blocker.unblock(), cloned_database(f"test_{WORKER or 'main'}_committed", DISTRICT):
        yield


@pytest.fixture(scope="session", autouse=True)
def no_internet() -> Iterator[None]:
    """A test that reaches for another machine fails instead of depending on it."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise AssertionError(f"a test reached for {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Each test begins in the language of the settings, whatever the pages of the one before spoke."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def quiet(monkeypatch) -> Iterator[None]:
    """For tests that ask for thousands of pages: no refusal is logged, and nothing of what a template was given is kept."""
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    yield
    logging.disable(before)


@pytest.fixture
def district(db) -> District:
    """The smallest whole district, there before every test; what a test does to it is rolled back."""
    return District()
