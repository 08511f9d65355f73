"""Who owes what by when, in the admin: the list with what is overdue first, a duty with its moves and who was told."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.interfaces.admin import ListFilter, Panel, PlaceFilter, ScopedModelAdmin, chip, day, link
from culture_admin.territory.models import Unit
from culture_admin.workflow.models import DUTIES, Deadline, Notice, Standing
from culture_admin.workflow.models.deadlines import STILL_OWED
from culture_admin.workflow.subjects import with_subjects

TONES = {
    Standing.OVERDUE: "warn",
    Standing.SOON: "wait",
    Standing.OPEN: "",
    Standing.SETTLED: "good",
    Standing.LAPSED: "off",
}


class StandingFilter(ListFilter):
    """By how a deadline stands today."""

    title = _("State")
    parameter_name = "standing"
    chips = True

    def lookups(self, request, model_admin):
        return Standing.choices

    def narrow(self, rows, written):
        if written not in Standing.values:
            raise self.refusal(written)
        return rows.standing(written, timezone.localdate())


class DutyFilter(ListFilter):
    """By kind of duty."""

    title = _("Kind")

    def lookups(self, request, model_admin):
        return sorted(((code, str(duty.name)) for code, duty in DUTIES.items()), key=lambda choice: choice[1])


class DebtorFilter(ListFilter):
    """By the kind of unit that owes."""

    title = _("Owed by")

    def lookups(self, request, model_admin):
        return Unit.Kind.choices


@admin.register(Deadline)
class DeadlineAdmin(ScopedModelAdmin):
    joins = ("unit__division",)
    list_display = ["due_on", "owed", "unit", "opened_on", "grounds", "standing"]
    list_display_links = ["owed"]
    list_filter = [
        StandingFilter,
        DutyFilter.on("code"),
        DebtorFilter.on("unit__kind", parameter_name="debtor"),
        PlaceFilter.on("unit__division__path"),
    ]
    search_fields = ["label", "unit__search"]
    search_help_text = _("What is owed, or by whom")
    ordering = [STILL_OWED, "due_on", "pk"]
    sortable_by = ("due_on",)
    fieldsets = [
        (None, {"fields": ["owed", "unit", "grounds", "record"]}),
        (
            _("Time"),
            {"fields": [("opened_on", "due_on"), ("working_days", "provisional"), ("settled_at", "lapsed_at")]},
        ),
    ]
    empty_hint = _("Nothing is owed. Deadlines come from the work itself.")

    def rows(self, rows):
        return with_subjects(rows)

    def panels(self, request, record):
        return [
            Panel(
                title=_("Moves of the day"),
                name="",
                columns=[_("Time"), pgettext_lazy("a deadline", "From"), pgettext_lazy("a deadline", "To"), _("Why")],
                rows=[
                    [day(move.at), day(move.from_on), day(move.to_on), move.get_why_display()]
                    for move in record.moves.all()
                ],
                add="",
            ),
            Panel(
                title=_("Who was told"),
                name="",
                columns=[_("Time"), _("Kind"), _("Office"), _("Read by (people)")],
                rows=[_told(notice) for notice in _notices(record)],
                add="",
            ),
        ]

    @admin.display(description=_("What is owed"))
    def owed(self, deadline):
        return deadline.said

    @admin.display(description=_("Record"))
    def record(self, deadline):
        if deadline.subject is None:
            return "—"
        try:
            return link(deadline.subject)
        except NoReverseMatch:
            return str(deadline.subject)

    @admin.display(description=_("Basis"))
    def grounds(self, deadline):
        return deadline.grounds

    @admin.display(description=_("State"))
    def standing(self, deadline):
        stands = deadline.stands(timezone.localdate())
        return chip(stands.label, TONES[stands])


def _notices(deadline: Deadline):
    rows = Notice.objects.filter(deadline=deadline).select_related("unit")
    return rows.annotate(readers=Count("readings")).order_by("-pk")[:50]


def _told(notice: Notice) -> list[object]:
    at = date_format(timezone.localtime(notice.at), "Y-m-d H:i")
    return [at, notice.get_kind_display(), f"{notice.get_role_display()} · {notice.unit}", notice.readers]
