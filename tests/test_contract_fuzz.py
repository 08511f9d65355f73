"""The description of the API holds: made-up calls get no fault of ours, no status and no body that it does not name.

FUZZ_CALLS says how many calls each operation gets; the nightly run asks for many.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from drf_spectacular.drainage import GENERATOR_STATS
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from culture_admin.api import router
from culture_admin.interfaces.documents import description
from culture_admin.workflow.steps import flow_of
from tests.district import District
from tests.reports import report

CALLS = int(os.environ.get("FUZZ_CALLS", "2"))
CHECKS = (
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance,
)  # fmt: skip
SCOPES = [
    f"{collection}:write"
    for collection in (
        "divisions", "units", "decisions", "stations", "certificates", "registrations", "sanctions", "gradings", "titles", "facilities", "firms", "stewards",
        "postings", "activities", "teams", "imports", "attachments", "uploads", "opening-visits", "monthly-returns", "receipts", "statistics", "metrics", "tasks",
        "posts", "officers", "officer-postings", "personnel-cases", "off-posts", "off-post-objections", "title-applications", "budgets", "instalments",
        "appropriations", "spendings", "purpose-changes", "closures", "other-uses", "trainings", "attendances", "backbones", "pairings", "visits", "meetings",
        "presences", "follow-ups", "circulars", "replies", "reports", "adoptions", "features", "safety-checks", "complaints", "yearly-facts", "findings",
        "thresholds", "deadlines", "notices", "substitutions", "personal-readings", "boundary-changes",
        "snapshots", "targets", "duty-days", "absences", "service-orders",
        "pool-members", "penalties", "qualifications", "firm-standings", "contracts", "service-lines", "supplements",
    )
]  # fmt: skip

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")


@pytest.fixture
def schema(district):
    """The description as it is served. Between requests the connection stays open: it holds the test's transaction."""
    between = (signals.request_started, signals.request_finished)
    for signal in between:
        signal.disconnect(close_old_connections)
    # Kept for the process, and perhaps made by a test that has addresses of its own.
    description.cache_clear()
    with GENERATOR_STATS.silence():
        yield schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", get_wsgi_application())
    for signal in between:
        signal.connect(close_old_connections)
    description.cache_clear()


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


def _is_step(path: str) -> bool:
    """Whether it is the address of a step: one view and one body serve them all, so a call of each is enough."""
    collection, key, step = ["", "", *path.strip("/").split("/")][-3:]
    flow = next((flow_of(viewset.model) for prefix, viewset, _name in router.registry if prefix == collection), None)
    return key == "{id}" and flow is not None and step in flow.steps


def test_made_up_calls_are_answered_as_described(schema, keys):
    statuses, faults, breaks = Counter(), [], []
    there = {prefix: str(row.pk) for prefix, viewset, _name in router.registry if (row := viewset.model.objects.last())}
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=1 if _is_step(operation.path) else CALLS, database=None, deadline=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy() | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
        def ask(case):
            collection = case.formatted_path.split("/")[3]
            for key in keys:
                # A made-up id is hardly ever that of a row: every second call is given one.
                if statuses.total() % 2 and "id" in case.path_parameters and collection in there:
                    case.path_parameters["id"] = there[collection]
                with transaction.atomic():
                    answer = case.call(headers={"Authorization": f"Bearer {key}"})
                    # Each call finds the same rows, whatever the one before has written.
                    transaction.set_rollback(True)
                statuses[answer.status_code] += 1
                try:
                    case.validate_response(answer, checks=CHECKS)
                except (Failure, FailureGroup) as failure:
                    told = f"{case.method} {case.formatted_path}: {answer.status_code} {failure}"
                    (faults if answer.status_code >= 500 else breaks).append(told)

        ask()
    assert connection.is_usable()
    report("fuzz", calls=statuses.total(), server_errors=len(faults), schema_breaks=len(breaks))
    assert not faults, faults[:5]
    assert not breaks, "\n\n".join(breaks[:8])
    # Calls that are all turned away at the door would prove nothing.
    assert statuses[200] > 50
    assert statuses[404] < statuses.total() / 2
