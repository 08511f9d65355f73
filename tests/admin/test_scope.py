"""Who sees which rows in the admin, and what he may choose."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.urls import get_resolver

from activities.actions import register_team
from activities.models import Activity, Team
from culture_admin.accounts.roles import ADMIN_ROLES
from culture_admin.bureau.menu import navigation
from culture_admin.interfaces.admin import ScopedModelAdmin
from stations.models import Certificate
from tests.admin.conftest import list_of, rooms

MISSING = 999_999


def test_every_room_stands_on_the_scoped_base():
    assert all(isinstance(room, ScopedModelAdmin) for room in rooms())


def test_a_room_shows_what_visible_to_gives_and_nothing_else(district, request_of):
    district.log()
    district.log(district.elsewhere)
    for room in rooms():
        if hasattr(room.model.objects, "visible_to"):
            for user in (district.bureau_admin, district.observer, district.bureau_admin_elsewhere):
                shown = set(room.get_queryset(request_of(user)).values_list("pk", flat=True))
                assert shown == set(room.model.objects.visible_to(user).values_list("pk", flat=True)), room


def test_a_record_of_another_county_and_a_missing_one_are_answered_alike(district, signed_in):
    foreign = district.log(district.elsewhere)
    client = signed_in(district.bureau_admin)
    for page in ("change", "history"):
        answers = [client.get(f"/admin/activities/activity/{key}/{page}/") for key in (foreign.pk, MISSING)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert _plain(answers[0]) == _plain(answers[1])
    steps = [
        client.post(f"/admin/activities/activity/{key}/steps/void/", {"comment": "x"}) for key in (foreign.pk, MISSING)
    ]
    assert [answer.status_code for answer in steps] == [404, 404]
    assert _plain(steps[0]) == _plain(steps[1])


@pytest.mark.parametrize("key", ["0", "-1", "99999999999999999999999", "x", "1%00", "%ED%A0%80"])
def test_an_impossible_id_is_a_missing_one(district, signed_in, key):
    assert signed_in(district.bureau_admin).get(f"/admin/activities/activity/{key}/change/").status_code == 404


def test_a_role_enters_only_the_rooms_the_matrix_opens(district, signed_in):
    client = signed_in(district.system_admin)
    assert client.get("/admin/accounts/user/").status_code == 200
    assert client.get("/admin/activities/activity/").status_code == 403
    client = signed_in(district.service)
    assert client.get("/admin/activities/activity/").status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 403


@pytest.mark.parametrize("role", sorted(ADMIN_ROLES))
def test_everybody_of_the_bureau_has_a_first_page(district, signed_in, role):
    client = signed_in(getattr(district, role))
    for page in ("/admin/", "/admin/tasks/", "/password/"):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", ["", "export.csv"])
def test_a_closed_room_says_who_is_inside_and_on_what_basis(district, signed_in, page):
    answer = signed_in(district.observer).get(f"/admin/stations/personnelcase/{page}")
    told = answer.content.decode()
    assert answer.status_code == 403
    assert "this is seen by Bureau leader, Bureau administrator, Personnel section" in told
    assert "Art. 14" in told


def test_a_reader_who_may_not_enter_a_record_learns_who_does(district, signed_in):
    told = signed_in(district.observer).get("/admin/stations/facility/add/").content.decode()
    assert "The file of a station: this is for" in told


def test_whoever_has_no_office_of_the_bureau_learns_why_he_stays_outside(district, signed_in):
    client = signed_in(district.station_head_east)
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")
    answer = client.get("/admin/login/")
    assert answer.status_code == 403
    assert "for the sections of the bureau" in answer.content.decode()


def test_a_stranger_is_sent_to_the_common_door(client, db):
    answer = client.get("/admin/activities/activity/", follow=True)
    assert answer.redirect_chain[-1][0] == "/login/?next=/admin/activities/activity/"


def test_only_stations_of_ones_own_county_can_be_chosen(district, signed_in):
    form = signed_in(district.bureau_admin).get("/admin/stations/certificate/add/").context["adminform"].form
    assert {station.pk for station in form.fields["station"].queryset} == {district.east.pk, district.west.pk}


def test_a_forged_station_is_refused_like_one_that_does_not_exist(district, signed_in):
    client = signed_in(district.bureau_admin)
    answers = [
        client.post("/admin/stations/certificate/add/", {"station": key}).context["adminform"].form.errors["station"]
        for key in (district.elsewhere.pk, MISSING)
    ]
    assert answers[0] == answers[1]
    assert Certificate.objects.filter(station=district.elsewhere).count() == 1


def test_completion_offers_ones_own_rows_only(district, signed_in):
    for station in (district.east, district.elsewhere):
        head = district.station_head_east if station == district.east else district.station_head_elsewhere
        register_team(actor=head, station=station, name="越韵合唱团")
    asked = {"app_label": "activities", "model_name": "activity", "field_name": "team", "term": "yyhct"}
    answer = signed_in(district.bureau_admin).get("/admin/autocomplete/", asked).json()
    assert [row["id"] for row in answer["results"]] == [str(Team.objects.get(station=district.east).pk)]


def test_completion_of_a_village_offers_villages_only(district, signed_in):
    asked = {"app_label": "activities", "model_name": "activity", "field_name": "village", "term": "dong"}
    answer = signed_in(district.bureau_admin).get("/admin/autocomplete/", asked).json()
    assert [row["text"] for row in answer["results"]] == ["东村"]


def test_a_station_is_opened_only_in_ones_own_county(district, signed_in):
    form = signed_in(district.bureau_admin).get("/admin/stations/station/add/").context["adminform"].form
    assert not form.fields["division"].queryset.exclude(path__startswith=district.county.path).exists()


def test_nothing_can_be_deleted(district, signed_in, request_of):
    activity = district.log()
    assert not [name for name in _names(get_resolver()) if name.endswith("_delete")]
    for room in rooms():
        assert not room.has_delete_permission(request_of(district.bureau_admin))
        assert "delete_selected" not in room.get_actions(request_of(district.bureau_admin))
    client = signed_in(district.bureau_admin)
    client.post(
        "/admin/activities/activity/", {"action": "delete_selected", "index": 0, "_selected_action": activity.pk}
    )
    assert client.post(f"/admin/activities/activity/{activity.pk}/delete/", {"post": "yes"}).status_code != 200
    assert Activity.objects.filter(pk=activity.pk).exists()


def test_the_menu_leads_to_every_room_that_is_open(district, signed_in, request_of):
    page = signed_in(district.bureau_admin).get("/admin/").content.decode()
    for room in rooms():
        if room.has_view_permission(request_of(district.bureau_admin)):
            assert f'href="{list_of(room)}"' in page, room


@pytest.mark.parametrize("role", ["registrar", "observer", "audit_admin"])
def test_the_menu_leads_nobody_to_a_closed_door(district, signed_in, rf, role):
    request = rf.get("/admin/")
    request.user = getattr(district, role)
    client = signed_in(request.user)
    links = [item["link"] for group in navigation(request) for item in group["items"]]
    assert {link: status for link in links if (status := client.get(link).status_code) >= 400} == {}


@pytest.mark.parametrize("address", ["stations/registration/", "stations/registration/board/", "stations/officer/"])
def test_the_reader_is_at_one_entry_of_the_menu(district, rf, address):
    request = rf.get(f"/admin/{address}")
    request.user = district.bureau_admin
    here = [item["link"] for group in navigation(request) for item in group["items"] if item["active"]]
    assert here == [f"/admin/{address}"]


@pytest.mark.parametrize(
    ("role", "offered"),
    [("bureau_admin", True), ("system_admin", True), ("audit_admin", False), ("security_admin", False)],
)
def test_forms_to_print_are_offered_to_whom_the_matrix_gives_one(district, rf, role, offered):
    request = rf.get("/admin/")
    request.user = getattr(district, role)
    links = [item["link"] for group in navigation(request) for item in group["items"]]
    assert ("/desk/papers/" in links) is offered


def test_a_base_that_asks_for_rows_itself_is_refused():
    with pytest.raises(Exception, match="visible_to"):
        type("Leaky", (ScopedModelAdmin,), {"get_queryset": lambda self, request: None})
    with pytest.raises(Exception, match="inline"):
        type("Saving", (ScopedModelAdmin,), {"inlines": [admin.TabularInline]})


def _plain(answer) -> str:
    """A page without what differs between any two requests."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r"/admin/[^\"'<]*", "", text)


def _names(resolver) -> list[str]:
    names = []
    for pattern in resolver.url_patterns:
        names += _names(pattern) if hasattr(pattern, "url_patterns") else [pattern.name or ""]
    return names
