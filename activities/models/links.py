"""The links of an activity, checked by the database: once for all rows of a statement.

Foreign keys ask once for each row and link. For a ledger of 100,000 rows, which name one station and a dozen kinds, that took
as long as everything else the database does with them. What a link points at is never deleted.
"""

from __future__ import annotations

import pgtrigger

LINKS = {
    "station_id": ("stations_station", "unit_id"),
    "division_id": ("territory_division", "id"),
    "county_id": ("territory_division", "id"),
    "village_id": ("territory_division", "id"),
    "kind_id": ("activities_kind", "id"),
    "genre_id": ("activities_genre", "id"),
    "posting_id": ("stewards_posting", "id"),
    "steward_id": ("stewards_steward", "id"),
    "firm_id": ("stewards_firm", "unit_id"),
    "team_id": ("activities_team", "id"),
    "facility_id": ("stations_facility", "id"),
    "series_id": ("activities_series", "id"),
    "course_id": ("activities_course", "id"),
    "recorded_by_id": ("accounts_user", "id"),
    "batch_id": ("exchange_import", "id"),
}


def _missing(link: str, table: str, key: str) -> str:
    """SQL: a line for each value of a link that names no row."""
    return (
        f"SELECT '{link} ' || named.value || ' names no row' FROM (SELECT DISTINCT {link} AS value FROM new_rows) AS named"
        f" WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM {table} WHERE {table}.{key} = named.value)"
    )


CHECK = f"""
    SELECT * INTO fault FROM ({" UNION ALL ".join(_missing(link, *target) for link, target in LINKS.items())}) AS faults LIMIT 1;
    IF FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = fault, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
"""

# PostgreSQL gives transition tables to triggers of a single event only: hence two.
LINK_TRIGGERS = [
    pgtrigger.Trigger(
        name=f"links_{str(operation).lower()}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(new="new_rows"),
        declare=[("fault", "text")],
        func=CHECK,
    )
    for operation in (pgtrigger.Insert, pgtrigger.Update)
]
