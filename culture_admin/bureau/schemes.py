"""Schemes in the admin: what is scored by which rule, from where each value comes, and what an edition changes."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget

from culture_admin.accounts.roles import listed
from culture_admin.interfaces.admin import (
    Act,
    ChoiceFilter,
    Panel,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    number,
    territory_of,
    yuan,
)
from culture_admin.interfaces.spreadsheets import XLSX
from culture_admin.scoring.actions import begin_edition, change_scheme, draft_scheme, faults_in
from culture_admin.scoring.body import Body, Title
from culture_admin.scoring.differences import differences
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.rules import plain
from culture_admin.scoring.sheet import bring_in_sheet, write_scheme
from culture_admin.scoring.sources import Check
from culture_admin.territory.models import Division, Level

S = Scheme.State
TONES = {
    S.DRAFT: "",
    S.PROPOSED: "wait",
    S.PUBLISHED: "good",
    S.SUPERSEDED: "off",
    S.WITHDRAWN: "warn",
    S.VOID: "off",
}
NAMES = ("name_zh", "name_en")
DETAILS = ("document", "document_on", "total", "decimals", "known", "spread", "publicity", "sample")


def is_draft(scheme: Scheme) -> bool:
    return scheme.state == S.DRAFT


def to_next_edition(request: HttpRequest, scheme: Scheme) -> HttpResponse:
    """Begins another edition and goes there."""
    reason = _("Revised after edition %(number)d") % {"number": scheme.edition}
    new = begin_edition(actor=request.user, scheme=scheme, reason=reason)
    return redirect("admin:scoring_scheme_change", new.pk)


def to_sheet(request: HttpRequest, scheme: Scheme) -> HttpResponse:
    """The scheme as a workbook, to be changed there and brought in again."""
    header = content_disposition_header(True, f"{scheme}.xlsx")
    return HttpResponse(write_scheme(scheme.body), content_type=XLSX, headers={"Content-Disposition": header})


def change_by_form(*, actor, scheme: Scheme, sheet: UploadedFile | None = None, **changes) -> Scheme:
    """What the form of a draft says, and the workbook that came with it."""
    if changes:
        scheme = change_scheme(actor=actor, scheme=scheme, **changes)
    if sheet:
        scheme = bring_in_sheet(actor=actor, scheme=scheme, file_name=sheet.name or "", content=sheet.read())
    return scheme


class SchemeForm(VerbForm):
    """A draft: its particulars, and a workbook with its indicators, groups and titles."""

    sheet = forms.FileField(
        label=gettext_lazy("Workbook with indicators, groups and titles"),
        required=False,
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy(
            "Take the workbook of this scheme, change it, and bring it in again; it replaces what stands below."
        ),
    )


@admin.register(Scheme)
class SchemeAdmin(ScopedModelAdmin):
    add_action = draft_scheme
    change_action = change_by_form
    change_form = SchemeForm
    changeable = (*NAMES, *DETAILS, "sheet")
    joins = ("place",)
    list_display = ["year", "name", "subject", "edition", "place", "document", "points", "since", "standing"]
    list_display_links = ["name"]
    list_filter = [ChoiceFilter.on("state", chips=True), ChoiceFilter.on("subject"), PlaceFilter.on("place__path")]
    search_fields = ["name_zh", "name_en", "document"]
    search_help_text = gettext_lazy("Name or document")
    ordering = ["-year", "subject", "-edition", "-pk"]
    sortable_by = ("year",)
    fieldsets = [
        (None, {"fields": [NAMES, ("place", "subject"), ("year", "edition"), ("document", "document_on"), "sample"]}),
        (
            gettext_lazy("How it counts"),
            {"fields": [("total", "decimals"), ("known", "spread"), "publicity", "reason", "published_on"]},
        ),
    ]
    add_fieldsets = [
        (None, {"fields": [NAMES, "place", ("subject", "year"), ("document", "document_on"), "sample"]}),
        (gettext_lazy("How it counts"), {"fields": [("total", "decimals"), ("known", "spread"), "publicity"]}),
    ]
    empty_hint = gettext_lazy(
        "Draw up by which indicators towns or stations are scored, and bring the indicators in as a sheet."
    )
    acts = {
        "sheet": Act(gettext_lazy("As a workbook"), to_sheet, verbs=("see",)),
        "edition": Act(
            gettext_lazy("Begin another edition"),
            to_next_edition,
            lambda scheme: scheme.state in Scheme.ONCE_PUBLISHED,
            verbs=("propose", "decide"),
        ),
    }

    def may_change(self, request, record):
        return is_draft(record) and super().may_change(request, record)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.may_change(request, obj):
            return fieldsets
        return [*fieldsets, (gettext_lazy("Bring in"), {"fields": ["sheet"]})]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "place":
            kwargs["queryset"] = territory_of(request.user, self.power).filter(level=Level.COUNTY)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def panels(self, request, record):
        panels = [_indicators(record), _groups(record), _titles(record)]
        faults = faults_in(record) if is_draft(record) else []
        if faults:
            panels.insert(
                0, Panel(_("Still missing"), "", [_("What to do")], [[fault.message] for fault in faults], "")
            )
        former = Scheme.objects.visible_to(request.user).of(record.place, record.subject, record.year)
        before = former.filter(edition=record.edition - 1).exclude(state=S.VOID).first()
        if before:
            lines = [[one.what, one.before or "—", one.after or "—"] for one in differences(before, record)]
            lines = lines or [[_("Nothing so far"), "—", "—"]]
            columns = [_("What"), _("Edition %(number)d") % {"number": before.edition}, str(record)]
            panels.append(Panel(_("What this edition changes"), "", columns, lines, ""))
        return panels

    @admin.display(description=gettext_lazy("Name"))
    def name(self, scheme):
        return scheme.name

    @admin.display(description=gettext_lazy("Total points"))
    def points(self, scheme):
        return number(scheme.total)

    @admin.display(description=gettext_lazy("Published on"), ordering="published_on")
    def since(self, scheme):
        return day(scheme.published_on)

    @admin.display(description=gettext_lazy("State"))
    def standing(self, scheme):
        return chip(scheme.get_state_display(), TONES[scheme.state])


def _narrow(text: object) -> str:
    return format_html('<span class="narrow">{}</span>', text)


def _wide(text: object) -> str:
    return format_html('<span class="wide">{}</span>', text)


def _indicators(scheme: Scheme) -> Panel:
    body = scheme.content
    rows: list[list[object]] = []
    for section in body.table.sections:
        said = _("; ").join(rule.formula for rule in section.levels)
        weight = _narrow(plain(section.weight))
        rows.append([_narrow(section.code), _wide(section.label), weight, "", _wide(said), ""])
        for one in section.indicators:
            points = "" if one.points is None else plain(one.points)
            rows.append(
                [
                    _narrow(one.code),
                    _wide(one.label),
                    _narrow(points),
                    one.part.label,
                    _wide(one.formula),
                    _wide(_source(body, one.code)),
                ]
            )
    columns: list[object] = [_("No."), _("Indicator"), _("Points"), _("Kind"), _("Rule"), _("Source")]
    return Panel(_("Indicators"), "", columns, rows, "")


def _source(body: Body, code: str) -> str:
    """Where a value comes from, and of what is scored on the spot that it is."""
    source = body.sources.get(code)
    said = source.said() if source else ""
    check = body.checks.get(code)
    return _("; ").join([said, check.label]) if check == Check.ON_SITE else said


def _groups(scheme: Scheme) -> Panel:
    groups = scheme.content.groups
    called = scheme.called() if any(one.divisions for one in groups) else {}
    rows: list[list[object]] = [
        [one.code, one.label, one.compared.label, listed(_place(code, called) for code in one.divisions)]
        for one in groups
    ]
    return Panel(_("Who is compared with whom"), "", [_("No."), _("Group"), _("Holds"), _("Divisions")], rows, "")


def _place(code: str, called: Mapping[str, Division]) -> str:
    return f"{called[code].name} {code}" if code in called else code


def _titles(scheme: Scheme) -> Panel:
    columns: list[object] = [_("Title"), _("Points"), _("Share of the best"), _("Mandatory"), _("Award (yuan)")]
    labels = {one.code: one.label for _section, one in scheme.content.table.indicators()}
    return Panel(_("Titles"), "", columns, [_title(one, labels) for one in scheme.content.titles], "")


def _title(title: Title, labels: Mapping[str, object]) -> list[object]:
    share = "" if title.cutoff.best is None else f"{plain(title.cutoff.best * 100)} %"
    mandatory = _("; ").join(
        f"{code} {labels.get(code, '')} ≥ {plain(least)}" for code, least in title.conditions.items()
    )
    award = "" if title.award is None else yuan(title.award)
    return [title.label, plain(title.cutoff.points), share, mandatory, award]
