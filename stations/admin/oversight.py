"""Features, safety checks, complaints and the facts of the year in the admin."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    Panel,
    PeriodFilter,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    link,
    number,
)
from culture_admin.interfaces.permissions import covers
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.spreadsheets import MEDIA_TYPES
from culture_admin.interfaces.text import LineFormField
from stations import actions
from stations.actions.features import CHANGEABLE as OF_FEATURES
from stations.actions.features import writers_of
from stations.actions.national import national_form
from stations.models import Complaint, Feature, Finding, SafetyCheck, Station, YearlyFacts
from stations.models.safety import Item, Result
from stations.models.yearly import ASSETS, BOOKS_BOUGHT, EXPENDITURE, HOLDINGS, INCOME, STAFF

FEATURES = {"proposed": "wait", "returned": "warn", "recognised": "good", "ended": "off", "void": "off"}
COMPLAINTS = {"received": "wait", "returned": "warn", "answered": "wait", "closed": "good", "void": "off"}
FACTS = {"draft": "", "submitted": "wait", "endorsed": "wait", "returned": "warn", "confirmed": "good"}
RESULTS = {Result.OK: "good", Result.BAD: "warn", Result.NONE: "off"}


class AtStation(ScopedModelAdmin):
    """Records of one station."""

    joins: tuple[str, ...] = ("station__unit", "station__division")
    search_fields = ["station__unit__search"]
    search_help_text = _("Station: name, pinyin or initials")
    ordering = ["-pk"]

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, row):
        return row.station.name


@admin.register(Feature)
class FeatureAdmin(AtStation):
    add_action = actions.propose_feature
    change_action = actions.change_feature
    changeable = OF_FEATURES
    joins = (*AtStation.joins, "village")
    list_display = ["name", "at", "village", "since", "level", "document", "standing"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ChoiceFilter.on("level"),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["station__unit__search", "name"]
    search_help_text = _("Station, or a word of the name")
    sortable_by = ("at", "since")
    autocomplete_fields = ["village"]
    fieldsets = [(None, {"fields": ["station", "name", "village", "since", ("level", "document"), "description"]})]
    empty_hint = _("Towns propose here what they are known for; the bureau recognises it.")

    def may_change(self, request, record):
        return super().may_change(request, record) and covers(request.user, record, writers_of(record))

    @admin.display(description=_("State"))
    def standing(self, feature):
        return chip(feature.get_state_display(), FEATURES[feature.state])


class LookedAtForm(VerbForm):
    """A choice and a remark for each thing that is looked at; what is left empty was not looked at."""

    class Meta:
        model = SafetyCheck
        fields = ["station", "checked_on", "by", "checker", "note"]

    def clean(self):
        """Gives the verb its `items`."""
        cleaned = super().clean()
        said = [
            {
                "item": item,
                "result": cleaned.pop(f"{item}_result", ""),
                "remark": cleaned.pop(f"{item}_remark", ""),
            }
            for item in Item.values
        ]
        cleaned["items"] = [one for one in said if one["result"]]
        return cleaned


def _looked_at() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for item in Item:
        choices = [("", "—"), *Result.choices]
        fields[f"{item}_result"] = forms.ChoiceField(
            label=item.label, choices=choices, required=False, widget=UnfoldAdminSelectWidget
        )
        fields[f"{item}_remark"] = LineFormField(
            label=_("Remark"), required=False, max_length=200, widget=UnfoldAdminTextInputWidget
        )
    return fields


SafetyCheckForm = type("SafetyCheckForm", (LookedAtForm,), _looked_at())


@admin.register(SafetyCheck)
class SafetyCheckAdmin(AtStation):
    add_action = actions.record_safety_check
    add_form = SafetyCheckForm
    list_display = ["checked_on", "at", "by", "checker", "outcome", "standing"]
    list_display_links = ["checked_on"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ConditionFilter.on(
            "outcome",
            title=pgettext_lazy("a safety check", "Result"),
            conditions={
                "failed": (_("Not in order"), lambda rows, today: rows.filter(failed=True)),
                "passed": (_("In order"), lambda rows, today: rows.filter(failed=False)),
            },
        ),
        ChoiceFilter.on("by"),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("checked_on"),
    ]
    search_fields = ["station__unit__search", "checker"]
    search_help_text = _("Station or checker")
    ordering = ["-checked_on", "-pk"]
    sortable_by = ("checked_on", "at")
    fieldsets = [(None, {"fields": ["station", ("checked_on", "by"), "checker", "note"]})]
    add_fieldsets = [
        *fieldsets,
        (_("Looked at"), {"fields": [(f"{item}_result", f"{item}_remark") for item in Item.values]}),
    ]
    empty_hint = _("Enter what was looked at; what is not in order becomes a finding.")

    def panels(self, request, record):
        items = [
            [item.get_item_display(), chip(item.get_result_display(), RESULTS[item.result]), item.remark]
            for item in record.items.all()
        ]
        return [
            Panel(
                _("Looked at"), "", [_("Looked at"), pgettext_lazy("a safety check", "Result"), _("Remark")], items, ""
            ),
            findings_about(self, request, record),
        ]

    @admin.display(description=pgettext_lazy("a safety check", "Result"))
    def outcome(self, check):
        return chip(_("Not in order"), "warn") if check.failed else chip(_("In order"), "good")

    @admin.display(description=_("State"))
    def standing(self, check):
        return chip(check.get_state_display(), "off" if check.state == SafetyCheck.State.VOID else "")


class ReceiveForm(VerbForm):
    """A complaint as it came in; who complained is sealed at once."""

    name = LineFormField(
        label=_("Name of who complained"), required=False, max_length=60, widget=UnfoldAdminTextInputWidget
    )
    contact = LineFormField(
        label=_("How he is reached"), required=False, max_length=60, widget=UnfoldAdminTextInputWidget
    )

    class Meta:
        model = Complaint
        fields = ["station", "received_on", "channel", "about", "text", "working_days"]


@admin.register(Complaint)
class ComplaintAdmin(AtStation):
    add_action = actions.receive_complaint
    add_form = ReceiveForm
    joins = (*AtStation.joins, "data")
    list_display = ["received_on", "at", "about", "words", "until", "outcome", "standing"]
    list_display_links = ["words"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ConditionFilter.on(
            "late",
            title=_("Overdue"),
            conditions={"true": (_("Overdue"), lambda rows, today: rows.late(today))},
        ),
        ChoiceFilter.on("about"),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("received_on"),
    ]
    search_fields = ["station__unit__search", "text"]
    search_help_text = _("Station, or a word of the complaint")
    ordering = ["-received_on", "-pk"]
    sortable_by = ("received_on", "at")
    fieldsets = [
        (None, {"fields": ["station", ("received_on", "channel"), "about", "text", "complainant"]}),
        (_("Answer"), {"fields": [("working_days", "until"), "answer", "outcome", ("answered_on", "closed_on")]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["station", ("received_on", "channel"), "about", "text", "working_days"]}),
        (_("Who complained"), {"fields": ["name", "contact"]}),
    ]
    empty_hint = _("Enter what the public complains of; the town answers within the working days.")

    def panels(self, request, record):
        return [findings_about(self, request, record)]

    @admin.display(description=_("What is complained of"))
    def words(self, complaint):
        return complaint.text[:40]

    @admin.display(description=_("To be answered until"))
    def until(self, complaint):
        late = complaint.state in Complaint.OPEN and complaint.due_on and complaint.due_on < timezone.localdate()
        return chip(day(complaint.due_on), "warn") if late else day(complaint.due_on)

    @admin.display(description=_("Who complained"))
    def complainant(self, complaint):
        data = getattr(complaint, "data", None)
        return " · ".join(str(value) for value in (data and data.name, data and data.contact) if value) or "—"

    @admin.display(description=_("State"))
    def standing(self, complaint):
        return chip(complaint.get_state_display(), COMPLAINTS[complaint.state])


@admin.register(YearlyFacts)
class YearlyFactsAdmin(AtStation):
    add_action = actions.open_facts
    list_display = ["year", "at", "books", "machines", "assets", "income", "expenditure", "missing", "standing"]
    list_display_links = ["year"]
    list_filter = [ChoiceFilter.on("state", chips=True), PlaceFilter.on("station__division__path")]
    ordering = ["-year", "station__division__code", "pk"]
    sortable_by = ("year", "at")
    fieldsets = [
        (None, {"fields": ["station", "year", "note"]}),
        (_("Staff and holdings"), {"fields": [STAFF, HOLDINGS[:2], HOLDINGS[2:]]}),
        (_("Assets"), {"fields": [ASSETS]}),
        (_("Income"), {"fields": [INCOME[:2], INCOME[2:], "income"]}),
        (_("Expenditure"), {"fields": [EXPENDITURE[:2], EXPENDITURE[2:], BOOKS_BOUGHT, "expenditure"]}),
    ]
    add_fieldsets = [(None, {"fields": ["station", "year"]})]
    empty_hint = _("The facts of a year are opened on 1 January of the next; stations enter them.")

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.national_view))
        return [
            *(
                path(f"national-form.{wanted}", view, {"wanted": wanted}, name=f"stations_national_{wanted}")
                for wanted in MEDIA_TYPES
            ),
            *super().get_urls(),
        ]

    def national_view(self, request: HttpRequest, wanted: str) -> HttpResponse:
        """The table of the national form for a year: a line for each station the reader sees."""
        self.require_view(request)
        query = QueryParameters(request, known={"year"})
        year = query.whole("year") or timezone.localdate().year - 1
        query.check()
        return national_form(request.user, year).answer(wanted)

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "income", "expenditure"]

    @admin.display(description=_("Books"))
    def books(self, facts):
        return number(facts.books)

    @admin.display(description=_("Computers"))
    def machines(self, facts):
        return number(facts.computers)

    @admin.display(description=_("Income (yuan)"))
    def income(self, facts):
        return number(facts.income)

    @admin.display(description=_("Expenditure (yuan)"))
    def expenditure(self, facts):
        return number(facts.expenditure)

    @admin.display(description=pgettext_lazy("figures", "Not recorded"))
    def missing(self, facts):
        return number(len(facts.missing))

    @admin.display(description=_("State"))
    def standing(self, facts):
        return chip(facts.get_state_display(), FACTS[facts.state])


def findings_about(page: ScopedModelAdmin, request, record) -> Panel:
    """What had to be put right because of a record."""
    rows = Finding.objects.visible_to(request.user).about(record)
    lines = [[link(row, row.what), day(row.due_on), row.get_state_display()] for row in rows]
    return Panel(
        Finding._meta.verbose_name_plural, "", [_("What was found"), _("To be put right until"), _("State")], lines, ""
    )


def panels_of(page: ScopedModelAdmin, request, station: Station) -> list:
    """What the page of a station shows of its features, safety checks, complaints and facts."""
    return [
        page.panel(
            request,
            Feature,
            {
                _("Feature of a town"): lambda row: link(row, row.name),
                _("Recognised by"): lambda row: row.get_level_display(),
                _("State"): lambda row: chip(row.get_state_display(), FEATURES[row.state]),
            },
            station=station,
        ),
        page.panel(
            request,
            SafetyCheck,
            {
                _("Checked on"): lambda row: link(row, row.checked_on),
                _("Checked by"): lambda row: row.get_by_display(),
                _("Result"): lambda row: chip(_("Not in order"), "warn") if row.failed else chip(_("In order"), "good"),
            },
            station=station,
        ),
        page.panel(
            request,
            Complaint,
            {
                _("Received on"): lambda row: link(row, row.received_on),
                _("About"): lambda row: row.get_about_display(),
                _("Outcome"): lambda row: row.get_outcome_display() or "—",
                _("State"): lambda row: chip(row.get_state_display(), COMPLAINTS[row.state]),
            },
            station=station,
        ),
        page.panel(
            request,
            YearlyFacts,
            {
                _("Year"): lambda row: link(row, row.year),
                _("State"): lambda row: chip(row.get_state_display(), FACTS[row.state]),
            },
            station=station,
        ),
    ]
