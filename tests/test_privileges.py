"""The database's roles: what the application's role may do, and which roles are refused."""

from __future__ import annotations

import os
import subprocess
from contextlib import closing

import pytest
from django.db import ProgrammingError, connection, transaction

from culture_admin.environment import CHECKOUT
from culture_admin.privileges import append_only_tables, changeable_tables, refuse_wrong_role, role_faults, schema_owner
from culture_admin.servers.embedded import Embedded

ROLES = CHECKOUT / "culture_admin/servers/roles.sql"
in_database = pytest.mark.django_db


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@in_database
def test_the_application_reads_and_writes_rows():
    execute("UPDATE territory_division SET name_en = name_en")
    execute("CREATE TEMPORARY TABLE staged (LIKE territory_division)")


@in_database
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_decisions_cannot_be_changed(verb: str):
    with pytest.raises(ProgrammingError, match="permission denied"):
        execute(verb.format("workflow_decision"))


@in_database
def test_every_event_table_is_append_only():
    assert "territory_divisionevent" in append_only_tables()
    assert changeable_tables(connection) == []


@in_database
def test_the_schema_is_out_of_reach():
    with pytest.raises(ProgrammingError, match="permission denied"):
        execute("CREATE TABLE public.own (id int)")
    with pytest.raises(ProgrammingError, match="must be owner"):
        execute("DROP TABLE workflow_decision")


@in_database
def test_the_application_is_not_refused():
    assert role_faults(connection) == []


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize(("role", "why"), [("culture_owner", "owns the tables"), ("postgres", "superuser")])
def test_a_mighty_role_is_refused(settings, role: str, why: str):
    settings.OWNER_DATABASE = {"USER": role}
    with schema_owner(connection), pytest.raises(SystemExit, match=why):
        refuse_wrong_role()


def test_a_superuser_makes_the_roles_and_the_database_of_an_installation():
    servers = Embedded()
    psql = servers.postgres.binaries.postgres.with_name("psql")
    command = [psql, "-h", servers.directory.path, "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-X", "-q", "-f", ROLES]
    try:
        servers.postgres.start()
        with closing(servers.postgres.connect()) as opened, opened.cursor() as cursor:
            # What the embedded server has made for itself.
            cursor.execute("DROP DATABASE culture")
            cursor.execute("DROP ROLE culture_owner, culture_app")
            passwords = {"OWNER_PASSWORD": "it's", "DATABASE_PASSWORD": "b"}
            subprocess.run(command, check=True, env=os.environ | passwords)
            cursor.execute(
                "SELECT rolname, rolcanlogin, rolsuper FROM pg_roles WHERE rolname LIKE 'culture%' ORDER BY 1"
            )
            assert cursor.fetchall() == [("culture_app", True, False), ("culture_owner", True, False)]
            cursor.execute("SELECT count(rolpassword) FROM pg_authid WHERE rolname LIKE 'culture%'")
            assert cursor.fetchone() == (2,)
            cursor.execute("SELECT datdba::regrole::text, datlocale FROM pg_database WHERE datname = 'culture'")
            assert cursor.fetchone() == ("culture_owner", "C.UTF-8")
    finally:
        servers.stop()
