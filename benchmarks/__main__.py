"""`make bench`: runs the benchmarks on servers of their own, prints them, and writes results.json."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import django
from django.core.management import call_command

from benchmarks.reports import RESULTS, table
from benchmarks.servers import throwaway_servers

BENCHMARKS = ("import", "bulk", "statistic", "log", "lists", "inbox", "assessment")
STATIONS = 1360
SMALL = 5000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="this benchmark; may stand several times")
    parser.add_argument("--activities", type=int, default=500_000, help="in the fullest database (%(default)s)")
    parser.add_argument(
        "--full", action="store_const", dest="activities", const=5_000_000, help="the size the targets speak of"
    )
    parser.add_argument("--rows", type=int, default=100_000, help="of the ledger that is imported (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--table", action="store_true", help="run nothing; print README's table from the results kept")
    parser.add_argument("--to", type=Path, default=RESULTS, help="where the results go")
    options = parser.parse_args()
    if options.activities // 10 <= SMALL:
        parser.error(
            f"--activities: more than {SMALL * 10:,} are needed, of which a tenth goes into a database of its own"
        )
    if options.table:
        print(table(json.loads(options.to.read_text())))
        return
    with throwaway_servers() as servers:
        os.environ["DJANGO_SETTINGS_MODULE"] = "culture_admin.settings"
        django.setup()
        # These need the models, which are there only now.
        from benchmarks.province import Sizes
        from benchmarks.suite import run

        call_command("migrate", verbosity=0, interactive=False)
        sizes = Sizes(STATIONS, SMALL, options.activities // 10, options.activities)
        results = run(
            servers.postgres.connect, sizes, options.only or BENCHMARKS, rows=options.rows, rounds=options.rounds
        )
    options.to.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
