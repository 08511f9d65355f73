"""What lists of trainings, meetings, pairings and visit days are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import (
    DayFilter,
    OneOfFilter,
    PlaceFilter,
    ScopedFilterSet,
    WordFilter,
    YesNoFilter,
)
from culture_admin.territory.models import in_force
from stations.models import Attendance, Backbone, FollowUp, Meeting, MeetingPresence, Pairing, PairingVisit, Training


class TrainingFilter(ScopedFilterSet):
    q = WordFilter(field_name="title", label="a word of the title")
    division = PlaceFilter(field_name="county")
    state = OneOfFilter(choices=Training.State.choices)

    class Meta:
        model = Training
        fields = ["kind"]
        ranges = [("from", "to")]


class AttendanceFilter(ScopedFilterSet):
    division = PlaceFilter(field_name="division")

    class Meta:
        model = Attendance
        fields = ["training", "officer", "station", "present"]
        ranges = [("from", "to")]


class MeetingFilter(ScopedFilterSet):
    q = WordFilter(field_name="title", label="a word of the title")
    division = PlaceFilter(field_name="division")
    state = OneOfFilter(choices=Meeting.State.choices)

    class Meta:
        model = Meeting
        fields = ["kind", "host"]
        ranges = [("from", "to")]


class MeetingPresenceFilter(ScopedFilterSet):
    class Meta:
        model = MeetingPresence
        fields = ["meeting", "station", "status"]


class FollowUpFilter(ScopedFilterSet):
    state = OneOfFilter(choices=FollowUp.State.choices)

    class Meta:
        model = FollowUp
        fields = ["meeting", "unit"]
        ranges = [("from", "to")]


class BackboneFilter(ScopedFilterSet):
    q = WordFilter(field_name="search", label="name, pinyin or initials")

    class Meta:
        model = Backbone
        fields = ["unit"]


class PairingFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="in force on the day")

    class Meta:
        model = Pairing
        fields = ["backbone", "station"]

    def filter_on(self, rows, name, day):
        return rows.filter(in_force(day))


class PairingVisitFilter(ScopedFilterSet):
    division = PlaceFilter(field_name="division", label="division code, as it was that day")
    state = OneOfFilter(choices=PairingVisit.State.choices)
    mine = YesNoFilter(method="filter_mine", label="one's own days, or those of others")

    class Meta:
        model = PairingVisit
        fields = ["backbone", "station", "pairing", "part"]
        ranges = [("from", "to")]

    def filter_mine(self, rows, name, chosen):
        if len(chosen) != 1:
            return rows
        own = {"backbone__user": self.request.user.pk}
        return rows.filter(**own) if chosen == ["true"] else rows.exclude(**own)


for filters, day in (
    (TrainingFilter, "begins_on"),
    (AttendanceFilter, "training__begins_on"),
    (MeetingFilter, "begins_on"),
    (FollowUpFilter, "due_on"),
    (PairingVisitFilter, "on"),
):
    # `from` is no name Python lets a class body use.
    filters.base_filters["from"] = DayFilter(field_name=day, lookup_expr="gte", label="on the day or after")
    filters.base_filters["to"] = DayFilter(field_name=day, lookup_expr="lte", label="on the day or before")
