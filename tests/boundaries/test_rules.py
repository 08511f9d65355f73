"""What is wrong in a plan is refused where it stands; what is missing may come later, but is no secret."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from activities.actions import log_activity
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.territory.actions import add_division
from culture_admin.territory.models import Division
from tests.boundaries.plans import DOCUMENT, merging, renaming, share, splitting
from tests.clock import in_days


@pytest.fixture
def bureau(district) -> APIClient:
    key = district.key("bureau_admin", scopes=["boundary-changes:write"])
    return APIClient(headers={"authorization": f"Bearer {key}", "accept-language": "en"})


def post(client: APIClient, kind: str, plan: dict, key: str = "one", **more):
    body = {"kind": kind, "effective_on": str(in_days(30)), "document": DOCUMENT} | plan | more
    return client.post("/api/v1/boundary-changes/", body, headers={"Idempotency-Key": key})


def faults(answer) -> set[tuple[str, str]]:
    assert answer.status_code == 400, answer.content
    return {(one["code"], one["pointer"]) for one in answer.json()["errors"]}


def test_a_draft_says_what_it_still_lacks(district, bureau):
    made = post(bureau, "split", {"units": [district.town("east").pk]})
    assert made.status_code == 201
    lacks = {one["pointer"]: one["code"] for one in made.json()["faults"]}
    assert lacks == {"/outcomes": "missing", "/stations": "missing"}
    assert made.json()["actions"]["propose"]["code"] == "plan_faults"


def test_what_follows_from_the_kind_need_not_be_said(district, bureau):
    east = district.town("east")
    made = post(bureau, "rename", renaming(east)).json()
    assert made["faults"] == []
    (outcome,) = made["outcomes"]
    assert (outcome["code"], outcome["parent"], outcome["type"]) == (east.code, east.parent_id, "town")
    assert made["stations"] == [{"station": district.east.pk, "fate": "moves", "outcome": 0}]


def case_of(district, name):
    """Plans with one thing wrong in each, and the fault that is told."""
    east, west, far = (district.town(town) for town in ("east", "west", "elsewhere"))
    other = Division.objects.get(code="990102")
    village = Division.objects.get(code=f"{east.code}201")
    halves = [("990101111", "北镇", "0.5"), ("990101112", "南镇", "0.5")]
    moving = {"units": [east.pk], "outcomes": [{"shares": [share(east)], "code": "990102111", "parent": other.pk}]}
    return {
        "code in use": ("recode", _recoding(east, west.code), ("code_in_use", "/outcomes/0/code")),
        "code of another county": ("recode", _recoding(east, "990102111"), ("code_prefix", "/outcomes/0/code")),
        "code too short": ("recode", _recoding(east, "990101"), ("code_prefix", "/outcomes/0/code")),
        "code of another type": ("recode", _recoding(east, "990101011"), ("code_type", "/outcomes/0/code")),
        "shares below 1": (
            "split",
            splitting(east, halves[0], ("990101112", "南镇", "0.48")),
            ("shares_sum", "/outcomes"),
        ),
        "share of 0": (
            "split",
            splitting(east, ("990101111", "北镇", "0"), ("990101112", "南镇", "1")),
            ("share_range", "/outcomes/0/shares"),
        ),
        "code twice": (
            "split",
            splitting(east, halves[0], ("990101111", "南镇", "0.5")),
            ("code_twice", "/outcomes/0/code"),
        ),
        "cycle": (
            "move",
            {"units": [east.pk], "outcomes": [{"shares": [share(east)], "parent": village.pk, "code": "990101199"}]},
            ("cycle", "/outcomes/0/parent"),
        ),
        "foreign county": ("move", moving, ("foreign_county", "/outcomes/0/parent")),
        "parent of a wrong level": (
            "move",
            {"units": [east.pk], "outcomes": [{"shares": [share(east)], "parent": west.pk, "code": "990101199"}]},
            ("parent_level", "/outcomes/0/parent"),
        ),
        "foreign town": ("rename", renaming(far), ("outside_territory", "/units/0")),
        "no such town": (
            "rename",
            {"units": [987_654_321], "outcomes": []},
            ("outside_territory", "/units/0"),
        ),
        "two levels": ("merge", {"units": [east.pk, village.pk]}, ("one_level", "/units")),
        "a town twice": ("merge", {"units": [east.pk, east.pk]}, ("repeated", "/units")),
        "two to be split": ("split", {"units": [east.pk, west.pk]}, ("one_unit", "/units")),
        "another's share": (
            "merge",
            merging(east, west) | {"units": [east.pk]},
            ("not_concerned", "/outcomes/0/shares"),
        ),
        "merged into nothing": (
            "merge",
            merging(east, west, stations=[{"station": district.east.pk, "fate": "merges", "into": district.west.pk}]),
            ("into", "/stations"),
        ),
        "another's station": (
            "rename",
            renaming(east) | {"stations": [{"station": district.west.pk, "fate": "ends"}]},
            ("not_concerned", "/stations"),
        ),
        "child of another": (
            "split",
            splitting(east, *halves, children=[{"division": west.pk, "outcome": 0}]),
            ("not_concerned", "/children"),
        ),
        "too far ahead": ("rename", renaming(east) | {"effective_on": "2199-01-01"}, ("date_range", "/effective_on")),
        "renamed and recoded": ("rename", renaming(east, code="990101111"), ("other_kind", "/outcomes/0/code")),
    }[name]


def _recoding(unit, code):
    return {"units": [unit.pk], "outcomes": [{"shares": [share(unit)], "code": code}]}


@pytest.mark.parametrize(
    "name",
    [
        "code in use", "code of another county", "code too short", "code of another type", "shares below 1", "share of 0",
        "code twice", "cycle", "foreign county", "parent of a wrong level", "foreign town", "no such town", "two levels",
        "a town twice", "two to be split", "another's share", "merged into nothing", "another's station",
        "child of another", "too far ahead", "renamed and recoded",
    ],
)  # fmt: skip
def test_a_wrong_plan_is_refused_where_it_is_wrong_and_nothing_is_kept(district, bureau, name):
    kind, plan, fault = case_of(district, name)
    assert fault in faults(post(bureau, kind, plan))
    assert not BoundaryChange.objects.exists()


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"units": []}, "/units", "min_length"),
        ({"units": ["1"]}, "/units/0", "invalid"),
        ({"outcomes": [{"shares": [{"unit": 1, "share": 0.5}]}]}, "/outcomes/0/shares/0/share", "amount_format"),
        (
            {"outcomes": [{"shares": [{"unit": 1, "share": "0.33333"}]}]},
            "/outcomes/0/shares/0/share",
            "max_decimal_places",
        ),
        ({"stations": [{"station": 1, "fate": "flies"}]}, "/stations/0/fate", "invalid_choice"),
        ({"colour": "red"}, "/colour", "unknown_field"),
        ({"effective_on": "1 July"}, "/effective_on", "date_format"),
        ({"document": ""}, "/document", "blank"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_at_its_member(district, bureau, change, pointer, code):
    answer = post(bureau, "rename", renaming(district.town("east")), **change)
    assert (code, pointer) in faults(answer)


def test_a_change_is_not_dated_before_what_is_recorded_there(district, bureau):
    today = timezone.localdate()
    log_activity(
        actor=district.station_head_east,
        station=district.east,
        title="昨天的活动",
        kind=district.kind("PERF"),
        begins_on=today - timedelta(days=1),
        attendance=3,
    )
    answer = post(bureau, "rename", renaming(district.town("east")), effective_on=str(today - timedelta(days=1)))
    assert ("events_recorded", "/effective_on") in faults(answer)
    assert str(today) in answer.json()["errors"][0]["message"]
    assert (
        post(bureau, "rename", renaming(district.town("east")), key="two", effective_on=str(today)).status_code == 201
    )


def test_a_division_entered_below_from_a_later_day_stands_in_the_way(district, bureau):
    east = district.town("east")
    later = in_days(31)
    add_division(code=f"{east.code}209", name_zh="后村", level="village", type="village", parent=east, valid_from=later)
    assert ("entered_later", "/units") in faults(post(bureau, "rename", renaming(east)))


def test_who_has_no_power_draws_nothing_up(district):
    for role, unit in (("service", None), ("station_head", district.east.unit)):
        key = district.key(role, unit, scopes=["boundary-changes:write"])
        client = APIClient(headers={"authorization": f"Bearer {key}"})
        answer = post(client, "rename", renaming(district.town("east")))
        assert (answer.status_code, answer.json()["code"]) == (403, "not_your_power")
