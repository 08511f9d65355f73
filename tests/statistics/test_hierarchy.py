"""As it was, and mapped to today's divisions: five Xiaoshan streets went to Qiantang on a day in April 2021."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from activities.models import Activity, Kind
from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.demo.codes import INSTITUTION, credit_code
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.territory.actions import add_division, add_succession, add_unit, record_residents
from culture_admin.territory.models import Division, Unit
from stations.actions import open_station, register_legal_person

MOVED = date(2021, 4, 9)
AT = datetime(2022, 1, 5, 4, 0, tzinfo=UTC)
PROVINCE, HANGZHOU, XIAOSHAN, QIANTANG = "330000", "330100", "330109", "330114"
YIPENG, YIPENG_NOW, XINTANG = "330109007", "330114004", "330109004"
PERIOD = Period(date(2020, 1, 1), date(2021, 12, 31))


def division(code, parent=None, level="town", **validity) -> Division:
    kind = {"town": "subdistrict", "county": "county"}.get(level, level)
    return add_division(code=code, name_zh=f"区划{code}", level=level, type=kind, parent=parent, **validity)


@pytest.fixture
def lands(db) -> dict[str, Division]:
    """Xintang, which stayed; Yipeng, which went; and ten activities a year in each, of ten heads."""
    province = division(PROVINCE, level="province")
    city = division(HANGZHOU, province, "prefecture")
    xiaoshan = division(XIAOSHAN, city, "county")
    qiantang = division(QIANTANG, city, "county", valid_from=MOVED)
    lands = {
        XIAOSHAN: xiaoshan,
        QIANTANG: qiantang,
        XINTANG: division(XINTANG, xiaoshan),
        YIPENG: division(YIPENG, xiaoshan, valid_to=MOVED),
        YIPENG_NOW: division(YIPENG_NOW, qiantang, valid_from=MOVED),
    }
    add_succession(predecessor=lands[YIPENG], successor=lands[YIPENG_NOW], on=MOVED)
    stations = {
        code: open_station(actor=None, division=lands[code], name_zh=f"{code}文化站", opened_on=date(2010, 1, 1))
        for code in (XINTANG, YIPENG_NOW)
    }
    for day in (date(2020, 6, 1), date(2021, 2, 1), date(2021, 8, 1)):
        was = lands[YIPENG] if day < MOVED else lands[YIPENG_NOW]
        _hold(stations[XINTANG], lands[XINTANG], day)
        _hold(stations[YIPENG_NOW], was, day)
    for station in stations.values():
        register_legal_person(
            actor=None,
            station=station,
            uscc=credit_code(INSTITUTION, station.county.code, 1 if station.division.code == XINTANG else 2),
            legal_representative="站长",
            sponsor="街道办事处",
            authority="登记管理局",
            valid_from=date(2019, 1, 1),
        )
    return lands


def _hold(station, was: Division, day: date) -> None:
    Activity.objects.bulk_create(
        Activity(
            title="村晚",
            kind=Kind.objects.get(code="PERF"),
            station=station,
            division=was,
            county=was.parent,
            begins_on=day,
            ends_on=day,
            attendance=10,
            state="confirmed",
        )
        for _number in range(10)
    )


def numbers(metric, by, *, division=PROVINCE, **asked) -> dict:
    table = read(metric, by=by, where={"division": division}, at=AT, **asked)
    assert len(table.rows) == len({tuple(row.keys.values()) for row in table.rows})
    return {
        tuple(value for name, value in row.keys.items() if name in ("division", "year")): row.values[metric]
        for row in table.rows
    }


def test_as_it_was_rows_stay_where_they_happened(lands):
    assert numbers("activities.held", ["division:county", "year"], period=PERIOD) == {
        (XIAOSHAN, 2020): 20,
        (XIAOSHAN, 2021): 30,
        (QIANTANG, 2021): 10,
    }
    assert numbers("activities.held", ["division:town"], period=PERIOD, division=XIAOSHAN) == {
        (XINTANG,): 30,
        (YIPENG,): 20,
    }


def test_mapped_to_today_the_street_brings_its_history_along(lands):
    asked = {"period": PERIOD, "hierarchy": "current"}
    assert numbers("activities.held", ["division:county", "year"], **asked) == {
        (XIAOSHAN, 2020): 10,
        (XIAOSHAN, 2021): 20,
        (QIANTANG, 2020): 10,
        (QIANTANG, 2021): 20,
    }
    for code, held in ((XIAOSHAN, 30), (QIANTANG, 30)):
        table = read("activities.held", where={"division": code}, at=AT, **asked)
        assert (table.total.values["activities.held"], table.units["activities.held"]) == (held, (1, 1))


def test_the_whole_is_the_same_in_both(lands):
    for hierarchy in ("as_was", "current"):
        table = read("activities.person_times", where={"division": HANGZHOU}, hierarchy=hierarchy, period=PERIOD, at=AT)
        assert table.total.values == {"activities.person_times": 600}
        assert table.units["activities.person_times"] == (2, 2)


def test_who_was_expected_moves_with_the_street(lands):
    for code, year, expected in (
        (XIAOSHAN, "2020", 2),
        (XIAOSHAN, "2021", 2),
        (QIANTANG, "2021", 1),
        (QIANTANG, "2020", 0),
    ):
        table = read("activities.held", where={"division": code}, period=Period.parse(year), at=AT)
        assert table.units["activities.held"].expected == expected, (code, year)


def test_a_register_that_knows_only_the_present_division_is_led_back_to_the_day(lands):
    def registered(day, hierarchy):
        return numbers("stations.registered", ["division:county"], as_of=day, hierarchy=hierarchy)

    assert registered(date(2021, 4, 8), "as_was") == {(XIAOSHAN,): 2}
    assert registered(MOVED, "as_was") == {(XIAOSHAN,): 1, (QIANTANG,): 1}
    assert registered(date(2021, 4, 8), "current") == {(XIAOSHAN,): 1, (QIANTANG,): 1}


def test_sums_as_it_was_stay_with_the_county_they_arose_in(lands):
    people = {}
    for code in (XIAOSHAN, QIANTANG):
        bureau = add_unit(kind=Unit.Kind.BUREAU, division=lands[code], name_zh=f"{code}文旅局")
        people[code] = issue_account(actor=None, username=f"observer.{code}", name=code)
        grant_office(actor=None, user=people[code], role="observer", unit=bureau, valid_from=date(2020, 1, 1))
    asked = {"period": PERIOD, "at": AT}
    held = {
        (code, hierarchy): read("activities.held", user=people[code], hierarchy=hierarchy, **asked).total.values
        for code in people
        for hierarchy in ("as_was", "current")
    }
    assert held == {
        (XIAOSHAN, "as_was"): {"activities.held": 50},
        (XIAOSHAN, "current"): {"activities.held": 30},
        (QIANTANG, "as_was"): {"activities.held": 10},
        (QIANTANG, "current"): {"activities.held": 30},
    }


def test_rows_follow_the_stations_present_authority(lands):
    bureau = add_unit(kind=Unit.Kind.BUREAU, division=lands[XIAOSHAN], name_zh="区文旅局")
    reader = issue_account(actor=None, username="observer.again", name="观察员")
    grant_office(actor=None, user=reader, role="observer", unit=bureau, valid_from=date(2020, 1, 1))
    assert Activity.objects.visible_to(reader).count() == 30


def test_a_town_that_was_divided_is_shared_out_and_rounded_once(lands):
    halves = [division(code, lands[XIAOSHAN], valid_from=date(2022, 1, 1)) for code in ("330109021", "330109022")]
    for half, share in zip(halves, ("0.6125", "0.3875"), strict=True):
        add_succession(predecessor=lands[XINTANG], successor=half, on=date(2022, 1, 1), share=Decimal(share))
    asked = {"period": Period.parse("2020"), "hierarchy": "current"}
    assert numbers("activities.held", ["division:town"], division=XIAOSHAN, **asked) == {
        ("330109021",): Decimal("6.13"),
        ("330109022",): Decimal("3.88"),
    }
    # 6.125 and 3.875 before rounding.
    asked["where"] = {"division": XIAOSHAN}
    assert read("activities.held", at=AT, **asked).total.values == {"activities.held": 10}
    future = read("activities.held", by=["division:town"], at=datetime(2021, 12, 1, tzinfo=UTC), **asked)
    assert [row.keys["division"] for row in future.rows] == [XINTANG]


def test_a_code_names_the_division_that_bore_it_in_the_period(lands):
    again = division(YIPENG, lands[XIAOSHAN], valid_from=date(2021, 12, 1))
    by_town = ["division:town"]
    before = read("activities.held", by=by_town, where={"division": YIPENG}, period=Period.parse("2020"), at=AT)
    after = read("activities.held", by=by_town, where={"division": YIPENG}, period=Period.parse("2021-12"), at=AT)
    assert [(row.keys["division_id"], row.values["activities.held"]) for row in before.rows] == [(lands[YIPENG].pk, 10)]
    assert after.rows == []
    assert again.code == YIPENG


def test_residents_of_old_boundaries_are_the_sum_of_the_parts_that_are_there_today(lands):
    for land, number in ((lands[XIAOSHAN], 900), (lands[XINTANG], 500), (lands[YIPENG], 300)):
        record_residents(division=land, year=2020, number=number, source="普查")
    record_residents(division=lands[YIPENG_NOW], year=2021, number=310, source="普查")
    day = {"as_of": date(2020, 12, 31), "at": AT}
    assert read("territory.residents", where={"division": XIAOSHAN}, **day).total.values == {"territory.residents": 900}
    mapped = [
        read("territory.residents", where={"division": code}, hierarchy="current", **day).total.values
        for code in (XIAOSHAN, QIANTANG)
    ]
    assert mapped == [{"territory.residents": 500}, {"territory.residents": 300}]
    today = read("territory.residents", where={"division": QIANTANG}, hierarchy="current", at=AT)
    assert today.total.values == {"territory.residents": 310}
