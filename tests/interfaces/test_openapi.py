"""The description says what the bases do."""

from __future__ import annotations

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from activities.models import Activity
from culture_admin.interfaces.documents import description
from culture_admin.workflow.steps import flow_of


@pytest.fixture
def schema(api):
    # It is made once for a process; here another URLconf holds.
    description.cache_clear()
    with GENERATOR_STATS.silence():
        answer = api().get("schema/?format=json")
    assert answer.status_code == 200
    assert not GENERATOR_STATS
    yield answer.json()
    description.cache_clear()


def test_it_is_valid_openapi_31_and_public(schema):
    assert schema["openapi"] == "3.1.0"
    validate_schema(schema)


def test_it_lists_exactly_what_is_offered(schema):
    offered = {(path.removeprefix("/api/v1/"), method) for path, item in schema["paths"].items() for method in item}
    steps = {(f"activities/{{id}}/{step}/", "post") for step in flow_of(Activity).steps}
    assert len(steps) > 4
    assert offered == steps | {
        ("activities/", "get"),
        ("activities/", "post"),
        ("activities/bulk/", "post"),
        ("activities/steps/", "post"),
        ("activities/{id}/", "get"),
        ("activities/{id}/", "patch"),
        ("titles/steps/", "post"),
        ("titles/{id}/void/", "post"),
        ("stations/", "get"),
        ("stations/{id}/", "get"),
        ("stations/{id}/", "patch"),
        ("titles/", "get"),
        ("titles/", "post"),
        ("titles/bulk/", "post"),
        ("titles/{id}/", "get"),
    }


def test_a_list_names_its_parameters(schema):
    parameters = {one["name"]: one for one in schema["paths"]["/api/v1/activities/"]["get"]["parameters"]}
    assert set(parameters) == {
        "limit", "cursor", "ordering", "format", "station", "state", "estimated", "attendance", "begins_from", "begins_to", "title",
    }  # fmt: skip
    assert parameters["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}
    assert parameters["begins_from"]["schema"] == {"type": "string", "format": "date"}


def test_writes_name_their_preconditions(schema):
    def headers(path: str, method: str) -> dict[str, bool]:
        found = schema["paths"][f"/api/v1/{path}"][method]["parameters"]
        return {one["name"]: one.get("required", False) for one in found if one["in"] == "header"}

    assert headers("activities/", "post") == {"Idempotency-Key": False}
    assert headers("titles/", "post") == {"Idempotency-Key": True}
    assert headers("activities/{id}/", "patch") == {"If-Match": True}
    assert headers("activities/{id}/confirm/", "post") == {"Idempotency-Key": False, "If-Match": True}


def test_every_operation_names_its_problems_and_no_body_takes_an_unknown_name(schema):
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            expected = {"400", "401", "403", "404", "503"} | (
                set() if method == "get" else {"409", "413", "415", "422"}
            )
            assert expected <= set(operation["responses"]), (path, method)
            for code in expected:
                assert set(operation["responses"][code]["content"]) == {"application/problem+json"}
    bodies = {name: body for name, body in schema["components"]["schemas"].items() if name.endswith("Request")}
    assert bodies
    assert all(body["additionalProperties"] is False for body in bodies.values())
