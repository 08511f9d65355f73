"""What a final result brings: titles, money and re-checks; and how the money is paid out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.cycles import POWER, latest
from assessments.models import Assessment, Award, AwardPayment, Cycle, Recheck
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.interfaces.entries import reversal_of
from culture_admin.interfaces.money import FEN
from culture_admin.scoring.body import Title
from culture_admin.scoring.models import Scheme
from culture_admin.workflow.actions import follow, perform, record_each, record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions import award_title
from stations.models import Title as TownTitle

AWARDS, RECHECKS = "assessments.awards", "assessments.rechecks"


def settle_results(cycles: Sequence[Cycle], actor, at: datetime) -> None:
    """The results are final: titles are entered with their document, and what they earn is granted."""
    for cycle in cycles:
        follow(
            Assessment.objects.filter(cycle=cycle),
            "finalise",
            actor=actor,
            at=at,
            comment=_("The results are final."),
        )
        titles = {title.label.zh: title for title in cycle.scheme.content.titles}
        results = list(
            latest(cycle)
            .results.exclude(title="")
            .select_related("assessment__unit", "assessment__station__division", "assessment__division")
        )
        granted = [
            _award(result.assessment, titles[result.title], cycle, at)
            for result in results
            if titles[result.title].award
        ]
        Award.objects.bulk_create(granted)
        office, _verb = require(actor.offices, POWER, ("decide",), path=cycle.place.path)
        record_each(granted, step="grant", actor=actor, at=at, offices=[office] * len(granted))
        # A station's grade is reviewed here and decided by the province; only what the county gives is entered.
        if cycle.subject == Scheme.Subject.TOWN:
            for result in results:
                _entitle(result.assessment, titles[result.title], cycle, actor, at)


def pay_award(
    *, actor, award: Award, amount: Decimal, on: date, document: str, at: datetime | None = None
) -> AwardPayment:
    """Enters a payment of an award, in yuan; once all of it is paid the award is paid out.

    Raises ValidationError by field (`more_than_granted`, `before_granted`), StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(_awards(actor), award, None)
        require(actor.offices, AWARDS, ("decide",), path=row.assessment.division.path)
        if row.state != Award.State.GRANTED:
            raise closed_to_change(row)
        if on > timezone.localdate(at) or on < row.granted_on:
            message = _("Expected a day from %(first)s to today.")
            raise ValidationError({"on": ValidationError(message, code="date_range", params={"first": row.granted_on})})
        if amount > row.amount - row.paid:
            message = _("Of this award %(left)s yuan are still to be paid.")
            left = f"{row.amount - row.paid:,.2f}"
            raise ValidationError({"amount": ValidationError(message % {"left": left}, code="more_than_granted")})
        payment = AwardPayment(award=row, amount=amount, on=on, document=document, recorded_at=at, recorded_by=actor)
        payment.full_clean()
        payment.save()
        if row.paid == row.amount:
            perform(row, "pay_out", actor=actor, at=at, comment=document)
    return payment


def reverse_award_payment(
    *, actor, awardpayment: AwardPayment, reason: str, at: datetime | None = None
) -> AwardPayment:
    """Takes a payment back that was entered wrongly; the award is owed again.

    Raises StepRefused `reversed_already`, `is_reversal`, `comment_required`; PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(_awards(actor), awardpayment.award, None)
        require(actor.offices, AWARDS, ("decide",), path=row.assessment.division.path)
        reversal = reversal_of(awardpayment, actor=actor, reason=reason, at=at, award=row)
        reversal.full_clean()
        reversal.save()
        if row.state == Award.State.PAID:
            follow(Award.objects.filter(pk=row.pk), "owe_again", actor=actor, at=at, comment=reason)
    return reversal


def plan_recheck(*, actor, assessment: Assessment, due_on: date, at: datetime | None = None) -> Recheck:
    """Plans that a title is looked at again. Raises ValidationError, StepRefused, PermissionDenied."""
    at = at or timezone.now()
    with acting(actor):
        rows = Assessment.objects.visible_to(actor).select_related("division", "unit", "cycle__scheme")
        row = lock(rows, assessment, None)
        office, _verb = require(actor.offices, RECHECKS, ("decide",), path=row.division.path)
        if row.state != Assessment.State.FINAL:
            raise closed_to_change(row)
        result = latest(row.cycle).results.get(assessment=row)
        if not result.title:
            message = _("It was given no title that could be looked at again.")
            raise ValidationError({"assessment": ValidationError(message, code="no_title")})
        if due_on <= timezone.localdate(at):
            raise ValidationError({"due_on": ValidationError(_("Expected a day to come."), code="date_range")})
        recheck = Recheck(assessment=row, county_id=row.county_id, title=result.title, due_on=due_on)
        recheck.full_clean()
        recheck.save()
        record_entry(recheck, step="plan", office=office, actor=actor, at=at)
    return recheck


def take_title_back(rechecks: Sequence[Recheck], actor, at: datetime) -> None:
    """A title that does not stand the re-check ends with it."""
    for recheck in rechecks:
        cycle = recheck.assessment.cycle
        TownTitle.objects.standing().filter(
            station=recheck.assessment.station_id, title=title_text(cycle, recheck.title), valid_to__isnull=True
        ).update(valid_to=timezone.localdate(at))


def title_text(cycle: Cycle, title: str) -> str:
    """A title as it is entered for the town: what the scheme calls it, with the name of the assessment."""
    return f"{cycle.scheme.name_zh}·{title}"[:60]


def _award(assessment: Assessment, title: Title, cycle: Cycle, at: datetime) -> Award:
    return Award(
        assessment=assessment,
        county_id=assessment.county_id,
        title=title.label.zh,
        amount=(title.award or Decimal(0)).quantize(FEN),
        document=cycle.document,
        granted_on=timezone.localdate(at),
    )


def _entitle(assessment: Assessment, title: Title, cycle: Cycle, actor, at: datetime) -> None:
    if assessment.station is None:
        return
    award_title(
        actor=actor,
        station=assessment.station,
        title=title_text(cycle, title.label.zh),
        year=cycle.year,
        issuer=_bureau(cycle),
        document=cycle.document,
        valid_from=cycle.document_on or timezone.localdate(at),
        at=at,
    )


def _bureau(cycle: Cycle) -> str:
    bureau = cycle.place.units.filter(kind="bureau").first()
    return (bureau or cycle.place).name_zh


def _awards(actor):
    return Award.objects.visible_to(actor).select_related("assessment__division", "assessment__unit", "assessment__cycle__scheme")  # fmt: skip
