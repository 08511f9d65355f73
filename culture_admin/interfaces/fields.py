"""Strict serializer fields: a value is of its JSON type or refused, and a related row is one of the user's own."""

from __future__ import annotations

import re
import uuid
from datetime import time
from typing import Any

from django.db.models import Model
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from culture_admin.accounts.scope import Scope, scope_of
from culture_admin.interfaces.lookups import Lookup
from culture_admin.interfaces.permissions import only
from culture_admin.interfaces.queries import LARGEST_KEY, day
from culture_admin.workflow.steps import flow_of, obstacles

_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_AMOUNT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class WholeNumberField(serializers.IntegerField):
    """A JSON number without a fraction."""

    default_error_messages = {"invalid": _("Expected a whole number, such as 12.")}

    def to_internal_value(self, data):
        if type(data) is not int:
            self.fail("invalid")
        return data


class YesNoField(serializers.BooleanField):
    """true or false."""

    default_error_messages = {"invalid": _("Expected true or false.")}

    def to_internal_value(self, data):
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class OneOfField(serializers.ChoiceField):
    """One of the choices, written exactly so."""

    default_error_messages = {"invalid_choice": _("Expected one of: {known}.")}

    def to_internal_value(self, data):
        if not isinstance(data, str | int) or isinstance(data, bool) or data not in self.choices:
            self.fail(
                "invalid_choice", known=", ".join(str(choice) for choice in self.choices if choice not in ("", None))
            )
        return data


class DayField(serializers.DateField):
    """A date as YYYY-MM-DD."""

    default_error_messages = {"date_format": _("Expected a date like 2024-05-31.")}

    def to_internal_value(self, data):
        read = day(data) if isinstance(data, str) else None
        if read is None:
            self.fail("date_format")
        return read


class ClockField(serializers.TimeField):
    """A time of day as HH:MM or HH:MM:SS."""

    default_error_messages = {"time_format": _("Expected a time like 18:30.")}

    def to_internal_value(self, data):
        try:
            if isinstance(data, str) and _TIME.fullmatch(data):
                return time.fromisoformat(data)
        except ValueError:
            pass
        return self.fail("time_format")


class InstantField(serializers.DateTimeField):
    """An instant as ISO 8601 with its offset."""

    default_error_messages = {
        "instant_format": _("Expected an instant with its offset, like 2024-05-31T18:30:00+08:00.")
    }

    def to_internal_value(self, data):
        try:
            read = parse_datetime(data) if isinstance(data, str) and _INSTANT.fullmatch(data) else None
        except ValueError:
            read = None
        if read is None:
            self.fail("instant_format")
        return self.enforce_timezone(read)


class AmountField(serializers.DecimalField):
    """A decimal number as a string, so that no float rounds it: "12.50"."""

    default_error_messages = {"amount_format": _('Expected an amount as text with digits and a point, like "1234.50".')}

    def to_internal_value(self, data):
        if not (isinstance(data, str) and _AMOUNT.fullmatch(data)):
            self.fail("amount_format")
        return super().to_internal_value(data)


class StrictUUIDField(serializers.UUIDField):
    """A UUID in its canonical form."""

    default_error_messages = {"uuid_format": _("Expected a UUID like 0f8fad5b-d9cb-469f-a165-70867728950e.")}

    def to_internal_value(self, data):
        if not (isinstance(data, str) and _UUID.fullmatch(data)):
            self.fail("uuid_format")
        return uuid.UUID(data)


class ScopedRelatedField(serializers.PrimaryKeyRelatedField):
    """A row named by its id, which must be one of those the user may see: a foreign id is answered like a missing one.

    Give `queryset` to join what the verb will look at; `scope` and `verb` where it is not `see` in the model's own scope that
    opens the rows. A row named by several records of one request is read once.
    """

    queryset: Any
    default_error_messages = {
        "does_not_exist": _("There is no such record, or it lies outside your territory."),
        "incorrect_type": _("Expected the id of a record, a whole number."),
    }

    def __init__(self, scope: Scope | None = None, verb: str = "see", **kwargs):
        super().__init__(**kwargs)
        self.verb = verb
        if self.queryset is not None:
            self.scope = scope or scope_of(self.queryset.model)
            self.lookup = Lookup.of(self.queryset)

    def run_validation(self, data=empty):
        # Without the framework's kindness of reading "" as null.
        return serializers.Field.run_validation(self, data)

    def to_internal_value(self, data):
        if type(data) is not int:
            self.fail("incorrect_type")
        context: Any = self.context
        resolved = context.setdefault("resolved", {})
        key = (self.field_name, data)
        if key not in resolved:
            resolved[key] = self._find(data) if 0 < data <= LARGEST_KEY else None
        if resolved[key] is None:
            self.fail("does_not_exist")
        return resolved[key]

    def _find(self, key: int) -> Model | None:
        user = self.context["request"].user
        if self.scope is None:
            return only(self.queryset.all().visible_to(user).filter(pk=key))
        condition = self.scope.condition(user, self.verb)
        return None if condition is None else self.lookup.find("pk", key, condition)


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "required": ["allowed", "code", "text"],
            "properties": {
                "allowed": {"type": "boolean"},
                "code": {"type": "string"},
                "text": {"type": "string"},
            },
        },
    }
)
class ActionsField(serializers.Field):
    """For each step of the record's flow: whether the user may take it now, and if not why."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "read_only": True, "source": "*"})

    def to_representation(self, value):
        user, flow, answers = self.context["request"].user, flow_of(type(value)), {}
        for name in flow.steps if flow else ():
            obstacle = obstacles([value], name, user)[value.pk]
            answers[name] = {
                "allowed": obstacle is None,
                "code": obstacle.code if obstacle else "",
                "text": obstacle.text if obstacle else "",
            }
        return answers
