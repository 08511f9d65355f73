"""Random trees and random changes: whatever is done, every day has one tree, every share adds up, and the past stays as it was."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Activity
from culture_admin.boundaries.actions import draft_change, try_change
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.territory.models import Division, Residents, Succession
from culture_admin.territory.shares import shared_out, shares_of
from culture_admin.workflow.actions import perform
from stations.models import Station
from tests.boundaries.plans import DOCUMENT, share
from tests.district import TODAY

FIRST = TODAY + timedelta(days=1)
COUNTY = "990101"


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()) + timedelta(hours=12))


@st.composite
def changes(draw) -> list[tuple]:
    """Up to four changes, each a kind with what chance needs: which towns, how many parts, how large."""
    return [
        (
            draw(st.sampled_from(["rename", "recode", "merge", "split"])),
            draw(st.integers(0, 7)),
            draw(st.lists(st.integers(1, 99), min_size=2, max_size=3)),
            draw(st.randoms(use_true_random=False)),
        )
        for _number in range(draw(st.integers(1, 4)))
    ]


def _towns(day: date) -> list[Division]:
    return list(Division.objects.filter(level="town", parent__code=COUNTY).existing(day).order_by("code"))


def _plan(kind: str, pick: int, weights: list[int], chance, day: date, number: int) -> tuple[str, dict] | None:
    """A plan of this kind for the tree as it is before the day."""
    towns = _towns(day - timedelta(days=1))
    town = towns[pick % len(towns)]
    code = f"{COUNTY}{110 + 10 * number}"
    if kind == "rename":
        return kind, {"units": [town.pk], "outcomes": [{"shares": [share(town)], "name_zh": f"改{number}镇"}]}
    if kind == "recode":
        return kind, {"units": [town.pk], "outcomes": [{"shares": [share(town)], "code": code, "type": "town"}]}
    stations = {unit: list(unit.units.filter(kind="station", valid_to=None)) for unit in towns}
    if kind == "merge":
        if len(towns) < 2:
            return None
        chosen = [town, next(other for other in towns if other != town)]
        fates = [{"station": one.pk, "fate": "moves", "outcome": 0} for unit in chosen for one in stations[unit]]
        outcome = {"shares": [share(one) for one in chosen], "code": code, "name_zh": f"合{number}镇", "type": "town"}
        return kind, {"units": [one.pk for one in chosen], "outcomes": [outcome], "stations": fates}
    outcomes = [
        {
            "shares": [share(town, str(part))],
            "code": f"{COUNTY}{110 + 10 * number + index}",
            "name_zh": f"分{number}{index}镇",
            "type": "town",
        }
        for index, part in enumerate(shares_of(weights))
    ]
    villages = Division.objects.filter(parent=town).existing(day)
    return kind, {
        "units": [town.pk],
        "outcomes": outcomes,
        "children": [{"division": one.pk, "outcome": chance.randrange(len(outcomes))} for one in villages],
        "stations": [
            {"station": one.pk, "fate": "moves", "outcome": chance.randrange(len(outcomes))} for one in stations[town]
        ],
    }


def _apply(district, kind: str, plan: dict, day: date) -> None:
    eve = _noon(day - timedelta(days=1))
    change = draft_change(actor=district.bureau_admin, kind=kind, effective_on=day, document=DOCUMENT, at=eve, **plan)
    change = try_change(actor=district.bureau_admin, boundarychange=change, at=eve)
    perform(change, "propose", actor=district.bureau_admin, at=eve)
    perform(change, "check", actor=district.bureau_leader, at=eve)
    perform(change, "apply", actor=district.system_admin, at=_noon(day))


def _log(number: int, day: date) -> None:
    """One activity in each village of each town of the county, of different sizes, on a day."""
    for town in _towns(day):
        station = _station_of(town)
        for village in Division.objects.filter(parent=town).existing(day):
            Activity.objects.create(
                title="场次", kind_id=1, station=station, division=town, county=town.parent, village=village,
                begins_on=day, ends_on=day, attendance=number + village.pk % 7, state="confirmed",
            )  # fmt: skip


def _station_of(town: Division) -> Station:
    return Station.objects.filter(division=town).first() or Station.objects.first()


def _sums(day: date, hierarchy: str, at: date, metric="activities.person_times") -> dict[str, object]:
    table = read(
        metric, by=["division:town"], where={"division": COUNTY}, hierarchy=hierarchy, at=_noon(at),
        **({"as_of": day} if metric.startswith("territory") else {"period": Period(None, day)}),
    )  # fmt: skip
    values = {row.keys["division_id"]: row.values[metric] for row in table.rows if row.values[metric]}
    return values | {"total": table.total.values[metric]}


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=changes())
def test_whatever_is_changed_there_is_one_tree_on_each_day_and_the_past_stays_as_it_was(district, changes):
    with transaction.atomic():
        _run(district, changes)
        transaction.set_rollback(True)


def _run(district, changes) -> None:
    for number, town in enumerate(_towns(TODAY)):
        for extra in range(number + 1):
            Division(
                code=f"{town.code}{210 + extra}", name_zh=f"{extra}村", level="village", type="village", parent=town
            ).save()
    _log(3, TODAY)
    before = {"activities.person_times": _sums(TODAY, "as_was", TODAY)}
    before["territory.residents"] = _sums(TODAY, "as_was", TODAY, "territory.residents")
    day = FIRST
    for number, (kind, pick, weights, chance) in enumerate(changes):
        made = _plan(kind, pick, weights, chance, day, number)
        if made:
            _apply(district, *made, day)
        day += timedelta(days=1)
    for metric, values in before.items():
        assert _sums(TODAY, "as_was", day, metric) == values
        mapped = _sums(TODAY, "current", day, metric)
        assert mapped["total"] == values["total"]
    days = [TODAY, *(FIRST + timedelta(days=number) for number in range(len(changes) + 1))]
    _check_tree(days)
    _check_shares()
    figures = {one.division_id: one.number for one in Residents.objects.filter(division__level="town")}
    for today in days:
        assert sum(figures[town.pk] for town in _towns(today)) == 80_000
    assert BoundaryChange.objects.filter(state="applied").count() == BoundaryChange.objects.count()


def _check_tree(days: list[date]) -> None:
    """On each day every village lies in one town that is there, codes are unique, and paths lead along parents."""
    for day in days:
        there = {one.pk: one for one in Division.objects.existing(day)}
        codes = Counter(one.code for one in there.values())
        assert set(codes.values()) == {1}, (day, codes.most_common(2))
        for one in there.values():
            if one.level in ("town", "village"):
                assert one.parent_id in there, (day, one.code, one.parent)
                assert one.path == f"{there[one.parent_id].path}{one.pk}/"
    names = [Counter(one.name_zh for one in Division.objects.filter(level="village").existing(day)) for day in days]
    assert all(count == names[0] for count in names)


def _check_shares() -> None:
    given: dict[int, Fraction] = {}
    for one in Succession.objects.all():
        given[one.predecessor_id] = given.get(one.predecessor_id, Fraction(0)) + Fraction(one.share)
    ended = set(Division.objects.filter(valid_to__isnull=False).values_list("pk", flat=True))
    assert given.keys() == ended
    assert set(given.values()) <= {Fraction(1)}


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=9).filter(sum))
def test_whole_parts_add_up_and_none_is_off_by_one_or_more(total, weights):
    parts = shared_out(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part - Fraction(total * weight, sum(weights))) < 1 for part, weight in zip(parts, weights, strict=True)
    )


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=9))
def test_shares_add_up_to_exactly_one(weights):
    assert sum(shares_of(weights)) == 1
