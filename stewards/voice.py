"""What residents say of what was served under a contract, quarter by quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS
from stewards.models import Contract

MEAN, ANSWERS, UNKNOWN = "activities.rating", "activities.ratings", "activities.ratings_unknown"
# Below so many answers a mean says little, and is marked; the definition of the metric says the same.
FEW = 10


@dataclass(frozen=True, slots=True)
class Voice:
    """A quarter, such as 2026-Q2, or all of them. mean: of answers from 1 to 5, None where nobody answered.

    answers: how many said something; unknown: how many could not say. few: the mean says little.
    """

    quarter: str
    mean: Decimal | None
    answers: int
    unknown: int

    @property
    def few(self) -> bool:
        return 0 < self.answers < FEW


@dataclass(frozen=True, slots=True)
class Voices:
    """The quarters of a contract's term in which somebody answered, and all of it; and how that was counted."""

    quarters: list[Voice]
    total: Voice
    method: str


def voices_of(contract: Contract, *, at: datetime) -> Voices:
    """The answers given to confirmed activities under the contract, whoever reads them: they bear no name. Three queries or so."""
    today = timezone.localdate(at)
    period = Period(contract.begins_on, max(contract.begins_on, min(contract.ends_on, today)))
    table = read([MEAN, ANSWERS, UNKNOWN], by=[Grain.QUARTER], where={"contract": contract.pk}, period=period, at=at)
    quarters = [_voice(str(row.keys[Grain.QUARTER]), row.values) for row in table.rows]
    return Voices(
        quarters=[one for one in sorted(quarters, key=lambda one: one.quarter) if one.answers or one.unknown],
        total=_voice("", table.total.values),
        method=str(METRICS[MEAN].definition),
    )


def _voice(quarter: str, values) -> Voice:
    mean = values.get(MEAN)
    return Voice(
        quarter=quarter,
        mean=None if mean is None else Decimal(str(mean)),
        answers=int(values.get(ANSWERS) or 0),
        unknown=int(values.get(UNKNOWN) or 0),
    )
