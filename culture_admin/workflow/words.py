"""Values of a record in the words of a reader, and what has changed in what a decision is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from culture_admin.workflow.steps import Digest, Flow, plain

NOTHING = "—"
# Rows by their key, for each model that a value may point at.
Rows = Mapping[type[Model], Mapping[Any, Model]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of a content: what it is called, what was filed, and what stands there now."""

    field: str
    label: str
    before: str
    after: str

    def __str__(self) -> str:
        if self.before == self.after:
            return _("%(label)s: something else than was filed") % {"label": self.label}
        return _("%(label)s: filed as “%(before)s”, now “%(after)s”") % {
            "label": self.label,
            "before": self.before,
            "after": self.after,
        }


def in_words(column: Field, value: object, rows: Rows) -> str:
    """A value of a field as a reader reads it; what a foreign key points at is looked up in `rows`."""
    if value is None or value == "":
        return NOTHING
    if column.is_relation:
        return str(rows.get(column.related_model, {}).get(value, f"#{value}"))
    if isinstance(column, ArrayField) and isinstance(value, Sequence):
        return "; ".join(in_words(column.base_field, _trimmed(one), rows) for one in value) or NOTHING
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return _plainly(value)


def _trimmed(value: object) -> object:
    """A number of a list without its idle zeros."""
    return value.normalize() + 0 if isinstance(value, Decimal) else value


def _plainly(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(_plainly, value)) or NOTHING
    if isinstance(value, dict):
        return "; ".join(f"{name} {_plainly(one)}" for name, one in value.items()) or NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return str(localize(localtime(value)))
    return str(localize(value))


def differences(flow: Flow, filed: Mapping[str, str], present: Mapping[str, object]) -> list[Difference]:
    """Where the present content of a record differs from what was filed, in the order of the content."""
    found = []
    for name, value in present.items():
        before = filed.get(name, "")
        if before != plain(value):
            label, words = _speaker(flow, name)
            hidden = isinstance(value, Digest)
            told = ("", "") if hidden else (words(before), words(plain(value)))
            found.append(Difference(name, label, *told))
    return found


def _speaker(flow: Flow, name: str):
    """What a part of the content is called, and how its text is said."""
    if name in flow.labels:
        return str(flow.labels[name]), lambda text: text or NOTHING
    try:
        column: Any = next(field for field in flow.model._meta.concrete_fields if name in (field.name, field.attname))
    except StopIteration as missing:
        raise FieldDoesNotExist(f"{flow.model.__name__} has no field {name}; give it a label in its flow") from missing
    return str(column.verbose_name), lambda text: _said(column, text)


def _said(column: Any, text: str) -> str:
    if not text:
        return NOTHING
    target = column.target_field if column.is_relation else column
    try:
        value = target.to_python(text)
    except ValidationError:
        return text
    rows = {column.related_model: column.related_model._default_manager.in_bulk([value])} if column.is_relation else {}
    return in_words(column, value, rows)
