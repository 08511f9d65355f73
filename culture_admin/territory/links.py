"""Links checked by the database once for all rows of a statement, for tables that are written by the ten thousand.

Foreign keys ask once for each row and link. For a ledger of 100,000 rows, which name one station and a dozen kinds, that took
as long as everything else the database does with them. Only for links at what is never deleted.
"""

from __future__ import annotations

from collections.abc import Mapping

import pgtrigger


def link_triggers(links: Mapping[str, tuple[str, str]]) -> list[pgtrigger.Trigger]:
    """Triggers that refuse rows whose links name no row. links: by column the table and the key that it names."""
    check = f"""
    SELECT * INTO fault FROM ({" UNION ALL ".join(_missing(link, *target) for link, target in links.items())}) AS faults LIMIT 1;
    IF FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = fault, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
"""
    # PostgreSQL gives transition tables to triggers of a single event only: hence two.
    return [
        pgtrigger.Trigger(
            name=f"links_{str(operation).lower()}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(new="new_rows"),
            declare=[("fault", "text")],
            func=check,
        )
        for operation in (pgtrigger.Insert, pgtrigger.Update)
    ]


def _missing(link: str, table: str, key: str) -> str:
    """SQL: a line for each value of a link that names no row."""
    return (
        f"SELECT '{link} ' || named.value || ' names no row' FROM (SELECT DISTINCT {link} AS value FROM new_rows) AS named"
        f" WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM {table} WHERE {table}.{key} = named.value)"
    )
