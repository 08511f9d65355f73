"""The doors everybody passes: sign in, lock-out, language, first password, the way to one's first page, health."""

from datetime import timedelta

import pytest
from django.utils import timezone

from culture_admin.accounts.actions import end_office, found_bureau, grant_office, set_active
from culture_admin.accounts.models import User
from tests.district import PASSWORD


def sign_in(client, username="station_head_east", password=PASSWORD, **extra):
    return client.post("/login/", {"username": username, "password": password, **extra})


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("station_head_east", "/desk/"),
        ("steward_east", "/desk/"),
        ("firm_manager", "/desk/"),
        ("town_officer_east", "/desk/"),
        ("backbone", "/desk/"),
        ("assessor", "/desk/"),
        ("bureau_admin", "/admin/"),
        ("bureau_leader", "/admin/"),
        ("finance", "/admin/"),
        ("registrar", "/admin/"),
        ("observer", "/admin/"),
        ("system_admin", "/admin/"),
        ("audit_admin", "/admin/"),
    ],
)
def test_each_role_comes_to_its_first_page(client, district, who, first):
    assert sign_in(client, who)["Location"] == "/"
    assert client.get("/")["Location"] == first


def test_who_holds_no_office_any_more_or_not_yet_is_told_so_and_can_sign_out(client, district):
    head, today = district.station_head_east, timezone.localdate()
    end_office(actor=None, membership=head.memberships.get(), on=today)
    sign_in(client)
    page = client.get("/").content.decode()
    assert (f"{head.name}，您目前没有职务" in page, 'action="/logout/"' in page) == (True, True)
    grant_office(
        actor=None, user=head, role="station_officer", unit=district.west.unit, valid_from=today + timedelta(days=9)
    )
    assert "文化员 · 西街道综合文化站：自" in client.get("/").content.decode()


def test_without_a_sign_in_the_first_page_is_the_sign_in(client, db):
    assert client.get("/")["Location"] == "/login/"


def answers(client, **tries):
    return {name: sign_in(client, **given) for name, given in tries.items()}


def test_a_wrong_name_a_wrong_password_and_a_closed_account_are_answered_alike(client, district):
    set_active(actor=None, user=district.observer, active=False)
    told = answers(
        client,
        name={"username": "nobody", "password": "x"},
        password={"password": "wrong"},
        closed={"username": "observer"},
    )
    texts = {response.status_code: response.context["form"].non_field_errors()[0] for response in told.values()}
    assert len(texts) == 1
    assert {response.context["form"].non_field_errors()[0] for response in told.values()} == set(texts.values())


def test_after_five_wrong_passwords_the_right_one_is_refused_too_and_the_answer_is_the_same(client, district):
    for _attempt in range(5):
        last = sign_in(client, password="wrong")
    locked = sign_in(client)
    assert (locked.status_code, int(locked["Retry-After"])) == (429, 900)
    assert locked.context["form"].non_field_errors() == last.context["form"].non_field_errors()
    assert client.get("/")["Location"] == "/login/"


def test_a_lock_is_of_the_account_and_not_of_the_office_it_sits_in(client, district):
    for _attempt in range(6):
        sign_in(client, password="wrong")
    assert sign_in(client, "station_officer_east").status_code == 302


@pytest.mark.parametrize("password", ["长" * 129, "x" * 10_000_000, "with\x00null"])
def test_an_impossible_password_is_refused_without_being_hashed(client, district, password):
    response = sign_in(client, password=password)
    assert response.status_code in (200, 400)
    assert client.get("/")["Location"] == "/login/"


@pytest.mark.parametrize("username", ["", "\x00", "😀", "station_head_east ", "x" * 10_000, "Ｓtation"])
def test_an_impossible_name_is_no_fault_of_the_server(client, district, username):
    assert sign_in(client, username=username, password="x").status_code < 500


def test_the_language_is_changed_on_the_same_page_and_kept(client, district):
    sign_in(client)
    response = client.post("/language/", {"language": "en", "next": "/desk/"})
    assert response["Location"] == "/desk/"
    assert User.objects.get(username="station_head_east").language == "en"
    assert 'lang="en"' in client.get("/desk/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_language_switch_leads_nowhere_else(client, db, elsewhere):
    assert client.post("/language/", {"language": "en", "next": elsewhere})["Location"] == "/"


def test_a_link_of_welcome_sets_the_first_password_once(client, district):
    _user, token = found_bureau(actor=None, county=district.county, username="first.account")
    entered = {"password": "a-long-and-0dd-sentence", "again": "a-long-and-0dd-sentence"}
    assert client.get(f"/welcome/{token}/").status_code == 200
    assert client.post(f"/welcome/{token}/", entered)["Location"] == "/login/"
    assert sign_in(client, "first.account", "a-long-and-0dd-sentence").status_code == 302
    client.logout()
    assert client.post(f"/welcome/{token}/", entered).context["form"].non_field_errors()


def test_health_names_the_state_of_each_part(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.json()["parts"]["database"]) == (200, "ok")


def test_metrics_are_for_allowed_addresses(client, db):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404


def test_pages_of_a_signed_in_reader_are_kept_by_nobody(client, district):
    sign_in(client)
    response = client.get("/desk/")
    assert "no-store" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]
    assert response["Content-Security-Policy"]
