"""Logging one activity over HTTP, against a bare INSERT and against Django REST framework as it comes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity, Genre, Kind
from benchmarks import plain
from benchmarks.doors import Door, project
from benchmarks.measuring import Comparison, compare
from benchmarks.province import STATION, Province
from culture_admin.environment import CHECKOUT
from stewards.models import Posting

FLOORS = CHECKOUT / "benchmarks/floors"
TWIN, INSERT = ((FLOORS / name).read_text() for name in ("twin.sql", "log.sql"))


def run(province: Province, rounds: int, each: int) -> list[Comparison]:
    """Requests through the whole stack: key, scope, validation, decision, history, summary, idempotency."""
    with province.at("full"), province.owner("full") as cursor:
        cursor.execute(TWIN)
        posting = Posting.objects.select_related("station").get(station__division__code=STATION)
        entries = {
            "station": posting.station_id,
            "title": "邻里节文艺晚会",
            "venue": "文化礼堂",
            "begins_on": str(timezone.localdate()),
            "begins_time": "19:00",
            "attendance": 120,
            "posting": posting.pk,
            "note": "雨天改在室内",
        }
        # What follows from the entries in ours is given by the caller elsewhere.
        row = {
            **entries,
            "kind": Kind.objects.get(code="PERF").pk,
            "genre": Genre.objects.get(code="dance").pk,
            "division": posting.station.division_id,
            "county": posting.station.county_id,
            "steward": posting.steward_id,
            "firm": posting.firm_id,
            "ends_on": entries["begins_on"],
            "state": Activity.State.CONFIRMED.value,
            "led_by": Activity.LedBy.STEWARD.value,
        }
        ours = Door(project(), authorization=f"Bearer {province.readers.keys['station']}")
        bare = Door(_bare(cursor))
        stock = Door(plain.application(settings.MIDDLEWARE))
        stock_alone = Door(plain.application(plain.STARTPROJECT))

        def log() -> None:
            body = {**entries, "kind": "PERF", "genre": "dance", "client_uuid": str(uuid.uuid4())}
            ours("POST", "/api/v1/activities/", body, idempotency_key=str(uuid.uuid4()))

        def log_at(door: Door) -> Callable[[], object]:
            return lambda: door("POST", "/activities/", {**row, "client_uuid": str(uuid.uuid4())})

        sides: list[tuple[str, Callable[[], object], str]] = [
            (
                "a stock ModelViewSet in this project, with the same triggers",
                log_at(stock),
                "≤ 1",
            ),
            (
                "a stock ModelViewSet in a new project, with the same triggers",
                log_at(stock_alone),
                "–",
            ),
            ("a bare INSERT through plain WSGI", log_at(bare), "–"),
        ]
        comparisons = []
        for floor, call, target in sides:
            found = compare(
                f"logging one activity against {floor}", (floor, call), log, target, rounds=rounds, each=each
            )
            found.facts.append(f"{1 / found.ours.median:.0f} a second, the other side {1 / found.floor.median:.0f}")
            comparisons.append(found)
        comparisons[0].facts.append(f"queries: ours {_queries(log)}, stock {_queries(sides[0][1])}")
    return comparisons


def _bare(cursor) -> Callable[[dict, Callable], Iterable[bytes]]:
    """A WSGI application that inserts the body as it stands."""

    def respond(environ: dict, start_response: Callable) -> Iterable[bytes]:
        row = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        cursor.execute(INSERT, row)
        body = json.dumps({**row, "id": cursor.fetchone()[0]}).encode()
        start_response("201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    return respond


def _queries(call: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)
