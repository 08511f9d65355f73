"""The inbox asks as little among many cases as among few, and finds what waits without walking past what is closed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.actions import register_team
from culture_admin.workflow.actions import owe, perform
from culture_admin.workflow.steps import FLOWS
from stations.actions import open_registration, receive_complaint
from stations.models.registration import Kind
from tests.district import NOW, TODAY
from tests.stations.filing import several


@pytest.mark.parametrize("address", ["/admin/tasks/", "/api/v1/tasks/", "/desk/"])
def test_the_inbox_asks_the_same_number_of_questions_for_few_cases_and_for_many(district, address):
    client = Client()
    client.force_login(district.service, backend="django.contrib.auth.backends.ModelBackend")

    def more(numbers: range) -> None:
        for number in numbers:
            owe(district.bureau, code=f"d{number}", label="事", opened_on=TODAY, due_on=TODAY, subject=district.east)
            team = register_team(actor=district.steward_east, at=NOW, station=district.east, name=f"第{number}队")
            perform(team, "register", actor=district.station_head_east, at=NOW)
            complaint = receive_complaint(
                actor=district.service, station=district.east, received_on=TODAY, channel="phone", about="hours",
                text=f"第{number}件", at=NOW,
            )  # fmt: skip
            type(complaint).objects.filter(pk=complaint.pk).update(state="answered")

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    more(range(3))
    questions()
    few = questions()
    more(range(3, 18))
    assert questions() == few


def test_records_whose_rules_look_at_what_belongs_to_them_are_read_pile_by_pile(district):
    client = Client()
    client.force_login(district.bureau_admin, backend="django.contrib.auth.backends.ModelBackend")

    def questions(first: int, last: int) -> int:
        for station in several(district, last - first, first):
            open_registration(actor=district.bureau_admin, station=station, kind=Kind.ESTABLISHMENT)
        with CaptureQueriesContext(connection) as captured:
            [pile] = client.get("/admin/tasks/").context["piles"]
        assert {task.why_not[:5] for task in pile.tasks} == {"缺少材料："}
        assert len(pile.tasks) == last - 200
        return len(captured)

    questions(200, 202)
    few = questions(202, 203)
    assert questions(203, 209) == few


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.model.__name__)
def test_what_waits_has_an_index_that_holds_nothing_else(flow):
    waiting = {str(state) for step in flow.steps.values() if step.waits for state in step.sources}
    partial = [index for index in flow.model._meta.indexes if index.condition is not None]
    held = [{str(state) for state in dict(index.condition.children).get("state__in", ())} for index in partial]
    assert not waiting or any(waiting <= states for states in held)
