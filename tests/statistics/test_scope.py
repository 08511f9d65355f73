"""Nobody reads a number of rows he may not see."""

import pytest

from culture_admin.accounts.roles import Role
from culture_admin.interfaces.problems import Problem
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from tests.district import NOW

HELD = "activities.held"
MAY = Period.parse("2026-05")
COUNTY, EAST, WEST, ELSEWHERE = "990101", "990101101", "990101102", "990102101"


@pytest.fixture
def logged(district):
    """Three in the east (one of them the firm's), one in the west, and one in the other county."""
    district.log()
    district.log()
    district.log(posting=district.posting("east"))
    district.log(district.west)
    district.log(district.elsewhere)
    return district


def held(user, **asked):
    return read(HELD, user=user, period=MAY, at=NOW, **asked).total.values[HELD]


@pytest.mark.parametrize(
    ("username", "number"),
    [
        ("observer", 4),
        ("bureau_admin", 4),
        ("bureau_admin_elsewhere", 1),
        ("assessor", 4),
        ("backbone", 4),
        ("town_officer_east", 3),
        ("station_head_east", 3),
        ("station_officer_west", 1),
        ("station_head_elsewhere", 1),
        ("firm_manager", 1),
        ("steward_east", 1),
        ("steward_west", None),
    ],
)
def test_each_office_reads_the_numbers_of_its_territory(logged, username, number):
    assert held(getattr(logged, username)) == number
    for name in ("genre", "steward", "kind"):
        table = read(HELD, by=[name], user=getattr(logged, username), period=MAY, at=NOW)
        assert sum(row.values[HELD] for row in table.rows) == (number or 0)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_offices_without_the_power_read_none(logged, role):
    with pytest.raises(Problem) as refused:
        held(getattr(logged, role))
    assert (refused.value.status, refused.value.code) == (403, "not_your_power")


@pytest.mark.parametrize(
    ("username", "division"),
    [
        ("station_head_east", WEST),
        ("station_head_east", COUNTY),
        ("town_officer_east", WEST),
        ("bureau_admin", ELSEWHERE),
        ("bureau_admin", "990102"),
        ("bureau_admin", "990000"),
        ("firm_manager", ELSEWHERE),
    ],
)
def test_a_division_outside_the_territory_is_like_a_missing_one(logged, username, division):
    with pytest.raises(Problem) as foreign:
        held(getattr(logged, username), where={"division": division})
    with pytest.raises(Problem) as missing:
        held(getattr(logged, username), where={"division": "123456789"})
    assert foreign.value.status == 404
    assert foreign.value.body("") == missing.value.body("")


def test_a_foreign_station_or_steward_in_a_filter_finds_nothing(logged):
    head = logged.station_head_east
    assert held(head, where={"station": logged.west.pk}) is None
    assert held(head, where={"station": logged.elsewhere.pk}) is None
    assert held(head, where={"station": 10**12}) is None
    assert held(logged.steward_west, where={"steward": logged.posting("east").steward_id}) is None


def test_a_firm_is_told_what_its_contracts_produced_and_not_who_was_expected(logged):
    table = read(HELD, by=["division:town"], user=logged.firm_manager, period=MAY, at=NOW)
    assert [(row.keys["division"], row.values[HELD]) for row in table.rows] == [(EAST, 1)]
    assert table.units[HELD] == (1, None)


def test_units_are_those_of_the_territory(logged):
    assert read(HELD, user=logged.observer, period=MAY, at=NOW).units[HELD] == (2, 2)
    assert read(HELD, user=logged.station_head_west, period=MAY, at=NOW).units[HELD] == (1, 1)


def test_a_metric_whose_rows_no_office_sees_is_refused_by_name(logged):
    with pytest.raises(Problem) as refused:
        read([HELD, "stations.registered"], user=logged.firm_manager)
    assert refused.value.status == 403
    assert "stations.registered" in str(refused.value.detail)


def test_residents_are_published_figures(logged):
    residents = "territory.residents"
    assert read(residents, user=logged.station_head_east, at=NOW).total.values == {residents: 40_000}
    assert read(residents, user=logged.firm_manager, at=NOW).total.values == {residents: 80_000}


def test_an_office_that_has_ended_reads_nothing(logged):
    logged.station_head_east.memberships.update(valid_to=NOW.date())
    with pytest.raises(Problem) as refused:
        held(logged.station_head_east)
    assert refused.value.status == 403
