"""The database's roles: what the application's role may do, and which roles are refused."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from culture_admin.privileges import append_only_tables, changeable_tables, refuse_wrong_role, role_faults, schema_owner

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
