"""A PostgreSQL and a Redis of the benchmarks' own, gone when they end."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from culture_admin.environment import data_dir
from culture_admin.servers.embedded import Embedded
from tests.servers import CHOSEN_BY_INSTALLATIONS


@contextmanager
def throwaway_servers() -> Iterator[Embedded]:
    """Within it the settings, read for the first time, lead to servers with an empty database.

    Their data lies below DATA_DIR and not in the temporary directory, which may be memory. Nothing waits for the disk: that
    makes the floors cheaper, and so the ratios stricter.
    """
    directory = data_dir() / "benchmarks"
    for name in CHOSEN_BY_INSTALLATIONS:
        os.environ.pop(name, None)
    os.environ |= {"DATA_DIR": str(directory), "SECOND_FACTOR": "off"}
    servers = Embedded(directory)
    servers.postgres.throwaway = True
    # Left by a run that was killed.
    shutil.rmtree(servers.postgres.data, ignore_errors=True)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    # WhiteNoise looks for it.
    (directory / "static").mkdir(exist_ok=True)
    servers.start()
    try:
        yield servers
    finally:
        servers.stop()
        shutil.rmtree(servers.postgres.data)
        shutil.rmtree(directory, ignore_errors=True)
