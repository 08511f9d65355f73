"""The register of teams on the phone."""

from __future__ import annotations

import pytest

from activities.actions import register_team
from activities.models import Team

FILE = {"name": "东风合唱团", "leader": "王老师", "members": "24", "founded_on": "2021-03-01"}


def test_a_head_enters_a_team_and_it_stands_in_the_register(head):
    answer = head.post("/desk/teams/add/", FILE)
    team = Team.objects.get()
    assert answer["Location"] == f"/desk/teams/{team.pk}/"
    assert (team.state, team.members, team.leader) == ("registered", 24, "王老师")


def test_a_stewards_team_waits_until_the_station_registers_it(steward, head):
    steward.post("/desk/teams/add/", {**FILE, "founded_on": ""})
    team = Team.objects.get()
    assert team.state == "applied"
    head.post(f"/desk/teams/{team.pk}/", {"step": "register", "version": team.version})
    assert Team.objects.get().state == "registered"


def test_two_teams_of_one_name_are_refused_in_words(head):
    head.post("/desk/teams/add/", FILE)
    answer = head.post("/desk/teams/add/", FILE)
    assert "The station has a team of this name already." in answer.content.decode()
    assert Team.objects.count() == 1


def test_the_file_is_changed_and_what_stood_there_is_kept(head):
    head.post("/desk/teams/add/", FILE)
    team = Team.objects.get()
    head.post(f"/desk/teams/{team.pk}/change/", {**FILE, "leader": "李老师", "version": team.version})
    assert Team.objects.get().leader == "李老师"
    moment = head.get(f"/desk/teams/{team.pk}/").context["timeline"][0]
    assert [(entry.before, entry.after) for entry in moment.entries] == [("王老师", "李老师")]


def test_of_two_who_change_the_same_file_the_second_is_told(head):
    head.post("/desk/teams/add/", FILE)
    team = Team.objects.get()
    address = f"/desk/teams/{team.pk}/change/"
    head.post(address, {**FILE, "leader": "李老师", "version": team.version})
    stale = head.post(address, {**FILE, "leader": "赵老师", "version": team.version})
    assert stale.status_code == 200
    assert Team.objects.get().leader == "李老师"


def test_a_team_that_left_the_register_is_listed_only_when_asked_for(head):
    head.post("/desk/teams/add/", FILE)
    team = Team.objects.get()
    head.post(f"/desk/teams/{team.pk}/", {"step": "deregister", "version": team.version, "comment": "解散"})
    assert not head.get("/desk/teams/").context["listing"].rows
    assert head.get("/desk/teams/?state=deregistered").context["listing"].rows == [team]


@pytest.mark.parametrize("word", ["合唱", "dfhct", "dongfeng"])
def test_a_team_is_found_by_name_and_by_pinyin(head, district, word):
    found = register_team(actor=district.station_head_east, at=district.now, station=district.east, name="东风合唱团")
    register_team(actor=district.station_head_east, at=district.now, station=district.east, name="夕阳红腰鼓队")
    assert head.get(f"/desk/teams/?q={word}").context["listing"].rows == [found]
