"""The real case: on 9 April 2021 five streets of Xiaoshan came to Qiantang, with new codes (DOMAIN.md §8.1)."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime

import pytest

from activities.models import Activity, Kind
from culture_admin.accounts.acting import acting
from culture_admin.boundaries.actions import apply_changes, draft_change, record_past_change
from culture_admin.demo.districts import DATA
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.territory.actions import load_divisions
from culture_admin.territory.models import Division, Succession
from stations.actions import open_station
from tests.boundaries.plans import share

DAY, NOON = date(2021, 4, 9), datetime(2021, 4, 9, 4, 0, tzinfo=UTC)
XIAOSHAN, QIANTANG, HANGZHOU = "330109", "330114", "330100"
PAST = Period(date(2020, 1, 1), date(2021, 4, 8))


def rows() -> list[dict[str, str]]:
    with (DATA / "divisions.csv").open(encoding="utf-8", newline="") as sheet:
        return [row for row in csv.DictReader(sheet) if not row["code"].startswith(("3302", "330282"))]


def tree() -> set[tuple]:
    """Every division with its parent's code and days, and what became of what."""
    divisions = Division.objects.filter(code__startswith="33")
    kin = Succession.objects.filter(predecessor__code__startswith="33")
    return {
        *divisions.values_list("code", "name_zh", "name_en", "type", "parent__code", "valid_from", "valid_to"),
        *kin.values_list("predecessor__code", "successor__code", "on", "share"),
    }


@pytest.fixture
def before(db) -> dict[str, Division]:
    """Xiaoshan as it was until that day, a station in each of its streets and towns, each with its own number of activities."""
    moved = {row["code"]: row["successor"] for row in rows() if row["successor"]}
    old = [row | {"valid_to": "", "successor": ""} for row in rows() if row["code"] not in moved.values()]
    entered = {code: division for (code, _since), division in load_divisions(old).items()}
    towns = [one for one in entered.values() if one.level == "town" and one.type != "zone"]
    for number, town in enumerate(towns, start=1):
        station = open_station(
            actor=None, division=town, name_zh=f"{town.name_zh}综合文化站", opened_on=date(2010, 1, 1)
        )
        Activity.objects.bulk_create(
            Activity(
                title="村晚", kind=Kind.objects.get(code="PERF"), station=station, division=town, county=town.parent,
                begins_on=date(2020, 6, 1), ends_on=date(2020, 6, 1), attendance=10 * number, state="confirmed",
            )
            for _times in range(number)
        )  # fmt: skip
    return entered


def counted(hierarchy: str, at: datetime = NOON) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for metric in ("activities.held", "activities.person_times"):
        table = read(
            metric, by=["division:county"], where={"division": HANGZHOU}, period=PAST, hierarchy=hierarchy, at=at
        )
        found[metric] = {row.keys["division"]: row.values[metric] for row in table.rows if row.values[metric]}
        found[metric]["total"] = table.total.values[metric]
    return found


def test_five_streets_go_to_qiantang_and_the_tree_is_the_published_one(before):
    moved = {row["code"]: row["successor"] for row in rows() if row["successor"]}
    assert len(moved) == 5
    was = counted("as_was")
    plan = {
        "units": [before[code].pk for code in moved],
        "outcomes": [
            {"shares": [share(before[code])], "code": new, "parent": before[QIANTANG].pk} for code, new in moved.items()
        ],
    }
    change = draft_change(
        actor=None, kind="move", effective_on=DAY, document="国函〔2021〕36号（演示）", at=NOON, **plan
    )
    with acting(None):
        apply_changes([change], None, NOON)
    by_hand = tree()
    assert counted("as_was") == was
    now = counted("current")
    gone = sum(Activity.objects.filter(division=before[code]).count() for code in moved)
    assert now["activities.held"] == {
        XIAOSHAN: was["activities.held"][XIAOSHAN] - gone,
        QIANTANG: gone,
        "total": was["activities.held"]["total"],
    }
    assert now["activities.person_times"]["total"] == was["activities.person_times"]["total"]
    assert by_hand == _published()


def _published() -> set[tuple]:
    """The tree as the published codes have it, loaded beside: codes alone tell it apart, so it is read from the sheet."""
    names = {row["code"]: row for row in rows()}

    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    divisions = {
        (
            row["code"], row["name_zh"], row["name_en"], row["type"], row["parent"] or None, day(row["valid_from"]),
            day(row["valid_to"]),
        )
        for row in names.values()
    }  # fmt: skip
    return divisions | {(row["code"], row["successor"], DAY, 1) for row in names.values() if row["successor"]}


def test_what_stands_in_the_tree_already_is_put_on_record_and_changes_nothing(db):
    load_divisions(rows())
    before = tree()
    successions = list(Succession.objects.filter(on=DAY).select_related("predecessor", "successor"))
    change = record_past_change(
        actor=None, kind="move", effective_on=DAY, document="国函〔2021〕36号（演示）", successions=successions, at=NOON
    )
    assert (change.state, change.place.code, len(change.plan["units"])) == ("applied", XIAOSHAN, 5)
    assert tree() == before
