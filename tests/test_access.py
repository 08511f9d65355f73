"""The matrix of access, made from the addresses themselves: every role at every door, and nothing of others behind any.

Rows of the west station and of the other county carry a mark in every text a person enters. Whoever does not see those rows
never reads the mark, in no body and no header, and their ids are answered in the same bytes as ids that do not exist.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from activities.models import Activity, Course, Learner, Series, Team, VenueBooking, Work
from culture_admin.accounts.models import Membership, User
from culture_admin.api import router
from culture_admin.exchange.models import Attachment, Printout
from culture_admin.workflow.models import Notice
from stations.models import Certificate, Complaint, Feature, Registration, SafetyCheck, Station, YearlyFacts
from tests.architecture.test_routes import PUBLIC, patterns
from tests.assessments.furnishing import PAGES_OF_ASSESSMENTS
from tests.district import TODAY, District
from tests.furnishing import MARKS, furnished_county, marked
from tests.reports import report
from tests.stations.furnishing import OF_MONEY_AND_PREMISES
from tests.stations.guided import OF_GUIDANCE
from tests.stations.many_staffed import PAGES_OF_STAFF
from tests.stewards.furnishing import OF_STEWARDS

__all__ = ["furnished_county", "marked"]
pytestmark = pytest.mark.usefixtures("quiet")

MISSING = 987_654_321
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# Addresses that are asked with their parameters.
ASKED = {
    "api/v1/statistics/": "?metric=activities.held,activities.teams&by=station,team&from=2026-01-01&to=2026-12-31&status=all"
}
# Parts of an address that are no record's id, and what stands there.
PARTS = {
    "<slug:step>": "void",
    "<slug:act>": "close",
    "<str:token>": "made-up",
    "<path:url>": "x",
    "<int:content_type_id>": "1",
    "<str:station>": "990101102",
    "<slug:code>": "activity-archive",
    "<str:code>": "1.1",
}
# Addresses with a part that is no id: they lead back to the first page.
NO_RECORDS = re.compile(r"\(\?P<(app_label|url)>[^)]*\)")
# Of those who are no staff, who try every door of the admin: somebody with an office, and nobody at all.
AT_THE_GATE = ("station_head_east", "stranger")
# What a request's answer has of its own.
_OWN = re.compile(rb'csrfmiddlewaretoken" value="\w+"|urn:uuid:[0-9a-f-]{36}|/\d+/|nonce="[^"]+"')


@dataclass(frozen=True)
class Door:
    """An address with its model, when it is that of one record. `route` as the URLconf has it."""

    route: str
    model: type[Model] | None = None

    def at(self, key: object) -> str:
        path = re.sub(r"<int:pk>|<path:object_id>|\(\?P<pk>[^)]+\)", str(key), self.route)
        path = NO_RECORDS.sub("stations", path)
        for part, value in PARTS.items():
            path = path.replace(part, value)
        return "/" + path.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")


def doors() -> Iterator[Door]:
    """Every address of the URLconf but the public ones."""
    collections = {prefix: viewset.model for prefix, viewset, _name in router.registry}
    rooms = {f"{model._meta.app_label}/{model._meta.model_name}": model for model in admin.site._registry}
    desk = {
        "activities": Activity,
        "teams": Team,
        "photos": Attachment,
        "series": Series,
        "courses": Course,
        "works": Work,
        "learners": Learner,
        "bookings": VenueBooking,
        "notices": Notice,
        "features": Feature,
        "safety-checks": SafetyCheck,
        "complaints": Complaint,
        "facts": YearlyFacts,
        **PAGES_OF_ASSESSMENTS,
        "papers": Activity,
        "prints": Printout,
        "registrations": Registration,
        "certificates": Certificate,
        **OF_MONEY_AND_PREMISES,
        **OF_GUIDANCE,
        **PAGES_OF_STAFF,
        **OF_STEWARDS,
        "imports": router.registry[[p for p, _v, _n in router.registry].index("imports")][1].model,
    }
    for route, _entry in patterns():
        if route.replace("^", "").replace("$", "") in PUBLIC:
            continue
        model = Notice if route == "admin/notices/<int:pk>/" else None
        if model is None and re.search(r"<pk>|<int:pk>|<path:object_id>", route):
            named = route.replace("^", "").removeprefix("api/v1/").removeprefix("admin/").removeprefix("desk/")
            first, second = (*named.split("/"), "")[:2]
            known = collections if route.startswith("api/") else rooms if route.startswith("admin/") else desk
            model = known.get(f"{first}/{second}") or known.get(first)
        yield Door(route, model)


def principals(district: District) -> dict[str, tuple[User | None, str]]:
    """Every role of the county and one of another, a stranger, a closed account, one whose office is over, and two keys."""
    people = {
        user.username: (user, "") for user in User.objects.filter(is_service=False).exclude(username__endswith="_west")
    }
    people = {
        name: who for name, who in people.items() if name == "bureau_admin_elsewhere" or not name.endswith("_elsewhere")
    }
    User.objects.filter(pk=district.backbone.pk).update(is_active=False)
    Membership.objects.filter(user=district.finance).update(valid_to=TODAY.replace(year=2021))
    keys = {
        "key of a station": district.key("station_head", district.east.unit),
        "key of the bureau": district.key("bureau_admin"),
    }
    return people | {"stranger": (None, "")} | {name: (None, key) for name, key in keys.items()}


def client_of(user: User | None, key: str) -> Client:
    headers = {"accept-language": "en"} | ({"authorization": f"Bearer {key}"} if key else {})
    client = Client(headers=headers, raise_request_exception=False)
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def seen_by(user: User | None, name: str) -> set[str]:
    """The marks a principal may read: those of the towns in which an office of his lies. Written from the requirements."""
    if name == "key of the bureau":
        return {"west"}
    if user is None or name in ("finance", "backbone"):
        return set()
    if name.endswith("_elsewhere"):
        return {"elsewhere"}
    if name.endswith("_west") or name == "firm_manager":
        return {"west"}
    return set() if name.endswith("_east") else {"west"}


def body_of(answer) -> str:
    """All that an answer says, headers and unpacked sheets included."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = b"\n".join(package.read(name) for name in package.namelist())
    text = content.decode("utf-8", "replace") + repr(dict(answer.headers))
    return (
        text + text.encode("latin-1", "backslashreplace").decode("unicode_escape", "replace") if "\\u" in text else text
    )


class Matrix:
    """Counts what is asked, and keeps what should not have been answered."""

    def __init__(self) -> None:
        self.requests = 0
        self.leaks: list[tuple] = []
        self.wrong: list[tuple] = []

    def ask(self, who: str, client: Client, method: str, address: str, forbidden: set[str], **data):
        answer = client.generic(method, address, **data)
        self.requests += 1
        if answer.status_code >= 500:
            self.wrong.append((who, method, address, answer.status_code))
        body = body_of(answer)
        self.leaks += [(who, method, address, town) for town in forbidden if MARKS[town] in body]
        return answer, body

    def expect(self, so: bool, *what: object) -> None:
        if not so:
            self.wrong.append(what)


def test_nobody_reads_what_lies_outside_his_office(district, marked):
    every = list(doors())
    unlisted = [door.route for door in every if door.model is None and "<" in door.route and not _has_parts(door)]
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
                _ask_for_records(matrix, who, client, door, missing, {town: marked[town] for town in sorted(forbidden)})
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


def test_whoever_is_no_staff_is_led_away_from_the_admin(district, marked):
    """The gate before every room of the admin asks for nothing else: hence two of them try every door, and the others one."""
    for who, (user, key) in principals(district).items():
        answer = client_of(user, key).get("/admin/activities/activity/")
        assert (answer.status_code == 302) == (not (user and user.is_staff)), who


def _ask_for_records(matrix: Matrix, who: str, client: Client, door: Door, missing, foreign: dict[str, list[Model]]):
    """Asks for the records of others, which are answered like those that do not exist."""
    found = [row for rows in foreign.values() for row in rows if isinstance(row, door.model)]
    # Where the door itself is shut no record is looked for: one of them is enough.
    for row in found if missing.status_code == 404 else found[:1]:
        answer, _body = matrix.ask(who, client, "GET", door.at(row.pk), set(foreign))
        same = (answer.status_code, _plain(answer)) == (missing.status_code, _plain(missing))
        matrix.expect(same, who, door.at(row.pk), answer.status_code, missing.status_code)


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


def _has_parts(door: Door) -> bool:
    return NO_RECORDS.search(door.route) is not None or any(part in door.route for part in PARTS)


def _plain(answer) -> bytes:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return _OWN.sub(b"", content + answer.headers.get("Location", "").encode())


def _fingerprint(rows: dict[str, list[Model]]) -> list[dict]:
    """Every column of every marked row of others, and how many rows there are."""
    return [type(row)._default_manager.filter(pk=row.pk).values().get() for town in MARKS for row in rows[town]] + [
        {model: model._default_manager.count()} for model in {type(row) for row in rows["west"]}
    ]
