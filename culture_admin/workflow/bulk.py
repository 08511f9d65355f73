"""Rows written without the ORM: many by COPY, most into a staging table and then by one INSERT … SELECT; a few in one INSERT;
one by a statement that is kept for its model.

PostgreSQL refuses COPY into a table under row-level security. Triggers of history and summary run once per statement, not
once per row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from django.db import connection, models

PIECE = 10_000
# Up to so many rows a staging table takes longer to make and drop than the rows take to be sent.
FEW = 50


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """`count` fresh primary keys from the table's own sequence, ascending."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        # Materialized, the sequence is looked for once and not once a key.
        cursor.execute(
            "WITH own AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence)"
            " SELECT nextval(sequence) FROM own, generate_series(1, %s)",
            [f'"{table}"', column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def insert_row(record: models.Model) -> None:
    """Inserts a record with the values it has, and gives it its key; like `save`, in two thirds of the time.

    Every entry comes with a record and a decision, and Django takes longer to put their statements together than the
    database to do what they say. No field may set itself on saving.
    """
    sql, fields = _insert(type(record))
    with connection.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(getattr(record, field.attname), connection) for field in fields])
        (record.pk,) = cursor.fetchone()
    record._state.adding, record._state.db = False, connection.alias


@cache
def _insert(model: type[models.Model]) -> tuple[str, Sequence[models.Field]]:
    """The statement, and the fields whose values it takes."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table, key = map(connection.ops.quote_name, [model._meta.db_table, model._meta.pk.column])
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(fields))}) RETURNING {key}", fields


def insert_rows(model: type[models.Model], columns: Mapping[str, Sequence], shared: Mapping[str, object]) -> int:
    """Inserts rows given by database column, in order, with the values that they all share; returns how many.

    Call inside a transaction, and give rows in the order of a key: it keeps writers from deadlocks.
    """
    quote = connection.ops.quote_name
    table, staging = quote(model._meta.db_table), quote(f"staging_{model._meta.db_table}")
    own = ", ".join(map(quote, columns))
    names = ", ".join(map(quote, [*columns, *shared]))
    count = len(next(iter(columns.values())))
    with connection.cursor() as cursor:
        if 0 < count <= FEW:
            line = f"({', '.join(['%s'] * (len(columns) + len(shared)))})"
            values = [value for row in zip(*columns.values(), strict=True) for value in (*row, *shared.values())]
            cursor.execute(f"INSERT INTO {table} ({names}) VALUES {', '.join([line] * count)}", values)
            return cursor.rowcount
        cursor.execute(f"CREATE TEMPORARY TABLE {staging} ON COMMIT DROP AS SELECT {own} FROM {table} WITH NO DATA")
        cursor.copy_expert(f"COPY {staging} ({own}) FROM STDIN", _Lines(_pieces(list(columns.values()))))
        # A temporary table is read as it was written.
        selected = ", ".join([own, *["%s"] * len(shared)])
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {selected} FROM {staging}", list(shared.values()))
        inserted = cursor.rowcount
        cursor.execute(f"DROP TABLE {staging}")
        return inserted


def copy_rows(model: type[models.Model], columns: Mapping[str, Sequence]) -> None:
    """Writes rows given by database column, in order, straight into a table that nobody is walled off from: one statement."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    # Django makes its own exceptions of what `execute` raises only.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(
            f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN", _Lines(_pieces(list(columns.values())))
        )


class _Lines:
    """What COPY reads from: one piece after the other, then nothing."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, size: int = -1) -> bytes:
        return next(self._pieces, b"")


def _pieces(columns: Sequence[Sequence]) -> Iterator[bytes]:
    """The rows as COPY reads them, so many at a time that their text does not outweigh the rows themselves."""
    for start in range(0, len(columns[0]), PIECE):
        texts = [_texts(column[start : start + PIECE]) for column in columns]
        yield "".join(f"{line}\n" for line in map("\t".join, zip(*texts, strict=True))).encode()


def _texts(column: Sequence) -> list[str]:
    """The values in COPY text format, each distinct one written once."""
    texts = {value: _text(value) for value in dict.fromkeys(column)}
    return [texts[value] for value in column]


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return _text(_array(value)) if isinstance(value, tuple) else str(value)


def _array(values: tuple) -> str:
    """An array of texts or numbers as PostgreSQL reads it."""
    return "{" + ",".join(_quoted(value) if isinstance(value, str) else str(value) for value in values) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
