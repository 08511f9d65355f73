"""The benchmarks in their order, on a migrated database that they fill themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager

from django.test import override_settings
from django.utils import timezone

from benchmarks import assessment, bulk, inbox, ledgers, lists, logs, statistic
from benchmarks.measuring import Comparison
from benchmarks.province import Province, Sizes
from benchmarks.reports import machine

# Requests in one round: enough that the clock is not what is measured.
REQUESTS = {"statistic": 10, "log": 100, "lists": 5, "inbox": 5}
# Nothing here serves a static file, so none is collected.
STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def run(connect: Callable, sizes: Sizes, names: Sequence[str], *, rows: int, rounds: int, share: int = 1) -> dict:
    """Runs the named benchmarks and gives back what results.json holds.

    connect(database): an autocommitting connection of PostgreSQL's superuser. share: of the requests of a round only each
    so-manieth, for a trial.
    """

    @contextmanager
    def maintenance(database: str = "postgres") -> Iterator:
        with closing(connect(database)) as connection, connection.cursor() as cursor:
            yield cursor

    with maintenance() as cursor:
        cursor.execute("SHOW server_version")
        results = {"at": str(timezone.localdate()), "machine": machine(cursor.fetchone()[0].split()[0])}
    print(results["machine"], flush=True)
    each = {name: -(-requests // share) for name, requests in REQUESTS.items()}
    found: list[Comparison] = []
    province = Province(sizes, maintenance)
    with override_settings(STORAGES=STATIC):
        province.build()
        runs = {
            "import": lambda: ledgers.run(province, rows, rounds),
            "bulk": lambda: bulk.run(province, rows, rounds),
            "statistic": lambda: statistic.run(province, rounds, each["statistic"]),
            "log": lambda: logs.run(province, rounds, each["log"]),
            "lists": lambda: lists.run(province, rounds, each["lists"]),
            "inbox": lambda: inbox.run(province, rounds, each["inbox"], inbox.MANY // share),
            "assessment": lambda: assessment.run(province, rounds),
        }
        for name in names:
            for comparison in runs[name]():
                print(f"\n{comparison}", flush=True)
                found.append(comparison)
    province.drop()
    return {**results, "activities": sizes.full, "comparisons": [comparison.as_dict() for comparison in found]}
