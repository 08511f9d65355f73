"""Renamed, recoded, moved, merged, split: what each kind writes, and what it leaves as it was."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import override

from activities.actions import log_activity
from activities.models import Activity
from culture_admin.accounts.models import Membership
from culture_admin.statistics.exports import as_csv, as_json, as_xlsx
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.territory.actions import add_division, record_residents
from culture_admin.territory.models import Division, Residents, Seat, Succession, Unit
from culture_admin.workflow.models import Deadline
from stations.actions import add_facility
from stations.models import Facility, Station
from stewards.models import Posting
from tests.boundaries.plans import NEXT_NOON, TOMORROW, applied, drawn, merging, renaming, share, splitting
from tests.district import NOW, TODAY


def heirs(division: Division) -> dict[str, Decimal]:
    return {one.successor.code: one.share for one in division.successions.select_related("successor")}


def held(code: str, hierarchy: str) -> dict[str, object]:
    """Activities by town up to today, as it was or mapped to tomorrow's."""
    table = read(
        "activities.held",
        by=["division:town"],
        where={"division": code},
        period=Period(None, TODAY),
        hierarchy=hierarchy,
        at=NEXT_NOON,
    )
    return {row.keys["division"]: row.values["activities.held"] for row in table.rows if row.values["activities.held"]}


def test_a_renamed_town_takes_everything_along_under_its_new_name(district):
    east = district.town("east")
    activity = district.log()
    applied(district, "rename", renaming(east, "新镇", name_en="New Town"))
    east.refresh_from_db()
    now = Division.objects.get(code=east.code, valid_to=None)
    assert (east.valid_to, now.valid_from, now.name_zh, heirs(east)) == (TOMORROW, TOMORROW, "新镇", {now.code: 1})
    village = Division.objects.get(code=f"{east.code}201", valid_to=None)
    assert (village.parent, village.name_zh) == (now, "东村")
    station = Station.objects.get(pk=district.east.pk)
    assert (station.division, station.unit.name_zh, station.unit.name_en) == (
        now,
        "新镇综合文化站",
        "New Town Cultural Station",
    )
    assert Unit.objects.get(kind="town", division=now).name_zh == "新镇人民政府"
    activity.refresh_from_db()
    assert activity.division == east
    assert Activity.objects.visible_to(district.station_head_east).filter(pk=activity.pk).exists()
    assert held("990101", "as_was") == {"990101101": 1}
    assert Deadline.objects.get(code="stations.boundary_registration").unit == station.unit


def test_a_recoded_town_keeps_its_name_and_its_villages_get_codes_below_the_new_one(district):
    east = district.town("east")
    applied(
        district,
        "recode",
        renaming(east, "", code="990101111") | {"outcomes": [{"shares": [share(east)], "code": "990101111"}]},
    )
    now = Division.objects.get(code="990101111")
    assert (now.name_zh, now.parent, heirs(east)) == ("东镇", district.county, {"990101111": 1})
    assert list(Division.objects.filter(parent=now).values_list("code", "name_zh")) == [("990101111201", "东村")]


def test_a_moved_town_lies_in_the_other_county_with_its_people_and_its_past_does_not(district):
    east, other = district.town("east"), Division.objects.get(code="990102")
    district.log()
    bureau = Unit.objects.get(kind="bureau", division=other)
    for person in (district.bureau_admin, district.bureau_leader, district.system_admin):
        role = person.memberships.get().role
        Membership.objects.create(user=person, role=role, unit=bureau, valid_from=TODAY)
    plan = {"units": [east.pk], "outcomes": [{"shares": [share(east)], "code": "990102111", "parent": other.pk}]}
    applied(district, "move", plan)
    station = Station.objects.select_related("division", "county").get(pk=district.east.pk)
    assert (station.division.code, station.county) == ("990102111", other)
    assert Posting.objects.get(station=station).county == other
    assert held("990100", "as_was") == {"990101101": 1}
    assert held("990100", "current") == {"990102111": 1}
    assert Station.objects.visible_to(district.bureau_admin_elsewhere).filter(pk=station.pk).exists()
    assert not Station.objects.visible_to(district.service).filter(pk=station.pk).exists()
    assert Station.objects.visible_to(district.station_head_east).filter(pk=station.pk).exists()


def test_merged_towns_keep_their_pasts_apart_and_share_their_present(district):
    east, west = district.town("east"), district.town("west")
    for station, times in ((district.east, 3), (district.west, 2)):
        for number in range(times):
            district.log(station, title=f"第{number}场")
    room = add_facility(
        actor=None,
        station=district.west,
        name="大厅",
        use="演出",
        floor_area=300,
        valid_from=TODAY,
        opening_hours="1-7 09:00-21:00",
    )
    fates = [
        {"station": district.east.pk, "fate": "moves", "outcome": 0},
        {"station": district.west.pk, "fate": "merges", "into": district.east.pk},
    ]
    change = applied(district, "merge", merging(east, west, stations=fates))
    now = Division.objects.get(code="990101103")
    assert (heirs(east), heirs(west)) == ({now.code: 1}, {now.code: 1})
    assert held("990101", "as_was") == {"990101101": 3, "990101102": 2}
    assert held("990101", "current") == {"990101103": 5}
    closed = Unit.objects.get(pk=district.west.pk)
    assert (closed.valid_to, closed.division) == (TOMORROW, now)
    assert set(Seat.objects.filter(valid_to=TOMORROW, unit__kind="station").values_list("unit", "division")) == {
        (district.east.pk, east.pk),
        (district.west.pk, west.pk),
    }
    assert Facility.objects.get(pk=room.pk).valid_to == TOMORROW
    carried = Facility.objects.get(station=district.east.pk, name="大厅")
    assert (carried.floor_area, carried.valid_from, carried.opening_hours) == (300, TOMORROW, "1-7 09:00-21:00")
    posting = Posting.objects.filter(steward=district.steward_west.steward).order_by("valid_from")
    assert [(one.station_id, one.valid_to) for one in posting] == [
        (district.west.pk, TOMORROW),
        (district.east.pk, None),
    ]
    offices = Membership.objects.filter(unit=district.west.pk, role="station_head").order_by("valid_from")
    assert [(one.user.username, one.valid_to is None) for one in offices] == [
        ("station_head_west", False),
        ("station_head_east", False),
    ]
    assert offices[0].valid_to == offices[1].valid_from == TOMORROW
    assert Residents.objects.get(division=now).number == 80_000
    assert Unit.objects.get(kind="town", division=now, valid_to=None).name_zh == "合镇人民政府"
    assert {note["code"] for note in change.outcome["notes"]} == {"renumbered", "winding_up"}


@pytest.mark.parametrize("day", ["2026-05-20", "2026-05-21"])
def test_what_lay_in_a_town_on_a_day_is_counted_there_in_a_merger_too(district, day):
    """The register of legal persons knows only where a station lies now; its seat says where it lay."""
    from datetime import date

    east, west = district.town("east"), district.town("west")
    fates = [{"station": one.pk, "fate": "moves", "outcome": 0} for one in (district.east, district.west)]
    applied(district, "merge", merging(east, west, stations=fates))
    table = read(
        "stations.registered",
        by=["division:town"],
        where={"division": "990101"},
        as_of=date.fromisoformat(day),
        at=NEXT_NOON,
    )
    counted = {row.keys["division"]: row.values["stations.registered"] for row in table.rows}
    expected = {"990101101": 1, "990101102": 1} if day == "2026-05-20" else {"990101103": 2}
    assert {code: number for code, number in counted.items() if number} == expected


def test_a_split_shares_out_in_whole_numbers_that_add_up(district):
    east = district.town("east")
    add_division(code=f"{east.code}202", name_zh="南村", level="village", type="village", parent=east)
    north, south = Division.objects.filter(parent=east).order_by("code")
    record_residents(division=east, year=2026, number=40_001, source="试验县统计局")
    for number in range(7):
        district.log(title=f"第{number}场", village=south)
    plan = splitting(
        east,
        ("990101111", "北镇", "0.6125"),
        ("990101112", "南镇", "0.3875"),
        children=[{"division": north.pk, "outcome": 0}, {"division": south.pk, "outcome": 1}],
        stations=[{"station": district.east.pk, "fate": "moves", "outcome": 1}],
    )
    change = applied(district, "split", plan)
    assert heirs(east) == {"990101111": Decimal("0.6125"), "990101112": Decimal("0.3875")}
    assert heirs(north) == {"990101111201": 1}
    assert heirs(south) == {"990101112202": 1}
    residents = dict(
        Residents.objects.filter(division__code__startswith="99010111").values_list("division__code", "number")
    )
    assert residents == {"990101111": 24_501, "990101112": 15_500}
    assert sum(residents.values()) == 40_001
    assert all("估算" in one.source for one in Residents.objects.filter(division__code__in=residents))
    assert Station.objects.get(pk=district.east.pk).division.code == "990101112"
    assert held("990101", "as_was") == {"990101101": 7}
    figure = next(one for one in change.outcome["figures"] if one["metric"] == "activities.held")
    assert [one["value"] for one in figure["current"]] == [4, 3]
    assert (figure["total"], figure["total_current"], figure["estimated"]) == (7, 7, True)
    assert {note["code"] for note in change.outcome["notes"]} == {"estimates", "no_government", "no_station"}
    later = log_activity(
        actor=district.station_head_east,
        at=NEXT_NOON,
        station=Station.objects.select_related("division", "unit").get(pk=district.east.pk),
        title="分设后",
        kind=district.kind("PERF"),
        begins_on=TOMORROW,
        attendance=9,
    )
    assert later.division.code == "990101112"
    assert held("990101", "as_was") == {"990101101": 7}


def test_a_station_that_ends_takes_its_plans_with_it(district, monkeypatch):
    east, west = district.town("east"), district.town("west")
    fates = [
        {"station": district.east.pk, "fate": "moves", "outcome": 0},
        {"station": district.west.pk, "fate": "ends"},
    ]
    applied(district, "merge", merging(east, west, stations=fates))
    assert Posting.objects.get(steward=district.steward_west.steward).valid_to == TOMORROW
    assert not Membership.objects.filter(unit=district.west.pk, valid_to=None).exists()
    assert Deadline.objects.get(code="stations.boundary_cancellation").unit_id == district.west.pk
    assert Succession.objects.filter(on=TOMORROW).count() == 4


def test_a_dry_run_shows_what_it_would_do_and_leaves_no_trace(district):
    from culture_admin.boundaries.actions import try_change

    before = {model: model.objects.count() for model in (Division, Succession, Seat, Residents, Deadline, Facility)}
    change = try_change(
        actor=district.bureau_admin, boundarychange=drawn(district, "rename", renaming(district.town("east"))), at=NOW
    )
    report = change.dry_run
    assert [row["name"] for row in report["created"]] == ["新镇", "东村"]
    assert [row["name"] for row in report["ended"]] == ["东镇", "东村"]
    touched = {code: [tuple(row[1:]) for row in section["rows"]] for code, section in report["sections"].items()}
    assert touched["stations"] == [("东镇综合文化站", "moves")]
    assert touched["postings"] == [("陈琴 · 东镇综合文化站", "moves")]
    assert {effect for _name, effect in touched["offices"]} == {"moves"}
    assert {model: model.objects.count() for model in before} == before
    assert not Division.objects.filter(valid_to=TOMORROW).exists()


def test_a_share_of_a_split_town_is_called_an_estimate_and_a_whole_is_not(district):
    district.log()
    fates = [{"station": district.east.pk, "fate": "moves", "outcome": 0}]
    village = Division.objects.get(code="990101101201")
    parts = (("990101103", "甲镇", "0.6"), ("990101104", "乙镇", "0.4"))
    children = [{"division": village.pk, "outcome": 0}]
    applied(district, "split", splitting(district.town("east"), *parts, children=children, stations=fates))

    def estimated(by: str, hierarchy: str, within: str = "990101") -> set[str]:
        asked = {"by": [by], "where": {"division": within}, "period": Period(None, TODAY), "at": NEXT_NOON}
        return set(read(["activities.held", "activities.visits"], hierarchy=hierarchy, **asked).estimated)

    assert estimated("division:town", "current") == {"activities.held"}
    assert estimated("year", "current", "990101103") == {"activities.held"}
    assert estimated("division:county", "current") == set(), "both parts lie in it"
    assert estimated("division:town", "as_was") == set()


def test_csv_and_xlsx_say_which_numbers_are_estimates_and_give_those_of_the_json(district):
    district.log()
    fates = [{"station": district.east.pk, "fate": "moves", "outcome": 0}]
    village = Division.objects.get(code="990101101201")
    parts = (("990101103", "甲镇", "0.6"), ("990101104", "乙镇", "0.4"))
    children = [{"division": village.pk, "outcome": 0}]
    applied(district, "split", splitting(district.town("east"), *parts, children=children, stations=fates))
    asked = {"by": ["division:town"], "where": {"division": "990101"}, "period": Period(None, TODAY), "at": NEXT_NOON}
    table = read(["activities.held", "activities.visits"], hierarchy="current", **asked)
    with override("zh-hans"):
        answer, text, book = as_json(table), as_csv(table).decode(), as_xlsx(table)
    assert answer["meta"]["estimated"] == {"activities.held": True}
    numbers, about = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    header, *cells = numbers.iter_rows(values_only=True)
    assert header[-2:] == ("activities.held（估算）", "activities.visits")
    (heading, *lines) = csv.reader(io.StringIO(text))
    assert tuple(heading) == header
    expected = [[row["activities.held"], row["activities.visits"]] for row in answer["rows"]]
    assert [list(row[-2:]) for row in cells] == expected
    assert [row[-2:] for row in lines] == [["" if one is None else str(one) for one in row] for row in expected]
    said = {row[0]: row[6] for row in about.iter_rows(values_only=True)}
    assert (said["代码"], said["activities.held"], said["activities.visits"]) == ("估算", "是", "否")
    with override("en"):
        assert "activities.held (estimate)" in as_csv(table).decode().splitlines()[0]
