"""A year of the east county, and the API and the pages as an account sees them."""

from __future__ import annotations

import pytest

from tests.assessments.years import Year, with_records
from tests.district import District
from tests.scoring.conftest import api, pages, post

__all__ = ["api", "pages", "post"]


@pytest.fixture
def year(district: District) -> Year:
    """A year that is open, with some records of both towns."""
    with_records(district)
    return Year(district).opened()
