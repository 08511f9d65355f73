"""One step for many records: all or none, or as many as it can be taken on; as many questions for thirty as for three."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from culture_admin.workflow.models import Decision
from tests.interfaces.test_collections import codes


@pytest.fixture
def waiting(district) -> list[Activity]:
    """Three logs of a steward that wait for the station."""
    return several(district, 3)


def several(district, number: int) -> list[Activity]:
    return [district.log(actor=district.steward_east, title=f"排练{one}") for one in range(number)]


def body(records, **said) -> dict:
    return {"step": "confirm", "records": [{"id": one.pk, "etag": f'"v{one.version}"'} for one in records], **said}


def states(records) -> list[str]:
    return [Activity.objects.values_list("state", flat=True).get(pk=one.pk) for one in records]


def test_a_step_is_taken_on_all_and_each_is_answered_by_itself(head, waiting):
    answer = head.post("activities/steps/", body(waiting, comment="属实"))
    assert answer.status_code == 200
    assert answer.json()["counts"] == {"done": 3, "refused": 0}
    assert answer.json()["results"][1] == {
        "row": 1, "id": waiting[1].pk, "status": "done", "state": "confirmed", "etag": '"v2"',
    }  # fmt: skip
    assert states(waiting) == ["confirmed"] * 3
    assert list(Decision.objects.filter(step="confirm").values_list("comment", flat=True)) == ["属实"] * 3


def test_one_that_is_refused_stops_all_of_them_and_each_reason_is_told(head, district, waiting):
    Activity.objects.filter(pk=waiting[0].pk).update(version=5)
    foreign = district.log(district.west)
    answer = head.post("activities/steps/", body([*waiting, foreign]))
    assert (answer.status_code, answer.json()["code"]) == (409, "rows_refused")
    assert codes(answer) == [("/records/0", "stale"), ("/records/3", "not_found")]
    assert states(waiting) == ["logged"] * 3


def test_by_row_the_others_go_on(head, district, waiting):
    confirmed = district.log()
    answer = head.post("activities/steps/", body([waiting[0], confirmed, waiting[2]], mode="per_row"))
    assert answer.status_code == 200
    assert answer.json()["counts"] == {"done": 2, "refused": 1}
    [fault] = answer.json()["results"][1]["errors"]
    assert (fault["code"], fault["row"]) == ("illegal_transition", 1)
    assert states(waiting) == ["confirmed", "logged", "confirmed"]


def test_a_rehearsal_says_what_would_come_of_it_and_does_nothing(head, district, waiting):
    answer = head.post("activities/steps/", body(waiting, mode="per_row", dry_run=True))
    assert [row["state"] for row in answer.json()["results"]] == ["confirmed"] * 3
    assert "etag" not in answer.json()["results"][0]
    assert states(waiting) == ["logged"] * 3
    assert not Decision.objects.filter(step="confirm").exists()


def test_a_foreign_record_and_a_missing_one_are_told_in_the_same_words(head, district, waiting):
    foreign = district.log(district.west)
    asked = body(waiting[:1], mode="per_row")
    told = []
    for key in (foreign.pk, 987_654_321):
        asked["records"] = [{"id": key, "etag": '"v1"'}]
        told.append(head.post("activities/steps/", asked).json()["results"][0]["errors"])
    assert told[0] == told[1] != []


@pytest.mark.parametrize(
    ("wrong", "place", "code"),
    [
        ({"step": "confrim"}, "/step", "unknown_step"),
        ({"step": 1}, "/step", "invalid"),
        ({"records": []}, "/records", "empty"),
        ({"records": "all"}, "/records", "not_a_list"),
        ({"records": [{"id": 1}]}, "/records/0/etag", "required"),
        ({"records": [{"id": "1", "etag": '"v1"'}]}, "/records/0/id", "invalid"),
        ({"records": [{"id": 1, "etag": "v1"}]}, "/records/0/etag", "etag_format"),
        ({"records": [{"id": 1, "etag": 'W/"v1"'}]}, "/records/0/etag", "etag_format"),
        ({"records": [{"id": 1, "etag": '"v1"', "comment": "x"}]}, "/records/0/comment", "unknown_field"),
        ({"records": [{"id": 1, "etag": '"v1"'}] * 2}, "/records/0/id", "repeated"),
        ({"mode": "some"}, "/mode", "invalid_choice"),
        ({"dry_run": "yes"}, "/dry_run", "invalid"),
        ({"all": True}, "/all", "unknown_field"),
    ],
)
def test_what_is_wrong_with_the_request_is_named(head, waiting, wrong, place, code):
    answer = head.post("activities/steps/", body(waiting) | wrong)
    assert answer.status_code == 400
    assert codes(answer)[0] == (place, code)
    assert states(waiting) == ["logged"] * 3


def test_a_step_that_wants_a_reason_gets_one_for_all(head, waiting):
    answer = head.post("activities/steps/", body(waiting, step="return", comment=" "))
    assert (answer.status_code, codes(answer)) == (400, [("/comment", "comment_required")])
    head.post("activities/steps/", body(waiting, step="return", comment="重报"))
    assert states(waiting) == ["returned"] * 3


def test_who_has_not_the_power_does_nothing_to_any(api, district, waiting):
    answer = api(district.bureau_admin).post("activities/steps/", body(waiting, mode="per_row"))
    assert {row["errors"][0]["code"] for row in answer.json()["results"]} == {"not_your_power"}
    assert states(waiting) == ["logged"] * 3


def test_a_request_that_arrives_twice_is_done_once(head, waiting):
    key = {"Idempotency-Key": "confirm-all"}
    first = head.post("activities/steps/", body(waiting), headers=key)
    again = head.post("activities/steps/", body(waiting), headers=key)
    assert (again.content, again["Idempotency-Replayed"]) == (first.content, "true")
    assert Decision.objects.filter(step="confirm").count() == 3


def test_a_collection_without_steps_offers_none(head):
    assert head.post("stations/steps/", {}).status_code == 405


@pytest.mark.parametrize("mode", ["atomic", "per_row"])
def test_thirty_records_cost_as_many_questions_as_three(head, district, mode):
    def questions(records) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert head.post("activities/steps/", body(records, mode=mode)).json()["counts"]["done"] == len(records)
        return len(captured)

    questions(several(district, 2))
    assert questions(several(district, 3)) == questions(several(district, 30))
