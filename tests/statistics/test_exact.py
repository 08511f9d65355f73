"""Whoever computes with a number reads it exact, and rounds once himself."""

from decimal import Decimal

from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.territory.actions import record_residents
from tests.district import NOW

MAY = Period.parse("2026-05")
THIRD, TIMES, HOURS = "activities.person_times_per_resident", "activities.person_times", "activities.class_hours"


def test_a_ratio_of_a_third_is_carried_to_twelve_places_and_rounded_only_where_it_is_shown(district):
    record_residents(division=district.county, year=2026, number=360, source="公报")
    district.log(attendance=120)
    asked = {"period": MAY, "where": {"division": "990101"}, "at": NOW}
    assert read(THIRD, **asked).total.values == {THIRD: Decimal("0.3333")}
    assert read(THIRD, exact=True, **asked).total.values == {THIRD: Decimal("0.333333333333")}
    district.log(attendance=120)
    assert read(THIRD, exact=True, **asked).total.values == {THIRD: Decimal("0.666666666667")}


def test_sums_are_the_same_exact_and_rounded_and_hours_lose_no_second(district):
    district.log(kind=district.kind("TRNG"), attendance=17, class_seconds=3600)
    district.log(attendance=120)
    asked = {"by": ["division:town"], "period": MAY, "at": NOW}
    for exact, hours in ((False, Decimal("1.33")), (True, Decimal("1.333333333333"))):
        table = read([TIMES, HOURS], exact=exact, **asked)
        assert table.total.values == {TIMES: 137, HOURS: hours}
        assert table.rows[0].values == table.total.values
        assert isinstance(table.total.values[TIMES], int)
