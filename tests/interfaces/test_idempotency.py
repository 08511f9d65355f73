"""A repeated request is done once and answered the same."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.utils import timezone
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from activities.models import Activity
from culture_admin.accounts.models import User
from culture_admin.interfaces.idempotency import Outcome, forget_calls, once
from culture_admin.interfaces.models import IdempotentCall
from culture_admin.workflow.models import Decision
from tests.district import District
from tests.interfaces.conftest import Api


def decisions() -> int:
    """How many there are on activities."""
    return Decision.objects.filter(power="activities").count()


KEY = {"Idempotency-Key": "0f8fad5b-d9cb-469f-a165-70867728950e"}


def test_a_repeated_request_is_done_once_and_answered_the_same(head, body):
    first, second = head.post("activities/", body, headers=KEY), head.post("activities/", body, headers=KEY)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    for name in ("ETag", "Location", "Content-Type"):
        assert second[name] == first[name]
    assert second["Idempotency-Replayed"] == "true"
    assert Activity.objects.count() == decisions() == 1


def test_a_repeated_step_is_answered_with_its_outcome_though_the_version_moved_on(head, district):
    activity = district.log(actor=district.steward_east)
    path, headers = f"activities/{activity.pk}/confirm/", KEY | {"If-Match": '"v1"'}
    first, second = head.post(path, headers=headers), head.post(path, headers=headers)
    assert (first.status_code, second.status_code, second.content) == (200, 200, first.content)
    assert Decision.objects.filter(step="confirm").count() == 1


def test_a_key_serves_one_request_only(head, body):
    head.post("activities/", body, headers=KEY)
    for path, other in [("activities/", body | {"title": "另一场"}), ("activities/bulk/", {"rows": [body]})]:
        answer = head.post(path, other, headers=KEY)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Activity.objects.count() == 1


def test_a_key_belongs_to_its_user(head, api, body, district):
    head.post("activities/", body, headers=KEY)
    answer = api(district.station_officer_east).post("activities/", body | {"title": "另一场"}, headers=KEY)
    assert answer.status_code == 201
    assert Activity.objects.count() == 2


def test_a_refusal_is_not_kept(head, body):
    assert head.post("activities/", body | {"title": ""}, headers=KEY).status_code == 400
    assert head.post("activities/", body, headers=KEY).status_code == 201


def test_where_cases_are_made_a_key_is_required(api, district):
    answer = api(district.bureau_admin).post("titles/", {})
    assert (answer.status_code, answer.json()["errors"][0]["header"]) == (400, "Idempotency-Key")


@pytest.mark.parametrize("key", ["", " ", "a" * 129, "with blank", "张", "a\tb"])
def test_an_unreadable_key_is_refused(head, body, key):
    answer = head.post("activities/", body, headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key")
    assert not Activity.objects.exists()


def test_answers_are_forgotten_after_a_week(head, body):
    head.post("activities/", body, headers=KEY)
    now = timezone.now()
    assert forget_calls(now + timedelta(days=6)) == 0
    assert forget_calls(now + timedelta(days=8)) == 1
    assert not IdempotentCall.objects.exists()


def test_of_a_form_the_content_of_the_files_counts(head):
    """The request of an upload is another one when the file of the same name holds something else."""

    class Upload(APIView):
        resource = "uploads"
        parser_classes = [MultiPartParser]

        def post(self, request):
            return once(request, lambda: Outcome(201, {"size": len(request.data["file"].read())}))

    def send(content: bytes):
        file = SimpleUploadedFile("台账.xlsx", content)
        request = APIRequestFactory().post("/api/v1/x/", {"kind": "a", "file": file}, format="multipart", headers=KEY)
        force_authenticate(request, User.objects.get(username="station_head_east"))
        return Upload.as_view()(request)

    assert json.loads(send(b"one").content) == {"size": 3}
    assert send(b"one")["Idempotency-Replayed"] == "true"
    assert json.loads(send(b"two").content)["code"] == "idempotency_key_reused"


@pytest.mark.parametrize(("pgcode", "calls"), [("40P01", 2), ("40001", 2), ("57P01", 1)])
def test_work_broken_off_by_somebody_elses_is_tried_again(district, pgcode, calls):
    done = []

    class Broken(Exception):
        pass

    Broken.pgcode = pgcode

    def work():
        done.append(district.log().pk)
        if len(done) == 1:
            raise OperationalError("broken off") from Broken()
        return Outcome(201, {})

    request = Request(APIRequestFactory().post("/api/v1/x/", headers=KEY))
    request.user = district.station_head_east
    if calls == 1:
        with pytest.raises(OperationalError):
            once(request, work)
        assert not Activity.objects.exists()
    else:
        assert once(request, work).status_code == 201
        assert Activity.objects.get().pk == done[-1]
    assert len(done) == calls


@pytest.fixture
def committed(committed_db, settings):
    settings.ROOT_URLCONF = "tests.interfaces.collections"
    return District()


def test_a_request_still_at_work_is_not_begun_again(committed):
    head = committed.station_head_east
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"idempotency:{head.pk}:{KEY['Idempotency-Key']}"]
        )
        answers = []

        def second():
            answers.append(Api(head).post("activities/", {}, headers=KEY))
            connection.close()

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
        cursor.execute("ROLLBACK")
    assert (answers[0].status_code, answers[0].json()["code"], answers[0]["Retry-After"]) == (409, "in_flight", "1")


def test_eight_at_once_have_one_effect(committed):
    head = committed.station_head_east
    body = {"title": "邻里节演出", "kind": "PERF", "station": committed.east.pk}
    body["begins_on"] = str(timezone.localdate())
    start, answers = threading.Barrier(8), []

    def send():
        client = Api(head)
        for number in range(5):
            start.wait()
            answers.append(client.post("activities/", body, headers={"Idempotency-Key": f"race-{number}"}))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 40
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert Activity.objects.count() == decisions() == 5
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 201}) == 5
