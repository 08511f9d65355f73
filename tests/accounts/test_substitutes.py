"""Substitutes: named for a time, by the holder, from among colleagues; never longer than the office, never for what one filed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from culture_admin.accounts.actions import end_office, grant_office, issue_account, set_active
from culture_admin.accounts.models import Membership, Substitution, User
from culture_admin.accounts.substitutes import end_substitution, name_substitute
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Decision
from tests.district import District
from tests.stations.staff import filed, staffed

DAY = timedelta(days=1)
# Longer ago than anything below.
ISSUED = date(2020, 1, 1)


def today():
    return timezone.localdate()


def office_of(user: User) -> Membership:
    return user.memberships.get(acting_for=None)


def name(district: District, holder: str = "personnel", substitute: str = "service", **dates) -> Substitution:
    actor = getattr(district, holder)
    dates = {"valid_from": today(), "valid_to": today() + 10 * DAY} | dates
    return name_substitute(actor=actor, office=office_of(actor), user=getattr(district, substitute), **dates)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def roles(user: User) -> set[str]:
    return {office.role for office in again(user).offices}


@pytest.fixture
def case(district):
    staff = staffed(district)
    return filed(
        district,
        "secondment",
        staff.officer,
        other_unit="镇政府",
        effective_on=today() + DAY,
        until=today() + 90 * DAY,
        submit=False,
    )


def take(case, step: str, user: User) -> Decision:
    return perform(case, step, actor=again(user), comment="x")[0]


def test_a_substitute_decides_for_a_time_and_both_stand_in_the_decision(district, case):
    name(district)
    take(case, "submit", district.town_officer_east)
    decision = take(case, "accept", district.service)
    assert (decision.actor, decision.role, decision.acting_for, decision.unit) == (
        district.service, "personnel", district.personnel, district.bureau,
    )  # fmt: skip


def test_an_office_of_ones_own_goes_before_one_stood_in_for(district, case):
    unit = district.bureau
    other = issue_account(actor=None, username="other.personnel", name="另一人")
    grant_office(actor=None, user=other, role="personnel", unit=unit, valid_from=ISSUED)
    grant_office(
        actor=None,
        user=district.personnel,
        role="personnel",
        unit=unit,
        valid_from=ISSUED + DAY,
        acting_for=office_of(other),
    )
    take(case, "submit", district.town_officer_east)
    assert take(case, "accept", district.personnel).acting_for is None


def test_nobody_decides_on_what_he_filed_through_a_substitute_either(district, case):
    """The town's officer is also of the bureau: his substitute there does not decide on his case."""
    filer = district.town_officer_east
    grant_office(actor=None, user=filer, role="personnel", unit=district.bureau, valid_from=ISSUED)
    grant_office(
        actor=None, user=district.service, role="personnel", unit=district.bureau, valid_from=ISSUED,
        acting_for=filer.memberships.get(role="personnel"),
    )  # fmt: skip
    take(case, "submit", filer)
    for user in (filer, district.service):
        with pytest.raises(StepRefused) as refused:
            take(case, "accept", user)
        assert refused.value.code == "self_approval"
    assert take(case, "accept", district.personnel).acting_for is None


def test_it_begins_and_ends_with_its_dates(district):
    name(district, valid_from=today() + DAY)
    assert roles(district.service) == {"service"}
    Substitution.objects.update(valid_from=today() - DAY, valid_to=today())
    assert roles(district.service) == {"service"}
    Substitution.objects.update(valid_to=today() + DAY)
    assert roles(district.service) == {"service", "personnel"}


def test_it_lasts_no_longer_than_the_office(district):
    name(district)
    end_office(actor=None, membership=office_of(district.personnel), on=today())
    assert roles(district.service) == {"service"}


@pytest.mark.parametrize(
    ("who", "changes", "field", "code"),
    [
        ({}, {"valid_to": today()}, "valid_to", "date_range"),
        ({}, {"valid_to": today() + 400 * DAY}, "valid_to", "date_range"),
        ({}, {"valid_from": today() - DAY}, "valid_from", "in_the_past"),
        ({"substitute": "personnel"}, {}, "user", "own_substitute"),
        ({"substitute": "town_officer_east"}, {}, "user", "no_colleague"),
        ({"substitute": "firm_manager"}, {}, "user", "no_colleague"),
        ({"substitute": "bureau_admin_elsewhere"}, {}, "user", "no_colleague"),
        ({"holder": "system_admin"}, {}, "office", "not_delegable"),
        ({"holder": "station_head_east", "substitute": "station_officer_west"}, {}, "user", "no_colleague"),
    ],
)
def test_what_is_no_substitution_is_refused_at_its_field(district, who, changes, field, code):
    with pytest.raises(ValidationError) as refused:
        name(district, **who, **changes)
    assert refused.value.error_dict[field][0].code == code


def test_a_closed_account_is_no_colleague(district):
    set_active(actor=None, user=district.service, active=False)
    with pytest.raises(ValidationError) as refused:
        name(district)
    assert refused.value.error_dict["user"][0].code == "no_colleague"


def test_an_office_has_one_substitute_at_a_time_and_none_of_a_substitute(district):
    first = name(district)
    with pytest.raises(ValidationError) as refused:
        name(district, substitute="finance", valid_from=today() + 5 * DAY, valid_to=today() + 20 * DAY)
    assert refused.value.error_dict["valid_from"][0].code == "substituted"
    name(district, substitute="finance", valid_from=first.valid_to, valid_to=first.valid_to + DAY)
    with pytest.raises(ValidationError) as refused:
        name_substitute(actor=district.service, office=first, user=district.finance, valid_to=today() + DAY)
    assert refused.value.error_dict["office"][0].code == "second_hand"


def test_only_the_holder_or_who_administers_accounts_names_and_ends(district):
    office = office_of(district.personnel)
    for stranger in (district.bureau_leader, district.service, district.town_officer_east, district.audit_admin):
        with pytest.raises(PermissionDenied):
            name_substitute(actor=stranger, office=office, user=district.service, valid_to=today() + DAY)
    row = name_substitute(actor=district.system_admin, office=office, user=district.service, valid_to=today() + 9 * DAY)
    with pytest.raises(PermissionDenied):
        end_substitution(actor=district.service, substitution=row, on=today())
    end_substitution(actor=district.personnel, substitution=row, on=today())
    assert roles(district.service) == {"service"}


def test_what_was_ended_before_it_began_never_was_and_can_be_named_anew(district):
    ahead = {"valid_from": today() + 3 * DAY, "valid_to": today() + 9 * DAY}
    row = name(district, **ahead)
    end_substitution(actor=district.personnel, substitution=row, on=today())
    assert Substitution.objects.get().valid_to == ahead["valid_from"]
    name(district, **ahead)


def test_the_api_names_and_ends_a_substitute_by_username(client, district):
    client.force_login(district.station_head_east, backend="django.contrib.auth.backends.ModelBackend")
    body = {
        "role": "station_head",
        "unit": district.east.pk,
        "username": "station_officer_east",
        "valid_to": str(today() + 5 * DAY),
    }
    answer = client.post("/api/v1/substitutions/", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert (answer.json()["holder"], answer.json()["name"]) == ("station_head_east", "station_officer_east")
    assert roles(district.station_officer_east) == {"station_officer", "station_head"}
    faulty = client.post("/api/v1/substitutions/", body | {"username": "system_admin"}, content_type="application/json")
    assert [error["pointer"] for error in faulty.json()["errors"]] == ["/username"]
    foreign = client.post("/api/v1/substitutions/", body | {"role": "personnel"}, content_type="application/json")
    assert [error["code"] for error in foreign.json()["errors"]] == ["no_office"]
    ended = client.post(
        f"/api/v1/substitutions/{answer.json()['id']}/end/", {"on": str(today())}, content_type="application/json"
    )
    assert (ended.status_code, ended.json()["valid_to"]) == (200, str(today()))


def test_the_bureau_names_a_substitute_on_its_page(client, district):
    client.force_login(district.personnel, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/admin/accounts/substitution/add/").content.decode()
    assert ("service" in page, "system_admin" in page, "firm_manager" in page) == (True, True, False)
    form = {
        "office": office_of(district.personnel).pk, "user": district.service.pk,
        "valid_from": str(today()), "valid_to": str(today() + 5 * DAY),
    }  # fmt: skip
    assert client.post("/admin/accounts/substitution/add/", form).status_code == 302
    row = Substitution.objects.get()
    assert "service" in client.get("/admin/accounts/substitution/").content.decode()
    client.post(f"/admin/accounts/substitution/{row.pk}/acts/end/")
    assert Substitution.objects.get().valid_to == today()
    refused = client.post("/admin/accounts/substitution/add/", form | {"office": office_of(district.bureau_leader).pk})
    assert (refused.status_code, Substitution.objects.count()) == (200, 1)
