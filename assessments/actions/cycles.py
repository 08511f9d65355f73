"""The verbs of a yearly assessment: plan it, change its days, take over another edition, and what each of its steps does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.computing import frozen, standings
from assessments.actions.keeping import store
from assessments.actions.subjects import assess_all, items_of
from assessments.models import Assessment, Computation, Cycle, Item
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.scoring.models import Scheme
from culture_admin.workflow.actions import follow, note_on, record_entry, settle
from culture_admin.workflow.calendar import add_working_days
from culture_admin.workflow.locking import closed_to_change, lock

POWER, RESULTS = "assessments", "assessments.results"
WRITERS = ("propose", "decide")
SELF = "assessments.self"
State = Cycle.State
# What may still be changed, by the state.
CHANGEABLE = {
    "self_until": (State.DRAFT, State.OPEN),
    "document": (State.DRAFT, State.OPEN, State.LOCKED, State.TOTALLED, State.PUBLICISED),
    "document_on": (State.DRAFT, State.OPEN, State.LOCKED, State.TOTALLED, State.PUBLICISED),
}


def draft_cycle(*, actor, scheme: Scheme, self_until: date, at: datetime | None = None, **entries: Any) -> Cycle:
    """Plans the assessment of a published scheme's year. Raises ValidationError by field, PermissionDenied."""
    at = at or timezone.now()
    office, _verb = require(actor.offices, POWER, WRITERS, path=scheme.place.path)
    if scheme.state != Scheme.State.PUBLISHED:
        message = _("The scheme is “%(state)s”; a published one is assessed by.")
        refused = ValidationError(message % {"state": scheme.get_state_display()}, code="not_published")
        raise ValidationError({"scheme": refused})
    if scheme.subject == Scheme.Subject.CONTRACT:
        message = _("Contracts are assessed where they are accepted.")
        raise ValidationError({"scheme": ValidationError(message, code="subject")})
    if self_until <= date(scheme.year, 1, 1):
        message = _("It ends before the year begins.")
        raise ValidationError({"self_until": ValidationError(message, code="date_range")})
    with acting(actor):
        cycle = Cycle(
            scheme=scheme, place=scheme.place, self_until=self_until, drafted_by=actor, recorded_at=at, **entries
        )
        cycle.full_clean()
        cycle.save()
        record_entry(cycle, step="draft", office=office, actor=actor, at=at)
    return cycle


def change_cycle(*, actor, cycle: Cycle, seen: int | None = None, at: datetime | None = None, **changes) -> Cycle:
    """Changes the day of the self-assessment, or names the document of the results.

    Raises ValidationError, StepRefused (`stale`, `illegal_transition`), PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(Cycle.objects.visible_to(actor).select_related("place", "scheme"), cycle, seen)
        office, _verb = require(actor.offices, POWER, WRITERS, path=row.place.path)
        for name, value in changes.items():
            if row.state not in CHANGEABLE[name]:
                raise closed_to_change(row)
            setattr(row, name, value)
        row.version += 1
        row.full_clean()
        row.save()
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
    return row


def adopt_edition(*, actor, cycle: Cycle, reason: str, seen: int | None = None, at: datetime | None = None) -> Cycle:
    """Goes on by the edition of the scheme that was published since; who is assessed and what was judged stays.

    What is counted is frozen anew where it was. Raises ValidationError, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(Cycle.objects.visible_to(actor).select_related("place", "scheme"), cycle, seen)
        office, _verb = require(actor.offices, POWER, WRITERS, path=row.place.path)
        if row.state not in (State.OPEN, State.LOCKED):
            raise closed_to_change(row)
        newer = Scheme.objects.of(row.place, row.subject, row.year).filter(state=Scheme.State.PUBLISHED).first()
        if newer is None or newer.pk == row.scheme_id:
            message = _("No other edition has been published.")
            raise ValidationError({"scheme": ValidationError(message, code="no_edition")})
        if not reason.strip():
            raise ValidationError({"reason": ValidationError(_("This is needed."), code="required")})
        row.scheme, row.version = newer, row.version + 1
        row.save()
        if row.state == State.LOCKED:
            freeze([row], actor, at)
        known = set(Item.objects.filter(assessment__cycle=row).values_list("assessment_id", "code"))
        Item.objects.bulk_create(
            item for one in row.assessments.all() for item in items_of(one, newer) if (one.pk, item.code) not in known
        )
        note_on([row], step="adopt", office=office, actor=actor, at=at, comment=reason)
    return row


def take_interim(
    *, actor, cycle: Cycle, until: date, reason: str = "", shown: bool = True, at: datetime | None = None
) -> Computation:
    """Computes and ranks by what is recorded up to a day, such as the first half of the year; nothing is frozen for the year.

    shown: those who are assessed see it at once. Raises ValidationError, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    require(actor.offices, RESULTS, ("decide",), path=cycle.place.path)
    last = min(date(cycle.year, 12, 31), timezone.localdate(at))
    if not date(cycle.year, 1, 1) <= until <= last:
        message = _("Expected a day from %(first)s to %(last)s.")
        params = {"first": date(cycle.year, 1, 1), "last": last}
        raise ValidationError({"until": ValidationError(message, code="date_range", params=params)})
    with acting(actor):
        row = lock(Cycle.objects.visible_to(actor).select_related("place", "scheme"), cycle, None)
        if row.state != State.OPEN:
            raise closed_to_change(row)
        snapshot = frozen(row, until=until, actor=actor, at=at)
        made = standings(row, until=until, snapshot=snapshot)
        kind = Computation.Kind.INTERIM
        computation = store(row, made, snapshot, kind=kind, until=until, actor=actor, at=at, reason=reason)
        if shown:
            _show(computation, at)
    return computation


def until_of(cycle: Cycle, at: datetime) -> date:
    """The last day a year's values speak of: its end, or today as long as it lasts."""
    return min(date(cycle.year, 12, 31), timezone.localdate(at))


def open_up(cycles: Sequence[Cycle], actor, at: datetime) -> None:
    """Everybody of the scheme's groups is assessed, item by item, and owes the self-assessment."""
    for cycle in cycles:
        assess_all(cycle, at)


def freeze(cycles: Sequence[Cycle], actor, at: datetime) -> None:
    """What is counted is frozen; what is confirmed later counts for this year no more."""
    for cycle in cycles:
        until = until_of(cycle, at)
        cycle.snapshot = frozen(cycle, until=until, actor=actor, at=at)
        made = standings(cycle, until=until, snapshot=cycle.snapshot)
        cycle.failures = [[one.unit_id, code] for one, code in made.failures()]
        Cycle.objects.filter(pk=cycle.pk).update(snapshot=cycle.snapshot, failures=cycle.failures)


def thaw(cycles: Sequence[Cycle], actor, at: datetime) -> None:
    """The numbers move with the records again, until they are frozen anew; what was frozen stays on record."""
    Cycle.objects.filter(pk__in=[cycle.pk for cycle in cycles]).update(snapshot=None, failures=[])


def total(cycles: Sequence[Cycle], actor, at: datetime) -> None:
    """Scores, places and titles by the frozen values and by what was judged."""
    for cycle in cycles:
        until = until_of(cycle, cycle.snapshot.taken_at)
        made = standings(cycle, until=until, snapshot=cycle.snapshot)
        store(cycle, made, cycle.snapshot, kind=Computation.Kind.TOTAL, until=until, actor=actor, at=at)


def publicise(cycles: Sequence[Cycle], actor, at: datetime) -> None:
    """Results are shown to everybody assessed, for so many working days; until then they may object."""
    today = timezone.localdate(at)
    for cycle in cycles:
        cycle.publicised_on = today
        cycle.objections_until, _provisional = add_working_days(today, cycle.scheme.publicity)
        Cycle.objects.filter(pk=cycle.pk).update(
            publicised_on=cycle.publicised_on, objections_until=cycle.objections_until
        )
        _show(latest(cycle), at)
        _along(cycle, "publicise", actor, at, _("The results are shown."))


def take_back(cycles: Sequence[Cycle], actor, at: datetime) -> None:
    """Results that were shown are shown no more; what was computed stays on record."""
    for cycle in cycles:
        Computation.objects.filter(cycle=cycle, shown_at__isnull=False).exclude(kind=Computation.Kind.INTERIM).update(
            shown_at=None
        )
        Cycle.objects.filter(pk=cycle.pk).update(publicised_on=None, objections_until=None)
        _along(cycle, "reopen", actor, at, _("The publicity was taken back."))


def strike(cycles: Sequence[Cycle], actor, at: datetime) -> None:
    for cycle in cycles:
        _along(cycle, "void", actor, at, _("The assessment of the year was given up."))


def latest(cycle: Cycle) -> Computation:
    """The computation that stands: the totals, or what they were corrected to."""
    return cycle.computations.exclude(kind=Computation.Kind.INTERIM).latest("number")


def _along(cycle: Cycle, step: str, actor, at: datetime, comment: str) -> None:
    moved = follow(Assessment.objects.filter(cycle=cycle), step, actor=actor, at=at, comment=comment)
    if step == "void":
        settle(moved, SELF, at=at)


def _show(computation: Computation, at: datetime) -> None:
    computation.shown_at = at
    Computation.objects.filter(pk=computation.pk).update(shown_at=at)
