"""Every way to enter something, sent one to five times at once over connections that break: one effect, one answer."""

from __future__ import annotations

import http.client
import json
import threading
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from activities.actions.rating import rating_token
from activities.models import Activity, OpeningVisits, Rating
from culture_admin.exchange.models import Upload
from tests.district import District

CSRF = "0123456789abcdef" * 2


class Request(NamedTuple):
    """A POST, what of its answer has to be the same each time, and how many rows of a model it makes."""

    path: str
    body: dict
    answered: Callable[[http.client.HTTPResponse, bytes], object]
    model: type[Model]
    makes: int = 1
    form: bool = False


def told(*names: str) -> Callable:
    return lambda answer, body: (answer.status, *(json.loads(body).get(name) for name in names))


def logged(district: District, number: int) -> dict:
    return {
        "station": district.east.pk,
        "title": "邻里节演出",
        "kind": "PERF",
        "begins_on": str(timezone.localdate()),
        "attendance": 12,
        "client_uuid": str(uuid.UUID(int=number)),
    }


def to_log(district: District, number: int) -> Request:
    return Request("/api/v1/activities/", logged(district, number), told("id", "state"), Activity)


def to_log_many(district: District, number: int) -> Request:
    rows = [logged(district, number), logged(district, number + 100)]
    return Request("/api/v1/activities/bulk/", {"rows": rows}, told("results", "counts"), Activity, 2)


def to_plan(district: District, number: int) -> Request:
    body = logged(district, number) | {"begins_on": str(timezone.localdate() + timedelta(days=9))}
    del body["attendance"]
    return Request("/api/v1/activities/plan/", body, told("id", "state"), Activity)


def to_log_at_the_desk(district: District, number: int) -> Request:
    body = logged(district, number) | {"kind": district.kind("PERF").pk}
    return Request(
        "/desk/log/", body, lambda answer, _: (answer.status, answer.headers["Location"]), Activity, form=True
    )


def to_announce_a_photo(district: District, number: int) -> Request:
    body = {"subject": district.log().pk, "name": "现场.jpg", "size": 9, "sha256": "0" * 64}
    body["client_uuid"] = str(uuid.UUID(int=number))
    return Request("/api/v1/uploads/", body, told("id", "offset"), Upload)


def to_bring_a_queue(district: District, number: int) -> Request:
    fields = logged(district, number)
    entry = {"client_uuid": fields.pop("client_uuid"), "kind": "log", "fields": fields}
    return Request("/api/v1/receipts/", {"records": [entry]}, told("receipts", "refusals"), Activity)


def to_rate(district: District, number: int) -> Request:
    activity, today = district.log(), timezone.localdate()
    Activity.objects.filter(pk=activity.pk).update(begins_on=today, ends_on=today)
    return Request(f"/rate/{rating_token(activity)}/", {"score": 4}, lambda answer, _: answer.status, Rating, form=True)


def to_count_visits(district: District, number: int) -> Request:
    """The first stands; the others are told which row that is, in the same words."""
    body = {"station": district.east.pk, "on": str(timezone.localdate() - timedelta(days=number)), "visitors": 40}

    def answered(answer: http.client.HTTPResponse, body: bytes) -> object:
        row = OpeningVisits.objects.get(on=timezone.localdate() - timedelta(days=number))
        said = json.loads(body)
        return said.get("id") == row.pk or (said["code"] == "exists" and f"id {row.pk}" in said["detail"])

    return Request("/api/v1/opening-visits/", body, answered, OpeningVisits)


def connect(site: str, request: Request, headers: dict[str, str]) -> tuple[http.client.HTTPConnection, str, dict]:
    body = urlencode(request.body) if request.form else json.dumps(request.body)
    kind = "application/x-www-form-urlencoded" if request.form else "application/json"
    return http.client.HTTPConnection(urlsplit(site).netloc, timeout=30), body, headers | {"Content-Type": kind}


def send(site: str, request: Request, headers: dict[str, str], *, heard: bool = True) -> object:
    """Sends it; unheard, the line breaks when the answer begins to come."""
    line, body, headers = connect(site, request, headers)
    with closing(line):
        line.request("POST", request.path, body, headers)
        if not heard:
            line.sock.recv(1)
            return None
        answer = line.getresponse()
        return request.answered(answer, answer.read())


def break_off(site: str, request: Request, headers: dict[str, str]) -> None:
    """Sends half of it; then the line breaks."""
    line, body, headers = connect(site, request, headers)
    line.putrequest("POST", request.path)
    for name, value in (headers | {"Content-Length": str(len(body))}).items():
        line.putheader(name, value)
    line.endheaders()
    line.send(body[: len(body) // 2].encode())
    line.sock.shutdown(1)
    with suppress(OSError):
        line.sock.recv(1)
    line.close()


def cookies(district: District) -> dict[str, str]:
    client = Client()
    client.force_login(district.station_head_east, backend="django.contrib.auth.backends.ModelBackend")
    values = {
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
        settings.CSRF_COOKIE_NAME: CSRF,
        "device": "x" * 43,
    }
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in values.items()), "X-CSRFToken": CSRF}


@pytest.mark.parametrize(
    "asked",
    [to_log, to_log_many, to_plan, to_log_at_the_desk, to_announce_a_photo, to_bring_a_queue, to_rate, to_count_visits],
)
def test_the_same_post_at_once_over_lines_that_break_has_one_effect_and_one_answer(site, asked):
    district = District()
    headers = cookies(district)
    for times in range(1, 6):
        request = asked(district, times)
        before = request.model.objects.count()
        break_off(site, request, headers)
        answers = all_at_once(site, request, headers, times)
        answers.append(send(site, request, headers))
        assert [*map(str, answers)] == [str(answers[0])] * (times + 1)
        assert request.model.objects.count() == before + request.makes


def all_at_once(site: str, request: Request, headers: dict[str, str], times: int) -> list[object]:
    """So many answers, to as many requests at the same moment; of one more the answer is lost."""
    start, answers = threading.Barrier(times + 1), []

    def repeat(heard: bool) -> None:
        start.wait()
        answer = send(site, request, headers, heard=heard)
        if heard:
            answers.append(answer)

    threads = [threading.Thread(target=repeat, args=[heard]) for heard in [False, *[True] * times]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
