"""A collection on the base viewset: what is offered, what is written, what is refused and how it is said."""

from __future__ import annotations

import pytest

from activities.models import Activity
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.models import Decision
from stations.models import Title
from tests.district import NOW
from tests.interfaces.collections import ActivityViewSet


def codes(answer) -> list[tuple]:
    """(pointer or parameter or header, code) of each fault."""
    return [
        (fault.get("pointer", fault.get("parameter", fault.get("header"))), fault["code"])
        for fault in answer.json()["errors"]
    ]


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_list_holds_the_rows_of_the_users_territory_only(api, district):
    east, west = district.log(), district.log(district.west)
    assert [row["id"] for row in api(district.station_head_east).read("activities/")["results"]] == [east.pk]
    assert {row["id"] for row in api(district.bureau_admin).read("activities/")["results"]} == {east.pk, west.pk}
    assert api(district.bureau_admin_elsewhere).read("activities/") == {"results": [], "next": None}


@pytest.mark.parametrize(
    "pk", ["0", "-1", "1.0", "007", "１", "abc", str(2**63), "9" * 40, "%00", "1%20", "0x1", "1e3", "%E2%80%8B1"]
)
def test_an_impossible_id_is_answered_like_a_missing_one(head, pk):
    missing = head.get("activities/999999/")
    answer = head.get(f"activities/{pk}/")
    assert (answer.status_code, answer.content) == (404, missing.content)


def test_a_foreign_row_is_answered_in_the_same_bytes_as_a_missing_one(head, district):
    foreign = district.log(district.west)
    missing = head.get("activities/999999/")
    for answer in (
        head.get(f"activities/{foreign.pk}/"),
        head.patch(f"activities/{foreign.pk}/", {"title": "x"}, headers={"If-Match": '"v1"'}),
        head.post(f"activities/{foreign.pk}/void/", {"comment": "x"}, headers={"If-Match": '"v1"'}),
    ):
        assert (answer.status_code, answer.content) == (404, missing.content)
        assert answer["Content-Type"] == "application/problem+json"
    assert Activity.objects.get(pk=foreign.pk).version == 1


def test_a_record_carries_its_version_its_state_and_what_may_be_done(head, district):
    activity = district.log(actor=district.steward_east)
    answer = head.get(f"activities/{activity.pk}/")
    assert answer["ETag"] == '"v1"'
    record = answer.json()
    assert record["state"] == "logged"
    assert record["actions"]["confirm"] == {"allowed": True, "code": "", "text": ""}
    assert record["actions"]["resubmit"]["allowed"] is False
    assert record["actions"]["resubmit"]["code"] == "illegal_transition"


def test_no_method_and_no_step_is_offered_that_is_not_declared(head, district):
    activity = district.log()
    for method, path, allowed in [
        ("put", f"activities/{activity.pk}/", "GET, HEAD, PATCH"),
        ("delete", f"activities/{activity.pk}/", "GET, HEAD, PATCH"),
        ("options", "activities/", "GET, HEAD, POST"),
        ("post", "stations/", "GET, HEAD"),
        ("get", f"activities/{activity.pk}/confirm/", "POST"),
    ]:
        answer = getattr(head, method)(path)
        assert (answer.status_code, answer["Allow"]) == (405, allowed), (method, path)
        assert answer.json()["code"] == "method_not_allowed"
    answer = head.post(f"activities/{activity.pk}/", headers={"X-HTTP-Method-Override": "DELETE"})
    assert answer.status_code == 405
    assert head.post(f"activities/{activity.pk}/approve/").status_code == 404
    assert Activity.objects.filter(pk=activity.pk).exists()


def test_no_collection_may_widen_its_rows():
    with pytest.raises(Exception, match="visible_to"):

        class Wide(ActivityViewSet):
            def get_queryset(self):
                return Activity.objects.all()

    assert ScopedViewSet.offers("retrieve")


# --- lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("limit=0", "limit", "limit_range"),
        ("limit=201", "limit", "limit_range"),
        ("limit=99999999999999999999", "limit", "limit_range"),
        ("limit=abc", "limit", "limit_range"),
        ("offset=10", "offset", "unknown_parameter"),
        ("ordering=password", "ordering", "invalid_choice"),
        ("statoin=1", "statoin", "unknown_parameter"),
        ("station=abc", "station", "id_format"),
        ("station=", "station", "empty_parameter"),
        ("station=1&station=2", "station", "repeated_parameter"),
        ("begins_from=2024-13-01", "begins_from", "date_format"),
        ("begins_from=2024-05-02&begins_to=2024-05-01", "begins_from", "range_reversed"),
        ("state=confirmed,gone", "state", "invalid_choice"),
        ("estimated=1", "estimated", "invalid_choice"),
        ("attendance=many", "attendance", "number_format"),
        ("title=%E2%80%8B", "title", "text_invisible"),
        ("cursor=made-up", "cursor", "cursor"),
    ],
)
def test_a_list_is_never_silently_unfiltered(head, query, parameter, code):
    answer = head.get(f"activities/?{query}")
    assert answer.status_code == 400
    assert (parameter, code) in codes(answer)


def test_filters_narrow_the_list(head, district):
    district.log(title="送戏下乡", begins_on=NOW.date().replace(day=1), attendance=0)
    june = district.log(title="越剧专场", begins_on=NOW.date().replace(day=10), attendance=None, estimated=True)
    for query in (
        "title=越剧",
        "begins_from=2026-05-02&begins_to=2026-05-10",
        "estimated=true",
        f"station={district.east.pk}&begins_from=2026-05-02",
    ):
        assert [row["id"] for row in head.read(f"activities/?{query}")["results"]] == [june.pk], query
    assert [row["title"] for row in head.read("activities/?attendance=0")["results"]] == ["送戏下乡"]
    assert len(head.read("activities/?state=confirmed,logged")["results"]) == 2
    assert head.read("activities/?state=logged")["results"] == []


def test_a_foreign_id_in_a_filter_finds_nothing(head, district):
    district.log()
    district.log(district.west)
    assert head.read(f"activities/?station={district.west.pk}")["results"] == []
    assert head.read("activities/?station=999999")["results"] == []


def test_a_list_costs_the_same_queries_with_3_and_with_30_rows(head, district, django_assert_num_queries):
    for _ in range(3):
        district.log()
    # Session, user, offices; the rows.
    with django_assert_num_queries(4):
        head.read("activities/")
    for _ in range(27):
        district.log(actor=district.steward_east)
    with django_assert_num_queries(4):
        assert len(head.read("activities/")["results"]) == 30


# --- entering ---------------------------------------------------------------------------------------------------------


def test_what_is_posted_is_entered_by_the_verb(head, body, district):
    answer = head.post("activities/", body)
    assert answer.status_code == 201
    activity = Activity.objects.get()
    assert (activity.title, activity.state, activity.recorded_by) == (
        "邻里节演出",
        "confirmed",
        district.station_head_east,
    )
    assert Decision.objects.about(activity).get().step == "log"
    assert answer["Location"].endswith(f"/api/v1/activities/{activity.pk}/")
    assert answer["ETag"] == '"v1"'
    assert answer.json() == head.read(f"activities/{activity.pk}/")


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"statoin": 1}, "/statoin", "unknown_field"),
        ({"__class__": "x"}, "/__class__", "unknown_field"),
        ({"id": 7}, "/id", "read_only"),
        ({"state": "confirmed"}, "/state", "read_only"),
        ({"led_by": "steward"}, "/led_by", "read_only"),
        ({"title": 7}, "/title", "invalid"),
        ({"title": ["x"]}, "/title", "invalid"),
        ({"title": " \u3000"}, "/title", "blank"),
        ({"title": None}, "/title", "null"),
        ({"title": "一\n二"}, "/title", "text_break"),
        ({"title": "越\u202e剧"}, "/title", "text_bidi"),
        ({"title": "长" * 201}, "/title", "max_length"),
        ({"attendance": "12"}, "/attendance", "invalid"),
        ({"attendance": True}, "/attendance", "invalid"),
        ({"attendance": 12.0}, "/attendance", "invalid"),
        ({"attendance": -1}, "/attendance", "min_value"),
        ({"attendance": 10**18}, "/attendance", "max_value"),
        ({"estimated": "true"}, "/estimated", "invalid"),
        ({"estimated": 1}, "/estimated", "invalid"),
        ({"begins_on": "2024-02-30"}, "/begins_on", "date_format"),
        ({"begins_on": "2024/05/01"}, "/begins_on", "date_format"),
        ({"begins_on": 45292}, "/begins_on", "date_format"),
        ({"begins_on": None}, "/begins_on", "null"),
        ({"begins_time": "24:00"}, "/begins_time", "time_format"),
        ({"begins_time": "6 pm"}, "/begins_time", "time_format"),
        ({"device_at": "2026-05-06T10:00:00"}, "/device_at", "instant_format"),
        ({"device_at": "2026-13-06T10:00:00Z"}, "/device_at", "instant_format"),
        ({"client_uuid": 1}, "/client_uuid", "uuid_format"),
        ({"client_uuid": "{0f8fad5b-d9cb-469f-a165-70867728950e}"}, "/client_uuid", "uuid_format"),
        ({"kind": 1}, "/kind", "invalid"),
        ({"kind": "NONE"}, "/kind", "does_not_exist"),
        ({"station": "1"}, "/station", "incorrect_type"),
        ({"station": True}, "/station", "incorrect_type"),
        ({"station": 0}, "/station", "does_not_exist"),
        ({"station": 2**63 - 1}, "/station", "does_not_exist"),
        ({"station": 10**18 * 9}, "/station", "does_not_exist"),
        ({"station": ""}, "/station", "incorrect_type"),
        ({"village": 10**18}, "/village", "does_not_exist"),
    ],
)
def test_a_value_of_another_name_or_type_is_refused_where_it_stands(head, body, change, pointer, code):
    answer = head.post("activities/", body | change)
    assert answer.status_code == 400
    assert codes(answer) == [(pointer, code)]
    assert not Activity.objects.exists()


def test_everything_wrong_in_a_body_is_said_at_once_with_what_was_read(head, body):
    answer = head.post("activities/", {"attendance": "12", "statoin": 1, "station": body["station"]})
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["status"]) == (400, "invalid", 400)
    assert sorted(codes(answer)) == [
        ("/attendance", "invalid"),
        ("/begins_on", "required"),
        ("/kind", "required"),
        ("/statoin", "unknown_field"),
        ("/title", "required"),
    ]
    by_pointer = {fault["pointer"]: fault for fault in problem["errors"]}
    assert by_pointer["/attendance"]["value"] == "12"
    assert "station" in by_pointer["/statoin"]["message"]


def test_a_rule_of_the_verb_is_answered_at_its_field(head, body):
    answer = head.post("activities/", body | {"begins_on": "2999-01-01"})
    assert (answer.status_code, codes(answer)) == (400, [("/begins_on", "invalid")])


def test_a_foreign_related_row_is_refused_like_a_missing_one(head, body, district):
    foreign = head.post("activities/", body | {"station": district.west.pk})
    missing = head.post("activities/", body | {"station": 999_999})
    for answer in (foreign, missing):
        assert codes(answer) == [("/station", "does_not_exist")]
    assert foreign.json()["errors"][0]["message"] == missing.json()["errors"][0]["message"]
    assert not Activity.objects.exists()


def test_a_body_of_another_media_type_is_415_and_of_a_bad_shape_400(head, body):
    for content_type in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "application/json; charset=hex",
    ):
        answer = head.generic("POST", "activities/", b"{}", content_type)
        assert (answer.status_code, answer.json()["code"]) == (415, "media_type"), content_type
    for raw, code in [
        (b"[]", "not_an_object"),
        (b'{"title": "\\u0000"}', "text_control"),
        (b'{"\\ud800": 1}', "text_other"),
    ]:
        answer = head.generic("POST", "activities/", raw, "application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_a_write_takes_no_query_parameters(head, body):
    answer = head.post("activities/?dry_run=true", body)
    assert (answer.status_code, codes(answer)) == (400, [("dry_run", "unknown_parameter")])


def test_without_the_power_nothing_is_looked_up_or_entered(api, district):
    title = {
        "station": district.east.pk, "title": "民间文化艺术之乡", "year": 2025, "issuer": "文化厅", "document": "1号",
        "valid_from": "2025-01-01",
    }  # fmt: skip
    answer = api(district.station_head_east).post("titles/", title, headers={"Idempotency-Key": "k1"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_power")
    answer = api(district.bureau_admin).post("titles/", title, headers={"Idempotency-Key": "k1"})
    assert (answer.status_code, Title.objects.get().station) == (201, district.east)


def test_an_office_elsewhere_enters_nothing_here(api, district, settings):
    """Two offices: one sees this place, the other may write, but at another place."""
    observer = district.observer
    observer.memberships.create(
        role="bureau_admin", unit=district.bureau_admin_elsewhere.memberships.get().unit, valid_from="2020-01-01"
    )
    title = {
        "station": district.east.pk, "title": "文化强镇", "year": 2025, "issuer": "文化厅", "document": "1号",
        "valid_from": "2025-01-01",
    }  # fmt: skip
    answer = api(observer).post("titles/", title, headers={"Idempotency-Key": "k1"})
    assert (answer.status_code, answer.json()["code"]) == (403, "outside_territory")
    assert not Title.objects.exists()
