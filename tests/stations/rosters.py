"""A roster of the east station as an office keeps it, opened and applied, for the tests of rosters."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

from culture_admin.accounts.personal.numbers import check_sign
from culture_admin.exchange.actions import apply_import, open_import
from culture_admin.exchange.models import Import
from tests.district import NOW

HEADER = [
    "序号", "姓名", "性别", "出生年月", "学历", "职务/岗位", "职称", "编制性质", "专职/兼职", "任职日期", "身份证号", "手机", "备注",
]  # fmt: skip


def number(serial: int, born: str = "19900307") -> str:
    """An identity number of no division there is."""
    digits = f"990001{born}{serial:03d}"
    return digits + check_sign(digits)


HEAD, PAINTER, SINGER = number(1, "19750512"), number(2), number(3, "19921101")
ROWS = [
    [1, "王建国", "男", "1975.05", "本科", "站长", "馆员", "在编", "专职", "2015年7月", HEAD, "13800000001", None],
    [2, "陈　琴", "女", "1990年3月7日", "大专", "文化员", "助理馆员", "在编", "专职", date(2018, 9, 1), PAINTER, 13800000002.0, "回族"],
    [3, "李明", "男", None, "研究生", "文化员", "未评", "合同制", "兼职50%", "2018-09-01", SINGER, None, None],
]  # fmt: skip


def book(*rows: list, header: list[str] = HEADER) -> bytes:
    made = openpyxl.Workbook()
    page = made.active
    page.append(["东镇综合文化站文化员花名册（2026年）"])
    page.append(header)
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def opened(district, *rows: list, who: str = "personnel", header: list[str] = HEADER) -> Import:
    return open_import(
        actor=getattr(district, who), kind="officers", unit=district.east.unit, file_name="花名册.xlsx",
        content=book(*(rows or ROWS), header=header), at=NOW,
    )[0]  # fmt: skip


def applied(district, batch: Import, who: str = "personnel", **entries) -> Import:
    return apply_import(actor=getattr(district, who), batch=batch, at=NOW, **entries)


def told(batch: Import) -> set[tuple]:
    return {
        (refusal["row"], cell["column"], cell["code"])
        for refusal in batch.preview["refusals"]
        for cell in (refusal, *refusal["also"])
    }


def changed(row: list, **cells) -> list:
    """A row with other cells, by the words of the header."""
    words = {
        "name": 1,
        "birth": 3,
        "education": 4,
        "post": 5,
        "title": 6,
        "tenure": 7,
        "share": 8,
        "since": 9,
        "id": 10,
        "phone": 11,
    }
    row = list(row)
    for word, cell in cells.items():
        row[words[word]] = cell
    return row
