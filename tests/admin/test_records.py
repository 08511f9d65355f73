"""The page of a record in the admin: its history, its panels, the secrets shown once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from culture_admin.accounts.keys import authenticate
from culture_admin.accounts.models import ApiKey, Membership, User
from culture_admin.exchange.paper.numbers import issue_number, open_register
from culture_admin.exchange.paper.register import PAPERS
from culture_admin.workflow.actions import perform
from stations.actions import draft_circular
from stewards.models import Posting
from tests.district import PASSWORD


def test_the_history_says_who_when_by_which_request_and_what_stood_there(district, signed_in):
    station, client = district.east, signed_in(district.bureau_admin)
    address = f"/admin/stations/station/{station.pk}"
    answer = client.post(f"{address}/change/", {"address": "新街2号", "telephone": "", "seen": station.version})
    changes = client.get(f"{address}/history/").context["changes"]
    newest, first = changes[0], changes[-1]
    assert (newest.who, newest.door, newest.created) == ("bureau_admin", f"{address}/change/", False)
    assert newest.request == answer.headers["X-Request-ID"]
    assert [(str(entry.label), entry.before, entry.after) for entry in newest.entries] == [("Address", "—", "新街2号")]
    assert first.created
    assert {"Unit": "East Town Cultural Station", "Town": "East Town"}.items() <= {
        str(entry.label): entry.after for entry in first.entries
    }.items()


def test_the_history_names_what_a_log_was_confirmed_to(district, signed_in):
    waiting = district.log(actor=district.steward_east, posting=district.posting("east"))
    perform(waiting, "confirm", actor=district.station_head_east)
    newest = signed_in(district.observer).get(f"/admin/activities/activity/{waiting.pk}/history/").context["changes"][0]
    assert [(entry.before, entry.after) for entry in newest.entries] == [("Waiting for the station", "Confirmed")]
    assert newest.who == "station_head_east"


def test_the_file_of_a_station_stands_below_it_with_the_way_to_enter_more(district, signed_in):
    page = signed_in(district.bureau_admin).get(f"/admin/stations/station/{district.east.pk}/change/")
    panels = {str(panel.title): panel for panel in page.context["panels"]}
    assert len(panels["Legal person certificates"].rows) == 1
    assert panels["Gradings"].add == f"/admin/stations/grading/add/?station={district.east.pk}"
    assert signed_in(district.bureau_admin).get(panels["Gradings"].add).context["adminform"].form.initial[
        "station"
    ] == str(district.east.pk)
    assert (
        not signed_in(district.observer)
        .get(f"/admin/stations/station/{district.east.pk}/change/")
        .context["panels"][0]
        .add
    )


def test_a_posting_ends_and_nothing_else_of_it_changes(district, signed_in):
    posting = district.posting("east")
    address, client = f"/admin/stewards/posting/{posting.pk}/change/", signed_in(district.service)
    early = client.post(address, {"valid_to": "2025-01-01", "seen": posting.version})
    assert "A posting ends after it begins" in str(early.context["adminform"].form.errors["valid_to"])
    client.post(address, {"valid_to": "2026-06-01", "station": district.west.pk, "seen": posting.version})
    posting.refresh_from_db()
    assert (posting.valid_to.isoformat(), posting.station_id) == ("2026-06-01", district.east.pk)


def entered(district, **more):
    return {
        "username": "li.ming",
        "name": "李明",
        "language": "zh-hans",
        "role": "service",
        "unit": district.bureau.pk,
        **more,
    }


def test_a_new_account_has_its_office_and_a_link_shown_once(district, signed_in):
    client = signed_in(district.system_admin)
    page = client.post("/admin/accounts/user/add/", entered(district))
    user = User.objects.get(username="li.ming")
    assert [(office.role, office.unit) for office in user.memberships.all()] == [("service", district.bureau)]
    link = page.context["secret"].removeprefix("http://testserver")
    assert page.headers["Cache-Control"].startswith("private, no-store")
    newcomer = Client()
    newcomer.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert newcomer.login(request=page.wsgi_request, username="li.ming", password=PASSWORD)
    assert link not in client.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()


def test_an_office_its_unit_does_not_have_is_refused_at_its_field(district, signed_in):
    page = signed_in(district.system_admin).post("/admin/accounts/user/add/", entered(district, role="steward"))
    assert "has no such office" in str(page.context["adminform"].form.errors["role"])
    assert not User.objects.filter(username="li.ming").exists()


def test_no_office_is_given_away_in_another_county(district, signed_in):
    elsewhere = district.elsewhere.unit
    page = signed_in(district.system_admin).post(
        "/admin/accounts/user/add/", entered(district, role="station_head", unit=elsewhere.pk)
    )
    assert "unit" in page.context["adminform"].form.errors
    given = {"user": district.observer.pk, "role": "station_head", "unit": elsewhere.pk, "valid_from": "2026-05-01"}
    page = signed_in(district.security_admin).post("/admin/accounts/membership/add/", given)
    assert "unit" in page.context["adminform"].form.errors
    assert not Membership.objects.filter(unit=elsewhere, user=district.observer).exists()


def test_an_office_ends_on_a_day(district, signed_in):
    held = district.observer.memberships.get()
    tomorrow = timezone.localdate() + timedelta(days=1)
    signed_in(district.security_admin).post(
        f"/admin/accounts/membership/{held.pk}/change/", {"valid_to": tomorrow.isoformat()}
    )
    held.refresh_from_db()
    assert held.valid_to == tomorrow


def test_a_key_is_shown_once_works_and_is_revoked(district, signed_in):
    client = signed_in(district.security_admin)
    wanted = {
        "name": "门户网站", "role": "observer", "unit": district.bureau.pk, "scopes": "statistics:read  stations:read",
        "addresses": "", "days": "30",
    }  # fmt: skip
    page = client.post("/admin/accounts/apikey/add/", wanted)
    secret, key = page.context["secret"], ApiKey.objects.get()
    assert authenticate(secret, "127.0.0.1").key_scopes == ["statistics:read", "stations:read"]
    for address in (
        "/admin/accounts/apikey/",
        f"/admin/accounts/apikey/{key.pk}/change/",
        f"/admin/accounts/apikey/{key.pk}/history/",
    ):
        assert secret.split("_", 2)[2] not in client.get(address).content.decode()
    client.post(f"/admin/accounts/apikey/{key.pk}/acts/revoke/")
    assert authenticate(secret, "127.0.0.1") is None
    assert client.post(f"/admin/accounts/apikey/{key.pk}/acts/revoke/").status_code == 404


def test_an_account_is_closed_and_opened_but_never_ones_own(district, signed_in):
    client = signed_in(district.security_admin)
    client.post(f"/admin/accounts/user/{district.observer.pk}/acts/close/")
    assert not district.observer.is_active
    client.post(f"/admin/accounts/user/{district.observer.pk}/acts/open/")
    assert district.observer.is_active
    client.post(f"/admin/accounts/user/{district.security_admin.pk}/acts/close/")
    assert district.security_admin.is_active


@pytest.mark.parametrize("role", ["audit_admin", "bureau_admin"])
def test_who_only_sees_accounts_finds_no_button_there(district, signed_in, role):
    client = signed_in(getattr(district, role))
    page = client.get(f"/admin/accounts/user/{district.observer.pk}/change/")
    assert page.status_code == 200
    assert page.context["acts"] == {}
    assert client.post(f"/admin/accounts/user/{district.observer.pk}/acts/close/").status_code == 403
    assert client.get("/admin/accounts/user/add/").status_code == 403
    assert district.observer.is_active


def test_a_password_is_changed_by_the_rules_and_other_sessions_end(district):
    here, there = Client(), Client()
    for client in (here, there):
        client.force_login(district.service, backend="django.contrib.auth.backends.ModelBackend")
    page = here.get("/admin/password_change/")["Location"]
    weak = here.post(page, {"present": PASSWORD, "password": "12345678", "again": "12345678"})
    assert weak.context["form"].errors
    here.post(page, {"present": PASSWORD, "password": "a-room-with-1-view", "again": "a-room-with-1-view"})
    assert district.service.check_password("a-room-with-1-view")
    assert here.get("/admin/").status_code == 200
    assert there.get("/admin/").status_code == 302


def test_signing_out_ends_the_session(district, signed_in):
    client = signed_in(district.service)
    assert client.post("/admin/logout/").headers["Location"] == "/login/"
    assert client.get("/admin/").status_code == 302


def test_a_posting_outside_ones_territory_is_not_ended(district, signed_in):
    posting = Posting.objects.get(station=district.east)
    answer = signed_in(district.bureau_admin_elsewhere).post(
        f"/admin/stewards/posting/{posting.pk}/change/", {"valid_to": "2026-06-01"}
    )
    assert answer.status_code == 404


def test_whoever_only_reads_is_not_shown_what_a_form_asks(district, signed_in):
    activity = district.log()
    asked = signed_in(district.service).get(f"/admin/activities/activity/{activity.pk}/change/").content.decode()
    read = signed_in(district.observer).get(f"/admin/activities/activity/{activity.pk}/change/").content.decode()
    assert "Override reason" not in read
    assert "<dd>None" not in read
    assert activity.title in asked


def test_a_circular_that_is_out_shows_its_questions_to_whoever_only_reads(district, signed_in):
    circular = draft_circular(
        actor=district.service,
        kind="collection",
        title="填报",
        body="请填报。",
        audience="towns",
        due_on=timezone.localdate() + timedelta(days=9),
        questions=[{"label": "已到账金额", "kind": "money", "required": True}],
    )
    for _state in ("draft", "issued"):
        page = signed_in(district.observer).get(f"/admin/stations/circular/{circular.pk}/change/").content.decode()
        assert "已到账金额 (" in page
        assert "Question(" not in page
        if circular.state == "draft":
            perform(circular, "issue", actor=district.bureau_leader)


def test_a_link_leads_to_no_room_that_is_closed_to_the_reader(district, signed_in):
    register = open_register(actor=None, unit=district.bureau, prefix="文", name="发文")
    number = issue_number(actor=district.bureau_admin, register=register, title="通知")
    address = f"/admin/exchange/documentnumber/{number.pk}/change/"
    person = f"/admin/accounts/user/{district.bureau_admin.pk}/change/"
    assert person not in signed_in(district.registrar).get(address).content.decode()


def test_the_document_of_a_number_is_linked_for_whoever_may_print_it(district, signed_in):
    register = open_register(actor=None, unit=district.bureau, prefix="文", name="发文")
    circular = draft_circular(
        actor=district.service, kind="notice", title="通知", body="请签收。", audience="towns", chosen="all"
    )
    paper = PAPERS["circular"]
    number = issue_number(
        actor=district.bureau_admin, register=register, title="通知", subject=circular, paper=paper.code
    )
    address, link = f"/admin/exchange/documentnumber/{number.pk}/change/", f"/desk/papers/circular/{circular.pk}/"
    assert link in signed_in(district.bureau_admin).get(address).content.decode()
    closed = signed_in(district.registrar).get(address).content.decode()
    assert link not in closed
    assert str(paper.label) in closed
