"""Behind a number stand rows: those that count add up to it to the last digit, the others say why they do not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from activities.actions import register_team
from activities.models import Activity, Team
from culture_admin.interfaces.problems import Problem
from culture_admin.statistics import behind
from culture_admin.statistics.behind import Behind, Counted, alike, amounts_of, of_record, rows_behind
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS, Amount, Together
from culture_admin.territory.actions import record_residents
from culture_admin.workflow.actions import perform
from stations.actions import record_off_post
from tests.district import NOW, TODAY
from tests.furnishing import furnished
from tests.stations.staff import staffed

AMOUNTS = sorted(code for code, metric in METRICS.items() if isinstance(metric, Amount))
MANY = sorted(code for code, metric in METRICS.items() if isinstance(metric, Together))
YEAR = Period.parse("2026")


@pytest.fixture
def full(district):
    for town in ("east", "west", "elsewhere"):
        list(furnished(district, town, town))
    return district


def added_up(found: Behind) -> object:
    return sum(one.amount for one in found.counted)


def reasons(found: Behind) -> dict[str, tuple[str, str]]:
    return {str(one.row): (one.code, one.reason) for one in found.uncounted}


def refusal_of(ask) -> str:
    try:
        ask()
    except Problem as refused:
        return refused.code
    return ""


def test_the_rows_behind_every_metric_add_up_to_it_for_every_office_and_place(full):
    offices = [None, full.bureau_admin, full.station_head_east, full.firm_manager, full.bureau_admin_elsewhere]
    for code, user, place in product(AMOUNTS, offices, ({}, {"division": "990101"}, {"division": "990101102"})):
        asked = {"user": user, "period": YEAR, "at": NOW}
        ask = partial(read, code, where=place, exact=True, **asked)
        ask_rows = partial(rows_behind, code, **asked, **place)
        assert refusal_of(ask) == refusal_of(ask_rows)
        if refusal_of(ask):
            continue
        number, found = ask().total.values[code] or 0, ask_rows()
        assert (added_up(found), found.total, found.more) == (number, number, False), (code, user, place)
        assert (found.number, found.number_uncounted) == (len(found.counted), len(found.uncounted))
        assert all(one.code and one.reason for one in found.uncounted)
        assert not {one.row.pk for one in found.counted} & {one.row.pk for one in found.uncounted}
        if user is None:
            for one in [*found.counted, *found.uncounted][:3]:
                assert of_record(code, one.row, period=YEAR, at=NOW, **place) == one, (code, place)


def test_what_is_added_up_of_several_amounts_is_said_in_its_own_unit(full):
    for code in MANY:
        number = read(code, period=YEAR, exact=True, at=NOW).total.values[code]
        parts = [rows_behind(part, period=YEAR, at=NOW, part_of=code) for part in amounts_of(code)]
        assert sum(added_up(part) for part in parts) == (number or 0)


def test_a_ratio_has_two_amounts_and_no_rows_of_its_own(district):
    assert amounts_of("activities.village_coverage") == ("activities.villages_reached", "territory.villages")
    with pytest.raises(Problem) as refused:
        rows_behind("activities.village_coverage", period=YEAR, at=NOW)
    assert refused.value.faults[0].code == "several_amounts"


def test_thirds_are_shared_out_among_the_rows_so_that_nothing_is_lost(district):
    for _number in range(7):
        district.log(kind=district.kind("TRNG"), attendance=1, class_seconds=3600)
    found = rows_behind("activities.class_hours", period=YEAR, at=NOW)
    assert [one.amount for one in found.counted[:3]] == [
        Decimal("1.333333333333"),
        Decimal("1.333333333334"),
        Decimal("1.333333333333"),
    ]
    assert (
        added_up(found)
        == read("activities.class_hours", period=YEAR, exact=True, at=NOW).total.values["activities.class_hours"]
    )


def test_a_value_that_several_rows_have_counts_with_the_first(district):
    for _number in range(2):
        district.log(posting=district.posting("east"))
    found = rows_behind("stewards.posted", as_of=TODAY, division=district.county, at=NOW)
    assert [one.amount for one in found.counted] == [1, 1]
    assert found.total == 2


def test_what_does_not_count_says_its_state_and_who_decided(district):
    counted = district.log(title="算")
    waiting = district.log(title="待", actor=district.steward_east)
    returned = district.log(title="退", actor=district.steward_east)
    perform(returned, "return", actor=district.station_head_east, comment="人数有误", at=NOW)
    district.log(title="废", begins_on=date(2026, 4, 6))
    Activity.objects.filter(title="废").update(state="void")
    district.log(title="训", kind=district.kind("TRNG"), class_seconds=3600)
    with translation.override("en"):
        found = rows_behind("activities.held", period=Period.parse("2026-05"), division="990101", at=NOW)
    assert [one.row for one in found.counted] == [counted]
    assert {one.row for one in found.uncounted} == {waiting, returned}
    assert reasons(found) == {
        "待": ("logged", "State: Waiting for the station, by steward_east on 2026-05-20."),
        "退": ("returned", "State: Returned, by station_head_east on 2026-05-20: 人数有误"),
    }
    assert (
        found.address
        == "/api/v1/activities/?division=990101&from=2026-05-01&to=2026-05-31&state=confirmed&session=false"
    )


def test_what_is_not_recorded_is_told_as_such(district):
    district.log(title="无", attendance=None)
    district.log(title="零", attendance=0)
    with translation.override("en"):
        found = rows_behind("activities.person_times", period=YEAR, at=NOW)
    assert [(str(one.row), one.amount) for one in found.counted] == [("零", 0)]
    assert reasons(found) == {
        "无": ("not_recorded", "It counts, but nothing is recorded under “Attendance on the spot”.")
    }


def test_filters_and_stations_narrow_both_kinds(district):
    district.log(kind=district.kind("EXHB"))
    district.log(district.west)
    district.log(district.west, title="甲", kind=district.kind("EXHB"))
    found = rows_behind("activities.held", period=YEAR, where={"kind": "EXHB,PERF"}, station=district.west.pk, at=NOW)
    assert found.number == 2
    found = rows_behind("activities.held", period=YEAR, where={"kind": "EXHB"}, station=district.west.pk, at=NOW)
    assert [str(one.row) for one in found.counted] == ["甲"]


def test_teams_that_left_the_register_and_teams_that_do_little_are_told_apart(district):
    head = district.station_head_east
    kept, left = (register_team(actor=head, at=NOW, station=district.east, name=name) for name in ("留", "撤"))
    Team.objects.filter(pk__in=[kept.pk, left.pk]).update(registered_on=date(2026, 1, 1), state="registered")
    Team.objects.filter(pk=left.pk).update(deregistered_on=date(2026, 3, 1), state="deregistered")
    with translation.override("en"):
        now = rows_behind("activities.teams", as_of=TODAY, at=NOW)
        before = rows_behind("activities.teams", as_of=date(2025, 12, 31), at=NOW)
        active = rows_behind("activities.active_teams", as_of=TODAY, at=NOW)
    assert [one.row for one in now.counted] == [kept]
    assert reasons(now)["撤"][0] == "deregistered"
    assert {code for code, _text in reasons(before).values()} == {"not_yet"}
    assert reasons(active)["留"] == ("few", "0 confirmed activities in the year that ends with the day, 12 are asked.")


def test_a_figure_of_the_county_stands_instead_of_those_of_its_towns(district):
    record_residents(division=district.county, year=2026, number=90000, source="公报")
    found = rows_behind("territory.residents", as_of=TODAY, division=district.county, at=NOW)
    assert [one.amount for one in found.counted] == [90000]
    assert {one.code for one in found.uncounted} == {"covered"}


def test_more_rows_than_are_shown_are_counted_and_added_up_all_the_same(district, monkeypatch):
    monkeypatch.setattr(behind, "MOST", 3)
    for number in range(5):
        district.log(attendance=10 + number)
        district.log(attendance=None, actor=district.steward_east)
    found = rows_behind("activities.person_times", period=YEAR, at=NOW)
    assert (len(found.counted), found.number, found.total, found.more) == (3, 5, 60, True)
    assert (len(found.uncounted), found.number_uncounted) == (3, 5)
    assert rows_behind("stewards.posted", as_of=TODAY, at=NOW).total == 2


def test_it_asks_as_often_for_many_rows_as_for_few(district):
    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            found = rows_behind("activities.held", user=district.bureau_admin, period=YEAR, at=NOW)
            [str(one.row) for one in [*found.counted, *found.uncounted]]
        return len(captured)

    district.log(actor=district.steward_east)
    district.log()
    questions()
    few = questions()
    for number in range(20):
        district.log(begins_on=TODAY - timedelta(days=number), late_reason="补", actor=district.steward_east)
        district.log(begins_on=TODAY - timedelta(days=number), late_reason="补")
    assert questions() == few
    assert few <= 12


def test_an_officer_off_post_is_looked_at_and_not_counted_and_the_ledger_says_why(district):
    staff = staffed(district)
    record_off_post(
        actor=district.town_officer_east, at=NOW, officer=staff.officer, station=staff.station, reason="seconded",
        valid_from=date(2026, 5, 4),
    )  # fmt: skip
    with translation.override("en"):
        found = rows_behind("stations.officers_on_post", as_of=TODAY, division="990101", at=NOW)
        earlier = rows_behind("stations.officers_on_post", as_of=date(2021, 1, 1), division="990101", at=NOW)
    assert [one.row for one in found.counted] == [staff.posting(staff.head)]
    assert {one.row: one.code for one in found.uncounted} == {staff.posting(staff.officer): "off_post"}
    assert found.uncounted[0].reason.startswith("Off post since 2026-05-04: ")
    assert {one.reason for one in earlier.uncounted} == {"It begins on 2022-03-01."}


def test_one_record_is_counted_or_not_or_was_never_looked_at_there(district):
    counted, silent = district.log(attendance=7), district.log(attendance=None)
    waiting = district.log(actor=district.steward_east)
    asked = {"period": YEAR, "division": "990101", "at": NOW}
    assert of_record("activities.person_times", counted, **asked) == Counted(counted, 7)
    assert of_record("activities.person_times", silent, **asked).code == "not_recorded"
    assert of_record("activities.held", waiting, **asked).code == "logged"
    assert of_record("activities.sessions", counted, **asked) is None
    assert of_record("activities.held", counted, **asked | {"division": "990102"}) is None
    assert of_record("activities.held", counted, **asked | {"period": Period.parse("2025")}) is None
    assert of_record("activities.teams", counted, as_of=TODAY, at=NOW) is None


def test_what_does_not_count_for_the_same_reason_is_counted_town_by_town(district):
    for town, number in (("east", 2), ("west", 1)):
        for _number in range(number):
            district.log(district.station(town), actor=getattr(district, f"steward_{town}"))
    district.log(district.west, attendance=None)
    east, west = (district.town(name).pk for name in ("east", "west"))
    asked = {"period": YEAR, "division": district.county, "at": NOW}
    assert alike("activities.held", "logged", **asked) == {east: 2, west: 1}
    assert alike("activities.person_times", "not_recorded", **asked) == {west: 1}
    assert alike("activities.held", "ahead", **asked) == alike("activities.held", "void", **asked) == {}
    assert alike("activities.teams", "deregistered", **asked) == {}
