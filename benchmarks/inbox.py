"""A bureau's inbox with 50,000 cases, open and closed, beside the same inbox with 50."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Team
from benchmarks.doors import Door, project
from benchmarks.measuring import Comparison, compare, measured
from benchmarks.province import COUNTY, Province
from culture_admin.territory.models import Unit
from culture_admin.workflow.models import Deadline, Notice
from stations.models import Complaint, Finding, Station

FEW, MANY = 50, 50_000
PAGES = {"admin": "/admin/tasks/", "API": "/api/v1/tasks/", "desk": "/desk/"}
FLOWS = 3


def run(province: Province, rounds: int, each: int, many: int = MANY) -> list[Comparison]:
    """Each page of the inbox of one bureau, in two copies of the smallest database."""
    for name, cases in (("few", FEW), ("many", many)):
        province.copy("small", name)
        with province.at(name):
            fill(cases)
    headers = {
        "admin": {"cookie": province.readers.sessions["county"]},
        "API": {"authorization": f"Bearer {province.readers.keys['county']}"},
        "desk": {"cookie": province.readers.sessions["county"]},
    }
    return [_page(province, name, headers[name], rounds, each, many) for name in PAGES]


def fill(cases: int) -> None:
    """So many cases at the stations of the county, half of them open: complaints, findings, teams; duties and notices too."""
    stations = list(Station.objects.filter(county__code=COUNTY).select_related("unit").order_by("pk"))
    bureau = Unit.objects.get(division__code=COUNTY, kind=Unit.Kind.BUREAU)
    today, now = timezone.localdate(), timezone.now()

    def at(number: int) -> Station:
        return stations[number % len(stations)]

    def lies(number: int) -> dict[str, object]:
        station = at(number)
        return {"station": station, "division_id": station.division_id, "county_id": station.county_id}

    makers: list[tuple[type, Callable[[int, bool], object]]] = [
        (
            Complaint,
            lambda number, is_open: Complaint(
                **lies(number), received_on=today, channel="phone", about="hours", text=f"第{number}件",
                state="answered" if is_open else "closed",
            ),
        ),
        (
            Finding,
            lambda number, is_open: Finding(
                station=at(number), kind="other", what=f"第{number}件", basis="法", debtor=at(number).unit, opened_on=today,
                due_on=today, state="rectified" if is_open else "closed",
            ),
        ),
        (
            Team,
            lambda number, is_open: Team(
                **lies(number), name=f"第{number}队", search=f"第{number}队", state="registered" if is_open else "deregistered",
            ),
        ),
    ]  # fmt: skip
    for model, make in makers:
        # Closed ones first: an inbox that walks past them pays for it.
        rows = [make(number, number >= cases // FLOWS // 2) for number in range(cases // FLOWS)]
        model.objects.bulk_create(rows, batch_size=5000)
    Deadline.objects.bulk_create(
        (
            Deadline(
                unit=at(number).unit, code=f"bench{number}", label="事", opened_on=today, due_on=today + timedelta(days=number % 90),
                settled_at=None if number % 2 else now,
            )
            for number in range(cases)
        ),
        batch_size=5000,
    )  # fmt: skip
    Notice.objects.bulk_create(
        (Notice(kind="told", role="bureau_admin", unit=bureau, at=now, routed_at=now) for _number in range(cases)),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        for model in (*(model for model, _make in makers), Deadline, Notice):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _page(province: Province, name: str, headers: dict[str, str], rounds: int, each: int, many: int) -> Comparison:
    ask = Door(project(), **headers)
    path = PAGES[name]

    def asked(size: str) -> Callable[[], float]:
        def call() -> float:
            with province.at(size):
                # Opens the connection, which a server would have kept.
                ask("GET", path)
                return sum(measured(lambda: ask("GET", path)) for _ in range(each)) / each

        return call

    comparison = compare(
        f"the inbox of a bureau ({name}) with {many:,} cases",
        (f"the same inbox with {FEW} cases", asked("few")),
        asked("many"),
        "≤ 3",
        rounds=rounds,
    )
    counts = []
    for size in ("few", "many"):
        with province.at(size):
            ask("GET", path)
            with CaptureQueriesContext(connection) as queries:
                ask("GET", path)
            counts.append(len(queries))
    comparison.facts.append(f"{counts[0]} queries with few cases, {counts[1]} with many")
    return comparison
