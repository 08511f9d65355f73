"""What lists of budgets, instalments, payments, spendings and changes of purpose are narrowed by."""

from __future__ import annotations

import django_filters
from django.utils import timezone

from culture_admin.interfaces.filters import (
    DayFilter,
    IdFilter,
    NumberFilter,
    OneOfFilter,
    ScopedFilterSet,
    YesNoFilter,
)
from culture_admin.territory.models import Division
from stations.models import Appropriation, Budget, Instalment, Purpose, PurposeChange, Spending


class BudgetFilter(ScopedFilterSet):
    state = OneOfFilter(choices=Budget.State.choices)

    class Meta:
        model = Budget
        fields = ["station", "year", "revision"]


class InstalmentFilter(ScopedFilterSet):
    station = IdFilter(field_name="budget__station")
    year = NumberFilter(field_name="budget__year")
    late = YesNoFilter(method="filter_late", label="past its day and not paid whole")

    class Meta:
        model = Instalment
        fields = ["budget", "number"]
        ranges = [("due_from", "due_to")]

    def filter_late(self, rows, name, value):
        late = Instalment.objects.with_payments().late(timezone.localdate()).values("pk")
        return rows.filter(pk__in=late) if value == ["true"] else rows.exclude(pk__in=late) if value else rows


InstalmentFilter.base_filters["due_from"] = DayFilter(field_name="due_on", lookup_expr="gte", label="due on or after")
InstalmentFilter.base_filters["due_to"] = DayFilter(field_name="due_on", lookup_expr="lte", label="due on or before")


class EntryFilter(ScopedFilterSet):
    """What lists of payments and of spendings have in common; `from` and `to` as the statistics count them."""

    division = django_filters.CharFilter(
        method="filter_division", max_length=12, label="division code, as it was that day"
    )
    standing = YesNoFilter(method="filter_standing", label="without what was reversed and what reversed it")

    def filter_division(self, rows, name, code):
        within = rows.none()
        for path in Division.objects.filter(code=code).values_list("path", flat=True):
            within = within | rows.filter(division__path__startswith=path)
        return within

    def filter_standing(self, rows, name, value):
        standing = self._meta.model.objects.standing().values("pk")
        return rows.filter(pk__in=standing) if value == ["true"] else rows.exclude(pk__in=standing) if value else rows


# `from` is no name Python lets a class body use.
EntryFilter.declared_filters["from"] = DayFilter(field_name="counted_on", lookup_expr="gte", label="on or after")
EntryFilter.declared_filters["to"] = DayFilter(field_name="counted_on", lookup_expr="lte", label="on or before")


class AppropriationFilter(EntryFilter):
    class Meta:
        model = Appropriation
        fields = ["station", "year", "instalment", "late"]
        ranges = [("from", "to")]


class SpendingFilter(EntryFilter):
    purpose = OneOfFilter(choices=Purpose.choices)

    class Meta:
        model = Spending
        fields = ["station", "year", "late"]
        ranges = [("from", "to")]


class PurposeChangeFilter(ScopedFilterSet):
    state = OneOfFilter(choices=PurposeChange.State.choices)
    year = NumberFilter(field_name="budget__year")

    class Meta:
        model = PurposeChange
        fields = ["station", "budget"]
