"""What lists of circulars, replies and information reports are narrowed by."""

from __future__ import annotations

from django.utils import timezone

from culture_admin.interfaces.filters import (
    DayFilter,
    IdFilter,
    OneOfFilter,
    PlaceFilter,
    ScopedFilterSet,
    WordFilter,
    YesNoFilter,
)
from stations.models import Adoption, Circular, Reply, Report


class CircularFilter(ScopedFilterSet):
    q = WordFilter(field_name="title", label="a word of the title")
    division = PlaceFilter(field_name="county")
    state = OneOfFilter(choices=Circular.State.choices)

    class Meta:
        model = Circular
        fields = ["kind", "audience"]
        ranges = [("from", "to")]


class ReplyFilter(ScopedFilterSet):
    q = WordFilter(field_name="circular__title", label="a word of the title")
    state = OneOfFilter(choices=Reply.State.choices)
    late = YesNoFilter(method="filter_late", label="owed and late today, or not")

    class Meta:
        model = Reply
        fields = ["circular", "unit"]

    def filter_late(self, rows, name, chosen):
        if len(chosen) != 1:
            return rows
        late = Reply.objects.late(timezone.localdate()).values("pk")
        return rows.filter(pk__in=late) if chosen == ["true"] else rows.exclude(pk__in=late)


class ReportFilter(ScopedFilterSet):
    q = WordFilter(field_name="title", label="a word of the title")
    division = PlaceFilter(field_name="division")
    state = OneOfFilter(choices=Report.State.choices)

    class Meta:
        model = Report
        fields = ["unit", "station"]
        ranges = [("from", "to")]


class AdoptionFilter(ScopedFilterSet):
    division = PlaceFilter(field_name="report__division")
    station = IdFilter(field_name="report__station")

    class Meta:
        model = Adoption
        fields = ["report", "level"]
        ranges = [("from", "to")]


for filters, day in ((CircularFilter, "issued_on"), (ReportFilter, "sent_on"), (AdoptionFilter, "adopted_on")):
    # `from` is no name Python lets a class body use.
    filters.base_filters["from"] = DayFilter(field_name=day, lookup_expr="gte", label="on the day or after")
    filters.base_filters["to"] = DayFilter(field_name=day, lookup_expr="lte", label="on the day or before")
