"""Circulars and collections in the admin: drafted, sent out, chased up, and their result as a table and a sheet."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from culture_admin.interfaces.admin import (
    Act,
    ChoiceFilter,
    ConditionFilter,
    PeriodFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    link,
    number,
    territory_of,
)
from culture_admin.interfaces.spreadsheets import MEDIA_TYPES
from culture_admin.territory.models import Unit
from stations import actions
from stations.actions.circulars import CHANGEABLE, KINDS
from stations.admin.gatherings import REFUSALS
from stations.forms import QuestionsField
from stations.metrics.collections import Results, results_of
from stations.models import Circular, Grade, Reply

C = Circular.State
TONES = {C.DRAFT: "", C.ISSUED: "wait", C.CLOSED: "good", C.WITHDRAWN: "off"}


class CircularForm(VerbForm):
    """A circular with whom it is for and what it asks."""

    grades = forms.MultipleChoiceField(
        label=_("Grades"), choices=Grade.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    listed = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("List"),
        required=False,
        widget=forms.SelectMultiple({"size": 10, "class": "listed"}),
        help_text=_("Only where it goes to those on the list; hold Ctrl to choose several."),
    )
    questions = QuestionsField(
        help_text=_("Of a collection only. Once it is out, a new version of the form goes out with each change.")
    )

    class Meta:
        model = Circular
        fields = [name for name in CHANGEABLE if name != "questions"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= {"questions": self.instance.questions}
        if "listed" in self.fields:
            own = territory_of(self.user, Circular.scope.power)
            units = Unit.objects.filter(division__in=own, kind__in=KINDS.values()).select_related("division")
            self.fields["listed"].queryset = units.order_by("kind", "division__code")


@admin.register(Circular)
class CircularAdmin(ScopedModelAdmin):
    add_action = actions.draft_circular
    change_action = actions.change_circular
    add_form = change_form = CircularForm
    joins = ("county",)
    list_display = [
        "number_and_title",
        "kind",
        "to",
        "out_on",
        "until",
        "received",
        "answered",
        "overdue",
        "standing",
    ]
    list_display_links = ["number_and_title"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ChoiceFilter.on("kind"),
        ConditionFilter.on(
            "late",
            title=_("Somebody late"),
            conditions={"true": (_("Somebody late"), lambda rows, today: rows.filter(overdue__gt=0))},
        ),
        PeriodFilter.on("issued_on"),
    ]
    search_fields = ["title", "document_no"]
    search_help_text = _("A word of the title, or the document number")
    ordering = ["-pk"]
    sortable_by = ("until",)
    add_fieldsets = [
        (None, {"fields": ["kind", "title", "document_no", "body", "due_on"]}),
        (_("Whom it is for"), {"fields": [("audience", "chosen"), "grades", "listed"]}),
        (_("The form"), {"fields": ["questions"]}),
    ]
    empty_hint = _("Draft a notice or a collection, send it out, and see here who has answered.")

    def rows(self, rows):
        today = timezone.localdate()
        collection = Q(kind=Circular.Kind.COLLECTION)
        late = Q(replies__due_on__lt=today, state=C.ISSUED) & (
            collection & Q(replies__state__in=Reply.OPEN) | ~collection & Q(replies__state=Reply.State.SENT)
        )
        handed_in = Q(replies__state__in=[Reply.State.SUBMITTED, Reply.State.ACCEPTED])
        return rows.annotate(
            addressed=Count("replies"),
            got=Count("replies", filter=Q(replies__received_at__isnull=False)),
            replied=Count("replies", filter=handed_in),
            overdue=Count("replies", filter=late),
        )

    def get_urls(self):
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("<path:object_id>/results/", view(require_safe(self.results_view)), name=f"{name}_results"),
            *(
                path(f"<path:object_id>/results.{wanted}", view(require_safe(self.results_sheet)), {"wanted": wanted})
                for wanted in MEDIA_TYPES
            ),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request, obj=None):
        """Of a circular that is out the words stand; the day it is due and the form are open to change."""
        if obj is None:
            return self.add_fieldsets
        writes = self.has_change_permission(request, obj)
        if obj.state == C.DRAFT and writes:
            return self.add_fieldsets
        form = ["questions"] if obj.state == C.ISSUED and obj.asks and writes else ["asked"]
        return [
            (None, {"fields": ["so_far", "due_on", "kind", "title", "document_no", "body"]}),
            (_("Whom it is for"), {"fields": [("audience", "chosen"), "issued_on"]}),
            (_("The form"), {"fields": form}),
        ]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return ()
        open_fields = {C.DRAFT: set(CHANGEABLE), C.ISSUED: {"due_on", "questions"}}.get(obj.state, set())
        return [name for name in flatten_fieldsets(self.get_fieldsets(request, obj)) if name not in open_fields]

    def may_change(self, request, record):
        return record.state in (C.DRAFT, C.ISSUED) and super().may_change(request, record)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Without the fields that the form declares itself and the page does not show."""
        form = super().get_form(request, obj, change, **kwargs)
        shown = flatten_fieldsets(self.get_fieldsets(request, obj))
        for name in set(form.base_fields) - (set(shown) - set(self.get_readonly_fields(request, obj))):
            del form.base_fields[name]
        return form

    def panels(self, request, record):
        columns = {
            _("Unit"): lambda row: link(row, row.unit.name),
            _("State"): lambda row: chip(row.get_state_display(), REPLY_TONES[row.state]),
            pgettext_lazy("a circular by a unit", "Received"): lambda row: day(row.received_at),
            pgettext_lazy("a reply", "Submitted"): lambda row: day(row.submitted_at),
            _("Late"): lambda row: chip(_("late"), "warn") if row.is_late else "",
            _("Times chased up"): lambda row: row.chases or "",
        }
        return [self.panel(request, Reply, columns, circular=record)]

    def results_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The replies of all units as a table, with sums."""
        circular = self.get_object(request, unquote(object_id))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Result"),
            "circular": circular,
            "results": self._results(request, circular),
            "sheets": MEDIA_TYPES,
        }
        return TemplateResponse(request, "stations/results.html", context)

    def results_sheet(self, request: HttpRequest, object_id: str, wanted: str) -> HttpResponse:
        """The same as a sheet."""
        circular = self.get_object(request, unquote(object_id))
        return self._results(request, circular).sheet().answer(wanted)

    def _results(self, request: HttpRequest, circular: Circular) -> Results:
        replies = Reply.objects.visible_to(request.user).filter(circular=circular)
        return results_of(circular, replies.select_related("circular", "form", "unit__division"))

    def chase(self, request: HttpRequest, circular: Circular) -> None:
        """One press chases up everybody who is late."""
        try:
            late = actions.chase_up(actor=request.user, circular=circular)
        except REFUSALS as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return
        text = ngettext("%(number)d unit chased up.", "%(number)d units chased up.", len(late))
        self.message_user(request, text % {"number": len(late)}, messages.SUCCESS)

    acts = {
        "chase": Act(
            _("Chase up all that are late"),
            lambda request, circular: admin.site.get_model_admin(Circular).chase(request, circular),
            offered=lambda circular: circular.replies.late(timezone.localdate()).exists(),
        )
    }

    @admin.display(description=_("Circular"))
    def number_and_title(self, circular):
        return f"{circular.title} {circular.document_no}".strip()

    @admin.display(description=_("Addressed to"))
    def to(self, circular):
        audience = circular.get_audience_display()
        return f"{audience} · {circular.addressed}" if circular.addressed else audience

    @admin.display(description=pgettext_lazy("a circular", "Issued on"))
    def out_on(self, circular):
        return day(circular.issued_on)

    @admin.display(description=_("Due"), ordering="due_on")
    def until(self, circular):
        return day(circular.due_on)

    @admin.display(description=pgettext_lazy("a circular by a unit", "Received"))
    def received(self, circular):
        return number(circular.got) if circular.addressed else "—"

    @admin.display(description=_("Answered"))
    def answered(self, circular):
        return number(circular.replied) if circular.asks and circular.addressed else "—"

    @admin.display(description=_("Late"))
    def overdue(self, circular):
        return chip(circular.overdue, "warn") if circular.overdue else "—"

    @admin.display(description=_("State"))
    def standing(self, circular):
        return chip(circular.get_state_display(), TONES[circular.state])

    @admin.display(description=_("So far"))
    def so_far(self, circular):
        address = reverse("admin:stations_circular_results", args=[circular.pk])
        told = _("%(received)d of %(all)d received") % {"received": circular.got, "all": circular.addressed}
        if circular.asks:
            told = _("%(told)s, %(answered)d answered") % {"told": told, "answered": circular.replied}
        return format_html(
            '{} · <a class="plain" href="{}">{}</a> · <a class="plain" href="{}.xlsx">XLSX</a> · <a class="plain" href="{}.csv">CSV</a>',
            told,
            address,
            _("Result"),
            address.rstrip("/"),
            address.rstrip("/"),
        )

    @admin.display(description=pgettext_lazy("a form", "What is asked"))
    def asked(self, circular):
        lines = ((question.label, question.kind_label) for question in circular.questions)
        return format_html_join("", "{} ({})<br>", lines) or "—"


@admin.register(Reply)
class ReplyAdmin(ScopedModelAdmin):
    joins = ("circular", "form", "unit__division")
    list_display = ["unit", "circular", "due", "received_on", "submitted_on", "reminded", "standing"]
    list_display_links = ["unit"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ConditionFilter.on(
            "late",
            title=_("Late"),
            conditions={"true": (_("Late"), lambda rows, today: rows.filter(pk__in=Reply.objects.late(today)))},
        ),
    ]
    search_fields = ["unit__search", "circular__title"]
    search_help_text = _("Unit, or a word of the title")
    ordering = ["-circular", "unit__division__code", "pk"]
    sortable_by = ("due",)
    fieldsets = [
        (None, {"fields": ["circular", "unit", "due_on", ("received_at", "submitted_at"), ("chased_at", "chases")]}),
        (_("Answers"), {"fields": ["answered"]}),
    ]
    empty_hint = _("A reply is opened for each unit when a circular is sent out.")

    def changes(self, record):
        """Without the answers until they are handed in: a draft is the unit's own."""
        told = super().changes(record)
        if record.state in Reply.OPEN:
            answers = record._meta.get_field("answers").verbose_name
            told = [replace(one, entries=[entry for entry in one.entries if entry.label != answers]) for one in told]
        return [one for one in told if one.created or one.entries]

    @admin.display(description=_("Due"), ordering="due_on")
    def due(self, reply):
        late = reply.is_owed and reply.is_late
        return chip(day(reply.due_on), "warn") if late else day(reply.due_on)

    @admin.display(description=pgettext_lazy("a circular by a unit", "Received"))
    def received_on(self, reply):
        return day(reply.received_at)

    @admin.display(description=pgettext_lazy("a reply", "Submitted"))
    def submitted_on(self, reply):
        return format_html("{} {}", day(reply.submitted_at), chip(_("late"), "warn") if reply.late else "")

    @admin.display(description=_("Times chased up"))
    def reminded(self, reply):
        return number(reply.chases) if reply.chases else "—"

    @admin.display(description=_("State"))
    def standing(self, reply):
        return chip(reply.get_state_display(), REPLY_TONES[reply.state])

    @admin.display(description=_("Answers"))
    def answered(self, reply):
        """What was handed in; a draft is the unit's own."""
        table = results_of(reply.circular, [reply])
        lines = (
            (question.label, _cell(answer))
            for question, answer in zip(table.asked, table.lines[0].answers, strict=True)
        )
        return format_html_join("", "<p><b>{}</b><br>{}</p>", lines) or "—"


R = Reply.State
REPLY_TONES = {
    R.SENT: "wait", R.RECEIVED: "wait", R.SUBMITTED: "wait", R.RETURNED: "warn", R.ACCEPTED: "good", R.WITHDRAWN: "off",
}  # fmt: skip


def _cell(answer) -> object:
    if answer.file:
        return format_html('<a href="{}">{}</a>', reverse("attachments-file", args=[answer.file.pk]), answer.text)
    return answer.text or "—"
