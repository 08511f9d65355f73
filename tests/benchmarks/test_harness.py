"""The benchmarks run, from the seed to the table; how fast they are is nobody's test."""

import psycopg2
import pytest

from benchmarks.__main__ import BENCHMARKS
from benchmarks.measuring import compare
from benchmarks.province import Sizes
from benchmarks.reports import table
from benchmarks.suite import run
from culture_admin.environment import data_dir
from culture_admin.servers.embedded import sockets
from culture_admin.servers.postgres import BOOTSTRAP


def connect(database: str):
    connection = psycopg2.connect(host=sockets(data_dir()), user=BOOTSTRAP, dbname=database)
    connection.autocommit = True
    return connection


@pytest.mark.usefixtures("committed_db")
def test_every_benchmark_runs_at_a_tiny_size(capsys):
    sizes = Sizes(stations=40, small=100, tenth=200, full=400)
    results = run(connect, sizes, BENCHMARKS, rows=60, rounds=1, share=100)
    comparisons = results["comparisons"]
    assert len(comparisons) == 1 + 1 + 2 + 3 + 6 + 3 + 3
    assert all(found["ratio"] > 0 and found["floor"]["median"] > 0 for found in comparisons)
    assert len(table(results).splitlines()) == 2 + len(comparisons) + 2
    printed = capsys.readouterr().out
    assert all(found["name"] in printed and found["target"] in printed for found in comparisons)


def test_a_ratio_is_the_median_of_the_rounds_own_ratios():
    floors, mine = iter([9.0, 1.0, 2.0, 4.0]), iter([9.0, 3.0, 4.0, 4.0])
    found = compare("", ("", lambda: next(floors)), lambda: next(mine), "", rounds=3)
    assert found.ratio == 2.0
    assert (found.floor.median, found.floor.least, found.floor.most) == (2.0, 1.0, 4.0)
