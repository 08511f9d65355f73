"""Facilities and budgets come in as offices keep them: matched, previewed, every fault by row and column, and undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from culture_admin.exchange.actions import RowsRefused, answer_import, apply_import, open_import, undo_import
from culture_admin.workflow.actions import StepRefused, perform
from stations.actions import add_facility, change_facility
from stations.models import Budget, Facility
from stations.sheets import BUDGETS
from stations.sheets.budgets import purpose_of
from tests.district import NOW
from tests.exchange.grids import read, sheet
from tests.stations.money import YEAR, budgeted

ROOMS = """东镇文化站设施登记表,,,,,
设施名称,主要用途,建筑面积（㎡）,容纳人数,开放时间,建成时间
舞蹈房,排练,120,40,1-5 08:30-21:00,2012年
剧场,演出,"1,200平方米",600人,,2015.6
书画室,书画,60.5㎡,,,
合计,,1380.5,,,
"""
MONEY = f"""东镇综合文化站{YEAR}年经费预算,,
支出项目,预算金额（万元）,专款专用
群众文化活动,6,否
文艺创作,3,是
业务培训,1,
合计,10,
"""
PLAN = f"""{YEAR}年拨款计划,
计划拨付时间,拨付金额
3月31日,40000
6月30日,3万元
9月30日,"30,000.00"
"""
BOTH = f"""用途,金额,拨付时间
群文活动,30000.00,{YEAR}-03-31
群文活动,30000.00,{YEAR}-09-30
创作,40000.00,{YEAR}-06-30
"""


def opened(district, kind: str, text: str, who: str = "service", at=NOW):
    return open_import(
        actor=getattr(district, who), kind=kind, unit=district.east.unit, file_name="东政〔2026〕3号.csv",
        content=text.encode(), at=at,
    )[0]  # fmt: skip


def applied(district, batch, who: str = "service", **entries):
    return apply_import(actor=getattr(district, who), batch=batch, at=NOW, **entries)


def test_a_register_of_rooms_is_previewed_and_written(district):
    batch = opened(district, "facilities", ROOMS)
    assert batch.preview["counts"] == {"new": 3, "changed": 0, "same": 0, "repeated": 0, "refused": 0}
    assert batch.preview["totals"] == {"floor_area": 1381}
    assert [(note["row"], note["code"]) for note in batch.preview["notes"]] == [(5, "area_rounded")]
    applied(district, batch)
    rooms = Facility.objects.order_by("pk").values_list("name", "use", "floor_area", "capacity", "valid_from")
    assert list(rooms) == [
        ("舞蹈房", "排练", 120, 40, date(2012, 1, 1)),
        ("剧场", "演出", 1200, 600, date(2015, 6, 1)),
        ("书画室", "书画", 61, None, date(2026, 1, 1)),
    ]
    again = opened(district, "facilities", ROOMS)
    assert again.preview["counts"]["same"] == 3


def test_rooms_that_are_there_are_corrected_and_given_back_by_undoing(district):
    room = add_facility(
        actor=None,
        station=district.east,
        name="剧场",
        use="演出",
        floor_area=900,
        valid_from=date(2010, 1, 1),
        capacity=500,
    )
    batch = opened(district, "facilities", ROOMS)
    assert (batch.preview["counts"]["new"], batch.preview["counts"]["changed"]) == (2, 1)
    applied(district, batch)
    room.refresh_from_db()
    assert (room.floor_area, room.capacity, room.valid_from) == (1200, 600, date(2010, 1, 1))
    undo_import(actor=district.service, batch=batch, at=NOW)
    room.refresh_from_db()
    assert (room.floor_area, room.capacity) == (900, 500)
    assert [one.name for one in Facility.objects.all() if one.valid_to is None] == ["剧场"]
    assert applied(district, opened(district, "facilities", ROOMS)).rows_written == 3


def test_what_was_changed_after_an_import_is_not_undone(district):
    batch = applied(district, opened(district, "facilities", ROOMS))
    change_facility(actor=district.service, facility=Facility.objects.get(name="剧场"), capacity=1)
    with pytest.raises(StepRefused) as refused:
        undo_import(actor=district.service, batch=batch, at=NOW)
    assert refused.value.code == "touched_since"


def test_every_faulty_cell_is_named_by_row_and_column(district):
    text = """设施名称,面积,容纳人数,开放时间,建成时间
舞蹈房,很大,40,,
剧场,-5,,,
书画室,60,,每天,
书画室,61,,,2099年
门厅,9999999,很多,,
"""
    batch = opened(district, "facilities", text)
    told = {
        (refusal["row"], cell["column"], cell["code"])
        for refusal in batch.preview["refusals"]
        for cell in (refusal, *refusal["also"])
    }
    assert told == {
        (2, "面积", "area_format"),
        (3, "面积", "area_format"),
        (4, "开放时间", "opening_hours"),
        (5, "建成时间", "in_the_future"),
        (6, "容纳人数", "count_format"),
    }
    with pytest.raises(RowsRefused):
        applied(district, batch)
    assert not Facility.objects.exists()


def test_a_room_that_stands_twice_and_one_too_large_are_refused(district):
    text = "设施名称,面积\n舞蹈房,80\n舞蹈房,90\n广场,9999999\n"
    batch = opened(district, "facilities", text)
    assert [(one["row"], one["column"], one["code"]) for one in batch.preview["refusals"]] == [
        (3, "设施名称", "facility_twice"),
        (4, "面积", "max_value"),
    ]
    assert applied(district, batch, rows="good").rows_written == 1


@pytest.mark.parametrize(
    ("written", "purpose"),
    [
        ("群众文化活动", "activities"), ("非遗保护", "heritage"), ("图书购置", "books"), ("设备购置", "facilities"),
        ("剧目排练", "creation"), ("Training", "training"), ("舞台灯光", None), ("活动与培训", None),
    ],
)  # fmt: skip
def test_words_of_a_purpose_are_understood_where_they_leave_no_doubt(written, purpose):
    assert purpose_of(written) == purpose


def amounts(budget: Budget) -> tuple[list, list]:
    lines = [(line.purpose, line.amount, line.locked) for line in budget.lines.all()]
    return lines, [(one.due_on, one.amount) for one in budget.instalments.all()]


def test_purposes_and_plan_in_two_tables_make_one_budget():
    rows = [
        ["支出项目", "预算金额（万元）", "专款专用"],
        ["群众文化活动", 6, "否"],
        ["文艺创作", "4.0", "是"],
        ["合计", 10, None],
    ]
    plan = [["计划拨付时间", "拨付金额"], [f"{YEAR}年3月31日", 40000.0], [f"{YEAR}.9.30", "6万元"]]
    records = read(sheet("预算", *rows), sheet("拨款计划", *plan), kind=BUDGETS)
    assert records.refusals == []
    assert list(zip(records.values["purpose"], records.values["due_on"], records.values["fen"], strict=True)) == [
        ("activities", None, 6_000_000),
        ("creation", None, 4_000_000),
        (None, date(YEAR, 3, 31), 4_000_000),
        (None, date(YEAR, 9, 30), 6_000_000),
    ]
    assert records.totals == {"budget": 100_000, "planned": 100_000}
    assert records.warnings == []


def test_one_table_of_both_is_filed_as_the_original_and_withdrawn_by_undoing(district):
    batch = opened(district, "budgets", BOTH, "town_officer_east")
    assert (batch.preview["counts"]["new"], batch.preview["notes"]) == (3, [])
    assert batch.preview["totals"] == {"budget": 100_000, "planned": 100_000}
    applied(district, batch, "town_officer_east")
    budget = Budget.objects.get()
    assert (budget.state, budget.year, budget.document) == ("proposed", YEAR, "东政〔2026〕3号")
    assert amounts(budget) == (
        [("activities", Decimal(60_000), False), ("creation", Decimal(40_000), False)],
        [(date(YEAR, 3, 31), 30_000), (date(YEAR, 6, 30), 40_000), (date(YEAR, 9, 30), 30_000)],
    )
    undo_import(actor=district.town_officer_east, batch=batch, at=NOW)
    budget.refresh_from_db()
    assert budget.state == "withdrawn"


def test_a_sheet_beside_a_budget_in_force_becomes_its_revision_or_says_nothing_new(district):
    budgeted(district, lines=[{"purpose": "activities", "amount": Decimal(100_000), "locked": False}])
    same = f"用途,金额,拨付时间\n群众文化活动,40000,{YEAR}-03-31\n群众文化活动,30000,{YEAR}-06-30\n群众文化活动,30000,{YEAR}-09-30\n"
    batch = opened(district, "budgets", same, "station_head_east")
    assert batch.preview["counts"]["same"] == 3
    assert applied(district, batch, "station_head_east").rows_written == 0
    more = same.replace(f"30000,{YEAR}-09", f"50000,{YEAR}-09")
    batch = opened(district, "budgets", more, "station_head_east")
    assert [note["code"] for note in batch.preview["notes"]] == ["revision"]
    applied(district, batch, "station_head_east")
    assert list(Budget.objects.order_by("pk").values_list("revision", "state")) == [(0, "committed"), (1, "proposed")]
    perform(Budget.objects.get(revision=1), "commit", actor=district.town_officer_east, at=NOW)
    with pytest.raises(StepRefused):
        undo_import(actor=district.station_head_east, batch=batch, at=NOW)


def test_what_the_rows_do_not_make_together_is_told_before_and_refused(district):
    batch = opened(district, "budgets", BOTH.replace("40000.00", "abc"), "station_head_east")
    assert [(one["row"], one["column"], one["code"]) for one in batch.preview["refusals"]] == [
        (4, "金额", "amount_format")
    ]
    without_days = "支出项目,预算金额\n群众文化活动,60000\n文艺创作,40000\n"
    batch = opened(district, "budgets", without_days, "station_head_east")
    assert [note["code"] for note in batch.preview["notes"]] == ["instalments_refused"]
    with pytest.raises(ValidationError):
        applied(district, batch, "station_head_east")
    assert not Budget.objects.exists()


def test_an_unknown_purpose_is_asked_for(district):
    batch = opened(district, "budgets", BOTH.replace("创作", "舞台灯光"), "station_head_east")
    (question,) = batch.preview["questions"]
    assert question["id"] == "purpose:舞台灯光"
    answer_import(actor=district.station_head_east, batch=batch, answers={question["id"]: "facilities"}, at=NOW)
    batch.refresh_from_db()
    applied(district, batch, "station_head_east")
    assert Budget.objects.get().lines.last().purpose == "facilities"


@pytest.mark.parametrize(
    ("kind", "text", "who"),
    [
        ("facilities", ROOMS, "station_head_east"),
        ("facilities", ROOMS, "town_officer_east"),
        ("budgets", BOTH, "service"),
        ("budgets", BOTH, "station_head_west"),
        ("budgets", BOTH, "finance"),
        ("activities", BOTH, "town_officer_east"),
    ],
)
def test_nobody_brings_in_what_he_may_not_enter(district, kind, text, who):
    with pytest.raises(PermissionDenied):
        opened(district, kind, text, who)


def test_through_the_page_and_the_api_the_same_sheet_is_read_the_same(district, sign_in, api):
    town = sign_in("town_officer_east")
    page = town.get("/desk/imports/").content.decode()
    assert 'value="budgets"' in page
    assert 'value="facilities"' not in page
    sent = {"kind": "budgets", "file": SimpleUploadedFile("预算.csv", BOTH.encode())}
    answer = town.post("/desk/imports/", sent, follow=True)
    assert "100000" in answer.content.decode().replace(",", "")
    sent = {"kind": "budgets", "file": SimpleUploadedFile("预算.csv", BOTH.encode())}
    preview = api("town_officer_east").post("imports/", sent, format="multipart").json()
    assert preview["totals"] == {"budget": 100_000, "planned": 100_000}
    done = api("town_officer_east").post(f"imports/{preview['id']}/apply/", {"rows": "all"}, format="json")
    assert done.status_code == 200
    assert Budget.objects.get().state == "proposed"
