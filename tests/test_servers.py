"""The embedded servers: private, found by others, gone with whoever started them, and back with their data."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from culture_admin.environment import CHECKOUT
from culture_admin.servers import embedded, sockets
from culture_admin.servers.account import Account
from culture_admin.servers.embedded import AlreadyHeld, Embedded, borrowed
from culture_admin.servers.postgres import APPLICATION, DATABASE

HOLD = """
import sys, time
from pathlib import Path
from culture_admin.servers.embedded import Embedded
servers = Embedded(Path(sys.argv[1]))
servers.start()
print(servers.postgres.process.pid, servers.redis.process.pid, servers.directory.path, flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory for several starts; for root the clusters lie outside it, and are removed as well."""
    path = tmp_path_factory.mktemp("demo")
    yield path
    shutil.rmtree(Account.of_servers().home(path))


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data directory of the test's own."""
    yield tmp_path
    shutil.rmtree(Account.of_servers().home(tmp_path))


@pytest.fixture
def servers(data: Path) -> Iterator[Embedded]:
    started = Embedded(data)
    started.start()
    yield started
    with suppress(FileNotFoundError):
        started.stop()


def query(path: Path, statement: str, user: str = APPLICATION):
    with closing(psycopg2.connect(host=str(path), user=user, dbname=DATABASE)) as opened, opened.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else opened.commit()


def runs(pid: int) -> bool:
    """Whether the process lives; one that only waits to be reaped does not."""
    try:
        return b"State:\tZ" not in Path(f"/proc/{pid}/status").read_bytes()
    except FileNotFoundError:
        return False


def wait_for_end(*pids: int) -> None:
    deadline = time.monotonic() + 10
    while any(map(runs, pids)):
        assert time.monotonic() < deadline, f"still running: {[pid for pid in pids if runs(pid)]}"
        time.sleep(0.05)


@pytest.mark.django_db
def test_tests_connect_as_the_application_which_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (APPLICATION, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


@pytest.mark.usefixtures("committed_db")
def test_a_committed_database_is_a_fresh_one():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0].endswith("_committed")


def test_only_their_user_may_enter_the_directory_of_the_sockets(servers: Embedded):
    status = servers.directory.path.stat()
    assert (status.st_mode & 0o777, status.st_uid) == (0o700, Account.of_servers().uid)


def test_no_port_is_opened(servers: Embedded):
    assert query(servers.directory.path, "SHOW listen_addresses") == ("",)


def test_stopping_leaves_neither_process_nor_socket_nor_note(servers: Embedded):
    servers.stop()
    wait_for_end(servers.postgres.process.pid, servers.redis.process.pid)
    assert not servers.directory.path.exists()
    assert embedded.note(servers.data_dir) == {}


def test_data_outlives_a_stop(servers: Embedded):
    query(
        servers.directory.path,
        "CREATE TABLE kept AS SELECT 7 AS number; GRANT SELECT ON kept TO PUBLIC",
        "culture_owner",
    )
    servers.stop()
    again = Embedded(servers.data_dir)
    again.start()
    assert query(again.directory.path, "SELECT number FROM kept") == (7,)
    again.stop()


def test_a_second_holder_is_refused_and_a_command_borrows(servers: Embedded):
    with pytest.raises(AlreadyHeld):
        Embedded(servers.data_dir)
    with borrowed(servers.data_dir):
        assert embedded.sockets(servers.data_dir) == servers.directory.path
    assert runs(servers.postgres.process.pid)


def test_a_long_path_with_spaces_works(tmp_path: Path):
    servers = Embedded(tmp_path / "a folder with spaces, and more" / ("x" * 100))
    servers.start()
    assert query(servers.directory.path, "SELECT 1") == (1,)
    servers.stop()
    shutil.rmtree(servers.postgres.data.parent)


def test_killing_the_holder_leaves_no_process_and_the_next_start_sweeps_up(data: Path):
    command = [sys.executable, "-c", HOLD, data]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as holder:
        postgres, redis, directory = holder.stdout.readline().split()
        holder.kill()
    wait_for_end(int(postgres), int(redis))
    again = Embedded(data)
    assert not Path(directory).exists()
    again.start()
    assert query(again.directory.path, "SELECT 1") == (1,)
    again.stop()


def test_the_sweep_spares_directories_in_use(servers: Embedded):
    sockets.sweep(servers.directory.path.parent)
    assert servers.directory.path.exists()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=["asked", "killed"])
def test_the_demo_takes_everything_with_it(demo_data: Path, end: signal.Signals):
    """Supervised with a preparation that only looks around: migrations and the demo's data have tests of their own."""
    program = (
        "import sys; from pathlib import Path; from culture_admin.servers.supervisor import Supervisor;"
        "Supervisor(Path(sys.argv[1]), int(sys.argv[2]), lambda line: print(line, flush=True))"
        ".run(['check', '--verbosity=0'], 'ready')"
    )
    environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"} | {
        "DATA_DIR": str(demo_data)
    }
    port = str(18000 + os.getpid() % 1000)
    command = [sys.executable, "-c", program, demo_data, port]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, env=environment) as demo:
        try:
            assert "ready" in (line.strip() for line in demo.stdout), "the demo did not start"
            family = descendants(demo.pid)
            assert json.loads((demo_data / "servers.json").read_text())["address"] == f"http://127.0.0.1:{port}/"
            demo.send_signal(end)
            demo.wait(10)
        finally:
            demo.kill()
    wait_for_end(*family)


def descendants(pid: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return children + [below for child in children for below in descendants(child)]
