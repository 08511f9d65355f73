"""Years of assessment in the admin: planned by a published scheme, and carried through from the opening to the archive."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from assessments.actions import adopt_edition, change_cycle, draft_cycle, take_interim
from assessments.actions.cycles import CHANGEABLE
from assessments.admin import rehearsal
from assessments.admin.states import state_of
from assessments.admin.year import panels_of, snapshot_page, year_of
from assessments.models import Assessment, Computation, Cycle
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    PlaceFilter,
    ScopedModelAdmin,
    chip,
    day,
    in_column,
    link,
    moment,
    territory_of,
)
from culture_admin.interfaces.admin.doing import done, line
from culture_admin.interfaces.queries import day as day_in
from culture_admin.interfaces.queries import whole
from culture_admin.scoring.models import Scheme

S, A = Cycle.State, Assessment.State
# What has been reached by everybody in these.
ACCEPTED = (A.ACCEPTED, A.CHECKED, A.PUBLICISED, A.FINAL)
SEALED = (A.SEALED, *ACCEPTED)
OF_COMPUTATION = {
    gettext_lazy("Computation"): lambda row: link(row, f"{row.get_kind_display()} {row.number}"),
    gettext_lazy("Counted until"): lambda row: day(row.until),
    gettext_lazy("Time"): lambda row: moment(row.taken_at),
    gettext_lazy("Shown since"): lambda row: moment(row.shown_at),
    gettext_lazy("Reason"): lambda row: row.reason or "—",
    gettext_lazy("Hash"): lambda row: row.digest[:12],
}


@admin.register(Cycle)
class CycleAdmin(ScopedModelAdmin):
    add_action = draft_cycle
    change_action = change_cycle
    joins = ("scheme", "place", "snapshot")
    list_display = ["year", "subject", "name", "sealed", "accepted", "next_day", "standing"]
    list_display_links = ["name"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ChoiceFilter.on("scheme__subject", title=gettext_lazy("What is scored"), parameter_name="subject"),
        PlaceFilter.on("place__path"),
    ]
    search_fields = ["scheme__name_zh", "scheme__name_en", "document"]
    search_help_text = gettext_lazy("Scheme or document")
    ordering = ["-scheme__year", "scheme__subject", "-pk"]
    sortable_by = ("year",)
    fieldsets = [
        (None, {"fields": [("rules", "place"), "self_until"]}),
        (gettext_lazy("Results"), {"fields": [("document", "document_on"), ("publicised_on", "objections_until")]}),
        (gettext_lazy("Frozen numbers"), {"fields": ["frozen"]}),
    ]
    add_fieldsets = [(None, {"fields": ["scheme", "self_until"]})]
    empty_hint = gettext_lazy("Choose a published scheme and say until when towns assess themselves.")
    change_form_outer_before_template = "assessments/year.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/interim/", view(require_POST(self.interim_view)), name="assessments_cycle_interim"),
            path("<path:object_id>/adopt/", view(require_POST(self.adopt_view)), name="assessments_cycle_adopt"),
            path(
                "<path:object_id>/rehearsal/",
                view(require_safe(self.rehearsal_view)),
                name="assessments_cycle_rehearsal",
            ),
            *super().get_urls(),
        ]

    def rows(self, rows):
        standing = ~Q(assessments__state=A.VOID)
        return rows.annotate(
            everybody=Count("assessments", filter=standing),
            number_sealed=Count("assessments", filter=Q(assessments__state__in=SEALED)),
            number_accepted=Count("assessments", filter=Q(assessments__state__in=ACCEPTED)),
        )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Published schemes of towns and stations by which nobody is assessed yet."""
        if db_field.name == "scheme":
            running = Cycle.objects.exclude(state=S.VOID).filter(scheme=OuterRef("pk"))
            kwargs["queryset"] = (
                Scheme.objects.visible_to(request.user)
                .filter(state=Scheme.State.PUBLISHED, place__in=territory_of(request.user, self.power))
                .exclude(subject=Scheme.Subject.CONTRACT)
                .exclude(Exists(running))
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def open_fields(self, cycle: Cycle) -> list[str]:
        return [name for name, states in CHANGEABLE.items() if cycle.state in states]

    def may_change(self, request, record):
        return bool(self.open_fields(record)) and super().may_change(request, record)

    def get_readonly_fields(self, request, obj=None):
        names = super().get_readonly_fields(request, obj)
        if obj is None or not self.may_change(request, obj):
            return names
        return [name for name in names if name not in self.open_fields(obj)]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["year"] = year_of(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def panels(self, request, record):
        computations = self.panel(request, Computation, OF_COMPUTATION, cycle=record)
        return [*panels_of(request, record), computations]

    # --- what is done besides the steps ---

    def interim_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Computes and ranks by what is recorded up to a day."""
        cycle = self.get_object(request, unquote(object_id))

        def work() -> str:
            until = day_in(request.POST.get("until", ""))
            if until is None:
                raise ValidationError(_("Say up to which day it is counted."))
            reason, shown = line(request, "reason"), "shown" in request.POST
            made = take_interim(actor=request.user, cycle=cycle, until=until, reason=reason, shown=shown)
            return _("The interim ranking is computed: %(computation)s.") % {"computation": made}

        done(request, work)
        return redirect("admin:assessments_cycle_change", cycle.pk)

    def adopt_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Goes on by the edition that was published since."""
        cycle = self.get_object(request, unquote(object_id))

        def work() -> str:
            seen = whole(request.POST.get("seen", "")) or 0
            row = adopt_edition(actor=request.user, cycle=cycle, reason=line(request, "comment"), seen=seen)
            return _("The assessment goes on by %(scheme)s.") % {"scheme": row.scheme}

        done(request, work)
        return redirect("admin:assessments_cycle_change", cycle.pk)

    def rehearsal_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What if the scheme gave other points, or somebody had done more; nothing is written."""
        return rehearsal.page(self, request, self.get_object(request, unquote(object_id)))

    # --- what stands in the list and on the page ---

    @admin.display(description=gettext_lazy("Year"), ordering="scheme__year")
    def year(self, cycle):
        return cycle.year

    @admin.display(description=gettext_lazy("What is scored"))
    def subject(self, cycle):
        return cycle.scheme.get_subject_display()

    @admin.display(description=gettext_lazy("Scheme"))
    def name(self, cycle):
        return cycle.scheme.name

    @admin.display(description=gettext_lazy("Scheme"))
    def rules(self, cycle):
        return link(cycle.scheme)

    @admin.display(description=gettext_lazy("Sealed"))
    def sealed(self, cycle):
        return _of(cycle.number_sealed, cycle.everybody)

    @admin.display(description=pgettext_lazy("of assessments", "First review passed"))
    def accepted(self, cycle):
        return _of(cycle.number_accepted, cycle.everybody)

    @admin.display(description=gettext_lazy("Next day"))
    def next_day(self, cycle):
        """The day on which the next thing is due."""
        ends = {S.DRAFT: cycle.self_until, S.OPEN: cycle.self_until, S.PUBLICISED: cycle.objections_until}
        return day(ends.get(cycle.state))

    @admin.display(description=gettext_lazy("State"))
    def standing(self, cycle):
        return state_of(cycle)

    @admin.display(description=gettext_lazy("Snapshot"))
    def frozen(self, cycle):
        if cycle.snapshot is None:
            return chip(_("Not frozen: numbers move with the records"), "")
        told = format_html("<code>{}</code> · {}", cycle.snapshot.digest[:16], moment(cycle.snapshot.taken_at))
        address = snapshot_page(cycle)
        if not address:
            return told
        return format_html('{} · <a class="plain" href="{}">{}</a>', told, address, _("What is read otherwise today"))


def _of(number: int, everybody: int) -> object:
    return in_column(f"{number} / {everybody}", number) if everybody else in_column("—", None)
