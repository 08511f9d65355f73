"""The one check of text: what may be stored, and where the fault sits when it may not."""

from __future__ import annotations

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

# More marks on one letter than any script writes; a flood of them paints over the lines around it.
MOST_MARKS = 8

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_NOT_TEXT = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)
)
_REFUSED = re.compile(
    f"(?P<control>[{_CONTROL}])|(?P<bidi>[{_BIDI}])|(?P<invisible>[{_INVISIBLE}])|(?P<other>[{_NOT_TEXT}])"
)
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0e31-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_FLOOD = re.compile(f"[{_MARKS}]{{{MOST_MARKS + 1}}}")
_BREAK = re.compile(r"[\t\n\r]")
# Letters that are in NFC as they stand and hide nothing: what nearly every text is made of.
_ORDINARY = re.compile(r"[ -~·—‘’“”…、-】一-鿿！-～]*")

_MESSAGES = {
    "control": _("Character %(position)d is a control character (%(character)s). Delete it."),
    "bidi": _("Character %(position)d changes the direction of writing and cannot be seen (%(character)s). Delete it."),
    "invisible": _("Character %(position)d cannot be seen (%(character)s). Delete it."),
    "other": _("Character %(position)d is not a character of any script (%(character)s). Delete it."),
    "break": _("Character %(position)d is a line break or tab. Write everything on one line."),
    "marks": _("From character %(position)d on, more than %(most)d marks stand on one letter."),
}


def is_ordinary(value: str) -> bool:
    """Whether the text is of plain letters, digits and signs alone, so that no rule of this module needs to look closer."""
    return _ORDINARY.fullmatch(value) is not None


def clean_text(value: str, *, max_length: int | None = None) -> str:
    """`value` in NFC, without outer blanks and with plain line ends, as it may be stored.

    Raises ValidationError with the code `text_control`, `text_bidi`, `text_invisible`, `text_other`, `text_marks` or
    `max_length`; positions count from 1 in the text as it was given.
    """
    if not is_ordinary(value):
        _refuse_hidden(value)
        value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    value = value.strip()
    if max_length is not None and len(value) > max_length:
        raise ValidationError(
            _("At most %(limit_value)d characters, read %(show_value)d."),
            code="max_length",
            params={"limit_value": max_length, "show_value": len(value)},
        )
    return value


def clean_line(value: str, *, max_length: int | None = None) -> str:
    """Like `clean_text`, on one line: a break or tab inside is refused as `text_break`."""
    found = _BREAK.search(value.rstrip(), _indent(value))
    if found:
        raise _refusal("break", value, found.start())
    return clean_text(value, max_length=max_length)


def validate_text(value: str) -> None:
    """Validator of model fields: nothing hidden in the text. The doors have put it into NFC and trimmed it."""
    if not is_ordinary(value):
        _refuse_hidden(value)


class LineFormField(forms.CharField):
    """A form field for text on one line."""

    def to_python(self, value):
        return self.empty_value if value in self.empty_values else clean_line(str(value)) or self.empty_value


class TextFormField(forms.CharField):
    """A form field for text of several lines."""

    widget = forms.Textarea

    def to_python(self, value):
        return self.empty_value if value in self.empty_values else clean_text(str(value)) or self.empty_value


class LineField(serializers.CharField):
    """A serializer field for text on one line; only a JSON string is text."""

    default_error_messages = {"invalid": _("Expected text.")}
    clean = staticmethod(clean_line)

    def run_validation(self, data=serializers.empty):
        if isinstance(data, str):
            try:
                data = self.clean(data)
            except ValidationError as refused:
                raise serializers.ValidationError(refused.messages[0], code=refused.code) from refused
        return super().run_validation(data)

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class TextField(LineField):
    """A serializer field for text of several lines."""

    clean = staticmethod(clean_text)


def _refuse_hidden(value: str) -> None:
    for found in _REFUSED.finditer(value.rstrip(), _indent(value)):
        if not _joins_emoji(value, found.start()):
            raise _refusal(found.lastgroup or "other", value, found.start())
    flood = _FLOOD.search(value)
    if flood:
        raise _refusal("marks", value, flood.start())


def _joins_emoji(value: str, position: int) -> bool:
    """Whether a zero-width joiner stands between two pictures, as in a family emoji; elsewhere it hides something."""
    before, after = value[position - 1 : position], value[position + 1 : position + 2]
    return (
        value[position] == "\u200d"
        and (before == "\ufe0f" or unicodedata.category(before or " ") in ("So", "Sk"))
        and unicodedata.category(after or " ") == "So"
    )


def _indent(value: str) -> int:
    return len(value) - len(value.lstrip())


def _refusal(kind: str, value: str, position: int) -> ValidationError:
    return ValidationError(
        _MESSAGES[kind],
        code=f"text_{kind}",
        params={"position": position + 1, "character": f"U+{ord(value[position]):04X}", "most": MOST_MARKS},
    )
