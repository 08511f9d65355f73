"""What a JSON body may be, and where the fault is said to sit."""

import json

import pytest
from django.test import RequestFactory
from rest_framework.request import Request

from culture_admin.interfaces.parsers import DEEPEST, MOST_BYTES, StrictJSONParser, read_object
from culture_admin.interfaces.problems import Problem


@pytest.mark.parametrize(
    ("raw", "code", "pointer"),
    [
        (b"", "not_json", ""),
        (b"{", "not_json", ""),
        (b'{"a": 1,}', "not_json", ""),
        (b"null", "not_an_object", ""),
        (b"[1]", "not_an_object", ""),
        (b'"a"', "not_an_object", ""),
        (b"7", "not_an_object", ""),
        (b"NaN", "not_a_number", ""),
        (b"\xef\xbb\xbf{}", "bom", ""),
        (b'{"a": "\xd5\xc5"}', "not_utf8", ""),
        ('{"a": "张"}'.encode("utf-16"), "not_utf8", ""),
        (b'{"a": [1, NaN]}', "not_a_number", "/a/1"),
        (b'{"a": -Infinity}', "infinity", "/a"),
        (b'{"a": 1e400}', "infinity", "/a"),
        (b'{"a": 1, "a": 2}', "duplicate_key", "/a"),
        (b'{"a": {"b/c": 1, "b/c": 2}}', "duplicate_key", "/a/b~1c"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number_too_long", "/a"),
        (b'{"a": -' + b"9" * 20 + b"}", "number_too_long", "/a"),
        (b'{"a": "x\\u0000"}', "text_control", "/a"),
        (b'{"x\\u0000": 1}', "text_control", ""),
        (b'{"a": [{"b": "\\ud800"}]}', "text_other", "/a/0/b"),
        (b'{"\\udfff": 1}', "text_other", ""),
        (b'{"\\ud800": 1, "\\ud800": 2}', "duplicate_key", "/\ud800"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_deep", None),
    ],
)
def test_a_body_nobody_should_guess_at_is_refused_with_a_pointer(raw, code, pointer):
    with pytest.raises(Problem) as refused:
        read_object(raw)
    [fault] = refused.value.faults
    assert (refused.value.status, fault.code) == (400, code)
    assert pointer is None or fault.pointer == pointer


def test_nesting_is_read_to_the_limit_and_no_deeper():
    nested: object = 1
    for _level in range(DEEPEST - 1):
        nested = [nested]
    assert read_object(json.dumps({"a": nested}).encode()) == {"a": nested}
    with pytest.raises(Problem) as refused:
        read_object(json.dumps({"a": [nested]}).encode())
    assert refused.value.code == "too_deep"


def test_plain_json_is_read_as_it_is():
    sent = {"__class__": "x", "名": "𠮷", "n": [0, -1, 9_223_372_036_854_775_807, 1.5], "t": [True, None], "pair": "😀"}
    assert read_object(json.dumps(sent).encode()) == sent


def parse(body: bytes, **headers):
    http = RequestFactory().post("/api/v1/x/", body, headers.pop("content_type", "application/json"), **headers)
    return Request(http, parsers=[StrictJSONParser()]).data


def test_a_body_over_one_megabyte_is_413_whether_it_says_so_or_not():
    large = b'{"a": "' + b"x" * MOST_BYTES + b'"}'
    for headers in ({}, {"CONTENT_LENGTH": "10"}):
        http = RequestFactory().post("/api/v1/x/", large, "application/json", **headers)
        if headers:
            http._stream = __import__("io").BytesIO(large)
        with pytest.raises(Problem) as refused:
            _ = Request(http, parsers=[StrictJSONParser()]).data
        assert (refused.value.status, refused.value.code) == (413, "body_too_large")


@pytest.mark.parametrize(
    "headers",
    [{"content_type": "application/json; charset=gbk"}, {"HTTP_CONTENT_ENCODING": "gzip"}],
    ids=["charset", "gzip"],
)
def test_another_charset_or_a_compressed_body_is_415(headers):
    with pytest.raises(Problem) as refused:
        parse(b"{}", **headers)
    assert (refused.value.status, refused.value.code) == (415, "media_type")


def test_utf8_may_be_named():
    assert parse('{"a": "张"}'.encode(), content_type="application/json; charset=UTF-8") == {"a": "张"}
