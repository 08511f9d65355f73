"""Says what is wrong with this installation: one line per fault, each with its fix."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core.cache import cache
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from redis.exceptions import RedisError

from culture_admin.accounts.personal.keeping import keys_in_use
from culture_admin.accounts.personal.sealing import newest_key
from culture_admin.demo.accounts import demo_accounts_present
from culture_admin.exchange.originals import keys_of_originals
from culture_admin.exchange.paper.pdf import can_make
from culture_admin.privileges import changeable_tables, role_faults
from culture_admin.translations import CATALOGUES
from culture_admin.workflow.lint import headless, vacancies

OLDEST_POSTGRESQL = 15


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [*surroundings(), *database(), *redis()]
        for fault in faults:
            self.stdout.write(f"{fault}.")
        if faults:
            raise SystemExit(1)
        self.stdout.write("No fault found.")


def surroundings() -> Iterator[str]:
    """Faults of the variables' meaning and of the files beside the code."""
    if settings.DEBUG and not settings.DEVELOPMENT:
        yield "DEBUG is on although DATABASE_URL is set; unset it"
    if "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS has *; write the names under which people open this site"
    if settings.PRODUCTION and not settings.SECOND_FACTOR:
        yield "SECOND_FACTOR is off; unset it"
    if settings.PRODUCTION and not settings.SENDS_MAIL and not settings.NOTICE_URL:
        yield "EMAIL_URL and NOTICE_URL are missing, so notices reach nobody outside of these pages; write one of them"
    if settings.PRODUCTION and not settings.TRUSTED_PROXIES:
        yield "TRUSTED_PROXIES is missing, so pages behind a proxy redirect for ever; write the proxy's address"
    if not os.access(settings.DATA_DIR, os.W_OK):
        yield f"DATA_DIR {settings.DATA_DIR} cannot be written; give it to the user of this process"
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        if not source.with_suffix(".mo").exists():
            yield f"{source} is not compiled; run manage.py compile_translations"
    if not can_make():
        yield "Pango is missing, so no PDF is made; install libpango-1.0-0, libpangoft2-1.0-0 and fonts-noto-cjk"
    if isinstance(staticfiles_storage, ManifestStaticFilesStorage) and not staticfiles_storage.hashed_files:
        yield f"STATIC_ROOT {settings.STATIC_ROOT} has no manifest; run manage.py collectstatic"


def database() -> Iterator[str]:
    """Faults of the database, its role and its schema."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield f"DATABASE_URL leads to no database ({str(error).splitlines()[0]}); start it or correct the address"
        return
    version, *_ = connection.get_database_version()
    if version < OLDEST_POSTGRESQL:
        yield f"DATABASE_URL leads to PostgreSQL {version}; use 15 to 18"
    yield from role_faults(connection)
    executor = MigrationExecutor(connection)
    if pending := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"The database lacks {len(pending)} migrations; run manage.py migrate"
        return
    if tables := changeable_tables(connection):
        yield f"History could be changed in {', '.join(tables)}; run manage.py migrate, which takes the right away"
    yield from field_keys()
    yield from offices()
    if settings.PRODUCTION and demo_accounts_present():
        yield "The database has the demo's accounts, whose password is public; begin with an empty database"


def field_keys() -> Iterator[str]:
    """Faults of the keys under which personal fields and kept files are sealed."""
    for number, values in sorted((keys_in_use() + keys_of_originals()).items()):
        if number not in settings.FIELD_KEYS:
            yield f"FIELD_KEYS lacks key {number}, without which {values} personal values cannot be read; put it back"
        elif number != newest_key():
            yield f"{values} personal values are sealed under the old key {number}; run manage.py rotate_field_keys"


def offices() -> Iterator[str]:
    """Offices without which something cannot be decided in a district."""
    today = timezone.localdate()
    yield from map(str, vacancies(today))
    if stations := headless(today):
        named = ", ".join(unit.name_zh for unit in stations[:3]) + (" …" if len(stations) > 3 else "")
        have = "1 station has" if len(stations) == 1 else f"{len(stations)} stations have"
        yield f"{have} no head with an account ({named}); grant the office station_head"


def redis() -> Iterator[str]:
    """Faults of the broker and cache."""
    try:
        cache.get("doctor")
    except RedisError as error:
        yield f"REDIS_URL leads to no Redis ({error}); start it or correct the address"
