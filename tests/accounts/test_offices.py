"""Who sees which rows: territory, firm, person, time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from activities.models import Activity
from culture_admin.accounts.actions import (
    accept_invitation,
    end_office,
    found_bureau,
    grant_office,
    invite,
    issue_account,
)
from culture_admin.accounts.asking import ask
from culture_admin.accounts.models import User
from culture_admin.territory.actions import add_division, add_succession
from stations.models import Station
from tests.district import NOW, PASSWORD, TODAY


@pytest.fixture
def logs(district):
    return {
        "east": district.log(),
        "steward": district.log(actor=district.steward_east),
        "west": district.log(district.west),
        "elsewhere": district.log(district.elsewhere),
    }


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("bureau_admin", {"east", "steward", "west"}),
        ("bureau_leader", {"east", "steward", "west"}),
        ("observer", {"east", "steward", "west"}),
        ("station_head_east", {"east", "steward"}),
        ("town_officer_east", {"east", "steward"}),
        ("station_head_west", {"west"}),
        ("firm_manager", {"steward"}),
        ("steward_east", {"steward"}),
        ("steward_west", set()),
        ("bureau_admin_elsewhere", {"elsewhere"}),
        ("registrar", set()),
        ("system_admin", set()),
        ("security_admin", set()),
        ("audit_admin", set()),
    ],
)
def test_each_office_sees_its_own_rows_and_no_others(district, logs, who, sees):
    seen = set(Activity.objects.visible_to(getattr(district, who)).values_list("pk", flat=True))
    assert seen == {logs[name].pk for name in sees}


def test_an_office_opens_and_closes_with_its_dates(district, logs):
    head = district.station_head_east
    end_office(actor=None, membership=head.memberships.get(), on=date(2026, 1, 1))
    assert not Activity.objects.visible_to(User.objects.get(pk=head.pk)).exists()


def test_a_substitute_sees_and_decides_for_whom_he_stands(district, logs):
    head = district.station_head_east
    substitute = issue_account(actor=None, username="substitute", name="代理")
    grant_office(
        actor=None, user=substitute, role="station_head", unit=district.east.unit,
        valid_from=date(2026, 1, 1), acting_for=head.memberships.get(),
    )  # fmt: skip
    answer = ask(substitute.offices, "activities", "decide", path=district.east.division.path)
    assert answer.office.acting_for == head.pk
    assert Activity.objects.visible_to(substitute).count() == 2


def test_a_refusal_says_who_may_instead_and_on_what_basis(district):
    answer = ask(district.bureau_admin.offices, "activities", "decide", path=district.east.division.path)
    assert (bool(answer), answer.code) == (False, "not_your_power")
    assert (
        ask(district.station_head_west.offices, "activities", "decide", path=district.east.division.path).code
        == "outside_territory"
    )


def test_a_county_may_have_two_bureaus_worth_of_stations_only_in_its_own_tree(district):
    assert Station.objects.visible_to(district.bureau_admin).count() == 2


def test_the_first_account_of_a_county_opens_with_its_link_once(district):
    user, token = found_bureau(actor=None, county=district.county, username="first.account")
    assert not user.has_usable_password()
    accept_invitation(token=token, password="a-long-and-0dd-sentence")
    assert User.objects.get(pk=user.pk).check_password("a-long-and-0dd-sentence")
    with pytest.raises(ValidationError) as refused:
        accept_invitation(token=token, password="an0ther-long-sentence")
    assert refused.value.code == "link_invalid"


def test_a_new_link_ends_the_one_before(district):
    user = district.observer
    first = invite(actor=None, user=user)
    invite(actor=None, user=user)
    with pytest.raises(ValidationError):
        accept_invitation(token=first, password="a-long-and-0dd-sentence")
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_land_that_changed_hands_takes_what_happened_there_along(district, logs):
    town = add_division(
        code="990102102",
        name_zh="远东镇",
        level="town",
        type="town",
        parent=district.elsewhere.county,
        valid_from=TODAY,
    )
    add_succession(predecessor=district.town("east"), successor=town, on=TODAY)
    Station.objects.filter(pk=district.east.pk).update(division=town, county=district.elsewhere.county)
    assert set(Activity.objects.visible_to(district.bureau_admin)) == {logs["west"]}
    assert set(Activity.objects.visible_to(district.bureau_admin_elsewhere)) == set(logs.values()) - {logs["west"]}


def test_who_decides_is_dated_by_the_log(district, logs):
    assert logs["east"].recorded_at == NOW
