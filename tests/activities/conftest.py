"""What the tests of activities share beside the district."""

from __future__ import annotations

from datetime import date

import pytest

from stations.actions import add_facility


@pytest.fixture
def room(district):
    """A dance room for forty, shut at weekends."""
    return add_facility(
        actor=None,
        station=district.east,
        name="舞蹈房",
        use="排练",
        floor_area=80,
        valid_from=date(2024, 1, 1),
        capacity=40,
        opening_hours="1-5 08:30-21:00",
    )
