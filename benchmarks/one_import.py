"""Imports one ledger and prints the megabytes this and the reading process had at their peaks: FILE STATION DATABASE."""

import os
import resource
import sys
from pathlib import Path

import django
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culture_admin.settings")
django.setup()

from benchmarks.ledgers import import_ledger  # noqa: E402 - models are there after setup alone
from stations.models import Station  # noqa: E402


def main(path: str, station: str, database: str) -> None:
    connection.settings_dict["NAME"] = database
    import_ledger(Path(path).read_bytes(), Station.objects.select_related("unit__division").get(pk=station))
    # Not RUSAGE_SELF: what a process was forked from counts there, and that one has imported a few times itself.
    status = Path("/proc/self/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    print((own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
