"""Thresholds in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import ChoiceFilter, ConditionFilter, ScopedModelAdmin, number, territory_of
from culture_admin.territory.models import Level
from stations import actions
from stations.admin.rows import IN_FORCE
from stations.models import Threshold


@admin.register(Threshold)
class ThresholdAdmin(ScopedModelAdmin):
    add_action = actions.set_threshold
    joins = ("division",)
    list_display = ["code", "place", "limit", "valid_from", "valid_to", "source"]
    list_filter = [
        ChoiceFilter.on("code", chips=True),
        ConditionFilter.on("force", title=_("Validity"), conditions=IN_FORCE),
    ]
    ordering = ["code", "division__code", "-valid_from"]
    sortable_by = ("valid_from",)
    fieldsets = [(None, {"fields": ["code", "division", "number", ("valid_from", "valid_to"), "source"]})]
    add_fieldsets = [(None, {"fields": ["code", "division", "number", "valid_from", "source"]})]
    empty_hint = _("A county may ask for more than the law; enter its number with the document that sets it.")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "division":
            kwargs["queryset"] = territory_of(request.user, self.power).exclude(level=Level.VILLAGE)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None:
            form.base_fields["division"].required = True
        return form

    @admin.display(description=_("Place"))
    def place(self, row):
        return row.division.name if row.division else _("Everywhere")

    @admin.display(description=_("Number"))
    def limit(self, row):
        return number(row.number)
