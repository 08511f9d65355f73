"""What lists of activities and teams are narrowed by; the statistics link to their rows with the same names."""

from __future__ import annotations

import django_filters
from django.db.models import Q
from django.utils import timezone

from activities.models import (
    Activity,
    Course,
    Genre,
    Kind,
    Learner,
    MonthlyReturn,
    OpeningVisits,
    Permit,
    Prize,
    Series,
    SpotCheck,
    Team,
    TeamStar,
    VenueBooking,
    Work,
)
from culture_admin.interfaces.filters import (
    CodeFilter,
    DayFilter,
    IdFilter,
    NumberFilter,
    OneOfFilter,
    ScopedFilterSet,
    WordFilter,
    YesNoFilter,
    lying_within,
)


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
    contract = IdFilter(field_name="posting__contract", label="the contract of the posting")

    class Meta:
        model = Activity
        fields = [
            "station", "steward", "firm", "team", "batch", "village", "series", "course", "facility", "planned", "late",
        ]  # fmt: skip
        ranges = [("from", "to")]

    def filter_division(self, rows, name, code):
        return lying_within(rows, "division", code)


# `from` is no name Python lets a class body use.
ActivityFilter.base_filters["from"] = DayFilter(field_name="begins_on", lookup_expr="gte", label="begins on or after")
ActivityFilter.base_filters["to"] = DayFilter(field_name="begins_on", lookup_expr="lte", label="begins on or before")


class OfStewardFilter(ScopedFilterSet):
    """What lists of records have in common that a station keeps and a steward may have brought about."""

    division = django_filters.CharFilter(method="filter_division", max_length=12, label="division code")
    genre = CodeFilter(queryset=Genre.objects.all())
    led_by = OneOfFilter(choices=Activity.LedBy.choices, method="filter_led_by", label="with a steward or not")

    def filter_division(self, rows, name, code):
        return lying_within(rows, "division", code)

    def filter_led_by(self, rows, name, chosen):
        return rows.filter(steward__isnull=chosen == [Activity.LedBy.STATION]) if len(chosen) == 1 else rows


class SeriesFilter(ScopedFilterSet):
    q = WordFilter(field_name="title", label="a word of the title")
    on = DayFilter(method="filter_on", label="goes on on the day")

    class Meta:
        model = Series
        fields = ["station", "facility", "team", "course"]

    def filter_on(self, rows, name, day):
        return rows.filter(begins_on__lte=day, ends_on__gte=day)


class VenueBookingFilter(ScopedFilterSet):
    class Meta:
        model = VenueBooking
        fields = ["station", "facility", "activity", "state"]
        ranges = [("from", "to")]


VenueBookingFilter.base_filters["from"] = DayFilter(
    field_name="ends_at", lookup_expr="date__gte", label="ends on or after"
)
VenueBookingFilter.base_filters["to"] = DayFilter(
    field_name="begins_at", lookup_expr="date__lte", label="begins on or before"
)


class PermitFilter(ScopedFilterSet):
    class Meta:
        model = Permit
        fields = ["activity"]


class SpotCheckFilter(ScopedFilterSet):
    station = IdFilter(field_name="activity__station")

    class Meta:
        model = SpotCheck
        fields = ["activity", "finding"]
        ranges = [("from", "to")]


SpotCheckFilter.base_filters["from"] = DayFilter(field_name="found_on", lookup_expr="gte", label="found on or after")
SpotCheckFilter.base_filters["to"] = DayFilter(field_name="found_on", lookup_expr="lte", label="found on or before")


class TeamFilter(OfStewardFilter):
    q = WordFilter(field_name="search", method="filter_word", label="name, pinyin, initials or leader")
    village = WordFilter(field_name="village", label="a word of the village")
    state = OneOfFilter(choices=Team.State.choices)
    on = DayFilter(method="filter_on", label="in the register on the day")
    active = YesNoFilter(method="filter_active", label="active or not, on the day of `on` or today")
    star = NumberFilter(method="filter_star", label="so many stars in force, on the day of `on` or today")
    doubled = YesNoFilter(method="filter_doubled", label="likely entered twice: same sound or same leader, or not")

    class Meta:
        model = Team
        fields = ["station", "steward", "firm", "batch"]

    @property
    def day(self):
        return self.form.cleaned_data["on"] or timezone.localdate()

    def filter_word(self, rows, name, word):
        return rows.filter(Q(search__icontains=word) | Q(leader__icontains=word) | Q(deputy__icontains=word))

    def filter_on(self, rows, name, day):
        return rows.registered(day)

    def filter_active(self, rows, name, chosen):
        if len(chosen) != 1:
            return rows
        active = Q(pk__in=Team.objects.active(self.day).values("pk"))
        return rows.filter(active if chosen == ["true"] else ~active)

    def filter_star(self, rows, name, stars):
        return rows.filter(pk__in=TeamStar.objects.in_force(self.day).filter(stars=stars).values("team"))

    def filter_doubled(self, rows, name, chosen):
        if len(chosen) != 1:
            return rows
        doubled = Q(pk__in=Team.objects.doubled().values("pk"))
        return rows.filter(doubled if chosen == ["true"] else ~doubled)


class TeamStarFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="in force on the day")

    class Meta:
        model = TeamStar
        fields = ["team", "stars"]

    def filter_on(self, rows, name, day):
        return rows.in_force(day)


class CourseFilter(OfStewardFilter):
    q = WordFilter(field_name="title", label="a word of the title")
    state = OneOfFilter(choices=Course.State.choices)
    begun = YesNoFilter(method="filter_begun", label="begun by today, or beginning later")

    class Meta:
        model = Course
        fields = ["station", "steward", "firm"]
        ranges = [("from", "to")]

    def filter_begun(self, rows, name, chosen):
        if len(chosen) != 1:
            return rows
        begun = Q(begins_on__lte=timezone.localdate())
        return rows.filter(begun if chosen == ["true"] else ~begun)


class LearnerFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="on the roster on the day")

    class Meta:
        model = Learner
        fields = ["course"]

    def filter_on(self, rows, name, day):
        return rows.on(day)


class WorkFilter(OfStewardFilter):
    q = WordFilter(field_name="title", label="a word of the title")
    state = OneOfFilter(choices=Work.State.choices)

    class Meta:
        model = Work
        fields = ["station", "steward", "firm", "team", "kind"]
        ranges = [("from", "to")]


class PrizeFilter(ScopedFilterSet):
    class Meta:
        model = Prize
        fields = ["work", "level"]
        ranges = [("from", "to")]


for filters, day in ((CourseFilter, "begins_on"), (WorkFilter, "finished_on"), (PrizeFilter, "awarded_on")):
    filters.base_filters["from"] = DayFilter(field_name=day, lookup_expr="gte", label=f"{day} then or after")
    filters.base_filters["to"] = DayFilter(field_name=day, lookup_expr="lte", label=f"{day} then or before")


class OpeningVisitsFilter(ScopedFilterSet):
    division = django_filters.CharFilter(
        method="filter_division", max_length=12, label="division code, as it was that day"
    )

    class Meta:
        model = OpeningVisits
        fields = ["station"]
        ranges = [("from", "to")]

    def filter_division(self, rows, name, code):
        return lying_within(rows, "division", code)


OpeningVisitsFilter.base_filters["from"] = DayFilter(field_name="on", lookup_expr="gte", label="on or after")
OpeningVisitsFilter.base_filters["to"] = DayFilter(field_name="on", lookup_expr="lte", label="on or before")


class MonthlyReturnFilter(ScopedFilterSet):
    division = django_filters.CharFilter(
        method="filter_division", max_length=12, label="division code, as it was that month"
    )
    state = OneOfFilter(choices=MonthlyReturn.State.choices)
    zero = YesNoFilter(field_name="zero", label="confirmed that nothing took place")
    month = DayFilter(field_name="month", label="the first day of the month")

    class Meta:
        model = MonthlyReturn
        fields = ["station"]
        ranges = [("from", "to")]

    def filter_division(self, rows, name, code):
        return lying_within(rows, "division", code)


MonthlyReturnFilter.base_filters["from"] = DayFilter(field_name="month", lookup_expr="gte", label="months from")
MonthlyReturnFilter.base_filters["to"] = DayFilter(field_name="month", lookup_expr="lte", label="months up to")
