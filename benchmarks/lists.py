"""The first page of the activity list, in the admin and over the API, among few rows and among many."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.doors import Door, project
from benchmarks.measuring import Comparison, compare, measured
from benchmarks.province import Province

ADMIN, API = "/admin/activities/activity/", "/api/v1/activities/"


def run(province: Province, rounds: int, each: int) -> list[Comparison]:
    """Each office's first page, in the smallest database as the floor and in the fullest."""
    readers = province.readers
    pages = [(f"admin, {office}", ADMIN, {"cookie": cookie}) for office, cookie in readers.sessions.items()]
    for office, key in readers.keys.items():
        headers = {"authorization": f"Bearer {key}"}
        with province.at("small"):
            rows = len(Door(project(), **headers)("GET", API).json()["results"])
        # A station has less than a page among few rows; both sides are to show as many.
        pages.append((f"API, {office}, {rows} on the page", f"{API}?limit={rows}", headers))
    return [_page(province, name, path, headers, rounds, each) for name, path, headers in pages]


def _page(province: Province, name: str, path: str, headers: dict[str, str], rounds: int, each: int) -> Comparison:
    ask = Door(project(), **headers)

    def asked(size: str):
        def call() -> float:
            with province.at(size):
                # Opens the connection, which a server would have kept.
                ask("GET", path)
                return sum(measured(lambda: ask("GET", path)) for _ in range(each)) / each

        return call

    sizes = province.sizes
    comparison = compare(
        f"first page of activities ({name}) at {sizes.full:,} rows",
        (f"the same page at {sizes.small:,} rows", asked("small")),
        asked("full"),
        "≤ 3",
        rounds=rounds,
    )
    with province.at("full"):
        ask("GET", path)
        with CaptureQueriesContext(connection) as queries:
            ask("GET", path)
    counts = [query["sql"] for query in queries if "COUNT(" in query["sql"] and "activities_activity" in query["sql"]]
    comparison.facts.append(f"{len(queries)} queries, asked for: at most 12; {len(counts)} of them count activities")
    return comparison
