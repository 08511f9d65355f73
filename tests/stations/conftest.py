"""The two doors of every story about staff."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.stations.doors import DOORS, Door
from tests.stations.staff import Staff, staffed


@pytest.fixture(params=list(DOORS))
def door(request, district) -> Door:
    return DOORS[request.param](district)


@pytest.fixture
def staff(district) -> Staff:
    return staffed(district)


@pytest.fixture
def day():
    """A day so many days from today, as forms write it."""

    def of(days: int) -> date:
        return timezone.localdate() + timedelta(days=days)

    return of
