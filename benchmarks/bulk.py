"""Many logs in one request, against the import of a ledger: what each takes for a row."""

from __future__ import annotations

import uuid
from datetime import timedelta
from itertools import count
from time import perf_counter

from django.utils import timezone

from benchmarks.doors import Door, project
from benchmarks.ledgers import KINDS, import_ledger, stations_of, workbook
from benchmarks.measuring import Comparison, compare
from benchmarks.province import STATION, Province
from culture_admin.accounts.actions import issue_key
from culture_admin.demo.scale import STEWARDS, TITLES, VENUES
from stations.models import Station

LOGS = 5000
CODES = dict(zip(KINDS, ("PERF", "TRNG", "READ", "FILM", "LECT", "EXHB", "COMP", "SPRT"), strict=True))
# Later ones would each have to say why they come so late.
DAYS = 28
PATH = "/api/v1/activities/bulk/"


def run(province: Province, rows: int, rounds: int) -> list[Comparison]:
    """Seconds for a row: a request of 5,000 logs through the whole stack, and a ledger of `rows` rows as the floor."""
    content = workbook(rows)
    with province.at("ledgers"):
        # From the other end than the benchmark of the import, which has been to some of them.
        stations = reversed(stations_of(STEWARDS[0]))
        station = Station.objects.select_related("unit").get(division__code=STATION)
        key = issue_key(actor=None, name="bulk", role="station_head", unit=station.unit, scopes=["activities:write"])[1]
        ours, number = Door(project(), authorization=f"Bearer {key}"), count(1)

        def imported() -> float:
            began = perf_counter()
            import_ledger(content, next(stations))
            return (perf_counter() - began) / rows

        def sent() -> float:
            body = {"rows": logs(station, next(number))}
            began = perf_counter()
            ours("POST", PATH, body, idempotency_key=str(uuid.uuid4()))
            return (perf_counter() - began) / LOGS

        found = compare(
            f"a request of {LOGS:,} logs, for each row",
            (f"the import of {rows:,} rows, for each row", imported),
            sent,
            "≤ 5",
            rounds=rounds,
        )
        found.facts.append(f"{1 / found.ours.median:,.0f} rows a second, the import {1 / found.floor.median:,.0f}")
    return [found]


def logs(station: Station, request: int) -> list[dict]:
    """What a program of a station sends: the rows of a ledger, each with an id of its own."""
    today = timezone.localdate()
    return [
        {
            "station": station.pk,
            "title": f"{TITLES[number % len(TITLES)]}第{request}-{number + 1}期",
            "venue": VENUES[number % len(VENUES)],
            "kind": list(CODES.values())[number % len(CODES)],
            "begins_on": str(today - timedelta(days=number % DAYS)),
            "attendance": None if number % 33 == 0 else 20 + number * 7919 % 400,
            "class_minutes": 45 * (number % 4 + 1) if number % len(CODES) == 1 else None,
            "note": "雨天改在室内" if number % 40 == 0 else "",
            "client_uuid": str(uuid.uuid4()),
        }
        for number in range(LOGS)
    ]
