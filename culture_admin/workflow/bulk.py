"""Many rows at once: COPY into a staging table, then one ordered INSERT … SELECT.

PostgreSQL refuses COPY into a table under row-level security, and the order keeps writers from deadlocks. Triggers of
history and summary run once per statement, not once per row.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.db import connection, models


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """`count` fresh primary keys from the table's own sequence, ascending."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)::regclass) FROM generate_series(1, %s)",
            [f'"{table}"', column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def insert_rows(model: type[models.Model], columns: Sequence[str], lines: Iterable[str], order: str = "id") -> int:
    """Inserts rows given as lines of PostgreSQL's COPY text format; returns how many. Call inside a transaction."""
    names = ", ".join(f'"{column}"' for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    staging = connection.ops.quote_name(f"staging_{model._meta.db_table}")
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {staging} ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA"
        )
        cursor.copy_expert(f"COPY {staging} ({names}) FROM STDIN", io.StringIO("".join(lines)))
        cursor.execute(f'INSERT INTO {table} ({names}) SELECT {names} FROM {staging} ORDER BY "{order}"')
        inserted = cursor.rowcount
        cursor.execute(f"DROP TABLE {staging}")
        return inserted


def copy_text(value: object) -> str:
    """A value in COPY text format."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return str(value)
