"""Evaluations of contracts in the admin: opened, reviewed item by item, concluded, and every point explained."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from culture_admin.accounts.asking import ask
from culture_admin.interfaces.admin import ChoiceFilter, RowFilter, ScopedModelAdmin, chip, day, in_column, link
from culture_admin.interfaces.admin.cells import DASH
from culture_admin.scoring.admin import ReviewedAdmin
from culture_admin.scoring.explained import scored
from culture_admin.scoring.models import Scheme
from stewards import actions
from stewards.actions.evaluations import EVALUATED, POWER
from stewards.explaining import trees
from stewards.models import Contract, Evaluation, ServiceFinding, TownRating
from stewards.sides import parts_of

E, T = Evaluation.State, TownRating.State
TONES = {E.DECLARED: "wait", E.CONCLUDED: "good", E.VOID: "off"}
OF_RATING = {
    gettext_lazy("Station"): lambda row: link(row, row.station.name),
    gettext_lazy("Rating (1 to 5)"): lambda row: row.points or DASH,
    gettext_lazy("Comment"): lambda row: row.comment,
    gettext_lazy("State"): lambda row: chip(row.get_state_display(), "good" if row.state == T.GIVEN else "wait"),
}
OF_FINDING = {
    gettext_lazy("What was found"): link,
    gettext_lazy("To be put right until"): lambda row: day(row.due_on),
    gettext_lazy("State"): lambda row: row.get_state_display(),
}


def why_shut(user, evaluation: Evaluation) -> str:
    """Why the reader cannot review; empty where he can."""
    answer = ask(user.offices, POWER, "decide", path=evaluation.contract.place.path)
    if not answer:
        return str(answer.text)
    if evaluation.state != Evaluation.State.DECLARED:
        text = _("The evaluation is “%(state)s”; it is reviewed once the firm has handed it in.")
        return text % {"state": evaluation.get_state_display()}
    return ""


@admin.register(Evaluation)
class EvaluationAdmin(ReviewedAdmin):
    sides = parts_of
    why_shut = why_shut
    review_action = actions.review_evaluation
    claimant = gettext_lazy("The firm says")
    review_table = "stewards/review.html"
    add_action = actions.open_evaluation
    writers = ("decide",)
    joins = ("contract__place", "contract__firm__unit", "scheme")
    list_display = ["time", "of", "firm", "reviewed", "rated", "total", "standing"]
    list_display_links = ["of"]
    list_filter = [ChoiceFilter.on("state", chips=True), RowFilter.on("contract")]
    search_fields = ["contract__name", "contract__number", "contract__firm__unit__search"]
    search_help_text = gettext_lazy("Contract, number or service provider")
    ordering = ["-last", "-pk"]
    sortable_by = ("time",)
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("of", "firm"), ("time", "days"), "standard", ("total", "concluded_on"),
                    ("quantity", "quality", "towns", "public"),
                ],
            },
        ),
    ]  # fmt: skip
    add_fieldsets = [(None, {"fields": ["contract", "scheme", ("year", "quarter")]})]
    empty_hint = gettext_lazy("Open the evaluation of a contract for a quarter, or for a year.")
    change_form_outer_after_template = "stewards/evaluation.html"

    def rows(self, rows):
        return rows.annotate(
            number_items=Count("items", distinct=True),
            number_reviewed=Count("items", filter=~Q(items__reviewed=""), distinct=True),
            number_ratings=Count("ratings", distinct=True),
            number_given=Count("ratings", filter=Q(ratings__state=T.GIVEN), distinct=True),
        )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Contracts that can be evaluated, and standards that are published."""
        if db_field.name == "contract":
            kwargs["queryset"] = Contract.objects.visible_to(request.user).filter(state__in=EVALUATED)
        if db_field.name == "scheme":
            kwargs["queryset"] = Scheme.objects.visible_to(request.user).filter(
                subject=Scheme.Subject.CONTRACT, state=Scheme.State.PUBLISHED
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["trees"] = trees(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def panels(self, request, record):
        panels = [
            self.panel(
                request,
                TownRating,
                OF_RATING,
                lambda rows: rows.select_related("station__unit", "evaluation__contract"),
                evaluation=record,
            ),
            self.panel(
                request, ServiceFinding, OF_FINDING, lambda rows: rows.select_related("contract"), evaluation=record
            ),
        ]
        return [panel for panel in panels if panel.rows]

    @admin.display(description=gettext_lazy("Time"), ordering="last")
    def time(self, row):
        return f"{row.year} Q{row.quarter}" if row.quarter else str(row.year)

    @admin.display(description=gettext_lazy("Days"))
    def days(self, row):
        return f"{row.first:%Y-%m-%d} – {row.last:%Y-%m-%d}"

    @admin.display(description=gettext_lazy("Contract"))
    def of(self, row):
        return row.contract.name

    @admin.display(description=gettext_lazy("Service provider"))
    def firm(self, row):
        return row.contract.firm.name

    @admin.display(description=gettext_lazy("Service standard"))
    def standard(self, row):
        return link(row.scheme)

    @admin.display(description=gettext_lazy("Items reviewed"))
    def reviewed(self, row):
        return in_column(f"{row.number_reviewed} / {row.number_items}", row.number_reviewed)

    @admin.display(description=gettext_lazy("Towns that rated"))
    def rated(self, row):
        return in_column(f"{row.number_given} / {row.number_ratings}", row.number_given)

    @admin.display(description=pgettext_lazy("of a contract", "Performance score"))
    def total(self, row):
        return in_column(DASH if row.score is None else scored(row.score), row.score)

    @admin.display(description=gettext_lazy("State"))
    def standing(self, row):
        return chip(row.get_state_display(), TONES.get(row.state, ""))


@admin.register(TownRating)
class TownRatingAdmin(ScopedModelAdmin):
    joins = ("station__unit", "station__division", "evaluation__contract__place", "evaluation__contract__firm__unit")
    list_display = ["evaluation_of", "at", "points", "comment", "standing"]
    list_display_links = ["at"]
    list_filter = [ChoiceFilter.on("state", chips=True), RowFilter.on("evaluation")]
    search_fields = ["station__unit__search", "evaluation__contract__name"]
    search_help_text = gettext_lazy("Town or contract")
    ordering = ["-evaluation__last", "station__division__code", "pk"]
    sortable_by = ()
    fieldsets = [(None, {"fields": [("of", "at"), "points", "comment"]})]
    empty_hint = gettext_lazy("The towns are asked when an evaluation is opened.")

    @admin.display(description=gettext_lazy("Evaluation of a contract"))
    def evaluation_of(self, row):
        return str(row.evaluation)

    @admin.display(description=gettext_lazy("Evaluation of a contract"))
    def of(self, row):
        return link(row.evaluation)

    @admin.display(description=gettext_lazy("Station"))
    def at(self, row):
        return row.station.name

    @admin.display(description=gettext_lazy("State"))
    def standing(self, row):
        return chip(row.get_state_display(), "good" if row.state == T.GIVEN else "wait")
