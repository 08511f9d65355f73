"""Query strings: nothing unknown, repeated or unreadable passes, and everything wrong is said at once."""

from datetime import date

import pytest
from django.test import RequestFactory

from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.queries import QueryParameters

KNOWN = ["from", "limit", "metric", "hierarchy", "search"]


def query(text: str) -> QueryParameters:
    request = RequestFactory().get("/api/v1/x/")
    request.META["QUERY_STRING"] = text
    return QueryParameters(request, known=KNOWN)


def faults(parameters: QueryParameters) -> list[tuple]:
    with pytest.raises(Problem) as refused:
        parameters.check()
    assert refused.value.status == 400
    return [(fault.parameter, fault.code) for fault in refused.value.faults]


def test_values_are_read_by_their_kind():
    read = query("from=2018-12-01&limit=20&metric=a,b&hierarchy=current&search=%20%E8%B6%8A%E5%89%A7+")
    assert read.day("from") == date(2018, 12, 1)
    assert read.whole("limit", least=1, most=200) == 20
    assert read.items("metric", ["a", "b", "c"]) == ["a", "b"]
    assert read.choice("hierarchy", ["as_was", "current"]) == "current"
    assert read.text("search") == "越剧"
    read.check()


def test_what_is_absent_is_the_default():
    read = query("")
    assert (read.day("from"), read.whole("limit", default=50), read.items("metric", ["a"]), read.text("search")) == (
        None,
        50,
        [],
        None,
    )
    read.check()


def test_an_unknown_parameter_names_the_nearest_and_the_known():
    read = query("hierachy=current")
    assert faults(read) == [("hierachy", "unknown_parameter")]
    hint = str(read.faults[0].hint)
    assert "hierarchy" in hint
    assert ", ".join(sorted(KNOWN)) in hint


@pytest.mark.parametrize(
    "day", ["2024-13-01", "2024-02-30", "0000-01-01", "20240101", "2024-1-2", "２０２４-01-01", "45292", "昨天"]
)
def test_a_day_is_written_one_way(day):
    read = query(f"from={day}".encode().decode("latin-1"))
    assert read.day("from") is None
    assert faults(read) == [("from", "date_format")]


@pytest.mark.parametrize("limit", ["abc", "-1", "0", "201", "1.0", "1e2", "+5", " 5", "１０", "9" * 20, "0x10"])
def test_a_number_is_plain_digits_in_its_range(limit):
    read = query(f"limit={limit}".encode().decode("latin-1"))
    assert read.whole("limit", default=50, least=1, most=200, code="limit_range") == 50
    assert faults(read) == [("limit", "limit_range")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("search=%00", "text_control"),
        ("search=%zz", "bad_escape"),
        ("search=100%", "bad_escape"),
        ("search=%ff", "not_utf8"),
        ("search=%ed%a0%80", "not_utf8"),
        ("search=" + "a" * 3000, "value_too_long"),
        ("search=" + "a" * 10_000, "query_too_long"),
    ],
)
def test_an_unreadable_query_is_refused_before_anything_is_read_from_it(text, code):
    with pytest.raises(Problem) as refused:
        query(text)
    assert (refused.value.status, refused.value.code) == (400, code)


def test_everything_wrong_is_said_at_once():
    read = query("limit=0&limit=1&from=x&metric=a,a,z&hierarchy=&search=a%E2%80%8Bb&nonsense=1")
    read.whole("limit", least=1, most=200, code="limit_range")
    read.day("from")
    read.items("metric", ["a"])
    read.choice("hierarchy", ["as_was"])
    read.text("search")
    assert sorted(faults(read)) == [
        ("from", "date_format"),
        ("hierarchy", "empty_parameter"),
        ("limit", "limit_range"),
        ("limit", "repeated_parameter"),
        ("metric", "invalid_choice"),
        ("metric", "repeated_item"),
        ("nonsense", "unknown_parameter"),
        ("search", "text_invisible"),
    ]
