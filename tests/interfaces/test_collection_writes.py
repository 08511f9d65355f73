"""Changing, taking steps and writing many rows through a collection on the base viewset."""

from __future__ import annotations

import pytest

from activities.models import Activity
from culture_admin.workflow.models import Decision
from tests.interfaces.test_collections import codes

# --- changing ---------------------------------------------------------------------------------------------------------


def test_a_change_names_the_version_it_saw(head, district):
    activity = district.log()
    path = f"activities/{activity.pk}/"
    for header in (None, "*"):
        answer = head.patch(path, {"title": "新"}, headers={"If-Match": header} if header else {})
        assert (answer.status_code, answer.json()["code"], answer["ETag"]) == (428, "if_match_required", '"v1"')
    for header in ('"v2"', 'W/"v1"', "v1", "garbage", '"v1', '"v' + "9" * 99 + '"'):
        answer = head.patch(path, {"title": "新"}, headers={"If-Match": header})
        assert (answer.status_code, answer.json()["current"], answer["ETag"]) == (412, "v1", '"v1"'), header
    answer = head.patch(path, {"title": "新"}, headers={"If-Match": '"v1"'})
    assert (answer.status_code, answer["ETag"], answer.json()["title"]) == (200, '"v2"', "新")
    activity.refresh_from_db()
    assert (activity.title, activity.version) == ("新", 2)


def test_a_stale_change_is_told_which_fields_are_not_what_they_were(head, district):
    path = f"activities/{district.log().pk}/"
    first = {"title": "新", "attendance": 90, "venue": "广场"}
    assert head.patch(path, first, headers={"If-Match": '"v1"'}).status_code == 200
    assert head.patch(path, {"venue": ""}, headers={"If-Match": '"v2"'}).status_code == 200
    told = {
        header: head.patch(path, {"note": "x"}, headers={"If-Match": header}).json().get("changed")
        for header in ('"v1"', '"v2"', '"v9"', "garbage")
    }
    assert told == {'"v1"': ["title", "attendance"], '"v2"': ["venue"], '"v9"': None, "garbage": None}


def test_a_verb_without_an_eye_for_versions_is_guarded_by_the_base(api, district):
    bureau = api(district.bureau_admin)
    path = f"stations/{district.east.pk}/"
    assert bureau.patch(path, {"telephone": "1"}, headers={"If-Match": '"v1"'}).status_code == 200
    answer = bureau.patch(path, {"telephone": "2"}, headers={"If-Match": '"v1"'})
    assert (answer.status_code, answer.json()["current"]) == (412, "v2")
    assert bureau.read(path)["telephone"] == "1"
    assert (
        api(district.station_head_east).patch(path, {"telephone": "3"}, headers={"If-Match": '"v2"'}).status_code == 403
    )


# --- steps ------------------------------------------------------------------------------------------------------------


def test_a_step_is_taken_once_and_answered_with_the_record(head, district):
    activity = district.log(actor=district.steward_east)
    path = f"activities/{activity.pk}/confirm/"
    assert head.post(path).status_code == 428
    answer = head.post(path, {"comment": "属实"}, headers={"If-Match": '"v1"'})
    assert (answer.status_code, answer["ETag"], answer.json()["state"]) == (200, '"v2"', "confirmed")
    assert Decision.objects.about(activity).latest("id").comment == "属实"
    assert head.post(path, headers={"If-Match": '"v1"'}).status_code == 412
    answer = head.post(path, headers={"If-Match": '"v2"'})
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")


def test_a_step_says_why_it_is_refused(api, district):
    activity = district.log(actor=district.steward_east)
    answer = api(district.bureau_admin).post(f"activities/{activity.pk}/confirm/", headers={"If-Match": '"v1"'})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_power")
    head = api(district.station_head_east)
    answer = head.post(f"activities/{activity.pk}/return/", {"comment": " "}, headers={"If-Match": '"v1"'})
    assert (answer.status_code, codes(answer)) == (400, [("/comment", "comment_required")])
    answer = head.post(f"activities/{activity.pk}/return/", {"remark": "x"}, headers={"If-Match": '"v1"'})
    assert (answer.status_code, codes(answer)) == (400, [("/remark", "unknown_field")])


# --- many -------------------------------------------------------------------------------------------------------------


def test_many_rows_go_in_together_or_not_at_all(head, body):
    wrong = body | {"attendance": "12"}
    answer = head.post("activities/bulk/", {"rows": [body, wrong, body | {"station": 999_999}]})
    assert (answer.status_code, answer.json()["code"]) == (400, "rows_refused")
    assert codes(answer) == [("/rows/1/attendance", "invalid"), ("/rows/2/station", "does_not_exist")]
    assert [fault["row"] for fault in answer.json()["errors"]] == [1, 2]
    assert not Activity.objects.exists()
    answer = head.post("activities/bulk/", {"rows": [body, body | {"title": "第二场"}], "mode": "atomic"})
    assert answer.status_code == 201
    assert answer.json()["counts"] == {"created": 2, "refused": 0}
    assert [row["id"] for row in answer.json()["results"]] == list(
        Activity.objects.order_by("id").values_list("id", flat=True)
    )


def test_each_row_by_itself_keeps_the_good_ones(head, body):
    answer = head.post("activities/bulk/", {"rows": [body, body | {"title": ""}], "mode": "per_row"})
    assert answer.status_code == 200
    first, second = answer.json()["results"]
    assert (first["status"], first["etag"], second["status"]) == ("created", '"v1"', "refused")
    assert [(fault["pointer"], fault["code"]) for fault in second["errors"]] == [("/rows/1/title", "blank")]
    assert Activity.objects.get().pk == first["id"]


def test_a_rehearsal_writes_nothing(head, body):
    answer = head.post("activities/bulk/", {"rows": [body, body], "dry_run": True})
    assert (answer.status_code, answer.json()["counts"]) == (200, {"created": 2, "refused": 0})
    assert answer.json()["results"][0] == {"row": 0, "status": "created"}
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "rows", [[], [1], "x", None, [[]], [{}] * 1001], ids=["none", "number", "text", "null", "list", "many"]
)
def test_rows_are_a_list_of_objects(head, rows):
    answer = head.post("activities/bulk/", {"rows": rows})
    assert answer.status_code == 400
    assert all(fault["pointer"].startswith("/rows") for fault in answer.json()["errors"])


# --- languages --------------------------------------------------------------------------------------------------------


def test_codes_stay_when_the_language_changes(head):
    chinese, english = (
        head.get("activities/999999/", headers={"Accept-Language": language}).json() for language in ("zh-hans", "en")
    )
    assert english["title"] == "Not found"
    assert {name: english[name] for name in ("code", "status", "type")} == {
        name: chinese[name] for name in ("code", "status", "type")
    }
