"""Service providers and the people they send, in the bureau's admin."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from culture_admin.interfaces.admin import (
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
from culture_admin.interfaces.text import LineFormField
from culture_admin.territory.models import Division, Level, in_force
from stewards import actions
from stewards.models import Firm, Posting, Steward


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
        fields = ["uscc", "manager"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = territory_of(self.user, Firm.scope.power).filter(level=Level.COUNTY)


@admin.register(Firm)
class FirmAdmin(ScopedModelAdmin):
    add_action = actions.add_firm
    add_form = FirmForm
    joins = ("unit__division",)
    list_display = ["name", "county", "uscc", "manager", "posted"]
    search_fields = ["unit__search", "uscc", "manager"]
    search_help_text = _("Name, pinyin, code or manager")
    ordering = ["unit__name_zh"]
    sortable_by = ("name",)
    fieldsets = [(None, {"fields": ["name", "county", "uscc", "manager"]})]
    add_fieldsets = [(None, {"fields": ["division", "name_zh", "name_en", "uscc", "manager"]})]
    empty_hint = _("Enter the service providers that stand under contract.")

    def rows(self, rows):
        now = in_force(timezone.localdate(), "postings__") & Q(postings__state=Posting.State.CONFIRMED)
        return rows.annotate(stewards_posted=Count("postings__steward", filter=now, distinct=True))

    def panels(self, request, record):
        name = {_("Name"): link, _("Speciality"): lambda row: row.speciality}
        return [self.panel(request, Steward, name, firm=record)]

    @admin.display(description=_("Service provider"), ordering="unit__name_zh")
    def name(self, firm):
        return firm.name

    @admin.display(description=_("County"))
    def county(self, firm):
        return firm.unit.division.name

    @admin.display(description=_("Stewards in post"))
    def posted(self, firm):
        return number(firm.stewards_posted)


@admin.register(Steward)
class StewardAdmin(ScopedModelAdmin):
    add_action = actions.add_steward
    joins = ("firm__unit",)
    list_display = ["name", "firm", "speciality", "station", "account"]
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
    fieldsets = [(None, {"fields": ["name", "firm", "speciality", "user"]})]
    empty_hint = _("Enter the stewards of a service provider, then post each to a station.")

    def rows(self, rows):
        now = Posting.objects.on(timezone.localdate()).filter(steward=OuterRef("pk")).order_by("-full_time")
        return rows.annotate(posted_at=Subquery(now.values("station__unit__name_zh")[:1]))

    def panels(self, request, record):
        columns = {
            _("Station"): lambda row: link(row, row.station),
            _("Full-time"): lambda row: _("yes") if row.full_time else _("no"),
            _("Valid from"): lambda row: day(row.valid_from),
            _("Valid to"): lambda row: day(row.valid_to),
        }
        return [self.panel(request, Posting, columns, steward=record)]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            field.queryset = field.queryset.filter(memberships__role="steward", steward=None).distinct()
        return field

    @admin.display(description=_("Station"))
    def station(self, steward):
        return steward.posted_at or chip(_("Without a posting"), "wait")

    @admin.display(description=_("Account"))
    def account(self, steward):
        return _("yes") if steward.user_id else _("no")
