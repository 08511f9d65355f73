"""Certificates: their codes, five years, renewal and lapse by the calendar alone, and what is announced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from culture_admin.demo.codes import INSTITUTION, credit_code
from culture_admin.statistics.reading import read
from culture_admin.territory.actions import add_division, add_succession
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Deadline, Notice
from stations.actions import announce_lapse, assign_codes, open_registration, open_station, register_legal_person
from stations.actions.readiness import not_ready
from stations.models import Certificate, Registration, Station, with_legal_standing
from stations.models.registration import Kind, State
from tests.clock import in_days
from tests.interfaces.conftest import Api
from tests.stations.filing import bring, draft, several, unregistered


def enter(station: Station, uscc: str, **entries) -> Certificate:
    said = {"legal_representative": "站长", "sponsor": "镇政府", "authority": "登记局", "valid_from": in_days(0)}
    return register_legal_person(actor=None, station=station, uscc=uscc, **said | entries)


def ending(station: Station, on: date) -> Certificate:
    """The station's certificate, as if it had been issued to end that day."""
    Certificate.objects.filter(station=station).update(valid_from=on - timedelta(days=1826), valid_to=on)
    return Certificate.objects.get(station=station)


def standing_of(certificate: Certificate, on: date) -> str:
    return Certificate.objects.with_standing(on).get(pk=certificate.pk).standing


@pytest.mark.parametrize(
    ("uscc", "code"),
    [
        (credit_code(INSTITUTION, "990102", 7), "uscc_foreign"),
        (credit_code(INSTITUTION, "330282", 7), "uscc_foreign"),
        (credit_code("91", "990101", 7), "uscc_category"),
        (credit_code("52", "990101", 7), "uscc_category"),
        ("12990101MB0A00018K", "uscc_checksum"),
        ("12990102MB0A000172", "uscc_foreign"),
        ("12990101MB0A00025E", "uscc_taken"),
    ],
)
def test_a_code_is_of_the_office_of_the_county_and_of_one_station(district, uscc, code):
    with pytest.raises(ValidationError) as refused:
        enter(unregistered(district), uscc)
    assert [(name, errors[0].code) for name, errors in refused.value.error_dict.items()] == [("uscc", code)]
    assert not Certificate.objects.filter(station=district.east).exists()


@pytest.mark.parametrize("office", ["990101", "990100"])
def test_the_county_and_the_prefecture_give_codes(district, office):
    assert enter(unregistered(district), credit_code(INSTITUTION, office, 7)).valid_to.year == in_days(0).year + 5


def test_the_code_of_the_county_a_town_has_left_is_still_its_code(district):
    old = add_division(
        code="990103", name_zh="旧县", level="county", type="county", parent=district.county.parent, valid_to=in_days(0)
    )
    left = add_division(code="990103101", name_zh="新镇", level="town", type="town", parent=old, valid_to=in_days(0))
    town = add_division(
        code="990101301", name_zh="新镇", level="town", type="town", parent=district.county, valid_from=in_days(0)
    )
    add_succession(predecessor=left, successor=town, on=in_days(0))
    station = open_station(actor=None, division=town, name_zh="新镇综合文化站")
    assert enter(station, credit_code(INSTITUTION, "990103", 1)).pk


def test_a_second_certificate_for_the_same_days_is_refused(district):
    with pytest.raises(ValidationError) as refused:
        enter(district.east, "12990101MB0A00017K")
    assert {error.code for error in refused.value.error_dict["__all__"]} == {"certificate_twice"}


def test_it_stands_by_the_calendar_alone(district):
    certificate = ending(district.east, date(2026, 12, 31))
    told = {
        date(2021, 12, 30): "ahead",
        date(2021, 12, 31): "valid",
        date(2026, 11, 30): "valid",
        date(2026, 12, 1): "ending",
        date(2026, 12, 30): "ending",
        date(2026, 12, 31): "lapsed",
    }
    assert {day: standing_of(certificate, day) for day in told} == told
    days = (date(2026, 12, 30), date(2026, 12, 31))
    numbers = [read("stations.registered", as_of=day).total.values["stations.registered"] for day in days]
    assert numbers == [3, 2]
    stations = Station.objects.filter(pk=district.east.pk)
    assert [with_legal_standing(stations, day).get().legal_standing for day in days] == ["in_force", "lapsed"]


def test_its_renewal_is_owed_from_thirty_days_before_its_end_and_nobody_is_told_five_years_ahead(district):
    certificate = enter(unregistered(district), credit_code(INSTITUTION, "990101", 7))
    duty = Deadline.objects.get(code="stations.certificate_renewal", subject_id=certificate.pk)
    end = certificate.valid_to
    assert (duty.opened_on, duty.due_on) == (end - timedelta(days=30), end - timedelta(days=1))
    assert not Notice.objects.filter(deadline=duty).exists()


def test_it_is_renewed_within_thirty_days_and_not_before(district):
    ending(district.east, in_days(31))
    case = draft(district, Kind.RENEWAL)
    assert not_ready(case, in_days(0)).code == "too_early"
    assert not_ready(case, in_days(1)) is None
    with pytest.raises(StepRefused) as refused:
        perform(case, "submit", actor=district.station_head_east)
    assert refused.value.code == "too_early"
    old = ending(district.east, in_days(30))
    duty = Deadline.objects.open().filter(code="stations.certificate_renewal", subject_id=old.pk)
    assert duty.exists()
    bring(district, Registration.objects.get(pk=case.pk), State.ISSUED)
    new = Certificate.objects.get(registration=case)
    assert (new.valid_from, new.valid_to) == (in_days(0), in_days(0).replace(year=in_days(0).year + 5))
    assert standing_of(old, in_days(0)) == "replaced"
    assert not duty.exists()


@pytest.mark.parametrize("begun", [State.DRAFT, State.APPROVED])
def test_a_renewal_that_was_begun_before_a_change_says_what_was_changed(district, begun):
    ending(district.east, in_days(20))
    renewal = bring(district, draft(district, Kind.RENEWAL), begun)
    change = draft(district, Kind.CHANGE, items=["funding"], funding="财政补助和自筹", event_on=in_days(0))
    bring(district, change, State.ISSUED)
    renewal.refresh_from_db()
    # What is with the office stays as it was filed.
    assert (renewal.funding == "财政补助和自筹") == (begun == State.DRAFT)
    tomorrow = timezone.now() + timedelta(days=1)
    bring(district, renewal, State.ISSUED, at=tomorrow)
    new = Certificate.objects.get(registration=renewal)
    assert (new.funding, new.valid_from) == ("财政补助和自筹", in_days(1))


def test_a_lapsed_certificate_is_renewed_late_and_until_then_nothing_on_it_is_changed(district):
    old = ending(district.east, in_days(-10))
    change = draft(district, Kind.CHANGE, items=["funding"], event_on=in_days(0))
    Registration.objects.filter(pk=change.pk).update(funding="自筹")
    change.refresh_from_db()
    assert not_ready(change, in_days(0)).code == "lapsed"
    case = bring(district, draft(district, Kind.RENEWAL), State.ISSUED)
    assert case.is_late
    assert standing_of(old, in_days(0)) == "lapsed", "between the two the station was no legal person in force"
    assert standing_of(Certificate.objects.get(registration=case), in_days(0)) == "valid"


def test_only_a_lapsed_certificate_is_announced_as_void_and_once(district):
    certificate = Certificate.objects.get(station=district.east)
    with pytest.raises(StepRefused) as refused:
        announce_lapse(actor=district.registrar, certificate=certificate)
    assert refused.value.code == "not_lapsed"
    ending(district.east, in_days(-1))
    address = f"certificates/{certificate.pk}/announce-lapse/"
    answers = [
        Api(who).post(address, headers={"Idempotency-Key": f"lapse-{number}"})
        for number, who in enumerate((district.bureau_admin, district.registrar, district.registrar))
    ]
    assert [answer.status_code for answer in answers] == [403, 200, 409]
    assert answers[1].json()["lapse_announced_on"] == str(in_days(0))
    assert answers[2].json()["code"] == "announced"


def test_the_list_is_narrowed_by_how_certificates_stand(district):
    ending(district.east, in_days(-1))
    ending(district.west, in_days(10))
    client = Api(district.registrar)
    found = {
        standing: [row["station"] for row in client.read(f"certificates/?standing={standing}")["results"]]
        for standing in ("valid", "ending", "lapsed")
    }
    assert found == {"valid": [], "ending": [district.west.pk], "lapsed": [district.east.pk]}
    answer = client.get("certificates/?standing=gone")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_choice")


def test_codes_are_assigned_by_the_office_to_cases_that_lie_with_it(district):
    case = bring(district, draft(district), State.ENDORSED)
    code = credit_code(INSTITUTION, "990101", 1)
    with pytest.raises(StepRefused) as refused:
        assign_codes(actor=district.registrar, codes={case.pk: code})
    assert refused.value.code == "illegal_transition"
    bring(district, case, State.FILED)
    with pytest.raises(PermissionDenied):
        assign_codes(actor=district.bureau_admin, codes={case.pk: code})
    with pytest.raises(ValidationError) as wrong:
        assign_codes(actor=district.registrar, codes={case.pk: "12990101MB0A00025E"})
    assert wrong.value.error_dict[str(case.pk)][0].code == "uscc_taken"
    [coded] = assign_codes(actor=district.registrar, codes={case.pk: code})
    assert (coded.uscc, coded.version) == (code, case.version + 1)


def test_one_code_for_two_stations_is_refused_for_both(district):
    cases = []
    for station in several(district, 2):
        case = open_registration(actor=None, station=station, kind=Kind.ESTABLISHMENT)
        Registration.objects.filter(pk=case.pk).update(state=State.ACCEPTED)
        cases.append(case)
    code = credit_code(INSTITUTION, "990101", 1)
    with pytest.raises(ValidationError) as refused:
        assign_codes(actor=district.registrar, codes={case.pk: code for case in cases})
    assert set(refused.value.error_dict) == {str(case.pk) for case in cases}
