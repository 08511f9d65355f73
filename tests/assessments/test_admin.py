"""The bureau's pages of a year: everybody who may sees them in every state, and each step is the verb's own."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.actions import draft_cycle, take_interim
from assessments.models import Award, Computation, Cycle, Result
from culture_admin.scoring.actions import begin_edition, change_scheme, draft_scheme
from culture_admin.territory.actions import add_division, add_unit
from culture_admin.territory.models import Residents
from culture_admin.workflow.actions import perform
from culture_admin.workflow.models import Decision
from tests.assessments.years import GROUPS, SECTIONS, TITLES, Year, counted, with_records
from tests.district import NOW, District

ROOMS = ("cycle", "assessment", "panelseat", "computation", "result", "objection", "award", "awardpayment", "recheck")


@pytest.fixture
def year(district: District) -> Year:
    with_records(district)
    return Year(district)


@pytest.fixture
def signed_in():
    """A client in English in whom a user is signed in."""

    def sign_in(user) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def address(record) -> str:
    return f"/admin/assessments/{record._meta.model_name}/{record.pk}/change/"


def opened(client: Client, record):
    answer = client.get(address(record))
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("role", ["bureau_leader", "service", "finance", "observer"])
def test_every_page_opens_in_every_state(year, district, signed_in, role):
    client = signed_in(getattr(district, role))

    def look():
        opened(client, year.fresh())
        for town in ("east", "west"):
            opened(client, year.of(town))
        for made in (*Computation.objects.all(), *Result.objects.all(), *Award.objects.all()):
            opened(client, made)

    opened(client, year.fresh())
    year.opened()
    look()
    year.sealed("east").accepted("east").checked("east").sealed("west")
    look()
    year.accepted("west").checked("west").totalled()
    look()
    year.publicised()
    look()
    year.finalised()
    look()
    for name in ROOMS:
        status = client.get(f"/admin/assessments/{name}/").status_code
        assert status == (403 if role == "observer" and name == "panelseat" else 200), name


def test_whoever_has_no_part_in_assessments_sees_neither_lists_nor_records(year, district, signed_in):
    client = signed_in(district.security_admin)
    for name in ROOMS:
        assert client.get(f"/admin/assessments/{name}/").status_code == 403, name
    assert client.get(address(year.cycle)).status_code in (403, 404)
    assert signed_in(district.bureau_admin_elsewhere).get(address(year.cycle)).status_code == 404


def test_groups_are_chosen_by_their_names_whether_a_year_is_chosen_or_not(year, signed_in):
    year.opened()
    client = signed_in(year.district.service)
    for asked in ("", f"?cycle={year.cycle.pk}"):
        shown = client.get(f"/admin/assessments/assessment/{asked}").context["cl"].filter_specs
        assert [spec.lookup_choices for spec in shown if spec.title == "Group"] == [[("A", "All towns")]], asked


def test_a_year_is_planned_by_a_published_scheme_that_nobody_is_assessed_by_yet(year, district, signed_in):
    other = draft_scheme(
        actor=district.service, at=NOW, place=district.county, subject="station", year=2026, name_zh="站评估",
        document="试文〔2026〕2号", sections=SECTIONS, groups=GROUPS, titles=TITLES, total=Decimal(100),
    )  # fmt: skip
    client = signed_in(district.service)
    form = client.get("/admin/assessments/cycle/add/").context["adminform"].form
    assert list(form.fields["scheme"].queryset) == []
    perform(other, "propose", actor=district.service, at=NOW)
    perform(other, "publish", actor=district.bureau_leader, at=NOW)
    form = client.get("/admin/assessments/cycle/add/").context["adminform"].form
    assert list(form.fields["scheme"].queryset) == [other]
    early = client.post("/admin/assessments/cycle/add/", {"scheme": other.pk, "self_until": "2025-12-31"})
    assert "before the year begins" in str(early.context["adminform"].form.errors["self_until"])
    made = client.post("/admin/assessments/cycle/add/", {"scheme": other.pk, "self_until": "2026-06-30"})
    assert made.status_code == 302
    assert Cycle.objects.get(scheme=other).self_until == date(2026, 6, 30)


def test_the_list_says_how_many_have_sealed_and_passed(year, district, signed_in):
    year.opened().sealed("east").accepted("east").sealed("west")
    row = signed_in(district.bureau_admin).get("/admin/assessments/cycle/").context["cl"].result_list[0]
    assert (row.everybody, row.number_sealed, row.number_accepted) == (2, 2, 1)


def test_the_page_says_how_far_the_year_is_and_who_is_where(year, district, signed_in):
    year.opened().sealed("east")
    told = opened(signed_in(district.service), year.fresh()).context["year"]
    assert [(str(one.label), one.reached, one.current) for one in told["stages"]][:2] == [
        ("Open", True, True),
        ("Frozen", False, False),
    ]
    assert {str(one.label): one.number for one in told["columns"]} == {"Self-assessment": 1, "Sealed by the town": 1}
    listed = signed_in(district.service).get(told["columns"][1].address).context["cl"].result_list
    assert [row.pk for row in listed] == [year.of("east").pk]


def test_a_step_of_the_year_is_taken_on_its_page(year, district, signed_in):
    year.opened().through()
    cycle = year.fresh()
    client = signed_in(district.service)
    client.post(f"/admin/assessments/cycle/{cycle.pk}/steps/lock/", {"seen": cycle.version})
    assert year.fresh().state == Cycle.State.LOCKED
    # Who decides is somebody else.
    refused = client.post(
        f"/admin/assessments/cycle/{cycle.pk}/steps/publicise/", {"seen": year.cycle.version}, follow=True
    )
    assert year.fresh().state == Cycle.State.LOCKED
    assert refused.status_code == 200


def test_days_and_document_change_as_far_as_the_state_lets_them(year, district, signed_in):
    year.opened()
    client, cycle = signed_in(district.service), year.fresh()
    answer = client.post(
        address(cycle), {"self_until": "2026-07-01", "document": "", "document_on": "", "seen": cycle.version}
    )
    assert answer.status_code == 302
    assert year.fresh().self_until == date(2026, 7, 1)
    year.through().totalled()
    form = opened(client, year.fresh()).context["adminform"].form
    assert set(form.fields) == {"document", "document_on"}


def test_an_interim_ranking_is_computed_up_to_a_day(year, district, signed_in):
    year.opened()
    client = signed_in(district.service)
    way = f"/admin/assessments/cycle/{year.cycle.pk}/interim/"
    told = client.post(way, {"until": "", "shown": "on"}, follow=True).content.decode()
    assert "Say up to which day it is counted." in told
    assert not Computation.objects.exists()
    client.post(way, {"until": "2026-05-10", "reason": "上半年", "shown": "on"})
    computation = Computation.objects.get()
    assert (computation.kind, computation.until, computation.reason) == ("interim", date(2026, 5, 10), "上半年")
    assert computation.shown_at is not None
    refused = signed_in(district.bureau_leader).post(way, {"until": "2026-05-10"}, follow=True).content.decode()
    assert "Scores and rankings: this is for" in refused
    assert Computation.objects.count() == 1


def test_the_edition_in_force_is_taken_over_with_a_reason(year, district, signed_in):
    year.opened()
    newer = begin_edition(actor=district.service, scheme=year.scheme, reason="改进", at=NOW)
    newer = change_scheme(actor=district.service, scheme=newer, document="试文〔2026〕5号", at=NOW)
    perform(newer, "propose", actor=district.service, at=NOW)
    perform(newer, "publish", actor=district.bureau_leader, at=NOW)
    client, cycle = signed_in(district.service), year.fresh()
    told = opened(client, cycle).context["year"]
    assert (told["replaced"], told["newer"]) == (True, newer)
    way = f"/admin/assessments/cycle/{cycle.pk}/adopt/"
    client.post(way, {"comment": "", "seen": cycle.version})
    assert year.fresh().scheme == year.scheme
    client.post(way, {"comment": "办法修订", "seen": cycle.version})
    assert year.fresh().scheme_id == newer.pk
    assert not opened(client, year.fresh()).context["year"]["replaced"]


def test_formulas_that_fail_are_listed_by_name(district, signed_in):
    """2.1 divides by the residents, of whom nobody has recorded how many there are in the west."""
    sections = deepcopy(SECTIONS)
    sections[1]["indicators"][0]["source"] = counted("activities.person_times", per="territory.residents")
    with_records(district)
    year = Year(district, sections=sections).opened().sealed("east").sealed("west")
    client = signed_in(district.service)

    def failing(query: str = "") -> list[list[str]]:
        page = client.get(f"{address(year.fresh())}{query}")
        panel = next(panel for panel in page.context["panels"] if str(panel.title) == "Formulas that fail")
        return [[str(getattr(cell, "plain", cell)) for cell in row] for row in panel.rows]

    assert failing("?formulas=now") == [["None: every formula has its denominator.", "", ""]]
    Residents.objects.filter(division=district.town("west")).delete()
    missing = ["Government of West Subdistrict", "2.1 场均人次", "The denominator is not recorded, or 0."]
    assert failing("?formulas=now") == [missing]
    perform(year.fresh(), "lock", actor=district.service, at=NOW)
    assert failing() == [missing]


def test_the_pages_ask_as_much_for_many_towns_as_for_few(year, district, signed_in):
    year.opened()
    take_interim(actor=district.service, cycle=year.cycle, until=date(2026, 3, 31), at=NOW)
    client = signed_in(district.service)

    def asked(cycle: Cycle) -> list[int]:
        numbers = []
        computation = cycle.computations.get()
        for way in (
            address(cycle),
            address(computation),
            f"/admin/assessments/computation/{computation.pk}/indicator/?code=2.1",
            f"/admin/assessments/cycle/{cycle.pk}/rehearsal/?points-1.2=30",
        ):
            client.get(way)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(way).status_code == 200
            numbers.append(len(queries))
        return numbers

    few = asked(year.cycle)
    for number in range(1, 11):
        town = add_division(
            code=f"990101{200 + number}", name_zh=f"镇{number}", level="town", type="town", parent=district.county
        )
        add_unit(kind="town", division=town, name_zh=f"镇{number}政府")
    perform(year.fresh(), "void", actor=district.service, at=NOW, comment="重来")
    again = draft_cycle(actor=district.service, scheme=year.scheme, self_until=date(2026, 6, 1), at=NOW)
    perform(again, "open", actor=district.service, at=NOW)
    take_interim(actor=district.service, cycle=again, until=date(2026, 3, 31), at=NOW)
    assert again.assessments.count() == 12
    assert asked(again) == few


def test_a_rehearsal_says_who_moves_and_writes_nothing(year, district, signed_in):
    year.opened().through().totalled()
    client = signed_in(district.service)
    way = f"/admin/assessments/cycle/{year.cycle.pk}/rehearsal/"
    decisions = Decision.objects.count()
    west = year.of("west")
    page = client.get(way, {"points-1.2": "200", "more-1.2": "2", "town": west.pk})
    told = {line.assessment.unit.name: line for line in page.context["lines"]}
    assert "Rehearsal – nothing is written" in page.content.decode()
    # 1.2 of the west: 3 ÷ 3 of 200 points instead of 20 × 1 ÷ 3.
    assert told["Government of West Subdistrict"].after == Decimal("266.67")
    assert Decision.objects.count() == decisions
    assert Computation.objects.count() == 1
    for asked in ({"more-1.2": "2"}, {"points-1.2": "x"}, {"target-2.1": "3"}):
        refused = client.get(way, asked)
        assert refused.status_code == 400
        assert refused.context["faults"]
    assert client.get(way, {"colour": "red"}).status_code == 400


def test_a_year_without_scores_has_nothing_to_rehearse(year, district, signed_in):
    year.opened()
    page = signed_in(district.service).get(f"/admin/assessments/cycle/{year.cycle.pk}/rehearsal/")
    assert "compute an interim ranking" in page.content.decode()


def test_tasks_lead_to_the_pages(year, district, signed_in):
    year.opened().sealed("east")
    page = signed_in(district.service).get("/admin/tasks/")
    found = [task.address for pile in page.context["piles"] for task in pile.tasks]
    assert address(year.of("east")) in found
