"""What a number means: its states, its periods, its days, and what is divided by what."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from activities.actions import register_team
from activities.models import Activity, Team
from culture_admin.interfaces.problems import Problem
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS
from culture_admin.territory.actions import record_residents
from stations.actions import add_facility, grade_station, register_legal_person
from stewards.actions import end_posting, post_steward
from tests.district import NOW

MAY = Period.parse("2026-05")
FLOWS = ["activities.held", "activities.sessions", "activities.class_hours", "activities.person_times"]


def total(*metrics, **asked) -> list:
    values = read(list(metrics), at=NOW, **asked).total.values
    return [values[metric] for metric in metrics]


def by_town(district, metric, **asked) -> dict:
    table = read(metric, by=["division:town"], at=NOW, **asked)
    return {row.keys["division"]: row.values[metric] for row in table.rows}


def test_sessions_are_counted_apart_and_person_times_together(district):
    district.log(attendance=120)
    district.log(attendance=80, kind=district.kind("EXHB"))
    district.log(attendance=20, kind=district.kind("TRNG"), class_seconds=4050)
    district.log(attendance=15, kind=district.kind("TRNG"), class_seconds=2025)
    assert total(*FLOWS) == [2, 2, Decimal("2.25"), 235]
    # 1.5 hours × 20 heads and 0.75 × 15; not 2.25 × 35.
    assert total("activities.person_hours") == [Decimal("41.25")]


def test_an_event_belongs_to_the_month_it_begins_in(district):
    district.log(begins_on=date(2026, 4, 30), ends_on=date(2026, 5, 2))
    table = read("activities.held", by=["month"], period=Period(date(2026, 4, 1), date(2026, 5, 31)), at=NOW)
    assert [(row.keys["month"], row.values["activities.held"]) for row in table.rows] == [
        ("2026-04", 1),
        ("2026-05", None),
    ]


def test_value_confirmed_zero_not_recorded_and_not_applicable_are_four_states(district):
    district.log(district.east, kind=district.kind("TRNG"), attendance=None, class_seconds=4050)
    district.log(district.west, attendance=0)
    district.elsewhere.unit.valid_from = date(2026, 6, 1)
    district.elsewhere.unit.save()
    table = read(FLOWS, by=["division:town"], period=MAY, where={"division": "990101"}, at=NOW)
    rows = {row.keys["division"]: list(row.values.values()) for row in table.rows}
    assert rows == {"990101101": [0, 1, Decimal("1.5"), None], "990101102": [1, 0, 0, 0]}
    elsewhere = read(FLOWS, period=MAY, where={"division": "990102"}, at=NOW)
    assert elsewhere.total.not_applicable == set(FLOWS)
    assert set(elsewhere.total.values.values()) == {None}


def test_a_filter_makes_a_zero_only_where_somebody_has_reported(district):
    district.log(district.east, kind=district.kind("EXHB"))
    assert by_town(district, "activities.held", where={"kind": "PERF"}, period=MAY) == {
        "990101101": 0,
        "990101102": None,
        "990102101": None,
    }


def test_every_total_says_how_many_stations_stand_behind_it(district):
    district.log(district.east)
    assert read("activities.held", period=MAY, at=NOW).units["activities.held"] == (1, 3)
    county = {"division": "990101"}
    assert read("activities.held", period=MAY, where=county, at=NOW).units["activities.held"] == (1, 2)
    assert read("activities.held", period=MAY, where=county | {"kind": "EXHB"}, at=NOW).units["activities.held"] == (
        1,
        2,
    )
    before = Period.parse("2019")
    assert read("activities.held", period=before, where=county, at=NOW).units["activities.held"] == (0, 0)


def test_what_is_not_confirmed_counts_only_when_all_is_asked(district):
    district.log(actor=district.steward_east)
    confirmed = district.log()
    assert total("activities.held") == [1]
    assert total("activities.held", status="all") == [2]
    Activity.objects.filter(pk=confirmed.pk).update(state="void")
    assert total("activities.held") == [None]
    assert total("activities.held", status="all") == [1]


def test_parts_of_months_are_exact_and_the_same_with_and_without_the_summary(district):
    for day in (3, 14, 15, 16, 31):
        for month in (3, 4, 5):
            begins_on = date(2026, month, min(day, 30 if month == 4 else 31))
            if begins_on <= NOW.date():
                district.log(begins_on=begins_on, attendance=day * month, posting=district.posting("east"))
    for start, end in [
        (date(2026, 3, 15), date(2026, 5, 14)),
        (date(2026, 3, 15), date(2026, 3, 31)),
        (None, date(2026, 4, 15)),
    ]:
        period = Period(start, end)
        rows = Activity.objects.filter(begins_on__lte=end, begins_on__gte=start or date.min)
        expected = sum(rows.values_list("attendance", flat=True))
        assert total("activities.person_times", period=period) == [expected]
        steward = district.posting("east").steward_id
        assert total("activities.person_times", period=period, where={"steward": steward}) == [expected]


@pytest.mark.parametrize("name", ["kind", "genre", "grade", "steward", "firm", "team", "led_by", "station"])
def test_told_apart_by_a_dimension_the_parts_make_the_whole(district, name):
    team = register_team(actor=district.station_head_east, at=NOW, station=district.east, name="越剧社")
    district.log(attendance=7, genre=district.genre("opera"), team=team)
    district.log(attendance=11, posting=district.posting("east"))
    district.log(district.west, attendance=13, kind=district.kind("TRNG"), class_seconds=2025)
    table = read("activities.person_times", by=[name], period=MAY, at=NOW)
    assert sum(row.values["activities.person_times"] or 0 for row in table.rows) == 31
    for row in table.rows:
        if row.keys[name] is not None:
            alone = read("activities.person_times", where={name: row.keys[name]}, period=MAY, at=NOW)
            assert alone.total.values == row.values


def test_a_dimension_is_answered_by_its_code_and_its_name(district):
    district.log(posting=district.posting("east"))
    with translation.override("zh-hans"):
        rows = read("activities.held", by=["kind", "led_by", "steward"], at=NOW).rows
    steward = district.posting("east").steward
    assert [row.keys for row in rows] == [
        {
            "kind": "PERF",
            "kind_name": "文艺演出",
            "led_by": "steward",
            "led_by_name": "文化管家",
            "steward": steward.pk,
            "steward_name": steward.name,
        }
    ]


def test_the_grade_of_an_activity_is_that_of_its_day(district):
    grade_station(
        actor=None, station=district.east, grade="special", valid_from=date(2026, 5, 10), document="〔2026〕2号"
    )
    district.log(begins_on=date(2026, 5, 9), attendance=1)
    district.log(begins_on=date(2026, 5, 10), attendance=2)
    table = read("activities.person_times", by=["grade"], period=MAY, at=NOW)
    assert {row.keys["grade"]: row.values["activities.person_times"] for row in table.rows} == {
        "first": 1,
        "special": 2,
    }


def test_a_village_is_told_apart_where_it_was_named(district):
    village = district.town("east").children.get()
    district.log(village=village, attendance=5)
    district.log(attendance=6)
    table = read("activities.person_times", by=["division:village"], where={"division": "990101101"}, at=NOW)
    numbers = {row.keys["division"]: row.values["activities.person_times"] for row in table.rows}
    assert numbers == {village.code: 5, None: 6}
    assert total("activities.person_times", where={"division": village.code}) == [5]


def test_a_stock_is_a_level_on_a_day_and_never_a_sum(district):
    district.log()
    for name, founded_on in (("越剧社", date(2026, 1, 10)), ("排舞队", date(2026, 3, 10))):
        register_team(
            actor=district.station_head_east,
            at=NOW,
            station=district.east,
            name=name,
            founded_on=founded_on,
            members=20,
        )
    months = read(["activities.teams"], by=["month"], period=Period(date(2025, 12, 1), date(2026, 4, 30)), at=NOW)
    assert [(row.keys["month"], row.values["activities.teams"]) for row in months.rows] == [
        ("2025-12", 0),
        ("2026-01", 1),
        ("2026-02", 1),
        ("2026-03", 2),
        ("2026-04", 2),
    ]
    assert months.total.values == {"activities.teams": 2}
    assert total("activities.teams", "activities.team_members", as_of=date(2026, 1, 10)) == [1, 20]
    assert total("activities.teams", as_of=date(2026, 1, 9)) == [0]
    assert total("activities.teams", period=Period(date(2020, 1, 1), date(2026, 3, 9))) == [1]
    mixed = read(["activities.held", "activities.teams"], period=MAY, as_of=date(2026, 2, 1), at=NOW)
    assert mixed.total.values == {"activities.held": 1, "activities.teams": 1}


def test_ends_are_not_in_the_time_they_end(district):
    assert total("stewards.posted", as_of=date(2025, 12, 31)) == [0]
    assert total("stewards.posted", as_of=date(2026, 1, 1)) == [2]
    end_posting(actor=None, posting=district.posting("east"), on=date(2026, 5, 1))
    assert total("stewards.posted", as_of=date(2026, 4, 30)) == [2]
    assert total("stewards.posted", as_of=date(2026, 5, 1)) == [1]


def test_a_steward_in_two_towns_and_a_team_void_or_gone_are_counted_right(district):
    steward = district.posting("east").steward
    end_posting(actor=None, posting=district.posting("east"), on=date(2026, 2, 1))
    for station in (district.east, district.west):
        post_steward(actor=None, steward=steward, station=station, valid_from=date(2026, 3, 1), full_time=False)
    on = {"as_of": date(2026, 4, 1)}
    assert by_town(district, "stewards.posted", **on) == {"990101101": 1, "990101102": 2, "990102101": 0}
    assert total("stewards.posted", **on) == [2]
    team = register_team(actor=district.station_head_east, at=NOW, station=district.east, name="越剧社")
    Team.objects.filter(pk=team.pk).update(state="void")
    assert total("activities.teams", as_of=date(2026, 5, 20)) == [0]


def test_a_station_whose_certificate_was_renewed_is_registered_once(district):
    register_legal_person(
        actor=None,
        station=district.east,
        uscc="12990101MB0A00017K",
        legal_representative="站长",
        sponsor="东镇人民政府",
        authority="试验县事业单位登记管理局",
        valid_from=date(2029, 3, 1),
    )
    assert total("stations.registered", as_of=date(2029, 2, 28)) == [3]
    assert total("stations.registered", as_of=date(2029, 3, 1)) == [1]
    assert total("stations.registered", as_of=date(2024, 2, 29)) == [0]
    grade_station(
        actor=None, station=district.west, grade="second", valid_from=date(2026, 1, 1), document="〔2026〕1号"
    )
    for day, grades in ((date(2025, 12, 31), {"first": 3}), (date(2026, 1, 1), {"first": 2, "second": 1})):
        table = read("stations.registered", by=["grade"], as_of=day, at=NOW)
        assert {row.keys["grade"]: row.values["stations.registered"] for row in table.rows} == grades


def test_floor_area_without_a_facility_is_not_recorded(district):
    add_facility(
        actor=None, station=district.east, name="主楼", use="活动", floor_area=2100, valid_from=date(2021, 1, 1)
    )
    assert by_town(district, "stations.floor_area", as_of=date(2022, 1, 1)) == {
        "990101101": 2100,
        "990101102": None,
        "990102101": None,
    }
    table = read("stations.floor_area", as_of=date(2022, 1, 1), at=NOW)
    assert (table.total.values, table.units["stations.floor_area"]) == ({"stations.floor_area": 2100}, (1, 3))


def test_a_divisions_own_residents_stand_instead_of_the_sum_of_its_towns(district):
    assert total("territory.residents", where={"division": "990101"}, as_of=date(2026, 5, 1)) == [80_000]
    record_residents(division=district.county, year=2026, number=83_000, source="普查")
    table = read("territory.residents", where={"division": "990101"}, as_of=date(2026, 5, 1), at=NOW)
    assert (table.total.values["territory.residents"], table.units["territory.residents"]) == (83_000, (1, 1))
    assert by_town(district, "territory.residents", where={"division": "990101"}) == {
        "990101101": 40_000,
        "990101102": 40_000,
    }
    assert total("territory.residents", as_of=date(2026, 5, 1)) == [123_000]


def test_residents_of_a_year_without_figure_are_the_last_known_and_before_the_first_none(district):
    assert total("territory.residents", as_of=date(2028, 1, 1)) == [120_000]
    assert total("territory.residents", as_of=date(2025, 12, 31)) == [None]


def test_a_ratio_divides_sums_and_is_rounded_once(district):
    record_residents(division=district.town("west"), year=2026, number=10_000, source="试验县统计局")
    district.log(district.east, attendance=1_000)
    district.log(district.west, attendance=2_000)
    asked = {"period": MAY, "where": {"division": "990101"}}
    code = "activities.person_times_per_resident"
    assert by_town(district, code, **asked) == {"990101101": Decimal("0.025"), "990101102": Decimal("0.2")}
    # 3,000 ÷ 50,000, and not the mean of the two above.
    assert total(code, **asked) == [Decimal("0.06")]
    assert total(code, period=Period.parse("2025")) == [None]


def test_a_question_that_makes_no_sense_is_refused_by_name(district):
    asked = {
        "unknown_metric": {"metrics": "activities.hold"},
        "metric_required": {"metrics": []},
        "dimension_missing": {"metrics": ["activities.held", "territory.residents"], "by": ["led_by"]},
        "one_level": {"metrics": "activities.held", "by": ["division:town", "division:county"]},
        "invalid_choice": {"metrics": "activities.held", "by": ["divisions"]},
        "range_reversed": {"metrics": "activities.held", "period": Period(date(2026, 2, 1), date(2026, 1, 1))},
        "date_range": {"metrics": "activities.held", "period": Period(date(1, 1, 1))},
        "outside_period": {"metrics": "activities.held", "period": MAY, "where": {"year": 2025}},
        "period_format": {"metrics": "activities.held", "where": {"quarter": "2025"}},
        "no_stock": {"metrics": "activities.held", "as_of": date(2026, 1, 1)},
        "one_day": {"metrics": "activities.teams", "as_of": date(2026, 1, 1), "by": ["year"]},
        "too_large": {
            "metrics": "activities.held",
            "by": ["month"],
            "period": Period(date(1970, 1, 1), date(2026, 1, 1)),
        },
        "period_required": {"metrics": "activities.teams", "by": ["year"]},
        "id_format": {"metrics": "activities.held", "where": {"steward": "first"}},
        "not_found": {"metrics": "activities.held", "where": {"division": "123456"}},
    }
    refused = {}
    for code, question in asked.items():
        with pytest.raises(Problem) as problem:
            read(**question)
        refused[code] = problem.value.code
    assert refused == {code: code for code in asked}


def test_every_metric_says_what_it_is():
    for code, metric in METRICS.items():
        assert metric.code == code
        assert metric.kind in ("flow", "stock", "ratio")
        assert all(str(text) for text in (metric.label, metric.unit, metric.definition)), code


@pytest.mark.parametrize("towns", [["east"], ["east", "west", "elsewhere"]])
def test_the_number_of_queries_does_not_grow_with_the_rows(district, django_assert_num_queries, towns):
    for town in towns:
        for day in range(1, 5):
            district.log(district.station(town), begins_on=date(2026, day, 1), attendance=day)
    # Three for places and stations, one for the sums, and one for the months answered for: some stations have no row.
    with django_assert_num_queries(5):
        read(FLOWS, by=["division:town", "month"], period=Period.parse("2026"), at=NOW)
