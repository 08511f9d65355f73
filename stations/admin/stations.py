"""Stations in the bureau's admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import F, OuterRef, Subquery, Sum
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from culture_admin.interfaces.admin import (
    ConditionFilter,
    ListFilter,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    number,
    territory_of,
)
from culture_admin.interfaces.admin.cells import Cell
from culture_admin.interfaces.text import LineFormField
from culture_admin.territory.models import Level, in_force
from stations import actions
from stations.admin import (
    certificates,
    findings,
    money,
    officers,
    oversight,
    pairings,
    premises,
    registration,
    standing,
)
from stations.admin.rows import GRADE_TONES, valid_until
from stations.models import Certificate, Facility, Grade, Grading, LegalStanding, Station, with_legal_standing
from stations.models.certificate import RENEWAL


class GradeFilter(ListFilter):
    """By the grade held today."""

    title = _("Grade")
    chips = True

    def lookups(self, request, model_admin):
        return Grade.choices


def _standing(value: str):
    return LegalStanding(value).label, lambda rows, today: rows.filter(legal_standing=value)


def _ended(station: Station) -> Cell:
    """The name of a station that is no more, or will soon be no more, and since when."""
    shown = format_html("{} {}", station.name, chip(station.ending, "off"))
    return Cell.of(shown, f"{station.name} · {station.ending}")


STANDING_TONES = {LegalStanding.IN_FORCE: "good", LegalStanding.LIQUIDATION: "wait", LegalStanding.CANCELLED: "off"}


class OpenStationForm(VerbForm):
    name_zh = LineFormField(label=_("Chinese name"), max_length=100, widget=UnfoldAdminTextInputWidget)
    name_en = LineFormField(label=_("English name"), max_length=150, required=False, widget=UnfoldAdminTextInputWidget)

    class Meta:
        model = Station
        fields = ["division", "address", "telephone"]


@admin.register(Station)
class StationAdmin(ScopedModelAdmin):
    add_action = actions.open_station
    change_action = actions.change_station
    add_form = OpenStationForm
    changeable = ("address", "telephone")
    joins = ("unit", "division", "merged_into__unit")
    list_display = ["name", "division", "grade", "certificate", "legal_person", "expires", "floor_area", "telephone"]
    list_filter = [
        GradeFilter.on("grade"),
        PlaceFilter.on("division__path"),
        ConditionFilter.on(
            "existence",
            title=pgettext_lazy("of stations", "Existence"),
            conditions={
                "existing": (pgettext_lazy("of stations", "Existing"), lambda rows, today: rows.existing(today)),
                "ended": (_("Ended or merged"), lambda rows, today: rows.ended(today)),
            },
        ),
        ConditionFilter.on(
            "certificate",
            title=_("Legal person"),
            conditions={
                **{value: _standing(value) for value in LegalStanding.values},
                "ending": (
                    _("Ends within 30 days"),
                    lambda rows, today: rows.filter(expires__gt=today, expires__lte=today + RENEWAL),
                ),
            },
        ),
    ]
    search_fields = ["unit__search", "certificates__uscc"]
    search_help_text = _("Name, pinyin, initials or code")
    ordering = ["division__code"]
    sortable_by = ("division", "expires", "floor_area")
    fieldsets = [(None, {"fields": ["name", "division", "address", "telephone"]})]
    add_fieldsets = [(None, {"fields": ["division", "name_zh", "name_en", "address", "telephone"]})]
    empty_hint = _("Open the first station: every town and subdistrict has one.")

    def rows(self, rows):
        today = timezone.localdate()
        of_station = {"station": OuterRef("pk")}
        newest = Certificate.objects.filter(**of_station).order_by("-valid_from")
        area = Facility.objects.filter(in_force(today), **of_station).order_by().values("station")
        return with_legal_standing(rows, today).annotate(
            grade=Subquery(Grading.objects.standing().filter(in_force(today), **of_station).values("grade")[:1]),
            uscc=Subquery(newest.values("uscc")[:1]),
            expires=Subquery(newest.values("valid_to")[:1]),
            area=Subquery(area.annotate(sum=Sum("floor_area")).values("sum")),
        )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "division":
            towns = territory_of(request.user, self.power).filter(level=Level.TOWN).governed()
            kwargs["queryset"] = towns.existing(timezone.localdate()).filter(stations=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def panels(self, request, record):
        rooms = (certificates, registration, standing, oversight, premises, money, findings, pairings, officers)
        return [panel for room in rooms for panel in room.panels_of(self, request, record)]

    @admin.display(description=_("Station"), ordering="division__code")
    def name(self, station):
        return _ended(station) if station.ending else station.name

    @admin.display(description=_("Grade"))
    def grade(self, station):
        return chip(Grade(station.grade).label, GRADE_TONES[station.grade]) if station.grade else "—"

    @admin.display(description=_("Unified social credit code"))
    def certificate(self, station):
        return station.uscc or chip(_("No certificate"), "warn")

    @admin.display(description=_("Legal person"))
    def legal_person(self, station):
        return chip(LegalStanding(station.legal_standing).label, STANDING_TONES.get(station.legal_standing, "warn"))

    @admin.display(description=_("Certificate until"), ordering=F("expires").asc(nulls_first=True))
    def expires(self, station):
        return valid_until(station.expires) if station.uscc else "—"

    @admin.display(description=_("Floor area (m²)"), ordering="area")
    def floor_area(self, station):
        return number(station.area)
