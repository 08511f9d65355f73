"""The professional backbone, its pairings and its visit days in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    PeriodFilter,
    PlaceFilter,
    RowFilter,
    ScopedModelAdmin,
    chip,
    day,
    link,
    number,
    territory_of,
)
from culture_admin.territory.models import Unit
from stations import actions
from stations.admin.rows import IN_FORCE
from stations.metrics.progress import Served, served
from stations.models import Backbone, Pairing, PairingVisit, Station

V = PairingVisit.State
TONES = {V.PLANNED: "", V.LOGGED: "wait", V.CONFIRMED: "good", V.RETURNED: "warn", V.VOID: "off"}
STANDING = {"met": "good", "open": "wait", "short": "warn"}


@admin.register(Backbone)
class BackboneAdmin(ScopedModelAdmin):
    add_action = actions.add_backbone
    change_action = actions.change_backbone
    changeable = ("name", "speciality", "user")
    joins = ("unit__division",)
    list_display = ["name", "speciality", "unit", "account"]
    search_fields = ["search", "speciality"]
    search_help_text = _("Name, pinyin, initials or speciality")
    ordering = ["name", "pk"]
    sortable_by = ("name",)
    fieldsets = [(None, {"fields": ["name", "unit", "speciality", "user"]})]
    empty_hint = _("Enter the people of the cultural centre who guide stations, then pair each with some.")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit":
            own = territory_of(request.user, self.power)
            kwargs["queryset"] = Unit.objects.filter(division__in=own, kind=Unit.Kind.CENTRE)
        if db_field.name == "user":
            own = territory_of(request.user, self.power)
            accounts = User.objects.filter(memberships__role=Role.BACKBONE, memberships__unit__division__in=own)
            kwargs["queryset"] = User.objects.filter(pk__in=accounts.values("pk")).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def panels(self, request, record):
        columns = {
            _("Station"): lambda row: link(row, row.station.name),
            _("Days a year planned here"): lambda row: number(row.planned_days),
            _("What the help is for"): lambda row: row.aim,
            _("Valid from"): lambda row: day(row.valid_from),
            _("Valid to"): lambda row: day(row.valid_to),
        }
        return [self.panel(request, Pairing, columns, backbone=record)]

    @admin.display(description=_("Account"))
    def account(self, backbone):
        return _("yes") if backbone.user_id else _("no")


@admin.register(Pairing)
class PairingAdmin(ScopedModelAdmin):
    add_action = actions.pair_station
    change_action = actions.change_pairing
    changeable = ("planned_days", "aim", "valid_to")
    joins = ("backbone", "station__unit", "station__division")
    list_display = ["backbone", "at", "planned", "aim", "valid_from", "valid_to"]
    list_filter = [
        ConditionFilter.on("force", title=_("Validity"), chips=True, conditions=IN_FORCE),
        PlaceFilter.on("station__division__path"),
        RowFilter.on("backbone"),
    ]
    search_fields = ["backbone__search", "station__unit__search"]
    search_help_text = _("Person or station: name, pinyin or initials")
    ordering = ["station__division__code", "-valid_from", "pk"]
    sortable_by = ("valid_from",)
    fieldsets = [
        (None, {"fields": ["backbone", "station", "planned_days", "aim"]}),
        (_("Validity"), {"fields": ["valid_from", "valid_to"]}),
    ]
    empty_hint = _("Pair a professional of the cultural centre with a station from a day on.")

    def panels(self, request, record):
        columns = {
            _("Day"): lambda row: link(row, day(row.on)),
            _("Part of the day"): lambda row: row.get_part_display(),
            pgettext_lazy("a visit day", "What was done"): lambda row: row.task_names,
            _("State"): lambda row: chip(row.get_state_display(), TONES[row.state]),
        }
        return [self.panel(request, PairingVisit, columns, pairing=record)]

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, pairing):
        return pairing.station.name

    @admin.display(description=_("Days a year planned here"))
    def planned(self, pairing):
        return number(pairing.planned_days)


@admin.register(PairingVisit)
class PairingVisitAdmin(ScopedModelAdmin):
    joins = ("backbone", "station__unit", "station__division")
    list_display = ["on", "backbone", "at", "part", "done", "standing"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("on"),
        RowFilter.on("backbone"),
    ]
    search_fields = ["backbone__search", "station__unit__search", "summary"]
    search_help_text = _("Person, station, or a word of what was done")
    ordering = ["-on", "-pk"]
    sortable_by = ("on",)
    fieldsets = [
        (None, {"fields": ["backbone", "station", "on", "part", "done", "summary"]}),
        (_("As recorded"), {"fields": ["recorded_by", "division", "county"]}),
    ]
    empty_hint = _("The people of the backbone log their days on the phone, and the stations confirm them.")

    @admin.display(description=_("Station"))
    def at(self, visit):
        return visit.station.name

    @admin.display(description=pgettext_lazy("a visit day", "What was done"))
    def done(self, visit):
        return visit.task_names or "—"

    @admin.display(description=_("State"))
    def standing(self, visit):
        return chip(visit.get_state_display(), TONES[visit.state])


def panels_of(page: ScopedModelAdmin, request, station: Station) -> list:
    """What the page of a station shows of the help it gets, and how many days this year."""
    today = timezone.localdate()
    rows = served(request.user, today.year, today)
    days = {one.pairing.pk: one.days for row in rows for one in row.stations}
    persons: dict[int, Served] = {row.backbone.pk: row for row in rows}

    def whole_year(pairing: Pairing) -> object:
        row = persons.get(pairing.backbone_id)
        return (
            chip(f"{row.progress.reached} / {row.progress.rule.number}", STANDING[row.progress.standing])
            if row
            else "—"
        )

    return [
        page.panel(
            request,
            Pairing,
            {
                _("Professional backbone"): lambda row: link(row, row.backbone.name),
                _("Days here this year"): lambda row: f"{days.get(row.pk, 0)} / {row.planned_days}",
                _("Days at all stations"): whole_year,
                _("Valid from"): lambda row: day(row.valid_from),
                _("Valid to"): lambda row: day(row.valid_to),
            },
            station=station,
        )
    ]
