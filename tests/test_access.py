"""The matrix of access, made from the addresses themselves: every role at every door, and nothing of others behind any.

Rows of the west station and of the other county carry a mark in every text a person enters. Whoever does not see those rows
never reads the mark, in no body and no header, and their ids are answered in the same bytes as ids that do not exist.
"""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from activities.models import Activity
from culture_admin.api import router
from stations.models import Station
from tests.furnishing import MARKS, furnished_county, marked
from tests.matrix import (
    ASKED,
    MISSING,
    Door,
    Matrix,
    ask_for_records,
    body_of,
    client_of,
    doors,
    everybody_reads,
    has_parts,
    principals,
    seen_by,
)
from tests.reports import report

__all__ = ["furnished_county", "marked"]
pytestmark = pytest.mark.usefixtures("quiet")

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# Of those who are no staff, who try every door of the admin: somebody with an office, and nobody at all.
AT_THE_GATE = ("station_head_east", "stranger")


def test_nobody_reads_what_lies_outside_his_office(district, marked):
    every = list(doors())
    unlisted = [door.route for door in every if door.model is None and "<" in door.route and not has_parts(door)]
    everybody, matrix = principals(district), Matrix()
    unread: set[Door] = set()
    for who, (user, key) in everybody.items():
        client = client_of(user, key)
        forbidden = set(MARKS) - seen_by(user, who)
        turned_away = not (user and user.is_staff)
        for door in every:
            if door in unread or door.route.startswith(("logout", "admin/logout")):
                continue
            if turned_away and door.route.startswith("admin/") and who not in AT_THE_GATE:
                continue
            address = door.at(MISSING if door.model else "x") + ASKED.get(door.route, "")
            missing, _body = matrix.ask(who, client, "GET", address, forbidden)
            if missing.status_code == 405:
                # It is not read at all, by nobody: that is said before anybody is asked who he is.
                unread.add(door)
            elif turned_away and door.route.startswith("admin/"):
                # To sign in again would lead whoever is signed in already round in a circle: he is told that it is not for him.
                status = 403 if user and door.route == "admin/login/" else 302
                matrix.expect(missing.status_code == status, who, address, missing.status_code)
            elif door.model:
                ask_for_records(matrix, who, client, door, missing, {town: marked[town] for town in sorted(forbidden)})
    report(
        "access",
        principals=len(everybody),
        operations=len(every),
        requests=matrix.requests,
        leaks=len(matrix.leaks),
        unlisted=len(unlisted),
    )
    assert not unlisted
    assert not matrix.leaks, matrix.leaks[:20]
    assert not matrix.wrong, matrix.wrong[:20]
    assert matrix.requests > 3000


def test_a_leak_that_is_planted_is_caught(district, marked):
    """A walk that finds nothing says something only if it finds what is there: model by model its rows are opened to everybody."""
    client, every = client_of(district.bureau_admin, ""), list(doors())
    foreign, planted, escaped = {"elsewhere": marked["elsewhere"]}, 0, []
    for model in {type(row): None for row in marked["elsewhere"]}:
        matrix, asked = Matrix(), 0
        with everybody_reads(model):
            for door in every:
                if door.model is model and door.route.startswith("api/"):
                    missing, _body = matrix.ask("bureau_admin", client, "GET", door.at(MISSING), {"elsewhere"})
                    if missing.status_code == 404:
                        ask_for_records(matrix, "bureau_admin", client, door, missing, foreign)
                        asked += 1
        planted += bool(asked)
        escaped += [model.__name__] if asked and not (matrix.leaks or matrix.wrong) else []
    report("access", planted=planted, planted_caught=planted - len(escaped))
    assert planted > 80
    assert escaped == []


def test_whoever_is_no_staff_is_led_away_from_the_admin(district, marked):
    """The gate before every room of the admin asks for nothing else: hence two of them try every door, and the others one."""
    for who, (user, key) in principals(district).items():
        answer = client_of(user, key).get("/admin/activities/activity/")
        assert (answer.status_code == 302) == (not (user and user.is_staff)), who


def test_the_marks_are_there_to_be_found(district, marked):
    """A matrix in which nothing could leak would prove nothing."""
    client = client_of(district.bureau_admin, "")
    found = {
        door.route for door in doors() if door.model is None and MARKS["west"] in body_of(client.get(door.at("x")))
    }
    assert len(found) > 15
    assert {"desk/activities/", "desk/teams/"} <= found
    client = client_of(district.station_head_west, "")
    own = [door.at(row.pk) for door in doors() for row in marked["west"] if door.model and isinstance(row, door.model)]
    assert (
        sum(MARKS["west"] in body_of(client.get(address)) for address in own if not address.startswith("/admin")) > 10
    )


def test_nothing_foreign_is_written_at_any_door(district, marked):
    """Steps, changes and acts with the ids of others."""
    matrix, before = Matrix(), _fingerprint(marked)
    writers = ("station_head_east", "steward_east", "bureau_admin_elsewhere", "system_admin")
    for who in writers:
        client = client_of(getattr(district, who), "")
        forbidden = set(MARKS) - seen_by(getattr(district, who), who)
        for door in doors():
            if door.model is None:
                continue
            for town in sorted(forbidden):
                for row in marked[town]:
                    if isinstance(row, door.model):
                        for method in ("POST", "PATCH"):
                            answer, _body = matrix.ask(
                                who,
                                client,
                                method,
                                door.at(row.pk),
                                forbidden,
                                data=b'{"comment": "x"}',
                                content_type="application/json",
                                headers={"If-Match": '"v1"', "Idempotency-Key": "k"},
                            )
                            if answer.status_code < 300:
                                matrix.wrong.append((who, method, door.at(row.pk), answer.status_code))
    assert not matrix.leaks, matrix.leaks[:20]
    assert not matrix.wrong, matrix.wrong[:20]
    assert _fingerprint(marked) == before


def test_no_collection_answers_a_method_it_does_not_declare(district, marked):
    client = client_of(district.bureau_admin, "")
    for door in doors():
        if not door.route.startswith("api/"):
            continue
        allowed = client.generic("TRACE", door.at(1))
        assert allowed.status_code == 405, door.route
        for method in set(METHODS) - set(allowed["Allow"].split(", ")):
            answer = client.generic(method, door.at(1))
            assert (answer.status_code, answer["Allow"]) == (405, allowed["Allow"]), (method, door.route)


def test_a_foreign_row_can_be_named_in_no_form_of_the_api(district, marked):
    """In every field that names a row, the id of a foreign one is refused in the same words as one that does not exist."""
    foreign = {type(row): row.pk for row in marked["elsewhere"]} | {Station: district.elsewhere.pk}
    client = client_of(district.bureau_admin, "")
    asked = 0
    for prefix, viewset, _name in router.registry:
        if viewset.create_verb is None or viewset.parser_classes != router.registry[0][1].parser_classes:
            continue
        for name, field in viewset.serializer_class().fields.items():
            model = getattr(getattr(field, "queryset", None), "model", None)
            if field.read_only or model not in foreign:
                continue
            answers = [
                client.post(
                    reverse(f"{prefix}-list"),
                    {name: key},
                    content_type="application/json",
                    headers={"Idempotency-Key": f"{name}{key}"},
                )
                for key in (foreign[model], MISSING)
            ]
            if answers[0].status_code == answers[1].status_code == 403:
                # What the bureau's administrator does not enter at all.
                continue
            told = [
                [(one["code"], one["message"]) for one in errors if one.get("pointer") == f"/{name}"]
                for errors in (answer.json()["errors"] for answer in answers)
            ]
            assert told[0] == told[1] != [], (prefix, name)
            asked += 1
    assert asked > 5


def test_the_admin_offers_and_takes_no_foreign_row(district, marked):
    """Completion, forged selections, filters, orders and remembered lists of the admin."""
    client, matrix = client_of(district.bureau_admin, ""), Matrix()
    foreign = {"elsewhere"}
    lists = [_list_of(model) for model in (Activity, *admin.site._registry)]
    queries = [
        "q=t-far", f"division={district.elsewhere.division_id}", "o=1.-2", "q=%00", "q=" + "a" * 300, "o=99", "o=x.y", "o=-", "p=0", "p=-1", "p=x", "p=99999999999999999999",
        "_changelist_filters=station%3D3", "all=", "_popup=1", "_to_field=id", "e=1", "pk__in=1", "station__pk=1", "division=x",
        "division=99999999999999999999", "state=gone", "period=x", "period=9999-13",
        "period=2026-05-01..2026-04-01", "kind=x", "_facets=True", "id__exact=1", "state=%00", "q=%ff",
    ]  # fmt: skip
    # What Django's list understands by itself is tried once; where rows lie, in every room.
    for query in queries:
        matrix.ask("bureau_admin", client, "GET", f"{lists[0]}?{query}", foreign)
    for address in lists[1:]:
        for query in queries[:3]:
            matrix.ask("bureau_admin", client, "GET", f"{address}?{query}", foreign)
    for row in marked["elsewhere"]:
        for action in ("step-void", "step-return", "delete_selected"):
            body = f"action={action}&index=0&_selected_action={row.pk}&comment=x&select_across=1".encode()
            form = {"data": body, "content_type": "application/x-www-form-urlencoded"}
            matrix.ask("bureau_admin", client, "POST", _list_of(type(row)), foreign, **form)
    for model in admin.site._registry:
        for field in [field for field in model._meta.fields if field.many_to_one][:4]:
            asked = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={field.name}"
            for rest in ("", "&term=t-far", "&term=%00&page=x"):
                matrix.ask("bureau_admin", client, "GET", f"/admin/autocomplete/?{asked}{rest}", foreign)
    matrix.ask("bureau_admin", client, "GET", "/admin/search/?s=t-far", foreign)
    assert not matrix.leaks, matrix.leaks[:20]
    assert not matrix.wrong, matrix.wrong[:40]
    states = {row.state for row in Activity.objects.filter(station=district.elsewhere, planned=False)}
    assert states == {"confirmed"}


def _list_of(model: type[Model]) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def _fingerprint(rows: dict[str, list[Model]]) -> list[dict]:
    """Every column of every marked row of others, and how many rows there are."""
    return [type(row)._default_manager.filter(pk=row.pk).values().get() for town in MARKS for row in rows[town]] + [
        {model: model._default_manager.count()} for model in {type(row) for row in rows["west"]}
    ]
