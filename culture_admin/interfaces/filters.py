"""The base of every filter: what is unknown or unreadable is a 400, what is foreign finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces import queries
from culture_admin.interfaces.problems import Fault, Problem, did_you_mean, shown
from culture_admin.interfaces.text import LineFormField
from culture_admin.territory.models import Division


class _ReadField(forms.Field):
    """A field whose text is read by `read`, which gives None for what it cannot read."""

    code: str
    message: Any
    read: Callable[[str], object | None]

    def to_python(self, value):
        if value in self.empty_values:
            return None
        found = self.read(value)
        if found is None:
            raise ValidationError(self.message, code=self.code)
        return found


class _NumberField(_ReadField):
    code, message = "number_format", _("Expected a whole number, such as 12.")
    read = staticmethod(queries.whole)


class _IdField(_ReadField):
    code, message = "id_format", _("Expected the id of a record, a whole number.")

    @staticmethod
    def read(text: str) -> int | None:
        number = queries.whole(text)
        return number if number is not None and number > 0 else None


class _DayField(_ReadField):
    code, message = "date_format", _("Expected a date like 2024-05-31.")
    read = staticmethod(queries.day)


class _OneOfField(forms.Field):
    """One or several choices, separated by commas."""

    def __init__(self, *, choices, **kwargs):
        super().__init__(**kwargs)
        self.choices = [str(value) for value, _label in choices]

    def to_python(self, value):
        chosen = value.split(",") if value else []
        for item in chosen:
            if item not in self.choices:
                message = _("“%(value)s” is not one of the choices. %(hint)s")
                params = {"value": shown(item), "hint": did_you_mean(item, self.choices)}
                raise ValidationError(message, code="invalid_choice", params=params)
        return chosen


class _CodesField(forms.Field):
    """One or several codes of a code list, separated by commas; gives their ids."""

    def __init__(self, *, queryset, **kwargs):
        super().__init__(**kwargs)
        self.queryset = queryset

    def to_python(self, value):
        if not value:
            return []
        known = dict(self.queryset.order_by("pk").values_list("code", "pk"))
        for code in value.split(","):
            if code not in known:
                message = _("“%(value)s” is not one of the choices. %(hint)s")
                params = {"value": shown(code), "hint": did_you_mean(code, known)}
                raise ValidationError(message, code="invalid_choice", params=params)
        return [known[code] for code in value.split(",")]


class IdFilter(django_filters.Filter):
    """Rows that point at the row of this id. The list is scoped, so the id of a foreign row finds nothing."""

    field_class = _IdField


class NumberFilter(django_filters.Filter):
    field_class = _NumberField


class DayFilter(django_filters.Filter):
    """A date; say `lookup_expr="gte"` and the like for the ends of a range."""

    field_class = _DayField


class OneOfFilter(django_filters.Filter):
    """Rows with one of the values given, separated by commas."""

    field_class = _OneOfField

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, choices=choices, **{**kwargs, "lookup_expr": "in"})


class CodeFilter(django_filters.Filter):
    """Rows with one of the codes given, separated by commas. A code list is short and public: an unknown code is refused."""

    field_class = _CodesField

    def __init__(self, *args, queryset, **kwargs):
        super().__init__(*args, queryset=queryset, **{**kwargs, "lookup_expr": "in"})


class YesNoFilter(django_filters.Filter):
    """true or false."""

    field_class = _OneOfField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, choices=[("true", ""), ("false", "")], **kwargs)

    def filter(self, qs, value):
        return super().filter(qs, value[0] == "true") if len(value) == 1 else qs


class TextFilter(django_filters.Filter):
    """A text, exactly."""

    field_class = LineFormField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, max_length=200, **kwargs)


class WordFilter(TextFilter):
    """A word contained in a text; the field is one that is kept for searching."""

    def __init__(self, field_name: str, **kwargs):
        super().__init__(field_name, lookup_expr="icontains", **kwargs)


def lying_within(rows, lookup: str, code: str):
    """Rows whose division at the lookup, or one above it, has the code in any of its lives."""
    paths = Division.objects.filter(code=code).values_list("path", flat=True)
    within = models.Q(pk__in=[])
    for path in paths:
        within |= models.Q(**{f"{lookup}__path__startswith": path})
    return rows.filter(within)


class PlaceFilter(django_filters.CharFilter):
    """By the code of the division at `field_name`, or of one above it, in any of its lives."""

    def __init__(self, field_name: str, **kwargs):
        super().__init__(field_name, max_length=12, **{"label": "division code", **kwargs})

    def filter(self, rows, code):
        return lying_within(rows, self.field_name, code) if code else rows


class ScopedFilterSet(django_filters.FilterSet):
    """The base of every set of filters. Plain model fields named in `Meta.fields` get the strict filters above.

    Meta.ranges: pairs of filter names of which the first must not lie behind the second.
    """

    FILTER_DEFAULTS = {
        **django_filters.FilterSet.FILTER_DEFAULTS,
        models.DateField: {"filter_class": DayFilter},
        models.ForeignKey: {"filter_class": IdFilter},
        models.OneToOneField: {"filter_class": IdFilter},
        models.IntegerField: {"filter_class": NumberFilter},
        models.PositiveIntegerField: {"filter_class": NumberFilter},
        models.PositiveSmallIntegerField: {"filter_class": NumberFilter},
        models.BooleanField: {"filter_class": YesNoFilter},
        models.CharField: {"filter_class": TextFilter},
    }

    @classmethod
    def filter_for_lookup(cls, field, lookup_type):
        if field.choices and lookup_type == "exact":
            return OneOfFilter, {"choices": field.choices}
        return super().filter_for_lookup(field, lookup_type)

    def check(self) -> None:
        """Raises Problem 400 with the faults of all filters."""
        faults = [
            Fault(error.code or "invalid", error.messages[0], parameter=name, value=shown(self.data.get(name)))
            for name, errors in self.form.errors.as_data().items()
            for error in errors
        ]
        if not faults:
            faults = [fault for first, last in self._ranges() if (fault := self._reversed(first, last))]
        if faults:
            raise Problem(400, faults[0].code, faults=faults)

    def _ranges(self):
        return getattr(getattr(self, "Meta", None), "ranges", ())

    def _reversed(self, first: str, last: str) -> Fault | None:
        start, end = self.form.cleaned_data[first], self.form.cleaned_data[last]
        if start is None or end is None or start <= end:
            return None
        message = _("“%(first)s” lies behind “%(last)s”.") % {"first": first, "last": last}
        return Fault("range_reversed", message, parameter=first, value=shown(self.data[first]))
