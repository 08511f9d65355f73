"""Personnel cases of many posts in one request: as many questions as for a few, and the same done as for each by itself."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from culture_admin.accounts.actions import issue_account
from culture_admin.accounts.models import PersonalReading
from culture_admin.workflow.actions import perform, perform_each
from culture_admin.workflow.models import Deadline, Decision, Notice
from stations.actions import add_post, file_case, record_off_post, record_officer, record_posting
from stations.actions.effects import DECIDE
from stations.models import CasePay, OfficerPosting, OffPost, PersonnelCase, Station
from tests.district import OPENED
from tests.interfaces.conftest import Api
from tests.stations.filing import several

PAY = {"basic": Decimal(4000), "performance": Decimal(900), "allowances": Decimal(100)}
# What a case of each kind says besides what every case says.
SAID = {
    "recruitment": {},
    "dismissal": {"grounds": "resignation"},
    "secondment": {"other_unit": "镇党政办", "until": timedelta(days=200)},
    "pay": {"year": 2026, **PAY},
}


def drafts(district, kind: str, number: int, first: int) -> list[PersonnelCase]:
    """A draft for each of so many stations, as their town writes them; whoever is not new has held a post and an account."""
    town, by, cases = district.town_officer_east, district.personnel, []
    for station in several(district, number, first):
        post = add_post(
            actor=by, station=station, kind="officer", name="文化员", tenure="established", valid_from=OPENED
        )
        account = issue_account(actor=None, username=f"officer.{station.pk}", name=f"新人{station.pk}")
        officer = record_officer(actor=by, station=station, name=f"新人{station.pk}", user=account)
        about = {"post": post}
        if kind != "recruitment":
            record_posting(actor=by, officer=officer, post=post, valid_from=OPENED)
            about = {}
        if kind == "dismissal":
            record_off_post(actor=town, officer=officer, station=station, reason="sick", valid_from=OPENED)
        today = timezone.localdate()
        said = {name: today + one if isinstance(one, timedelta) else one for name, one in SAID[kind].items()}
        cases.append(
            file_case(
                actor=town, kind=kind, station=station, officer=officer, reason="工作需要",
                effective_on=today + timedelta(days=20), **about, **said,
            )
        )  # fmt: skip
    return cases


def accepted(district, kind: str, number: int, first: int) -> list[PersonnelCase]:
    cases = drafts(district, kind, number, first)
    perform(cases, "submit", actor=district.town_officer_east)
    perform(cases, "accept", actor=district.personnel)
    return cases


def step_on_all(actor, step: str, cases: list[PersonnelCase]) -> int:
    """Takes the step on all in one request; how many questions that asked."""
    rows = PersonnelCase.objects.in_bulk([case.pk for case in cases]).values()
    asked = {"step": step, "comment": "同意", "records": [{"id": row.pk, "etag": f'"v{row.version}"'} for row in rows]}
    client = Api(actor)
    client.read("personnel-cases/?limit=1")
    with CaptureQueriesContext(connection) as captured:
        answer = client.post("personnel-cases/steps/", asked, headers={"Idempotency-Key": f"{step}-{len(cases)}"})
    assert answer.json()["counts"] == {"done": len(cases), "refused": 0}, answer.json()
    return len(captured)


def done(case: PersonnelCase) -> dict[str, list]:
    """What came of a case, in words that do not tell which station it was."""
    case = PersonnelCase.objects.get(pk=case.pk)
    postings = OfficerPosting.objects.filter(officer=case.officer).order_by("pk")
    away = OffPost.objects.filter(officer=case.officer).order_by("pk")
    rows = [*postings, *away]
    keys = {"subject_id__in": [row.pk for row in rows], "station": case.station.unit}
    decisions = Decision.objects.filter(**keys).exclude(subject_type__model="personnelcase").order_by("pk")
    told = Notice.objects.filter(decision__in=decisions).order_by("decision", "kind", "role")
    owed = Deadline.objects.filter(subject_id__in=[case.pk, *(row.pk for row in away)])
    owed = owed.filter(unit__division=case.station.division) | owed.filter(code=DECIDE, subject_id=case.pk)
    pay = CasePay.objects.filter(pk=case.pk).first()
    read = PersonalReading.objects.filter(table="stations.casepay", row=case.pk).order_by("pk")
    return {
        "case": [case.state, case.version, case.effective_on, case.officer.version],
        "postings": list(postings.values_list("valid_from", "valid_to", "share", "acting", "state", "version")),
        "made": [row.made_by_id == case.pk for row in postings],
        "away": list(away.values_list("reason", "valid_from", "valid_to", "due_back", "note", "state", "version")),
        "decisions": [
            (one.step, one.from_state, one.to_state, one.actor_id, one.role, one.unit.kind, one.comment == str(case))
            for one in decisions
        ],
        "told": list(told.values_list("kind", "role", "unit__kind", "user_id")),
        "owed": sorted((one.code, one.due_on, one.unit.kind, one.settled_at is None) for one in owed),
        "offices": list(case.officer.user.memberships.values_list("role", "unit__kind", "valid_from", "valid_to")),
        "pay": [pay and pay.determined and pay.determined.in_clear()],
        "read": list(read.values_list("act", "field", "role", "reason")),
    }  # fmt: skip


def test_thirty_cases_are_filed_and_accepted_with_as_many_questions_as_three(district):
    few, many = drafts(district, "recruitment", 3, 200), drafts(district, "recruitment", 30, 300)
    way = (("submit", district.town_officer_east), ("accept", district.personnel))
    for step, actor in way:
        assert step_on_all(actor, step, many) == step_on_all(actor, step, few), step
    owed = Deadline.objects.open().filter(code=DECIDE)
    assert {row.subject_id for row in owed} == {case.pk for case in (*few, *many)}
    assert {row.unit for row in owed} == {district.bureau}


@pytest.mark.parametrize("kind", SAID)
def test_thirty_cases_are_approved_with_as_many_questions_as_three(district, kind):
    few, many = accepted(district, kind, 3, 200), accepted(district, kind, 30, 300)
    asked = step_on_all(district.personnel, "approve", few)
    assert step_on_all(district.personnel, "approve", many) <= asked < 60
    assert not Deadline.objects.open().filter(code=DECIDE).exists()


@pytest.mark.parametrize("kind", SAID)
def test_what_is_approved_together_comes_out_as_what_is_approved_by_itself(district, kind):
    alone, *together = accepted(district, kind, 4, 200)
    at = timezone.now()
    perform(alone, "approve", actor=district.personnel, at=at)
    assert perform_each(together, "approve", actor=district.personnel, at=at).refusals == {}
    assert [done(case) for case in together] == [done(alone)] * 3


def test_each_post_has_its_officer_once_thirty_cases_are_approved(district):
    cases = accepted(district, "recruitment", 30, 200)
    step_on_all(district.personnel, "approve", cases)
    posted = OfficerPosting.objects.filter(made_by__in=cases)
    assert {(row.officer_id, row.post_id) for row in posted} == {(case.officer_id, case.post_id) for case in cases}


def test_of_many_cases_the_one_against_a_rule_is_refused_in_its_words_and_the_others_go_on(district):
    seconded = accepted(district, "secondment", 4, 200)
    refused = seconded[1]
    # He left in the meantime: nobody is off post twice.
    record_off_post(
        actor=district.town_officer_east, officer=refused.officer, station=refused.station, reason="sick", valid_from=OPENED
    )  # fmt: skip
    taken = perform_each(seconded, "approve", actor=district.personnel)
    assert {key: (one.code, one.text) for key, one in taken.refusals.items()} == {
        refused.pk: ("off_post_twice", "该时段此人已有离岗记录。")
    }
    assert {case.state for case in seconded if case != refused} == {"approved"}
    assert OffPost.objects.filter(case__in=seconded).count() == 3
    refused.refresh_from_db()
    assert refused.state == "accepted"


def test_of_two_cases_for_one_post_the_first_fills_it_and_the_second_is_refused(district):
    first, second, third = accepted(district, "recruitment", 3, 200)
    station = Station.objects.get(pk=first.station_id)
    rival = record_officer(actor=district.personnel, station=station, name="后来者")
    town = district.town_officer_east
    late = file_case(
        actor=town, kind="recruitment", station=station, officer=rival, post=first.post, reason="公开招聘",
        effective_on=first.effective_on,
    )  # fmt: skip
    perform(late, "submit", actor=town)
    perform(late, "accept", actor=district.personnel)
    taken = perform_each([first, second, third, late], "approve", actor=district.personnel)
    assert {key: one.code for key, one in taken.refusals.items()} == {late.pk: "post_taken"}
    posted = OfficerPosting.objects.filter(post=first.post)
    assert {row.officer for row in posted} == {first.officer}
