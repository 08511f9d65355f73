"""Style sheets: a rule that a browser drops silently styles nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEETS = sorted(Path("static").glob("*/*.css"))


def inside(text: str, start: int) -> str:
    """What stands between the bracket that opens before `start` and the one that closes it."""
    depth, end = 1, start
    while depth and end < len(text):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    return text[start : end - 1]


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_no_has_stands_within_another(sheet):
    text = sheet.read_text()
    conditions = [inside(text, found.end()) for found in re.finditer(r":has\(", text)]
    assert [condition for condition in conditions if ":has(" in condition] == []
