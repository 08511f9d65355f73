"""Every page of a record says who decides here, on what basis, and why a button is grey; and the matrix is linted."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from culture_admin.accounts.actions import end_office
from culture_admin.accounts.models import User
from culture_admin.accounts.powers import POWERS
from culture_admin.desk.addresses import address_of
from culture_admin.workflow import lint
from culture_admin.workflow.explaining import buttons_of, explain, grey
from culture_admin.workflow.steps import FLOWS, Step
from stations.models import Finding
from stewards.models import Qualification
from tests.district import TODAY
from tests.furnishing import furnished
from tests.stewards.test_firms import manager_of


def page_of(user: User, address: str) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


@pytest.fixture
def rows(district, settings, tmp_path) -> dict[type, object]:
    """A row of the east station of every kind there is."""
    settings.MEDIA_ROOT = tmp_path
    return {type(row): row for row in furnished(district, "east", "here")}


def in_words(user, record) -> list[str]:
    """What the page has to say: the basis, and of each grey button the reason."""
    with translation.override("en"):
        said = explain(user, type(record), record)
        reasons = [reason for reason, _alike in grey(buttons_of(record, user))]
        return [str(said.power.label), str(said.power.basis), *reasons]


def doors_of(district, record):
    """The pages of a record: door, a reader who sees it and decides nothing if there is one, address, and its buttons."""
    model = type(record)
    steps = FLOWS[model].steps
    if admin.site.is_registered(model):
        # What is done by verbs alone, as an import is applied, has no buttons of steps on either door.
        steps = admin.site.get_model_admin(model).steps
        readers = (district.bureau_admin, district.bureau_leader, district.personnel)
        reader = next(user for user in readers if model.objects.visible_to(user).filter(pk=record.pk).exists())
        yield "admin", reader, admin_address(record), steps
    # What is shown among others on the page of its station, year, firm or contract has no page of its own.
    if (address := address_of(record)) and not re.search(r"\?(station|year|firm)=\d+$|#\w+$", address):
        # A seat on a panel is its assessor's, and neither the town's nor the station's; a steward's file is his firm's.
        own = [record.assessor] if hasattr(record, "assessor") else []
        own += [manager_of(record.firm)] if isinstance(record, Qualification) else []
        readers = (district.town_officer_east, district.station_head_east, *own)
        reader = next(user for user in readers if model.objects.visible_to(user).filter(pk=record.pk).exists())
        yield "desk", reader, address, steps


def admin_address(record) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def test_every_flow_has_a_page(rows, district):
    assert {model for model in FLOWS.keys() & rows.keys() if not list(doors_of(district, rows[model]))} == set()


def test_every_record_of_every_flow_is_furnished(rows):
    assert set(FLOWS) <= set(rows)


def test_every_page_of_every_flow_says_who_decides_on_what_basis_and_why_a_button_is_grey(district, rows):
    asked = Counter()
    for model in FLOWS.keys() & rows.keys():
        for door, reader, address, steps in doors_of(district, rows[model]):
            page = page_of(reader, address)
            assert 'id="who-decides"' in page, address
            record = model.objects.visible_to(reader).get(pk=rows[model].pk)
            missing = [said for said in in_words(reader, record) if said not in page] if steps else []
            assert missing == [], address
            asked[door] += 1
    assert asked["admin"] > 5
    assert asked["desk"] > 5


def test_pages_of_models_without_a_flow_say_who_enters_and_changes_and_why_not(district):
    page = page_of(district.observer, f"/admin/stations/station/{district.east.pk}/change/")
    assert "Enters and changes" in page
    assert str(POWERS["stations"].basis) in page
    assert "Why you may not:" in page
    assert "this is for Bureau administrator, Public service section" in page
    assert "Why you may not:" not in page_of(district.service, f"/admin/stations/station/{district.east.pk}/change/")


def test_a_page_names_the_units_that_decide_about_this_record_and_the_offices_nobody_holds(district):
    team = next(row for row in furnished(district, "east", "x") if row._meta.model_name == "team")
    with translation.override("en"):
        decides = explain(district.observer, type(team), team).lines[0]
        assert (
            decides.held_by
            == "Station head · East Town Cultural Station, Cultural officer · East Town Cultural Station"
        )
        for name in ("station_head_east", "station_officer_east"):
            end_office(actor=None, membership=getattr(district, name).memberships.get(), on=TODAY)
        decides = explain(district.observer, type(team), team).lines[0]
        assert (decides.held_by, decides.unheld) == ("", "Station head, Cultural officer")


@pytest.mark.parametrize(("username", "address"), [("observer", "/admin/matrix/"), ("steward_east", "/desk/matrix/")])
def test_the_whole_matrix_stands_on_a_page_for_everybody(district, username, address):
    page = page_of(getattr(district, username), address)
    with translation.override("en"):
        for code, power in POWERS.items():
            assert f'id="{code}"' in page
            assert f"{power.label}" in page
            assert f"{power.basis}" in page


def test_the_lint_finds_what_nobody_in_a_district_can_decide(district):
    counties = [district.county]
    assert lint.vacancies(TODAY, counties) == []
    end_office(actor=None, membership=district.registrar.memberships.get(), on=TODAY)
    (vacant,) = lint.vacancies(TODAY, counties)
    assert (vacant.roles, ("decide", "stations.registration") in vacant.verbs) == ({"registrar"}, True)
    assert "nobody can decide in stations.registration" in str(vacant)


def test_the_lint_costs_as_little_for_a_province_as_for_a_county(district):
    with CaptureQueriesContext(connection) as captured:
        lint.vacancies(TODAY)
    assert len(captured) == 2


def test_the_doctor_says_which_stations_have_no_head(district, capsys):
    end_office(actor=None, membership=district.station_head_west.memberships.get(), on=TODAY)
    with pytest.raises(SystemExit):
        call_command("doctor")
    assert "1 station has no head with an account (西街道综合文化站)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (Step("x", ["open"], "closed", "no.such.power"), "stands under “no.such.power”"),
        (Step("x", ["open"], "closed", "stations.grading", verb="consent"), "nobody can take the step “probe”"),
        (Step("x", ["open"], "closed", "stations.grading", verb="bless"), "asks for the verb “bless”"),
        (Step("x", ["nowhere"], "closed", "stations.grading"), "speaks of the state “nowhere”"),
    ],
)
def test_the_lint_finds_a_step_nobody_can_take(monkeypatch, step, fault):
    assert lint.check_flows() == []
    flow = FLOWS[Finding]
    monkeypatch.setitem(FLOWS, Finding, replace(flow, steps=flow.steps | {"probe": step}))
    (found,) = lint.check_flows()
    assert fault in found.msg
