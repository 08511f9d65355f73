"""Telephones of team leaders and learners: sealed, masked, opened for a purpose, and gone when their time is over."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client

from activities.actions import (
    add_learner,
    add_learners,
    change_learner,
    change_team,
    merge_teams,
    open_course,
    register_team,
)
from activities.models import LearnerContact, Team, TeamContact
from culture_admin.accounts.models import PersonalReading
from culture_admin.accounts.personal.keeping import purge_personal
from culture_admin.accounts.personal.reading import reveal
from culture_admin.exchange.actions import apply_import, open_import
from culture_admin.exchange.annotated import annotated_sheet
from culture_admin.exchange.models import Import
from culture_admin.exchange.originals import KEPT, drop_originals, read_original
from culture_admin.exchange.reader import Unreadable, read_workbook
from culture_admin.workflow.actions import perform
from tests.district import NOW, TODAY, District
from tests.interfaces.conftest import Api

PHONE, OTHER = "13800005678", "0574-63000000"
SECOND = "13911112222"


def registered(district: District, **entries) -> Team:
    values = {"name": "东风合唱团", "leader": "陈一", "phone": f" +86 {PHONE} "} | entries
    return register_team(actor=district.station_head_east, at=NOW, station=district.east, **values)


@pytest.fixture
def team(district) -> Team:
    return registered(district)


@pytest.fixture
def course(district):
    return open_course(actor=district.station_head_east, at=NOW, station=district.east, title="古筝班", begins_on=TODAY)


def phone(team: Team) -> str | None:
    kept = TeamContact.objects.filter(pk=team.pk).first()
    return kept.phone.in_clear() if kept and kept.phone else None


def test_a_telephone_lies_in_no_table_in_clear(district, team, course):
    add_learner(actor=district.station_head_east, course=course, name="林二", phone=PHONE)
    assert (phone(team), str(team.contact.phone)) == (PHONE, "138••••5678")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("activities_", "workflow_", "accounts_")):
                cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{PHONE}%"])
                assert (table, cursor.fetchone()) == (table, (0,))
    assert not hasattr(TeamContact, "pgh_event_models")


@pytest.mark.parametrize("written", ["123", "2380000567", "电话", "138000056789"])
def test_what_is_no_telephone_is_refused_at_its_field_and_nothing_is_entered(district, course, written):
    for enter in (
        lambda: registered(district, phone=written),
        lambda: add_learner(actor=district.station_head_east, course=course, name="林二", phone=written),
    ):
        with pytest.raises(ValidationError) as refused:
            enter()
        assert refused.value.error_dict["phone"][0].code == "phone_format"
    assert not Team.objects.exists()
    assert not course.learners.exists()


def test_the_telephone_goes_with_its_leader(district, team):
    head = district.station_head_east

    def changed(**changes) -> str | None:
        return phone(change_team(actor=head, team=Team.objects.get(), at=NOW, **changes))

    assert changed(members=30) == PHONE
    assert changed(leader="林二") is None
    assert changed(phone=OTHER) == OTHER
    assert changed(leader="张三", phone=PHONE) == PHONE
    assert changed(phone="") is None
    acts = PersonalReading.objects.filter(table="activities.teamcontact").order_by("pk").values_list("act", flat=True)
    assert set(acts) == {"written"}
    assert len(acts) == 5


def test_it_is_opened_for_a_purpose_by_who_may_and_noted(district, team):
    contact = TeamContact.objects.get()
    for who in ("station_head_east", "service"):
        assert reveal(actor=getattr(district, who), record=contact, field="phone", reason="通知演出改期") == PHONE
    read = PersonalReading.objects.filter(act="read").order_by("pk")
    assert [(line.actor_text, line.concerned, line.reason) for line in read] == [
        ("station_head_east", "陈一 · 东风合唱团", "通知演出改期"),
        ("service", "陈一 · 东风合唱团", "通知演出改期"),
    ]
    for who in ("town_officer_east", "steward_east", "station_head_west", "observer", "bureau_leader"):
        with pytest.raises(PermissionDenied):
            reveal(actor=getattr(district, who), record=contact, field="phone", reason="通知演出改期")


def test_a_merged_file_gives_its_telephone_to_the_one_that_is_kept_and_keeps_none(district, team):
    kept = registered(district, name="东风合唱队", phone="")
    merge_teams(actor=district.station_head_east, kept=kept, doubled=team, comment="同一支队伍", at=NOW)
    assert phone(kept) == PHONE
    assert purge_personal(NOW) == {"activities.teamcontact": 1}
    assert (phone(team), phone(kept)) == (None, PHONE)


def test_telephones_are_purged_when_their_time_is_over(district, team, course):
    head = district.station_head_east
    for name in ("林二", "张三"):
        add_learner(actor=head, course=course, name=name, phone=PHONE)
    change_learner(actor=head, learner=course.learners.get(name="张三"), left_on=TODAY)
    assert purge_personal(NOW) == {}
    perform(team, "deregister", actor=district.station_head_east, comment="解散", at=NOW)
    assert purge_personal(NOW + timedelta(days=92)) == {"activities.learnercontact": 1, "activities.teamcontact": 1}
    (left,) = LearnerContact.objects.exclude(phone=None)
    assert left.learner.name == "林二"


def test_a_list_of_names_brings_telephones_with_it(district, course):
    client = Client(headers={"accept-language": "en"})
    client.force_login(district.station_head_east, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/desk/courses/{course.pk}/roster/"
    pasted = f"陈一\t{PHONE}\n林二（二村）\n张三，{OTHER}\n"
    assert client.post(address, {"names": pasted}).status_code == 302
    kept = {one.learner.name: one.phone.in_clear() for one in LearnerContact.objects.select_related("learner")}
    assert kept == {"陈一": PHONE, "张三": OTHER}
    assert list(course.learners.values_list("name", flat=True)) == ["陈一", "林二（二村）", "张三"]
    text = client.get(address).content.decode()
    assert "138••••5678" in text
    assert PHONE not in text
    refused = client.post(address, {"names": "李四 12345678901"}).content.decode()
    assert "Line 1" in refused


def test_on_the_desk_it_is_masked_opened_with_a_reason_and_entered_anew(district, team):
    client = Client(headers={"accept-language": "en"})
    client.force_login(district.station_head_east, backend="django.contrib.auth.backends.ModelBackend")
    assert PHONE not in client.get(f"/desk/teams/{team.pk}/").content.decode()
    address = f"/desk/teams/{team.pk}/phone/"
    assert PHONE not in client.post(address, {"reason": ""}).content.decode()
    assert PHONE in client.post(address, {"reason": "通知演出改期"}).content.decode()
    assert client.post(address, {"phone": OTHER}).status_code == 302
    assert phone(team) == OTHER
    stranger = Client()
    stranger.force_login(district.station_head_west, backend="django.contrib.auth.backends.ModelBackend")
    assert stranger.get(address).status_code == 404
    town = Client(headers={"accept-language": "en"})
    town.force_login(district.town_officer_east, backend="django.contrib.auth.backends.ModelBackend")
    page = town.get(address).content.decode()
    assert OTHER not in page
    assert "Open …" not in page


def test_a_ledger_brings_telephones_and_leaves_out_what_is_none_without_repeating_it(district):
    head = district.station_head_east
    lines = ["团队名称,负责人,联系电话,人数", f"东风队,陈一,{PHONE},20", "西风队,林二,1380000,20", "南风队,张三,,20"]
    batch, _new = open_import(
        actor=head, kind="teams", unit=district.east.unit, file_name="队伍.csv", content="\n".join(lines).encode()
    )
    notes = [note for note in batch.preview["notes"] if note["code"] == "phone_left_out"]
    assert [note["row"] for note in notes] == [3]
    assert "1380000" not in str(batch.preview)
    apply_import(actor=head, batch=batch, rows="all")
    assert {team.name: phone(team) for team in Team.objects.all()} == {"东风队": PHONE, "西风队": None, "南风队": None}


def register_of_teams(district) -> Import:
    """A register with one row to take, and one whose leader has his telephone beside his name and a founding day to come."""
    lines = [
        "团队名称,负责人,联系电话,人数,成立时间",
        f"东风队,陈一,{PHONE},20,",
        f"西风队,林二{SECOND},{OTHER},20,2099-01-01",
    ]
    batch, _new = open_import(
        actor=district.station_head_east, kind="teams", unit=district.east.unit, file_name="队伍.csv", at=NOW,
        content="\n".join(lines).encode(),
    )  # fmt: skip
    return batch


def test_the_file_of_a_register_and_what_is_said_of_it_are_kept_without_telephones(district):
    batch = register_of_teams(district)
    apply_import(actor=district.station_head_east, batch=batch, rows="good", at=NOW)
    assert [phone(team) for team in Team.objects.all()] == [PHONE]
    with connection.cursor() as cursor:
        cursor.execute("select i::text, convert_from(content, 'UTF8') from exchange_import i")
        kept = str(cursor.fetchall())
        cursor.execute("select convert_from(content, 'UTF8') from exchange_import")
        assert "东风队" not in cursor.fetchone()[0], "the file itself is sealed"
    for number in (PHONE, SECOND, OTHER):
        assert number not in kept, number


def test_who_sent_a_register_gets_its_refused_rows_back_and_others_the_faults_alone(district):
    batch = register_of_teams(district)
    (own,) = read_workbook(annotated_sheet(batch, district.station_head_east), "a.xlsx").sheets
    assert OTHER in str(own.columns)
    (other,) = read_workbook(annotated_sheet(batch, district.service), "a.xlsx").sheets
    assert not any(number in str(other.columns) for number in (OTHER, SECOND, "林二"))
    assert "成立时间" in str(other.columns)


def test_the_file_of_a_register_is_dropped_when_its_time_is_over(district):
    batch = register_of_teams(district)
    Import.objects.filter(pk=batch.pk).update(created_at=NOW)
    assert drop_originals(NOW + KEPT) == 0
    assert drop_originals(NOW + KEPT + timedelta(seconds=1)) == 1
    batch.refresh_from_db()
    with pytest.raises(Unreadable) as gone:
        annotated_sheet(batch, district.station_head_east)
    assert gone.value.code == "file_gone"


def test_the_file_of_a_register_is_sealed_anew_under_a_new_key_and_the_old_one_may_go(settings, district):
    batch = register_of_teams(district)
    before = Team.objects.count()
    (old,) = settings.FIELD_KEYS
    settings.FIELD_KEYS = {old: settings.FIELD_KEYS[old], old + 1: b"n" * 32}
    with io.StringIO() as said:
        with pytest.raises(SystemExit):
            call_command("doctor", stdout=said)
        assert f"1 personal values are sealed under the old key {old}; run" in said.getvalue()
    with io.StringIO() as said:
        call_command("rotate_field_keys", stdout=said)
        assert f"1 rows sealed anew; every value is under key {old + 1}." in said.getvalue()
    settings.FIELD_KEYS = {old + 1: b"n" * 32}
    batch.refresh_from_db()
    (sheet,) = read_original(batch).sheets
    assert PHONE in str(sheet.columns)
    apply_import(actor=district.station_head_east, batch=batch, rows="good", at=NOW)
    assert Team.objects.count() == before + 1


def test_names_alone_are_enough(district, course):
    add_learners(actor=district.station_head_east, course=course, names=["陈一"])
    assert not LearnerContact.objects.exists()


def test_the_api_shows_the_mask_takes_it_in_clear_and_opens_it_with_a_reason(district):
    client = Api(district.station_head_east, HTTP_ACCEPT_LANGUAGE="en")
    body = {"station": district.east.pk, "name": "东风队", "leader": "陈一", "phone": PHONE}
    made = client.post("teams/", body, format="json").json()
    assert made["phone"] == "138••••5678"
    assert PHONE not in client.get("teams/").content.decode()
    opened = client.post(f"teams/{made['id']}/reveal/", {"field": "phone", "reason": "通知演出改期"}, format="json")
    assert opened.json() == {"field": "phone", "value": PHONE}
    for who in ("town_officer_east", "station_head_west"):
        answer = Api(getattr(district, who)).post(
            f"teams/{made['id']}/reveal/", {"field": "phone", "reason": "通知演出改期"}, format="json"
        )
        assert answer.status_code in (403, 404)
    changed = client.patch(f"teams/{made['id']}/", {"phone": ""}, format="json", headers={"If-Match": '"v1"'})
    assert changed.json()["phone"] is None


def test_the_bureau_sees_the_mask_in_the_admin_and_opens_it_with_a_reason(district, team):
    client = Client(headers={"accept-language": "en"})
    client.force_login(district.bureau_admin, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/admin/activities/team/{team.pk}/change/").content.decode()
    assert "138••••5678" in page
    assert PHONE not in page
    address = f"/admin/activities/team/{team.pk}/reveal/phone/"
    assert PHONE in client.post(address, {"reason": "通知演出改期"}).content.decode()
    assert PersonalReading.objects.get(act="read").actor_text == "bureau_admin"
