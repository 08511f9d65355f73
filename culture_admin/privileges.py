"""Who may do what in the database: the owner of the schema, and the application's role, which owns nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2 import sql

# Besides the event tables of history: rows that nobody changes once they are written.
APPEND_ONLY = [
    "workflow.Decision",
    "workflow.DeadlineMove",
    "accounts.PersonalReading",
    "statistics.Snapshot",
    "stations.Appropriation",
    "stations.Spending",
    "stewards.ContractPayment",
    "assessments.AwardPayment",
    "assessments.IndicatorScore",
    "assessments.Result",
]


@contextmanager
def schema_owner(of: BaseDatabaseWrapper) -> Iterator[str]:
    """Within it the connection is the owner of the schema; gives the name of the application's role."""
    application = dict(of.settings_dict)
    of.close()
    of.settings_dict.update(settings.OWNER_DATABASE, NAME=application["NAME"])
    try:
        yield application["USER"]
    finally:
        of.close()
        of.settings_dict.update(application)


def append_only_tables() -> list[str]:
    """The event tables of history and those named above."""
    events = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model") and model._meta.managed]
    return sorted(model._meta.db_table for model in [*events, *map(apps.get_model, APPEND_ONLY)])


def grant_application(owner: BaseDatabaseWrapper, role: str) -> None:
    """Lets `role` read and write the rows of every table, now and in time to come, and only add to append-only ones.

    Run as the owner of the schema. Where the application connects as the owner there is nothing to grant.
    """
    if role == owner.settings_dict["USER"]:
        return
    to = sql.Identifier(role)
    schema = sql.SQL("IN SCHEMA public")
    existing = set(owner.introspection.table_names())
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
    with owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def refuse_wrong_role() -> None:
    """Ends a server that starts as a role too mighty for it; a database that is away for the moment is no reason."""
    try:
        faults = role_faults(connection)
    except OperationalError:
        return
    finally:
        # A server forks after this, and a connection is not to be shared.
        connection.close()
    if faults:
        raise SystemExit("\n".join(f"Not started: {fault}." for fault in faults))


def role_faults(of: BaseDatabaseWrapper) -> list[str]:
    """What is wrong with the role of a connection: it is to own nothing and to stand above nothing."""
    with of.cursor() as cursor:
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


def changeable_tables(of: BaseDatabaseWrapper) -> list[str]:
    """The append-only tables in which the role of a connection may nevertheless change or delete rows."""
    with of.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)"
            " AND has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE') ORDER BY relname",
            [append_only_tables()],
        )
        return [name for (name,) in cursor.fetchall()]
