from __future__ import annotations

from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read


def test_one(district):
    district.log()
    district.log(kind=district.kind("TRNG"), class_minutes=90, attendance=20)
    t = read(["activities.held","activities.sessions","activities.class_hours","activities.person_hours","activities.person_times","activities.person_times_per_resident","activities.teams","stations.registered","stewards.posted","stations.floor_area","territory.residents"], period=Period.parse("2026"), by=["division:town","year"])
    for r in t.rows: print(r)
    print(t.total, t.units)
    assert 0
