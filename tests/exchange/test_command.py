"""`import_ledger`: the same import from a shell."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from activities.models import Activity

LEDGERS = Path(__file__).parent / "ledgers"


def run(*args: str, file: Path = LEDGERS / "activities-1.xlsx", user: str = "station_head_east") -> tuple[int, str]:
    out = StringIO()
    try:
        call_command(
            "import_ledger", str(file), "--kind", "activities", "--station", "990101101", "--as", user, *args,
            stdout=out, stderr=StringIO(),
        )  # fmt: skip
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def test_all_rows_or_nothing_is_the_default(district):
    status, _shown = run()
    assert status == 1
    assert not Activity.objects.exists()


def test_good_rows_go_in(district):
    status, shown = run("--rows", "good", "--json")
    expected = json.loads((LEDGERS / "activities-1.json").read_text())
    preview = json.loads(shown)
    assert status == 0
    assert preview["counts"]["new"] == expected["accepted"] == Activity.objects.count()
    assert preview["totals"]["person_times"] == expected["person_times_offline"]
    assert preview["totals"]["class_hours"] == expected["class_hours"]


def test_a_rehearsal_writes_nothing(district):
    assert run("--dry-run", "--json")[0] == 0
    assert not Activity.objects.exists()


def test_an_unreadable_file_is_two(district, tmp_path):
    broken = tmp_path / "x.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    assert run(file=broken)[0] == 2
    assert run(file=tmp_path / "missing.xlsx")[0] == 2


def test_who_has_no_power_is_told_so(district):
    assert run("--rows", "good", user="station_head_west")[0] == 1
    assert not Activity.objects.exists()
    with pytest.raises(CommandError):
        run(user="nobody")
