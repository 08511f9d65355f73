"""What lists of posts, officers, postings, cases and the off-post ledger are narrowed by."""

from __future__ import annotations

from django.utils import timezone

from culture_admin.interfaces.filters import DayFilter, OneOfFilter, ScopedFilterSet, WordFilter, YesNoFilter
from stations.filters.rows import OfStationFilter
from stations.models import Officer, OfficerPosting, OffPost, OffPostObjection, PersonnelCase, Post, TitleApplication


def narrowed(rows, value: list[str], matching):
    """Rows that match, or those that do not, for a filter that asks yes or no."""
    if not value:
        return rows
    keys = matching.values("pk")
    return rows.filter(pk__in=keys) if value == ["true"] else rows.exclude(pk__in=keys)


class PostFilter(OfStationFilter):
    kind = OneOfFilter(choices=Post.Kind.choices)
    tenure = OneOfFilter(choices=Post.Tenure.choices)
    vacant = YesNoFilter(method="filter_vacant", label="held by nobody today")

    class Meta:
        model = Post
        fields = ["station"]

    def filter_vacant(self, rows, name, value):
        return narrowed(rows, value, Post.objects.vacant(timezone.localdate()))


class OfficerFilter(ScopedFilterSet):
    q = WordFilter(field_name="search", label="name, pinyin or initials")
    state = OneOfFilter(choices=Officer.State.choices)
    title = OneOfFilter(choices=Officer.Title.choices)
    on_post = YesNoFilter(method="filter_on_post", label="holds a post today and is not off post")

    class Meta:
        model = Officer
        fields = ["station"]

    def filter_on_post(self, rows, name, value):
        return narrowed(rows, value, Officer.objects.on_post(timezone.localdate()))


class OfficerPostingFilter(OfStationFilter):
    state = OneOfFilter(choices=OfficerPosting.State.choices)
    acting = YesNoFilter()

    class Meta:
        model = OfficerPosting
        fields = ["station", "officer", "post"]


class PersonnelCaseFilter(ScopedFilterSet):
    kind = OneOfFilter(choices=PersonnelCase.Kind.choices)
    state = OneOfFilter(choices=PersonnelCase.State.choices)
    late = YesNoFilter()
    effective_from = DayFilter("effective_on", lookup_expr="gte")
    effective_to = DayFilter("effective_on", lookup_expr="lte")

    class Meta:
        model = PersonnelCase
        fields = ["station", "officer"]
        ranges = [("effective_from", "effective_to")]


class OffPostFilter(OfStationFilter):
    reason = OneOfFilter(choices=OffPost.Reason.choices)
    state = OneOfFilter(choices=OffPost.State.choices)

    class Meta:
        model = OffPost
        fields = ["station", "officer"]


class OffPostObjectionFilter(ScopedFilterSet):
    state = OneOfFilter(choices=OffPostObjection.State.choices)

    class Meta:
        model = OffPostObjection
        fields = ["off_post"]


class TitleApplicationFilter(ScopedFilterSet):
    state = OneOfFilter(choices=TitleApplication.State.choices)

    class Meta:
        model = TitleApplication
        fields = ["station", "officer", "year"]
