"""The registers of the ground in the admin: divisions, residents, units."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.acting import acting
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    day,
    link,
    number,
    territory_of,
)
from culture_admin.territory import actions
from culture_admin.territory.models import Division, Level, Residents, Succession, Unit, in_force

IN_FORCE = ConditionFilter.on(
    "force",
    title=_("Validity"),
    conditions={
        "now": (_("In force"), lambda rows, today: rows.filter(in_force(today))),
        "ended": (_("Ended"), lambda rows, today: rows.filter(valid_to__lte=today)),
    },
)


class RegisterAdmin(ScopedModelAdmin):
    """A public register: every account reads it, the system administrator enters what lies in his territory."""

    power = "territory"
    # The field that says in which division a row lies.
    place = "division_id"

    def may_change(self, request, record):
        return territory_of(request.user, self.power).filter(pk=getattr(record, self.place)).exists()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Division:
            kwargs["queryset"] = territory_of(request.user, self.power).existing(timezone.localdate())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("Name"))
    def name(self, record):
        return record.name


@admin.register(Division)
class DivisionAdmin(RegisterAdmin):
    place = "parent_id"
    joins = ("parent",)
    list_display = ["code", "name", "level", "type", "parent", "valid_from", "valid_to"]
    list_display_links = ["name"]
    list_filter = [ChoiceFilter.on("level", chips=True), PlaceFilter.on("path"), IN_FORCE]
    search_fields = ["search", "code"]
    search_help_text = _("Name, pinyin, initials or code")
    ordering = ["code", "pk"]
    sortable_by = ("code",)
    fieldsets = [
        (None, {"fields": ["code", ("name_zh", "name_en"), ("level", "type"), "parent", ("valid_from", "valid_to")]})
    ]

    def get_search_results(self, request, queryset, search_term):
        """Where a village is to be completed, only villages are offered."""
        if request.GET.get("field_name") == "village":
            queryset = queryset.filter(level=Level.VILLAGE)
        return super().get_search_results(request, queryset, search_term)

    @staticmethod
    def add_action(*, actor, **entries) -> Division:
        with acting(actor):
            return actions.add_division(**entries)

    def panels(self, request, record):
        return [
            self.panel(
                request,
                Residents,
                {
                    _("Year"): lambda row: link(row, row.year),
                    _("Residents"): lambda row: number(row.number),
                    _("Source"): lambda row: row.source,
                },
                division=record,
            ),
            self.panel(
                request,
                Unit,
                {_("Name"): lambda row: link(row, row.name), _("Kind"): lambda row: row.get_kind_display()},
                division=record,
            ),
            self.panel(
                request,
                Succession,
                {_("Successor"): lambda row: link(row.successor), _("From"): lambda row: day(row.on)},
                predecessor=record,
            ),
        ]


class UnitForm(VerbForm):
    """Stations and service providers are opened in their own rooms."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            own_rooms = {Unit.Kind.STATION, Unit.Kind.FIRM}
            self.fields["kind"].choices = [
                choice for choice in self.fields["kind"].choices if choice[0] not in own_rooms
            ]


@admin.register(Unit)
class UnitAdmin(RegisterAdmin):
    add_form = UnitForm
    joins = ("division",)
    list_display = ["name", "kind", "division", "valid_from", "valid_to"]
    list_filter = [ChoiceFilter.on("kind"), PlaceFilter.on("division__path"), IN_FORCE]
    search_fields = ["search"]
    search_help_text = _("Name, pinyin or initials")
    ordering = ["division__code", "kind", "pk"]
    sortable_by = ("division",)
    fieldsets = [(None, {"fields": ["kind", "division", "name_zh", "name_en", "valid_from", "valid_to"]})]
    add_fieldsets = [(None, {"fields": ["kind", "division", "name_zh", "name_en", "valid_from"]})]

    @staticmethod
    def add_action(*, actor, **entries) -> Unit:
        with acting(actor):
            return actions.add_unit(**entries)


@admin.register(Residents)
class ResidentsAdmin(RegisterAdmin):
    joins = ("division",)
    changeable = ("number", "source")
    list_display = ["division", "year", "people", "source"]
    list_filter = [PlaceFilter.on("division__path")]
    search_fields = ["division__search", "source"]
    search_help_text = _("Division or source")
    ordering = ["-year", "division__code", "pk"]
    sortable_by = ("year",)
    fieldsets = [(None, {"fields": ["division", "year", "number", "source"]})]
    empty_hint = _("Enter the residents of each town and year with the source; numbers per resident rest on them.")

    @staticmethod
    def add_action(*, actor, **entries) -> Residents:
        with acting(actor):
            return actions.record_residents(**entries)

    @staticmethod
    def change_action(*, actor, residents: Residents, number: int | None = None, source: str = "") -> Residents:
        with acting(actor):
            return actions.record_residents(
                division=residents.division,
                year=residents.year,
                number=residents.number if number is None else number,
                source=source or residents.source,
            )

    @admin.display(description=_("Residents"), ordering="number")
    def people(self, residents):
        return number(residents.number)


@admin.register(Succession)
class SuccessionAdmin(RegisterAdmin):
    place = "predecessor_id"
    joins = ("predecessor", "successor")
    list_display = ["predecessor", "successor", "on", "share"]
    search_fields = ["predecessor__search", "successor__search"]
    ordering = ["-on", "pk"]
    sortable_by = ("on",)
    fieldsets = [(None, {"fields": ["predecessor", "successor", "on", "share"]})]
    empty_hint = _("What a division became: a merger, a split or a move to another county.")

    @staticmethod
    def add_action(*, actor, **entries) -> Succession:
        with acting(actor):
            return actions.add_succession(**entries)
