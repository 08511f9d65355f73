"""Papers in the admin: registers of documents, the numbers they gave, and what was printed."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.exchange.models import DocumentNumber, DocumentRegister, Printout
from culture_admin.exchange.paper.numbers import issue_number, open_register
from culture_admin.exchange.paper.register import PAPERS
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ListFilter,
    PlaceFilter,
    RowFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    link,
    number,
)
from culture_admin.territory.models import Unit

WRITERS = ("decide",)
NUMBER_TONES = {DocumentNumber.State.ISSUED: "good", DocumentNumber.State.VOID: "off"}
PRINT_TONES = {
    Printout.State.DONE: "good",
    Printout.State.FAILED: "warn",
    Printout.State.WAITING: "wait",
    Printout.State.RUNNING: "wait",
}


def own_units(user) -> list[int]:
    """The units at which the user holds an office: each keeps its own registers."""
    return [office.unit_id for office in user.offices]


@admin.register(DocumentRegister)
class DocumentRegisterAdmin(ScopedModelAdmin):
    add_action = open_register
    writers = WRITERS
    joins = ("unit__division",)
    list_display = ["prefix", "name", "unit"]
    list_filter = [PlaceFilter.on("unit__division__path")]
    search_fields = ["prefix", "name", "unit__search"]
    search_help_text = _("Word, purpose or unit")
    ordering = ["unit__division__code", "prefix", "pk"]
    sortable_by = ()
    fieldsets = [(None, {"fields": ["unit", "prefix", "name"]})]
    empty_hint = _("Open a register under the word of your unit; each year its numbers begin at 1.")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Unit:
            kwargs["queryset"] = Unit.objects.filter(pk__in=own_units(request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def panels(self, request, record):
        return [
            self.panel(
                request,
                DocumentNumber,
                {
                    pgettext_lazy("a document", "Number"): lambda row: link(row, row.text),
                    _("Title"): lambda row: row.title,
                    _("Date"): lambda row: day(row.issued_on),
                    _("State"): lambda row: chip(row.get_state_display(), NUMBER_TONES[row.state]),
                },
                register=record,
            )
        ]


class NumberForm(VerbForm):
    class Meta:
        model = DocumentNumber
        fields = ["register", "title"]


@admin.register(DocumentNumber)
class DocumentNumberAdmin(ScopedModelAdmin):
    add_action = issue_number
    add_form = NumberForm
    writers = WRITERS
    joins = ("register__unit__division", "issued_by")
    list_display = ["full", "title", "issued_on", "issued_by", "standing"]
    list_display_links = ["full"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        RowFilter.on("register"),
        PlaceFilter.on("register__unit__division__path"),
    ]
    search_fields = ["title", "register__prefix"]
    search_help_text = _("Title or word")
    ordering = ["-year", "-serial", "-pk"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": ["full", "title", "register", ("issued_on", "issued_by")]}),
        (_("Document"), {"fields": ["document"]}),
    ]
    add_fieldsets = [(None, {"fields": ["register", "title"]})]
    empty_hint = _("A number is taken here, or on the page of the form that bears it.")

    def rows(self, rows):
        return rows.prefetch_related("subject")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is DocumentRegister:
            registers = DocumentRegister.objects.visible_to(request.user, "decide")
            kwargs["queryset"] = registers.filter(unit__in=own_units(request.user)).select_related("unit")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=pgettext_lazy("a document", "Number"))
    def full(self, row):
        return row.text

    def get_fieldsets(self, request, obj=None):
        """With the way to the document for whoever may print it, with its name for others."""
        sets = super().get_fieldsets(request, obj)
        paper = PAPERS.get(obj.paper) if obj else None
        if paper is None or paper.visible_to(request.user).filter(pk=obj.subject_id).exists():
            return sets
        return [sets[0], (_("Document"), {"fields": ["named"]})]

    @admin.display(description=_("Document"))
    def document(self, row):
        if row.paper not in PAPERS or row.subject is None:
            return "—"
        return format_html(
            '<a href="{}">{}</a>', reverse("desk:paper", args=[row.paper, row.subject_id]), PAPERS[row.paper].label
        )

    @admin.display(description=_("Document"))
    def named(self, row):
        return PAPERS[row.paper].label

    @admin.display(description=_("State"))
    def standing(self, row):
        return chip(row.get_state_display(), NUMBER_TONES[row.state])


class PaperFilter(ListFilter):
    """By the form that was printed."""

    title = _("Form")
    parameter_name = "paper"

    def lookups(self, request, model_admin):
        return [(code, paper.label) for code, paper in PAPERS.items()]


@admin.register(Printout)
class PrintoutAdmin(ScopedModelAdmin):
    power = "statistics"
    joins = ("created_by", "job")
    list_display = ["title", "kind", "language", "check_code", "created_by", "created_at", "standing"]
    list_filter = [PaperFilter.on("paper"), ChoiceFilter.on("language")]
    search_fields = ["title", "content_hash__startswith"]
    search_help_text = _("Title, or the check code on the paper")
    ordering = ["-pk"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": ["document", "kind", "language", ("created_by", "created_at")]}),
        (_("File"), {"fields": ["standing", "pages", "bytes", "check_code", "content_hash", "sha256"]}),
    ]
    empty_hint = _("What is made into a PDF is kept here, and found by the check code that stands on it.")

    def rows(self, rows):
        return rows.defer("html")

    def get_search_results(self, request, queryset, search_term):
        """A check code is typed as it stands on the paper, in groups."""
        plain = search_term.replace("-", "").lower()
        if len(plain) == 16 and set(plain) <= set("0123456789abcdef"):
            search_term = plain
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("Form"))
    def kind(self, printout):
        return PAPERS[printout.paper].label if printout.paper in PAPERS else printout.paper

    @admin.display(description=_("Document"))
    def document(self, printout):
        address = reverse("desk:print", args=[printout.pk])
        return format_html('<a href="{}">{}</a>', address, printout.title) if printout.made_at else printout.title

    @admin.display(description=_("Check code"))
    def check_code(self, printout):
        return printout.code

    @admin.display(description=_("Bytes"))
    def bytes(self, printout):
        return number(printout.size)

    @admin.display(description=_("State"))
    def standing(self, printout):
        return chip(printout.get_state_display(), PRINT_TONES[printout.state])
