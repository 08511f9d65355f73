"""The way of a change: tried out, handed over, consented to, applied on its day; and what makes a dry run stale."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from rest_framework.test import APIClient

from activities.actions import book_room, log_activity, plan_activity, register_team
from activities.models import Activity, VenueBooking
from culture_admin.boundaries.actions import change_draft, try_change
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.territory.actions import add_unit
from culture_admin.territory.models import Division
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Decision
from stations.actions import add_facility
from stewards.actions import add_steward, post_steward
from tests.boundaries.plans import NEXT_NOON, TOMORROW, applied, checked, drawn, merging, renaming
from tests.district import NOW, TODAY


def refusal(change: BoundaryChange, step: str, actor, at=NOW) -> StepRefused:
    with pytest.raises(StepRefused) as refused:
        perform(change, step, actor=actor, at=at, comment="试一试")
    return refused.value


def test_nothing_is_handed_over_that_was_not_tried_out(district):
    change = drawn(district, "rename", renaming(district.town("east")))
    assert refusal(change, "propose", district.bureau_admin).code == "no_dry_run"
    change = try_change(actor=district.bureau_admin, boundarychange=change, at=NOW)
    perform(change, "propose", actor=district.bureau_admin, at=NOW)
    assert change.state == "proposed"


def test_a_draft_that_lacks_something_is_not_tried_out(district):
    change = drawn(district, "split", {"units": [district.town("east").pk]})
    with pytest.raises(StepRefused) as refused:
        try_change(actor=district.bureau_admin, boundarychange=change, at=NOW)
    assert {reason.field for reason in refused.value.reasons} == {"/outcomes", "/stations"}


def test_who_draws_up_neither_consents_nor_applies_and_nobody_applies_before_the_day(district):
    change = checked(district, drawn(district, "rename", renaming(district.town("east"))))
    assert refusal(change, "apply", district.bureau_admin).code == "not_your_power"
    assert refusal(change, "apply", district.bureau_leader).code == "not_your_power"
    early = refusal(change, "apply", district.system_admin)
    assert (early.code, str(TOMORROW.year) in early.text) == ("too_early", True)
    assert Division.objects.get(code="990101101").valid_to is None
    perform(change, "apply", actor=district.system_admin, at=NEXT_NOON)
    steps = Decision.objects.about(change).order_by("pk").values_list("step", "role")
    assert list(steps) == [
        ("draft", "bureau_admin"),
        ("propose", "bureau_admin"),
        ("check", "bureau_leader"),
        ("apply", "system_admin"),
    ]


def test_a_stale_dry_run_is_refused_with_what_has_changed(district):
    east = district.town("east")
    change = checked(district, drawn(district, "rename", renaming(east)))
    steward = add_steward(actor=None, firm=district.firm, name="新来")
    post_steward(actor=None, steward=steward, station=district.east, valid_from=TODAY, full_time=False)
    add_unit(kind="centre", division=east, name_zh="东镇文化分馆")
    refused = refusal(change, "apply", district.system_admin, NEXT_NOON)
    assert refused.code == "stale_dry_run"
    assert "新来 · 东镇综合文化站" in refused.text
    assert "东镇文化分馆" in refused.text
    perform(change, "return", actor=district.bureau_leader, comment="人员有变化，重新试算", at=NOW)
    change = checked(district, change)
    perform(change, "apply", actor=district.system_admin, at=NEXT_NOON)
    assert BoundaryChange.objects.get(pk=change.pk).state == "applied"


def test_what_changes_from_day_to_day_makes_no_dry_run_stale(district):
    change = checked(district, drawn(district, "rename", renaming(district.town("east"))))
    district.log()
    register_team(actor=district.station_head_east, at=NOW, station=district.east, name="新队", leader="队长")
    perform(change, "apply", actor=district.system_admin, at=NEXT_NOON)
    assert change.state == "applied"


def test_a_changed_draft_is_tried_out_anew_and_what_was_handed_over_is_not_changed(district):
    change = drawn(district, "rename", renaming(district.town("east")))
    change = try_change(actor=district.bureau_admin, boundarychange=change, at=NOW)
    change = change_draft(actor=district.bureau_admin, boundarychange=change, reason="更名", at=NOW)
    assert change.dry_run is None
    change = checked(district, change)
    with pytest.raises(StepRefused) as refused:
        change_draft(actor=district.bureau_admin, boundarychange=change, reason="再改", at=NOW)
    assert refused.value.code == "illegal_transition"


def test_what_was_applied_is_not_taken_back(district):
    change = applied(district, "rename", renaming(district.town("east")))
    for step in ("void", "return", "withdraw"):
        assert refusal(change, step, district.bureau_admin).code == "illegal_transition"


def test_two_changes_of_one_town_are_not_pending_at_once(district):
    east = district.town("east")
    other = drawn(district, "rename", renaming(east, "另镇"))
    checked(district, drawn(district, "rename", renaming(east)))
    with pytest.raises(StepRefused) as refused:
        try_change(actor=district.bureau_admin, boundarychange=other, at=NOW)
    assert refused.value.reasons[0].code == "other_change"


def test_what_is_entered_between_the_day_and_the_application_lies_where_it_happened(district):
    change = checked(district, drawn(district, "rename", renaming(district.town("east"))))
    late = log_activity(
        actor=district.station_head_east,
        at=NEXT_NOON,
        station=district.east,
        title="当日活动",
        kind=district.kind("PERF"),
        begins_on=TOMORROW,
        attendance=5,
        village=Division.objects.get(code="990101101201"),
    )
    assert late.division == district.town("east")
    perform(change, "apply", actor=district.system_admin, at=NEXT_NOON)
    late.refresh_from_db()
    assert (late.division.name_zh, late.division.valid_from, late.village.valid_from) == ("新镇", TOMORROW, TOMORROW)
    change.refresh_from_db()
    assert [row[1] for row in change.outcome["sections"]["recorded"]["rows"]] == ["活动 · 当日活动"]


def _ahead(district, room):
    """A plan in a room, a booking for another use, and a team of the west station."""
    day = TODAY + timedelta(days=9)
    head, west = district.station_head_west, district.west
    plan = plan_activity(
        actor=head, at=NOW, station=west, title="下月演出", kind=district.kind("PERF"), begins_on=day, facility=room,
        begins_time=NOW.time(), ends_time=(NOW + timedelta(hours=2)).time(),
    )  # fmt: skip
    begins = NOW + timedelta(days=10)
    booking = book_room(
        actor=head, at=NOW, facility=room, purpose="会议", begins_at=begins, ends_at=begins + timedelta(hours=1)
    )
    return plan, booking, register_team(actor=head, at=NOW, station=west, name="西队", leader="西队长")


@pytest.mark.parametrize("fate", ["merges", "ends"])
def test_what_a_station_has_ahead_goes_over_with_it_or_ends_with_it(district, fate):
    room = add_facility(
        actor=None, station=district.west, name="大厅", use="演出", floor_area=300, valid_from=date(2026, 1, 1)
    )
    plan, booking, team = _ahead(district, room)
    into = {"into": district.east.pk} if fate == "merges" else {}
    fates = [
        {"station": district.east.pk, "fate": "moves", "outcome": 0},
        {"station": district.west.pk, "fate": fate, **into},
    ]
    applied(district, "merge", merging(district.town("east"), district.town("west"), stations=fates))
    for row in (plan, booking, team):
        row.refresh_from_db()
    own = VenueBooking.objects.get(activity=plan)
    if fate == "merges":
        assert {plan.station, booking.station, team.station, own.station} == {district.east}
        assert {plan.facility.station, booking.facility.station, own.facility.station} == {district.east}
        assert (plan.division.code, plan.state, booking.state) == ("990101103", "planned", "booked")
        perform(plan, "publish", actor=district.station_head_east, at=NEXT_NOON)
    else:
        assert (plan.state, booking.state, own.state) == ("cancelled", "cancelled", "cancelled")
        assert (team.station, team.state) == (district.west, "registered")


def test_a_merged_station_says_at_every_door_since_when_it_is_in_which(district, client):
    fates = [
        {"station": district.east.pk, "fate": "moves", "outcome": 0},
        {"station": district.west.pk, "fate": "merges", "into": district.east.pk},
    ]
    applied(district, "merge", merging(district.town("east"), district.town("west"), stations=fates))
    client.force_login(district.bureau_admin, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/admin/stations/station/").content.decode()
    assert page.count("2026年5月21日并入") == 1
    assert "2026年5月21日并入" not in client.get("/admin/stations/station/?existence=existing").content.decode()
    rows = {row["id"]: row for row in client.get("/api/v1/stations/").json()["results"]}
    told = {key: (row["ended_on"], row["merged_into"]) for key, row in rows.items()}
    assert told == {district.east.pk: (None, None), district.west.pk: ("2026-05-21", district.east.pk)}
    only = client.get("/api/v1/stations/?existing=true").json()["results"]
    assert [row["id"] for row in only] == [district.east.pk]


def test_nothing_is_entered_for_a_station_after_it_has_ended(district):
    fates = [
        {"station": district.east.pk, "fate": "moves", "outcome": 0},
        {"station": district.west.pk, "fate": "merges", "into": district.east.pk},
    ]
    applied(district, "merge", merging(district.town("east"), district.town("west"), stations=fates))
    west = type(district.west).objects.select_related("division", "unit").get(pk=district.west.pk)
    entry = {"station": west, "kind": district.kind("PERF"), "title": "补登", "attendance": 1, "at": NEXT_NOON}
    with pytest.raises(ValidationError) as refused:
        log_activity(actor=district.station_head_east, begins_on=TOMORROW, **entry)
    assert refused.value.error_dict["station"][0].code == "station_ended"
    before = log_activity(actor=district.station_head_east, begins_on=TODAY, **entry)
    assert before.division == district.town("west")


def test_the_whole_way_through_the_api(district):
    ahead = timezone.localdate() + timedelta(days=20)

    def client(role: str) -> APIClient:
        key = district.key(role, scopes=["boundary-changes:write"])
        return APIClient(headers={"authorization": f"Bearer {key}", "accept-language": "en"})

    body = {"kind": "rename", "effective_on": str(ahead), "document": "试政函〔2026〕9号"}
    admin, leader, keeper = client("bureau_admin"), client("bureau_leader"), client("system_admin")

    def act(who: APIClient, step: str, tag: str, **more):
        address = f"/api/v1/boundary-changes/{made['id']}/{step}/"
        return who.post(address, more, headers={"If-Match": tag, "Idempotency-Key": f"{step}{tag}"})

    answer = admin.post(
        "/api/v1/boundary-changes/", body | renaming(district.town("east")), headers={"Idempotency-Key": "a"}
    )
    made = answer.json()
    tried = act(admin, "dry-run", answer["ETag"])
    assert tried.status_code == 200, tried.content
    sections = {one["code"]: one["count"] for one in tried.json()["dry_run"]["sections"]}
    assert (sections["stations"], sections["postings"], sections["divisions"]) == (1, 1, 2)
    assert act(leader, "dry-run", answer["ETag"]).status_code == 412
    proposed = act(admin, "propose", tried["ETag"])
    consented = act(leader, "check", proposed["ETag"])
    assert consented.json()["state"] == "checked"
    assert act(keeper, "apply", consented["ETag"]).json()["code"] == "too_early"
    listed = leader.get("/api/v1/boundary-changes/?state=checked").json()["results"]
    assert [(one["id"], "dry_run" in one) for one in listed] == [(made["id"], False)]
    assert Activity.objects.count() == 0
