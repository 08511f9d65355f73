"""What stands in the dry run is what is done: to staff, pairings, budgets, replies, cases and what is owed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from culture_admin.boundaries.reach import WINDING_UP
from culture_admin.workflow.actions import owe, perform
from culture_admin.workflow.models import Deadline
from stations.actions import (
    add_facility,
    add_post,
    agree_follow_up,
    draft_circular,
    file_closure,
    pair_station,
    propose_budget,
    receive_complaint,
    record_off_post,
    record_posting,
    record_use,
    set_threshold,
)
from stations.models import (
    Budget,
    Closure,
    FollowUp,
    OfficerPosting,
    OffPost,
    OtherUse,
    Pairing,
    Post,
    Reply,
    Threshold,
)
from tests.boundaries.plans import TOMORROW, applied, merging, renaming
from tests.district import NOW, OPENED, TODAY
from tests.stations.guidance import meeting
from tests.stations.guided import backbone_for
from tests.stations.staff import SINCE, staffed


def fates(district, fate: str) -> list[dict]:
    into = {"into": district.east.pk} if fate == "merges" else {}
    return [
        {"station": district.east.pk, "fate": "moves", "outcome": 0},
        {"station": district.west.pk, "fate": fate, **into},
    ]


def together(district, fate: str):
    """The two towns become one; the west station is merged into the east, or ends."""
    return applied(
        district, "merge", merging(district.town("east"), district.town("west"), stations=fates(district, fate))
    )


def told(change, section: str) -> dict[int, str]:
    """By key what the application said of the rows of a section."""
    return {row[0]: row[2] for row in change.outcome["sections"][section]["rows"]}


@pytest.fixture
def west(district):
    return staffed(district, "west")


def test_officers_of_a_merged_station_go_over_with_it_and_its_head_leaves(district, west):
    head, officer = west.posting(west.head), west.posting(west.officer)
    change = together(district, "merges")
    assert told(change, "officer_postings") == {head.pk: "ends", officer.pk: "carried"}
    assert told(change, "staff_posts") == {west.head_post.pk: "ends", west.officer_post.pk: "carried"}
    rows = OfficerPosting.objects.order_by("pk").values_list("officer", "station", "valid_from", "valid_to")
    since = head.valid_from
    assert list(rows) == [
        (west.head.pk, district.west.pk, since, TOMORROW),
        (west.officer.pk, district.west.pk, since, TOMORROW),
        (west.officer.pk, district.east.pk, TOMORROW, None),
    ]
    posts = Post.objects.order_by("pk").values_list("station", "name", "valid_to")
    assert list(posts) == [
        (district.west.pk, "站长", TOMORROW), (district.west.pk, "文化员", TOMORROW), (district.east.pk, "文化员", None),
    ]  # fmt: skip
    west.officer.refresh_from_db()
    assert west.officer.station == district.east


def test_who_heads_both_stations_winds_up_the_one_after_its_post_has_ended(district, west):
    east_post = add_post(
        actor=district.personnel, station=district.east, kind="head", name="站长", tenure="established", valid_from=SINCE
    )  # fmt: skip
    record_posting(
        actor=district.personnel, officer=west.head, post=east_post, valid_from=TODAY, acting=True,
        valid_to=TODAY + timedelta(days=200), at=NOW,
    )  # fmt: skip
    together(district, "merges")
    offices = district.station_head_west.memberships.filter(unit=district.west.unit).order_by("valid_from")
    assert list(offices.values_list("role", "valid_from", "valid_to")) == [
        ("station_head", OPENED, TOMORROW), ("station_head", TOMORROW, TOMORROW + WINDING_UP),
    ]  # fmt: skip
    assert OfficerPosting.objects.get(officer=west.head, station=district.west).valid_to == TOMORROW


def test_the_staff_of_a_station_that_ends_leaves_and_its_files_are_to_be_settled(district, west):
    change = together(district, "ends")
    assert set(told(change, "officer_postings").values()) == {"ends"}
    assert set(told(change, "officers").values()) == {"stranded"}
    assert set(OfficerPosting.objects.values_list("valid_to", flat=True)) == {TOMORROW}


def test_the_staff_of_a_renamed_town_stays_in_its_posts(district, west):
    change = applied(district, "rename", renaming(district.town("west")))
    assert set(told(change, "officer_postings").values()) == {"moves"}
    assert OfficerPosting.objects.filter(valid_to=None).count() == 2


@pytest.mark.parametrize("helped_already", [False, True])
def test_a_professional_helps_on_at_the_other_station_once(district, helped_already):
    backbone = backbone_for(district, "west", "陈老师")
    days = {"actor": None, "backbone": backbone, "valid_from": OPENED, "planned_days": 20}
    of_west = pair_station(station=district.west, **days)
    if helped_already:
        pair_station(station=district.east, **days)
    change = together(district, "merges")
    assert told(change, "pairings")[of_west.pk] == ("ends" if helped_already else "carried")
    of_west.refresh_from_db()
    assert of_west.valid_to == TOMORROW
    assert Pairing.objects.filter(station=district.east, valid_to=None).count() == 1


def test_a_budget_is_listed_with_its_instalments_and_stays_what_it_is(district):
    budget = propose_budget(
        actor=district.town_officer_west, at=NOW, station=district.west, year=TODAY.year, document="西政〔2026〕1号",
        lines=[{"purpose": "training", "amount": Decimal(900), "locked": False}],
        instalments=[{"due_on": TODAY + timedelta(days=60), "amount": Decimal(900)}],
    )  # fmt: skip
    perform(budget, "commit", actor=district.town_officer_west, at=NOW)
    change = together(district, "merges")
    [(key, text, effect)] = change.outcome["sections"]["budgets"]["rows"]
    assert (key, effect, text.endswith("1")) == (budget.pk, "wound_up", True)
    assert Budget.objects.get(pk=budget.pk).station == district.west


def test_a_reply_is_wound_up_by_the_head_of_the_other_station_who_owes_it_now(district):
    circular = draft_circular(
        actor=district.service, kind="collection", title="摸底", body="请填报", due_on=TODAY + timedelta(days=20), at=NOW,
        questions=[{"label": "人数", "kind": "text"}], chosen="list", listed=[district.west.unit],
    )  # fmt: skip
    perform(circular, "issue", actor=district.service, at=NOW)
    reply = Reply.objects.get()
    [duty] = Deadline.objects.open().filter(unit=district.west.unit, subject_id=reply.pk)
    change = together(district, "merges")
    assert told(change, "replies") == {reply.pk: "wound_up"}
    assert told(change, "deadlines")[duty.pk] == "carried"
    duty.refresh_from_db()
    reply.refresh_from_db()
    assert (duty.unit, reply.unit) == (district.east.unit, district.west.unit)


def test_what_both_stations_owe_alike_is_wound_up_at_its_own_and_owed_once_by_the_other(district):
    due = {"code": "month_ledger", "label": "月报", "opened_on": TODAY, "due_on": TODAY + timedelta(days=9)}
    own, other = owe(district.east.unit, **due), owe(district.west.unit, **due)
    change = together(district, "merges")
    effects = told(change, "deadlines")
    assert (effects[own.pk], effects[other.pk]) == ("moves", "wound_up")
    assert {row.pk: row.unit for row in Deadline.objects.filter(code="month_ledger")} == {
        own.pk: district.east.unit, other.pk: district.west.unit,
    }  # fmt: skip


@pytest.mark.parametrize(("fate", "effect"), [("merges", "wound_up"), ("ends", "stranded")])
def test_an_open_case_says_who_sees_it_through(district, fate, effect):
    complaint = receive_complaint(
        actor=district.service,
        at=NOW,
        station=district.west,
        channel="phone",
        about="hours",
        text="门锁着",
        received_on=TODAY,
    )
    change = together(district, fate)
    assert told(change, "cases")[complaint.pk] == effect


def test_a_limit_of_a_town_goes_on_in_what_becomes_of_it(district):
    limit = set_threshold(
        actor=None, code="weekly_hours", division=district.town("east"), number=50, valid_from=OPENED, source="文件"
    )
    change = applied(district, "rename", renaming(district.town("east")))
    assert told(change, "thresholds") == {limit.pk: "settled"}
    rows = Threshold.objects.filter(number=50).order_by("pk").values_list("division__name_zh", "valid_from", "valid_to")
    assert list(rows) == [("东镇", OPENED, TOMORROW), ("新镇", TOMORROW, None)]


def left_at(district, west, section: str):
    """Something of each kind that stays with the west station, whatever becomes of that."""
    head, days = (
        district.station_head_west,
        {"begins_on": TODAY + timedelta(days=9), "ends_on": TODAY + timedelta(days=10)},
    )
    if section == "off_post":
        return record_off_post(
            actor=district.town_officer_west, officer=west.officer, station=district.west, reason="sick", valid_from=TODAY,
            at=NOW,
        )  # fmt: skip
    if section == "follow_ups":
        held = meeting(district)
        return agree_follow_up(
            actor=district.service, meeting=held, unit=district.west.unit, task="报方案", due_on=days["ends_on"], at=NOW
        )
    if section == "closures":
        return file_closure(actor=head, station=district.west, reason="修屋顶", at=NOW, **days)
    room = add_facility(actor=None, station=district.west, name="西厅", use="演出", floor_area=200, valid_from=OPENED)
    return record_use(actor=head, facility=room, kind="lease", area=50, user="某公司", valid_from=TODAY, at=NOW)


STAYING = {"off_post": OffPost, "follow_ups": FollowUp, "closures": Closure, "other_uses": OtherUse}


@pytest.mark.parametrize("section", STAYING)
@pytest.mark.parametrize(("fate", "effect"), [("merges", "wound_up"), ("ends", "stranded"), ("moves", "moves")])
def test_what_stays_with_its_station_stays_what_it_is_and_the_run_says_who_sees_it_through(
    district, west, section, fate, effect
):
    row = left_at(district, west, section)
    model, before = STAYING[section], STAYING[section].objects.filter(pk=row.pk).values().get()
    if fate == "moves":
        change = applied(district, "rename", renaming(district.town("west")))
    else:
        change = together(district, fate)
    assert told(change, section) == {row.pk: effect}
    assert {one[0]: one[2] for one in change.dry_run["sections"][section]["rows"]} == {row.pk: effect}
    assert model.objects.filter(pk=row.pk).values().get() == before
    offices = district.station_head_east.memberships.filter(unit=district.west.unit)
    winding_up = [("station_head", TOMORROW, TOMORROW + WINDING_UP)] if fate == "merges" else []
    assert list(offices.values_list("role", "valid_from", "valid_to")) == winding_up
