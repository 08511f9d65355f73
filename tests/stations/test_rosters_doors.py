"""Personal data of a roster: sealed, masked, dropped in time, and the same by page, API and command."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from culture_admin.accounts.models import PersonalReading
from culture_admin.exchange.actions import undo_import
from culture_admin.exchange.annotated import annotated_sheet
from culture_admin.exchange.models import Import
from culture_admin.exchange.originals import KEPT
from culture_admin.exchange.reader import Unreadable, read_workbook
from culture_admin.exchange.tasks import sweep_unfinished_files
from stations.models import Officer, OfficerData, OfficerPosting, Post
from tests.district import NOW
from tests.stations.rosters import HEAD, PAINTER, ROWS, SINGER, applied, book, changed, opened, told


def test_personal_data_come_in_sealed_and_are_noted_as_written(district):
    applied(district, opened(district))
    data = OfficerData.objects.get(officer__name="陈琴")
    assert (str(data.identity_number), data.identity_number.in_clear()) == (f"990001••••••••{PAINTER[-4:]}", PAINTER)
    assert (data.phone.in_clear(), data.birth_date.in_clear()) == ("13800000002", "1990-03-07")
    with connection.cursor() as cursor:
        cursor.execute("select identity_number, phone from stations_officerdata")
        assert not any(PAINTER in str(row) or "13800000002" in str(row) for row in cursor.fetchall())
    assert PersonalReading.objects.filter(act="written", row=data.pk).count() == 3


def test_no_personal_value_stands_in_clear_in_what_is_kept_of_an_import(district):
    rows = [
        changed(ROWS[0], phone="1380000"), changed(ROWS[1], id=PAINTER[:-1] + "0", birth="1990年3月77日"),
        changed(ROWS[2], post=SINGER, title="13911112222"), [None, None, "联系人 13700000000"],
    ]  # fmt: skip
    batch = applied(district, opened(district, *rows), rows="good")
    with connection.cursor() as cursor:
        cursor.execute("select i::text, convert_from(content, 'UTF8') from exchange_import i")
        kept = str(cursor.fetchall())
    for value in (HEAD, PAINTER[6:14], SINGER, "13911112222", "13700000000", "1380000", "77日"):
        assert value not in kept, value
    assert "number_misplaced" in str(told(batch))


def test_who_sent_a_roster_gets_its_refused_rows_back_and_others_the_faults_alone(district):
    batch = opened(district, changed(ROWS[1], since="很早"))
    own = read_workbook(annotated_sheet(batch, district.personnel), "a.xlsx").sheets[0]
    assert PAINTER in str(own.columns)
    other = read_workbook(annotated_sheet(batch, district.station_head_east), "a.xlsx").sheets[0]
    assert PAINTER not in str(other.columns)
    assert "很早" in str(other.columns)


def test_the_file_of_a_roster_is_dropped_when_its_time_is_over(district):
    batch = opened(district, changed(ROWS[1], since="很早"))
    Import.objects.filter(pk=batch.pk).update(created_at=NOW - KEPT - timedelta(days=400))
    assert sweep_unfinished_files() == 1
    batch.refresh_from_db()
    with pytest.raises(Unreadable) as gone:
        annotated_sheet(batch, district.personnel)
    assert gone.value.code == "file_gone"


def test_undoing_takes_back_files_posts_and_personal_data(district):
    batch = applied(district, opened(district))
    undo_import(actor=district.personnel, batch=batch, at=NOW)
    assert set(Officer.objects.values_list("state", flat=True)) == {"void"}
    assert set(OfficerPosting.objects.values_list("state", flat=True)) == {"void"}
    assert not Post.objects.existing(NOW.date()).exists()
    assert not OfficerData.objects.exclude(identity_number=None).exists()
    assert applied(district, opened(district)).rows_written == 3


def test_through_the_page_the_api_and_the_command_the_same_roster_is_read_the_same(
    district, sign_in, api, tmp_path, capsys
):
    desk = sign_in("personnel")
    page = desk.get("/desk/imports/").content.decode()
    assert 'value="officers"' in page
    assert 'value="activities"' not in page
    east = district.east.pk
    answer = desk.post(
        "/desk/imports/", {"kind": "officers", "station": east, "file": SimpleUploadedFile("花名册.xlsx", book(*ROWS))}
    )
    by_page = Import.objects.latest("pk")
    shown = desk.get(answer.headers["Location"]).content.decode()
    assert by_page.preview["counts"]["new"] == 3
    assert HEAD not in shown
    sent = {"kind": "officers", "station": str(east), "file": SimpleUploadedFile("花名册.xlsx", book(*ROWS))}
    preview = api("personnel").post("imports/", sent, format="multipart").json()
    assert (preview["counts"], preview["totals"]) == (by_page.preview["counts"], {"officers": 3})
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(book(*ROWS))
    call_command(
        "import_ledger", str(file), "--kind", "officers", "--station", district.east.division.code, "--as", "personnel",
        "--dry-run", "--json",
    )  # fmt: skip
    printed = json.loads(capsys.readouterr().out)
    assert (printed["counts"], printed["totals"]) == (preview["counts"], preview["totals"])
    done = api("personnel").post(f"imports/{preview['id']}/apply/", {"rows": "all"}, format="json")
    assert (done.status_code, done.json()["rows_written"]) == (200, 3)
    assert api("personnel").post(f"imports/{preview['id']}/undo/", {}, format="json").status_code == 200
    done = desk.post(f"/desk/imports/{by_page.pk}/", {"act": "all"}, follow=True)
    assert done.redirect_chain[-1][0] == f"/desk/imports/{by_page.pk}/"
    assert f"/desk/staff/?station={east}" in done.content.decode()
    assert Officer.objects.living().count() == 3
