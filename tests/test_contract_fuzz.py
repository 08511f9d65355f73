"""The description of the API holds: made-up calls get no fault of ours, no status and no body that it does not name.

FUZZ_CALLS says how many calls each operation gets; the nightly run asks for many.
"""

from __future__ import annotations

import os

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from drf_spectacular.drainage import GENERATOR_STATS
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.district import District
from tests.reports import report

CALLS = int(os.environ.get("FUZZ_CALLS", "3"))
CHECKS = (
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance,
)  # fmt: skip
SCOPES = [
    f"{collection}:write"
    for collection in (
        "divisions", "units", "decisions", "stations", "certificates", "gradings", "titles", "facilities", "firms", "stewards",
        "postings", "activities", "teams", "imports", "attachments", "statistics", "metrics", "tasks",
    )
]  # fmt: skip


@pytest.fixture
def schema(district):
    with GENERATOR_STATS.silence():
        return schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", get_wsgi_application())


@pytest.fixture
def keys(district: District, settings, tmp_path) -> list[str]:
    """A bureau and a station, each with every scope; something of each kind is there to be found."""
    settings.MEDIA_ROOT = tmp_path
    district.log()
    district.log(actor=district.steward_east)
    return [
        district.key("bureau_admin", scopes=SCOPES),
        district.key("station_head", district.east.unit, scopes=SCOPES),
    ]


def test_made_up_calls_are_answered_as_described(schema, keys):
    calls, faults, breaks = 0, [], []
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=CALLS, database=None, deadline=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def ask(case):
            nonlocal calls
            for key in keys:
                with transaction.atomic():
                    answer = case.call(headers={"Authorization": f"Bearer {key}"})
                    # Each call finds the same rows, whatever the one before has written.
                    transaction.set_rollback(True)
                calls += 1
                try:
                    case.validate_response(answer, checks=CHECKS)
                except (Failure, FailureGroup) as failure:
                    told = f"{case.method} {case.formatted_path}: {answer.status_code} {failure}"
                    (faults if answer.status_code >= 500 else breaks).append(told)

        ask()
    assert connection.is_usable()
    report("fuzz", calls=calls, server_errors=len(faults), schema_breaks=len(breaks))
    assert not faults, faults[:5]
    assert not breaks, "\n\n".join(breaks[:8])
    assert calls > 100
