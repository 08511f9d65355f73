"""The strict JSON parser: what a body may be, and where the fault sits when it is something else."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from math import isinf

from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import JSONParser

from culture_admin.interfaces.problems import Fault, Problem, pointer, shown

# Of one record, and of many that are entered together.
MOST_BYTES, MOST_BYTES_AT_ONCE = 1024 * 1024, 5 * 1024 * 1024
DEEPEST = 20
MOST_DIGITS = 19
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Marked:
    """Stands in the parsed tree where a fault was read, until the walk knows its place."""

    code: str
    key: str = ""


_MESSAGES = {
    "duplicate_key": _("The name “%(key)s” stands twice in one object."),
    "not_a_number": _("NaN is not a number."),
    "infinity": _("The number is beyond every limit."),
    "number_too_long": _("A whole number has at most %(digits)d digits."),
    "too_deep": _("Objects and lists may be nested %(deepest)d deep."),
    "text_control": _("The text holds a NUL character, which cannot be stored."),
    "text_other": _("The text holds half of a surrogate pair, which is no character."),
}


class StrictJSONParser(JSONParser):
    """Reads one JSON object. Everything a lenient reader would guess at is a 400 with a pointer; over 1 MB, or what the
    view says, is 413.

    Leaves the SHA-256 of the body on the request, for the Idempotency-Key.
    """

    def parse(self, stream, media_type=None, parser_context=None):
        request = parser_context["request"]
        _refuse_encodings(request)
        most = getattr(parser_context.get("view"), "most_bytes", MOST_BYTES)
        raw = _read(request, stream, most)
        request.body_digest = sha256(raw).digest()
        return read_object(raw)


def read_object(raw: bytes) -> dict:
    """The JSON object in `raw`; raises Problem with one Fault and its JSON pointer."""
    if raw.startswith(b"\xef\xbb\xbf"):
        raise _refusal("bom", _("The body begins with a byte order mark. Send UTF-8 without one."))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = _("The body is not UTF-8: byte %(position)d.")
        raise _refusal("not_utf8", message % {"position": error.start + 1}) from error
    try:
        tree = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        message = _("The body is not JSON: line %(line)d, column %(column)d.")
        raise _refusal("not_json", message % {"line": error.lineno, "column": error.colno}) from error
    except RecursionError as error:
        raise _refusal("too_deep") from error
    _walk(tree, ())
    if not isinstance(tree, dict):
        raise _refusal("not_an_object", _("The body is not a JSON object: write {…}."))
    return tree


def _read(request, stream, most: int) -> bytes:
    """The body, of which not more is read than is allowed."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    raw = stream.read(most + 1) if length <= most else b""
    if length > most or len(raw) > most:
        raise Problem(413, "body_too_large", _("The body may have %(most)d bytes.") % {"most": most})
    return raw


def _refuse_encodings(request) -> None:
    charset = request.content_params.get("charset", "utf-8").lower()
    coding = request.META.get("HTTP_CONTENT_ENCODING", "identity").lower()
    if charset not in ("utf-8", "utf8") or coding != "identity":
        raise Problem(415, "media_type", _("Send application/json in UTF-8, without compression."))


def _pairs(pairs: list[tuple[str, object]]) -> object:
    read: dict[str, object] = {}
    for key, value in pairs:
        if key in read:
            return _Marked("duplicate_key", key)
        read[key] = value
    return read


def _whole(digits: str) -> object:
    return int(digits) if len(digits.lstrip("-")) <= MOST_DIGITS else _Marked("number_too_long")


def _real(digits: str) -> object:
    number = float(digits)
    return _Marked("infinity") if isinf(number) else number


def _constant(name: str) -> _Marked:
    return _Marked("not_a_number" if name == "NaN" else "infinity")


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_whole, parse_float=_real, parse_constant=_constant)


def _walk(node: object, path: tuple) -> None:
    """Raises for the first fault below `node`, which lies at `path`."""
    if isinstance(node, str):
        _refuse_unstorable(node, path)
    elif isinstance(node, dict):
        _refuse_depth(path)
        for key, value in node.items():
            _refuse_unstorable(key, path)
            _walk(value, (*path, key))
    elif isinstance(node, list):
        _refuse_depth(path)
        for index, value in enumerate(node):
            _walk(value, (*path, index))
    elif isinstance(node, _Marked):
        raise _refusal(node.code, None, *path, *filter(None, [node.key]))


def _refuse_depth(path: tuple) -> None:
    if len(path) >= DEEPEST:
        raise _refusal("too_deep", None, *path)


def _refuse_unstorable(text: str, path: tuple) -> None:
    found = None if text.isascii() and text.isprintable() else _UNSTORABLE.search(text)
    if found:
        raise _refusal("text_control" if found.group() == "\x00" else "text_other", None, *path)


def _refusal(code: str, message: object | None = None, *path: object) -> Problem:
    message = message or _MESSAGES[code] % {
        "key": shown(path[-1] if path else ""),
        "digits": MOST_DIGITS,
        "deepest": DEEPEST,
    }
    return Problem(400, code, faults=[Fault(code, message, pointer=pointer(*path))])
