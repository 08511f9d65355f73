"""Who may ask at all: keys, scopes and sessions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from culture_admin.accounts.actions import issue_key, revoke_key, set_active
from culture_admin.accounts.models import ApiKey
from culture_admin.interfaces.authentication import client_address


@pytest.fixture
def keyed(api):
    """A client that sends a key."""

    def client(key: str):
        return api(HTTP_AUTHORIZATION=f"Bearer {key}")

    return client


def test_a_stranger_is_asked_who_he_is(api):
    answer = api().get("activities/")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_key_reads_what_its_role_sees(keyed, district):
    row = district.log()
    client = keyed(district.key("service"))
    assert [found["id"] for found in client.read("activities/")["results"]] == [row.pk]


def test_every_unusable_key_gets_the_same_answer(keyed, api, district):
    bureau = district.bureau
    _row, expired = issue_key(
        actor=None, name="old", role="service", unit=bureau, days=1, at=timezone.now() - timedelta(days=2)
    )
    row, revoked = issue_key(actor=None, name="gone", role="service", unit=bureau)
    revoke_key(actor=None, key=row)
    _row, elsewhere = issue_key(actor=None, name="far", role="service", unit=bureau, addresses=["10.9.0.0/16"])
    good = district.key("service")
    closed_row, closed = issue_key(actor=None, name="closed", role="service", unit=bureau)
    set_active(actor=None, user=closed_row.user, active=False)
    bodies = set()
    for header in [
        *(
            f"Bearer {key}"
            for key in (expired, revoked, elsewhere, closed, good[:-1], good + "x", "x", "", "ca__", "张", "a" * 5000)
        ),
        f"Token {good}",
        good,
        "Basic dTpw",
        "Bearer",
    ]:
        answer = api(HTTP_AUTHORIZATION=header).get("activities/")
        problem = answer.json()
        assert (answer.status_code, problem.pop("code")) == (401, "key_invalid"), header
        problem.pop("instance")
        bodies.add(str(problem))
    assert len(bodies) == 1


def test_a_key_without_scopes_only_reads(keyed, district, body):
    answer = keyed(district.key("station_head", district.east.unit)).post("activities/", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert "activities:write" in answer.json()["detail"]


def test_a_key_with_scopes_does_what_they_name(keyed, district, body):
    writer = keyed(district.key("station_head", district.east.unit, scopes=["activities:write"]))
    assert writer.post("activities/", body).status_code == 201
    assert len(writer.read("activities/")["results"]) == 1
    assert writer.get("stations/").json()["code"] == "scope_missing"
    reader = keyed(district.key("service", scopes=["stations:read"]))
    assert reader.get("stations/").status_code == 200
    assert reader.get("activities/").status_code == 403


def test_a_key_in_an_address_is_refused_and_revoked(api, keyed, district):
    key = district.key("service")
    answer = api().get(f"activities/?key={key}")
    assert (answer.status_code, answer.json()["code"]) == (401, "key_in_address")
    assert ApiKey.objects.latest("id").revoked_at
    assert keyed(key).get("activities/").status_code == 401


def test_a_session_writes_only_with_the_pages_token(api, district, body):
    client = api(district.station_head_east, enforce_csrf_checks=True)
    answer = client.post("activities/", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    client.cookies["csrftoken"] = token = "a" * 32
    answer = client.post("activities/", body, headers={"X-CSRFToken": token})
    assert answer.status_code == 201


def test_an_account_closed_meanwhile_is_out_at_once(head, district):
    assert head.get("activities/").status_code == 200
    set_active(actor=None, user=district.station_head_east, active=False)
    assert head.get("activities/").status_code == 401


def test_what_is_answered_to_somebody_stays_out_of_caches(head, api, keyed, district):
    for client in (head, keyed(district.key("service"))):
        for path in ("activities/", "activities/999999/"):
            answer = client.get(path)
            assert answer["Cache-Control"] == "private, no-store"
            assert "Cookie" in answer["Vary"]
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("203.0.113.9", "10.0.0.1", "203.0.113.9"),
        ("10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "1.2.3.4, 203.0.113.9, 10.0.0.6", "203.0.113.9"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "forged", "forged"),
        ("", "1.2.3.4", ""),
    ],
)
def test_the_address_is_the_last_one_a_trusted_proxy_saw(rf, settings, remote, forwarded, address):
    import ipaddress

    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/24")]
    request = rf.get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address
