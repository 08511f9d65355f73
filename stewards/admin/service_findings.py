"""Findings in a service and spot checks in the admin."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    PeriodFilter,
    RowFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    in_column,
    link,
)
from culture_admin.interfaces.permissions import covers
from culture_admin.interfaces.queries import whole
from culture_admin.interfaces.text import clean_line
from culture_admin.workflow.actions import StepRefused
from stewards import actions
from stewards.actions.service_findings import USUAL
from stewards.actions.spot_checks import MOST_SEED
from stewards.models import Contract, Evaluation, ServiceFinding, SpotCheck, SpotCheckRow

F, C = ServiceFinding.State, SpotCheck.State
TONES = {F.OPEN: "warn", F.RECTIFIED: "wait", F.CLOSED: "good", F.WITHDRAWN: "off"}
CONTRACT = gettext_lazy("Contract")


def bound(request):
    """Contracts under which something is or was served."""
    return Contract.objects.visible_to(request.user).filter(state__in=Contract.BINDING)


@admin.register(ServiceFinding)
class ServiceFindingAdmin(ScopedModelAdmin):
    add_action = actions.open_service_finding
    writers = ("decide",)
    joins = ("contract__place", "contract__firm__unit", "station__unit", "evaluation__contract")
    list_display = ["opened_on", "what", "of", "firm", "due_on", "standing"]
    list_display_links = ["what"]
    list_filter = [ChoiceFilter.on("state", chips=True), RowFilter.on("contract"), PeriodFilter.on("opened_on")]
    search_fields = ["what", "contract__name", "contract__firm__unit__search"]
    search_help_text = gettext_lazy("What was found, contract or service provider")
    ordering = ["-opened_on", "-pk"]
    sortable_by = ("opened_on", "due_on")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "contract",
                    "what",
                    ("code", "station"),
                    ("opened_on", "due_on"),
                    "evaluation",
                    "rectification",
                ]
            },
        )
    ]
    add_fieldsets = [
        (None, {"fields": ["contract", "what", ("code", "station"), ("opened_on", "due_on"), "evaluation"]})
    ]
    empty_hint = gettext_lazy("Enter what was found in a service, and until when it is put right.")

    def get_changeform_initial_data(self, request):
        """Found today, to be put right in the usual time."""
        today = timezone.localdate()
        return {"opened_on": today, "due_on": today + USUAL} | super().get_changeform_initial_data(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "contract":
            kwargs["queryset"] = bound(request)
        elif db_field.name == "evaluation":
            rows = Evaluation.objects.visible_to(request.user).exclude(state=Evaluation.State.VOID)
            kwargs["queryset"] = rows.select_related("contract").order_by("-last", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=CONTRACT)
    def of(self, row):
        return row.contract.name

    @admin.display(description=gettext_lazy("Service provider"))
    def firm(self, row):
        return row.contract.firm.name

    @admin.display(description=gettext_lazy("State"))
    def standing(self, row):
        return chip(row.get_state_display(), TONES[F(row.state)])


class DrawForm(VerbForm):
    seed = forms.IntegerField(
        label=gettext_lazy("Seed"),
        required=False,
        min_value=0,
        max_value=MOST_SEED - 1,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=gettext_lazy("Left empty it is drawn by chance, and shown."),
    )

    class Meta:
        model = SpotCheck
        fields = ["contract", "first", "last", "size", "seed"]


@admin.register(SpotCheck)
class SpotCheckAdmin(ScopedModelAdmin):
    add_action = actions.draw_spot_check
    add_form = DrawForm
    writers = ("decide",)
    joins = ("contract__place", "contract__firm__unit", "drawn_by")
    list_display = ["drawn_at", "of", "days", "looked", "population", "seed", "standing"]
    list_display_links = ["of"]
    list_filter = [ChoiceFilter.on("state", chips=True), RowFilter.on("contract")]
    search_fields = ["contract__name", "contract__firm__unit__search"]
    search_help_text = gettext_lazy("Contract or service provider")
    ordering = ["-drawn_at", "-pk"]
    sortable_by = ("drawn_at",)
    fieldsets = [(None, {"fields": ["of", ("days", "size", "population"), ("seed", "drawn_by", "drawn_at")]})]
    add_fieldsets = [(None, {"fields": ["contract", ("first", "last"), ("size", "seed")]})]
    empty_hint = gettext_lazy("Draw a sample of what counts on a contract’s lines, and look at it on the spot.")
    change_form_outer_after_template = "stewards/spot_check.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/outcomes/", view(require_POST(self.outcomes_view)), name="stewards_spotcheck_outcomes"
            ),
            path("<path:object_id>/finding/", view(require_POST(self.finding_view)), name="stewards_spotcheck_finding"),
            *super().get_urls(),
        ]

    def rows(self, rows):
        looked = ~Q(rows__outcome="")
        return rows.annotate(number_rows=Count("rows"), number_looked=Count("rows", filter=looked))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "contract":
            kwargs["queryset"] = bound(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            rows = obj.rows.select_related("delivery__line", "delivery__station__unit", "delivery__steward", "finding")
            may = covers(request.user, obj, ("decide",))
            context |= {
                "drawn": rows.order_by("number"),
                "outcomes": SpotCheckRow.Outcome.choices,
                "may_enter": may and obj.state == C.DRAWN,
                "may_find": may,
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def outcomes_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Enters what was found of the rows."""
        check = self.get_object(request, unquote(object_id))
        said = dict(self._said(check, request.POST))
        seen = whole(request.POST.get("seen", "")) or 0

        def work() -> str:
            actions.enter_outcomes(actor=request.user, spot_check=check, said=said, seen=seen)
            return _("Kept.")

        return self._done(request, check, work)

    def finding_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Makes a finding of a row."""
        check = self.get_object(request, unquote(object_id))

        def work() -> str:
            rows = check.rows.select_related("delivery__line", "delivery__station", "spot_check__contract__place")
            row = rows.filter(number=whole(request.POST.get("row", "")) or 0).first()
            if row is None:
                raise ValidationError(_("There is no such row."))
            actions.open_finding_of_row(actor=request.user, row=row)
            return _("The finding is opened; the service provider is told.")

        return self._done(request, check, work)

    def _said(self, check: SpotCheck, posted: Mapping[str, str]):
        for row in check.rows.order_by("number"):
            outcome = posted.get(f"outcome-{row.number}", "")
            note = clean_line(posted.get(f"note-{row.number}", ""), max_length=300)
            if (outcome, note) != (row.outcome, row.note):
                yield row.number, {"outcome": outcome, "note": note}

    def _done(self, request: HttpRequest, check: SpotCheck, work) -> HttpResponse:
        try:
            messages.success(request, work())
        except StepRefused as refused:
            messages.error(request, str(refused.text))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        except PermissionDenied as refused:
            messages.error(request, str(refused))
        return redirect("admin:stewards_spotcheck_change", check.pk)

    @admin.display(description=CONTRACT)
    def of(self, row):
        return link(row.contract, row.contract.name) if admin.site.is_registered(Contract) else row.contract.name

    @admin.display(description=gettext_lazy("Days"))
    def days(self, row):
        return f"{row.first:%Y-%m-%d} – {row.last:%Y-%m-%d}"

    @admin.display(description=gettext_lazy("Looked at"))
    def looked(self, row):
        return in_column(f"{row.number_looked} / {row.number_rows}", row.number_looked)

    @admin.display(description=gettext_lazy("State"))
    def standing(self, row):
        return chip(row.get_state_display(), "good" if row.state == C.DONE else "wait")
