"""Snapshots through the API and the admin: taken, listed, handed out byte for byte, compared."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.test import Client

from activities.models import Activity
from culture_admin.statistics.models import Snapshot
from culture_admin.statistics.snapshots import Asked, take
from tests.district import NOW
from tests.interfaces.conftest import Api

HELD, TIMES = "activities.held", "activities.person_times"
ASKED = [
    {"metrics": [HELD, TIMES], "by": ["division:town"], "first": "2026-05-01", "last": "2026-05-31"},
    {"metrics": [TIMES], "where": {"kind": "PERF,EXHB"}, "first": "2026-05-01", "last": "2026-05-31"},
]


@pytest.fixture
def post(district):
    def send(role: str, body: dict):
        return Api(getattr(district, role)).post("snapshots/", body, format="json")

    return send


@pytest.fixture
def taken(district, post) -> dict:
    district.log(attendance=120)
    answer = post("service", {"name": "五月", "place": district.county.pk, "asked": ASKED})
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


def test_it_is_taken_listed_handed_out_byte_for_byte_and_compared(district, taken):
    assert (taken["name"], taken["intact"], taken["versions"]) == ("五月", True, {HELD: 1, TIMES: 1})
    assert [one["where"] for one in taken["asked"]] == [{}, {"kind": "PERF,EXHB"}]
    reader = Api(district.observer)
    listed = reader.read("snapshots/?division=990101")["results"]
    assert [(one["id"], one["digest"], "asked" in one) for one in listed] == [(taken["id"], taken["digest"], False)]
    answer = reader.get(f"snapshots/{taken['id']}/content/")
    assert (answer["Content-Type"], answer["ETag"]) == ("application/json", f'"{taken["digest"]}"')
    assert sha256(answer.content).hexdigest() == taken["digest"]
    assert answer.json()["tables"][0]["rows"][0]["values"] == {HELD: 1, TIMES: 120}
    address = f"snapshots/{taken['id']}/differences/"
    assert reader.read(address) == {"digest": taken["digest"], "intact": True, "differences": []}
    Activity.objects.update(attendance=100)
    found = reader.read(address)["differences"]
    assert [(one["metric"], one["before"], one["after"]) for one in found] == [(TIMES, 120, 100)] * 2


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"asked": []}, "/asked", "min_length"),
        ({"asked": "all"}, "/asked", "not_a_list"),
        ({"asked": [{"metrics": [HELD], "colour": "red"}]}, "/asked/0/colour", "unknown_field"),
        ({"asked": [{"metrics": []}]}, "/asked/0/metrics", "min_length"),
        ({"asked": [ASKED[0], {"metrics": ["activities.helt"]}]}, "/asked/1/metrics", "unknown_metric"),
        ({"asked": [{"metrics": [HELD], "by": ["colour"]}]}, "/asked/0/by", "invalid_choice"),
        ({"asked": [{"metrics": [HELD], "first": "2026-13-01"}]}, "/asked/0/first", "date_format"),
        ({"asked": [{"metrics": [HELD], "first": "2026-05-02", "last": "2026-05-01"}]}, "/asked/0/first", "range_reversed"),
        ({"asked": [{"metrics": [HELD], "as_of": "2026-05-01"}]}, "/asked/0/as_of", "no_stock"),
        ({"asked": [{"metrics": [HELD], "where": {"kind": "NONE"}}]}, "/asked/0/where/kind", "invalid_choice"),
        ({"asked": [{"metrics": [HELD], "where": {"kind": 7}}]}, "/asked/0/where/kind", "invalid"),
        ({"asked": [{"metrics": [HELD], "where": {"division": "990101"}}]}, "/asked", "unknown_field"),
        ({"name": "a\u0007b"}, "/name", "text_control"),
        ({"name": ""}, "/name", "blank"),
        ({"place": 987654321}, "/place", "does_not_exist"),
        ({"digest": "0" * 64}, "/digest", "read_only"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(district, post, change, pointer, code):
    answer = post("service", {"name": "五月", "place": district.county.pk, "asked": ASKED} | change)
    assert answer.status_code == 400, answer.content.decode()
    assert (pointer, code) in [(one["pointer"], one["code"]) for one in answer.json()["errors"]], answer.json()
    assert not Snapshot.objects.exists()


def test_a_refusal_speaks_the_language_of_whoever_asks(district, post):
    body = {"name": "五月", "place": district.county.pk, "asked": [{"metrics": [HELD], "by": ["colour"]}]}
    answer = Api(district.service).post("snapshots/", body, format="json", headers={"Accept-Language": "en"})
    assert answer.json()["errors"][0]["message"] == "Numbers are not told apart by “colour”."


def test_only_a_section_takes_one_and_nobody_changes_or_reads_a_foreign_one(district, taken, post):
    body = {"name": "五月", "place": district.county.pk, "asked": ASKED}
    assert post("town_officer_east", body).status_code == 403
    assert post("service", body | {"place": district.town("elsewhere").pk}).status_code == 403
    address = f"snapshots/{taken['id']}/"
    assert Api(district.service).patch(address, {"name": "六月"}, format="json").status_code == 405
    for path in (address, f"{address}content/", f"{address}differences/"):
        assert Api(district.bureau_admin_elsewhere).get(path).status_code == 404
        assert Api(district.station_head_east).get(path).status_code == 404


def test_whoever_may_not_read_a_metric_does_not_read_it_out_of_a_snapshot(district):
    asked = [Asked(("stations.officers",))]
    snapshot = take(actor=district.service, place=district.county, asked=asked, name="人员", at=NOW)
    assert Api(district.personnel).get(f"snapshots/{snapshot.pk}/content/").status_code == 200
    refused = Api(district.observer).get(f"snapshots/{snapshot.pk}/content/")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_power")
    assert Api(district.observer).get(f"snapshots/{snapshot.pk}/").status_code == 200


def test_the_page_shows_what_was_read_and_what_is_read_otherwise(district, taken, pages):
    client: Client = pages("bureau_leader")
    address = f"/admin/statistics/snapshot/{taken['id']}/change/"
    page = client.get(address).content.decode()
    assert "Asked again, everything is answered as it was." in page
    assert "The content is what its digest says" in page
    assert taken["digest"] in page
    Activity.objects.update(attendance=100)
    page = client.get(address).content.decode()
    assert "Person-times" in page
    assert "东镇" in page
    assert client.get("/admin/statistics/snapshot/").status_code == 200
    assert client.get("/admin/statistics/snapshot/add/").status_code == 403
