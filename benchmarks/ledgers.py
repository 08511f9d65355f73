"""The import of a ledger: from the bytes of a workbook to confirmed activities with their history and summary."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from time import perf_counter

import xlsxwriter
from django.db import connection
from python_calamine import CalamineWorkbook

from benchmarks.measuring import Comparison, compare
from benchmarks.province import Province
from culture_admin.demo.scale import STEWARDS, TITLES, VENUES
from culture_admin.environment import CHECKOUT
from culture_admin.exchange.actions import apply_import, open_import
from culture_admin.exchange.models import Import
from stations.models import Station

HEADER = ["序号", "活动时间", "活动名称", "活动地点", "活动类型", "参加人数", "线上人数", "课时", "文化管家", "备注"]
KINDS = ["文艺演出", "培训", "阅读推广", "电影放映", "讲座", "展览", "比赛", "全民健身"]
DAYS = 2000
TWIN = (CHECKOUT / "benchmarks/floors/twin.sql").read_text()


def run(province: Province, rows: int, rounds: int) -> list[Comparison]:
    """The import of a ledger against parsing the same file and one COPY of the same rows."""
    content = workbook(rows)
    with province.at("ledgers"), province.owner("ledgers") as cursor:
        stations = iter(stations_of(STEWARDS[0]))
        cursor.execute(TWIN)
        written = _rows(cursor, import_ledger(content, next(stations)))

        def floor() -> float:
            cursor.execute("TRUNCATE floor_activity")
            began = perf_counter()
            CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
            cursor.copy_expert("COPY floor_activity FROM STDIN", io.StringIO(written))
            return perf_counter() - began

        found = compare(
            f"import of {rows:,} rows",
            ("calamine's parse and one COPY of the same rows into a twin of the table with its indexes", floor),
            lambda: import_ledger(content, next(stations)),
            "≤ 4",
            rounds=rounds,
        )
        least, mine = (side.median / rows * 1e6 for side in (found.floor, found.ours))
        found.facts.append(f"{mine:.0f} µs a row; the floor {least:.0f} µs")
        found.facts.append(f"peak memory {_memory(content, next(stations))} MB; asked for: < 500 MB")
    return [found]


def workbook(rows: int) -> bytes:
    """A ledger without a fault, with what stations write: dates, a third of the rows led by a steward, few notes."""
    first = date.today() - timedelta(days=DAYS)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("活动台账")
    sheet.write_row(0, 0, HEADER)
    for number in range(rows):
        kind = KINDS[number % len(KINDS)]
        line = (
            number + 1,
            first + timedelta(days=number * DAYS // rows),
            f"{TITLES[number % len(TITLES)]}第{number + 1}期",
            VENUES[number % len(VENUES)],
            kind,
            None if number % 33 == 0 else 20 + number * 7919 % 400,
            number % 50 if number % 20 == 0 else None,
            number % 4 + 1 if kind == "培训" else None,
            STEWARDS[0] if number % 3 == 0 else None,
            "雨天改在室内" if number % 40 == 0 else None,
        )
        sheet.write_row(number + 1, 0, line)
    book.close()
    return content.getvalue()


def stations_of(steward: str) -> list[Station]:
    """The stations with a steward of this name, each to import into once."""
    return list(
        Station.objects.filter(postings__steward__name=steward).select_related("unit__division").order_by("-pk")
    )


def import_ledger(content: bytes, station: Station) -> Import:
    """What the page, the API and the command do: preview, then all rows in one transaction."""
    head = station.unit.memberships.filter(role="station_head").earliest("pk").user
    batch, plan = open_import(
        actor=head, kind="activities", unit=station.unit, file_name="ledger.xlsx", content=content
    )
    return apply_import(actor=head, batch=batch, plan=plan)


def _rows(cursor, batch: Import) -> str:
    """The rows an import has written, as COPY reads them."""
    lines = io.StringIO()
    cursor.copy_expert(
        f"COPY (SELECT * FROM activities_activity WHERE batch_id = {batch.pk} ORDER BY id) TO STDOUT", lines
    )
    return lines.getvalue()


def _memory(content: bytes, station: Station) -> int:
    """Megabytes at the peak of one import in a process of its own, with those of the process that reads the file."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        command = [
            sys.executable,
            "-m",
            "benchmarks.one_import",
            file.name,
            str(station.pk),
            connection.settings_dict["NAME"],
        ]
        done = subprocess.run(command, cwd=CHECKOUT, env=os.environ, stdout=subprocess.PIPE, check=True, text=True)
    return int(done.stdout)
