"""The triggers that keep ActivityMonth exact, and the fold that keeps it short."""

from __future__ import annotations

from collections.abc import Iterator

import pgtrigger
from django.db import connection, transaction

CELL = ("county_id", "station_id", "division_id", "kind_id", "month", "led_by", "state")
SUMS = {
    "number": "1",
    "attendance": "coalesce(attendance, 0)",
    "attendance_recorded": "(attendance IS NOT NULL)::int",
    "online_attendance": "coalesce(online_attendance, 0)",
    "online_recorded": "(online_attendance IS NOT NULL)::int",
    "class_seconds": "coalesce(class_seconds, 0)",
    "seconds_recorded": "(class_seconds IS NOT NULL)::int",
    "person_seconds": "coalesce(class_seconds::bigint * attendance, 0)",
    "person_seconds_recorded": "(class_seconds IS NOT NULL AND attendance IS NOT NULL)::int",
}
TABLE = "activities_activitymonth"
FOLD_BATCH = 20_000


def cells_of(rows: str, sign: int = 1) -> str:
    """SQL: one signed line per activity in the relation `rows`, with the columns of a cell and its sums."""
    keys = ", ".join(
        "date_trunc('month', begins_on::timestamp)::date AS month" if key == "month" else key for key in CELL
    )
    sums = ", ".join(f"{'-' if sign < 0 else ''}({sql})::bigint AS {name}" for name, sql in SUMS.items())
    return f"SELECT {keys}, {sums} FROM {rows}"


def _append(lines: str) -> str:
    """SQL: appends the lines grouped by cell, without the cells in which nothing changes."""
    keys, sums = ", ".join(CELL), ", ".join(SUMS)
    totals = ", ".join(f"sum({name})::bigint" for name in SUMS)
    changed = " OR ".join(f"sum({name}) <> 0" for name in SUMS)
    return (
        f"INSERT INTO {TABLE} ({keys}, {sums}) SELECT {keys}, {totals} FROM ({lines}) AS line"
        f" GROUP BY {keys} HAVING {changed}; RETURN NULL;"
    )


# PostgreSQL gives transition tables to triggers of a single event only: hence three.
SUMMARY_TRIGGERS = [
    pgtrigger.Trigger(
        name="summary_insert",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func=_append(cells_of("new_rows")),
    ),
    pgtrigger.Trigger(
        name="summary_update",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
        func=_append(f"{cells_of('new_rows')} UNION ALL {cells_of('old_rows', -1)}"),
    ),
    pgtrigger.Trigger(
        name="summary_delete",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        referencing=pgtrigger.Referencing(old="old_rows"),
        func=_append(cells_of("old_rows", -1)),
    ),
]


def fold() -> int:
    """Merges fresh rows into their cells, in cell order and one batch a transaction; returns how many were merged.

    Rows another folder holds are skipped, so two folders never wait for each other; a writer appends and never waits.
    """
    keys, sums = ", ".join(CELL), ", ".join(SUMS)
    totals = ", ".join(f"sum({name})::bigint" for name in SUMS)
    merged = ", ".join(f"{name} = {TABLE}.{name} + excluded.{name}" for name in SUMS)
    folded = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"WITH taken AS (DELETE FROM {TABLE} WHERE id IN (SELECT id FROM {TABLE} WHERE fresh ORDER BY id"
                f" LIMIT {FOLD_BATCH} FOR UPDATE SKIP LOCKED) RETURNING {keys}, {sums}),"
                f" cells AS (INSERT INTO {TABLE} ({keys}, {sums}, fresh)"
                f" SELECT {keys}, {totals}, false FROM taken GROUP BY {keys} ORDER BY {keys}"
                " ON CONFLICT (county_id, station_id, month, kind_id, led_by, state, division_id) WHERE NOT fresh"
                f" DO UPDATE SET {merged}) SELECT count(*) FROM taken"
            )
            (taken,) = cursor.fetchone()
        folded += taken
        if taken < FOLD_BATCH:
            return folded


def purge() -> int:
    """Drops cells from which everything was taken away again; returns how many.

    A cell that a folder is just changing is left for the next time.
    """
    empty = " AND ".join(f"{name} = 0" for name in SUMS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE id IN"
            f" (SELECT id FROM {TABLE} WHERE NOT fresh AND {empty} FOR UPDATE SKIP LOCKED)"
        )
        return cursor.rowcount


def differences() -> Iterator[str]:
    """Recomputes every cell from the activities, and gives a line for each that the summary holds differently."""
    keys, totals = ", ".join(CELL), ", ".join(f"sum({name})::bigint AS {name}" for name in SUMS)
    names = ", ".join(SUMS)
    grouped = f"SELECT {keys}, {totals} FROM {{rows}} GROUP BY {keys}"
    base = grouped.format(rows=f"({cells_of('activities_activity')}) AS line")
    kept = grouped.format(rows=TABLE) + " HAVING " + " OR ".join(f"sum({name}) <> 0" for name in SUMS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {keys}, ROW({', '.join(f'base.{name}' for name in SUMS)})::text,"
            f" ROW({', '.join(f'kept.{name}' for name in SUMS)})::text"
            f" FROM ({base}) AS base FULL JOIN ({kept}) AS kept USING ({keys})"
            f" WHERE ({', '.join(f'base.{name}' for name in SUMS)}) IS DISTINCT FROM"
            f" ({', '.join(f'kept.{name}' for name in SUMS)}) ORDER BY {keys}"
        )
        for *cell, base_sums, kept_sums in cursor:
            place = ", ".join(f"{name} {value}" for name, value in zip(CELL, cell, strict=True))
            yield f"{place}: activities say {base_sums}, the summary {kept_sums} ({names})"
