"""Stations in the bureau's admin: their files, certificates, grades, titles and premises."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import admin
from django.db.models import F, OuterRef, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    ListFilter,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    link,
    number,
    territory_of,
)
from culture_admin.interfaces.text import LineFormField
from culture_admin.territory.models import Level, in_force
from stations import actions
from stations.models import Certificate, Facility, Grade, Grading, Station, Title

# A certificate is renewed within the half year before it ends.
SOON = timedelta(days=183)
GRADE_TONES = {Grade.SPECIAL: "good", Grade.FIRST: "good", Grade.SECOND: "", Grade.THIRD: ""}


class GradeFilter(ListFilter):
    """By the grade held today."""

    title = _("Grade")
    chips = True

    def lookups(self, request, model_admin):
        return Grade.choices


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
    joins = ("unit", "division")
    list_display = ["name", "division", "grade", "certificate", "expires", "floor_area", "telephone"]
    list_filter = [
        GradeFilter.on("grade"),
        PlaceFilter.on("division__path"),
        ConditionFilter.on(
            "certificate",
            title=_("Legal person certificate"),
            conditions={
                "in_force": (_("In force"), lambda rows, today: rows.filter(expires__gt=today)),
                "ending": (
                    _("Ends within half a year"),
                    lambda rows, today: rows.filter(expires__gt=today, expires__lte=today + SOON),
                ),
                "expired": (_("Expired"), lambda rows, today: rows.filter(expires__lte=today)),
                "none": (_("None"), lambda rows, today: rows.filter(expires=None)),
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
        return rows.annotate(
            grade=Subquery(Grading.objects.filter(in_force(today), **of_station).values("grade")[:1]),
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
        valid = {_("Valid from"): lambda row: day(row.valid_from), _("Valid to"): lambda row: day(row.valid_to)}
        return [
            self.panel(request, Certificate, {_("Code"): lambda row: link(row, row.uscc), **valid}, station=record),
            self.panel(
                request,
                Grading,
                {_("Grade"): lambda row: link(row, row.get_grade_display()), _("Document"): _document, **valid},
                station=record,
            ),
            self.panel(
                request,
                Title,
                {
                    pgettext_lazy("of a town", "Title"): lambda row: link(row, row.title),
                    _("Year"): lambda row: row.year,
                    _("Document"): _document,
                },
                station=record,
            ),
            self.panel(
                request,
                Facility,
                {
                    _("Name"): lambda row: link(row, row.name),
                    _("Use"): lambda row: row.use,
                    _("Floor area (m²)"): lambda row: number(row.floor_area),
                    **valid,
                },
                station=record,
            ),
        ]

    @admin.display(description=_("Station"), ordering="division__code")
    def name(self, station):
        return station.name

    @admin.display(description=_("Grade"))
    def grade(self, station):
        return chip(Grade(station.grade).label, GRADE_TONES[station.grade]) if station.grade else "—"

    @admin.display(description=_("Unified social credit code"))
    def certificate(self, station):
        return station.uscc or chip(_("No certificate"), "warn")

    @admin.display(description=_("Certificate until"), ordering=F("expires").asc(nulls_first=True))
    def expires(self, station):
        return _until(station.expires) if station.uscc else "—"

    @admin.display(description=_("Floor area (m²)"), ordering="area")
    def floor_area(self, station):
        return number(station.area)


class OfStationAdmin(ScopedModelAdmin):
    """A dated row of a station's file."""

    joins = ("station__unit", "station__division")
    search_fields = ["station__unit__search"]
    search_help_text = _("Station: name, pinyin or initials")
    ordering = ["-valid_from", "pk"]

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, row):
        return row.station.name


IN_FORCE = {
    "now": (_("In force"), lambda rows, today: rows.filter(in_force(today))),
    "ended": (_("Ended"), lambda rows, today: rows.filter(valid_to__lte=today)),
}


@admin.register(Certificate)
class CertificateAdmin(OfStationAdmin):
    add_action = actions.register_legal_person
    list_display = ["at", "uscc", "legal_representative", "authority", "valid_from", "until"]
    list_display_links = ["uscc"]
    list_filter = [
        ConditionFilter.on("force", title=_("Validity"), chips=True, conditions=IN_FORCE),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["station__unit__search", "uscc", "legal_representative"]
    search_help_text = _("Station, code or legal representative")
    sortable_by = ("at", "valid_from", "until")
    fieldsets = [
        (None, {"fields": ["station", "uscc", "legal_representative", "sponsor", "authority"]}),
        (_("Validity"), {"fields": ["valid_from", "valid_to"]}),
        (_("As registered"), {"fields": ["domicile", "purpose", "funding", "startup_funds"]}),
    ]
    empty_hint = _("Enter the certificate of a station once the registration authority has issued it.")

    @admin.display(description=_("Valid to"), ordering="valid_to")
    def until(self, row):
        return _until(row.valid_to)


@admin.register(Grading)
class GradingAdmin(OfStationAdmin):
    add_action = actions.grade_station
    list_display = ["at", "degree", "document", "valid_from", "valid_to"]
    list_display_links = ["degree"]
    list_filter = [
        ChoiceFilter.on("grade", chips=True),
        ConditionFilter.on("force", title=_("Validity"), conditions=IN_FORCE),
        PlaceFilter.on("station__division__path"),
    ]
    sortable_by = ("at", "valid_from")
    fieldsets = [(None, {"fields": ["station", "grade", "document", "valid_from", "valid_to"]})]
    empty_hint = _("Enter the grade of each station with the document that gave it.")

    @admin.display(description=_("Grade"))
    def degree(self, row):
        return chip(row.get_grade_display(), GRADE_TONES[row.grade])


@admin.register(Title)
class TitleAdmin(OfStationAdmin):
    add_action = actions.award_title
    list_display = ["at", "title", "year", "issuer", "document"]
    list_display_links = ["title"]
    list_filter = [PlaceFilter.on("station__division__path")]
    search_fields = ["station__unit__search", "title"]
    sortable_by = ("at", "year")
    fieldsets = [(None, {"fields": ["station", "title", "year", "issuer", "document", "valid_from"]})]
    empty_hint = _("Enter the titles that towns were given, with year and document.")


@admin.register(Facility)
class FacilityAdmin(OfStationAdmin):
    add_action = actions.add_facility
    change_action = actions.change_facility
    changeable = ("use", "floor_area", "capacity", "opening_hours", "valid_to")
    list_display = ["at", "name", "use", "area", "seats", "valid_from", "valid_to"]
    list_display_links = ["name"]
    list_filter = [
        ConditionFilter.on("force", title=_("Validity"), chips=True, conditions=IN_FORCE),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["station__unit__search", "name", "use"]
    sortable_by = ("at", "area")
    fieldsets = [
        (None, {"fields": ["station", "name", "use", ("floor_area", "capacity"), "opening_hours"]}),
        (_("Validity"), {"fields": ["valid_from", "valid_to"]}),
    ]
    empty_hint = _("Enter the halls and rooms of a station; its floor area is their sum.")

    @admin.display(description=_("Floor area (m²)"), ordering="floor_area")
    def area(self, row):
        return number(row.floor_area)

    @admin.display(description=_("Capacity"))
    def seats(self, row):
        return number(row.capacity)


def _until(end: date | None) -> str:
    """The last day of validity: late and nearly late stand out."""
    if end is None:
        return "—"
    left = end - timezone.localdate()
    if left > SOON:
        return day(end)
    return chip(day(end), "warn" if left <= timedelta(0) else "wait")


def _document(row: Grading | Title) -> str:
    return row.document
