"""A year's assessment of 1,360 towns by 40 indicators, beside the metric queries alone; and a rehearsal beside computing it all."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.actions.computing import frozen, standings
from assessments.actions.counted import plan
from assessments.actions.keeping import store
from assessments.actions.subjects import assess_all
from assessments.models import Computation, Cycle, Item, Result
from assessments.rehearsing import rehearse
from benchmarks.measuring import Comparison, compare
from benchmarks.province import Province
from culture_admin.scoring.models import Scheme
from culture_admin.statistics.snapshots import ask
from culture_admin.territory.models import Division, Level, Unit

# What towns are counted by; the first eight are also looked at in other ways.
METRICS = (
    "activities.held", "activities.person_times", "activities.sessions", "activities.class_hours", "activities.courses",
    "activities.teams", "activities.active_teams", "activities.team_members", "activities.online_person_times",
    "activities.works", "activities.visits", "activities.person_times_per_resident", "stations.registered",
    "stations.floor_area", "stations.officers", "stations.on_post_rate", "stations.training_attendances", "stations.budget",
    "stations.paid", "stations.paid_on_time_rate", "stations.spending", "stations.spending_per_resident",
    "stations.weekly_hours", "stations.findings",
)  # fmt: skip
KINDS = ("PERF", "FEST", "EXHB", "LECT", "FILM", "READ")
SECTIONS, JUDGED = 5, 10
FULL = {"method": "M4", "target": "24", "full": "2.5"}
RULES: list[dict[str, Any]] = [
    FULL,
    {"method": "M2", "bands": [["24", "2.5"], ["12", "1.5"], ["6", "1"]]},
    {"method": "M8", "full": "2.5", "against": "maximum"},
    {"method": "M3", "full": "2.5", "each": "0.1", "target": "20"},
]
SUPPOSED = {"i0": Decimal(3)}
MOST_STATEMENTS = 60


def run(province: Province, rounds: int) -> list[Comparison]:
    """In the fullest database."""
    with province.at("full"), _frozen_heap():
        cycle = _year()
        until = date(cycle.year, 12, 31)
        questions = plan(cycle.scheme, until).asked
        found = [
            compare(
                f"assessing {cycle.assessments.count():,} towns by {_indicators(cycle)} indicators: computed, ranked, explained, kept",
                ("the metric queries alone", lambda: ask(questions, cycle.place)),
                lambda: _whole(cycle, until),
                "≤ 3",
                rounds=rounds,
                facts=[_statements(cycle, until)],
            )
        ]
        own = cycle.assessments.first()
        rehearsals = {
            "of what some more activities would make of a town": lambda: rehearse(cycle, own=own, more=SUPPOSED),
            "of what other points would make of all": lambda: rehearse(cycle, group=own.group, points=SUPPOSED),
        }
        found += [
            compare(
                f"a rehearsal {name}", ("computing it all", lambda: _whole(cycle, until)), run, "≤ 0.05", rounds=rounds
            )
            for name, run in rehearsals.items()
        ]
        return found


@contextmanager
def _frozen_heap() -> Iterator[None]:
    """As in a server (culture_admin/wsgi.py): looking through all that was loaded would count for as much as a rehearsal."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _whole(cycle: Cycle, until: date) -> Computation:
    now = timezone.now()
    with transaction.atomic():
        return _computed(cycle, until, now)


def _computed(cycle: Cycle, until: date, now: datetime) -> Computation:
    snapshot = frozen(cycle, until=until, actor=None, at=now)
    made = standings(cycle, until=until, snapshot=snapshot)
    return store(cycle, made, snapshot, kind=Computation.Kind.INTERIM, until=until, actor=None, at=now)


def _statements(cycle: Cycle, until: date) -> str:
    """How many statements it takes for all, of at most 60 asked for."""
    with CaptureQueriesContext(connection) as queries:
        _whole(cycle, until)
    places = (
        Result.objects.filter(computation__cycle=cycle, place__isnull=False).values("assessment").distinct().count()
    )
    return f"{len(queries)} SQL statements of at most {MOST_STATEMENTS}; {places:,} towns ranked"


def _indicators(cycle: Cycle) -> int:
    return sum(1 for _one in cycle.scheme.content.table.indicators())


def _year() -> Cycle:
    """Last year, of the whole province in two groups; what is judged was said of every town."""
    province = Division.objects.filter(level=Level.PROVINCE, code__startswith="98").first()
    towns = Division.objects.filter(level=Level.TOWN, path__startswith=province.path)
    Unit.objects.bulk_create(Unit(kind=Unit.Kind.TOWN, division=town, name_zh=f"{town.name_zh}政府") for town in towns)
    year = timezone.localdate().year - 1
    scheme = Scheme.objects.create(
        place=province,
        subject="town",
        year=year,
        name_zh="量测",
        total=Decimal(100),
        known=0,
        body=_body(),
        state="published",
    )
    cycle = Cycle.objects.create(scheme=scheme, place=province, self_until=date(year, 12, 31), state="open")
    assess_all(cycle, timezone.now())
    Item.objects.filter(assessment__cycle=cycle, code__startswith="j").update(
        reviewed="value", reviewed_numbers=[Decimal(7)]
    )
    return cycle


def _body() -> dict[str, Any]:
    sources = [{"origin": "metric", "metric": metric} for metric in METRICS]
    sources += [{"origin": "metric", "metric": "activities.held", "where": {"kind": kind}} for kind in KINDS]
    indicators = [
        {"code": f"i{at}", "name_zh": "指标", "points": "2.5", "rule": RULES[at % len(RULES)], "source": source}
        for at, source in enumerate(sources)
    ]
    indicators += [
        {"code": f"j{at}", "name_zh": "评定", "points": "2.5", "rule": FULL, "source": {"origin": "judged"}}
        for at in range(JUDGED)
    ]
    each = len(indicators) // SECTIONS
    sections = [
        {"code": f"s{at}", "name_zh": "大类", "weight": "20", "indicators": indicators[at * each : (at + 1) * each]}
        for at in range(SECTIONS)
    ]
    groups = [
        {"code": "Z", "name_zh": "镇", "compared": "towns"},
        {"code": "J", "name_zh": "街道", "compared": "subdistricts"},
    ]
    return {"sections": sections, "groups": groups, "titles": []}
