"""Opening an evaluation of a contract, and what each of its steps does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.table import Indicator
from culture_admin.statistics.periods import Grain, Period
from culture_admin.workflow.actions import Debt, owe_all, record_entry, settle
from culture_admin.workflow.models import DUTIES, Duty
from stewards.actions.ratings import BASIS, debts_of_towns
from stewards.actions.ratings import DUTY as RATING
from stewards.actions.standings import keep_standings
from stewards.evaluating import PARTS, computed
from stewards.models import Contract, Evaluation, EvaluationItem, TownRating

POWER = "stewards.evaluations"
SELF = "stewards.evaluation"
# In these a contract can be evaluated.
EVALUATED = (Contract.State.PERFORMING, Contract.State.AWAITING, Contract.State.ACCEPTED, Contract.State.SETTLED)
# So many working days the firm has to say what it did.
DAYS = 10
KEPT = Decimal("0.0001")
State = Evaluation.State


def open_evaluation(
    *,
    actor,
    contract: Contract,
    scheme: Scheme,
    year: int,
    quarter: int | None = None,
    at: datetime | None = None,
) -> Evaluation:
    """Opens the evaluation of a contract for a quarter, or for a year, by the edition of the standard given.

    The firm owes what it says of itself, each town covered its rating. Raises ValidationError by field (`not_started` of a
    contract that was not in performance in that time), PermissionDenied.
    """
    at = at or timezone.now()
    office, _verb = require(actor.offices, POWER, ("decide",), path=contract.place.path)
    evaluation = Evaluation(contract=contract, scheme=scheme, year=year, quarter=quarter, opened_by=actor, opened_at=at)
    with acting(actor):
        evaluation.clean_fields(exclude=["first", "last"])
        _set_time(evaluation, timezone.localdate(at))
        _check_scheme(evaluation)
        evaluation.full_clean()
        evaluation.save()
        items = [EvaluationItem(evaluation=evaluation, code=one.code) for one in asked(evaluation)]
        EvaluationItem.objects.bulk_create(items)
        stations = [one.station for one in contract.coverage.select_related("station__division", "station__unit")]
        ratings = TownRating.objects.bulk_create(
            TownRating(evaluation=evaluation, station=station) for station in stations
        )
        record_entry(evaluation, step="open", office=office, actor=actor, at=at)
        owe_all([_debt_of_firm(evaluation, at), *debts_of_towns(ratings, at)])
    return evaluation


def asked(evaluation: Evaluation) -> list[Indicator]:
    """The items of the standard that are not counted, in its order."""
    body = evaluation.scheme.content
    return [one for _section, one in body.table.indicators() if not body.sources[one.code].is_counted]


def note_declared(evaluations: Sequence[Evaluation], actor, at: datetime) -> None:
    """What the firm owed is done."""
    settle(evaluations, SELF, at=at)


def owe_again(evaluations: Sequence[Evaluation], actor, at: datetime) -> None:
    """What is sent back is owed once more."""
    owe_all([_debt_of_firm(one, at) for one in evaluations])


def freeze(evaluations: Sequence[Evaluation], actor, at: datetime) -> None:
    """Keeps what the evaluations came to, and how; of a yearly one also how the firm stands by it."""
    for one in evaluations:
        found = computed(one)
        for name in PARTS:
            points = getattr(found, name)
            setattr(one, name, None if points is None else points.quantize(KEPT, ROUND_HALF_UP))
        one.score, one.workings, one.concluded_on = found.score, found.workings, timezone.localdate(at)
        one.save(update_fields=[*PARTS, "score", "workings", "concluded_on"])
    asked_in_vain = TownRating.objects.filter(evaluation__in=evaluations, state=TownRating.State.ASKED)
    settle(list(asked_in_vain), RATING, at=at)
    _stand(evaluations)


def take_back(evaluations: Sequence[Evaluation], actor, at: datetime) -> None:
    """What was concluded counts no more; nobody is asked any more."""
    settle(list(TownRating.objects.filter(evaluation__in=evaluations)), RATING, at=at)
    _stand(evaluations)


def _set_time(evaluation: Evaluation, today: date) -> None:
    """The days it is about: the quarter or year, as far as the contract's term reaches."""
    contract = evaluation.contract
    day = date(evaluation.year, (evaluation.quarter or 1) * 3 - 2, 1)
    span = Period.of(Grain.QUARTER if evaluation.quarter else Grain.YEAR, day)
    evaluation.first, evaluation.last = max(span.start, contract.begins_on), min(span.end, contract.ends_on)
    if contract.state not in EVALUATED or evaluation.first > min(evaluation.last, today):
        message = _(
            "The contract is “%(state)s”, its term is from %(first)s to %(last)s: it was not in performance then."
        )
        said = {"state": contract.get_state_display(), "first": contract.begins_on, "last": contract.ends_on}
        raise ValidationError({"contract": ValidationError(message, code="not_started", params=said)})


def _check_scheme(evaluation: Evaluation) -> None:
    scheme, contract = evaluation.scheme, evaluation.contract
    fault = None
    if scheme.subject != Scheme.Subject.CONTRACT:
        fault = ValidationError(_("This scheme does not score contracts."), code="subject")
    elif scheme.place_id != contract.place_id:
        fault = ValidationError(_("This standard is another county’s."), code="scheme_elsewhere")
    elif scheme.year != evaluation.year:
        message = _("This standard is for %(year)d.") % {"year": scheme.year}
        fault = ValidationError(message, code="scheme_year")
    elif scheme.state != Scheme.State.PUBLISHED:
        message = _("The standard is “%(state)s”; a published one is evaluated by.")
        fault = ValidationError(message % {"state": scheme.get_state_display()}, code="not_published")
    if fault:
        raise ValidationError({"scheme": fault})


def _stand(evaluations: Sequence[Evaluation]) -> None:
    keep_standings({(one.contract.firm_id, one.year) for one in evaluations if one.quarter is None})


def _debt_of_firm(evaluation: Evaluation, at: datetime) -> Debt:
    return Debt(
        evaluation.contract.firm_id,
        evaluation,
        SELF,
        _label_of_firm(evaluation)[:200],
        opened_on=timezone.localdate(at),
        working_days=DAYS,
        basis=str(BASIS),
    )


def _label_of_firm(evaluation: Evaluation) -> str:
    return _("Self-evaluation: %(what)s") % {"what": evaluation}


DUTIES[SELF] = Duty(_label_of_firm, BASIS, name=gettext_lazy("Self-evaluation of a service"), power=POWER)
