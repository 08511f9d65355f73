"""Targets in the admin: what is to be reached, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget

from culture_admin.bureau.numbers import FAMILIES, LABELS
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    Panel,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    in_column,
    number,
    territory_of,
)
from culture_admin.interfaces.admin.cells import DASH
from culture_admin.statistics.actions import change_target, set_target
from culture_admin.statistics.models import Target
from culture_admin.statistics.progress import progress_of
from culture_admin.statistics.register import METRICS
from culture_admin.statistics.snapshots import grouped
from culture_admin.territory.models import Level, Unit

TONES = {Target.State.SET: "good", Target.State.WITHDRAWN: "off"}


def metrics() -> list[tuple[object, list[tuple[str, object]]]]:
    """The metrics to choose from, by family, named in the reader's language."""
    families: dict[str, list[tuple[str, object]]] = {}
    for code, metric in METRICS.items():
        families.setdefault(code.partition(".")[0], []).append((code, f"{metric.label} ({metric.unit})"))
    return [("", [("", _("Choose …"))]), *((FAMILIES.get(family, family), found) for family, found in families.items())]


class TargetForm(VerbForm):
    """A new target; what narrows it is set through the API."""

    metric = forms.ChoiceField(label=gettext_lazy("Metric"), choices=metrics, widget=UnfoldAdminSelectWidget)

    def clean(self):
        cleaned = super().clean() or {}
        return {name: value for name, value in cleaned.items() if value is not None}


@admin.register(Target)
class TargetAdmin(ScopedModelAdmin):
    add_action = set_target
    change_action = change_target
    add_form = TargetForm
    changeable = ("number", "source")
    joins = ("place", "station", "set_by")
    list_display = ["year", "what", "place", "station", "target", "source", "standing"]
    list_display_links = ["what"]
    list_filter = [ChoiceFilter.on("state", chips=True), PlaceFilter.on("place__path")]
    search_fields = ["metric", "source"]
    search_help_text = gettext_lazy("Code of a metric, or document")
    ordering = ["-year", "place__code", "metric", "pk"]
    sortable_by = ("year",)
    fieldsets = [
        (None, {"fields": ["what", ("place", "station"), ("year", "number"), "narrowed", "source", "set_by"]}),
    ]
    add_fieldsets = [(None, {"fields": ["metric", ("place", "station"), ("year", "number"), "source"]})]
    empty_hint = gettext_lazy(
        "Enter what a document asks of towns or stations in a year; how far it has come is counted."
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        places = territory_of(request.user, self.power)
        if db_field.name == "place":
            kwargs["queryset"] = places.exclude(level=Level.VILLAGE)
        if db_field.name == "station":
            kwargs["queryset"] = Unit.objects.filter(kind=Unit.Kind.STATION, division__in=places)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def may_change(self, request, record):
        return record.state == Target.State.SET and super().may_change(request, record)

    def panels(self, request, record):
        found = progress_of([record], user=request.user)[record.pk]
        columns: list[object] = [
            _("Reached"),
            _("To be reached"),
            _("Share of the target"),
            _("Short by"),
            _("Days left"),
        ]
        share = DASH if found.share is None else f"{found.share * 100:.0f}%"
        cells: list[object] = [
            in_column(DASH if found.value is None else grouped(found.value), found.value),
            in_column(grouped(found.number), found.number),
            in_column(share, found.share),
            in_column(grouped(found.missing), found.missing),
            number(found.days_left),
        ]
        return [Panel(_("How far it has come"), "", columns, [cells], "")]

    @admin.display(description=gettext_lazy("Metric"), ordering="metric")
    def what(self, target):
        return target.about

    @admin.display(description=gettext_lazy("To be reached"))
    def target(self, target):
        return in_column(grouped(target.number), target.number)

    @admin.display(description=gettext_lazy("Narrowed to"))
    def narrowed(self, target):
        return "; ".join(f"{LABELS.get(name, name)}: {value}" for name, value in _sorted(target.where)) or DASH

    @admin.display(description=gettext_lazy("State"))
    def standing(self, target):
        return chip(target.get_state_display(), TONES[target.state])


def _sorted(where: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(where.items())
