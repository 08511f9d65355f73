"""The collections of papers: what can be printed, what was, and numbers of documents."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from culture_admin.exchange.models import DocumentNumber
from culture_admin.exchange.paper.numbers import open_register


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bureau(district) -> APIClient:
    scopes = ["printouts:write", "document-numbers:write", "document-registers:write", "papers:read"]
    key = district.key("bureau_admin", scopes=scopes)
    return APIClient(headers={"authorization": f"Bearer {key}", "accept-language": "en"})


def test_the_kinds_of_papers_are_listed_as_far_as_the_office_sees_them(district, bureau):
    listed = {one["code"]: one["record"] for one in bureau.get("/api/v1/papers/").json()["results"]}
    assert {"station-file": "station", "activity-archive": "activity", "monthly-return": "monthlyreturn"}.items() <= (
        listed.items()
    )


def test_a_print_is_asked_for_and_its_file_is_not_there_before_it_is_made(district, bureau):
    body = {"paper": "station-file", "subject_id": district.east.pk, "language": "en"}
    made = bureau.post("/api/v1/printouts/", body)
    assert made.status_code == 201
    assert {name: made.json()[name] for name in ("state", "progress", "message", "subject_kind")} == {
        "state": "waiting",
        "progress": [0, 3],
        "message": "",
        "subject_kind": "station",
    }
    file = bureau.get(f"/api/v1/printouts/{made.json()['id']}/file/")
    assert (file.status_code, file.json()["code"]) == (409, "not_made")
    assert bureau.post("/api/v1/printouts/", body).json()["id"] == made.json()["id"]


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"paper": "no-such"}, "/paper", "invalid_choice"),
        ({"subject_id": 987_654_321}, "/subject_id", "does_not_exist"),
        ({"subject_id": "1"}, "/subject_id", "invalid"),
        ({"language": "fr"}, "/language", "invalid_choice"),
        ({"colour": "red"}, "/colour", "unknown_field"),
    ],
)
def test_a_print_that_cannot_be_is_refused_at_its_field(district, bureau, change, pointer, code):
    body = {"paper": "station-file", "subject_id": district.east.pk} | change
    errors = bureau.post("/api/v1/printouts/", body).json()["errors"]
    assert [(one["pointer"], one["code"]) for one in errors] == [(pointer, code)]


def test_a_foreign_record_is_refused_like_a_missing_one(district, bureau):
    answers = [
        bureau.post("/api/v1/printouts/", {"paper": "station-file", "subject_id": key}).json()["errors"]
        for key in (district.elsewhere.pk, 987_654_321)
    ]
    for errors in answers:
        for one in errors:
            one.pop("value", None)
    assert answers[0] == answers[1]


def test_a_number_is_taken_once_for_a_repeated_request(district, bureau):
    register = bureau.post("/api/v1/document-registers/", {"unit": district.bureau.pk, "prefix": "试文"}).json()
    body = {"register": register["id"], "title": "关于开展检查的通知"}
    assert bureau.post("/api/v1/document-numbers/", body).json()["code"] == "idempotency_key"
    taken = [bureau.post("/api/v1/document-numbers/", body, HTTP_IDEMPOTENCY_KEY="one") for _time in range(2)]
    assert [one.json()["serial"] for one in taken] == [1, 1]
    assert DocumentNumber.objects.count() == 1
    void = bureau.post(
        f"/api/v1/document-numbers/{taken[0].json()['id']}/void/",
        {"comment": "重复"},
        headers={"If-Match": taken[0]["ETag"], "Idempotency-Key": "void"},
    )
    assert void.json()["state"] == "void"
    assert bureau.post("/api/v1/document-numbers/", body, HTTP_IDEMPOTENCY_KEY="two").json()["serial"] == 2


@pytest.mark.parametrize(
    ("extra", "pointer", "code"),
    [
        ({"paper": "station-file"}, "/paper", "not_numbered"),
        ({"subject_id": 5}, "/paper", "required"),
        ({"title": ""}, "/title", "blank"),
        ({"register": 987_654_321}, "/register", "does_not_exist"),
    ],
)
def test_a_number_that_cannot_be_is_refused_at_its_field(district, bureau, extra, pointer, code):
    register = open_register(actor=None, unit=district.bureau, prefix="试文")
    body = {"register": register.pk, "title": "通知"} | extra
    answer = bureau.post("/api/v1/document-numbers/", body, HTTP_IDEMPOTENCY_KEY="k").json()
    assert [(one["pointer"], one["code"]) for one in answer["errors"]] == [(pointer, code)]


def test_another_units_register_gives_no_number(district, bureau):
    town = district.east.division.units.get(kind="town")
    register = open_register(actor=None, unit=town, prefix="东政")
    answer = bureau.post(
        "/api/v1/document-numbers/", {"register": register.pk, "title": "通知"}, HTTP_IDEMPOTENCY_KEY="k"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "other_unit")
