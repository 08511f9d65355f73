"""What upheld objections change in frozen values: the one record that was wrong, and nothing else that has happened since."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from assessments.actions.counted import Counted, Plan, divided
from assessments.models import Cycle, Objection
from culture_admin.scoring.sources import Source, metrics_of
from culture_admin.scoring.values import NOTHING, Value
from culture_admin.statistics.register import METRICS, Ratio


def corrected(cycle: Cycle, questions: Plan, own: Mapping[int, Mapping[str, Counted]]) -> dict[int, dict[str, Counted]]:
    """The values by assessment and indicator, with what each corrected record adds to them or takes from them."""
    values = {pk: dict(found) for pk, found in own.items()}
    upheld = Objection.objects.filter(
        assessment__cycle=cycle, state=Objection.State.UPHELD, record_id__isnull=False
    ).order_by("pk")
    for objection in upheld:
        own_values = values.get(objection.assessment_id, {})
        for move in objection.moved:
            code, source = move["code"], questions.body.sources.get(move["code"])
            if source is not None and code in own_values:
                change = Decimal(move["after"]) - Decimal(move["before"])
                own_values[code] = moved(source, own_values[code], move["metric"], change)
    return values


def moved(source: Source, before: Counted, metric: str, change: Decimal) -> Counted:
    """The value once the amount `metric` of it is so much more."""
    sides = metrics_of(source)
    if len(sides) == 1 or len(before.values) > 1:
        number = (before.numerator or NOTHING) + change
        return Counted((Value.of(number), *before.values[1:]), number)
    below = metric in _amounts(sides[-1])
    numerator = before.numerator if below else (before.numerator or NOTHING) + change
    denominator = (before.denominator or NOTHING) + change if below else before.denominator
    return divided(source, numerator, denominator)


def _amounts(metric: str) -> set[str]:
    found = METRICS[metric]
    sides = (found.numerator, found.denominator) if isinstance(found, Ratio) else (metric,)
    return set(sides)
