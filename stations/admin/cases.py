"""Personnel cases, the off-post ledger, objections to it and applications for titles in the admin."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminTextInputWidget

from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    Panel,
    PeriodFilter,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    WithPersonal,
    chip,
    day,
    link,
)
from culture_admin.interfaces.text import LineFormField
from stations import actions
from stations.actions.cases import LARGEST_PAY, PAY
from stations.admin.rows import OfStationAdmin
from stations.models import OffPost, OffPostObjection, PersonnelCase, TitleApplication

K, S = PersonnelCase.Kind, PersonnelCase.State
TONES = {
    S.DRAFT: "off", S.SUBMITTED: "wait", S.ACCEPTED: "wait", S.EXAMINED: "wait", S.INSPECTED: "wait", S.PUBLICISED: "wait",
    S.APPROVED: "good", S.REFUSED: "warn", S.RETURNED: "warn", S.WITHDRAWN: "off",
}  # fmt: skip


def files_panel(request, record) -> Panel:
    """The files kept with a record, for whoever sees it."""
    files = Attachment.objects.visible_to(request.user).about(record).order_by("pk")
    shown = '<a class="plain" href="{}">{}</a>'
    return Panel(
        title=_("Files"),
        name="",
        columns=[_("Name"), _("Kept since")],
        rows=[
            [format_html(shown, reverse("attachments-file", args=[one.pk]), one.name), one.created_at] for one in files
        ],
        add="",
    )


def amount_field(label: object) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=LARGEST_PAY,
        decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget,
    )


class CaseForm(VerbForm):
    """What the personnel section adds before the decision; of a determination of pay other amounts than were proposed."""

    basic = amount_field(_("Basic pay (yuan a month)"))
    performance = amount_field(_("Performance pay (yuan a month)"))
    allowances = amount_field(_("Allowances (yuan a month)"))
    comment = LineFormField(
        label=_("Why it differs from what was proposed"),
        required=False,
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
    )

    class Meta:
        model = PersonnelCase
        fields = ["username", "document"]


@admin.register(PersonnelCase)
class PersonnelCaseAdmin(WithPersonal, ScopedModelAdmin):
    personal = "pay"
    change_form = CaseForm
    writers = ("decide",)
    joins = (
        "station__unit",
        "station__division",
        "officer__user",
        "post",
        "posting__post",
        "origin__unit",
        "origin__division",
        "pay",
    )
    list_display = ["kind", "officer", "at", "effective_on", "lateness", "filed_on", "standing"]
    list_filter = [
        ChoiceFilter.on(
            "state", chips=True, only=(S.SUBMITTED, S.ACCEPTED, S.PUBLICISED, S.APPROVED, S.RETURNED, S.REFUSED)
        ),
        ChoiceFilter.on("kind"),
        ConditionFilter.on(
            "late", title=_("Filed late"), conditions={"true": (_("Filed late"), lambda rows, today: rows.late())}
        ),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("effective_on"),
    ]
    search_fields = ["officer__search", "station__unit__search", "reason"]
    search_help_text = _("Officer, station, or a word of the reason")
    ordering = ["-pk"]
    sortable_by = ("effective_on", "at", "filed_on")
    empty_hint = _("Towns file personnel cases on their desk before anything is done; they wait here for the bureau.")

    def rows(self, rows):
        return rows.prefetch_related("officer__postings")

    def get_fieldsets(self, request, obj=None):
        """What a kind of case does not ask has no line."""
        kind = obj and obj.kind
        days = ("effective_on", "until") if kind == K.SECONDMENT else "effective_on"
        grounds = ["grounds"] if kind in (K.REMOVAL, K.DISMISSAL) else []
        shown = [("kind", "at"), "officer", "asked", *grounds, days, "reason", ("late", "late_reason")]
        filing = [("filed_by", "filed_on"), *(["release"] if obj and obj.origin else [])]
        if kind == K.APPOINTMENT:
            filing.append(("publicity_from", "publicity_until"))
        sets = [
            (None, {"fields": shown}),
            (_("Filing"), {"fields": filing}),
            (_("For the decision"), {"fields": ["username", "document"] if kind == K.APPOINTMENT else ["document"]}),
        ]
        if kind == K.PAY:
            sets.append((_("Pay"), {"fields": ["year", "proposed", "determined", *PAY, "comment"]}))
        return sets

    changeable = ("username", "document", *PAY, "comment")

    @staticmethod
    def change_action(*, actor, personnelcase: PersonnelCase, **changes) -> PersonnelCase:
        """The account and the document; amounts go together, and by a verb of their own."""
        amounts = {name: changes.pop(name) for name in PAY if name in changes}
        comment = changes.pop("comment", "")
        if changes:
            personnelcase = actions.change_case(actor=actor, personnelcase=personnelcase, **changes)
        if amounts:
            if missing := [name for name in PAY if amounts.get(name) is None]:
                message = _("Write all three amounts, 0 where there is none.")
                raise ValidationError({missing[0]: ValidationError(message, code="required")})
            personnelcase = actions.determine_pay(actor=actor, personnelcase=personnelcase, comment=comment, **amounts)
        return personnelcase

    def panels(self, request, record):
        return [files_panel(request, record)]

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, case):
        return case.station.name

    @admin.display(description=_("What is asked"))
    def asked(self, case):
        if case.post:
            return case.post.name
        there = case.posting.post.name if case.posting else "—"
        if not case.other_unit:
            return there
        return f"{there} → {case.other_unit}" + (f" · {_text('for cultural work')}" if case.cultural else "")

    @admin.display(description=_("Filed late"))
    def lateness(self, case):
        return chip(_text("late"), "warn") if case.late else ""

    @admin.display(description=_("Filed on"), ordering="filed_at")
    def filed_on(self, case):
        return day(case.filed_at)

    @admin.display(description=_("Released by"))
    def release(self, case):
        if not case.origin:
            return "—"
        said = case.consented_on or _text("not yet")
        return f"{case.origin.name}: {said}"

    @admin.display(description=_("State"))
    def standing(self, case):
        return chip(case.get_state_display(), TONES[case.state])

    @admin.display(description=_("Pay proposed: basic + performance + allowances"))
    def proposed(self, case):
        return self.masked(case, "proposed")

    @admin.display(description=_("Pay determined: basic + performance + allowances"))
    def determined(self, case):
        return self.masked(case, "determined")


class OffPostForm(VerbForm):
    class Meta:
        model = OffPost
        fields = ["officer", "station", "reason", "valid_from", "valid_to", "due_back", "note"]
        labels: ClassVar = {"valid_from": _("Left the post"), "valid_to": _("Back on post")}


@admin.register(OffPost)
class OffPostAdmin(OfStationAdmin):
    add_action = actions.record_off_post
    add_form = OffPostForm
    change_action = None
    joins = ("station__unit", "station__division", "officer", "case")
    list_display = ["officer", "at", "reason", "left", "back", "due_back", "effect", "standing"]
    list_filter = [
        ConditionFilter.on(
            "force",
            title=_("Today"),
            chips=True,
            conditions={
                "now": (_("Off post today"), lambda rows, today: rows.on(today)),
                "overdue": (
                    _("Return overdue"),
                    lambda rows, today: rows.standing().filter(valid_to__isnull=True, due_back__lt=today),
                ),
                "counts": (_("Counts"), lambda rows, today: rows.counting()),
            },
        ),
        ChoiceFilter.on("reason"),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["officer__search", "station__unit__search", "note"]
    search_help_text = _("Name, pinyin, initials or station")
    autocomplete_fields = ["officer"]
    ordering = ["-valid_from", "-pk"]
    sortable_by = ("at", "left", "back", "due_back")
    fieldsets = [
        (None, {"fields": ["officer", "station", "reason", "note", "of_case"]}),
        (_("Days"), {"fields": [("left", "back"), "due_back"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["officer", "station", "reason", "note"]}),
        (_("Days"), {"fields": [("valid_from", "valid_to"), "due_back"]}),
    ]
    empty_hint = _(
        "Enter who is established but not on post: the day of leaving decides on promotion and years of service."
    )

    def panels(self, request, record):
        columns = {
            _("Grounds"): lambda row: link(row, row.grounds[:80]),
            _("State"): lambda row: chip(row.get_state_display()),
        }
        return [self.panel(request, OffPostObjection, columns, off_post=record)]

    @admin.display(description=_("Left the post"), ordering="valid_from")
    def left(self, row):
        return day(row.valid_from)

    @admin.display(description=_("Back on post"), ordering="valid_to")
    def back(self, row):
        return day(row.valid_to)

    @admin.display(description=_("Counts"))
    def effect(self, row):
        return chip(_text("counts"), "warn") if row.counts else _text("does not count")

    @admin.display(description=_("State"))
    def standing(self, row):
        return chip(row.get_state_display(), "off" if row.state == row.State.VOID else "")

    @admin.display(description=_("Personnel case"))
    def of_case(self, row):
        return link(row.case) if row.case else "—"


O_TONES = {
    OffPostObjection.State.RAISED: "wait",
    OffPostObjection.State.UPHELD: "good",
    OffPostObjection.State.DISMISSED: "off",
    OffPostObjection.State.WITHDRAWN: "off",
    OffPostObjection.State.DRAFT: "off",
}


@admin.register(OffPostObjection)
class OffPostObjectionAdmin(ScopedModelAdmin):
    joins = ("off_post__station__unit", "off_post__station__division", "off_post__officer")
    list_display = ["who", "at", "asks", "filed_on", "standing"]
    list_filter = [ChoiceFilter.on("state", chips=True), PlaceFilter.on("off_post__station__division__path")]
    search_fields = ["off_post__officer__search", "grounds"]
    search_help_text = _("Name, pinyin, initials, or a word of the grounds")
    ordering = ["-pk"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": ["who", "entry", "asks", ("left_on", "returned_on"), "grounds", ("filed_by", "filed_on")]})
    ]
    empty_hint = _(
        "Whoever thinks an entry of the off-post ledger wrong objects to it on the desk; it waits here for an answer."
    )

    @admin.display(description=_("Officer"))
    def who(self, row):
        return row.off_post.officer.name

    @admin.display(description=_("Station"))
    def at(self, row):
        return row.off_post.station.name

    @admin.display(description=_("Time off post"))
    def entry(self, row):
        return link(row.off_post)

    @admin.display(description=_("What is asked"))
    def asks(self, row):
        return _text("strike the entry") if row.strike else _text("correct the days")

    @admin.display(description=_("Filed on"))
    def filed_on(self, row):
        return day(row.filed_at)

    @admin.display(description=_("State"))
    def standing(self, row):
        return chip(row.get_state_display(), O_TONES[row.state])


@admin.register(TitleApplication)
class TitleApplicationAdmin(ScopedModelAdmin):
    joins = ("station__unit", "station__division", "officer")
    list_display = ["officer", "at", "year", "sought", "standing"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ChoiceFilter.on("sought"),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["officer__search", "station__unit__search"]
    search_help_text = _("Name, pinyin, initials or station")
    ordering = ["-year", "-pk"]
    sortable_by = ("at", "year")
    fieldsets = [(None, {"fields": ["officer", "at", ("year", "sought"), "note", ("filed_by", "filed_at")]})]
    empty_hint = _("Towns apply on their desk; whoever was off post in the year is refused with rule and days.")

    def rows(self, rows):
        return rows.prefetch_related("officer__postings__post", "officer__absences")

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, row):
        return row.station.name

    @admin.display(description=_("State"))
    def standing(self, row):
        return chip(row.get_state_display(), "wait" if row.state == row.State.FILED else "")
