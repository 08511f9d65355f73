"""Every door is scoped: collections, choices of foreign keys, and what a stranger is answered."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.relations import RelatedField

from culture_admin.api import router
from culture_admin.interfaces.codes import CodeField
from culture_admin.interfaces.fields import ScopedRelatedField
from culture_admin.interfaces.viewsets import ScopedViewSet

# What anybody may open without signing in, and why.
PUBLIC = {
    "": "leads to the sign-in",
    "login/": "the sign-in",
    "logout/": "ends a session",
    "language/": "the language of the sign-in page",
    "welcome/<str:token>/": "opened by its secret",
    "healthz": "for the monitor",
    "calendar/<str:station>/": "what a station has published",
    "rate/<str:token>/": "opened by its signature",
    "desk/worker.js": "the app's script, with the names of its files",
    "desk/manifest.webmanifest": "the app's name and icons; browsers ask for it without a session",
    "metrics": "for the addresses METRICS_ALLOWED names",
    "api/v1/schema/": "the description of the API",
    "api/v1/docs/": "the description of the API",
}


def patterns(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry


@pytest.mark.parametrize(("prefix", "viewset", "_name"), router.registry)
def test_every_collection_is_scoped(prefix, viewset, _name):
    assert issubclass(viewset, ScopedViewSet)


@pytest.mark.parametrize(("prefix", "viewset", "_name"), router.registry)
def test_the_choices_of_every_foreign_key_are_narrowed(prefix, viewset, _name):
    for name, field in viewset.serializer_class().fields.items():
        related = getattr(field, "child_relation", field)
        if isinstance(related, RelatedField) and not related.read_only:
            assert isinstance(related, ScopedRelatedField | CodeField), f"{prefix}.{name}"


@pytest.mark.parametrize(("prefix", "viewset", "_name"), router.registry)
def test_a_stranger_is_asked_to_sign_in(client, db, prefix, viewset, _name):
    response = client.get(f"/api/v1/{prefix}/")
    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")


def test_every_page_but_the_listed_ones_asks_for_a_sign_in(client, db):
    opened = set()
    for route, _entry in patterns():
        if route.startswith(("api/v1/", "admin/")) and route not in PUBLIC:
            continue
        address = "/" + route.replace("<int:pk>", "1").replace("<str:token>", "x")
        if "<" in address or "(" in address:
            continue
        response = client.get(address)
        if response.status_code == 302 and response["Location"].startswith("/login/"):
            continue
        opened.add(route)
    assert opened <= set(PUBLIC) | {"logout/", "language/"}


def test_a_foreign_record_is_answered_like_a_missing_one(client, district):
    foreign = district.log(district.west)
    key = district.key("station_head", district.east.unit, scopes=["activities:write"])
    headers = {"HTTP_AUTHORIZATION": f"Bearer {key}", "HTTP_IF_MATCH": '"v1"', "content_type": "application/json"}
    answers = set()
    for pk in (foreign.pk, 10**12):
        for call in (
            client.get(f"/api/v1/activities/{pk}/", **headers),
            client.patch(f"/api/v1/activities/{pk}/", {"attendance": 1}, **headers),
            client.post(f"/api/v1/activities/{pk}/void/", {"comment": "x"}, **headers),
        ):
            body = {name: value for name, value in call.json().items() if name != "instance"}
            answers.add((call.status_code, str(body)))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404


@pytest.mark.parametrize("collection", ["activities", "teams", "decisions", "stations", "postings"])
def test_a_list_asks_the_same_number_of_questions_for_few_rows_and_for_many(client, district, collection):
    key = district.key("bureau_admin")

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/api/v1/{collection}/", HTTP_AUTHORIZATION=f"Bearer {key}").status_code == 200
        return len(captured)

    district.log(actor=district.steward_east)
    questions()
    few = questions()
    for number in range(29):
        district.log(title=f"第{number}场", actor=district.steward_east if number % 2 else None)
    assert questions() == few
