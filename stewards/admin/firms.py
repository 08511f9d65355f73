"""Service providers and the people they send, in the bureau's admin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from culture_admin.accounts.roles import listed
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    RowFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    link,
    number,
    territory_of,
)
from culture_admin.interfaces.admin.cells import DASH
from culture_admin.interfaces.text import LineFormField
from culture_admin.territory.models import Division, Level, in_force
from stewards import actions, codes
from stewards.admin import credit
from stewards.models import Firm, PoolMember, Posting, Steward
from stewards.qualifying import ending_soon, lacks_of

OF_FIRM = ["uscc", "manager", "representative", "business_scope", "founded_on", "address"]
IN_FORCE = {
    "now": (_("In force"), lambda rows, today: rows.filter(in_force(today))),
    "ended": (_("Ended"), lambda rows, today: rows.filter(valid_to__lte=today)),
}


def genres_of() -> Callable[[PoolMember], str]:
    """How the genres of many are said; the code list is read once."""
    words = codes.words_of("genre")
    return lambda member: listed(words.get(code, code) for code in member.genres) or DASH


def missing(steward: Steward, today: date):
    """Which items of the standard are not met, or end soon."""
    items = sorted({lack.item for lack in lacks_of(steward, today)})
    if items:
        return chip(" ".join(items), "warn")
    return chip(_("Ends soon"), "wait") if ending_soon(steward, today) else chip(_("Nothing"), "good")


class FirmForm(VerbForm):
    name_zh = LineFormField(label=_("Chinese name"), max_length=100, widget=UnfoldAdminTextInputWidget)
    name_en = LineFormField(label=_("English name"), max_length=150, required=False, widget=UnfoldAdminTextInputWidget)
    division = forms.ModelChoiceField(
        Division.objects.none(),
        label=_("County"),
        widget=UnfoldAdminSelectWidget,
        help_text=_("Where its contracts are"),
    )

    class Meta:
        model = Firm
        fields = OF_FIRM

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = territory_of(self.user, Firm.scope.power).filter(level=Level.COUNTY)


@admin.register(Firm)
class FirmAdmin(ScopedModelAdmin):
    add_action = actions.add_firm
    change_action = actions.change_firm
    add_form = FirmForm
    changeable = OF_FIRM
    joins = ("unit__division",)
    list_display = ["name", "county", "uscc", "manager", "posted"]
    search_fields = ["unit__search", "uscc", "manager"]
    search_help_text = _("Name, pinyin, code or manager")
    ordering = ["unit__name_zh"]
    sortable_by = ("name",)
    fieldsets = [(None, {"fields": ["name", "county", *OF_FIRM]})]
    add_fieldsets = [(None, {"fields": ["division", "name_zh", "name_en", *OF_FIRM]})]
    empty_hint = _("Enter the service providers that stand under contract.")

    def rows(self, rows):
        now = in_force(timezone.localdate(), "postings__") & Q(postings__state=Posting.State.CONFIRMED)
        return rows.annotate(stewards_posted=Count("postings__steward", filter=now, distinct=True))

    def panels(self, request, record):
        today = timezone.localdate()
        stewards = {
            _("Name"): link,
            _("Speciality"): lambda row: row.speciality,
            _("Missing by the standard"): lambda row: missing(row, today),
        }
        members = {
            _("Name"): link,
            _("Kind"): lambda row: row.get_kind_display(),
            _("Genres"): genres_of(),
            _("Valid to"): lambda row: day(row.valid_to),
        }
        return [
            *credit.panels_of(self, request, record),
            self.panel(request, PoolMember, members, firm=record),
            self.panel(request, Steward, stewards, lambda rows: rows.prefetch_related("qualifications"), firm=record),
        ]

    @admin.display(description=_("Service provider"), ordering="unit__name_zh")
    def name(self, firm):
        return firm.name

    @admin.display(description=_("County"))
    def county(self, firm):
        return firm.unit.division.name

    @admin.display(description=_("Stewards in post"))
    def posted(self, firm):
        return number(firm.stewards_posted)


class GenresForm(VerbForm):
    """Somebody with the genres he teaches or works in."""

    genres = forms.MultipleChoiceField(
        label=_("Genres"),
        choices=lambda: list(codes.words_of("genre").items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@admin.register(PoolMember)
class PoolMemberAdmin(ScopedModelAdmin):
    add_action = actions.add_pool_member
    change_action = actions.change_pool_member
    add_form = change_form = GenresForm
    changeable = ("kind", "name", "genres", "title", "valid_from", "valid_to")
    joins = ("firm__unit",)
    list_display = ["name", "firm", "kind", "genres", "title", "valid_from", "valid_to"]
    list_filter = [
        ConditionFilter.on("force", title=_("Validity"), chips=True, conditions=IN_FORCE),
        ChoiceFilter.on("kind"),
        RowFilter.on("firm"),
    ]
    search_fields = ["name", "title"]
    search_help_text = _("Name or title")
    ordering = ["name", "pk"]
    sortable_by = ("name", "valid_from", "valid_to")
    fieldsets = [(None, {"fields": ["firm", *changeable]})]
    empty_hint = _("Enter whom a service provider can call on: project managers, and teachers by genre.")

    def get_list_display(self, request):
        said = genres_of()

        @admin.display(description=_("Genres"))
        def taught(member):
            return said(member)

        return [taught if name == "genres" else name for name in super().get_list_display(request)]


@admin.register(Steward)
class StewardAdmin(ScopedModelAdmin):
    add_action = actions.add_steward
    change_action = actions.change_steward
    add_form = change_form = GenresForm
    changeable = ("name", "speciality", "degree", "genres", "user")
    joins = ("firm__unit", "user")
    list_display = ["name", "firm", "speciality", "station", "lacking", "account"]
    list_filter = [
        ConditionFilter.on(
            "posted",
            title=_("Posting"),
            chips=True,
            conditions={
                "now": (_("In post"), lambda rows, today: rows.exclude(posted_at=None)),
                "none": (_("Without a posting"), lambda rows, today: rows.filter(posted_at=None)),
            },
        ),
        RowFilter.on("firm"),
    ]
    search_fields = ["search", "speciality"]
    search_help_text = _("Name, pinyin, initials or speciality")
    ordering = ["name", "pk"]
    sortable_by = ("name", "firm")
    fieldsets = [(None, {"fields": ["firm", "name", "speciality", "degree", "genres", "user"]})]
    empty_hint = _("Enter the stewards of a service provider, then post each to a station.")

    def rows(self, rows):
        now = Posting.objects.on(timezone.localdate()).filter(steward=OuterRef("pk")).order_by("-full_time")
        posted = rows.annotate(posted_at=Subquery(now.values("station__unit__name_zh")[:1]))
        return posted.prefetch_related("qualifications")

    def panels(self, request, record):
        columns = {
            _("Station"): lambda row: link(row, row.station),
            _("Full-time"): lambda row: _("yes") if row.full_time else _("no"),
            _("Valid from"): lambda row: day(row.valid_from),
            _("Valid to"): lambda row: day(row.valid_to),
        }
        return [
            credit.lacks_panel(record),
            credit.qualifications_panel(self, request, record),
            self.panel(request, Posting, columns, steward=record),
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            own = Q(pk__in=Steward.objects.visible_to(request.user).values("user"))
            of_stewards = field.queryset.filter(memberships__role="steward")
            field.queryset = of_stewards.filter(Q(steward=None) | own).distinct()
        return field

    @admin.display(description=_("Station"))
    def station(self, steward):
        return steward.posted_at or chip(_("Without a posting"), "wait")

    @admin.display(description=_("Missing by the standard"))
    def lacking(self, steward):
        return missing(steward, timezone.localdate())

    @admin.display(description=_("Account"))
    def account(self, steward):
        return _("yes") if steward.user_id else _("no")
