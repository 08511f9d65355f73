"""Nineteen stations in one batch: one request files, receives, approves all of them; and a board shows who is where."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from culture_admin.demo.codes import INSTITUTION, credit_code
from culture_admin.workflow.actions import StepRefused, perform, perform_each
from culture_admin.workflow.models import Deadline, Decision
from stations.actions import (
    add_post,
    assign_codes,
    note_documents,
    open_registrations,
    record_officer,
    record_posting,
)
from stations.models import Certificate, Registration
from stations.models.registration import Kind, State
from tests.district import OPENED, District
from tests.interfaces.conftest import Api
from tests.stations.filing import WAY, bring, draft, person, several

ENTRIES = {"purpose": "公益文化服务", "funding": "财政补助", "startup_funds": 300_000}
BOARD = "/admin/stations/registration/board/"


def batch_of(district, number: int, first: int = 200) -> list[Registration]:
    """A batch of new stations, opened by the bureau, with every document handed in."""
    cases = open_registrations(
        actor=district.bureau_admin,
        stations=several(district, number, first),
        kind=Kind.ESTABLISHMENT,
        batch="2026年登记",
        **ENTRIES,
    )
    note_documents(actor=district.bureau_admin, registrations=cases, note="已交窗口")
    return cases


def body(step: str, cases, **said) -> dict:
    rows = Registration.objects.in_bulk([case.pk for case in cases])
    return {"step": step, "records": [{"id": row.pk, "etag": f'"v{row.version}"'} for row in rows.values()], **said}


def walk(district, cases, mode: str = "atomic") -> Iterator[tuple[str, int, dict]]:
    """Takes each step of the way on all cases in one request; gives the step, how many questions it asked and the answer."""
    actors = {"station_head": "bureau_admin", "town_officer": "town_officer_east"}
    for step, role in WAY:
        if step == "approve":
            codes = {case.pk: credit_code(INSTITUTION, "990101", number + 10) for number, case in enumerate(cases)}
            assign_codes(actor=district.registrar, codes=codes)
        client = Api(getattr(district, actors.get(role, role)))
        client.read("registrations/?limit=1")
        asked = body(step, cases, comment="同意", mode=mode)
        with CaptureQueriesContext(connection) as captured:
            answer = client.post("registrations/steps/", asked, headers={"Idempotency-Key": f"{step}-{len(cases)}"})
        yield step, len(captured), answer.json()


def led_by_others(district, stations) -> None:
    """By now somebody else heads each station: its paper is late before it is issued."""
    for station in stations:
        post = add_post(
            actor=district.personnel, station=station, kind="head", name="站长", tenure="established", valid_from=OPENED
        )
        officer = record_officer(actor=district.personnel, station=station, name=f"新站长{station.pk}")
        record_posting(actor=district.personnel, officer=officer, post=post, valid_from=OPENED)


@pytest.mark.parametrize("number", [19])
def test_one_request_files_receives_and_approves_all_of_them(district, number):
    cases = batch_of(district, number)
    for step, _questions, answer in walk(district, cases):
        assert answer["counts"] == {"done": number, "refused": 0}, (step, answer)
    certificates = Certificate.objects.filter(registration__batch="2026年登记")
    assert certificates.count() == len({one.uscc for one in certificates}) == number
    assert {one.state for one in Registration.objects.all()} == {State.ANNOUNCED}
    assert Decision.objects.filter(step="approve").count() == number


def dearer(many: dict[str, int], few: dict[str, int]) -> dict[str, int]:
    """The steps that ask more for many than for few; of what is looked up once in a process the first ones ask."""
    return {step: questions for step, questions in many.items() if questions > few[step]}


@pytest.mark.parametrize(("mode", "stations"), [("atomic", 200), ("per_row", 60)])
def test_many_stations_cost_as_many_questions_as_three_at_every_step(district, mode, stations):
    few = {step: questions for step, questions, _answer in walk(district, batch_of(district, 3), mode)}
    Registration.objects.update(uscc="")
    Certificate.objects.filter(registration__isnull=False).update(uscc=credit_code(INSTITUTION, "990101", 999))
    many, done = {}, {}
    for step, questions, answer in walk(district, batch_of(district, stations, 300), mode):
        many[step], done[step] = questions, answer["counts"]
    assert dearer(many, few) == {}
    assert done == {step: {"done": stations, "refused": 0} for step, _role in WAY}
    assert Decision.objects.filter(step="approve").count() == stations + 3


def test_heads_that_changed_meanwhile_cost_no_question_more_and_each_owes_its_paper(district):
    costs = []
    for number, first in ((3, 200), (30, 300)):
        Registration.objects.update(uscc="")
        Certificate.objects.filter(registration__isnull=False).update(uscc=credit_code(INSTITUTION, "990101", 999))
        cases = batch_of(district, number, first)
        costs.append({})
        for step, questions, _answer in walk(district, cases):
            costs[-1][step] = questions
            if step == "approve":
                led_by_others(district, [case.station for case in cases])
    assert dearer(costs[1], costs[0]) == {}
    owed = Deadline.objects.open().filter(code="stations.legal_representative")
    assert {row.subject_id for row in owed} == {case.station_id for case in Registration.objects.all()}


def test_by_row_those_that_lack_something_are_named_and_the_others_go_on(district):
    cases = batch_of(district, 3)
    cases[1].documents.filter(code="charter").delete()
    asked = body("submit", cases, mode="per_row")
    answer = Api(district.bureau_admin).post("registrations/steps/", asked, headers={"Idempotency-Key": "k"}).json()
    assert answer["counts"] == {"done": 2, "refused": 1}
    [refused] = [row for row in answer["results"] if row["status"] == "refused"]
    assert (refused["id"], refused["errors"][0]["code"]) == (cases[1].pk, "documents_missing")
    asked = body("submit", cases, mode="per_row", dry_run=True)
    again = Api(district.bureau_admin).post("registrations/steps/", asked, headers={"Idempotency-Key": "dry"}).json()
    assert {row["errors"][0]["code"] for row in again["results"]} == {"illegal_transition", "documents_missing"}


def test_a_certificate_that_cannot_be_issued_leaves_the_others_alone(district):
    cases = batch_of(district, 3)
    for step, _questions, _answer in walk(district, cases):
        if step == "approve":
            break
    Certificate.objects.create(
        station=cases[1].station, uscc=credit_code(INSTITUTION, "990101", 50), legal_representative="x", sponsor="x",
        authority="x", valid_from=cases[1].submitted_on or "2026-01-01", valid_to="2040-01-01",
    )  # fmt: skip
    taken = perform_each(Registration.objects.filter(batch="2026年登记"), "issue", actor=district.registrar)
    assert [refused.code for refused in taken.refusals.values()] == ["registered"]
    assert len(taken.decisions) == 2
    assert Certificate.objects.filter(registration__isnull=False).count() == 2


def test_a_batch_is_opened_by_one_request_and_only_for_ones_own_stations(district):
    stations = several(district, 3)
    rows = [{"station": station.pk, "kind": "establishment", "batch": "一批"} for station in stations]
    client = Api(district.bureau_admin)
    answer = client.post("registrations/bulk/", {"rows": rows}, headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["counts"]) == (201, {"created": 3, "refused": 0})
    assert [row["batch"] for row in client.read("registrations/?batch=一批")["results"]] == ["一批"] * 3
    with pytest.raises(StepRefused) as refused:
        open_registrations(actor=district.bureau_admin, stations=stations, kind=Kind.ESTABLISHMENT)
    assert refused.value.code == "exists"
    foreign = [{"station": district.elsewhere.pk, "kind": "renewal"}]
    answer = client.post("registrations/bulk/", {"rows": foreign}, headers={"Idempotency-Key": "f"})
    assert answer.json()["errors"][0]["code"] == "does_not_exist"


def test_of_many_clicks_on_one_approval_one_decision_is_left(committed_db):
    district = District()
    case = bring(district, draft(district), State.EXAMINED)
    assign_codes(actor=district.registrar, codes={case.pk: credit_code(INSTITUTION, "990101", 1)})
    registrar, told, start = district.registrar.pk, [], threading.Barrier(6)

    def click() -> None:
        start.wait()
        try:
            user = get_user_model().objects.get(pk=registrar)
            perform(Registration.objects.get(pk=case.pk), "approve", actor=user)
            told.append("done")
        except StepRefused as refused:
            told.append(refused.code)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=click) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["done", *["illegal_transition"] * 5]
    assert Decision.objects.filter(step="approve").count() == 1


# --- the board --------------------------------------------------------------------------------------------------------


def test_the_board_shows_who_is_where_and_who_has_no_case_open(district, signed_in):
    cases = batch_of(district, 3)
    perform(cases[0], "submit", actor=district.bureau_admin)
    page = signed_in(district.registrar).get(f"{BOARD}?kind=establishment")
    numbers = {column.label: column.number for column in page.context["columns"]}
    assert {str(label): number for label, number in numbers.items()} == {
        "No open case": 2, "Draft": 2, "With the sponsor": 1,
    }  # fmt: skip
    only = signed_in(district.registrar).get(f"{BOARD}?batch=2026年登记&state=submitted")
    assert [line.case.pk for line in only.context["lines"]] == [cases[0].pk]


def test_whoever_only_looks_at_the_board_has_nothing_to_tick(district, signed_in):
    assert "data-tick-all" in signed_in(district.registrar).get(f"{BOARD}?kind=change").content.decode()
    assert 'type="checkbox"' not in signed_in(district.observer).get(f"{BOARD}?kind=change").content.decode()


def test_the_board_asks_the_same_for_thirty_stations_as_for_three(district, signed_in):
    client = signed_in(district.registrar)

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{BOARD}?kind=establishment").status_code == 200
        return len(captured)

    batch_of(district, 3)
    questions()
    few = questions()
    batch_of(district, 30, 300)
    assert questions() == few


def test_from_the_board_a_step_is_taken_on_all_that_are_ticked_and_it_comes_back_there(district, signed_in):
    cases = batch_of(district, 3)
    board = f"{BOARD}?batch=2026"
    answer = signed_in(district.bureau_admin).post(
        "/admin/stations/registration/",
        {"action": "step-submit", "_selected_action": [case.pk for case in cases], "next": board},
    )
    assert answer["Location"] == board
    assert {case.state for case in Registration.objects.all()} == {State.SUBMITTED}


def test_on_the_board_cases_are_opened_and_codes_written_for_many(district, signed_in):
    stations = several(district, 2)
    signed_in(district.bureau_admin).post(
        f"{BOARD}open/?kind=establishment",
        {"kind": "establishment", "batch": "一批", "station": [station.pk for station in stations]},
    )
    cases = list(Registration.objects.order_by("pk"))
    assert [case.batch for case in cases] == ["一批", "一批"]
    Registration.objects.update(state=State.ACCEPTED)
    codes = [credit_code(INSTITUTION, "990101", number) for number in (1, 2)]
    registrar = signed_in(district.registrar)
    page = registrar.post(f"{BOARD}codes/?batch=一批", {f"code-{cases[0].pk}": codes[0], f"code-{cases[1].pk}": "12X"})
    assert "12X" in page.content.decode(), "what was written stays"
    assert {case.uscc for case in Registration.objects.all()} == {""}
    registrar.post(
        f"{BOARD}codes/?batch=一批", {f"code-{case.pk}": code for case, code in zip(cases, codes, strict=True)}
    )
    assert [case.uscc for case in Registration.objects.order_by("pk")] == codes


@pytest.mark.parametrize("username", ["observer", "bureau_leader", "service"])
def test_who_only_looks_at_the_board_changes_nothing_on_it(district, signed_in, username):
    cases = batch_of(district, 1)
    client = signed_in(person(district, username, "east"))
    assert client.get(BOARD).status_code == 200
    client.post(f"{BOARD}open/?kind=renewal", {"kind": "renewal", "station": [district.east.pk]})
    client.post(f"{BOARD}codes/", {f"code-{cases[0].pk}": credit_code(INSTITUTION, "990101", 1)})
    client.post(f"{BOARD}warn/", {"_selected_action": [cases[0].pk], "document": "1号", "mend_by": "2027-01-01"})
    assert list(Registration.objects.values_list("state", "uscc")) == [("draft", "")]


@pytest.mark.parametrize("query", ["kind=x", "year=abc", "state=gone", "kinds=renewal"])
def test_the_board_names_a_question_it_does_not_understand(district, signed_in, query):
    assert signed_in(district.registrar).get(f"{BOARD}?{query}").status_code == 400
