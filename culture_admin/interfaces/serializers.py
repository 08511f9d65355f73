"""The base of every serializer over a model: strict about names and types, narrow about related rows."""

from __future__ import annotations

import copy
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.utils.formatting import lazy_format
from rest_framework.validators import UniqueValidator

from culture_admin.interfaces.fields import (
    ActionsField,
    AmountField,
    ClockField,
    DayField,
    InstantField,
    OneOfField,
    ScopedRelatedField,
    StrictUUIDField,
    WholeNumberField,
    YesNoField,
)
from culture_admin.interfaces.problems import did_you_mean
from culture_admin.interfaces.text import LineField, TextField

_PROTOTYPES: dict[type, dict[str, serializers.Field]] = {}


class StrictSerializer(serializers.Serializer):
    """A body whose every name is known and may be written."""

    def to_internal_value(self, data):
        strangers: dict[str, Any] = self._strangers(data) if isinstance(data, dict) else {}
        if not strangers:
            return super().to_internal_value(data)
        try:
            super().to_internal_value(data)
        except ValidationError as error:
            detail: Any = error.detail
            strangers |= detail
        raise ValidationError(strangers)

    def _strangers(self, data: dict) -> dict[str, list[ErrorDetail]]:
        found = {}
        for name in data:
            field = self.fields.get(name)
            if field is None:
                known = [str(field.field_name) for field in self._writable_fields]
                message = _("There is no field of this name.")
                found[name] = [ErrorDetail(f"{message} {did_you_mean(name, known)}", code="unknown_field")]
            elif field.read_only:
                found[name] = [ErrorDetail(str(_("This field is set by the system; leave it out.")), code="read_only")]
        return found


class ScopedModelSerializer(StrictSerializer, serializers.ModelSerializer):
    """The base of every serializer over a model.

    It reads and shows; it never saves: a viewset passes `validated_data` to a verb. `id` is the primary key whatever its
    name; list `state` and `actions` for a model with a flow. Rules of uniqueness are the verb's and the database's, so no
    validator asks for them. Meta.fixed: fields that are given once and never changed.
    """

    id = serializers.IntegerField(source="pk", read_only=True)
    actions = ActionsField()

    serializer_related_field = ScopedRelatedField
    serializer_choice_field = OneOfField
    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.AutoField: WholeNumberField,
        models.BigAutoField: WholeNumberField,
        models.BigIntegerField: WholeNumberField,
        models.BooleanField: YesNoField,
        models.CharField: LineField,
        models.DateField: DayField,
        models.DateTimeField: InstantField,
        models.DecimalField: AmountField,
        models.IntegerField: WholeNumberField,
        models.PositiveIntegerField: WholeNumberField,
        models.PositiveSmallIntegerField: WholeNumberField,
        models.SmallIntegerField: WholeNumberField,
        models.TextField: TextField,
        models.TimeField: ClockField,
        models.UUIDField: StrictUUIDField,
    }

    def get_fields(self):
        """Copies of fields that are built once per class: building them costs more than reading a request with them."""
        prototypes = _PROTOTYPES.get(type(self))
        if prototypes is None:
            prototypes = _PROTOTYPES[type(self)] = self._build()
        fields = {name: _copy(field) for name, field in prototypes.items()}
        if self.partial and self.instance is not None:
            for name in getattr(self.Meta, "fixed", ()):
                fields[name].read_only = True
        return fields

    def get_validators(self):
        return []

    def get_uniqueness_extra_kwargs(self, field_names, declared_fields, extra_kwargs):
        return extra_kwargs, {}

    def save(self, **kwargs):
        raise TypeError("a serializer does not save: pass validated_data to a verb")

    def _build(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        for field in fields.values():
            field.validators = [
                _unfixed(validator) for validator in field.validators if not isinstance(validator, UniqueValidator)
            ]
        return fields


def shown(field: serializers.Field, record: Any) -> object:
    """What a field shows of a record; None where there is nothing."""
    value = field.get_attribute(record)
    return None if value is None else field.to_representation(value)


def _copy(field: serializers.Field) -> serializers.Field:
    """A shallow copy, also of the one field below a list of related rows; fields are not changed once they are built."""
    if isinstance(field, serializers.BaseSerializer) or hasattr(field, "child"):
        return copy.deepcopy(field)
    twin: Any = object.__new__(type(field))
    twin.__dict__.update(field.__dict__)
    if isinstance(field, serializers.ManyRelatedField):
        twin.child_relation = _copy(twin.child_relation)
        twin.child_relation.parent = twin
    return twin


def _unfixed(validator):
    """The validator with Django's message: DRF's would keep the language of the first request that saw it."""
    if isinstance(getattr(validator, "message", None), lazy_format):
        del validator.message
    return validator
