"""The files of stations and firms through the API: values at and beyond every edge, and nothing half written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from activities.actions import plan_activity
from stations.actions import add_facility
from tests.bad_input.conftest import read


@pytest.fixture
def bodies(district) -> dict[str, dict]:
    """For each collection what it takes as it should be."""
    station = {"station": district.east.pk, "valid_from": "2025-01-01"}
    today = timezone.localdate()
    soon, later = (str(today + timedelta(days=days)) for days in (30, 60))
    room = add_facility(
        actor=None, station=district.east, name="舞蹈房", use="排练", floor_area=80, valid_from=date(2024, 1, 1)
    )
    large = plan_activity(
        actor=district.station_head_east,
        station=district.east,
        title="灯会",
        kind=district.kind("FEST"),
        begins_on=today + timedelta(days=40),
        expected=2000,
    )
    logged = district.log()
    return {
        "certificates": station
        | {"uscc": "12990101MB0A00017K", "legal_representative": "站长", "sponsor": "镇政府", "authority": "登记局"},
        "gradings": station | {"grade": "special", "document": "试文〔2025〕1号"},
        "titles": station | {"title": "文化强镇", "year": 2025, "issuer": "文化厅", "document": "1号"},
        "facilities": station | {"name": "排练厅", "use": "排练", "floor_area": 120},
        "stewards": {"firm": district.firm.pk, "name": "李笛"},
        "postings": {
            "steward": district.posting("east").steward_id,
            "station": district.west.pk,
            "valid_from": "2025-01-01",
        },
        "teams": {"station": district.east.pk, "name": "东镇队"},
        "courses": {"station": district.east.pk, "title": "书法班", "begins_on": "2026-05-06"},
        "works": {"station": district.east.pk, "title": "采茶", "kind": "original", "finished_on": "2026-05-06"},
        "opening-visits": {"station": district.east.pk, "on": "2026-05-06", "visitors": 30},
        "monthly-returns": {"station": district.east.pk, "month": "2026-04-01"},
        "activities": {
            "station": district.east.pk,
            "kind": "PERF",
            "title": "演出",
            "begins_on": "2026-05-06",
            "late_reason": "补登",
        },
        "activities/plan": {"station": district.east.pk, "kind": "PERF", "title": "演出", "begins_on": soon},
        "series": {
            "station": district.east.pk,
            "kind": "PERF",
            "title": "周课",
            "weekdays": [1, 3],
            "begins_on": soon,
            "ends_on": later,
        },
        "venue-bookings": {
            "facility": room.pk,
            "purpose": "会议",
            "begins_at": f"{soon}T09:00:00+08:00",
            "ends_at": f"{soon}T11:00:00+08:00",
        },
        "permits": {"activity": large.pk, "number": "1", "authority": "公安局", "granted_on": str(today)},
        "spot-checks": {"activity": logged.pk, "found_on": "2026-05-06", "finding": "ok"},
    }


CASES = [
    ("certificates", "valid_from", ["9999-01-01", "2025-02-29", "0000-01-01", None, "", 20250101]),
    ("certificates", "valid_to", ["2024-12-31", "2025-01-01", "99999-01-01"]),
    (
        "certificates",
        "uscc",
        ["", "12990101MB0A00018K", "12990101MBOA00017K", "91990101MA2ABCDE06", "1" * 17, "1" * 19, "１" * 18, 12],
    ),
    ("certificates", "startup_funds", ["-1.00", "1e3", "12.345", "1,234.5", "￥1", "1" * 15, "NaN", 12, "１２"]),
    ("certificates", "legal_representative", ["", " ", "\u200b", "\u202e", "a\nb", "字" * 61, None, ["x"]]),
    ("certificates", "station", ["1", -1, 0, 2**63 - 1, None, [], {}, True, 1.0]),
    ("gradings", "grade", ["", "best", 1, None, ["first"]]),
    ("gradings", "document", ["", "字" * 121, "\u0007"]),
    ("titles", "year", [-1, 99999, 10**18, "2025", 2025.0, None, True]),
    ("facilities", "floor_area", [-1, 10**10, 10**18, "120", 1.5, None]),
    ("facilities", "use", ["", "字" * 200]),
    ("stewards", "name", ["", "字" * 61, "\u200d", None]),
    ("stewards", "firm", [0, -1, 2**63 - 1, None, "x"]),
    ("postings", "valid_to", ["2024-12-31", "2025-01-01", "x"]),
    ("postings", "full_time", ["true", 1, None]),
    ("teams", "members", [-1, 10**9, "12", 1.5, True]),
    ("teams", "founded_on", ["9999-12-31", "2024-02-30", "", "2024年1月2日"]),
    ("teams", "men", [-1, 10**9, "12", 1.5]),
    ("teams", "subsidy", ["-0.01", "1e3", "NaN", 3000, "1" * 15, "12.345"]),
    ("teams", "supervisor", ["nobody", 1, ["village"]]),
    ("teams", "deputy", ["\u202e", "字" * 61, None, 1]),
    ("courses", "begins_on", ["9999-12-31x", "1979-12-31", "0001-01-01", None, ""]),
    ("courses", "ends_on", ["2026-05-05", "2029-05-06", "9999-12-31"]),
    ("courses", "sessions_planned", [0, -1, 1001, 10**9, "12", 1.5]),
    ("courses", "class_minutes", [-1, 1441, 10**9, "45", 1.001]),
    ("courses", "capacity", [0, -1, 10**9, "3"]),
    ("courses", "title", ["", " ", "\u200b", "字" * 201, None]),
    ("courses", "completed", [-1, 10**9, "3"]),
    ("courses", "station", [0, -1, 2**63 - 1, None, "x"]),
    ("works", "kind", ["", "copied", 1, None]),
    ("works", "finished_on", ["9999-12-31", "1979-12-31", "2026-02-30", None]),
    ("works", "team", [0, -1, 2**63 - 1, "x", True]),
    ("works", "author", ["a\nb", "字" * 101, None]),
    ("activities", "class_minutes", [-1, 10**9, "45", 1.001, True]),
    ("activities", "begins_on", ["9999-12-31", "1979-12-31", "0001-01-01"]),
    ("activities", "ends_on", ["2026-05-05", "2027-05-08", "9999-12-31"]),
    (
        "activities",
        "device_at",
        ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-05-06T10:00Zx"],
    ),
    ("activities", "village", [0, -1, "x", True]),
    ("activities", "expected", [-1, 1_000_001, 10**18, "50", 1.5, True]),
    ("activities", "facility", [0, -1, 2**63 - 1, "x", True, []]),
    ("activities", "late_reason", ["", "字" * 201, "a\nb", None]),
    ("activities", "late", [True, False]),
    ("activities", "state", ["planned", "confirmed"]),
    ("activities/plan", "begins_on", ["2020-01-01", "2099-01-01", "9999-12-31", "0001-01-01", "", None]),
    ("activities/plan", "ends_on", ["2020-01-01", "2099-01-01"]),
    ("activities/plan", "begins_time", ["25:00", "9", "24:00", 900]),
    ("activities/plan", "expected", [-1, 1_000_001, "50", 1.5]),
    ("activities/plan", "attendance", [5, 0, None]),
    ("activities/plan", "override_reason", ["字" * 201, 1, None]),
    ("series", "weekdays", [[], [1, 1], 1, "1", None, [1] * 8]),
    ("series", "every", [0, -1, 14, 10**9, "1", None]),
    ("series", "ends_on", ["2020-01-01", "9999-12-31", "", None]),
    ("series", "begins_on", ["2020-01-01", "0001-01-01", None]),
    ("venue-bookings", "ends_at", ["2020-01-01T09:00:00+08:00", "9999-12-31T23:59:59+00:00", "", None, 5]),
    ("venue-bookings", "facility", [0, -1, 2**63 - 1, None, "x"]),
    ("venue-bookings", "purpose", ["", " ", "\u202e", "字" * 201, None]),
    ("venue-bookings", "activity", [1, None]),
    ("permits", "granted_on", ["9999-12-31", "", None, "2026-02-30"]),
    ("permits", "number", ["", "\u200b", "字" * 61]),
    ("permits", "activity", [0, -1, 2**63 - 1, "x", None]),
    ("spot-checks", "finding", ["", "fine", None, 1]),
    ("spot-checks", "heads_seen", [-1, 1_000_001, "3", 1.5]),
    ("spot-checks", "found_on", ["9999-12-31", "2026-05-05", "0001-01-01", None]),
    ("facilities", "capacity", [0, -1, 100_001, "40", 1.5]),
    ("facilities", "opening_hours", ["每天", "1-8 09:00-10:00", "1-5 25:00-26:00", "1-5 10:00-09:00", "1" * 201, None]),
    ("opening-visits", "on", ["9999-12-31", "1979-12-31", "2026-02-30", "", None, 20260506]),
    ("opening-visits", "visitors", [-1, 1_000_001, 10**18, "30", 1.5, None, True]),
    ("opening-visits", "estimated", ["true", 1, None]),
    ("opening-visits", "station", ["1", -1, 0, 2**63 - 1, None, [], True]),
    ("monthly-returns", "month", ["2026-04-02", "2026-04", "9999-12-01", "1979-12-01", "0001-01-01", None, 202604]),
    ("monthly-returns", "station", ["1", -1, 0, 2**63 - 1, None, {}]),
    ("monthly-returns", "state", ["closed", "confirmed"]),
    ("monthly-returns", "filed", [{"activities.held": 99}]),
]


def test_a_value_beyond_its_edge_is_refused_where_it_stands(api, district, bodies, nothing_written):
    bureau = api(district.bureau_admin)
    head = api(district.station_head_east)
    registrar = api(district.registrar)
    clients = {"certificates": registrar} | dict.fromkeys(
        (
            "teams",
            "activities",
            "activities/plan",
            "series",
            "venue-bookings",
            "permits",
            "opening-visits",
            "monthly-returns",
        ),
        head,
    )
    wrong = []
    for collection, field, values in CASES:
        client = clients.get(collection, bureau)
        for number, value in enumerate(values):
            key = {"Idempotency-Key": f"{collection}-{field}-{number}"}
            answer = client.post(f"{collection}/", bodies[collection] | {field: value}, format="json", headers=key)
            status, code, *places = read(answer)
            if status not in (400, 409) or not {*places} <= {f"/{field}", ""}:
                wrong.append((collection, field, value, status, code, places))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("collection", ["certificates", "gradings", "titles", "postings"])
def test_what_binds_others_needs_a_key_against_repetition(api, district, bodies, nothing_written, collection):
    client = api(district.registrar if collection == "certificates" else district.bureau_admin)
    for key in (
        {},
        {"Idempotency-Key": ""},
        {"Idempotency-Key": "a b"},
        {"Idempotency-Key": "k" * 300},
        {"Idempotency-Key": "钥"},
    ):
        answer = client.post(f"{collection}/", bodies[collection], format="json", headers=key)
        assert answer.status_code == 400, key
        assert "idempotency" in answer.json()["code"], key
