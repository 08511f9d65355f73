"""API keys: what is kept of them, and when they stop to work."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from culture_admin.accounts.actions import issue_key, revoke_key, set_active
from culture_admin.accounts.keys import authenticate
from culture_admin.accounts.models import ApiKey

HERE = "127.0.0.1"


def test_a_key_opens_its_account_with_one_query(district, django_assert_num_queries):
    text = district.key("observer")
    authenticate(text, HERE)
    with django_assert_num_queries(1):
        user = authenticate(text, HERE)
        assert [office.role for office in user.offices] == ["observer"]


def test_of_a_key_only_a_keyed_hash_is_kept(district):
    secret = district.key("observer").split("_", 2)[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(k)::text FROM accounts_apikey k")
        assert all(secret not in row for (row,) in cursor.fetchall())


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1] + ("a" if t[-1] != "a" else "b"), lambda t: "xx" + t, lambda t: "", str.upper]
)
def test_a_spoilt_key_opens_nothing(district, spoil):
    assert authenticate(spoil(district.key("observer")), HERE) is None


def test_a_key_ends_when_revoked_expired_or_its_account_is_closed(district):
    row, text = issue_key(actor=None, name="n", role="observer", unit=district.bureau, days=1)
    assert authenticate(text, HERE)
    assert authenticate(text, HERE, timezone.now() + timedelta(days=2)) is None
    set_active(actor=None, user=row.user, active=False)
    assert authenticate(text, HERE) is None
    set_active(actor=None, user=row.user, active=True)
    revoke_key(actor=None, key=row)
    assert authenticate(text, HERE) is None


def test_a_key_is_tied_to_its_addresses(district):
    text = district.key("observer", addresses=["10.1.0.0/16"])
    assert authenticate(text, HERE) is None
    assert authenticate(text, "10.1.2.3")


def test_a_key_lasts_a_year_at_most(district):
    with pytest.raises(ValidationError):
        issue_key(actor=None, name="n", role="observer", unit=district.bureau, days=366)
    assert not ApiKey.objects.exists()


def test_an_office_fits_its_unit(district):
    with pytest.raises(ValidationError):
        issue_key(actor=None, name="n", role="station_head", unit=district.bureau)
