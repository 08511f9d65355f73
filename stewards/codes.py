"""Code lists that stand on a floor above: whoever keeps one says here how it is read, and what bears its codes asks here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# By the name of a list what gives its rows, each with its `code`, its names, and its `name` in the reader's language.
LISTS: dict[str, Callable[[], Iterable[Any]]] = {}


def register(name: str, read: Callable[[], Iterable[Any]]) -> None:
    """Puts a code list into the register; an app does this once where its list is."""
    LISTS[name] = read


def words_of(name: str) -> Mapping[str, str]:
    """The codes of a list, each with its word in the reader's language."""
    return {row.code: row.name for row in LISTS[name]()}


def codes_by_word(name: str) -> Mapping[str, str]:
    """The codes of a list by whatever they may be called, in small letters: the code and its names in both languages."""
    rows = list(LISTS[name]())
    return {word.lower(): row.code for row in rows for word in (row.name_en, row.name_zh, row.code) if word}


def refuse_unknown(name: str, **given: Collection[str]) -> None:
    """Raises ValidationError at the field whose codes are not of the list; an empty field asks nothing."""
    asked = {field: codes for field, codes in given.items() if codes}
    if not asked:
        return
    known = words_of(name)
    faults = {}
    for field, codes in asked.items():
        strange = next((code for code in codes if code not in known), None)
        if strange is not None:
            message = _("There is no such code: %(code)s. Known: %(known)s.")
            told = message % {"code": f"“{strange}”", "known": ", ".join(known)}
            faults[field] = ValidationError(told, code="unknown_code")
    if faults:
        raise ValidationError(faults)
