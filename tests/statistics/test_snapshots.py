"""A snapshot says for ever what was read: the same bytes, the same numbers, and what is read otherwise today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from activities.models import Activity
from culture_admin.accounts.models import User
from culture_admin.interfaces.problems import Problem
from culture_admin.statistics.models import Snapshot
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS
from culture_admin.statistics.snapshots import Asked, Difference, differences, digest_of, is_intact, tables, take
from culture_admin.territory.actions import record_residents
from tests.district import NOW, District

HELD, TIMES, THIRD = "activities.held", "activities.person_times", "activities.person_times_per_resident"
MAY = (date(2026, 5, 1), date(2026, 5, 31))
BY_TOWN = Asked((HELD, TIMES, THIRD), ("division:town",), *MAY)
BY_KIND = Asked((TIMES,), ("month", "kind"), *MAY, where={"kind": "PERF,TRNG"})
STOCK = Asked(("stations.floor_area", "territory.residents"), as_of=date(2026, 5, 1))


@pytest.fixture
def logged(district) -> District:
    record_residents(division=district.town("east"), year=2026, number=360, source="公报")
    district.log(attendance=120)
    district.log(attendance=80, kind=district.kind("TRNG"), class_seconds=3600)
    district.log(district.west, attendance=0)
    district.log(district.elsewhere, attendance=7)
    return district


def taken(district: District, *asked: Asked, **options) -> Snapshot:
    common = {"actor": district.bureau_admin, "place": district.county, "name": "五月", "at": NOW}
    return take(asked=asked or (BY_TOWN, BY_KIND, STOCK), **common | options)


def test_what_is_parsed_back_is_what_was_read_exactly_and_within_the_place(logged):
    fresh = taken(logged)
    snapshot = Snapshot.objects.get(pk=fresh.pk)
    by_town, by_kind, stock = tables(snapshot)
    assert tables(fresh) == tables(snapshot)
    table = read(
        list(BY_TOWN.metrics),
        by=BY_TOWN.by,
        period=Period(*MAY),
        where={"division": logged.county},
        exact=True,
        at=NOW,
    )
    assert [row.values for row in by_town.rows] == [row.values for row in table.rows]
    assert by_town.rows[0].values == {HELD: 1, TIMES: 200, THIRD: Decimal("0.555555555556")}
    assert [row.keys["division_id"] for row in by_town.rows] == [logged.town("east").pk, logged.town("west").pk]
    assert [type(row.values[TIMES]) for row in by_town.rows] == [int, int]
    assert {row.keys["kind"]: row.values[TIMES] for row in by_kind.rows} == {"PERF": 120, "TRNG": 80}
    assert by_kind.asked == BY_KIND
    # A stock alone is asked up to its day, so that it means the same for ever.
    assert stock.asked == replace(STOCK, last=STOCK.as_of)
    assert stock.rows[0].values["territory.residents"] == 40360
    assert snapshot.versions == {code: METRICS[code].version for code in (*BY_TOWN.metrics, *STOCK.metrics)}


def test_the_same_question_gives_the_same_bytes_whoever_asks_and_in_whatever_language(logged):
    first = taken(logged)
    with translation.override("zh-hans"):
        second = taken(logged, actor=logged.service, at=NOW + timedelta(days=3))
    assert (first.content, first.digest) == (second.content, second.digest)
    assert "东镇" in first.content
    assert is_intact(first)
    assert first.digest == digest_of(first.content)
    assert differences(first, at=NOW) == []
    assert taken(logged, replace(BY_TOWN, last=MAY[0])).digest != first.digest


def test_what_has_changed_since_is_listed_number_by_number(logged, monkeypatch):
    snapshot = taken(logged, BY_TOWN)
    Activity.objects.filter(station=logged.east, attendance=120).update(attendance=130)
    logged.log(logged.west, attendance=None)
    Activity.objects.filter(station=logged.west, attendance=0).update(state="void")
    east, west = (row.keys for row in tables(snapshot)[0].rows)
    assert differences(snapshot, at=NOW) == [
        Difference(TIMES, east, 200, 210),
        Difference(THIRD, east, Decimal("0.555555555556"), Decimal("0.583333333333")),
        Difference(TIMES, west, 0, None),
        Difference(THIRD, west, 0, None),
    ]
    monkeypatch.setitem(METRICS, HELD, replace(METRICS[HELD], version=2))
    monkeypatch.delitem(METRICS, THIRD)
    monkeypatch.delitem(METRICS, TIMES)
    assert differences(snapshot, at=NOW) == [
        Difference(HELD, {}, 1, 2, of_version=True),
        Difference(TIMES, {}, 1, None, of_version=True),
        Difference(THIRD, {}, 1, None, of_version=True),
    ]


def test_a_row_that_comes_later_and_a_number_that_can_not_be_any_more_are_differences_too(logged):
    snapshot = taken(logged, Asked((TIMES,), ("kind",), *MAY), Asked((HELD,), ("division:town",), *MAY))
    logged.log(kind=logged.kind("EXHB"), attendance=9)
    logged.west.unit.valid_from = date(2026, 6, 1)
    logged.west.unit.save()
    Activity.objects.filter(station=logged.west).delete()
    found = differences(snapshot, at=NOW)
    assert [(one.metric, one.keys.get("kind"), one.before, one.after) for one in found if "kind" in one.keys] == [
        (TIMES, "EXHB", None, 9)
    ]
    by_town = [(one.keys["division"], one.before, one.after) for one in found if "division" in one.keys]
    assert by_town == [("990101101", 1, 2), ("990101102", 1, None)]


@pytest.mark.parametrize("statement", ["UPDATE statistics_snapshot SET name = 'x'", "DELETE FROM statistics_snapshot"])
def test_nobody_changes_a_snapshot(logged, statement):
    taken(logged)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        Snapshot.objects.update(name="x")


def test_a_section_of_the_bureau_takes_one_of_its_own_place_alone(logged):
    for name in ("station_head_east", "assessor", "observer", "bureau_leader"):
        with pytest.raises(PermissionDenied):
            taken(logged, actor=getattr(logged, name))
    with pytest.raises(PermissionDenied):
        taken(logged, actor=logged.bureau_admin_elsewhere)
    assert taken(logged, actor=logged.assessor, entitled=True).taken_by == logged.assessor
    assert taken(logged, actor=None, place=logged.town("east")).taken_by is None
    visible = {
        name: Snapshot.objects.visible_to(User.objects.get(username=name)).count()
        for name in ("bureau_admin", "observer", "station_head_east", "station_head_west", "bureau_admin_elsewhere")
    }
    assert visible == {
        "bureau_admin": 2,
        "observer": 2,
        "station_head_east": 1,
        "station_head_west": 0,
        "bureau_admin_elsewhere": 0,
    }


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ([], "too_many"),
        ([BY_TOWN] * 51, "too_many"),
        ([Asked(("activities.helt",))], "unknown_metric"),
        ([Asked(())], "metric_required"),
        ([Asked((HELD,), ("colour",))], "invalid_choice"),
        ([Asked((HELD,), where={"kind": "NONE"})], "invalid_choice"),
        ([Asked((HELD,), where={"division": "990102"})], "unknown_field"),
        ([Asked((HELD,), first=MAY[1], last=MAY[0])], "range_reversed"),
    ],
)
def test_what_cannot_be_read_is_not_kept(logged, asked, code):
    with pytest.raises(Problem) as refused:
        take(actor=logged.bureau_admin, place=logged.county, asked=asked, name="五月", at=NOW)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert not Snapshot.objects.exists()
