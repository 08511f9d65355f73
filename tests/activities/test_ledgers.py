"""The ledgers of a station go in as they are, by every door, once."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activities.actions import change_activity
from activities.models import Activity, KindWord, Team
from culture_admin.exchange.actions import RowsRefused, answer_import, apply_import, open_import, undo_import
from culture_admin.exchange.models import Import
from culture_admin.workflow.actions import StepRefused
from culture_admin.workflow.models import Decision
from tests.district import NOW

LEDGERS = Path(__file__).parent.parent / "exchange" / "ledgers"
NAMES = ["activities-1", "activities-2", "teams-1", "teams-2"]


def content(name: str) -> bytes:
    return (LEDGERS / f"{name}.xlsx").read_bytes()


def answer(name: str) -> dict:
    return json.loads((LEDGERS / f"{name}.json").read_text())


def opened(district, name: str = "activities-1", actor=None) -> Import:
    return open_import(
        actor=actor or district.station_head_east,
        kind=name.partition("-")[0],
        unit=district.east.unit,
        file_name=f"{name}.xlsx",
        content=content(name),
        at=NOW,
    )[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_ledger_gives_its_answer_and_its_good_rows_go_in(district, name):
    batch, expected = opened(district, name), answer(name)
    counts = batch.preview["counts"]
    assert counts["new"] == expected["accepted"]
    refused = [row for row in expected["refused"] if row["column"]]
    assert [
        {"row": row["row"], "column": row["column"], "value": row["value"]} for row in batch.preview["refusals"]
    ] == refused
    assert counts["repeated"] == len(expected["refused"]) - len(refused)
    apply_import(actor=district.station_head_east, batch=batch, rows="good", at=NOW)
    model = Activity if name.startswith("activities") else Team
    rows = model.objects.filter(batch=batch)
    assert rows.count() == expected["accepted"]
    if model is Activity:
        assert {row.state for row in rows} == {"confirmed"}
        assert sum(row.attendance or 0 for row in rows) == expected["person_times_offline"]
        assert sum(row.online_attendance or 0 for row in rows) == expected["person_times_online"]
        assert sum(row.class_seconds or 0 for row in rows) == expected["class_hours"] * 2700
        assert sum(row.kind.is_session for row in rows.select_related("kind")) == expected["trainings"]
        assert [row.batch_row for row in rows.order_by("batch_row")] == [row["row"] for row in expected["rows"]]
    else:
        assert sum(row.members or 0 for row in rows) == expected["members"]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_ledger_again_writes_nothing(district, name):
    apply_import(actor=district.station_head_east, batch=opened(district, name), rows="good", at=NOW)
    again = opened(district, name)
    assert (again.preview["counts"]["new"], again.preview["counts"]["changed"]) == (0, 0)
    assert again.preview["counts"]["same"] == answer(name)["accepted"]
    assert "same_file" in {note["code"] for note in again.preview["notes"]}
    assert apply_import(actor=district.station_head_east, batch=again, rows="good", at=NOW).rows_written == 0


def test_all_means_all_or_nothing(district):
    with pytest.raises(RowsRefused):
        apply_import(actor=district.station_head_east, batch=opened(district), rows="all", at=NOW)
    assert not Activity.objects.exists()


def test_a_ledger_is_applied_once(district):
    batch = apply_import(actor=district.station_head_east, batch=opened(district), rows="good", at=NOW)
    with pytest.raises(StepRefused) as refused:
        apply_import(actor=district.station_head_east, batch=batch, rows="good", at=NOW)
    assert refused.value.code == "illegal_transition"
    assert [d.step for d in Decision.objects.about(batch)] == ["apply"]


def test_undoing_voids_what_nobody_has_touched(district):
    batch = apply_import(actor=district.station_head_east, batch=opened(district), rows="good", at=NOW)
    undo_import(actor=district.station_head_east, batch=batch, at=NOW)
    assert set(Activity.objects.values_list("state", flat=True)) == {"void"}


def test_what_was_touched_since_is_not_undone(district):
    head = district.station_head_east
    batch = apply_import(actor=head, batch=opened(district), rows="good", at=NOW)
    change_activity(actor=head, activity=Activity.objects.first(), at=NOW, attendance=1)
    with pytest.raises(StepRefused) as refused:
        undo_import(actor=head, batch=batch, at=NOW)
    assert refused.value.code == "touched_since"
    assert not Activity.objects.filter(state="void").exists()


def test_a_changed_row_changes_its_activity_and_undoing_gives_it_back(district):
    head = district.station_head_east
    apply_import(actor=head, batch=opened(district), rows="good", at=NOW)
    row = change_activity(actor=head, activity=Activity.objects.order_by("begins_on")[0], at=NOW, attendance=1)
    batch = opened(district)
    assert batch.preview["counts"]["changed"] == 1
    batch = apply_import(actor=head, batch=batch, rows="good", at=NOW)
    assert Activity.objects.get(pk=row.pk).attendance == 424
    undo_import(actor=head, batch=batch, at=NOW)
    assert Activity.objects.get(pk=row.pk).attendance == 1


def test_an_answer_is_remembered_for_the_station(district):
    head = district.station_head_east
    csv = "活动日期,活动名称,活动类型,参加人数\n2026-03-01,邻里早茶,茶叙,30\n".encode()

    def read():
        return open_import(
            actor=head, kind="activities", unit=district.east.unit, file_name="茶.csv", content=csv, at=NOW
        )[0]

    batch = read()
    (question,) = [asked for asked in batch.preview["questions"] if asked["id"].startswith("kind:")]
    batch, _plan = answer_import(actor=head, batch=batch, answers={question["id"]: "FEST"}, at=NOW)
    apply_import(actor=head, batch=batch, rows="all", at=NOW)
    assert Activity.objects.get().kind.code == "FEST"
    assert KindWord.objects.get().word == "茶叙"
    assert not [asked for asked in read().preview["questions"] if asked["id"].startswith("kind:")]


def test_what_the_bureau_brings_in_waits_for_the_station(district):
    batch = opened(district, actor=district.bureau_admin)
    apply_import(actor=district.bureau_admin, batch=batch, rows="good", at=NOW)
    assert set(Activity.objects.values_list("state", flat=True)) == {"logged"}


def test_by_the_api_it_is_the_same_preview(client, district):
    key = district.key("station_head", district.east.unit, scopes=["imports:write"])
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {key}"}
    upload = SimpleUploadedFile("activities-1.xlsx", content("activities-1"))
    response = client.post("/api/v1/imports/", {"file": upload, "kind": "activities", "station": "990101101"}, **bearer)
    assert response.status_code == 201, response.content
    preview = response.json()
    assert preview["counts"]["new"] == answer("activities-1")["accepted"]
    address = f"/api/v1/imports/{preview['id']}/"
    refused = client.post(f"{address}apply/", {"rows": "all", "answers": {}}, content_type="application/json", **bearer)
    assert (refused.status_code, refused.json()["code"]) == (409, "rows_refused")
    assert not Activity.objects.exists()
    applied = client.post(
        f"{address}apply/", {"rows": "good", "answers": {}}, content_type="application/json", **bearer
    )
    assert (applied.status_code, applied.json()["state"]) == (200, "applied")
    assert client.get(f"{address}refused/", **bearer).content[:2] == b"PK"
    undone = client.post(f"{address}undo/", content_type="application/json", **bearer)
    assert (undone.status_code, undone.json()["state"]) == (200, "undone")


def test_another_stations_import_is_not_there(client, district):
    batch = opened(district)
    key = district.key("station_head", district.west.unit, scopes=["imports:write"])
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {key}"}
    assert client.get(f"/api/v1/imports/{batch.pk}/", **bearer).status_code == 404
    upload = SimpleUploadedFile("x.csv", b"1")
    response = client.post(
        "/api/v1/imports/", {"file": upload, "kind": "teams", "station": str(district.east.pk)}, **bearer
    )
    assert (response.status_code, response.json()["code"]) == (400, "station_unknown")


def test_a_file_that_is_no_sheet_is_refused_with_its_place(client, district):
    key = district.key("station_head", district.east.unit, scopes=["imports:write"])
    upload = SimpleUploadedFile("照片.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    response = client.post("/api/v1/imports/", {"file": upload, "kind": "teams"}, HTTP_AUTHORIZATION=f"Bearer {key}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/file"
    assert not Import.objects.exists()
