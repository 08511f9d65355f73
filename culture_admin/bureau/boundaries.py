"""Changes of boundaries in the admin: the wizard from kind to dry run, and the page of a change with its evidence."""

from __future__ import annotations

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.boundaries.actions import change_draft, draft_change, faults_in, try_change
from culture_admin.boundaries.land import Land
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.boundaries.plans import Plan
from culture_admin.boundaries.serializers import told
from culture_admin.bureau.boundary_forms import MOST_PARTS, DraftForm, PlanForms
from culture_admin.interfaces.admin import Act, ChoiceFilter, Panel, PlaceFilter, ScopedModelAdmin, chip
from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.queries import whole
from culture_admin.territory.models import Division
from culture_admin.workflow.actions import StepRefused

S = BoundaryChange.State
TONES = {S.DRAFT: "", S.PROPOSED: "wait", S.CHECKED: "wait", S.APPLIED: "good", S.VOID: "off"}
EFFECT_TONES = {"ends": "warn", "cancelled": "warn", "stranded": "warn", "merged": "wait", "due": "wait"}
# Of each kind of row so many stand on the page; the whole list is on the printed form.
SHOWN = 12


def is_draft(change: BoundaryChange) -> bool:
    return change.state == S.DRAFT


def to_plan(request: HttpRequest, change: BoundaryChange) -> HttpResponse:
    return redirect("admin:boundaries_boundarychange_plan", change.pk)


def dry_run(request: HttpRequest, change: BoundaryChange) -> None:
    """Tries the change out; what the plan lacks is told instead."""
    try:
        try_change(actor=request.user, boundarychange=change)
    except StepRefused as refused:
        for text in [reason.text for reason in refused.reasons] or [refused.text]:
            messages.error(request, text)
        return
    messages.success(request, _("Tried out and taken back. What it would do stands below."))


@admin.register(BoundaryChange)
class BoundaryChangeAdmin(ScopedModelAdmin):
    add_action = draft_change
    change_action = change_draft
    add_form = DraftForm
    changeable = ("effective_on", "document", "document_on", "reason")
    joins = ("place",)
    list_display = ["kind", "concerned", "place", "effective_on", "document", "standing"]
    list_display_links = ["concerned"]
    list_filter = [ChoiceFilter.on("state", chips=True), ChoiceFilter.on("kind"), PlaceFilter.on("place__path")]
    search_fields = ["document", "reason"]
    search_help_text = gettext_lazy("Document or note")
    ordering = ["-effective_on", "-pk"]
    sortable_by = ("effective_on",)
    fieldsets = [
        (None, {"fields": ["kind", "place", "effective_on", ("document", "document_on"), "reason"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["kind", "effective_on", ("document", "document_on"), "reason"]}),
        (gettext_lazy("Which divisions"), {"fields": ["units"]}),
    ]
    empty_hint = gettext_lazy("Draw up what a document changes, and try it out before anything is written.")
    acts = {
        "plan": Act(gettext_lazy("Say what becomes of them …"), to_plan, is_draft),
        "dry-run": Act(gettext_lazy("Dry run"), dry_run, is_draft),
    }

    def get_urls(self):
        view = self.admin_site.admin_view(self.plan_view)
        return [
            path("<path:object_id>/plan/", view, name="boundaries_boundarychange_plan"),
            *super().get_urls(),
        ]

    def may_change(self, request, record):
        return is_draft(record) and super().may_change(request, record)

    def response_add(self, request, obj, post_url_continue=None):
        """On to the second page."""
        return redirect("admin:boundaries_boundarychange_plan", obj.pk)

    def plan_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What becomes of the divisions, their villages and their stations."""
        change = self.get_object(request, unquote(object_id))
        if not self.may_change(request, change):
            raise PermissionDenied(_("Only a draft is changed."))
        land = Land.read(Plan.read(change.plan), change.kind, change.effective_on)
        parts = min(whole(request.GET.get("parts", "")) or 0, MOST_PARTS)
        forms = PlanForms(change, land, request.POST or None, parts, request.user)
        if request.method == "POST" and forms.is_valid() and self._keep(request, change, forms):
            return redirect("admin:boundaries_boundarychange_change", change.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("What becomes of them"),
            "change": change,
            "forms": forms,
            "seen": request.POST.get("seen") or change.version,
            "parts": range(2, MOST_PARTS + 1) if change.kind == BoundaryChange.Kind.SPLIT else (),
            "back": reverse("admin:boundaries_boundarychange_change", args=[change.pk]),
        }
        return TemplateResponse(request, "bureau/boundary_plan.html", context)

    def _keep(self, request: HttpRequest, change: BoundaryChange, forms: PlanForms) -> bool:
        seen = whole(request.POST.get("seen", "")) or 0
        try:
            change_draft(actor=request.user, boundarychange=change, seen=seen, **forms.entries())
        except Problem as problem:
            forms.tell(problem)
        except StepRefused as refused:
            forms.errors.append(refused.text)
        return not (forms.errors or any(form.errors for form in forms.outcomes))

    def panels(self, request, record):
        report = told(record.outcome if record.outcome and "sections" in record.outcome else record.dry_run)
        faults = faults_in(record, request.user) if is_draft(record) else []
        panels = [_plan_panel(record)]
        if faults:
            panels.insert(
                0, Panel(_("Still missing"), "", [_("What to do")], [[fault.message] for fault in faults], "")
            )
        return [*panels, *(_report_panels(record, report) if report else [])]

    def get_changelist_instance(self, request):
        changes = super().get_changelist_instance(request)
        units = Division.objects.in_bulk({unit for change in changes.result_list for unit in _units_of(change)})
        for change in changes.result_list:
            change.concerned = [units[unit] for unit in _units_of(change) if unit in units]
        return changes

    @admin.display(description=gettext_lazy("Divisions concerned"))
    def concerned(self, change):
        named = getattr(change, "concerned", None)
        if named is None:
            named = Division.objects.filter(pk__in=_units_of(change))
        return "、".join(division.name for division in sorted(named, key=lambda division: division.code)) or "—"

    @admin.display(description=gettext_lazy("State"))
    def standing(self, change):
        return chip(change.get_state_display(), TONES[change.state])


def _units_of(change: BoundaryChange) -> list[int]:
    return change.plan.get("units", [])


def _plan_panel(change: BoundaryChange) -> Panel:
    named = Division.objects.in_bulk(change.plan.get("units", ()))
    rows = [
        [
            f"{named[share['unit']].code} {named[share['unit']].name}",
            share["share"],
            f"{one.get('code', '')} {one.get('name_zh', '')}",
        ]
        for one in change.plan.get("outcomes", ())
        for share in one["shares"]
        if share["unit"] in named
    ]
    rows = rows or [[f"{unit.code} {unit.name}", "—", "—"] for unit in named.values()]
    return Panel(_("What becomes of the divisions"), "", [_("Before"), _("Share"), _("Afterwards")], rows, "")


def _report_panels(change: BoundaryChange, report: dict) -> list[Panel]:
    """The dry run, or the change as it was applied, a panel for each kind of row it touches."""
    panels = []
    if report["notes"]:
        panels.append(Panel(_("To be known"), "", [_("Note")], [[note] for note in report["notes"]], ""))
    figures = [
        [
            figure["label"],
            "；".join(f"{one['name']} {_number(one['value'])}" for one in figure["as_was"]),
            "；".join(f"{one['name']} {_number(one['value'])}" for one in figure["current"]),
            _number(figure["total"]),
            chip(_("estimate"), "wait") if figure["estimated"] else "",
        ]
        for figure in report["figures"]
    ]
    columns = [
        _("Figure"),
        _("As it was"),
        _("Mapped to the new divisions"),
        _("Whole area, others included"),
        _("Kind"),
    ]
    panels.append(Panel(_("Figures up to the day before"), "", columns, figures, ""))
    for section in report["sections"]:
        if not section["count"]:
            continue
        rows: list[list[object]] = [
            [row["text"], chip(row["effect_text"], EFFECT_TONES.get(row["effect"], ""))]
            for row in section["rows"][:SHOWN]
        ]
        if section["count"] > SHOWN:
            rows.append([_("and %(number)d more") % {"number": section["count"] - SHOWN}, ""])
        title = f"{section['label']} ({section['count']})"
        panels.append(Panel(title, "", [_("Which"), _("What becomes of it")], rows, ""))
    return panels


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:,}"
