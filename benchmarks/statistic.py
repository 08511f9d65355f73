"""A statistic over HTTP, against the best hand-written SQL over the summary."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from benchmarks.doors import Door, project
from benchmarks.measuring import Comparison, compare, shown
from benchmarks.province import COUNTY, Province
from culture_admin.environment import CHECKOUT
from culture_admin.territory.models import Division

SQL = (CHECKOUT / "benchmarks/floors/statistic.sql").read_text()
METRICS = (
    "activities.held",
    "activities.sessions",
    "activities.class_hours",
    "activities.person_times",
    "activities.online_person_times",
)
YEARS = 8
SLACK = 0.005


def run(province: Province, rounds: int, each: int) -> list[Comparison]:
    """Town × year × five metrics for one county, and how both sides grow from a tenth of the activities to all."""
    this_year = timezone.localdate().year
    first, last = date(this_year - YEARS, 1, 1), date(this_year, 12, 31)
    path = (
        f"/api/v1/statistics/?metric={','.join(METRICS)}&division={COUNTY}&from={first}&to={last}&by=division:town,year"
    )
    ask = Door(project(), authorization=f"Bearer {province.readers.keys['county']}")
    found: dict[str, Comparison] = {}
    cells: dict[str, int] = {}
    for size in ("tenth", "full"):
        with province.at(size), province.owner(size) as cursor:
            question = {"county": Division.objects.get(code=COUNTY).pk, "first": first, "last": last}

            # As ours does: with less, PostgreSQL sorts where it could add up.
            cursor.execute("SET work_mem = '64MB'")

            def floor(cursor=cursor, question=question) -> list[tuple]:
                cursor.execute(SQL, question)
                return cursor.fetchall()

            cursor.execute(
                "SELECT count(*) FROM activities_activitymonth WHERE county_id = %(county)s"
                " AND month BETWEEN %(first)s AND %(last)s AND state = 'confirmed'",
                question,
            )
            (cells[size],) = cursor.fetchone()
            differing = _said(ask("GET", path).json()["rows"]) ^ _counted(floor())
            assert not differing, f"the two sides differ: {sorted(differing)[:4]}"
            found[size] = compare(
                f"statistic at {getattr(province.sizes, size):,} activities: town × year × 5 metrics of one county",
                ("hand-written SQL over the summary through psycopg2", floor),
                lambda: ask("GET", path),
                f"≤ 2 × the floor + {shown(SLACK)}",
                rounds=rounds,
                each=each,
            )
            side = found[size]
            side.facts.append(
                f"without the {shown(SLACK)}: {(side.ours.median - SLACK) / side.floor.median:.2f} × the floor; {cells[size]:,} rows of the summary"
            )
    grown = found["full"].ours.median / found["tenth"].ours.median
    found["full"].facts.append(
        f"from {province.sizes.tenth:,} to {province.sizes.full:,} activities the time grew {grown:.2f} ×,"
        f" the summary's rows for the question {cells['full'] / cells['tenth']:.2f} × (asked for: no faster)"
    )
    return list(found.values())


def _counted(lines: list[tuple]) -> set[tuple]:
    return {
        (place, year, held or 0, sessions or 0, (seconds or 0) / 2700, heads or 0, online or 0)
        for place, year, held, sessions, seconds, heads, online in lines
    }


def _said(rows: list[dict]) -> set[tuple]:
    """The rows in which anything was counted: of a town and year without a record ours says so, and SQL is silent."""
    said = ((row["division_id"], row["year"], *(row[code] or 0 for code in METRICS)) for row in rows)
    return {row for row in said if any(row[2:])}
