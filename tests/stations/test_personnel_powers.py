"""The permission table of personnel, made from the matrix: the right office may, and every wrong one is told who may."""

from __future__ import annotations

import pytest

from culture_admin.accounts.powers import POWERS
from culture_admin.accounts.roles import Role
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.steps import FLOWS, obstacles
from stations.actions import apply_for_title, object_to, record_off_post
from stations.models import OffPost, OffPostObjection, PersonnelCase, TitleApplication
from tests.district import NOW, TODAY
from tests.stations.staff import candidate, filed


def case_of(kind: str):
    def make(district, staff) -> PersonnelCase:
        person, more = staff.officer, {"grounds": "resignation"}
        if kind == "removal":
            person = staff.head
        if kind == "appointment":
            more = {"post": staff.head_post, "username": "new.head"}
            person = candidate(district)
        return filed(district, kind, person, submit=False, **more)

    return make


def entry(district, staff) -> OffPost:
    return record_off_post(
        actor=district.town_officer_east, at=NOW, officer=staff.officer, station=staff.station, reason="diverted",
        valid_from=TODAY,
    )  # fmt: skip


def objection(district, staff) -> OffPostObjection:
    head = district.station_head_east
    return object_to(actor=head, at=NOW, off_post=entry(district, staff), grounds="有误")


def application(district, staff) -> TitleApplication:
    head = district.station_head_east
    return apply_for_title(
        actor=head, at=NOW, officer=staff.officer, station=staff.station, year=TODAY.year, sought="librarian"
    )


# A record of each way, at the east station.
MAKERS = {
    "appointment": case_of("appointment"), "removal": case_of("removal"), "dismissal": case_of("dismissal"),
    "entry": entry, "objection": objection, "application": application,
    "posting": lambda district, staff: staff.posting(staff.officer), "officer": lambda district, staff: staff.officer,
}  # fmt: skip


def person(district, role: str):
    towns = (Role.TOWN_OFFICER, Role.STATION_HEAD, Role.STATION_OFFICER, Role.STEWARD)
    return getattr(district, f"{role}_east" if role in towns else role)


@pytest.mark.parametrize("maker", MAKERS)
def test_each_step_is_open_to_just_the_offices_of_its_line(district, staff, maker):
    record = MAKERS[maker](district, staff)
    record = type(record).objects.select_related(*FLOWS[type(record)].related).get(pk=record.pk)
    # As if it had lain with nobody in particular: the line of the matrix alone.
    record.entrusted = []
    for name, step in FLOWS[type(record)].steps.items():
        record.state = step.sources[0]
        allowed = POWERS[step.power].roles(step.verb)
        for role in Role.values:
            told = obstacles([record], name, person(district, role))[record.pk]
            code = told.code if told else ""
            if not step.concerns(record):
                assert code in ("not_its_way", "not_your_power"), (name, role, told)
                continue
            assert (code == "not_your_power") == (role not in allowed), (name, role, told)
            if code == "not_your_power":
                assert str(POWERS[step.power].basis) in told.text


@pytest.mark.parametrize("maker", MAKERS)
def test_nobody_of_another_county_takes_a_step(district, staff, maker):
    record = MAKERS[maker](district, staff)
    before = record.state
    for step in FLOWS[type(record)].steps:
        for stranger in (district.bureau_admin_elsewhere, district.town_officer_elsewhere):
            with pytest.raises(StepRefused) as refused:
                perform(record, step, actor=stranger, at=NOW, comment="x")
            assert refused.value.code == "not_found"
    record.refresh_from_db()
    assert record.state == before
