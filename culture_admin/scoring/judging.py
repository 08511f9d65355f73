"""What somebody says of an indicator that is not counted: how it is kept, what may be said, and how people say it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.models import User
from culture_admin.interfaces.text import validate_text
from culture_admin.scoring.methods import QUARTERS
from culture_admin.scoring.rules import Takes, plain
from culture_admin.scoring.sources import Origin, Source
from culture_admin.scoring.table import Indicator
from culture_admin.scoring.values import NOT_APPLICABLE, NOT_RECORDED, Value

# A number of an indicator as it is entered: more digits than any count, share or sum of money has.
NUMBER: dict[str, Any] = {"max_digits": 16, "decimal_places": 4}
MOST_RESULTS = 20


class Judged(models.TextChoices):
    """What somebody says of an indicator that is not counted; not saying anything is no choice but nothing at all."""

    VALUE = "value", gettext_lazy("value")
    NOT_APPLICABLE = "not_applicable", gettext_lazy("not applicable")


def numbers_field(label: Any) -> ArrayField:
    """One number; the four of a year's quarters, or several results of which the best counts; empty where none is said."""
    return ArrayField(models.DecimalField(**NUMBER), default=list, blank=True, size=MOST_RESULTS, verbose_name=label)


class ReviewedItem(models.Model):
    """What a review makes of an item of which an app keeps what is claimed: the same, or with the reason something else."""

    class State(models.TextChoices):
        ON_RECORD = "on_record", gettext_lazy("On record")

    code: str
    claimed: str
    claimed_numbers: Sequence[Decimal]
    reviewed = models.CharField(gettext_lazy("Reviewed"), max_length=14, choices=Judged, blank=True)
    reviewed_numbers = numbers_field(gettext_lazy("Numbers of the review"))
    remark = models.CharField(
        gettext_lazy("Remark of the review"), max_length=500, blank=True, validators=[validate_text]
    )
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=gettext_lazy("Reviewed by")
    )
    state = models.CharField(
        gettext_lazy("State"), max_length=9, choices=State, default=State.ON_RECORD, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def claim(self) -> tuple[Value, ...]:
        return judged_values(self.claimed, self.claimed_numbers)

    @property
    def review(self) -> tuple[Value, ...]:
        return judged_values(self.reviewed, self.reviewed_numbers)


def judged_values(standing: str, numbers: Sequence[Decimal]) -> tuple[Value, ...]:
    """What was said of an indicator, as scores are computed from it."""
    if standing == Judged.NOT_APPLICABLE:
        return (NOT_APPLICABLE,)
    return tuple(map(Value.of, numbers)) if standing == Judged.VALUE and numbers else (NOT_RECORDED,)


def said(source: Source, standing: str, numbers: Sequence[Decimal]) -> str:
    """A judgement as people say it: yes, a grade by its name, a number, several; "" where nothing is said."""
    if standing == Judged.NOT_APPLICABLE:
        return str(Judged.NOT_APPLICABLE.label)
    if standing != Judged.VALUE or not numbers:
        return ""
    if source.origin == Origin.YES_NO:
        return _("yes") if numbers[0] else _("no")
    if source.origin == Origin.GRADED:
        return next((grade.name for grade in source.grades if grade.value == numbers[0]), plain(numbers[0]))
    return " · ".join(plain(number) for number in numbers)


def check_numbers(
    field: str, indicator: Indicator, source: Source, standing: str, numbers: Sequence[Decimal]
) -> list[Decimal]:
    """The numbers as they may be said of the indicator. Raises ValidationError at the field."""
    numbers = list(numbers)
    fault = _fault(indicator, source, standing, numbers)
    if fault:
        raise ValidationError({field: fault})
    return numbers


def _fault(indicator: Indicator, source: Source, standing: str, numbers: Sequence[Decimal]) -> ValidationError | None:
    if source.is_counted and (standing or numbers):
        return ValidationError(_("It is counted from records; a number is never typed."), code="counted")
    if standing != Judged.VALUE:
        return ValidationError(_("A number stands where a value is said."), code="number_alone") if numbers else None
    takes = indicator.rule.method.takes
    expected = {Takes.QUARTERS: QUARTERS, Takes.POINTS: len(numbers) or 1}.get(takes, 1)
    if len(numbers) != expected:
        return ValidationError(_("Expected %(number)d numbers."), code="numbers", params={"number": expected})
    return _fault_of_origin(source, numbers) or _fault_of_size(indicator, numbers)


def _fault_of_origin(source: Source, numbers: Sequence[Decimal]) -> ValidationError | None:
    if source.origin == Origin.YES_NO and numbers[0] not in (0, 1):
        return ValidationError(_("Expected 1 for yes or 0 for no."), code="yes_no")
    if source.origin == Origin.GRADED and numbers[0] not in [grade.value for grade in source.grades]:
        return ValidationError(_("Expected the value of one of the grades."), code="grade")
    return None


def _fault_of_size(indicator: Indicator, numbers: Sequence[Decimal]) -> ValidationError | None:
    if any(number < 0 for number in numbers):
        return ValidationError(_("Expected a number, not below 0."), code="number_range")
    best = _best(indicator, indicator.rule.method.takes)
    if best is not None and max(numbers) > best:
        message = _("%(read)s is more than the %(best)s that can be reached.")
        return ValidationError(message, code="above_maximum", params={"read": max(numbers), "best": best})
    return None


def _best(indicator: Indicator, takes: Takes) -> Decimal | None:
    """The most that can be said of it, where there is a most: the best answer of a survey, the points that can be had."""
    if takes == Takes.POINTS:
        return indicator.points
    return indicator.rule.arguments.get("best") if indicator.rule.method.code in ("M11", "M13") else None
