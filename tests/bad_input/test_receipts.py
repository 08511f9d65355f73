"""Queues as no phone of ours sends them: refused record by record, in words, and nothing is left behind."""

from __future__ import annotations

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from activities.actions.receipts import receipts_of
from activities.models import Activity
from tests.bad_input.conftest import read

UNKNOWN = str(uuid.UUID(int=7, version=4))


def record(district, **other) -> dict:
    fields = {
        "station": district.east.pk,
        "title": "夜校",
        "kind": "PERF",
        "begins_on": timezone.localdate().isoformat(),
    }
    return {"client_uuid": str(uuid.uuid4()), "kind": "log", "fields": fields} | other


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "required", "/records")),
        ({"records": []}, (400, "empty", "/records")),
        ({"records": {}}, (400, "not_a_list", "/records")),
        ({"records": [1]}, (400, "not_a_dict", "/records/0")),
        ({"records": [{}] * 201}, (400, "max_length", "/records")),
        ({"records": [{}], "user": "1"}, (400, "invalid", "/user")),
        ({"records": [{}], "user": 10**18}, (409, "other_user")),
        ({"records": [{}], "usr": 1}, (400, "unknown_field", "/usr")),
    ],
)
def test_a_delivery_that_is_none_is_refused_whole(api, district, nothing_written, body, expected):
    assert read(api(district.station_head_east).post("receipts/", body, format="json")) == expected


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"client_uuid": "x"}, "uuid_format", "client_uuid"),
        ({"client_uuid": None}, "null", "client_uuid"),
        ({"kind": "delete"}, "invalid_choice", "kind"),
        ({"fields": []}, "not_a_dict", "fields"),
        ({"device_at": "gestern"}, "instant_format", "device_at"),
        ({"device_at": "0001-01-01T00:00:00+08:00"}, "overflow", "device_at"),
        ({"more": 1}, "unknown_field", "more"),
        ({"kind": "change"}, "invalid", "activity"),
        ({"kind": "confirm", "activity": 0, "seen": "v1"}, "uuid_format", "activity"),
        ({"kind": "confirm", "activity": 987_654_321, "seen": "v1"}, "not_found", ""),
        ({"kind": "confirm", "activity": UNKNOWN, "seen": "v1"}, "waits_for", ""),
        ({"kind": "change", "activity": UNKNOWN, "after": UNKNOWN}, "waits_for", ""),
    ],
)
def test_a_record_that_is_none_is_refused_and_the_rest_goes_through(api, district, wrong, code, field):
    sent = [record(district, **wrong), record(district)]
    answer = api(district.station_head_east).post("receipts/", {"records": sent}, format="json")
    assert answer.status_code == 200
    (refusal,) = answer.json()["refusals"]
    assert (refusal["code"], refusal["field"]) == (code, field)
    assert refusal["message"]
    assert [receipt["client_uuid"] for receipt in answer.json()["receipts"]] == [sent[1]["client_uuid"]]


@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"attendance": -1}, "attendance"),
        ({"attendance": 10**12}, "attendance"),
        ({"attendance": "12"}, "attendance"),
        ({"begins_on": "2126-01-01"}, "begins_on"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"title": "\u202eevil"}, "title"),
        ({"kind": "OLD"}, "kind"),
        ({"genre": 7}, "genre"),
        ({"team": 987_654_321}, "team"),
        ({"station": 987_654_321}, "station"),
        ({"state": "confirmed"}, "state"),
        ({"atendance": 1}, "atendance"),
    ],
)
def test_what_is_entered_is_held_to_the_rules_of_every_door(api, district, nothing_written, entered, field):
    sent = record(district)
    sent["fields"] |= entered
    answer = api(district.station_head_east).post("receipts/", {"records": [sent]}, format="json").json()
    assert answer["receipts"] == []
    assert [refusal["field"] for refusal in answer["refusals"]] == [field]


def test_a_reason_is_asked_for_what_comes_later_than_a_month(api, district):
    sent = record(district)
    sent["fields"]["begins_on"] = "2026-01-05"
    client = api(district.station_head_east)
    refusal = client.post("receipts/", {"records": [sent]}, format="json").json()["refusals"][0]
    assert refusal["field"] == "late_reason"
    sent["fields"]["late_reason"] = "手机送修"
    assert client.post("receipts/", {"records": [sent]}, format="json").json()["refusals"] == []
    assert Activity.objects.get().late


def test_a_stranger_and_a_session_without_its_token_deliver_nothing(client, district, nothing_written):
    body = json.dumps({"records": [record(district)]})
    assert client.post("/api/v1/receipts/", body, content_type="application/json").status_code == 401
    assert client.get("/api/v1/receipts/").status_code in (401, 405)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": "culture-desk-queue", "version": 2, "records": [{"client_uuid": "x"}]}',
        b'{"format": "culture-desk-queue", "version": 1, "records": []}',
        b'{"format": "culture-desk-queue", "version": 1, "records": [1]}',
        b'{"format": "culture-desk-queue", "version": 1, "user": 1, "user": 2}',
        b'{"format": "culture-desk-queue", "version": 1, "user": 0, "user_name": [], "records": [{"client_uuid": "x"}]}',
        b"[" * 100_000,
        b"x" * (5 * 1024 * 1024 + 1),
    ],
)
def test_a_file_that_is_no_queue_of_ones_own_is_refused_in_words(pages, district, nothing_written, content):
    file = SimpleUploadedFile("queue.json", content)
    answer = pages(district.station_head_east).post("/desk/queue/", {"file": file})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_a_file_of_queued_records_is_answered_one_by_one(pages, district):
    head = district.station_head_east
    sent = [record(district), record(district, kind="nonsense"), {"client_uuid": "x" * 500, "fields": 3}]
    queue = {"format": "culture-desk-queue", "version": 1, "user": head.pk, "records": sent}
    answer = pages(head).post("/desk/queue/", {"file": SimpleUploadedFile("q.json", json.dumps(queue).encode())})
    came = answer.context["came"]
    assert [receipt["title"] for receipt in came["receipts"]] == ["夜校"]
    assert len(came["refusals"]) == 2
    assert receipts_of(head, [uuid.UUID(sent[0]["client_uuid"])])
