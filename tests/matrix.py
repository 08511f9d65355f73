"""Every door of the system, everybody who tries them, and what an answer must not tell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client

from activities.models import Activity, Course, Learner, Series, Team, VenueBooking, Work
from culture_admin.accounts.models import Membership, User
from culture_admin.api import router
from culture_admin.exchange.models import Attachment, Printout
from culture_admin.workflow.models import Notice
from stations.models import Certificate, Complaint, Feature, Registration, SafetyCheck, YearlyFacts
from tests.architecture.test_routes import PUBLIC, patterns
from tests.assessments.furnishing import PAGES_OF_ASSESSMENTS
from tests.district import TODAY, District
from tests.furnishing import MARKS
from tests.stations.furnishing import OF_MONEY_AND_PREMISES
from tests.stations.guided import OF_GUIDANCE
from tests.stations.many_staffed import PAGES_OF_STAFF
from tests.stewards.furnishing import OF_STEWARDS

MISSING = 987_654_321
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
# What a request's answer has of its own.
OWN = re.compile(rb'csrfmiddlewaretoken" value="\w+"|urn:uuid:[0-9a-f-]{36}|/\d+/|nonce="[^"]+"')


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


def ask_for_records(matrix: Matrix, who: str, client: Client, door: Door, missing, foreign: dict[str, list[Model]]):
    """Asks for the records of others, which are answered like those that do not exist."""
    found = [row for rows in foreign.values() for row in rows if isinstance(row, door.model)]
    # Where the door itself is shut no record is looked for: one of them is enough.
    for row in found if missing.status_code == 404 else found[:1]:
        answer, _body = matrix.ask(who, client, "GET", door.at(row.pk), set(foreign))
        same = (answer.status_code, plain(answer)) == (missing.status_code, plain(missing))
        matrix.expect(same, who, door.at(row.pk), answer.status_code, missing.status_code)


@contextmanager
def everybody_reads(model: type[Model]) -> Iterator[None]:
    """As if the rows of the model were asked for without their scope."""
    kind: Any = type(model._default_manager.all())
    honest = kind.visible_to
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            kind,
            "visible_to",
            lambda rows, *asked, **named: rows.all() if rows.model is model else honest(rows, *asked, **named),
        )
        yield


def has_parts(door: Door) -> bool:
    return NO_RECORDS.search(door.route) is not None or any(part in door.route for part in PARTS)


def plain(answer) -> bytes:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return OWN.sub(b"", content + answer.headers.get("Location", "").encode())
