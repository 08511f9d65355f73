"""One's own password and second factor: what is asked of whom, and what stands between a sign-in and the rooms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from culture_admin.accounts.actions import change_password, issue_key, set_password
from culture_admin.accounts.models import PastPassword, User
from culture_admin.accounts.roles import Role
from culture_admin.accounts.second_factor import begin_factor, reset_factor
from tests.browser import sign_in as open_session
from tests.district import PASSWORD
from tests.test_doors import sign_in

NEXT = "a-room-with-3-windows"


@pytest.fixture
def second_factor(settings):
    settings.SECOND_FACTOR = True


def code_of(device: TOTPDevice, *, ahead: int = 0) -> str:
    return f"{totp(device.bin_key, drift=ahead):06}"


def set_up(client, user) -> list[str]:
    """Passes the page as somebody who sets up an app; gives back the recovery codes."""
    client.get("/second-factor/")
    page = client.post("/second-factor/", {"code": code_of(begin_factor(actor=user))})
    return page.context["codes"]


@pytest.mark.parametrize("who", ["bureau_admin", "finance", "system_admin", "firm_manager"])
def test_whoever_sees_a_county_or_bills_it_gives_a_second_factor_first(client, district, second_factor, who):
    sign_in(client, who)
    for room in ("/admin/", "/desk/"):
        assert client.get(room)["Location"] == "/second-factor/"
    assert client.get("/api/v1/stations/").json()["code"] == "second_factor"


@pytest.mark.parametrize("who", ["station_head_east", "steward_east"])
def test_a_stations_phone_keeps_to_its_password(client, district, second_factor, who):
    sign_in(client, who)
    assert client.get("/desk/").status_code == 200


def test_a_key_of_the_api_is_a_factor_of_its_own(client, district, second_factor):
    _key, secret = issue_key(actor=None, name="Figures", role=Role.BUREAU_ADMIN, unit=district.bureau, scopes=[])
    assert client.get("/api/v1/stations/", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


def test_an_app_is_set_up_once_and_asked_for_at_each_sign_in(client, district, second_factor):
    user = district.bureau_admin
    sign_in(client, user.username)
    assert 'src="data:image/svg+xml' in client.get("/second-factor/").content.decode()
    assert len(set_up(client, user)) == 10
    assert client.get("/admin/").status_code == 200

    client.post("/logout/")
    sign_in(client, user.username)
    assert "data:image" not in client.get("/second-factor/").content.decode()
    assert client.get("/admin/")["Location"] == "/second-factor/"
    # A code passes once: the one of the set-up is used.
    device = TOTPDevice.objects.get(user=user, confirmed=True)
    assert client.post("/second-factor/", {"code": code_of(device, ahead=1)})["Location"] == "/"
    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_lets_in_once(client, district, second_factor):
    user = district.bureau_admin
    sign_in(client, user.username)
    code = set_up(client, user)[0]
    for expected in (302, 400):
        client.post("/logout/")
        sign_in(client, user.username)
        assert client.post("/second-factor/", {"code": code.upper()}).status_code == expected


@pytest.mark.parametrize("code", ["", "000000", "abc", "x" * 400, "\x00"])
def test_a_wrong_code_is_refused_in_words_and_opens_nothing(client, district, second_factor, code):
    sign_in(client, "bureau_admin")
    page = client.post("/second-factor/", {"code": code})
    assert page.status_code == 400
    assert page.context["form"].errors["code"]
    assert client.get("/admin/")["Location"] == "/second-factor/"


def test_guessing_is_slowed_down_until_even_the_right_code_waits(client, district, second_factor):
    user = district.bureau_admin
    sign_in(client, user.username)
    set_up(client, user)
    client.post("/logout/")
    sign_in(client, user.username)
    for _attempt in range(3):
        client.post("/second-factor/", {"code": "000000"})
    device = TOTPDevice.objects.get(user=user, confirmed=True)
    assert client.post("/second-factor/", {"code": code_of(device, ahead=1)}).status_code == 400


def test_only_administrators_of_accounts_take_a_lost_factor_away(client, district, second_factor):
    user = district.bureau_admin
    sign_in(client, user.username)
    set_up(client, user)
    with pytest.raises(PermissionDenied):
        reset_factor(actor=district.bureau_leader, user=user)
    assert TOTPDevice.objects.filter(user=user).exists()
    reset_factor(actor=district.security_admin, user=user)
    assert not TOTPDevice.objects.filter(user=user).exists()


@pytest.mark.parametrize("password", ["only-small-letters", "onlysmall1234", "SHOUTING-LOUD"])
def test_a_password_has_three_kinds_of_signs(district, password):
    with pytest.raises(ValidationError) as refused:
        set_password(actor=None, user=district.observer, password=password)
    assert "password_composition" in {error.code for error in refused.value.error_list}


def test_none_of_the_last_five_passwords_comes_back(district):
    user = district.observer
    for number in range(2, 7):
        set_password(actor=None, user=user, password=f"a-room-with-{number}-doors")
    with pytest.raises(ValidationError) as refused:
        set_password(actor=None, user=user, password="a-room-with-2-doors")
    assert [error.code for error in refused.value.error_list] == ["password_reused"]
    set_password(actor=None, user=user, password=PASSWORD)
    assert PastPassword.objects.filter(user=user).count() == 5


def test_a_password_is_changed_by_whoever_knows_the_present_one(client, district):
    user = district.station_head_east
    sign_in(client)
    wrong = client.post("/password/", {"present": "wrong", "password": NEXT, "again": NEXT})
    assert wrong.context["form"].errors["present"]
    assert client.post("/password/", {"present": PASSWORD, "password": NEXT, "again": NEXT})["Location"] == "/"
    user.refresh_from_db()
    assert user.check_password(NEXT)
    # This session goes on; what was open elsewhere ended with the old password.
    assert client.get("/desk/").status_code == 200


def test_nobody_changes_a_password_without_the_present_one(district):
    with pytest.raises(ValidationError):
        change_password(actor=district.observer, present="", password=NEXT)
    district.observer.refresh_from_db()
    assert district.observer.check_password(PASSWORD)


def test_a_password_older_than_ninety_days_is_changed_before_anything_else(client, district):
    user = district.station_head_east
    PastPassword.objects.filter(user=user).update(set_at=timezone.now() - timedelta(days=91))
    sign_in(client)
    assert client.get("/desk/")["Location"] == "/password/"
    client.post("/password/", {"present": PASSWORD, "password": NEXT, "again": NEXT})
    assert client.get("/desk/").status_code == 200


def test_the_other_profile_asks_for_neither_composition_nor_rotation(client, district, settings):
    settings.AUTH_PASSWORD_VALIDATORS = [
        each for each in settings.AUTH_PASSWORD_VALIDATORS if each not in settings.STRICTER
    ]
    settings.PASSWORD_LIFETIME = None
    user = district.station_head_east
    set_password(actor=None, user=user, password="only-small-letters")
    PastPassword.objects.filter(user=user).update(set_at=timezone.now() - timedelta(days=91))
    sign_in(client, password="only-small-letters")
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_of_password_and_second_factor_are_for_everybody(phone, site, committed_db, second_factor, language):
    user = User.objects.get(username="bureau_admin")
    open_session(phone.context, site, user)
    phone.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    phone.goto("/admin/")
    assert phone.url.endswith("/second-factor/")
    assert looks_right(phone)
    phone.fill("[name=code]", code_of(begin_factor(actor=user)))
    with phone.expect_navigation():
        phone.click("button.main")
    assert phone.locator(".codes li").count() == 10
    assert looks_right(phone)
    phone.goto("/password/")
    with phone.expect_navigation():
        phone.click("button.main")
    assert phone.locator(".fault").count() == 3
    assert looks_right(phone)


def looks_right(page) -> bool:
    """No rule of accessibility is broken, and nothing hangs out at the side."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return not wide and Axe().run(page).response["violations"] == []
