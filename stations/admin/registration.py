"""Registration cases in the admin: the bureau reviews them, the registration office decides."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    Panel,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    link,
)
from culture_admin.interfaces.admin.values import is_written, written
from culture_admin.workflow.models import Deadline
from culture_admin.workflow.subjects import with_subjects
from stations import actions
from stations.actions.annual_reports import known_figures
from stations.actions.readiness import FETCHED
from stations.actions.rounds import report_of, rounds_of
from stations.admin import board
from stations.models import AnnualReport, Certificate, Registration, Sanction, Station
from stations.models.documents import checklist
from stations.models.registration import WRITABLE, Item, Kind, Party, State

TONES = {
    State.DRAFT: "", State.RETURNED: "warn", State.REFUSED: "warn", State.WITHDRAWN: "off", State.ISSUED: "good",
    State.ANNOUNCED: "good", State.APPROVED: "good",
}  # fmt: skip
REGISTERED = ("name", "legal_representative", "domicile", "purpose", "funding", "startup_funds")
OF_KIND = {
    Kind.CHANGE: ("items", "event_on"),
    Kind.REISSUE: ("ground",),
    Kind.CANCELLATION: ("ground", "event_on", ("liquidation_from", "liquidation_to")),
    Kind.ANNUAL_REPORT: ("year",),
}


def standing_of(case: Registration):
    """The state of a case as a chip."""
    return chip(case.get_state_display(), TONES.get(State(case.state), "wait"))


def turn_of(case: Registration) -> str:
    return str(Party(case.turn).label)


class ItemsField(forms.MultipleChoiceField):
    """What a change is about."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("What is changed"),
            choices=Item.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class OpenRegistrationForm(VerbForm):
    items = ItemsField(help_text=_("Of a change registration."))

    class Meta:
        model = Registration
        fields = ["station", "kind", "ground", "event_on", "year", "batch"]


class ChangeRegistrationForm(VerbForm):
    items = ItemsField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.kind != Kind.CHANGE or "note" not in self.fields:
            self.fields.pop("items", None)


@admin.register(Registration)
class RegistrationAdmin(ScopedModelAdmin):
    add_action = actions.open_registration
    change_action = actions.change_registration
    add_form = OpenRegistrationForm
    change_form = ChangeRegistrationForm
    writers = ("propose",)
    changeable = (
        "items",
        "ground",
        "event_on",
        *REGISTERED,
        "duplicates",
        "liquidation_from",
        "liquidation_to",
        "note",
    )
    joins = ("station__unit", "station__division", "county", "report")
    list_per_page = 200
    list_display = ["at", "kind", "about", "batch", "standing", "turn", "filed", "by_when"]
    list_display_links = ["at"]
    list_filter = [
        ConditionFilter.on(
            "turn",
            title=_("Whose turn"),
            chips=True,
            conditions={
                party.value: (party.label, lambda rows, today, party=party: rows.before(party)) for party in Party
            },
        ),
        ChoiceFilter.on("kind"),
        ChoiceFilter.on("state"),
        PlaceFilter.on("station__division__path"),
        ConditionFilter.on(
            "late",
            title=_("In time"),
            conditions={"true": (_("Filed late, or due"), lambda rows, today: rows.late(today))},
        ),
    ]
    search_fields = ["station__unit__search", "batch"]
    search_help_text = _("Station or batch")
    ordering = ["-opened_at", "-pk"]
    sortable_by = ("at", "by_when")
    add_fieldsets = [
        (None, {"fields": ["station", "kind", "items", "ground", "event_on", "year", "batch"]}),
    ]
    empty_hint = _("Stations file their cases on their own pages; a batch for many of them is opened on the board.")

    def get_urls(self):
        view = self.admin_site.admin_view
        name = "stations_registration"
        return [
            path("board/", view(self.board_view), name=f"{name}_board"),
            path("board/open/", view(require_POST(self.open_view)), name=f"{name}_open"),
            path("board/codes/", view(require_POST(self.codes_view)), name=f"{name}_codes"),
            path("board/warn/", view(require_POST(self.warn_view)), name=f"{name}_warn"),
            *super().get_urls(),
        ]

    def board_view(self, request):
        return board.page(self, request)

    def open_view(self, request):
        return board.open_cases(self, request)

    def codes_view(self, request):
        return board.enter_codes(self, request)

    def warn_view(self, request):
        return board.warn_late(self, request)

    def rows(self, rows):
        return rows.prefetch_related(*FETCHED)

    def may_change(self, request, record):
        """While a case is being written, by whoever may file it."""
        return record.state in WRITABLE and super().may_change(request, record)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        case = ["station", "kind", *OF_KIND.get(obj.kind, ()), "batch", "note"]
        sheets = [(None, {"fields": case})]
        if obj.kind in Registration.CERTIFYING:
            sheets.append((_("To be registered"), {"fields": [*REGISTERED, ("sponsor", "duplicates"), "uscc"]}))
        dates = [("file_by", "submitted_on"), ("arrived_on", "accepted_on"), ("decided_on", "announced_on")]
        return [*sheets, (_("Days"), {"fields": dates})]

    def panels(self, request, record):
        return [
            *clocks_panel(request.user, record),
            documents_panel(record),
            *([report_panel(record)] if report_of(record) else []),
            rounds_panel(record),
            *([self._issued_panel(request, record)] if record.kind in Registration.CERTIFYING else []),
            self.panel(
                request,
                Sanction,
                {
                    _("Ground"): lambda row: link(row, row.get_ground_display()),
                    _("State"): lambda row: row.get_state_display(),
                },
                registration=record,
            ),
        ]

    def _issued_panel(self, request, record):
        columns = {
            _("Code"): lambda row: link(row, row.uscc),
            _("Legal representative"): lambda row: row.legal_representative,
            _("Validity"): lambda row: f"{row.valid_from} – {row.valid_to}",
        }
        return self.panel(request, Certificate, columns, registration=record)

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, case):
        return case.station.name

    @admin.display(description=_("About"))
    def about(self, case):
        return about(case)

    @admin.display(description=_("State"))
    def standing(self, case):
        return standing_of(case)

    @admin.display(description=_("Whose turn"))
    def turn(self, case):
        return turn_of(case)

    @admin.display(description=_("Filed on"))
    def filed(self, case):
        return chip(day(case.submitted_on), "warn") if case.is_late else day(case.submitted_on)

    @admin.display(description=_("To be filed by"), ordering="file_by")
    def by_when(self, case):
        due = case.state in WRITABLE and case.submitted_on is None and case.file_by
        return chip(day(case.file_by), "warn") if due and case.file_by < timezone.localdate() else day(case.file_by)


def about(case: Registration) -> str:
    """What a case is about besides its kind."""
    if case.year:
        return str(case.year)
    return "、".join(str(Item(item).label) for item in case.items) or case.get_ground_display()


LINE_BREAK = mark_safe("<br>")


def clocks_panel(user, case: Registration) -> list[Panel]:
    """The clocks that run about the case: who owes what by when, and on which basis; none where none runs."""
    rows = (
        Deadline.objects.visible_to(user)
        .open()
        .filter(subject_type=ContentType.objects.get_for_model(Registration), subject_id=case.pk)
    )
    today = timezone.localdate()
    cells = [
        [
            deadline.said,
            str(deadline.unit),
            chip(day(deadline.due_on), "warn" if deadline.due_on < today else "wait"),
            deadline.grounds,
        ]
        for deadline in with_subjects(rows.select_related("unit").order_by("due_on", "pk"))
    ]
    headings = [_("What is owed"), _("Owed by"), _("Due"), _("Basis")]
    return [Panel(_("Deadlines"), _("Deadline"), headings, cells, "")] if cells else []


def documents_panel(case: Registration) -> Panel:
    """The checklist, with what is there."""
    rows = []
    for entry in checklist(case):
        there = format_html_join(LINE_BREAK, "{}", ((_shown(row),) for row in entry.there))
        lacking = chip(_("Missing"), "warn") if entry.is_missing else "—"
        rows.append([entry.document.label, there or lacking, entry.document.source])
    address = reverse("desk:registration_documents", args=[case.pk]) if case.state in WRITABLE else ""
    return Panel(_("Documents"), _("document"), [_("Document"), _("There"), _("Asked for by")], rows, address)


def report_panel(case: Registration) -> Panel:
    """What an annual report says, its figures first."""
    report = case.report
    rows: list[list[object]] = [[metric.label, value] for metric, value in known_figures(report)]
    for field in AnnualReport._meta.concrete_fields:
        if field.editable and not field.primary_key:
            value = getattr(report, field.name)
            said = written(field, value) if is_written(field) else value or "—"
            rows.append([field.verbose_name, said])
    address = reverse("desk:change_registration", args=[case.pk]) if case.state in WRITABLE else ""
    return Panel(_("Annual report"), _("content"), [_("Item"), _("As reported")], rows, address)


def rounds_panel(case: Registration) -> Panel:
    """Each time the case was filed, what differed from the time before, and why it came back."""
    rows = [
        [
            one.number,
            day(timezone.localdate(one.filed_at)),
            one.filed_by,
            format_html_join(
                LINE_BREAK,
                "{}: <del>{}</del> → <ins>{}</ins>",
                ((difference.label, difference.before, difference.after) for difference in one.differences),
            )
            or "—",
            f"{one.returned.actor_text}: {one.returned.comment}" if one.returned else "—",
        ]
        for one in rounds_of(case)
    ]
    headings = [_("Round"), _("Filed on"), _("By"), _("What differed"), _("Returned")]
    return Panel(_("Rounds"), _("round"), headings, rows, "")


def _shown(row) -> str:
    if row.attachment is None:
        return row.note
    is_picture = row.attachment.media_type.startswith("image/")
    address = reverse("desk:photo" if is_picture else "attachments-file", args=[row.attachment_id])
    return format_html('<a class="plain" href="{}">{}</a>', address, row.attachment.name)


def panels_of(page: ScopedModelAdmin, request, station: Station) -> list:
    """What the page of a station shows of its registration cases and sanctions."""
    return [
        page.panel(
            request,
            Registration,
            {
                _("Kind"): lambda row: link(row, row.get_kind_display()),
                _("About"): about,
                _("State"): standing_of,
                _("Filed on"): lambda row: day(row.submitted_on),
            },
            station=station,
        ),
        page.panel(
            request,
            Sanction,
            {
                _("Ground"): lambda row: link(row, row.get_ground_display()),
                _("To be mended by"): lambda row: day(row.mend_by),
                _("State"): lambda row: row.get_state_display(),
            },
            station=station,
        ),
    ]
