"""Who may do what in the database: the owner of the schema, and the application's role, which owns nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from pghistory.models import Event
from psycopg2 import sql

# Besides the event tables of history: rows that nobody changes once they are written.
APPEND_ONLY = ["workflow.Decision"]


@contextmanager
def schema_owner(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Within it `connection` is the owner of the schema; gives the name of the application's role."""
    application = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(settings.OWNER_DATABASE, NAME=application["NAME"])
    try:
        yield application["USER"]
    finally:
        connection.close()
        connection.settings_dict.update(application)


def append_only_tables() -> list[str]:
    events = [model for model in apps.get_models() if issubclass(model, Event) and model._meta.managed]
    return sorted(model._meta.db_table for model in [*events, *map(apps.get_model, APPEND_ONLY)])


def grant_application(connection: BaseDatabaseWrapper, role: str) -> None:
    """Lets `role` read and write the rows of every table, now and in time to come, and only add to append-only ones.

    Run as the owner of the schema. Where the application connects as the owner there is nothing to grant.
    """
    if role == connection.settings_dict["USER"]:
        return
    to = sql.Identifier(role)
    schema = sql.SQL("IN SCHEMA public")
    existing = set(connection.introspection.table_names())
    statements = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(to),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES {} TO {}").format(schema, to),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES {} TO {}").format(schema, to),
        sql.SQL("ALTER DEFAULT PRIVILEGES {} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}").format(schema, to),
        sql.SQL("ALTER DEFAULT PRIVILEGES {} GRANT USAGE, SELECT ON SEQUENCES TO {}").format(schema, to),
        *(
            sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), to)
            for table in append_only_tables()
            if table in existing
        ),
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def role_faults(connection: BaseDatabaseWrapper) -> list[str]:
    """What is wrong with the role this connection has: it is to own nothing and to stand above nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls, EXISTS ("
            "  SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'MEMBER')"
            ") FROM pg_roles WHERE rolname = current_user"
        )
        role, is_mighty, is_owner = cursor.fetchone()
    fix = "connect as a role of its own and give the owner's address in MIGRATION_DATABASE_URL"
    if is_mighty:
        return [f"DATABASE_URL connects as {role}, which is a superuser or bypasses row security; {fix}"]
    if is_owner:
        return [f"DATABASE_URL connects as {role}, which owns the tables; {fix}"]
    return []
