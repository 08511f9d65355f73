"""Assessments of towns in the admin: who is where, and the review of one town item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from assessments.actions import appoint_assessor, review_items
from assessments.actions.checklist import Finding, Weight, checklist
from assessments.admin.review import parts_of, why_shut
from assessments.admin.sitting import candidates, may_appoint
from assessments.admin.states import place_of, score, state_of
from assessments.admin.year import until_now
from assessments.models import Assessment, Cycle, Objection, PanelSeat, Result
from assessments.naming import group_name, title_name
from culture_admin.accounts.models import User
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ListFilter,
    Panel,
    PlaceFilter,
    RowFilter,
    day,
    in_column,
    link,
)
from culture_admin.interfaces.admin.doing import done
from culture_admin.interfaces.queries import day as day_in
from culture_admin.interfaces.queries import whole
from culture_admin.scoring.admin import ReviewedAdmin
from culture_admin.scoring.reviewing import Part

A, P = Assessment.State, PanelSeat.State
OF_SEAT = {
    gettext_lazy("Assessor"): lambda row: link(row, row.assessor.name),
    gettext_lazy("On the spot on"): lambda row: day(row.visit_on),
    gettext_lazy("State"): state_of,
}
OF_RESULT = {
    gettext_lazy("Computation"): lambda row: link(
        row, f"{row.computation.get_kind_display()} {row.computation.number}"
    ),
    pgettext_lazy("of points", "Score"): lambda row: score(row.total),
    pgettext_lazy("in a ranking", "Place"): place_of,
    pgettext_lazy("of a town", "Title"): lambda row: title_name(row.computation.scheme, row.title) or "—",
}
OF_OBJECTION = {
    pgettext_lazy("to a score", "Objection"): lambda row: link(row, f"{row.code} · {row.get_wants_display()}"),
    gettext_lazy("Grounds"): lambda row: row.grounds[:120],
    gettext_lazy("State"): state_of,
}
# Where a finding of the checklist is looked at in the bureau's rooms.
ROOMS = {
    "activities": "admin:activities_activity_changelist",
    "returns": "admin:activities_monthlyreturn_changelist",
    "certificates": "admin:stations_certificate_changelist",
}


class GroupFilter(ListFilter):
    """By the group in which towns are compared."""

    title = gettext_lazy("Group")
    parameter_name = "group"
    field = "group"

    def lookups(self, request, model_admin):
        """The groups of the year that is chosen, else of every year; one bears the name that its last scheme gives it."""
        cycles = Cycle.objects.visible_to(request.user).select_related("scheme").order_by("scheme__year", "pk")
        chosen = whole(request.GET.get("cycle", ""))
        if chosen and chosen > 0:
            cycles = cycles.filter(pk=chosen)
        schemes = {cycle.pk: cycle.scheme for cycle in cycles}
        rows = Assessment.objects.visible_to(request.user).filter(cycle__in=schemes)
        groups = rows.order_by("cycle__scheme__year", "cycle", "group").values_list("group", "cycle").distinct()
        named = {code: group_name(schemes[cycle], code) for code, cycle in groups}
        return sorted(named.items())


@dataclass(frozen=True)
class Checked:
    """A finding of the checklist with where it is looked at."""

    finding: Finding
    address: str

    @property
    def stops(self) -> bool:
        return self.finding.weight == Weight.STOP


@admin.register(Assessment)
class AssessmentAdmin(ReviewedAdmin):
    sides = parts_of
    why_shut = why_shut
    review_action = review_items
    review_title = gettext_lazy("First review")
    claimant = gettext_lazy("The town says")
    review_table = "assessments/review.html"
    joins = ("cycle__scheme", "unit", "station__unit", "division")
    list_display = ["year", "at", "of_group", "claimed", "reviewed", "assessors", "standing"]
    list_display_links = ["at"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        RowFilter.on("cycle", title=gettext_lazy("Year")),
        GroupFilter,
        PlaceFilter.on("division__path"),
    ]
    search_fields = ["unit__search", "division__search"]
    search_help_text = gettext_lazy("Town: name, pinyin or initials")
    ordering = ["-cycle__scheme__year", "group", "division__code", "pk"]
    sortable_by = ("year", "at")
    fieldsets = [(None, {"fields": [("at", "of_group"), ("rules", "station")]})]
    empty_hint = gettext_lazy("Open a year: everybody of the groups of its scheme is entered at once.")
    change_form_outer_after_template = "assessments/town.html"

    def get_urls(self):
        appoint = self.admin_site.admin_view(require_POST(self.appoint_view))
        return [
            path("<path:object_id>/appoint/", appoint, name="assessments_assessment_appoint"),
            *super().get_urls(),
        ]

    def rows(self, rows):
        said = ~Q(items__claimed="") | ~Q(items__note="")
        return rows.annotate(
            number_items=Count("items", distinct=True),
            number_said=Count("items", filter=said, distinct=True),
            number_reviewed=Count("items", filter=~Q(items__reviewed=""), distinct=True),
            number_seats=Count("seats", filter=Q(seats__state__in=PanelSeat.SITTING), distinct=True),
            number_finished=Count("seats", filter=Q(seats__state=P.FINISHED), distinct=True),
        )

    # --- the page of a town ---

    def reviewing(self, request: HttpRequest, record: Assessment, parts: Sequence[Part]) -> dict[str, object]:
        return super().reviewing(request, record, parts) | {
            "cycle": record.cycle,
            "checked": checked(record),
            "candidates": candidates(record) if may_appoint(request.user, record) else [],
        }

    def panels(self, request, record):
        panels: list[Panel] = [
            self.panel(request, PanelSeat, OF_SEAT, assessment=record),
            self.panel(
                request,
                Result,
                OF_RESULT,
                lambda rows: rows.select_related("computation__cycle__scheme", "computation__scheme").order_by(
                    "-computation__number"
                ),
                assessment=record,
            ),
            self.panel(request, Objection, OF_OBJECTION, assessment=record),
        ]
        return [panel for panel in panels if panel.rows]

    def appoint_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Sends an assessor to the town."""
        assessment = self.get_object(request, unquote(object_id))

        def work() -> str:
            key = whole(request.POST.get("assessor", "")) or 0
            assessor = User.objects.filter(pk=key).first()
            if assessor is None or assessor.pk not in {one.user.pk for one in candidates(assessment)}:
                raise ValidationError(_("Choose an assessor of the county."))
            seat = appoint_assessor(
                actor=request.user,
                assessment=assessment,
                assessor=assessor,
                visit_on=day_in(request.POST.get("visit_on", "")),
            )
            return _("%(name)s is sent to %(town)s.") % {"name": seat.assessor.name, "town": assessment.unit.name}

        done(request, work)
        return redirect("admin:assessments_assessment_change", assessment.pk)

    # --- what stands in the list ---

    @admin.display(description=gettext_lazy("Year"), ordering="cycle__scheme__year")
    def year(self, row):
        return row.cycle.year

    @admin.display(description=gettext_lazy("Assessed"), ordering="division__code")
    def at(self, row):
        return row.unit.name

    @admin.display(description=gettext_lazy("Group"))
    def of_group(self, row):
        return group_name(row.cycle.scheme, row.group)

    @admin.display(description=pgettext_lazy("of a year", "Assessment"))
    def rules(self, row):
        return link(row.cycle)

    @admin.display(description=gettext_lazy("Items said"))
    def claimed(self, row):
        return in_column(f"{row.number_said} / {row.number_items}", row.number_said)

    @admin.display(description=gettext_lazy("Items reviewed"))
    def reviewed(self, row):
        return in_column(f"{row.number_reviewed} / {row.number_items}", row.number_reviewed)

    @admin.display(description=gettext_lazy("Assessors who finished"))
    def assessors(self, row):
        seats = row.number_seats
        return in_column(f"{row.number_finished} / {seats}", row.number_finished) if seats else in_column("—", None)

    @admin.display(description=gettext_lazy("State"))
    def standing(self, row):
        return state_of(row)


def checked(assessment: Assessment) -> list[Checked]:
    """What the town sees before it hands over, each with where the bureau looks at it."""
    return [Checked(one, _address(one, assessment)) for one in checklist(assessment, until_now(assessment.cycle))]


def _address(finding: Finding, assessment: Assessment) -> str:
    if finding.room in ROOMS:
        address = f"{reverse(ROOMS[finding.room])}?division={assessment.division_id}"
        return address if finding.room == "certificates" else f"{address}&period={assessment.cycle.year}"
    return f"#item-{finding.code}" if finding.code else ""
