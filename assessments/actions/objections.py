"""Objections to a score: raising one, and what an upheld one corrects. The record is corrected, never the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.computing import standings
from assessments.actions.cycles import latest
from assessments.actions.keeping import store
from assessments.models import Assessment, Computation, Cycle, Item, Objection, Result
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.scoring.body import Body
from culture_admin.scoring.sources import Source, metrics_of
from culture_admin.statistics.behind import Counted, Uncounted, alike, amounts_of, of_record
from culture_admin.statistics.periods import Period
from culture_admin.statistics.register import METRICS, Events
from culture_admin.workflow.actions import StepRefused, follow, perform, record_entry, settle
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import Obstacle, flow_of

POWER, ANSWER = "assessments.objections", "assessments.objection"
Wants = Objection.Wants
NOT_CORRECTED = gettext_lazy(
    "Nothing here corrects this record. Whoever keeps it corrects it first; then the objection can be upheld."
)
# The steps by which a record comes to count, and by which it ceases to, the milder one first.
STEPS = {Wants.COUNT: ("confirm", "reinstate"), Wants.NOT_COUNT: ("return", "void")}


def object_to(
    *,
    actor,
    assessment: Assessment,
    code: str,
    wants: str,
    grounds: str,
    record: Model | None = None,
    asked: str = "",
    asked_numbers: Sequence[Decimal] = (),
    at: datetime | None = None,
) -> Objection:
    """Objects to a record behind an indicator's number, or to how an indicator was judged, while results are shown.

    It is raised at once with who decides. Raises ValidationError by field, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        rows = Assessment.objects.visible_to(actor).select_related("division", "unit", "cycle__scheme", "cycle__place")
        row = lock(rows, assessment, None)
        office, _verb = require(actor.offices, POWER, ("propose",), path=row.division.path)
        if row.state != Assessment.State.PUBLICISED or timezone.localdate(at) > row.cycle.objections_until:
            raise closed_to_change(row)
        source = _source(row.cycle.scheme.content, code)
        before = latest(row.cycle)
        objection = Objection(
            assessment=row,
            code=code,
            wants=wants,
            asked=asked,
            asked_numbers=list(asked_numbers),
            grounds=grounds,
            before=before,
            recorded_at=at,
        )
        if wants == Wants.JUDGE:
            if source.is_counted:
                message = _("It is counted from records: name the record that is wrong.")
                raise ValidationError({"wants": ValidationError(message, code="counted")})
        else:
            _name_record(objection, source, record, before)
        objection.full_clean(exclude=["record_type"])
        objection.save()
        record_entry(objection, step="register", office=office, actor=actor, at=at)
        perform(objection, "submit", actor=actor, at=at)
    return objection


def models_behind(assessment: Assessment, code: str, metric: str = "") -> list[Any]:
    """The kinds of records an indicator's number is made of; of one metric, where one is named. Raises ValidationError."""
    source = _source(assessment.cycle.scheme.content, code)
    metrics = [metric] if metric in METRICS else metrics_of(source) if source.is_counted else []
    amounts = [amount for one in metrics for amount in amounts_of(one)]
    return list(dict.fromkeys(METRICS[amount].amounts[0].fact.model for amount in amounts))


def look_up(objection: Objection, record: Model, code: str = "") -> list[tuple[str, str, Counted | Uncounted]]:
    """Where the record belongs to a number of the scheme, and whether it counts there now: indicator, metric, and how.

    code: only of this indicator.
    """
    assessment = objection.assessment
    body, found = assessment.cycle.scheme.content, []
    for indicator, source in body.sources.items():
        if not source.is_counted or code not in ("", indicator):
            continue
        for metric in metrics_of(source):
            for amount in amounts_of(metric):
                if METRICS[amount].amounts[0].fact.model is not type(record):
                    continue
                how = of_record(
                    amount,
                    record,
                    period=Period(date(assessment.cycle.year, 1, 1), objection.before.until),
                    where=_narrowed(source, metric, amount),
                    division=assessment.division,
                )
                if how is not None and (indicator, amount) not in [each[:2] for each in found]:
                    found.append((indicator, amount, how))
    return found


def refuse_uncorrected(objection: Objection, actor) -> Obstacle | None:
    """A record that no step of its own can correct is corrected by whoever keeps it; then the objection is upheld."""
    if objection.wants == Wants.JUDGE:
        return None
    record: Any = objection.record
    fact = METRICS[objection.metric].amounts[0].fact
    if record and isinstance(fact, Events) and fact.counted:
        fits = (getattr(record, fact.state) in fact.counted) == (objection.wants == Wants.COUNT)
        if not fits and not correcting_step(record, objection.wants):
            return Obstacle("record_not_corrected", str(NOT_CORRECTED))
    return None


def correcting_step(record: Model, wants: str) -> str:
    """The step of the record's own flow that an upheld objection takes; empty where there is none."""
    flow = flow_of(type(record))
    state = getattr(record, "state", None)
    names = STEPS.get(Wants(wants), ())
    return next((name for name in names if flow and name in flow.steps and state in flow.steps[name].sources), "")


def correct(objections: Sequence[Objection], actor, at: datetime) -> None:
    """Corrects the record or the judgement, and computes everybody's scores again; both scores stay."""
    for objection in objections:
        cycle = (
            Cycle.objects.select_for_update().select_related("scheme", "place").get(pk=objection.assessment.cycle_id)
        )
        if objection.wants == Wants.JUDGE:
            _judge(objection, actor, at)
        else:
            _correct_record(objection, actor, at)
        reason = _("Objection upheld: %(unit)s, %(code)s")
        reason %= {"unit": objection.assessment.unit.name_zh, "code": objection.code}
        former = latest(cycle)
        made = standings(cycle, until=former.until, snapshot=former.snapshot)
        objection.after = store(
            cycle,
            made,
            former.snapshot,
            kind=Computation.Kind.CORRECTION,
            until=former.until,
            actor=actor,
            at=at,
            reason=reason[:300],
        )
        objection.before = former
        Computation.objects.filter(pk=objection.after.pk).update(shown_at=at)
        Objection.objects.filter(pk=objection.pk).update(before=former, after=objection.after)
    answered(objections, actor, at)


def answered(objections: Sequence[Objection], actor, at: datetime) -> None:
    settle(objections, ANSWER, at=at)


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody whose score or place an upheld objection changed, or who has records left out for the same reason."""

    assessment: Assessment
    total: tuple[Decimal, Decimal]
    place: tuple[int | None, int | None]
    same_reason: int = 0

    @property
    def moved(self) -> bool:
        return self.total[0] != self.total[1] or self.place[0] != self.place[1]


def touched(objection: Objection) -> list[Touched]:
    """Everybody the same error touches, by the ranking after it: before, after, and how many records of his are alike."""
    if objection.after is None:
        return []
    before = {one.assessment_id: one for one in Result.objects.filter(computation=objection.before_id)}
    same = _alike(objection)
    found = []
    for one in objection.after.results.select_related("assessment__unit", "assessment__division").order_by(
        "assessment__group", "place", "pk"
    ):
        former = before[one.assessment_id]
        number = same.get(one.assessment.division_id, 0)
        line = Touched(one.assessment, (former.total, one.total), (former.place, one.place), number)
        if line.moved or number or one.assessment_id == objection.assessment_id:
            found.append(line)
    return found


def _alike(objection: Objection) -> dict[int, int]:
    """By town, how many records do not count for the reason for which the one objected to did not."""
    state = _state_at(objection.record, objection.before.snapshot.taken_at) if objection.record else ""
    if objection.wants != Wants.COUNT or not objection.metric or not state:
        return {}
    cycle = objection.assessment.cycle
    source = _source(cycle.scheme.content, objection.code)
    return alike(
        objection.metric,
        state,
        period=Period(date(cycle.year, 1, 1), objection.before.until),
        where=_narrowed(source, source.metric, objection.metric),
        division=cycle.place,
    )


def _source(body: Body, code: str) -> Source:
    source = body.sources.get(code)
    if source is None:
        message = _("There is no indicator %(code)s.") % {"code": code}
        raise ValidationError({"code": ValidationError(message, code="unknown_indicator")})
    return source


def _name_record(objection: Objection, source: Source, record: Model | None, before: Computation) -> None:
    """Says which part of the number the record belongs to, and what it added when the values were frozen."""
    if not source.is_counted or record is None:
        message = _("Name the record that is wrong; of what is judged there is none.")
        raise ValidationError({"record": ValidationError(message, code="record_missing")})
    found = look_up(objection, record, objection.code)
    if not found:
        message = _("“%(record)s” is not looked at for this indicator.") % {"record": record}
        raise ValidationError({"record": ValidationError(message, code="not_behind")})
    _code, objection.metric, now = found[0]
    counted = counted_then(record, objection.metric, now, before.snapshot.taken_at)
    if counted == (objection.wants == Wants.COUNT):
        message = _("It counts already.") if counted else _("It does not count anyway.")
        raise ValidationError({"wants": ValidationError(message, code="counts_already" if counted else "counts_not")})
    objection.record_type = ContentType.objects.get_for_model(record)
    objection.record_id, objection.record_text = record.pk, str(record)[:200]


def counted_then(record: Model, metric: str, now: Counted | Uncounted, moment: datetime) -> bool:
    """Whether the record counted at a moment, by what was decided on it up to then; else as it counts now."""
    fact = METRICS[metric].amounts[0].fact
    state = _state_at(record, moment)
    if isinstance(fact, Events) and fact.counted and state:
        return state in fact.counted
    return isinstance(now, Counted)


def _state_at(record: Model, moment: datetime) -> str:
    then = Decision.objects.filter(
        subject_type=ContentType.objects.get_for_model(record), subject_id=record.pk, at__lte=moment
    )
    return then.order_by("-at", "-pk").values_list("to_state", flat=True).first() or ""


def adds(record: Model, metric: str) -> Decimal:
    """What a record adds to an amount where it counts: itself as one, or what it says in the column that is summed."""
    (amount,) = METRICS[metric].amounts
    measure = amount.measure
    if not measure.column or measure.distinct:
        return Decimal(1)
    return Decimal(getattr(record, measure.column, None) or 0) / amount.per


def _judge(objection: Objection, actor, at: datetime) -> None:
    item = Item.objects.select_for_update().get(assessment=objection.assessment_id, code=objection.code)
    item.reviewed, item.reviewed_numbers = objection.asked, objection.asked_numbers
    item.remark = _("Objection upheld: %(grounds)s") % {"grounds": objection.grounds[:200]}
    item.reviewed_by = actor
    item.version += 1
    item.save()
    record_entry(item, step="review", office=None, actor=actor, at=at, from_state=item.state, comment=item.remark)


def _correct_record(objection: Objection, actor, at: datetime) -> None:
    """Corrects the record by a step of its own, unless it is as it ought to be, and notes what that moves in every number."""
    record: Any = objection.record
    moment, before = objection.before.snapshot.taken_at, {}
    for code, metric, how in look_up(objection, record):
        counted = counted_then(record, metric, how, moment)
        before[code, metric] = _amount(record, metric, how) if counted else Decimal(0)
    if _is_wrong_still(objection, record):
        step = correcting_step(record, objection.wants)
        comment = _("Objection upheld: %(grounds)s") % {"grounds": objection.grounds[:200]}
        if step:
            follow(type(record)._default_manager.filter(pk=record.pk), step, actor=actor, at=at, comment=comment)
        record = type(record)._default_manager.get(pk=record.pk)
        if _is_wrong_still(objection, record):
            raise StepRefused("record_not_corrected", str(NOT_CORRECTED), objection.pk)
    after = {
        (code, metric): _amount(record, metric, how) if isinstance(how, Counted) else Decimal(0)
        for code, metric, how in look_up(objection, record)
    }
    objection.moved = [
        {
            "code": code,
            "metric": metric,
            "before": str(before.get((code, metric), 0)),
            "after": str(after.get((code, metric), 0)),
        }
        for code, metric in dict.fromkeys([*before, *after])
        if before.get((code, metric), 0) != after.get((code, metric), 0)
    ]
    Objection.objects.filter(pk=objection.pk).update(moved=objection.moved)


def _is_wrong_still(objection: Objection, record: Model) -> bool:
    """Whether the record does not stand yet as the objection wants it."""
    found = look_up(objection, record, objection.code)
    counts = any(isinstance(how, Counted) for _code, _metric, how in found)
    return counts != (objection.wants == Wants.COUNT)


def _amount(record: Model, metric: str, how: Counted | Uncounted) -> Decimal:
    return Decimal(how.amount or 0) if isinstance(how, Counted) else adds(record, metric)


def _narrowed(source: Source, metric: str, amount: str) -> dict[str, list[str]] | None:
    """What narrows an amount of a source; a denominator is narrowed as far as it can be."""
    known = METRICS[amount].dimensions
    if metric != source.metric and not source.per and amount not in amounts_of(source.metric):
        return None
    return {name: value.split(",") for name, value in source.where.items() if name in known} or None
