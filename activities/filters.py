"""What lists of activities and teams are narrowed by; the statistics link to their rows with the same names."""

from __future__ import annotations

import django_filters
from django.db.models import Q

from activities.models import Activity, Genre, Kind, Team
from culture_admin.interfaces.filters import CodeFilter, DayFilter, OneOfFilter, ScopedFilterSet, WordFilter, YesNoFilter
from culture_admin.territory.models import Division


def lying_within(rows, lookup: str, code: str):
    """Rows whose division, or one above it, has the code in any of its lives."""
    paths = Division.objects.filter(code=code).values_list("path", flat=True)
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(**{f"{lookup}__path__startswith": path})
    return rows.filter(within)


class ActivityFilter(ScopedFilterSet):
    q = WordFilter(field_name="title", label="a word of the title")
    division = django_filters.CharFilter(
        method="filter_division", max_length=12, label="division code, as it was that day"
    )
    kind = CodeFilter(queryset=Kind.objects.all())
    genre = CodeFilter(queryset=Genre.objects.all())
    session = YesNoFilter(field_name="kind__is_session", label="training sessions only, or all but them")
    state = OneOfFilter(choices=Activity.State.choices)
    led_by = OneOfFilter(choices=Activity.LedBy.choices)

    class Meta:
        model = Activity
        fields = ["station", "steward", "firm", "team", "batch"]
        ranges = [("from", "to")]

    def filter_division(self, rows, name, code):
        return lying_within(rows, "division", code)


# `from` is no name Python lets a class body use.
ActivityFilter.base_filters["from"] = DayFilter(field_name="begins_on", lookup_expr="gte", label="begins on or after")
ActivityFilter.base_filters["to"] = DayFilter(field_name="begins_on", lookup_expr="lte", label="begins on or before")


class TeamFilter(ScopedFilterSet):
    q = WordFilter(field_name="search", label="name, pinyin or initials")
    division = django_filters.CharFilter(method="filter_division", max_length=12, label="division code")
    genre = CodeFilter(queryset=Genre.objects.all())
    state = OneOfFilter(choices=Team.State.choices)
    on = DayFilter(method="filter_on", label="in the register on the day")
    led_by = OneOfFilter(choices=Activity.LedBy.choices, method="filter_led_by", label="founded with a steward or not")

    class Meta:
        model = Team
        fields = ["station", "steward", "firm", "batch"]

    def filter_division(self, rows, name, code):
        return lying_within(rows, "division", code)

    def filter_on(self, rows, name, day):
        return rows.registered(day)

    def filter_led_by(self, rows, name, chosen):
        return rows.filter(steward__isnull=chosen == [Activity.LedBy.STATION]) if len(chosen) == 1 else rows
