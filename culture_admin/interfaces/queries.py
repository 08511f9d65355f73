"""The query string, read strictly: an unknown, repeated or unreadable parameter is a 400, never ignored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import unquote_to_bytes

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.problems import Fault, Problem, did_you_mean, shown
from culture_admin.interfaces.text import clean_line

LONGEST_QUERY = 8000
LONGEST_VALUE = 2000
LARGEST_KEY = 2**63 - 1
_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_WHOLE = re.compile(r"-?[0-9]{1,19}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class QueryParameters:
    """The parameters of one request. Each reader takes one of them and notes what is wrong; `check` raises it all at once.

    >>> query = QueryParameters(request, known=["from", "limit"])
    >>> start, limit = query.day("from"), query.whole("limit", default=50, least=1, most=200, code="limit_range")
    >>> query.check()

    blanks: empty parameters are as if absent; forms of pages send every field they have.
    """

    def __init__(self, request: HttpRequest, known: Iterable[str], *, blanks: bool = False):
        self.faults: list[Fault] = []
        self.values: dict[str, str] = {}
        known = set(known)
        for name, value in _read(request.META.get("QUERY_STRING", "")):
            if name not in known:
                message = _("There is no parameter “%(name)s” here.") % {"name": shown(name)}
                self.note(name, "unknown_parameter", message, hint=did_you_mean(name, known))
            elif name in self.values:
                self.note(
                    name, "repeated_parameter", _("The parameter stands twice. Several values are separated by commas.")
                )
            elif not value and blanks:
                continue
            elif not value:
                self.note(name, "empty_parameter", _("The parameter is empty. Leave it out, or give it a value."))
            else:
                self.values[name] = value

    def note(
        self, name: str, code: str, message: object, hint: object | None = None, value: object | None = None
    ) -> None:
        """Notes a fault of a parameter."""
        self.faults.append(Fault(code, message, parameter=name, hint=hint, value=shown(value)))

    def check(self) -> None:
        """Raises Problem when anything was wrong."""
        if self.faults:
            raise Problem(400, self.faults[0].code, faults=self.faults)

    def text(self, name: str, *, longest: int = 100) -> str | None:
        """A line of text, such as a search; None when absent or blank."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            return clean_line(value, max_length=longest) or None
        except ValidationError as refused:
            self.note(name, refused.code or "text", refused.messages[0])
            return None

    def whole(
        self,
        name: str,
        *,
        default: int | None = None,
        least: int = 0,
        most: int = LARGEST_KEY,
        code: str = "number_range",
    ) -> int | None:
        """A whole number from `least` to `most`, both included."""
        value = self.values.get(name)
        if value is None:
            return default
        number = whole(value)
        if number is None or not least <= number <= most:
            message = _("Expected a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
            self.note(name, code, message, value=value)
            return default
        return number

    def day(self, name: str, *, default: date | None = None) -> date | None:
        """A date as YYYY-MM-DD."""
        value = self.values.get(name)
        if value is None:
            return default
        read = day(value)
        if read is None:
            self.note(name, "date_format", _("Expected a date like 2024-05-31."), value=value)
            return default
        return read

    def choice(self, name: str, choices: Sequence[str], *, default: str | None = None) -> str | None:
        """One of `choices`."""
        value = self.values.get(name)
        if value is None:
            return default
        return value if self._known(name, value, choices) else default

    def items(self, name: str, choices: Iterable[str] | None = None) -> list[str]:
        """A comma-separated list, each item one of `choices`, none of them twice; empty when absent."""
        if name not in self.values:
            return []
        items = self.values[name].split(",")
        if len(set(items)) != len(items):
            self.note(name, "repeated_item", _("An item stands twice in the list."), value=self.values[name])
        if choices is not None:
            choices = list(choices)
            return [item for item in items if self._known(name, item, choices)]
        return items

    def _known(self, name: str, value: str, choices: Sequence[str]) -> bool:
        if value in choices:
            return True
        message = _("“%(value)s” is not one of the choices.") % {"value": shown(value)}
        self.note(name, "invalid_choice", message, hint=did_you_mean(value, choices), value=value)
        return False


def whole(text: str) -> int | None:
    """The whole number written in plain digits, within 64 bits; None for anything else."""
    if not _WHOLE.fullmatch(text):
        return None
    number = int(text)
    return number if -LARGEST_KEY <= number <= LARGEST_KEY else None


def day(text: str) -> date | None:
    """The date written as YYYY-MM-DD; None for anything else."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _read(query: str) -> list[tuple[str, str]]:
    raw = query.encode("latin-1")
    if len(raw) > LONGEST_QUERY:
        message = _("The query has %(read)d characters; at most %(most)d are read.")
        raise Problem(400, "query_too_long", message % {"read": len(raw), "most": LONGEST_QUERY})
    if _BAD_ESCAPE.search(raw):
        raise Problem(400, "bad_escape", _("A percent sign in the query is not followed by two hexadecimal digits."))
    pairs = []
    for part in filter(None, raw.split(b"&")):
        name, _equals, value = part.partition(b"=")
        pairs.append((_decode(name), _decode(value)))
    return pairs


def _decode(part: bytes) -> str:
    try:
        text = unquote_to_bytes(part.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, "not_utf8", _("The query is not UTF-8.")) from error
    if "\x00" in text:
        raise Problem(400, "text_control", _("The query holds a NUL character."))
    if len(text) > LONGEST_VALUE:
        message = _("A parameter has %(read)d characters; at most %(most)d are read.")
        raise Problem(400, "value_too_long", message % {"read": len(text), "most": LONGEST_VALUE})
    return text
