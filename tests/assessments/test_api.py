"""A year's assessment through the API: who may do and see what, and what nobody should send."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from activities.actions import record_work
from assessments.actions import show_evidence
from assessments.models import Computation, Cycle, Item, Mark, Result
from culture_admin.accounts.actions import grant_office
from culture_admin.interfaces.etags import etag_of
from culture_admin.scoring.actions import begin_edition, change_scheme
from culture_admin.workflow.actions import StepRefused, perform
from tests.assessments.years import SECTIONS, Year, with_records
from tests.district import NOW, TODAY, District
from tests.exchange.test_attachments import photo


@pytest.fixture
def patch(api):
    """Changes a record through the API as somebody who has just looked at it."""

    def send(username: str, path: str, record: Any, body: dict):
        return api(username).patch(path, body, format="json", headers={"If-Match": etag_of(record)})

    return send


def codes(answer) -> list[str]:
    return [error["code"] for error in answer.json().get("errors", [])] or [answer.json()["code"]]


def item_of(year: Year, town: str, code: str) -> Item:
    return year.of(town).items.select_related("assessment").get(code=code)


def test_the_town_claims_and_the_bureau_reviews_but_neither_the_others(year: Year, patch):
    item = item_of(year, "east", "1.1")
    claim = {"claimed": "value", "claimed_numbers": ["1"], "note": "已印发"}
    address = f"assessment-items/{item.pk}/"

    assert patch("service", address, item, claim).status_code == 403
    answer = patch("station_head_east", address, item, claim)
    assert (answer.status_code, answer.json()["claimed_numbers"]) == (200, ["1.0000"])

    review = {"reviewed": "value", "reviewed_numbers": ["1"]}
    item.refresh_from_db()
    refused = patch("town_officer_east", address, item, review)
    assert (refused.status_code, codes(refused)) == (403, ["not_your_power"])
    assert patch("station_head_west", address, item, claim).status_code == 404


def test_two_who_change_an_item_at_once_do_not_overwrite_one_another(year: Year, patch):
    item = item_of(year, "east", "1.1")
    seen = etag_of(item)
    patch("station_head_east", f"assessment-items/{item.pk}/", item, {"note": "先"})
    item.version = int(seen.strip('"').lstrip("v"))

    answer = patch("station_officer_east", f"assessment-items/{item.pk}/", item, {"note": "后"})

    assert answer.status_code == 412
    assert Item.objects.get(pk=item.pk).note == "先"


@pytest.mark.parametrize(
    ("code", "body", "expected"),
    [
        ("1.2", {"claimed": "value", "claimed_numbers": ["99"]}, "counted"),
        ("1.1", {"claimed": "value", "claimed_numbers": ["2"]}, "yes_no"),
        ("1.1", {"claimed": "value", "claimed_numbers": ["1", "0"]}, "numbers"),
        ("1.1", {"claimed": "value", "claimed_numbers": []}, "numbers"),
        ("1.1", {"claimed": "not_applicable", "claimed_numbers": ["1"]}, "number_alone"),
        ("3.1", {"claimed": "value", "claimed_numbers": ["5.5"]}, "above_maximum"),
        ("4.1", {"claimed": "value", "claimed_numbers": ["-1"]}, "number_range"),
        ("4.1", {"claimed": "value", "claimed_numbers": ["1e3"]}, "amount_format"),
        ("4.1", {"claimed": "perhaps"}, "invalid_choice"),
        ("4.1", {"claimed": "value", "reviewed": "value"}, "both_at_once"),
    ],
)
def test_what_cannot_be_claimed_is_refused_and_nothing_is_written(year: Year, patch, code, body, expected):
    item = item_of(year, "east", code)

    answer = patch("station_head_east", f"assessment-items/{item.pk}/", item, body)

    assert (answer.status_code, codes(answer)) == (400, [expected])
    assert Item.objects.get(pk=item.pk).version == item.version


def test_a_town_that_would_review_itself_is_told_who_does(year: Year, api, post):
    assessment = year.sealed("east").of("east")

    answer = post("town_officer_east", f"assessments/{assessment.pk}/accept/", {}, **{"If-Match": etag_of(assessment)})

    assert answer.status_code == 403
    assert "Public service section" in answer.json()["detail"]
    actions = api("town_officer_east").read(f"assessments/{assessment.pk}/")["actions"]
    assert (actions["accept"]["allowed"], actions["accept"]["code"]) == (False, "not_your_power")


def test_evidence_of_another_town_is_refused(year: Year, post, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    foreign = show_evidence(
        actor=year.district.station_head_west,
        item=item_of(year, "west", "1.1"),
        name="计划.jpg",
        content=photo(),
        at=NOW,
    ).attachment
    body = {"item": item_of(year, "east", "1.1").pk, "attachment": foreign.pk}

    assert codes(post("station_head_east", "evidence/", body)) == ["does_not_exist"]


def test_an_assessor_of_the_own_town_or_of_nowhere_is_not_appointed(year: Year, post, district: District):
    year.sealed("east")
    body = {"assessment": year.of("east").pk}

    own = year.assessor("assessor_0")
    grant_office(
        actor=None, user=own, role="station_officer", unit=district.east.unit, valid_from=timezone.localdate(NOW)
    )

    assert codes(post("service", "panel-seats/", body | {"assessor": own.username})) == ["own_town"]
    assert codes(post("service", "panel-seats/", body | {"assessor": "service"})) == ["no_assessor"]
    assert post("assessor", "panel-seats/", body | {"assessor": "assessor"}).status_code == 403


def test_a_mark_sent_twice_is_one_and_another_assessors_seat_is_nobody_elses(year: Year, post, api):
    seat = year.sealed("east").accepted("east").seat("east", "assessor_0")
    body = {
        "seat": seat.pk,
        "code": "2.3",
        "numbers": ["6"],
        "client_uuid": "0f8fad5b-d9cb-469f-a165-70867728950e",
    }

    assert [post("assessor_0", "marks/", body).status_code for _again in range(2)] == [201, 201]
    assert Mark.objects.count() == 1
    assert codes(post("assessor_0", "marks/", {**body, "code": "1.1", "client_uuid": str(uuid4())})) == ["not_on_site"]
    year.assessor("assessor_1")
    assert api("assessor_1").get(f"panel-seats/{seat.pk}/").status_code == 404
    assert codes(post("assessor_1", "marks/", body)) == ["does_not_exist"]


def test_scores_are_the_bureaus_until_they_are_shown_and_then_everybodys(year: Year, api):
    year.through().totalled()
    assert api("town_officer_east").read("results/")["results"] == []
    assert len(api("bureau_leader").read("results/")["results"]) == 2

    year.publicised()

    assert {row["total"] for row in api("town_officer_east").read("results/")["results"]} == {"81.3300", "73.3300"}
    assert api("town_officer_elsewhere").read("results/")["results"] == []
    assert api("assessor").get("results/").status_code == 200
    assert api("assessor").read("results/")["results"] == []


def test_a_score_is_walked_down_to_the_records_and_adds_up_to_the_last_digit(year: Year, api, district: District):
    returned = district.log(begins_on=timezone.localdate(NOW), attendance=9, title="退回的活动")
    perform(returned, "return", actor=district.station_head_east, at=NOW, comment="照片不清")
    year.through().totalled().publicised()
    result = Result.objects.get(assessment=year.of("east"))

    tree = api("station_head_east").read(f"results/{result.pk}/tree/")
    records = api("station_head_east").read(f"results/{result.pk}/records/?indicator=1.2")

    def leaves(node: dict) -> list[dict]:
        return [leaf for child in node["children"] for leaf in leaves(child)] if node["children"] else [node]

    assert sum(Decimal(leaf["points"]) for leaf in leaves(tree)) == Decimal(tree["points"]) == result.total
    (behind,) = records
    assert sum(Decimal(row["amount"]) for row in behind["counted"]) == Decimal(behind["total"]) == 3
    (left_out,) = behind["uncounted"]
    assert (left_out["id"], left_out["code"]) == (returned.pk, "returned")
    assert "照片不清" in left_out["reason"]


def test_what_was_shown_is_asked_again_with_its_hash(year: Year, api):
    year.through().totalled().publicised()
    computation = Computation.objects.get()

    first, again = (api("observer").get(f"computations/{computation.pk}/content/") for _twice in range(2))

    assert first.content == again.content
    assert first.headers["ETag"] == f'"{computation.digest}"'
    assert api("observer").read(f"computations/{computation.pk}/deviations/") == []


def test_the_writer_sees_what_the_reviewer_would_find(year: Year, api):
    found = api("station_head_east").read(f"assessments/{year.of('east').pk}/checklist/")

    assert {one["name"] for one in found if one["weight"] == "stop"} == {"not_said"}
    assert [one["code"] for one in found if one["name"] == "not_said"] == ["1.1", "2.3", "3.1"]


def test_a_rehearsal_answers_with_its_mark_and_writes_nothing(year: Year, api):
    year.through().totalled().publicised()
    west = year.of("west")

    answer = api("station_head_west").read(f"assessments/{west.pk}/rehearsal/?more=1.2:2,2.2:2")

    assert answer["rehearsal"] is True
    assert next((row["assessment"], row["after"], row["place_after"]) for row in answer["rows"]) == (
        west.pk,
        "100.00",
        1,
    )
    assert answer["overtaken"] == [year.of("east").pk]
    assert Computation.objects.count() == 1
    for written in ("9.9:1", "1.2:x", "1.2", ":3"):
        assert api("station_head_west").get(f"assessments/{west.pk}/rehearsal/?more={written}").status_code == 400


def test_gaps_are_told_with_the_days_that_are_left(year: Year, api):
    found = api("station_head_west").read(f"assessments/{year.of('west').pk}/gaps/")

    assert [(one["code"], one["missing"]) for one in found] == [("1.2", "2"), ("2.2", "2")]


def test_the_year_does_not_go_on_by_a_scheme_that_was_replaced_unnoticed(year: Year, post, district: District):
    edition = begin_edition(actor=district.service, scheme=year.scheme, reason="上级修订", at=NOW)
    change_scheme(actor=district.service, scheme=edition, document="试文〔2026〕8号", at=NOW)
    edition.refresh_from_db()
    perform(edition, "propose", actor=district.service, at=NOW)
    perform(edition, "publish", actor=district.bureau_leader, at=NOW)
    year.through()

    with pytest.raises(StepRefused) as refused:
        perform(year.fresh(), "lock", actor=district.service, at=NOW)
    assert refused.value.code == "scheme_replaced"
    answer = post(
        "service",
        f"assessment-years/{year.cycle.pk}/adopt/",
        {"reason": "按修订版考核"},
        **{"If-Match": etag_of(year.fresh())},
    )
    assert (answer.status_code, answer.json()["scheme"]) == (200, edition.pk)
    perform(year.fresh(), "lock", actor=district.service, at=NOW)


def test_a_formula_without_a_denominator_stops_the_totals_and_says_where(district: District):
    with_records(district)
    sections = deepcopy(SECTIONS)
    sections[1]["indicators"][0]["source"]["per"] = "activities.works"
    year = Year(district, sections=sections).opened().through()
    perform(year.fresh(), "lock", actor=district.service, at=NOW)

    with pytest.raises(StepRefused) as refused:
        perform(year.fresh(), "total", actor=district.service, at=NOW)
    assert refused.value.code == "formula_fails"
    assert "东镇" in str(refused.value)
    assert "2.1" in str(refused.value)

    for town, station in (("east", district.east), ("west", district.west)):
        head = getattr(district, f"station_head_{town}")
        record_work(actor=head, at=NOW, station=station, title="新戏", kind="original", finished_on=TODAY)
    perform(year.fresh(), "thaw", actor=district.service, at=NOW, comment="已补录作品")
    assert year.totalled().fresh().state == Cycle.State.TOTALLED


def test_weights_that_do_not_add_up_open_no_year(district: District, post):
    sections = [dict(SECTIONS[0], weight="31"), *SECTIONS[1:]]
    with pytest.raises(StepRefused) as refused:
        Year(district, sections=sections)
    assert refused.value.code == "scheme_faults"


def test_a_year_is_planned_once_and_only_of_a_published_scheme(year: Year, post):
    body = {"scheme": year.scheme.pk, "self_until": "2026-06-30"}

    assert codes(post("service", "assessment-years/", body)) == ["cycle_twice"]
    assert codes(post("service", "assessment-years/", body | {"self_until": "2025-06-30"})) == ["date_range"]
    assert post("town_officer_east", "assessment-years/", body).status_code == 403
