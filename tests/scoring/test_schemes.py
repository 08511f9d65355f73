"""Schemes: drawn up whole, published by the leader, never changed after that, replaced by an edition whose changes are told."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from culture_admin.interfaces.problems import Problem
from culture_admin.scoring.actions import begin_edition, change_scheme, draft_scheme, faults_in
from culture_admin.scoring.differences import differences
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.sources import Check
from culture_admin.workflow.actions import StepRefused, perform
from tests.scoring.conftest import BODY, ENTRIES

State = Scheme.State


@pytest.fixture
def published(district, scheme) -> Scheme:
    perform(scheme, "propose", actor=district.bureau_admin, at=district.now)
    perform(scheme, "publish", actor=district.bureau_leader, at=district.now)
    return scheme


def changed(*path, value) -> dict:
    """The body with one member otherwise."""
    body = deepcopy(BODY)
    at = body
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return body


def test_a_complete_scheme_has_no_fault_and_its_content_is_what_was_entered(scheme):
    assert faults_in(scheme) == []
    table = scheme.content.table
    assert [section.code for section in table.sections] == ["1", "2"]
    assert [indicator.code for _section, indicator in table.indicators()] == ["1.1", "1.2", "2.1", "2.9"]
    assert scheme.content.titles[0].award == 50000


def test_what_is_not_counted_is_reviewed_by_its_papers_unless_it_is_scored_on_the_spot(district, scheme, pages):
    assert scheme.content.checks == {"1.2": Check.PAPERS, "2.9": Check.PAPERS}
    page = f"/admin/scoring/scheme/{scheme.pk}/change/"
    assert "scored on the spot" not in pages("bureau_admin").get(page).content.decode()
    on_site = changed("sections", 0, "indicators", 1, "check", value="on_site")
    changed_one = change_scheme(actor=district.bureau_admin, scheme=scheme, sections=on_site["sections"])
    assert changed_one.content.checks["1.2"] == Check.ON_SITE
    assert "yes or no; scored on the spot" in pages("bureau_admin").get(page).content.decode()


def test_a_scheme_is_handed_over_by_a_section_and_published_by_the_leader_alone(district, scheme):
    perform(scheme, "propose", actor=district.bureau_admin, at=district.now)
    for username in ("bureau_admin", "service", "town_officer_east", "assessor"):
        with pytest.raises((StepRefused, PermissionDenied)):
            perform(scheme, "publish", actor=getattr(district, username), at=district.now)
    perform(scheme, "publish", actor=district.bureau_leader, at=district.now)
    scheme.refresh_from_db()
    assert (scheme.state, scheme.published_on) == (State.PUBLISHED, district.today)


def test_what_is_published_is_not_changed_by_anybody(district, published):
    with pytest.raises(StepRefused) as refused:
        change_scheme(actor=district.bureau_admin, scheme=published, year=2027)
    assert refused.value.code == "illegal_transition"


def test_of_a_year_one_scheme_is_published(district, published):
    other = draft_scheme(
        actor=district.bureau_admin, at=district.now, place=district.county,
        total=Decimal(100), **{**ENTRIES, "subject": "station"}, **BODY,
    )  # fmt: skip
    assert other.edition == 1
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        Scheme.objects.filter(pk=other.pk).update(subject="town", state="published", edition=7)


def test_another_edition_takes_the_place_of_the_one_before_and_says_what_it_changes(district, published):
    edition = begin_edition(actor=district.service, scheme=published, reason="人代会意见", at=district.now)
    assert (edition.edition, edition.state, edition.body) == (2, State.DRAFT, published.body)
    sections = changed("sections", 0, "indicators", 0, "rule", value={"method": "M4", "target": "30", "full": "40"})
    sections["sections"][0]["indicators"][1]["check"] = "on_site"
    edition = change_scheme(
        actor=district.service, scheme=edition, sections=sections["sections"], document="东文〔2026〕9号"
    )
    with override("en"):
        told = {one.what: (one.before, one.after) for one in differences(published, edition)}
    assert told == {
        "Issuing document": ("东文〔2026〕3号", "东文〔2026〕9号"),
        "1.1 Activities · rule": (
            "M4 40 points × value ÷ 24, at most 40",
            "M4 40 points × value ÷ 30, at most 40",
        ),
        "1.2 组织领导 · check": ("reviewed by its papers", "scored on the spot"),
    }
    perform(edition, "propose", actor=district.service, at=district.now)
    perform(edition, "publish", actor=district.bureau_leader, at=district.now)
    published.refresh_from_db()
    assert (published.state, edition.state) == (State.SUPERSEDED, State.PUBLISHED)


def test_another_name_of_an_indicator_is_one_difference_and_not_an_indicator_less_and_one_more(district, published):
    edition = begin_edition(actor=district.service, scheme=published, reason="人代会意见", at=district.now)
    renamed = changed("sections", 0, "indicators", 0, "name_en", value="Activities that were held")
    edition = change_scheme(actor=district.service, scheme=edition, sections=renamed["sections"])
    with override("en"):
        told = [(one.what, one.before, one.after) for one in differences(published, edition)]
    assert told[1:] == [("1.1 Activities that were held · name", "Activities", "Activities that were held")]


def test_a_published_scheme_is_read_by_those_it_scores_and_a_draft_by_the_bureau(district, scheme):
    readers = [district.station_head_east, district.town_officer_west, district.assessor]
    assert not any(Scheme.objects.visible_to(one).filter(pk=scheme.pk) for one in readers[:2])
    perform(scheme, "propose", actor=district.bureau_admin, at=district.now)
    perform(scheme, "publish", actor=district.bureau_leader, at=district.now)
    assert all(Scheme.objects.visible_to(one).filter(pk=scheme.pk) for one in readers)
    assert not Scheme.objects.visible_to(district.station_head_elsewhere).filter(pk=scheme.pk)
    assert not Scheme.objects.visible_to(district.firm_manager).filter(pk=scheme.pk)


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        (changed("sections", 0, "weight", value="61"), "weights", "/sections"),
        (changed("sections", 0, "indicators", 1, "points", value="19"), "weights", "/sections"),
        (changed("titles", 1, "points", value="95"), "titles_order", "/titles/1/points"),
        (changed("titles", 0, "conditions", value=[{"indicator": "9", "least": "1"}]), "unknown_indicator", "/titles/0/conditions"),
        (changed("groups", value=[]), "missing", "/groups"),
        (changed("groups", value=[{"code": "A", "name_zh": "所列", "compared": "listed", "divisions": ["999999999"]}]), "unknown_division", "/groups/0/divisions"),
        (changed("sections", value=[]), "missing", "/sections"),
    ],
)  # fmt: skip
def test_a_draft_may_not_add_up_yet_but_is_not_handed_over_before_it_does(district, body, code, pointer):
    draft = draft_scheme(
        actor=district.bureau_admin, at=district.now, place=district.county, total=Decimal(100), **ENTRIES, **body
    )
    assert (code, pointer) in [(fault.code, fault.pointer) for fault in faults_in(draft)]
    with pytest.raises(StepRefused) as refused:
        perform(draft, "propose", actor=district.bureau_admin, at=district.now)
    assert refused.value.code == "scheme_faults"


WRONG = [
    (("sections", 0, "weight"), "sixty", "number_format", "/sections/0/weight"),
    (("sections", 0, "weight"), "-1", "number_format", "/sections/0/weight"),
    (("sections", 0, "weight"), 0.5, "number_format", "/sections/0/weight"),
    (("sections", 0, "code"), "", "text", "/sections/0/code"),
    (("sections", 0, "name_zh"), "a\x00b", "text", "/sections/0/name_zh"),
    (("sections", 0, "colour"), "red", "unknown_field", "/sections/0/colour"),
    (("sections", 0, "factor"), "0", "number_range", "/sections/0/factor/factor"),
    (("sections", 0, "indicators"), "none", "list", "/sections/0/indicators"),
    (("sections", 0, "indicators", 0), "1.1", "invalid", "/sections/0/indicators/0"),
    (("sections", 0, "indicators", 0, "part"), "extra", "invalid_choice", "/sections/0/indicators/0/part"),
    (("sections", 0, "indicators", 0, "zero"), "maybe", "invalid_choice", "/sections/0/indicators/0/zero"),
    (("sections", 0, "indicators", 0, "rule"), {"method": "M99"}, "invalid_choice", "/sections/0/indicators/0/rule/method"),
    (("sections", 0, "indicators", 0, "rule", "target"), "0", "number_range", "/sections/0/indicators/0/rule/target"),
    (("sections", 0, "indicators", 0, "source"), {"origin": "rumour"}, "invalid_choice", "/sections/0/indicators/0/source/origin"),
    (("sections", 0, "indicators", 0, "source", "metric"), "activities.helt", "unknown_metric", "/sections/0/indicators/0/source/metric"),
    (("sections", 0, "indicators", 0, "source", "metric"), ["a"], "unknown_metric", "/sections/0/indicators/0/source/metric"),
    (("sections", 0, "indicators", 0, "source", "span"), "day", "invalid_choice", "/sections/0/indicators/0/source/span"),
    (("sections", 0, "indicators", 0, "source", "where"), {"colour": "red"}, "dimension_missing", "/sections/0/indicators/0/source/where"),
    (("sections", 0, "indicators", 0, "source", "where"), ["kind"], "invalid", "/sections/0/indicators/0/source/where"),
    (("sections", 0, "indicators", 1, "source"), {"origin": "graded", "grades": []}, "grades", "/sections/0/indicators/1/source/grades"),
    (("sections", 0, "indicators", 1, "source"), {"origin": "yes_no", "metric": "x"}, "unknown_field", "/sections/0/indicators/1/source/metric"),
    (("sections", 0, "indicators", 1, "check"), "somehow", "invalid_choice", "/sections/0/indicators/1/check"),
    (("sections", 0, "indicators", 0, "check"), "on_site", "check", "/sections/0/indicators/0/check"),
    (("groups", 0, "compared"), "friends", "invalid_choice", "/groups/0/compared"),
    (("groups", 0, "divisions"), ["330109004"], "divisions", "/groups/0/divisions"),
    (("groups", 0, "divisions"), [1], "invalid", "/groups/0/divisions"),
    (("groups",), [{"code": "A", "name_zh": "甲"}, {"code": "A", "name_zh": "乙"}], "code_twice", "/groups/1/code"),
    (("titles", 0, "best"), "1.5", "share", "/titles/0/best"),
    (("titles",), [{"name_zh": "一"}] * 13, "list", "/titles"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "code", "pointer"), WRONG, ids=[f"{one[3]}={one[1]!r}"[:60] for one in WRONG]
)
def test_what_cannot_be_read_is_refused_with_its_place_through_verb_and_api(district, post, path, value, code, pointer):
    body = changed(*path, value=value)
    with pytest.raises(Problem) as refused:
        draft_scheme(
            actor=district.bureau_admin, at=district.now, place=district.county, total=Decimal(100), **ENTRIES, **body
        )
    assert (code, pointer) in [(fault.code, fault.pointer) for fault in refused.value.faults]
    answer = post("bureau_admin", "schemes/", {"place": district.county.pk, "total": "100", **ENTRIES, **body})
    assert answer.status_code == 400, answer.content.decode()
    assert not Scheme.objects.exists()


def test_what_may_stand_somewhere_is_offered_by_its_name_and_its_code(district):
    body = changed("groups", 0, "compared", value="friends")
    with pytest.raises(Problem) as refused, override("en"):
        draft_scheme(
            actor=district.bureau_admin, at=district.now, place=district.county, total=Decimal(100), **ENTRIES, **body
        )
    offered = "Expected one of all (all), towns (towns), subdistricts (subdistricts), those listed (listed)."
    assert [fault.message for fault in refused.value.faults] == [offered]


def test_where_only_some_answers_can_be_given_a_rule_says_what_each_earns(district):
    grades = [{"name_zh": "甲", "name_en": "First", "value": "3"}, {"name_zh": "乙", "name_en": "Second", "value": "1"}]
    body = changed("sections", 1, "indicators", 0, "source", value={"origin": "graded", "grades": grades})
    body["sections"][1]["indicators"][0]["rule"] = {"method": "M4", "target": "3", "full": "40"}
    drawn = draft_scheme(
        actor=district.bureau_admin, at=district.now, place=district.county, total=Decimal(100), **ENTRIES, **body
    )
    said = {one.code: one for _section, one in drawn.content.table.indicators()}
    with override("en"):
        assert said["1.1"].formula == "40 points × value ÷ 24, at most 40"
        assert said["1.2"].formula == "yes: 20 points; no: 0 points"
        assert said["2.1"].formula == "First: 40 points; Second: 13.3333 points"
        assert said["2.9"].formula == "rules out whoever it happened to"


def test_the_loop_of_a_scheme_goes_through_the_api(district, post, api):
    answer = post("bureau_admin", "schemes/", {"place": district.county.pk, "total": "100", **ENTRIES, **BODY})
    assert answer.status_code == 201, answer.content.decode()
    made, tag = answer.json(), answer["ETag"]
    assert (made["sections"], made["faults"]) == (BODY["sections"], [])
    address = f"schemes/{made['id']}/"
    broken = changed("sections", 0, "weight", value="50")
    answer = api("bureau_admin").patch(
        address, {"sections": broken["sections"]}, format="json", headers={"If-Match": tag}
    )
    assert "weights" in [fault["code"] for fault in answer.json()["faults"]]
    answer = api("bureau_admin").patch(
        address, {"sections": BODY["sections"]}, format="json", headers={"If-Match": answer["ETag"]}
    )
    answer = post("bureau_admin", f"{address}propose/", {}, **{"If-Match": answer["ETag"]})
    assert answer.json()["state"] == "proposed", answer.content.decode()
    answer = post("bureau_leader", f"{address}publish/", {}, **{"If-Match": answer["ETag"]})
    assert answer.json()["state"] == "published", answer.content.decode()
    edition = post("service", f"{address}edition/", {"reason": "人代会意见"})
    assert (edition.status_code, edition.json()["edition"]) == (201, 2)
    assert api("service").read(f"schemes/{edition.json()['id']}/changes/") == [
        {"what": "Issuing document", "before": ENTRIES["document"], "after": ""}
    ]
    assert post("town_officer_east", f"{address}edition/", {"reason": "x"}).status_code == 403
    assert post("station_head_elsewhere", f"{address}edition/", {"reason": "x"}).status_code == 404


def test_the_page_of_a_scheme_shows_its_indicators_titles_and_what_is_missing(district, scheme, pages):
    page = pages("bureau_admin").get(f"/admin/scoring/scheme/{scheme.pk}/change/").content.decode()
    for text in ("40 points × value ÷ 24, at most 40", "Activities", "50,000.00", "towns"):
        assert text in page
    assert "Still missing" not in page
    change_scheme(actor=district.bureau_admin, scheme=scheme, groups=[])
    page = pages("bureau_admin").get(f"/admin/scoring/scheme/{scheme.pk}/change/").content.decode()
    assert "It does not say yet who is compared with whom." in page
    assert pages("bureau_admin").get("/admin/scoring/scheme/").status_code == 200
    assert pages("bureau_admin").get("/admin/scoring/scheme/add/").status_code == 200
