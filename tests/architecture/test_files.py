"""The tree itself: short files, names that say something, nothing of the machine it was written on."""

from __future__ import annotations

import re
import subprocess

from culture_admin.environment import CHECKOUT

LONGEST = 400
SAY_NOTHING = {"utils", "helpers", "common", "misc", "base", "manager", "managers", "tools"}
OF_A_MACHINE = re.compile(r"/(home|Users|root|work)/\w|https?://(pypi|files\.pythonhosted|registry\.npmjs)\b")
TEXT = {".py", ".html", ".js", ".css", ".toml", ".txt", ".in", ".yml", ".yaml", ".md", ".po", ""}


def tracked_files():
    """The files git knows or would add; a copy without git is searched but for what .gitignore names."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [CHECKOUT / name for name in listed.stdout.splitlines()]
    else:
        ignored = {line.rstrip("/") for line in (CHECKOUT / ".gitignore").read_text().splitlines()}
        paths = [path for path in CHECKOUT.rglob("*") if not ignored & set(path.relative_to(CHECKOUT).parts)]
    return [path for path in paths if path.is_file() and path.suffix != ".mo"]


def code():
    return [path for path in tracked_files() if path.suffix == ".py" and "migrations" not in path.parts]


def test_no_file_is_above_400_lines():
    long = {str(path): lines for path in code() if (lines := len(path.read_text().splitlines())) > LONGEST}
    assert long == {}


def test_every_module_says_in_one_line_what_is_found_there():
    silent = [
        str(path) for path in code() if (text := path.read_text().strip()) and not re.match(r"(#!.*\n)?\"\"\"\S", text)
    ]
    assert silent == []


def test_no_module_is_named_after_nothing():
    assert [str(path) for path in code() if path.stem in SAY_NOTHING or path.parent.name in SAY_NOTHING] == []


def test_nothing_points_to_one_machine_or_one_index():
    found = [
        str(path)
        for path in tracked_files()
        if path.suffix in TEXT
        and path.name != "test_files.py"
        and OF_A_MACHINE.search(path.read_text(errors="replace"))
    ]
    assert found == []


def test_locks_have_hashes_and_no_address():
    for lock in (CHECKOUT / "requirements").glob("*.txt"):
        text = lock.read_text()
        pinned = re.findall(r"^[\w.\-\[\]]+==", text, re.MULTILINE)
        assert len(pinned) > 30
        assert "://" not in text
        assert text.count("--hash=sha256:") >= len(pinned)
