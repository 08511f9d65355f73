"""Teams: who registers and who files, stars that expire, who is active on a day, and doubles that become one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from activities.actions import (
    award_star,
    change_activity,
    change_team,
    merge_teams,
    plan_series,
    record_work,
    register_team,
    register_teams,
)
from activities.actions.many import log_rows
from activities.actions.merging import pairs_of
from activities.models import Activity, Series, Team, TeamStar, Work
from activities.models.summary import differences, fold
from activities.models.team import ACTIVE_A_YEAR
from culture_admin.accounts.asking import NotPermitted
from culture_admin.exchange.actions import apply_import, open_import
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.inbox import waiting
from culture_admin.workflow.models import Decision
from tests.district import NOW, TODAY

FOUNDED = date(2021, 3, 1)


@pytest.fixture
def enter(district):
    """Enters a team of the east station by its head."""

    def register(name: str = "东风合唱团", **file) -> Team:
        entries = {"actor": district.station_head_east, "at": NOW, "station": district.east, "founded_on": FOUNDED}
        return register_team(**entries | {"name": name} | file)

    return register


def teams_on(day: date, code: str = "activities.teams"):
    return read(code, as_of=day).total.values[code]


# --- the file ---


@pytest.mark.parametrize(
    ("file", "field"),
    [
        ({"members": 24, "men": 10, "women": 15}, "members"),
        ({"members": 24, "men": 25}, "men"),
        ({"members": 24, "aged": 25}, "aged"),
        ({"members": -1}, "members"),
        ({"subsidy": Decimal("-0.01")}, "subsidy"),
        ({"supervisor": "nobody"}, "supervisor"),
        ({"tutor": "字" * 61}, "tutor"),
        ({"rehearsal": "\u202e"}, "rehearsal"),
    ],
)
def test_what_cannot_be_of_a_team_is_refused_at_its_field(enter, file, field):
    with pytest.raises(ValidationError) as refused:
        enter(**file)
    assert field in refused.value.error_dict


def test_members_that_add_up_are_kept(enter):
    team = enter(
        members=24, men=10, women=14, aged=20, supervisor="village", subsidy=Decimal("3000.00"), deputy="李老师"
    )
    assert (team.men + team.women, team.supervisor, team.subsidy) == (24, "village", Decimal("3000.00"))


# --- a list of teams ---


def test_a_list_of_teams_is_what_each_of_them_would_be_alone(enter, district):
    file = {"leader": "李明", "members": 20, "founded_on": FOUNDED}
    alone = enter("甲队", **file)
    (listed,) = register_teams(
        actor=district.station_head_east, at=NOW, station=district.east, rows=[{**file, "name": "乙队"}]
    )
    own = {"id", "name", "search"}
    rows = Team.objects.filter(pk__in=[alone.pk, listed.pk]).order_by("pk").values()
    first, second = ({name: value for name, value in row.items() if name not in own} for row in rows)
    assert first == second
    decisions = Decision.objects.filter(subject_id__in=[alone.pk, listed.pk], power="activities.teams").order_by("pk")
    first, second = decisions.values("step", "to_state", "actor", "role", "unit", "at", "division_id", "station_id")
    assert first == second
    perform([alone, listed], "file", actor=district.service, at=NOW)


@pytest.mark.parametrize(
    "second",
    [{"name": "乙队", "members": -1}, {"name": "东风合唱团"}, {"name": "甲队"}],
    ids=["a bad value", "a team that is there", "the same team twice"],
)
def test_one_team_that_cannot_be_and_none_is_registered(enter, district, second):
    enter()
    with pytest.raises(ValidationError):
        register_teams(actor=district.station_head_east, at=NOW, station=district.east, rows=[{"name": "甲队"}, second])
    assert not Team.objects.filter(name="甲队").exists()


# --- registered by the station, filed by the bureau ---


@pytest.mark.parametrize("who", ["station_head_east", "town_officer_east", "bureau_leader", "observer"])
def test_only_the_bureaus_service_files_a_team(enter, district, who):
    with pytest.raises(StepRefused) as refused:
        perform(enter(), "file", actor=getattr(district, who), at=NOW)
    assert refused.value.code == "not_your_power"


def test_a_registered_team_waits_for_the_bureau_and_goes_through_rectification(enter, district):
    team = enter()
    waits = {(one.model, one.step): one.records.count() for one in waiting(district.service)}
    assert waits["activities.team", "file"] == 1
    perform(team, "file", actor=district.service, at=NOW)
    with pytest.raises(StepRefused) as refused:
        perform(team, "rectify", actor=district.service, at=NOW)
    assert refused.value.code == "comment_required"
    perform(team, "rectify", actor=district.bureau_admin, at=NOW, comment="一年只活动两次")
    assert teams_on(TODAY) == 1
    perform(team, "accept", actor=district.bureau_admin, at=NOW)
    perform(team, "deregister", actor=district.station_head_east, at=NOW, comment="解散")
    assert (team.state, teams_on(TODAY), teams_on(TODAY - timedelta(days=1))) == ("deregistered", 0, 1)
    with pytest.raises(StepRefused):
        change_team(actor=district.station_head_east, team=team, leader="王老师")


# --- stars ---


def test_stars_hold_for_two_years_and_end_those_before_them(enter, district):
    team = enter()
    first = award_star(
        actor=district.service, team=team, stars=3, awarded_on=date(2024, 2, 29), document="试文〔2024〕3号", at=NOW
    )
    assert first.valid_to == date(2026, 2, 28)
    award_star(actor=district.service, team=team, stars=4, awarded_on=date(2026, 1, 10), document="9号", at=NOW)
    first.refresh_from_db()
    assert first.valid_to == date(2026, 1, 10)
    for day, stars in (
        (date(2024, 2, 28), []),
        (date(2026, 1, 9), [3]),
        (date(2026, 1, 10), [4]),
        (date(2028, 1, 10), []),
    ):
        assert list(TeamStar.objects.in_force(day).values_list("stars", flat=True)) == stars, day
    standing = {
        day: Team.objects.with_standing(day).get().rating for day in (date(2026, 1, 9), TODAY, date(2029, 1, 1))
    }
    assert list(standing.values()) == [3, 4, None]


@pytest.mark.parametrize(
    ("stars", "awarded_on"),
    [(0, TODAY), (6, TODAY), (3, TODAY + timedelta(days=1)), (3, FOUNDED - timedelta(days=1))],
)
def test_stars_that_cannot_be_are_refused(enter, district, stars, awarded_on):
    with pytest.raises(ValidationError):
        award_star(actor=district.service, team=enter(), stars=stars, awarded_on=awarded_on, document="1号", at=NOW)


def test_stars_entered_late_end_with_those_awarded_after_them(enter, district):
    team = enter()
    for awarded_on, stars in ((date(2026, 1, 10), 4), (date(2025, 3, 1), 2)):
        award_star(actor=district.service, team=team, stars=stars, awarded_on=awarded_on, document="1号", at=NOW)
    assert list(TeamStar.objects.in_force(TODAY).values_list("stars", flat=True)) == [4]
    assert TeamStar.objects.get(stars=2).valid_to == date(2026, 1, 10)


def test_stars_hold_for_two_years_at_most(enter, district):
    asked = {"actor": district.service, "team": enter(), "stars": 3, "awarded_on": date(2026, 5, 1), "document": "1号"}
    with pytest.raises(ValidationError) as refused:
        award_star(**asked, valid_to=date(2099, 1, 1), at=NOW)
    assert refused.value.error_dict["valid_to"][0].code == "too_long"
    assert award_star(**asked, valid_to=date(2027, 1, 1), at=NOW).valid_to == date(2027, 1, 1)


def test_a_station_awards_no_stars(enter, district):
    with pytest.raises(NotPermitted):
        award_star(actor=district.station_head_east, team=enter(), stars=5, awarded_on=TODAY, document="1号", at=NOW)


# --- active is a dated rule ---


def test_a_team_is_active_on_the_days_whose_year_holds_twelve_confirmed_activities(enter, district):
    team = enter()
    for number in range(ACTIVE_A_YEAR):
        day = date(2026, 2, 1) + timedelta(days=7 * number)
        district.log(team=team, begins_on=day, title=f"第{number}场", late_reason="补登")
    first, last = date(2026, 2, 1), date(2026, 4, 19)
    for day, active in (
        (last - timedelta(days=1), 0),
        (last, 1),
        (TODAY, 1),
        (first + timedelta(days=364), 1),
        (first + timedelta(days=365), 0),
    ):
        assert Team.objects.active(day).count() == active, day
        assert teams_on(day, "activities.active_teams") == active, day
    assert Team.objects.with_standing(TODAY).get().times == 12


def test_what_is_not_confirmed_makes_no_team_active(enter, district):
    team = enter()
    for number in range(ACTIVE_A_YEAR):
        district.log(team=team, actor=district.steward_east, title=f"第{number}场")
    assert not Team.objects.active(TODAY).exists()
    perform(Activity.objects.all(), "confirm", actor=district.station_head_east, at=NOW)
    assert Team.objects.active(TODAY).exists()


def test_a_team_that_left_the_register_is_not_active(enter, district):
    team = enter()
    for number in range(ACTIVE_A_YEAR):
        district.log(team=team, title=f"第{number}场")
    perform(team, "deregister", actor=district.station_head_east, comment="解散", at=NOW)
    assert not Team.objects.active(TODAY).exists()


# --- doubles ---


def test_likely_doubles_sound_the_same_or_have_one_leader(enter, district):
    kept = enter("东风合唱团", leader="王老师")
    same_sound = enter("冬枫合唱团", leader="李老师")
    same_leader = enter("夕阳红腰鼓队", leader="王老师")
    enter("百灵戏曲社", leader="赵老师")
    enter("无人队")
    enter("无名社")
    register_team(actor=district.station_head_west, at=NOW, station=district.west, name="东风合唱团", leader="王老师")
    pairs = {(one.name, other.name) for one, other in pairs_of(Team.objects.doubled())}
    assert pairs == {(kept.name, same_sound.name), (kept.name, same_leader.name)}


def test_merging_moves_everything_and_changes_no_sum(enter, district):
    head = district.station_head_east
    kept, doubled = enter("东风合唱团", founded_on=date(2022, 1, 1)), enter("冬枫合唱团", founded_on=FOUNDED)
    for number in range(3):
        district.log(team=doubled, title=f"第{number}场", attendance=50)
    waits = district.log(team=doubled, actor=district.steward_east, title="待确认的一场")
    work = record_work(
        actor=head, at=NOW, station=district.east, title="东风颂", kind="original", finished_on=TODAY, team=doubled
    )
    series = plan_series(
        actor=head, at=NOW, station=district.east, title="周周演", kind=district.kind("PERF"), weekdays=[2], team=doubled,
        begins_on=TODAY, ends_on=TODAY + timedelta(days=20),
    )  # fmt: skip
    for team in (kept, doubled):
        award_star(actor=district.service, team=team, stars=2, awarded_on=date(2025, 5, 1), document="1号", at=NOW)
    award_star(actor=district.service, team=doubled, stars=3, awarded_on=date(2026, 5, 1), document="2号", at=NOW)
    fold()
    before = read(["activities.held", "activities.person_times"]).total.values

    merged = merge_teams(
        actor=head, kept=kept, doubled=doubled, comment="同一支队伍，重复登记", at=NOW, seen=1, seen_doubled=1
    )

    assert read(["activities.held", "activities.person_times"]).total.values == before
    assert list(differences()) == []
    assert Activity.objects.filter(team=kept).count() == 4 + series.activities.count()
    assert Work.objects.get(pk=work.pk).team == kept
    assert sorted(TeamStar.objects.filter(team=kept).values_list("stars", flat=True)) == [2, 3]
    doubled.refresh_from_db()
    assert (doubled.state, doubled.merged_into, doubled.version) == ("merged", kept, 2)
    assert (merged.registered_on, merged.founded_on, merged.version) == (FOUNDED, FOUNDED, 2)
    assert list(TeamStar.objects.in_force(TODAY).filter(team=kept).values_list("stars", flat=True)) == [3]
    assert Series.objects.get(pk=series.pk).team == kept
    for day in (FOUNDED, date(2023, 1, 1), TODAY):
        assert teams_on(day) == 1, day
    # What waited is still what was filed, under its new team.
    waits.refresh_from_db()
    perform(waits, "confirm", actor=head, at=NOW)
    assert {event.team_id for event in waits.events.all()} == {kept.pk, doubled.pk}


@pytest.fixture
def merged(enter, district) -> tuple[Team, Team]:
    """The file that is kept, and its double."""
    kept, doubled = enter("东风合唱团", leader="王老师"), enter("东风合唱队", leader="王老师")
    merge_teams(actor=district.station_head_east, kept=kept, doubled=doubled, comment="重复", at=NOW)
    return Team.objects.get(pk=kept.pk), Team.objects.get(pk=doubled.pk)


def test_what_comes_in_for_the_double_is_the_kept_teams(merged, district):
    kept, doubled = merged
    row = {
        "station": district.east,
        "title": "演出",
        "kind": district.kind("PERF"),
        "begins_on": TODAY,
        "team": doubled,
    }
    alone = district.log(team=doubled)
    (many,) = log_rows(actor=district.station_head_east, rows=[row], at=NOW)
    assert alone.team == kept
    assert many is None or Activity.objects.get(pk=many.pk).team == kept
    change_activity(actor=district.station_head_east, activity=alone, at=NOW, team=doubled)
    assert Activity.objects.get(pk=alone.pk).team == kept


def test_a_register_sent_again_leaves_the_double_merged(merged, district):
    kept, _doubled = merged
    head = {"actor": district.station_head_east, "at": NOW}
    content = "团队名称,负责人,人数\n东风合唱队,王老师,30\n夕阳红腰鼓队,李老师,12\n".encode()
    batch, plan = open_import(kind="teams", unit=district.east.unit, file_name="册.csv", content=content, **head)
    assert (plan.status, plan.existing[0], plan.notes[0]["code"]) == (["same", "new"], kept.pk, "team_merged")
    apply_import(batch=batch, plan=plan, **head)
    assert set(Team.objects.living().values_list("name", flat=True)) == {kept.name, "夕阳红腰鼓队"}


def test_nothing_is_entered_for_a_void_team_or_after_it_left(enter, district):
    head = {"actor": district.station_head_east, "at": NOW}
    void, left = enter(), enter("冬枫合唱团")
    activity = district.log(begins_on=TODAY)
    perform(void, "void", comment="误录", **head)
    perform(left, "deregister", comment="解散", **head)
    for team in (void, left):
        team.refresh_from_db()
        for entering in (lambda team=team: district.log(team=team, begins_on=TODAY),
                         lambda team=team: change_activity(activity=activity, team=team, **head)):  # fmt: skip
            with pytest.raises(ValidationError) as refused:
                entering()
            assert set(refused.value.error_dict) == {"team"}
    assert district.log(team=left, begins_on=TODAY - timedelta(days=1)).team == left


def test_what_is_not_one_team_is_not_merged(enter, district):
    head = district.station_head_east
    kept, doubled = enter("东风合唱团"), enter("冬枫合唱团")
    west = register_team(actor=district.station_head_west, at=NOW, station=district.west, name="东风合唱团")
    applied = register_team(actor=district.steward_east, at=NOW, station=district.east, name="东枫合唱团")

    def refusal(one: Team, other: Team, **seen) -> str:
        with pytest.raises(StepRefused) as refused:
            merge_teams(actor=head, kept=one, doubled=other, comment="重复", at=NOW, **seen)
        return refused.value.code

    assert refusal(kept, kept) == "same_team"
    assert refusal(kept, west) == "not_found"
    assert refusal(applied, kept) == "kept_not_registered"
    assert refusal(kept, doubled, seen=7) == "stale"
    assert refusal(kept, doubled, seen_doubled=7) == "stale"
    with pytest.raises(StepRefused) as alone:
        perform(doubled, "merge", actor=head, comment="重复", at=NOW)
    assert alone.value.code == "kept_missing"
    with pytest.raises(NotPermitted):
        merge_teams(actor=district.service, kept=kept, doubled=doubled, comment="重复", at=NOW)
    merge_teams(actor=head, kept=kept, doubled=doubled, comment="重复", at=NOW)
    doubled.refresh_from_db()
    assert refusal(kept, doubled) == "illegal_transition"
