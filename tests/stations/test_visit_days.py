"""Whatever days are logged, a person's day counts once and half a day half."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from culture_admin.statistics.reading import read
from culture_admin.territory.models import Unit
from stations.actions import add_backbone
from stations.models import PairingVisit
from tests.district import NOW, TODAY
from tests.stations.guidance import paired

CODE = "stations.pairing_days"
HALVES = {"whole": {"am", "pm"}, "morning": {"am"}, "afternoon": {"pm"}}
VISITS = st.dictionaries(
    st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 3)),
    st.tuples(st.sampled_from([*HALVES]), st.sampled_from(["confirmed", "confirmed", "logged", "void"])),
    max_size=16,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VISITS)
def test_days_are_the_different_half_days_of_each_person_halved(district, visits):
    with transaction.atomic():
        centre = Unit.objects.get(kind="centre")
        people = [add_backbone(actor=None, unit=centre, name=f"老师{number}") for number in range(2)]
        stations = [district.east, district.west]
        pairs = {(p, s): paired(district, stations[s], backbone=people[p]) for p in range(2) for s in range(2)}
        PairingVisit.objects.bulk_create(
            PairingVisit(
                pairing=pairs[p, s], backbone=people[p], station=stations[s], division_id=stations[s].division_id,
                county=district.county, on=TODAY - timedelta(days=back), part=part, state=state,
            )
            for (p, s, back), (part, state) in visits.items()
        )  # fmt: skip
        told = read(CODE, at=NOW).total.values[CODE]
        by_person = read(CODE, by=["backbone", "month"], at=NOW)
        transaction.set_rollback(True)
    counted = {
        (person, back, half)
        for (person, _station, back), (part, state) in visits.items()
        if state == "confirmed"
        for half in HALVES[part]
    }
    assert Fraction(told or 0) == Fraction(len(counted), 2)
    assert sum(Fraction(row.values[CODE] or 0) for row in by_person.rows) == Fraction(len(counted), 2)
