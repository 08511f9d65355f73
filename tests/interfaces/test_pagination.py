"""Pages by key: every row once, whatever is entered meanwhile, and no cursor for another question."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from activities.models import Activity
from culture_admin.interfaces.pagination import check_order
from tests.district import TODAY


@pytest.fixture
def rows(district):
    return [district.log(title=f"{n % 3}", begins_on=TODAY - timedelta(days=n // 4)) for n in range(11)]


def walk(client, path: str) -> list[int]:
    found = []
    while path:
        page = client.read(path)
        found += [row["id"] for row in page["results"]]
        path = page["next"]
    return found


@pytest.mark.parametrize(
    ("ordering", "fields"),
    [
        ("", ("-begins_on", "-id")),
        ("begins_on", ("begins_on", "id")),
        ("-begins_on", ("-begins_on", "-id")),
        ("title", ("title", "id")),
        ("-title", ("-title", "-id")),
    ],
)
def test_the_pages_hold_every_row_once_in_order(head, rows, ordering, fields):
    expected = list(Activity.objects.order_by(*fields).values_list("pk", flat=True))
    query = f"&ordering={ordering}" if ordering else ""
    assert walk(head, f"activities/?limit=3{query}") == expected
    assert walk(head, f"activities/?limit=11{query}") == expected


def test_rows_entered_meanwhile_move_nothing(head, rows, district):
    first = head.read("activities/?limit=4")
    district.log(begins_on=TODAY)
    rest = walk(head, first["next"])
    assert sorted([row["id"] for row in first["results"]] + rest) == sorted(row.pk for row in rows)


def test_a_cursor_belongs_to_its_question(head, rows):
    cursor = head.read("activities/?limit=4")["next"].split("cursor=")[1]
    for query in ("ordering=title&", "state=confirmed&", "begins_from=2020-01-01&"):
        answer = head.get(f"activities/?{query}cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (400, "cursor")
    for forged in (cursor[:-1], cursor + "x", "eyJhIjoxfQ:abc", "%20", "a" * 1500):
        assert head.get(f"activities/?cursor={forged}").json()["code"] == "cursor"
    assert len(head.read(f"activities/?limit=200&cursor={cursor}")["results"]) == len(rows) - 4


def test_the_next_page_keeps_the_filters(head, rows):
    page = head.read("activities/?limit=2&begins_from=2020-01-01&title=1")
    assert {row["title"] for row in head.read(page["next"])["results"]} == {"1"}


def test_an_order_by_what_may_be_empty_is_a_mistake_of_ours():
    with pytest.raises(ImproperlyConfigured, match="empty"):
        check_order(Activity, ("attendance", "pk"))
    with pytest.raises(ImproperlyConfigured, match="unique"):
        check_order(Activity, ("begins_on",))
