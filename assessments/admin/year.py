"""What the page of a year shows: how far it has come, who is where, what fails, and what can be done besides its steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import admin
from django.db.models import Count, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assessments.actions.computing import standings
from assessments.actions.cycles import RESULTS, WRITERS, until_of
from assessments.admin.states import TONES
from assessments.models import Assessment, Award, AwardPayment, Cycle, Objection
from culture_admin.interfaces.admin import Panel, link, yuan
from culture_admin.interfaces.permissions import covers, may_write
from culture_admin.scoring.models import Scheme
from culture_admin.workflow.models import Decision

S = Cycle.State
STAGES = (
    (S.OPEN, pgettext_lazy("a stage", "Open")),
    (S.LOCKED, gettext_lazy("Frozen")),
    (S.TOTALLED, gettext_lazy("Totals")),
    (S.PUBLICISED, gettext_lazy("Publicity")),
    (S.FINAL, pgettext_lazy("a stage", "Final")),
    (S.ARCHIVED, pgettext_lazy("a stage", "Archive")),
)
ORDER = [state for state, _label in STAGES]


@dataclass(frozen=True)
class Stage:
    """A stage of the year: reached on a day, or to come; `until` is the day that ends it, where one does."""

    label: object
    on: date | None
    until: date | None
    reached: bool
    current: bool


@dataclass(frozen=True)
class Column:
    """A state with how many are in it, and where they are listed."""

    label: object
    number: int
    tone: str
    address: str


@dataclass(frozen=True)
class Door:
    """A page that belongs to the year."""

    label: object
    address: str


def first_day(cycle: Cycle) -> date:
    return date(cycle.year, 1, 1)


def until_now(cycle: Cycle) -> date:
    """The day up to which the year's values are read now."""
    return max(first_day(cycle), until_of(cycle, timezone.now()))


def year_of(request: HttpRequest, cycle: Cycle) -> dict[str, object]:
    """What the head of the page is filled with."""
    return {
        "stages": stages_of(cycle),
        "columns": columns_of(cycle),
        "doors": doors_of(cycle),
        "interim": _interim(request, cycle),
        "newer": _newer(request, cycle),
        "replaced": cycle.scheme.state != Scheme.State.PUBLISHED and cycle.state in (S.OPEN, S.LOCKED),
        "today": timezone.localdate(),
        "first": first_day(cycle),
        "last": min(date(cycle.year, 12, 31), timezone.localdate()),
    }


def stages_of(cycle: Cycle) -> list[Stage]:
    """The stages in their order, each with the day on which the year last came to it."""
    moved = Decision.objects.about(cycle).order_by("pk").values_list("to_state", "at")
    days = {state: timezone.localdate(at) for state, at in moved}
    at = ORDER.index(cycle.state) if cycle.state in ORDER else -1
    ends = {S.OPEN: cycle.self_until, S.PUBLICISED: cycle.objections_until}
    return [
        Stage(
            label=label,
            on=days.get(state) if number <= at else None,
            until=ends.get(state),
            reached=number <= at,
            current=number == at,
        )
        for number, (state, label) in enumerate(STAGES)
    ]


def columns_of(cycle: Cycle) -> list[Column]:
    """The states in which somebody is, in their order."""
    rows = cycle.assessments.order_by().values("state").annotate(number=Count("pk"))
    numbers = dict(rows.values_list("state", "number"))
    address = reverse("admin:assessments_assessment_changelist")
    return [
        Column(label, numbers[state], TONES[Assessment].get(state, ""), f"{address}?cycle={cycle.pk}&state={state}")
        for state, label in Assessment.State.choices
        if numbers.get(state)
    ]


def doors_of(cycle: Cycle) -> list[Door]:
    """The lists and pages of the year."""
    if cycle.state in (S.DRAFT, S.VOID):
        return []
    towns = reverse("admin:assessments_assessment_changelist")
    objections = reverse("admin:assessments_objection_changelist")
    return [
        Door(_("All towns of the year"), f"{towns}?cycle={cycle.pk}"),
        Door(_("Objections"), f"{objections}?cycle={cycle.pk}"),
        Door(_("Rehearse: other points and targets"), reverse("admin:assessments_cycle_rehearsal", args=[cycle.pk])),
    ]


def panels_of(request: HttpRequest, cycle: Cycle) -> list[Panel]:
    """Formulas that fail, what is contested, and the money."""
    panels = []
    asked = request.GET.get("formulas") == "now" and cycle.state == S.OPEN
    if asked or cycle.state in (S.LOCKED, S.TOTALLED):
        panels.append(_failing(cycle))
    if cycle.state in Cycle.SHOWN:
        panels += [_contested(request, cycle), _money(request, cycle)]
    return panels


def _failing(cycle: Cycle) -> Panel:
    """Of frozen numbers what failed when they were frozen; of an open year what fails now."""
    if cycle.snapshot:
        towns = {one.unit_id: one for one in cycle.assessments.standing().select_related("unit", "cycle__scheme")}
        failures = [(towns[unit], code) for unit, code in cycle.failures if unit in towns]
    else:
        failures = list(standings(cycle, until=until_now(cycle)).failures())
    labels = {one.code: f"{one.code} {one.label}" for _section, one in cycle.scheme.content.table.indicators()}
    rows: list[list[object]] = [
        [link(assessment, assessment.unit.name), labels.get(code, code), _("The denominator is not recorded, or 0.")]
        for assessment, code in failures
    ]
    rows = rows or [[_("None: every formula has its denominator."), "", ""]]
    return Panel(_("Formulas that fail"), "", [_("Assessed"), _("Indicator"), _("Why")], rows, "")


def _contested(request: HttpRequest, cycle: Cycle) -> Panel:
    rows = Objection.objects.visible_to(request.user).filter(assessment__cycle=cycle).order_by()
    numbers = dict(rows.values_list("state").annotate(number=Count("pk")))
    address = reverse("admin:assessments_objection_changelist")
    lines: list[list[object]] = [
        [_linked(f"{address}?cycle={cycle.pk}&state={state}", label), numbers[state]]
        for state, label in Objection.State.choices
        if numbers.get(state)
    ]
    lines = lines or [[_("Nobody has objected."), ""]]
    return Panel(_("Objections"), "", [_("State"), pgettext("of objections", "Number")], lines, "")


def _money(request: HttpRequest, cycle: Cycle) -> Panel:
    awards = Award.objects.visible_to(request.user).filter(assessment__cycle=cycle).exclude(state=Award.State.VOID)
    granted = awards.aggregate(number=Count("pk"), sum=Sum("amount"))
    paid = AwardPayment.objects.filter(award__in=awards).aggregate(sum=Sum("amount"))["sum"] or 0
    sum_of = granted["sum"] or 0
    address = reverse("admin:assessments_award_changelist")
    columns: list[object] = [_("Awards"), _("Granted (yuan)"), _("Paid (yuan)"), _("Left (yuan)")]
    number = _linked(f"{address}?cycle={cycle.pk}", granted["number"])
    return Panel(_("Award money"), "", columns, [[number, yuan(sum_of), yuan(paid), yuan(sum_of - paid)]], "")


def _linked(address: str, text: object) -> str:
    return format_html('<a class="plain" href="{}">{}</a>', address, text)


def _interim(request: HttpRequest, cycle: Cycle) -> bool:
    return (
        cycle.state == S.OPEN
        and first_day(cycle) <= timezone.localdate()
        and bool(may_write(request.user, RESULTS, ("decide",)))
        and covers(request.user, cycle, WRITERS)
    )


def _newer(request: HttpRequest, cycle: Cycle) -> Scheme | None:
    """The edition that was published since, where it can be taken over."""
    if cycle.state not in (S.OPEN, S.LOCKED) or not covers(request.user, cycle, WRITERS):
        return None
    published = Scheme.objects.of(cycle.place, cycle.subject, cycle.year).filter(state=Scheme.State.PUBLISHED)
    return published.exclude(pk=cycle.scheme_id).first()


def snapshot_page(cycle: Cycle) -> str:
    """Where the frozen numbers are compared with today's; empty where there is no such page."""
    model = Cycle._meta.get_field("snapshot").related_model
    if cycle.snapshot is None or not admin.site.is_registered(model):
        return ""
    return reverse("admin:statistics_snapshot_change", args=[cycle.snapshot_id])
