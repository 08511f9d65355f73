"""What tests of stewards share: the API and the pages as an account sees them, and a scheme that scores no contract."""

from __future__ import annotations

import pytest

from culture_admin.scoring.models import Scheme
from tests.assessments.years import Year
from tests.district import District
from tests.scoring.conftest import api, pages, post

__all__ = ["api", "pages", "post"]


@pytest.fixture
def scheme_of_towns(district: District) -> Scheme:
    return Year(district).scheme
