"""A ledger comes in by the page: sent, looked at, answered, applied, undone."""

from __future__ import annotations

import io
import re

import pytest
import xlsxwriter
from django.test import Client

from activities.models import Activity
from culture_admin.exchange.models import Import

HEADER = ("日期", "活动名称", "活动类型", "地点", "参加人数")
ROWS = (
    ("2026年3月5日", "元宵灯会", "节庆民俗", "文化广场", "约300人"),
    ("2026年3月6日", "书法展", "展览", "展厅", "很多"),
    ("2026年3月7日", "舞龙", "龙灯", "文化广场", 120),
)


def ledger(*rows: tuple) -> io.BytesIO:
    """An xlsx file with the header words and these rows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("2026年台账")
        for number, row in enumerate([HEADER, *rows]):
            sheet.write_row(number, 0, row)
    file.name = "2026年活动台账.xlsx"
    file.seek(0)
    return file


def send(client: Client, *rows: tuple, **more: object):
    return client.post("/desk/imports/", {"file": ledger(*(rows or ROWS)), "kind": "activities", **more})


def test_a_ledger_is_looked_at_before_a_row_is_written(head):
    address = send(head)["Location"]
    batch = Import.objects.get()
    assert address == f"/desk/imports/{batch.pk}/"
    page = head.get(address)
    assert {code: number for code, _label, number in page.context["counts"]} == {
        "new": 2,
        "changed": 0,
        "same": 0,
        "repeated": 0,
        "refused": 1,
    }
    text = page.content.decode()
    assert "参加人数 “很多”" in text
    assert re.search(r"<b>3</b>", text)
    assert not Activity.objects.exists()


def test_the_good_rows_go_in_and_are_taken_back(head):
    address = send(head)["Location"]
    head.post(address, {"act": "good"})
    batch = Import.objects.get()
    assert (batch.state, batch.rows_written) == ("applied", 2)
    assert len(head.get(f"/desk/activities/?batch={batch.pk}").context["listing"].rows) == 2
    head.post(address, {"act": "undo"})
    assert Import.objects.get().state == "undone"
    assert not head.get(f"/desk/activities/?batch={batch.pk}").context["listing"].rows


def test_all_rows_or_nothing(head):
    address = send(head)["Location"]
    answer = head.post(address, {"act": "all"})
    assert "nothing was written" in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_question_is_answered_and_looked_at_again(head, district):
    address = send(head)["Location"]
    form = head.get(address).context["form"]
    (name,) = form.asked
    assert form[name].label == "Which kind of activity is “龙灯”?"
    head.post(address, {"act": "answer", name: "FEST"})
    assert not head.get(address).context["form"].asked
    head.post(address, {"act": "good"})
    assert Activity.objects.get(title="舞龙").kind.code == "FEST"


def test_an_applied_ledger_is_not_applied_twice(head):
    address = send(head)["Location"]
    head.post(address, {"act": "good"})
    answer = head.post(address, {"act": "good"})
    assert answer.context["form"].errors
    assert Activity.objects.count() == 2


def test_the_refused_rows_come_back_as_a_sheet(head):
    answer = head.get(f"{send(head)['Location']}refused/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"PK")


def test_the_bureau_says_for_which_station(sign_in, district):
    bureau = sign_in("bureau_admin")
    assert list(send(bureau).context["form"].errors) == ["station"]
    assert send(bureau, station=district.elsewhere.pk).context["form"].errors
    send(bureau, station=district.west.pk)
    assert Import.objects.get().unit_id == district.west.pk


def test_a_foreign_ledger_is_not_there(sign_in, head):
    address = send(head)["Location"]
    west = sign_in("station_head_west")
    assert west.get(address).status_code == 404
    assert west.post(address, {"act": "good"}).status_code == 404
    assert west.get(f"{address}refused/").status_code == 404
    assert Import.objects.get().state == "previewed"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old", b"<html></html>", b"\x00" * 100]
)
def test_what_is_no_ledger_is_refused_in_words(head, content):
    file = io.BytesIO(content)
    file.name = "ledger.xlsx"
    answer = head.post("/desk/imports/", {"file": file, "kind": "activities"})
    assert list(answer.context["form"].errors) == ["file"]
    assert not Import.objects.exists()
