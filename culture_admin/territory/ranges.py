"""Ranges that constraints compare: validity as a range of days, and a key as the range that holds it alone."""

from __future__ import annotations

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db.models import DateField, F, Func, Value
from django.db.models.functions import Cast, Coalesce, Greatest


class DateRange(Func):
    """The half-open range [valid_from, valid_to) as PostgreSQL's daterange.

    Days that stand the wrong way round make an empty range: what is wrong with them, another constraint says in words.
    """

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, begins: str, ends: str, **extra):
        forever = Cast(Value("infinity"), DateField())
        super().__init__(F(begins), Greatest(F(begins), Coalesce(F(ends), forever)), **extra)


class SameKey(Func):
    """A key, given twice, as a one-point range: equality in a GiST index without the btree_gist extension."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = BigIntegerRangeField()
