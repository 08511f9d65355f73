"""Ledgers made at random are read as they were meant; any grid of cells at all is read or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.sheets import ACTIVITIES, TEAMS
from culture_admin.exchange.reader import Unreadable, read_workbook
from culture_admin.exchange.records import Records
from culture_admin.exchange.sheets import read_records
from tests.exchange.grids import read, sheet
from tests.exchange.layouts import Ledger, make_ledger
from tests.reports import report

SEEDS, BATCH = 100, 20


def rows_of(records: Records) -> list[dict]:
    values = records.values
    names = ("begins_on", "ends_on", "title", "attendance", "online_attendance", "class_seconds", "estimated", "kind")
    return [
        {
            "sheet": sheet_name, "row": row, "date": begins_on, "end": ends_on, "title": title, "people": people, "online": online,
            "hours": None if seconds is None else seconds / 2700, "estimated": estimated, "training": kind == "TRNG",
        }
        for sheet_name, row, begins_on, ends_on, title, people, online, seconds, estimated, kind in zip(
            records.sheets, records.rows, *(values[name] for name in names), strict=True
        )
    ]  # fmt: skip


def assert_read_as_meant(ledger: Ledger) -> None:
    records = read_records(read_workbook(ledger.content, ledger.name), ACTIVITIES)
    about = ledger.description
    expected = [{name: row[name] for name in row if name != "place"} for row in ledger.rows]
    by_row = sorted(rows_of(records), key=lambda row: (row["sheet"], row["row"]))
    assert by_row == sorted(expected, key=lambda row: (row["sheet"], row["row"])), about
    assert [(row["sheet"], row["row"], row["column"]) for row in records.refusals] == ledger.refused, about
    assert [(repeat["row"], repeat["of"]) for repeat in records.repeats] == ledger.repeats, about
    wrong = [(warning["row"], warning["written"], warning["computed"]) for warning in records.warnings]
    assert sorted(wrong) == sorted(ledger.warnings), about


@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
def test_a_ledger_of_any_layout_is_read_as_it_was_meant(first):
    for seed in range(first, first + BATCH):
        assert_read_as_meant(make_ledger(seed))


def test_every_planted_fault_is_named():
    planted = named = false_alarms = 0
    for seed in range(1000, 1030):
        ledger = make_ledger(seed)
        found = read_records(read_workbook(ledger.content, ledger.name), ACTIVITIES).refusals
        faults = {(row["sheet"], row["row"], cell["column"]) for row in found for cell in (row, *row["also"])}
        planted += len(ledger.refused)
        named += len(faults & set(ledger.refused))
        false_alarms += len(faults - set(ledger.refused))
    report("uploads", planted=planted, named=named)
    assert (named, false_alarms) == (planted, 0)


words = st.sampled_from(
    "序号 活动时间 日期 时间 结束时间 活动名称 内容 地点 时间地点 类型 参加人数 线下 线上 合计 小计 1月小计 课时 管家 备注 三月 2021年 注：某".split()
)
cells = st.one_of(
    st.none(),
    words,
    st.sampled_from(["3月5日", "2021.3.5", "300人", "约20人", "待定", "同上", "14:00", "2课时", "#REF!", "=A1"]),
    st.text(max_size=8),
    st.floats(),
    st.dates(),
    st.times(),
)
corners = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 4), st.integers(0, 4))


@given(
    head=st.lists(words, min_size=2, max_size=6, unique=True),
    rows=st.lists(st.lists(cells, max_size=6), max_size=8),
    merged=st.lists(corners.map(lambda c: (c[0], c[1], c[0] + c[2], c[1] + c[3])), max_size=3),
)
@pytest.mark.parametrize("kind", [ACTIVITIES, TEAMS])
def test_any_grid_of_cells_is_read_or_refused(kind, head, rows, merged):
    grid = sheet("2021年", head, *rows, merged=[region for region in merged if region[2] <= len(rows)])
    try:
        records = read(grid, kind=kind)
    except Unreadable:
        return
    told = [*records.rows, *(row["row"] for row in records.refusals), *(repeat["row"] for repeat in records.repeats)]
    assert len(told) == len(set(told))
    assert {len(values) for values in records.values.values()} == {len(records)}
