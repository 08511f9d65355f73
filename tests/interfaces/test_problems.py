"""Every refusal is one kind of answer: problem+json for programs, a plain page for people."""

from __future__ import annotations

import json
import uuid
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.http import Http404
from django.utils import translation
from rest_framework import exceptions

from activities.models import Team
from culture_admin.accounts.models import User
from culture_admin.interfaces import problems
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.refusals import problem_of
from culture_admin.interfaces.requests import Utf8Request
from culture_admin.workflow.actions import StepRefused


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Problem(409, "busy"), 409, "busy"),
        (ValidationError("no", code="odd"), 400, "odd"),
        (ValidationError({"a": "no", "b": ["no", "never"]}), 400, "invalid"),
        (exceptions.ValidationError({"a": ["no"]}), 400, "invalid"),
        (Http404("a secret"), 404, "not_found"),
        (exceptions.NotFound(), 404, "not_found"),
        (PermissionDenied("the bureau decides"), 403, "not_permitted"),
        (exceptions.Throttled(3), 429, "throttled"),
        (exceptions.UnsupportedMediaType("text/plain"), 415, "media_type"),
        (StepRefused("not_found", "x"), 404, "not_found"),
        (StepRefused("stale", "x", 1, 7), 412, "stale"),
        (StepRefused("self_approval", "x"), 409, "self_approval"),
        (StepRefused("not_your_power", "x"), 403, "not_your_power"),
        (SuspiciousOperation(), 400, "bad_request"),
        (RequestDataTooBig(), 413, "body_too_large"),
        (OperationalError("server closed the connection"), 503, "database_unavailable"),
        (DataError("out of range"), 400, "invalid"),
    ],
)
def test_every_refusal_has_its_problem(error, status, code):
    problem = problem_of(error)
    assert (problem.status, problem.code) == (status, code)


def test_a_fault_of_ours_is_no_refusal():
    assert problem_of(KeyError("x")) is None


def test_the_faults_of_a_model_point_at_its_fields():
    error = ValidationError(
        {"title": ValidationError("at most %(n)d", code="max", params={"n": 3}), "__all__": ["both"]}
    )
    assert [(fault.pointer, fault.code, fault.message) for fault in problem_of(error).faults] == [
        ("/title", "max", "at most 3"),
        ("", "invalid", "both"),
    ]


def test_a_problem_has_the_members_of_rfc_9457(rf):
    request = rf.get("/api/v1/x/")
    request.request_id = str(uuid.uuid4())
    fault = Fault("odd", "no", pointer="/a~1b", value=problems.shown("\ud800"))
    answer = problems.answer(Problem(400, "odd", faults=[fault], headers={"Retry-After": "1"}, current="v2"), request)
    assert (answer.status_code, answer["Content-Type"], answer["Retry-After"]) == (400, "application/problem+json", "1")
    body = json.loads(answer.content)
    assert body == {
        "type": "about:blank",
        "title": str(problems.TITLES[400]),
        "status": 400,
        "detail": "no",
        "code": "odd",
        "instance": f"urn:uuid:{request.request_id}",
        "current": "v2",
        "errors": [{"code": "odd", "message": "no", "pointer": "/a~1b", "value": "\\ud800"}],
    }


def broken(statement: str, *values) -> IntegrityError:
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return refused.value


def test_a_constraint_that_a_race_ran_into_speaks_its_own_message(district):
    team = {
        "station": district.east,
        "division": district.east.division,
        "county": district.county,
        "state": "registered",
    }
    Team.objects.create(name="东镇越剧团", **team)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Team.objects.create(name="东镇越剧团", **team)
    problem = problem_of(refused.value)
    assert (problem.status, problem.code) == (409, "unique")
    constraint = next(one for one in Team._meta.constraints if one.name == "team_once")
    assert str(problem.detail) == str(constraint.get_violation_error_message())


def test_columns_that_the_database_guards_are_named(district):
    user = User.objects.first()
    copy = "INSERT INTO accounts_user (password, username, name, language, is_active, is_service, created_at) VALUES ('', {}, '', 'en', true, false, now())"
    taken = problem_of(broken(copy.format("%s"), user.username))
    assert (taken.status, taken.faults[0].pointer, taken.code) == (409, "/username", "unique")
    missing = problem_of(broken(copy.format("NULL")))
    assert (missing.status, missing.faults[0].pointer, missing.code) == (400, "/username", "required")


@pytest.mark.parametrize(("path", "status"), [("/nowhere/", 404), ("/api/v1/nowhere/", 404), ("/api/nowhere", 404)])
def test_an_unknown_address_is_answered_in_the_callers_way(api, path, status):
    answer = api().get(path)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/problem+json" if path.startswith("/api/") else "text/html")


def test_pages_for_people_say_the_same_in_their_language(rf):
    for language, word in (("en", "Not found"), ("zh-hans", "")):
        request = rf.get("/nowhere/", HTTP_ACCEPT_LANGUAGE=language)
        with translation.override(language):
            answer = problems.not_found(request)
        assert word in answer.content.decode()
        assert f'lang="{language}"' in answer.content.decode()
    for page, status in [(problems.bad_request, 400), (problems.forbidden, 403), (problems.csrf_failure, 403)]:
        assert page(rf.get("/x/")).status_code == status
    assert problems.server_error(rf.get("/api/x/")).status_code == 500


def test_who_has_no_account_is_told_of_no_territory_and_may_choose_his_language(client, district):
    page = client.get("/nowhere/?language=en").content.decode()
    assert "There is nothing at this address." in page
    assert "territory" not in page
    assert 'lang="en"' in page
    assert "?language=zh-hans" in page
    client.force_login(district.service)
    assert "?language=" not in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize("charset", ["hex", "utf-16", "idna", "none-such"])
def test_no_charset_in_a_header_changes_how_an_address_is_read(charset):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/x/", "QUERY_STRING": "a=%E8%B6%8A", "wsgi.input": BytesIO()}
    request = Utf8Request(environ | {"CONTENT_TYPE": f"text/plain; charset={charset}"})
    assert request.GET["a"] == "越"


def test_a_problem_raised_in_a_page_is_answered_as_a_page(api):
    answer = api().get("/page/")
    assert answer.status_code == 409
    assert answer["Content-Type"].startswith("text/html")
    assert "The month is closed." in answer.content.decode()


def test_a_fault_of_ours_is_told_without_its_inside(api):
    client = api()
    client.raise_request_exception = False
    answer = client.get("broken/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert answer.json()["code"] == "server_error"
    assert "a fault of ours" not in answer.content.decode()
    assert answer.json()["instance"] == f"urn:uuid:{answer['X-Request-ID']}"


def test_a_forged_host_is_refused(api):
    answer = api().get("activities/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
