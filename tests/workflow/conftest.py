"""A district of which only is owed what a test says."""

from __future__ import annotations

import pytest

from culture_admin.workflow.actions import settle
from stations.actions.certificates import RENEWAL_DUTY
from stations.models import Certificate
from tests.district import NOW


@pytest.fixture
def certificates_renewed(district) -> None:
    """No certificate is to be renewed."""
    settle(list(Certificate.objects.all()), RENEWAL_DUTY, at=NOW)
