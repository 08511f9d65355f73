"""How a plain field is written in the admin: days, amounts, numbers and yes or no alike in lists and on records."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.roles import listed
from culture_admin.interfaces.admin.cells import DASH, Cell, day, moment, number, yuan
from culture_admin.interfaces.money import MoneyField

YES_NO = {True: _("yes"), False: _("no")}


class Column:
    """A field of the model as a column of a list, written as `written` writes it."""

    def __init__(self, column: models.Field):
        self.field, self.__name__ = column, column.name
        self.short_description, self.admin_order_field = column.verbose_name, column.name

    def __call__(self, record: models.Model) -> Cell:
        return written(self.field, getattr(record, self.field.attname))


def is_written(column: object) -> bool:
    """Whether this is one of the fields that are written here; the others are text or links."""
    kinds = (models.DateField, models.DecimalField, models.IntegerField, models.BooleanField)
    if isinstance(column, ArrayField):
        return bool(column.base_field.flatchoices)
    return isinstance(column, kinds) and not column.flatchoices and not column.primary_key


def written(column: models.Field, value: Any) -> Cell:
    """The value of a field as a reader reads it; a dash where there is none. A year is no number of things."""
    if isinstance(column, MoneyField):
        return yuan(value)
    if isinstance(column, models.IntegerField | models.DecimalField) and not column.name.endswith("year"):
        return number(value)
    if isinstance(column, models.DateTimeField):
        return moment(value)
    if isinstance(column, models.DateField):
        return day(value)
    return Cell.of(_words(column, value), value)


def _words(column: models.Field, value: Any) -> str:
    if isinstance(column, ArrayField):
        labels = dict(column.base_field.flatchoices)
        return listed(labels.get(one, one) for one in value or ()) or DASH
    if isinstance(value, bool):
        return str(YES_NO[value])
    return DASH if value is None else str(value)


def column_of(model: type[models.Model], name: object) -> object:
    """What a list shows under a name: the field written as above, else the name as it was."""
    if not isinstance(name, str):
        return name
    try:
        column = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return Column(column) if is_written(column) else name
