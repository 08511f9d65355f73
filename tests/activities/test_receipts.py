"""What a phone has kept arrives once, in any order and in any parts, and each entry is answered."""

from __future__ import annotations

import random
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from activities.actions import change_activity, register_team
from activities.models import Activity, Receipt
from culture_admin.workflow.models import Decision
from tests.district import NOW, District
from tests.interfaces.conftest import Api


def entry(kind: str = "log", **given) -> dict:
    """An entry as the queue sends it; what is given by the names of /activities/ are its fields."""
    own = {name: given.pop(name) for name in ("activity", "seen", "after", "client_uuid", "device_at") if name in given}
    return {
        "client_uuid": str(uuid.uuid4()),
        "kind": kind,
        "fields": given,
        "device_at": "2026-05-19T20:00:00+08:00",
    } | own


def log(district: District, **given) -> dict:
    fields = {
        "station": district.east.pk,
        "title": "邻里节演出",
        "kind": "PERF",
        "begins_on": timezone.localdate().isoformat(),
        "attendance": 120,
    }
    own = {name: given.pop(name) for name in ("client_uuid", "device_at") if name in given}
    fields |= given
    made = entry(**own)
    return made | {"fields": {name: value for name, value in fields.items() if value is not ...}}


@pytest.fixture
def head(district) -> Api:
    return Api(district.station_head_east)


def deliver(client: Api, *records: dict, **headers) -> dict:
    answer = client.post("receipts/", {"records": list(records)}, format="json", headers=headers)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def codes(answer: dict) -> list[tuple[str, str]]:
    return [(refusal["code"], refusal["field"]) for refusal in answer["refusals"]]


def test_an_entry_is_done_and_receipted_with_what_it_became(head, district):
    sent = log(district)
    answer = deliver(head, sent)
    activity = Activity.objects.get()
    decision = Decision.objects.about(activity).get()
    (receipt,) = answer["receipts"]
    assert answer["refusals"] == []
    assert (receipt["client_uuid"], receipt["id"], receipt["state"]) == (sent["client_uuid"], activity.pk, "confirmed")
    assert (receipt["content_hash"], receipt["etag"]) == (decision.content_hash, '"v1"')
    assert str(activity.client_uuid) == sent["client_uuid"]


def test_the_events_day_the_devices_clock_and_the_servers_are_three(head, district):
    """A clock that is a day ahead is kept as it is; when the entry arrived is the server's own."""
    ahead = timezone.now() + timedelta(days=1)
    deliver(head, log(district, device_at=ahead.isoformat()))
    activity = Activity.objects.get()
    assert activity.device_at == ahead
    assert activity.recorded_at < ahead - timedelta(hours=23)
    assert activity.begins_on == timezone.localdate()


def test_the_same_entry_again_is_given_the_same_receipt(head, district):
    sent = log(district)
    first, second, third = deliver(head, sent), deliver(head, sent), deliver(head, sent, sent)
    assert first == second
    assert third["receipts"] == first["receipts"] * 2
    assert (
        Activity.objects.count()
        == Receipt.objects.count()
        == Decision.objects.about(Activity.objects.get()).count()
        == 1
    )


def test_an_idempotency_key_answers_a_whole_delivery_again(head, district):
    sent = log(district)
    first, second = (deliver(head, sent, **{"Idempotency-Key": "delivery-1"}) for _time in range(2))
    assert first == second
    assert Receipt.objects.count() == 1


def test_a_correction_and_a_confirmation_arrive_before_the_log_and_wait(head, district):
    sent = log(district)
    change = entry("change", activity=sent["client_uuid"], attendance=95)
    waiting = deliver(head, change)
    assert codes(waiting) == [("waits_for", "")]
    assert waiting["refusals"][0]["waits_for"] == sent["client_uuid"]
    assert not Activity.objects.exists()
    answer = deliver(head, change, sent)
    assert [receipt["etag"] for receipt in answer["receipts"]] == ['"v2"', '"v1"']
    assert Activity.objects.get().attendance == 95


@pytest.mark.parametrize("seed", range(6))
def test_any_order_and_any_parts_give_the_same_end(district, seed):
    """Three logs, each corrected twice, one of a steward's confirmed, shuffled and cut into parts."""
    head, chance = Api(district.station_head_east), random.Random(seed)
    reported = district.log(actor=district.steward_east, title="合唱排练")
    queue = [entry("confirm", activity=reported.pk, seen="v1")]
    for number in range(3):
        made = log(district, title=f"第{number}场")
        first = entry("change", activity=made["client_uuid"], attendance=50 + number)
        second = entry("change", activity=made["client_uuid"], after=first["client_uuid"], note="雨天改到室内")
        queue += [made, first, second]
    received: dict[str, dict] = {}
    for _time in range(200):
        part = chance.sample(queue, chance.randint(1, 4))
        for receipt in deliver(head, *part)["receipts"]:
            assert received.setdefault(receipt["client_uuid"], receipt) == receipt
    rows = Activity.objects.order_by("title").values_list("title", "attendance", "note", "state", "version")
    assert sorted(rows) == [
        ("合唱排练", 120, "", "confirmed", 2),
        *((f"第{number}场", 50 + number, "雨天改到室内", "confirmed", 3) for number in range(3)),
    ]
    assert len(received) == Receipt.objects.count() == len(queue)


def test_another_stations_course_or_team_is_refused_in_words_and_the_rest_goes_through(head, district):
    team = register_team(actor=district.station_head_west, at=NOW, station=district.west, name="西风队")
    answer = deliver(
        head, log(district, team=team.pk), log(district, station=district.west.pk), log(district, title="通过")
    )
    assert codes(answer) == [("does_not_exist", "team"), ("does_not_exist", "station")]
    assert (
        "outside your territory"
        in Api(district.station_head_east, HTTP_ACCEPT_LANGUAGE="en")
        .post("receipts/", {"records": [log(district, team=team.pk)]}, format="json")
        .json()["refusals"][0]["message"]
    )
    assert [activity.title for activity in Activity.objects.all()] == ["通过"]


def test_a_code_that_is_gone_is_named_with_the_list_it_is_not_in(head, district):
    answer = deliver(head, log(district, kind="OLD"))
    (refusal,) = answer["refusals"]
    assert (refusal["code"], refusal["field"]) == ("does_not_exist", "kind")
    assert "OLD" in refusal["message"]
    assert {"code": "PERF", "name": str(district.kind("PERF"))} in refusal["choices"]


def test_what_was_changed_meanwhile_is_shown_side_by_side_in_words(head, district):
    reported = district.log(actor=district.steward_east)
    change_activity(actor=district.steward_east, activity=reported, attendance=90)
    answer = deliver(
        head,
        entry("confirm", activity=reported.pk, seen='"v1"'),
        entry("change", activity=reported.pk, seen="v1", attendance=100),
    )
    confirm, change = answer["refusals"]
    assert (confirm["code"], change["code"], change["now"]["attendance"]) == ("stale", "stale", 90)
    assert change["now"]["etag"] == '"v2"'
    (row,) = change["compared"]
    assert (row["field"], row["saw"], row["now"], row["yours"]) == ("attendance", "120", "90", "100")
    assert {row["field"]: row["now"] for row in confirm["compared"]} == {
        "attendance": "90",
        "state": reported.get_state_display(),
    }
    reported.refresh_from_db()
    assert (reported.state, reported.attendance) == ("logged", 90)


def test_an_entry_edited_after_it_had_arrived_is_not_lost_silently(head, district):
    sent = log(district)
    deliver(head, sent)
    answer = deliver(head, sent | {"fields": sent["fields"] | {"attendance": 130}})
    (refusal,) = answer["refusals"]
    assert (refusal["code"], refusal["now"]["attendance"]) == ("entry_changed", 120)
    assert [(row["now"], row["yours"]) for row in refusal["compared"]] == [("120", "130")]


def test_nobody_delivers_anothers_queue(head, district):
    answer = head.post("receipts/", {"user": district.steward_east.pk, "records": [log(district)]}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "other_user")
    assert not Activity.objects.exists()


def test_entries_are_a_persons_own(district):
    """The same client id from two people is two entries, and neither learns of the other's."""
    sent = log(district)
    deliver(Api(district.station_head_west), sent | {"fields": sent["fields"] | {"station": district.west.pk}})
    answer = deliver(Api(district.station_head_east), sent)
    assert [refusal["code"] for refusal in answer["refusals"]] == ["unique"]
    assert "now" not in answer["refusals"][0]


def test_five_hundred_records_arrive_in_three_requests(head, district):
    queue = [log(district, title=f"第{number}场") for number in range(500)]
    answers = [deliver(head, *queue[start : start + 200]) for start in range(0, 500, 200)]
    assert len(answers) == 3
    assert sum(len(answer["receipts"]) for answer in answers) == Activity.objects.count() == 500


@pytest.mark.parametrize("repeats", range(1, 6))
def test_the_same_delivery_at_once_has_one_effect_and_one_answer(committed_db, repeats):
    district = District()
    made = log(district)
    queue = [made, log(district), entry("change", activity=made["client_uuid"], attendance=95)]
    start, answers = threading.Barrier(repeats), []

    def send(order: list[dict]) -> None:
        client = Api(district.station_head_east)
        start.wait()
        answers.append(deliver(client, *order))
        connection.close()

    threads = [threading.Thread(target=send, args=[queue[turn % 3 :] + queue[: turn % 3]]) for turn in range(repeats)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {receipt["client_uuid"]: receipt for answer in answers for receipt in answer["receipts"]}
    assert [answer["refusals"] for answer in answers] == [[]] * repeats
    assert all(receipt == told[receipt["client_uuid"]] for answer in answers for receipt in answer["receipts"])
    assert Activity.objects.count() == 2
    assert Receipt.objects.count() == 3
