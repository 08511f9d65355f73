"""What lists of deadlines and notices are narrowed by, on the desk and over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from culture_admin.interfaces.filters import DayFilter, OneOfFilter, ScopedFilterSet, YesNoFilter
from culture_admin.territory.models import Unit
from culture_admin.workflow.inbox import own_duties
from culture_admin.workflow.models import Deadline, Notice, NoticeRead, Standing


class DeadlineFilter(ScopedFilterSet):
    request: Any

    standing = OneOfFilter(choices=Standing.choices, method="filter_standing")
    mine = YesNoFilter(method="filter_mine", label="those the reader has to meet in one of his offices")
    unit_kind = OneOfFilter(field_name="unit__kind", choices=Unit.Kind.choices)
    due_from = DayFilter(field_name="due_on", lookup_expr="gte")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Deadline
        fields = ["unit", "code"]
        ranges = [("due_from", "due_to")]

    def filter_standing(self, rows, name, wanted):
        today, found = timezone.localdate(), rows.none()
        for standing in wanted:
            found = found | rows.standing(standing, today)
        return found if wanted else rows

    def filter_mine(self, rows, name, wanted):
        if len(wanted) != 1:
            return rows
        own = own_duties(self.request.user)
        return rows.filter(own) if wanted[0] == "true" else rows.exclude(own)


class NoticeFilter(ScopedFilterSet):
    request: Any

    unread = YesNoFilter(method="filter_unread")

    class Meta:
        model = Notice
        fields = ["kind"]

    def filter_unread(self, rows, name, wanted):
        if len(wanted) != 1:
            return rows
        user = self.request.user
        if wanted[0] == "true":
            return rows.unread(user)
        return rows.filter(Exists(NoticeRead.objects.filter(notice=OuterRef("pk"), user=user.pk)))
