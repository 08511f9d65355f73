"""A station's head and its legal representative are one person, or an open duty names the late paper and who owes it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from culture_admin.workflow.actions import perform
from culture_admin.workflow.models import Deadline
from stations.actions import end_posting, record_posting
from stations.actions.representative import CODE
from stations.models import Certificate, Officer, PersonnelCase, Station
from stations.models.heads import Heads
from tests.district import NOW, TODAY, District
from tests.stations.staff import Staff, candidate, filed, steps


def duties(station: Station) -> list[Deadline]:
    return list(Deadline.objects.open().filter(code=CODE, subject_id=station.pk))


def agreed_or_owed(station: Station, on: date) -> bool:
    """Whether head and representative are one person from a day on; where they are not, a duty since that day says so."""
    heads = Heads.of(station)
    differ = [since for turn in heads.turns_from(on) if (since := heads.on(turn).differ_since)]
    owed = duties(station)
    if not differ:
        return not owed
    return any(duty.opened_on <= min(differ) and duty.unit == station.unit for duty in owed)


def appointed(district: District, staff: Staff, person: Officer, on: date) -> PersonnelCase:
    """Somebody is appointed head from a day on, all the way through the bureau."""
    case = filed(district, "appointment", person, post=staff.head_post, effective_on=on, username=f"head.{person.pk}")
    steps(case, *((name, district.personnel) for name in ("accept", "examine", "inspect", "publicise")))
    case.refresh_from_db()
    PersonnelCase.objects.filter(pk=case.pk).update(publicity_until=TODAY - timedelta(days=1))
    return steps(PersonnelCase.objects.get(pk=case.pk), ("appoint", district.bureau_leader))


def leaves(district: District, staff: Staff, on: date) -> None:
    end_posting(actor=district.personnel, at=NOW, posting=staff.posting(staff.head), on=on, comment="退休")


AGO, AHEAD = TODAY - timedelta(days=5), TODAY + timedelta(days=40)


def nothing(district: District, staff: Staff) -> None:
    """As it is entered."""


def head_left(district: District, staff: Staff) -> None:
    leaves(district, staff, AGO)


def removed(district: District, staff: Staff) -> None:
    case = filed(district, "removal", staff.head, effective_on=AHEAD, grounds="retirement")
    steps(case, ("accept", district.personnel), ("remove", district.bureau_leader))


def follower(district: District, staff: Staff) -> None:
    leaves(district, staff, AGO)
    appointed(district, staff, candidate(district, name="周明"), TODAY)


def follower_to_come(district: District, staff: Staff) -> None:
    removed(district, staff)
    appointed(district, staff, candidate(district, name="周明"), AHEAD)


def same_name_again(district: District, staff: Staff) -> None:
    leaves(district, staff, AGO)
    appointed(district, staff, candidate(district, name="站 长"), TODAY)


def acting_only(district: District, staff: Staff) -> None:
    leaves(district, staff, AGO)
    record_posting(
        actor=district.personnel, at=NOW, officer=staff.officer, post=staff.head_post, valid_from=AGO, acting=True,
        valid_to=AHEAD,
    )  # fmt: skip


def entered_by_mistake(district: District, staff: Staff) -> None:
    leaves(district, staff, AGO)
    entered = {"officer": candidate(district, name="周明"), "post": staff.head_post, "valid_from": TODAY}
    posting = record_posting(actor=district.personnel, at=NOW, **entered)
    perform(posting, "void", actor=district.personnel, at=NOW, comment="误录")


# What happens, and how many papers are late then.
WAYS = {
    nothing: 0, head_left: 1, removed: 1, follower: 1, follower_to_come: 1, same_name_again: 0, acting_only: 1,
    entered_by_mistake: 1,
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_head_and_representative_never_differ_without_the_duty_that_names_the_late_paper(district, staff, way):
    way(district, staff)
    assert agreed_or_owed(staff.station, TODAY)
    owed = duties(staff.station)
    assert len(owed) == WAYS[way]
    for duty in owed:
        assert (duty.unit, duty.working_days) == (staff.station.unit, 30)


def test_a_mismatch_that_nobody_owes_is_told_by_the_measure_itself(district, staff):
    """The check of this file is one: without its duty a mismatch is seen."""
    head_left(district, staff)
    Deadline.objects.filter(code=CODE).delete()
    assert not agreed_or_owed(staff.station, TODAY)


def test_the_station_shows_both_side_by_side_with_the_duty(district, staff, client):
    head_left(district, staff)
    client.force_login(district.personnel, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/admin/stations/station/{staff.station.pk}/change/", headers={"accept-language": "zh-hans"})
    text = page.content.decode()
    for told in ("任职站长", "证书载明的法定代表人", duties(staff.station)[0].label):
        assert told in text, told


def test_a_change_registration_begins_with_the_head_in_office(client, district, staff):
    Certificate.objects.filter(station=staff.station).update(legal_representative="原站长")
    client.force_login(district.station_head_east, backend="django.contrib.auth.backends.ModelBackend")
    form = client.get(f"/desk/registrations/add/?station={staff.station.pk}&kind=change").context["form"]
    assert (form["items"].value(), form["legal_representative"].value()) == (["legal_representative"], staff.head.name)
