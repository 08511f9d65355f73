"""Lists as files: the same rows and columns by the admin and by the API, scoped, harmless, capped and said so."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.actions import award_star, open_course, record_work, register_team
from activities.actions.months import open_return
from activities.models import Activity, Genre, Work
from culture_admin.interfaces import spreadsheets
from culture_admin.interfaces.spreadsheets import MOST_ROWS, Sheet, as_csv, as_xlsx

FORMULA = '=HYPERLINK("http://example.com","x")'
LISTS = {
    "activities": "activity", "teams": "team", "courses": "course", "works": "work", "monthly-returns": "monthlyreturn",
}  # fmt: skip


@pytest.fixture
def filled(district):
    """Something of each kind at both stations, one of it named like a formula."""
    for town, word in (("east", "东"), ("west", "西")):
        station, head = district.station(town), getattr(district, f"station_head_{town}")
        district.log(station, title=f"{word}街演出", attendance=None)
        team = register_team(
            actor=head, station=station, name=f"{word}街舞队", genre=Genre.objects.first(), leader="甲"
        )
        award_star(
            actor=district.bureau_admin, team=team, stars=3, awarded_on=timezone.localdate(), document="文〔2026〕1号"
        )
        open_course(
            actor=head, station=station, title=f"{word}街课", begins_on=date(2026, 3, 2), ends_on=date(2026, 6, 2)
        )
        record_work(
            actor=head,
            station=station,
            title=f"{word}街曲",
            kind=Work.Kind.values[0],
            author="甲",
            finished_on=date(2026, 2, 1),
        )
        open_return(actor=head, station=station, month=date(2026, 4, 1))
    district.log(district.east, title=FORMULA, attendance=1234)
    return district


def bureau(user, language="en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def lines_of(answer) -> list[list[str]]:
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")
    if answer["Content-Type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    (page,) = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    return [list(row) for row in page.iter_rows(values_only=True)]


@pytest.mark.parametrize(("collection", "model"), LISTS.items())
@pytest.mark.parametrize("wanted", ["xlsx", "csv"])
def test_each_list_leaves_alike_by_both_doors_and_only_the_readers_own(filled, collection, model, wanted):
    everybody = bureau(filled.bureau_admin)
    listed = lines_of(everybody.get(f"/admin/activities/{model}/export.{wanted}"))
    answered = lines_of(everybody.get(f"/api/v1/{collection}/?format={wanted}"))
    assert listed[0] == answered[0]
    assert sorted(map(str, listed[1:])) == sorted(map(str, answered[1:]))
    assert len(listed) >= 3
    own = lines_of(bureau(filled.station_head_east).get(f"/api/v1/{collection}/?format={wanted}"))
    assert 1 < len(own) < len(listed)
    assert "西街" not in str(own)
    assert "West" not in str(own)


def test_the_filters_of_the_list_narrow_the_sheet(filled):
    client = bureau(filled.bureau_admin)
    assert len(lines_of(client.get("/admin/activities/activity/export.csv?q=东街"))) == 2
    assert len(lines_of(client.get("/admin/activities/activity/export.csv?q=东街&p=7", follow=True))) == 2
    assert len(lines_of(client.get("/api/v1/activities/?format=csv&q=东街&ordering=begins_on"))) == 2
    assert client.get("/admin/activities/activity/export.csv?colour=red").status_code == 400


@pytest.mark.parametrize(
    "asked", ["format=pdf", "format=csv&limit=5", "format=xlsx&cursor=x", "format=", "format=csv&x=1"]
)
def test_what_is_no_sheet_is_refused_by_name(filled, asked):
    assert bureau(filled.bureau_admin).get(f"/api/v1/activities/?{asked}").status_code == 400


def test_headings_are_in_the_readers_language_and_values_are_values(filled):
    for language, heading in (("en", "Person-times"), ("zh-hans", "人次")):
        sheet = lines_of(
            bureau(filled.bureau_admin, language).get("/admin/activities/activity/export.xlsx?q=HYPERLINK")
        )
        cells = dict(zip(sheet[0], sheet[1], strict=True))
        assert cells[heading] == 1234
        assert any(isinstance(cell, datetime) for cell in sheet[1])
    not_recorded = lines_of(bureau(filled.bureau_admin).get("/admin/activities/activity/export.xlsx?q=东街"))
    assert dict(zip(*not_recorded, strict=True))["Person-times"] is None


def test_what_looks_like_a_formula_stays_text(filled):
    client = bureau(filled.bureau_admin)
    (line,) = lines_of(client.get("/admin/activities/activity/export.csv?q=HYPERLINK"))[1:]
    assert f"'{FORMULA}" in line
    answer = client.get("/admin/activities/activity/export.xlsx?q=HYPERLINK")
    (page,) = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    (cell,) = [cell for row in page.iter_rows() for cell in row if cell.value == FORMULA]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_a_sheet_that_is_cut_says_so(write, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)
    whole = write(Sheet("x", ["n"], [[number] for number in range(3)]))
    cut = write(Sheet("x", ["n"], [[number] for number in range(4)]))
    if write is as_csv:
        assert len(whole.decode().splitlines()) == 4
        assert "3" in cut.decode().splitlines()[-1]
        assert len(cut.decode().splitlines()) == 5
    else:
        (page,) = openpyxl.load_workbook(io.BytesIO(cut)).worksheets
        assert [row[0] for row in page.iter_rows(values_only=True)][:4] == ["n", 0, 1, 2]
        assert isinstance(page.cell(5, 1).value, str)
    assert MOST_ROWS == 10_000


def test_every_list_of_the_admin_leaves_with_as_many_questions_for_few_as_for_many(filled):
    client = bureau(filled.bureau_admin)

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            lines_of(client.get("/admin/activities/activity/export.csv"))
        return len(captured)

    questions()
    few = questions()
    for number in range(20):
        filled.log(title=f"第{number}场")
    assert questions() == few
    assert Activity.objects.count() > 20


def test_every_room_that_may_be_seen_has_its_sheet_and_no_other(filled):
    reader, stranger = bureau(filled.bureau_admin), bureau(filled.station_head_east)
    for room in admin.site._registry.values():
        address = f"/admin/{room.opts.app_label}/{room.opts.model_name}/"
        seen = reader.get(address).status_code
        assert reader.get(f"{address}export.csv").status_code == seen, address
        assert stranger.get(f"{address}export.csv").status_code != 200
