"""What stations and the bureau file of people, money, premises, guidance and standing, through the API: nothing made up goes in.

Each body below is taken as it stands; each of its fields is then given what no caller should send.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from culture_admin.accounts.models import User
from culture_admin.api import router
from culture_admin.territory.models import Unit
from stations.actions import (
    add_facility,
    plan_meeting,
    record_off_post,
    send_report,
)
from tests.bad_input.conftest import read
from tests.district import District
from tests.stations.guidance import backbone_of, paired
from tests.stations.money import budgeted
from tests.stations.staff import Staff, candidate, staffed

MONEY = {"amount", "basic", "performance", "allowances", "startup_funds", "hours"}
# Text that no field takes, whatever it is for.
TEXT = ["a\x00b", "\ud800", 12, []]
IDS = [-1, 10**30, "1", {}]
DAYS = ["2026-02-30", "99999-01-01", 20260101, "\x00"]
NUMBERS = [-1, 10**400, "12", 1.5]
AMOUNTS = ["-1.00", "12.345", "NaN", "1" * 15, 12]
TRUTHS = ["true", []]
CHOICES = ["none such", "a\x00b", []]
LISTS = ["x", [None], ["\x00"]]


@dataclass
class Filing:
    """What somebody files, and which of its fields are choices."""

    who: User
    body: dict[str, Any]
    choices: tuple[str, ...] = ()
    # What is wrong only beside the other fields: the changes, and where the fault lies.
    beside: tuple[tuple[dict[str, Any], set[str]], ...] = ()


@pytest.fixture
def staff(district) -> Staff:
    return staffed(district)


@pytest.fixture
def filings(district: District, staff: Staff) -> dict[str, Filing]:
    today = timezone.localdate()

    def day(days: int) -> str:
        return str(today + timedelta(days=days))

    east, west = {"station": district.east.pk}, {"station": district.west.pk}
    head, town, personnel = district.station_head_east, district.town_officer_east, district.personnel
    service = district.service
    person = candidate(district)
    room = add_facility(
        actor=None, station=district.east, name="剧场", use="演出", floor_area=900, valid_from=date(2020, 1, 1)
    )
    budgeted(district, year=today.year)
    money = east | {"year": today.year, "amount": "100.00", "on": day(0), "document": "凭证1号", "late_reason": "补登"}
    off = record_off_post(
        actor=personnel, officer=staff.officer, station=district.east, reason="diverted", valid_from=today
    )
    report = send_report(actor=head, unit=district.east.unit, title="活动信息", text="内容")
    meeting = plan_meeting(actor=service, kind="monthly", title="例会", begins_on=today)
    dated = east | {"valid_from": "2025-01-01"}
    plan = [{"due_on": f"{today.year}-06-30", "amount": "100.00"}]
    line = {"purpose": "activities", "amount": "100.00", "locked": False}
    return {
        "registrations": Filing(
            head, east | {"kind": "change", "items": ["domicile"], "domicile": "新路1号", "event_on": day(0)}, ("kind",),
            (({"items": []}, {"items"}), ({"items": ["colour"]}, {"items/0"}), ({"kind": "renewal", "startup_funds": "1.001"}, {"startup_funds"})),
        ),
        "sanctions": Filing(
            district.registrar, east | {"ground": "other", "finding": "事实", "document": "1号", "mend_by": day(30)}, ("ground",),
            (({"mend_by": "2020-01-01"}, {""}),),
        ),
        "personnel-cases": Filing(
            town,
            east | {"kind": "recruitment", "officer": person.pk, "post": staff.officer_post.pk, "effective_on": day(40), "reason": "需要"},
            ("kind",),
            (
                ({"until": day(10)}, {""}), ({"officer": staff.officer.pk, "kind": "pay"}, {"year", "post"}),
                ({"station": district.west.pk}, {"station"}), ({"identity_number": "1" * 18}, {"identity_number"}),
            ),
        ),
        "officers": Filing(
            town, east | {"name": "新人", "sex": "female", "title": "clerk", "title_on": "2020-01-01", "phone": "13800000000"},
            ("sex", "title"),
            (
                ({"title": ""}, {"title"}), ({"title_on": "2099-01-01"}, {"title_on"}), ({"phone": "110"}, {"phone"}),
                ({"identity_number": "1" * 18}, {"identity_number"}), ({"station": district.west.pk}, {"station"}),
                ({"birth_date": "0001-01-00"}, {"birth_date"}),
            ),
        ),
        "posts": Filing(
            personnel, dated | {"kind": "officer", "name": "干事", "tenure": "contract", "share": 100}, ("kind", "tenure"),
            (({"valid_to": "2024-01-01"}, {"", "valid_to"}), ({"share": 101}, {"share"}), ({"share": 0}, {"share"}), ({"kind": "head"}, {"", "kind"})),
        ),
        "officer-postings": Filing(
            personnel, {"officer": person.pk, "post": staff.head_post.pk, "valid_from": "2021-01-01", "valid_to": "2021-12-31"}, (),
            (
                ({"valid_to": "2020-12-31"}, {"", "valid_to"}), ({"valid_to": None}, {"", "post"}),
                ({"valid_from": "2099-01-01", "valid_to": None}, {"valid_from"}), ({"acting": True, "valid_to": None}, {"valid_to"}),
                ({"share": 0}, {"share"}),
            ),
        ),
        "off-posts": Filing(
            personnel, east | {"officer": staff.officer.pk, "reason": "sick", "valid_from": "2024-01-01", "valid_to": "2024-02-01"},
            ("reason",), (({"valid_to": "2023-01-01"}, {"", "valid_to"}), ({"valid_from": "2099-01-01"}, {"valid_from"})),
        ),
        "off-post-objections": Filing(
            head, {"off_post": off.pk, "strike": True, "grounds": "没有离岗"}, (),
            (({"strike": False}, {"", "strike", "left_on"}),),
        ),
        "title-applications": Filing(
            town, west | {"officer": staff.officer.pk, "station": district.east.pk, "year": today.year + 1, "sought": "librarian"}, ("sought",),
            (({"year": 1900}, {"year"}),),
        ),
        "budgets": Filing(
            district.station_head_west, west | {"year": today.year, "document": "1号", "lines": [line], "instalments": plan}, (),
            (
                ({"lines": []}, {"lines"}), ({"lines": [line, line]}, {"lines"}), ({"instalments": []}, {"instalments"}),
                ({"lines": [line | {"amount": "1.001"}]}, {"lines/0/amount"}), ({"lines": [line | {"amount": "-1"}]}, {"lines/0/amount"}),
                ({"lines": [line | {"purpose": "fun"}]}, {"lines/0/purpose"}), ({"lines": [line | {"colour": 1}]}, {"lines/0/colour"}),
                ({"instalments": [{"due_on": "2099-01-01", "amount": "100.00"}]}, {"instalments"}),
                ({"instalments": [{"due_on": f"{today.year}-06-30", "amount": "1"}]}, {"instalments", "lines"}),
                ({"station": district.east.pk}, {"station"}), ({"lines": "\x00"}, {"lines"}),
            ),
        ),
        "appropriations": Filing(
            town, money, (), (({"on": "2099-01-01"}, {"on"}), ({"year": 2099}, {"year"}), ({"amount": "0"}, {"amount"}), ({"instalment": 0}, {"instalment"})),
        ),
        "spendings": Filing(
            head, money | {"purpose": "activities"}, ("purpose",),
            (({"on": "2099-01-01"}, {"on"}), ({"year": 2099}, {"year"}), ({"amount": "0.00"}, {"amount"}), ({"station": district.west.pk}, {"station"})),
        ),
        "purpose-changes": Filing(
            head, east | {"year": today.year, "from_purpose": "creation", "to_purpose": "activities", "amount": "10.00", "reason": "需要"},
            ("from_purpose", "to_purpose"),
            (({"to_purpose": "creation"}, {"to_purpose"}), ({"amount": "99999999.00"}, {"amount"}), ({"year": 2099}, {"year"})),
        ),
        "facilities": Filing(
            service, dated | {"name": "排练厅", "use": "排练", "floor_area": 120, "latitude": "30.100000", "longitude": "120.100000"}, (),
            (
                ({"valid_to": "2024-01-01"}, {"", "valid_to"}), ({"latitude": "91"}, {"latitude"}), ({"longitude": None}, {"longitude"}),
                ({"latitude": "30.1000001"}, {"latitude"}), ({"capacity": 10**10}, {"capacity"}),
            ),
        ),
        "closures": Filing(
            head, east | {"facility": room.pk, "begins_on": day(30), "ends_on": day(33), "reason": "维修"}, (),
            (({"ends_on": day(29)}, {"ends_on"}), ({"begins_on": "2020-01-01"}, {"begins_on", "ends_on"}), ({"station": district.west.pk}, {"station"})),
        ),
        "other-uses": Filing(
            head, {"facility": room.pk, "kind": "lease", "area": 10, "user": "某公司", "valid_from": day(0)}, ("kind",),
            (({"area": 10_000}, {"area"}), ({"area": 0}, {"area"}), ({"valid_to": "2020-01-01"}, {"", "valid_to"})),
        ),
        "trainings": Filing(
            service, {"title": "培训", "begins_on": day(3), "ends_on": day(4), "hours": "6.0", "kind": "short"}, ("kind",),
            (({"ends_on": day(2)}, {""}), ({"hours": "0"}, {"hours"}), ({"begins_time": "25:00"}, {"begins_time"}), ({"county": 0}, {"county"})),
        ),
        "backbones": Filing(service, {"unit": Unit.objects.get(kind=Unit.Kind.CENTRE).pk, "name": "林老师"}, (), (({"unit": district.east.pk}, {"unit"}),)),
        "pairings": Filing(
            service, west | {"backbone": backbone_of(district).pk, "planned_days": 20, "valid_from": "2026-01-01"}, (),
            (({"valid_to": "2025-01-01"}, {"", "valid_to"}), ({"planned_days": 400}, {"planned_days"})),
        ),
        "visits": Filing(
            district.backbone, {"pairing": paired(district).pk, "on": day(0), "part": "whole", "tasks": ["teams"]}, ("part",),
            (({"on": "2099-01-01"}, {"on"}), ({"on": "2020-01-01"}, {"on"}), ({"tasks": ["fishing"]}, {"tasks/0", "tasks"}), ({"activities": [0]}, {"activities/0", "activities"})),
        ),
        "meetings": Filing(
            service, {"kind": "monthly", "title": "例会", "begins_on": day(3), "agenda": "一"}, ("kind",),
            (({"ends_on": day(2)}, {""}), ({"kind": "on_site"}, {""}), ({"host": 0}, {"host"})),
        ),
        "follow-ups": Filing(
            service, {"meeting": meeting.pk, "unit": district.east.pk, "task": "整改", "due_on": day(20)}, (),
            (({"due_on": "2020-01-01"}, {"due_on"}), ({"unit": district.firm.pk}, {"unit"})),
        ),
        "circulars": Filing(
            service,
            {"kind": "collection", "title": "填报", "body": "请填", "due_on": day(9), "questions": [{"label": "人次", "kind": "number"}]},
            ("kind",),
            (
                ({"questions": [{"label": "x", "kind": "colour"}]}, {"questions/0/kind"}),
                ({"questions": [{"label": "a\x00", "kind": "text"}]}, {"questions/0/label"}),
                ({"questions": [{"label": "x", "kind": "choice"}]}, {"questions", "questions/0/choices", "questions/0"}),
                ({"chosen": "list", "listed": [0]}, {"listed", "listed/0"}), ({"chosen": "grade", "grades": ["best"]}, {"grades/0"}),
                ({"questions": [{"label": "x", "kind": "text"}] * 200}, {"questions"}),
            ),
        ),
        "reports": Filing(head, {"unit": district.east.pk, "title": "信息", "text": "内容"}, (), ()),
        "adoptions": Filing(
            service, {"report": report.pk, "level": "city", "adopted_on": day(0)}, ("level",), (({"adopted_on": "2099-01-01"}, {"adopted_on"}),),
        ),
        "titles": Filing(
            district.bureau_admin, dated | {"title": "文化强镇", "year": 2025, "issuer": "文化厅", "document": "1号"}, (),
            (({"valid_to": "2024-01-01"}, {"", "valid_to"}), ({"year": 1800}, {"year"})),
        ),
        "features": Filing(
            head, east | {"name": "越剧", "level": "town", "since": "2010-01-01"}, ("level",),
            (({"since": "2099-01-01"}, {"since"}), ({"village": 0}, {"village"})),
        ),
        "safety-checks": Filing(
            head, east | {"checked_on": day(0), "by": "station", "checker": "李明", "items": [{"item": "exits", "result": "ok"}]}, ("by",),
            (
                ({"checked_on": "2099-01-01"}, {"checked_on"}), ({"items": []}, {"items"}), ({"items": [{"item": "moon", "result": "ok"}]}, {"items/0/item"}),
                ({"items": [{"item": "exits", "result": "fine"}]}, {"items/0/result"}), ({"items": [{"item": "exits", "result": "ok", "x": 1}]}, {"items/0/x"}),
            ),
        ),
        "complaints": Filing(
            head, east | {"received_on": day(0), "channel": "phone", "about": "service", "text": "态度", "contact": "13800000000"},
            ("channel", "about"), (({"received_on": "2099-01-01"}, {"received_on"}), ({"working_days": 0}, {"working_days"})),
        ),
        "yearly-facts": Filing(head, east | {"year": today.year - 1}, (), (({"year": 1999}, {"year"}), ({"year": today.year + 1}, {"year"}))),
        "thresholds": Filing(
            district.bureau_admin, {"code": "weekly_hours", "division": district.county.pk, "number": 45, "valid_from": day(1), "source": "文件"}, ("code",),
            (({"number": 400}, {"number"}), ({"division": 0}, {"division"})),
        ),
        "findings": Filing(
            service, east | {"kind": "other", "what": "门锁", "basis": "规定", "owed_by": "station", "due_on": day(20)}, ("kind", "owed_by"),
            (({"due_on": "2020-01-01"}, {""}), ({"opened_on": "2099-01-01"}, {"opened_on", "due_on"})),
        ),
    }  # fmt: skip


STEPPED = [prefix for prefix, viewset, _name in router.registry if viewset.offers("steps")]
# Keys of records, beside those that end alike.
KEYS = {
    "station",
    "officer",
    "post",
    "facility",
    "unit",
    "backbone",
    "pairing",
    "meeting",
    "report",
    "off_post",
    "instalment",
}
NUMBERED = {"year", "share", "floor_area", "area", "planned_days", "working_days", "number", "capacity"}
DATED = ("_on", "_by", "valid_from", "valid_to")


def wrong_for(field: str, value: Any, choices: tuple[str, ...]) -> list[Any]:
    """What the field takes in no case."""
    known = (
        (choices, CHOICES),
        (KEYS, IDS),
        (MONEY, AMOUNTS),
        (NUMBERED, NUMBERS),
        (("latitude", "longitude"), []),
    )
    named = next((values for fields, values in known if field in fields), None)
    if named is not None:
        return named
    if field == "on" or field.endswith(DATED):
        return DAYS
    return {bool: TRUTHS, list: LISTS, str: TEXT}.get(type(value), [])


@pytest.fixture
def ask(api) -> Callable:
    """Sends a body as somebody, with a key of its own; a lone surrogate goes as JSON escapes it."""
    keys = iter(range(100_000))

    def send(who: User, path: str, body: Any, **headers):
        sent = {"Idempotency-Key": f"k{next(keys)}", **headers}
        return api(who).generic("POST", f"/api/v1/{path}", json.dumps(body), "application/json", headers=sent)

    return send


def sweep(filings: dict[str, Filing], ask: Callable, collections: list[str]) -> Iterator[tuple]:
    """Each wrong value of each field, and how it was answered where it was not refused at its field."""
    for collection in collections:
        filing = filings[collection]
        bodies = [
            (filing.body | {field: value}, {field})
            for field, right in filing.body.items()
            for value in wrong_for(field, right, filing.choices)
        ]
        bodies += [(filing.body | changes, places) for changes, places in filing.beside]
        bodies += [(filing.body | {"colour": "red"}, {"colour"}), (filing.body | {"state": "approved"}, {"state"})]
        for body, places in bodies:
            with transaction.atomic():
                answer = ask(filing.who, f"{collection}/", body)
                transaction.set_rollback(True)
            status, code, *found = read(answer)
            inside = all(
                any(f"/{place}" == at or at.startswith(f"/{place}/") or (not place and not at) for place in places)
                for at in found
            )
            if status not in (400, 409, 422) or not code or not found or not inside:
                yield (
                    collection,
                    {name: body[name] for name in body if body[name] != filing.body.get(name)},
                    status,
                    code,
                    found,
                )


def test_each_body_is_taken_as_it_stands(filings, ask):
    answers = {}
    for collection, filing in filings.items():
        with transaction.atomic():
            answer = ask(filing.who, f"{collection}/", filing.body)
            transaction.set_rollback(True)
        if answer.status_code != 201:
            answers[collection] = (answer.status_code, answer.content.decode()[:400])
    assert not answers, "\n".join(map(str, answers.items()))


@pytest.mark.parametrize("half", [0, 1])
def test_a_value_that_nobody_should_send_is_refused_where_it_stands(filings, ask, nothing_written, half):
    wrong = list(sweep(filings, ask, sorted(filings)[half::2]))
    assert not wrong, f"{len(wrong)}\n" + "\n".join(map(str, wrong[:60]))


@pytest.mark.parametrize("collection", STEPPED)
def test_an_unknown_step_is_said_to_be_one(district, ask, nothing_written, collection):
    """For many records by a 400 that names it, for one by an address that is not there."""
    one = {"id": 1, "etag": '"v1"'}
    by_address = ask(district.bureau_admin, f"{collection}/1/fly/", {"comment": ""})
    assert (by_address.status_code, read(by_address)[1]) == (404, "not_found")
    bodies = [
        ({"step": "fly", "records": [one]}, "/step"), ({"step": "a\x00", "records": [one]}, "/step"),
        ({"step": "void", "records": []}, "/records"), ({"step": "void", "records": [one | {"id": 10**30}]}, "/records/0/id"),
        ({"step": "void", "records": [one], "colour": 1}, "/colour"), ({"step": "void", "records": [one | {"etag": "v1"}]}, "/records/0/etag"),
    ]  # fmt: skip
    for body, place in bodies:
        status, code, *places = read(ask(district.bureau_admin, f"{collection}/steps/", body))
        assert (status, bool(code), places) == (400, True, [place]), body


def test_what_lies_in_another_county_is_unknown_here(district, filings, ask, nothing_written):
    far = staffed(district, "elsewhere")
    foreign = {
        "station": district.elsewhere.pk, "officer": far.officer.pk, "post": far.officer_post.pk, "unit": district.elsewhere.pk,
    }  # fmt: skip
    nothing_written()
    taken = []
    for collection, filing in filings.items():
        for field in filing.body.keys() & foreign.keys():
            status, code, *_places = read(ask(filing.who, f"{collection}/", filing.body | {field: foreign[field]}))
            # Who the units are, everybody may know; nothing is filed for one of another county all the same.
            if (status not in (400, 403)) if field == "unit" else (status, code) != (400, "does_not_exist"):
                taken.append((collection, field, status, code))
    assert not taken, taken


CHANGED = [prefix for prefix, viewset, _name in router.registry if viewset.offers("partial_update")]


def test_a_change_that_nobody_should_make_is_refused_where_it_stands(filings, ask, api):
    wrong = []
    for collection in sorted(filings.keys() & {*CHANGED}):
        filing = filings[collection]
        made = ask(filing.who, f"{collection}/", filing.body)
        address, version = made.headers["Location"], made.headers["ETag"]
        entries = {field: wrong_for(field, right, filing.choices)[:2] for field, right in filing.body.items()}
        for field, values in (entries | {"colour": ["red"], "id": [1], "state": ["approved"]}).items():
            for value in values:
                with transaction.atomic():
                    answer = api(filing.who).generic(
                        "PATCH", address, json.dumps({field: value}), "application/json", headers={"If-Match": version}
                    )
                    transaction.set_rollback(True)
                status, code, *places = read(answer)
                at_field = all(place == f"/{field}" or place.startswith(f"/{field}/") for place in places)
                if status not in (400, 403, 409) or not code or not at_field:
                    wrong.append((collection, field, value, status, code, places))
    assert not wrong, f"{len(wrong)}\n" + "\n".join(map(str, wrong[:40]))
