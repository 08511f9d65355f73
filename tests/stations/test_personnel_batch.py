"""Personnel cases of many posts in one request: filed and examined together, with as many questions as for a few."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from culture_admin.workflow.models import Deadline
from stations.actions import add_post, file_case, record_officer
from stations.actions.effects import DECIDE
from stations.models import OfficerPosting, PersonnelCase
from tests.district import OPENED
from tests.interfaces.conftest import Api
from tests.stations.filing import several


def recruited(district, number: int, first: int) -> list[PersonnelCase]:
    """Drafts of a new officer for each of so many stations, as their town writes them."""
    cases = []
    for station in several(district, number, first):
        post = add_post(
            actor=district.personnel, station=station, kind="officer", name="文化员", tenure="established", valid_from=OPENED
        )  # fmt: skip
        town = district.town_officer_east
        officer = record_officer(actor=town, station=station, name=f"新人{station.pk}")
        cases.append(
            file_case(
                actor=town, kind="recruitment", station=station, officer=officer, post=post, reason="公开招聘",
                effective_on=timezone.localdate() + timedelta(days=20),
            )
        )  # fmt: skip
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


def test_thirty_cases_are_filed_and_accepted_with_as_many_questions_as_three(district):
    few, many = recruited(district, 3, 200), recruited(district, 30, 300)
    way = (("submit", district.town_officer_east), ("accept", district.personnel))
    for step, actor in way:
        assert step_on_all(actor, step, many) == step_on_all(actor, step, few), step
    owed = Deadline.objects.open().filter(code=DECIDE)
    assert {row.subject_id for row in owed} == {case.pk for case in (*few, *many)}
    assert {row.unit for row in owed} == {district.bureau}


def test_one_request_approves_thirty_cases_and_each_post_has_its_officer(district):
    cases = recruited(district, 30, 200)
    for step, actor in (
        ("submit", district.town_officer_east), ("accept", district.personnel), ("approve", district.personnel),
    ):  # fmt: skip
        step_on_all(actor, step, cases)
    posted = OfficerPosting.objects.filter(made_by__in=cases)
    assert {row.officer_id for row in posted} == {case.officer_id for case in cases}
    assert not Deadline.objects.open().filter(code=DECIDE).exists()
