"""The links of an activity, checked by the database once for all rows of a statement. What a link points at is never deleted."""

from __future__ import annotations

from culture_admin.territory.links import link_triggers

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
LINK_TRIGGERS = link_triggers(LINKS)
