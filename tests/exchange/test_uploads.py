"""Files of all sorts: read, or refused with a reason, and never the end of a process of ours."""

import datetime
import io
import json
import resource
import subprocess
import sys
import zipfile
from collections import Counter
from random import Random

import openpyxl
import pytest
import xlsxwriter

from activities.sheets import ACTIVITIES
from culture_admin.environment import CHECKOUT
from culture_admin.exchange import guard
from culture_admin.exchange.reader import Unreadable, read_workbook
from culture_admin.exchange.sheets import read_records
from tests.exchange.layouts import make_ledger
from tests.reports import report

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MUTANTS = 150
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def plain_xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["日期", "名称", "人数"])
        page.write_row(1, 0, ["2021.3.5", "春晚", 3])
    return out.getvalue()


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """A sound file with something put in one part's place; a part that is not there is added."""
    return repacked(lambda name, content: content.replace(old, new, 1) if name == part else content, {part: new})


def repacked(change, added=None) -> bytes:
    source, out = zipfile.ZipFile(io.BytesIO(plain_xlsx())), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
        for name, content in (added or {}).items():
            if name not in source.namelist():
                target.writestr(name, content)
    return out.getvalue()


def in_sheet(xml: bytes) -> bytes:
    return changed(SHEET, b"</sheetData>", xml + b"</sheetData>")


def nested() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.bin", bytes(20_000_000))
    return inner.getvalue()


BOMBS = {
    "inflated": (lambda: in_sheet(b"<row/>" * 11_000_000), "file_too_large_inflated"),
    "inflated blanks": (lambda: in_sheet(b" " * 50_000_000), "cell_too_long"),
    "inflated picture": (lambda: repacked(lambda _name, content: content, {"xl/media/a.png": bytes(70_000_000)}), "file_too_large_inflated"),
    "sparse": (lambda: in_sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "sheet_too_wide"),
    "sparse, written unusually": (lambda: in_sheet(b"<row><c r='XFD1048576'><v>1</v></c></row>"), "file_unreadable"),
    "long and wide": (lambda: in_sheet(b'<row r="110000"><c r="GR110000"><v>1</v></c></row>'), "sheet_too_wide"),
    "a million rows": (lambda: in_sheet(b'<row r="3"/>' * 1_000_000), "sheet_too_many_rows"),
    "merged cells": (lambda: changed(SHEET, b"<pageMargins", b'<mergeCell ref="A1:B2"/>' * 30_000 + b"<pageMargins"), "sheet_too_many_merged"),
    "ten thousand parts": (lambda: repacked(lambda _name, content: content, {f"xl/{n}.xml": b"" for n in range(10_000)}), "file_too_many_parts"),
    "zip of zips": (nested, "file_type"),
    "zip within": (lambda: repacked(lambda _name, content: content, {"xl/embeddings/a.bin": nested()}), "file_unsafe"),
    "entities": (lambda: changed(STRINGS, b"<sst", b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst'), "file_has_entities"),
    "outside entity": (lambda: changed(SHEET, b"<worksheet", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet'), "file_has_entities"),
    "macros": (lambda: changed("xl/vbaProject.bin", b"", b"code"), "file_has_macros"),
    "links": (lambda: changed("xl/externalLinks/externalLink1.xml", b"", b"<externalLink/>"), "file_has_links"),
    "path": (lambda: changed("../../outside", b"", b"x"), "file_unsafe"),
    "long text": (lambda: changed(STRINGS, b"<t>", b"<t>" + b"x" * 1_000_000), "cell_too_long"),
    "cut off": (lambda: plain_xlsx()[:-300], "file_damaged"),
    "encrypted": (lambda: COMPOUND + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
    "old Excel": (lambda: COMPOUND + "Workbook".encode("utf-16-le"), "file_is_xls"),
    "Word": (lambda: changed("word/document.xml", b"", b"<document/>"), "file_type"),
    "PDF": (lambda: b"%PDF-1.7", "file_type"),
    "web page": (lambda: b"<html><table><tr><td>1", "file_is_html"),
    "nothing": (lambda: b"", "file_empty"),
    "blanks": (lambda: b" \r\n", "file_empty"),
    "too large": (lambda: b"a" * (guard.MAX_FILE + 1), "file_too_large"),
    "csv, wide": (lambda: b"," * 1_000_000, "sheet_too_wide"),
    "csv, long": (lambda: b"a\n" * 200_000, "sheet_too_many_rows"),
    "csv, long and wide": (lambda: (b"," * 199 + b"\n") * 100_000, "sheet_too_wide"),
    "csv, open quote": (lambda: b'"date",title\n2021.1.1,"gala\n', "csv_quotes"),
    "csv, long cell": (lambda: b"a," + b"x" * 10_000_000, "csv_quotes"),
    "csv, two encodings": (lambda: "日期,名称\n活动,甲\n".encode() + "活动,乙\n".encode("gb18030"), "file_encoding"),
    "no text at all": (lambda: Random(1).randbytes(10_000), "file_encoding"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_or_foreign_file_is_refused_at_once(name):
    make, code = BOMBS[name]
    data = make()
    before = child_seconds()
    with pytest.raises(Unreadable) as refused:
        read_workbook(data, "台账.xlsx")
    assert refused.value.code == code
    assert len(refused.value.message) > 10
    assert child_seconds() - before < 2


def child_seconds() -> float:
    """The processor time of all children so far; unlike the clock, it does not care what else the machine does."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def test_a_coloured_cell_far_outside_does_no_harm():
    (page,) = read_workbook(in_sheet(b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'), "台账.xlsx").sheets
    assert (page.height, len(page.columns)) == (2, 3)


def mutant(chance: Random, data: bytes) -> bytes:
    changed_bytes = bytearray(data)
    at, other = chance.randrange(len(data)), chance.randrange(len(data))
    match chance.randrange(5):
        case 0:
            for _byte in range(chance.randint(1, 20)):
                changed_bytes[chance.randrange(len(data))] = chance.randrange(256)
        case 1:
            del changed_bytes[at:]
        case 2:
            del changed_bytes[at : at + 200]
        case 3:
            changed_bytes[at:at] = chance.randbytes(50)
        case 4:
            changed_bytes[at : at + 300] = changed_bytes[other : other + 300]
    return bytes(changed_bytes)


def mutant_file(seed: int) -> bytes:
    """A ledger with bytes changed, in the package or within one of its parts."""
    chance = Random(seed)
    data = make_ledger(chance.randrange(200)).content
    if not data.startswith(guard.ZIP) or chance.random() < 0.3:
        return mutant(chance, data)
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    victim = chance.choice([name for name in source.namelist() if name.endswith((".xml", ".rels"))] + [SHEET] * 8)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, mutant(chance, content) if name == victim and content else content)
    return out.getvalue()


def outcome(data: bytes) -> str:
    """`read`, or the code of the refusal; both come with something to show."""
    try:
        records = read_records(read_workbook(data, "台账.xlsx"), ACTIVITIES)
    except Unreadable as refused:
        return refused.code if refused.message else "silent"
    return "read" if json.dumps(records.preview()) else "silent"


def test_a_mutant_is_read_or_refused_with_a_reason():
    outcomes = Counter(outcome(mutant_file(seed)) for seed in range(MUTANTS))
    report("uploads", files=outcomes.total(), process_deaths=0)
    assert outcomes["read"] > 0
    assert outcomes["silent"] == 0
    assert len(outcomes) > 3


@pytest.mark.parametrize(
    ("encoding", "delimiter", "noted"),
    [("utf-8", ",", False), ("utf-8-sig", ";", False), ("gb18030", ",", True), ("utf-16", "\t", True), ("utf-16-le", "\t", True)],
)  # fmt: skip
def test_a_csv_file_is_read_in_the_encodings_that_excel_writes(encoding, delimiter, noted):
    rows = [["活动日期", "活动名称", "参加人数"], ["2021.3.5", "邻里节", "300人"], [], ["待定", "展览", "5"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    records = read_records(read_workbook(text.encode(encoding), "2021年.csv"), ACTIVITIES)
    assert records.values["attendance"] == [300]
    assert [row["row"] for row in records.refusals] == [4]
    assert [note["code"] for note in records.notes] == (["encoding"] if noted else [])


def test_errors_and_formulas_without_result_are_named():
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["日期", "名称", "人数"])
    book.active.append(["2021.3.5", "甲", "=B9+C9"])
    book.active.append(["2021.3.6", "乙", "#REF!"])
    book.active["C3"].data_type = "e"
    book.save(out)
    records = read_records(read_workbook(out.getvalue(), "台账.xlsx"), ACTIVITIES)
    assert [(row["row"], row["value"], row["code"]) for row in records.refusals] == [
        (2, "=B9+C9", "formula_unvalued"),
        (3, "#REF!", "cell_error"),
    ]


def test_cells_keep_their_kind():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [1, 1.5, "字", True, datetime.datetime(2021, 3, 5, 14, 30), " "])
        page.write_row(1, 0, [True, 0, "", False, datetime.time(9, 0)])
        book.add_worksheet("藏").hide()
    (page,) = read_workbook(out.getvalue(), "台账.xlsx").sheets
    assert page.row(0)[:4] == [1, 1.5, "字", "TRUE"]
    assert page.row(0)[5] is None
    assert page.row(1)[:4] == ["TRUE", 0, None, "FALSE"]


def test_the_child_process_knows_no_django():
    program = "import sys, culture_admin.exchange.child; print([m for m in sys.modules if m.split('.')[0] == 'django'])"
    known = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert known.stdout.strip() == "[]"
