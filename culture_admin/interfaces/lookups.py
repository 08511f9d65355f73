"""One row by a unique field, with what is joined to it: the statement is put together once and kept.

Most of what a body names is such a row, and for one Django takes three times as long to write the statement and to take the
answer apart as PostgreSQL takes to find it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Manager, Model, Q, QuerySet

# One for each field and office; few of an installation's thousand offices write at a time.
KEPT = 2000
EVERY_ROW = Q()


class Lookup(NamedTuple):
    """The rows of a model, and what is read with one, as `select_related` names it."""

    model: type[Model]
    joins: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: QuerySet | Manager) -> Lookup:
        """The lookup that reads as `rows` does; these may join, and nothing else."""
        query = rows.all().query
        if query.where or query.annotations:
            raise ImproperlyConfigured(f"{rows.model.__name__}: what narrows a lookup is its condition.")
        return cls(rows.model, tuple(_paths(query.select_related)))

    def find(self, key: str, value: Any, condition: Q = EVERY_ROW) -> Any:
        """The row that meets `condition` and has this value in the unique field `key`; None where there is none."""
        statement = _statement(self, key, condition)
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [*statement.values, value])
            found = cursor.fetchone()
        return _record(statement.parts, found) if found else None


class Part(NamedTuple):
    """Consecutive columns that are one record: on what it hangs and as what, and how it is read from them."""

    path: str
    model: type[Model]
    names: Sequence[str]
    key: int
    converters: Sequence[tuple[int, Callable]]


class Statement(NamedTuple):
    """A statement that lacks the last of its values."""

    sql: str
    values: Sequence[Any]
    parts: Sequence[Part]


def _paths(joins: object, above: str = "") -> Iterator[str]:
    """The paths in what a query keeps of its `select_related`, each after what it hangs on."""
    for name, further in joins.items() if isinstance(joins, dict) else ():
        yield f"{above}{name}"
        yield from _paths(further, f"{above}{name}__")


@lru_cache(KEPT)
def _statement(lookup: Lookup, key: str, condition: Q) -> Statement:
    parts = [_part(lookup.model), *(_part(lookup.model, path) for path in lookup.joins)]
    columns = [f"{part.path}__{name}" if part.path else name for part in parts for name in part.names]
    # Any value that the field takes: the one that is asked for stands in its place later.
    rows = lookup.model._default_manager.filter(condition).filter(**{key: "0"})
    sql, values = rows.order_by().values_list(*columns).query.sql_with_params()
    return Statement(sql, values[:-1], parts)


def _part(model: Any, path: str = "") -> Part:
    for name in filter(None, path.split("__")):
        model = model._meta.get_field(name).related_model
    fields = model._meta.concrete_fields
    converters = [(at, field.from_db_value) for at, field in enumerate(fields) if hasattr(field, "from_db_value")]
    return Part(path, model, [field.attname for field in fields], fields.index(model._meta.pk), converters)


def _record(parts: Sequence[Part], row: Sequence) -> Model | None:
    records: dict[str, Model | None] = {}
    start = 0
    for part in parts:
        values = list(row[start : start + len(part.names)])
        start += len(part.names)
        # An empty link leads to a line of nothing.
        record = None if values[part.key] is None else _load(part, values)
        above, _mark, name = part.path.rpartition("__")
        if name and records[above] is not None:
            setattr(records[above], name, record)
        records[part.path] = record
    return records[""]


def _load(part: Part, values: list) -> Model:
    for at, convert in part.converters:
        values[at] = convert(values[at], None, connection)
    return part.model.from_db(connection.alias, part.names, values)
