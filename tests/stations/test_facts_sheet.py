"""The national form of a year comes in as the statistics office prints it: units told apart, handed-in years left alone."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from culture_admin.exchange.actions import RowsRefused, answer_import, apply_import, open_import, undo_import
from culture_admin.exchange.models import Import
from culture_admin.workflow.actions import StepRefused, perform
from stations.actions import enter_facts, open_facts
from stations.models import YearlyFacts
from stations.sheets.facts import fact_of
from tests.district import NOW

HEADER = ["指标名称", "计量单位", "代码", "数值", "上年数"]
ROWS = [
    ["从业人员", "人", 1, 6, 5],
    ["其中：高级职称", "人", 2, 1, 1],
    ["图书总藏量", "册", 3, "1.2万册", 9000],
    ["电子阅览室终端数", "台", 4, 12, 12],
    ["资产总计", "千元", 5, 1520.5, 1400],
    ["其中：固定资产原价", "千元", 6, 980, 900],
    ["本年收入合计", "千元", 7, 700, 600],
    ["财政补助收入", "千元", 8, 650, 550],
    ["事业收入", "千元", 9, 0, 0],
    ["基本支出", "万元", 10, 60, 50],
    ["购书费", "元", 11, "35,000.50", 1],
    ["流动舞台车", "辆", 12, "—", 1],
    ["举办展览", "个", 13, 9, 8],
]  # fmt: skip


def book(*rows: list, title: str = "2025年乡镇综合文化站基本情况", header: list[str] = HEADER) -> bytes:
    made = openpyxl.Workbook()
    page = made.active
    page.append([title])
    page.append(header)
    for row in rows or ROWS:
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def opened(district, content: bytes | None = None, who: str = "station_head_east") -> Import:
    return open_import(
        actor=getattr(district, who), kind="facts", unit=district.east.unit, file_name="年报.xlsx",
        content=content or book(), at=NOW,
    )[0]  # fmt: skip


def applied(district, batch: Import, **entries) -> Import:
    return apply_import(actor=district.station_head_east, batch=batch, at=NOW, **entries)


def faults(batch: Import) -> set[tuple]:
    return {(one["row"], one["column"], one["code"]) for one in batch.preview["refusals"]}


def test_the_form_opens_its_year_and_enters_what_it_says(district):
    batch = opened(district)
    assert batch.preview["counts"] == {"new": 10, "changed": 0, "same": 3, "repeated": 0, "refused": 0}
    assert batch.preview["totals"] == {"facts": 10}
    assert {(note["row"], note["code"]) for note in batch.preview["notes"]} == {
        (9, "counted_here"),
        (15, "counted_here"),
    }
    assert applied(district, batch).rows_written == 10
    facts = YearlyFacts.objects.get()
    assert (facts.year, facts.state, facts.staff, facts.senior_titles, facts.books) == (2025, "draft", 6, 1, 12_000)
    assert (facts.terminals, facts.stages) == (12, None)
    assert (facts.assets, facts.fixed_assets) == (Decimal("1520500"), Decimal("980000"))
    assert (facts.income_appropriated, facts.income_service) == (Decimal(650_000), Decimal(0))
    assert (facts.expenditure_basic, facts.books_bought) == (Decimal(600_000), Decimal("35000.50"))
    assert opened(district).preview["counts"]["same"] == 13


def test_undoing_gives_the_facts_back_what_they_were(district):
    facts = open_facts(actor=district.station_head_east, station=district.east, year=2025, at=NOW)
    enter_facts(actor=district.station_head_east, yearlyfacts=facts, books=9000, at=NOW)
    batch = opened(district)
    assert (batch.preview["counts"]["new"], batch.preview["counts"]["changed"]) == (9, 1)
    applied(district, batch)
    undo_import(actor=district.station_head_east, batch=batch, at=NOW)
    facts.refresh_from_db()
    assert (facts.books, facts.assets) == (9000, None)


def test_what_was_handed_in_is_neither_changed_nor_undone(district):
    batch = applied(district, opened(district))
    perform(YearlyFacts.objects.get(), "submit", actor=district.station_head_east, at=NOW)
    with pytest.raises(StepRefused) as refused:
        undo_import(actor=district.station_head_east, batch=batch, at=NOW)
    assert refused.value.code == "touched_since"
    again = opened(district, book(["图书总藏量", "册", 3, 13000, 1], *ROWS[:2]))
    assert {code for _row, _column, code in faults(again)} == {"facts_closed"}


def test_every_faulty_row_is_named(district):
    rows = [
        ["从业人员", "人", 1, 6.5, 5], ["志愿者", "人", 1, -3, 5], ["图书藏量", "册", 1, "若干", 5],
        ["基本支出", "元", 1, 1.005, 5], ["资产总计", "元", 1, 100, 5], ["固定资产", "元", 1, 200, 5],
        ["计算机", "台", 1, 5, 5], ["电脑", "台", 1, 7, 5], ["流动舞台", "辆", 1, 999999999, 5], ["项目支出", "元", 1, 1e300, 5],
    ]  # fmt: skip
    batch = opened(district, book(*rows))
    assert faults(batch) == {
        (3, "数值", "count_whole"), (4, "数值", "negative"), (5, "数值", "number_format"), (6, "数值", "amount_precise"),
        (8, "数值", "part_above_whole"), (10, "指标名称", "fact_twice"), (11, "数值", "max_value"), (12, "数值", "number_format"),
    }  # fmt: skip
    with pytest.raises(RowsRefused):
        applied(district, batch)
    assert applied(district, batch, rows="good").rows_written == 2


@pytest.mark.parametrize(
    ("title", "code"), [("综合文化站基本情况", "year_missing"), ("2031年综合文化站基本情况", "year_range")]
)
def test_a_form_without_a_year_or_of_one_to_come_is_refused(district, title, code):
    assert {fault for _row, _column, fault in faults(opened(district, book(*ROWS[:3], title=title)))} == {code}


def test_an_unknown_indicator_and_the_unit_of_amounts_are_asked_for(district):
    rows = [["馆藏资源", "册", 500], ["资产总计", None, 15.5]]
    batch = opened(district, book(*rows, header=["指标名称", "计量单位", "数值"]))
    assert [one["id"] for one in batch.preview["questions"]] == ["fact:馆藏资源", "unit:amounts"]
    answers = {"fact:馆藏资源": "books", "unit:amounts": "ten_thousand"}
    answer_import(actor=district.station_head_east, batch=batch, answers=answers, at=NOW)
    batch.refresh_from_db()
    applied(district, batch)
    facts = YearlyFacts.objects.get()
    assert (facts.books, facts.assets) == (500, Decimal(155_000))


@pytest.mark.parametrize(
    ("written", "fact"),
    [
        ("图书购置费", "books_bought"), ("藏书量", "books"), ("固定资产原价", "fixed_assets"), ("总资产", "assets"),
        ("本年支出合计", ""), ("文艺演出场次", ""), ("无障碍设施", None),
    ],
)  # fmt: skip
def test_indicators_are_known_by_their_words(written, fact):
    assert fact_of(written) == fact


@pytest.mark.parametrize("who", ["town_officer_east", "service", "bureau_admin", "station_head_west", "personnel"])
def test_nobody_but_the_station_brings_its_facts_in(district, who):
    with pytest.raises(PermissionDenied):
        opened(district, who=who)


def test_only_who_enters_facts_is_offered_the_form(district, sign_in):
    assert 'value="facts"' in sign_in("station_head_east").get("/desk/imports/").content.decode()
    assert 'value="facts"' not in sign_in("service").get("/desk/imports/").content.decode()


def test_through_the_page_the_api_and_the_command_the_same_form_is_read_the_same(
    district, sign_in, api, tmp_path, capsys
):
    desk = sign_in("station_head_east")
    answer = desk.post("/desk/imports/", {"kind": "facts", "file": SimpleUploadedFile("年报.xlsx", book())})
    by_page = Import.objects.latest("pk")
    assert answer.headers["Location"] == f"/desk/imports/{by_page.pk}/"
    sent = {"kind": "facts", "file": SimpleUploadedFile("年报.xlsx", book())}
    preview = api("station_head_east").post("imports/", sent, format="multipart").json()
    assert (preview["counts"], preview["totals"]) == (by_page.preview["counts"], {"facts": 10})
    file = tmp_path / "年报.xlsx"
    file.write_bytes(book())
    call_command(
        "import_ledger", str(file), "--kind", "facts", "--station", district.east.division.code, "--as",
        "station_head_east",
    )  # fmt: skip
    assert "new 10" in capsys.readouterr().out
    assert YearlyFacts.objects.get().books == 12_000
    done = desk.get(f"/desk/imports/{Import.objects.latest('pk').pk}/").content.decode()
    assert f"/desk/facts/?station={district.east.pk}" in done
