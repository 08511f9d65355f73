"""Re-checks of titles in the admin: planned for a day, and then the title is kept or withdrawn."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.actions import plan_recheck
from assessments.admin.states import state_of
from assessments.models import Assessment, Computation, Recheck, Result
from assessments.naming import title_name
from culture_admin.interfaces.admin import ChoiceFilter, PeriodFilter, PlaceFilter, ScopedModelAdmin, link

WRITERS = ("decide",)


@admin.register(Recheck)
class RecheckAdmin(ScopedModelAdmin):
    add_action = plan_recheck
    writers = WRITERS
    joins = ("assessment__unit", "assessment__division", "assessment__cycle__scheme")
    list_display = ["due_on", "at", "named", "year", "standing"]
    list_display_links = ["at"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        PlaceFilter.on("assessment__division__path"),
        PeriodFilter.on("due_on"),
    ]
    search_fields = ["assessment__unit__search", "title"]
    search_help_text = _("Town or title")
    ordering = ["due_on", "assessment__division__code", "pk"]
    sortable_by = ("due_on",)
    fieldsets = [(None, {"fields": [("town", "year"), "named", "due_on"]})]
    add_fieldsets = [(None, {"fields": ["assessment", "due_on"]})]
    empty_hint = _("Plan when a title is looked at again, and say then whether it is kept.")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Towns whose results are final and brought a title."""
        if db_field.name == "assessment":
            titled = Result.objects.filter(assessment=OuterRef("pk")).exclude(title="")
            kwargs["queryset"] = (
                Assessment.objects.visible_to(request.user)
                .filter(Exists(titled.exclude(computation__kind=Computation.Kind.INTERIM)))
                .filter(state=Assessment.State.FINAL)
                .select_related("unit", "cycle__scheme")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("Assessed"), ordering="assessment__division__code")
    def at(self, row):
        return row.assessment.unit.name

    @admin.display(description=_("Assessed"))
    def town(self, row):
        return link(row.assessment, row.assessment.unit.name)

    @admin.display(description=_("Year"))
    def year(self, row):
        return row.assessment.cycle.year

    @admin.display(description=pgettext_lazy("of a town", "Title"))
    def named(self, row):
        return title_name(row.assessment.cycle.scheme, row.title)

    @admin.display(description=_("State"))
    def standing(self, row):
        return state_of(row)
