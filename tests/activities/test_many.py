"""Logs sent together are answered and stored like logs sent one by one."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.api import ActivityViewSet
from activities.models import Activity
from culture_admin.workflow.models import Decision
from tests.district import District

# Over the API it is the clock's today.
NOW = timezone.now()


def ago(days: int) -> str:
    return str(timezone.localdate(NOW) - timedelta(days=days))


CLIENTS = [str(uuid.UUID(int=number)) for number in range(3)]
ABSENT = object()
# Mostly sound rows, each with one or two entries of another sort: wrong types, foreign ids, days that do not fit.
SPOILT = st.dictionaries(
    st.sampled_from(["title", "kind", "begins_on", "ends_on", "attendance", "station", "posting", "team", "village", "note",
                     "class_minutes", "client_uuid", "device_at", "estimated", "late_reason", "content", "course", "expected",
                     "begins_time", "ends_time", "unheard"]),
    st.sampled_from([ABSENT, None, "", 1, 1.0, True, -1, 1.5, "PERF", "TRNG", ago(4), ago(-1), ago(90), ago(400), "1979-01-01", "19:00",
                     "08:00", "own", "foreign", 987654321, [], {}, "零\u200b宽", "长" * 201, *CLIENTS, NOW.isoformat(),
                     "1960-01-01T00:00:00+00:00", 2_000_000]),
    max_size=2,
)  # fmt: skip
WHO = st.sampled_from(["station_head_east", "steward_east", "bureau_admin", "firm_manager", "station_head_west"])


def sound(district: District) -> dict:
    return {"station": district.east.pk, "title": "村晚", "kind": "PERF", "begins_on": ago(3), "attendance": 30}


def row_of(district: District, changes: dict) -> dict:
    ids = {"own": district.posting("east").pk, "foreign": district.elsewhere.pk}
    row = sound(district) | {
        name: ids.get(value, value) if isinstance(value, str) else value for name, value in changes.items()
    }
    return {name: value for name, value in row.items() if value is not ABSENT}


def send(who, rows: list[dict], mode: str = "per_row") -> tuple[int, dict]:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/api/v1/activities/bulk/", {"rows": rows, "mode": mode}, content_type="application/json")
    return answer.status_code, answer.json()


def outcome(who, rows: list[dict], mode: str) -> tuple:
    """The answer and what is stored, with keys counted from the first."""
    first = Activity.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    status, body = send(who, rows, mode)
    body.pop("instance", None)
    new = Activity.objects.filter(pk__gt=first).order_by("pk")
    names = [
        field.attname
        for field in Activity._meta.concrete_fields
        if field.name not in ("id", "recorded_at", "client_uuid")
    ]
    order = {pk: number for number, pk in enumerate(new.values_list("pk", flat=True))}
    by_row = [order.get(result.pop("id", None)) for result in body.get("results", [])]
    stored = {order[row.pk]: [getattr(row, name) for name in names] for row in new}
    decided = (
        Decision.objects.filter(subject_id__in=order).order_by("subject_id").values_list("step", "content_hash", "role")
    )
    # Which of two new rows has the lower key is nobody's concern.
    told = [None if number is None else stored[number] for number in by_row]
    return status, body, told, sorted(decided), len(order)


def both(who, rows: list[dict], mode: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    found = []
    for verb in (ActivityViewSet.bulk_verb, None):
        with transaction.atomic(), monkeypatch.context() as patch:
            patch.setattr(ActivityViewSet, "bulk_verb", verb)
            found.append(outcome(who, rows, mode))
            transaction.set_rollback(True)
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(SPOILT, min_size=1, max_size=6), who=WHO, mode=st.sampled_from(["per_row", "atomic"]))
def test_many_rows_are_what_each_is_alone(district, monkeypatch, changes, who, mode):
    rows = [row_of(district, each) for each in changes]
    together, alone = both(getattr(district, who), rows, mode, monkeypatch)
    assert together == alone


def test_the_same_client_id_is_the_same_record_also_within_one_request(district):
    known = district.log(client_uuid=uuid.UUID(CLIENTS[0]))
    row = sound(district)
    rows = [row | {"client_uuid": each} for each in (CLIENTS[0], CLIENTS[1], CLIENTS[1], CLIENTS[2])]
    status, body = send(district.station_head_east, rows)
    ids = [result["id"] for result in body["results"]]
    assert (status, ids[0], ids[1] == ids[2], len(set(ids))) == (201, known.pk, True, 3)
    again = send(district.station_head_east, rows)[1]
    assert [result["id"] for result in again["results"]] == ids
    assert Activity.objects.count() == 3


def test_a_foreign_client_id_is_neither_told_nor_taken(district):
    district.log(district.elsewhere, client_uuid=uuid.UUID(CLIENTS[0]))
    row = sound(district) | {"client_uuid": CLIENTS[0]}
    for rows in ([row], [sound(district), row]):
        _status, body = send(district.station_head_east, rows)
        assert [result["status"] for result in body["results"]][-1] == "refused"
    assert Activity.objects.filter(station=district.east).count() == 1


def test_a_hundred_rows_cost_hardly_more_questions_than_ten(district):
    def questions(number: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert (
                send(district.station_head_east, [sound(district) | {"title": f"第{n}场"} for n in range(number)])[0]
                == 201
            )
        return len(captured)

    questions(1)
    # A few rows go in one INSERT each, more of them by a staging table.
    assert questions(10) == questions(50)
    assert questions(60) == questions(100)
    assert questions(100) - questions(10) <= 6


def test_all_entries_of_the_single_form_are_stored(district):
    entries = {
        "content": "唱了十首", "effect": "反响好", "expected": 200, "late_reason": "补报", "begins_on": ago(40),
        "class_minutes": 67.5, "kind": "TRNG", "device_at": NOW.isoformat(), "posting": district.posting("east").pk,
    }  # fmt: skip
    _status, body = send(district.station_head_east, [sound(district) | entries])
    row = Activity.objects.get(pk=body["results"][0]["id"])
    assert (row.content, row.effect, row.expected, row.late, row.late_reason, row.class_seconds, str(row.begins_on)) == (
        "唱了十首", "反响好", 200, True, "补报", 4050, ago(40),
    )  # fmt: skip
    assert row.device_at == NOW


def test_there_is_an_end_to_many(district):
    status, body = send(district.station_head_east, [{}] * 5001)
    assert (status, body["errors"][0]["pointer"]) == (400, "/rows")
    assert len(json.dumps(body)) < 2000
