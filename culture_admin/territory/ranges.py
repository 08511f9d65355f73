"""Ranges that constraints compare: validity as a range of days, and a key as the range that holds it alone."""

from __future__ import annotations

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db.models import Func


class DateRange(Func):
    """The half-open range [valid_from, valid_to) as PostgreSQL's daterange."""

    function = "daterange"
    output_field = DateRangeField()


class SameKey(Func):
    """A key, given twice, as a one-point range: equality in a GiST index without the btree_gist extension."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = BigIntegerRangeField()
