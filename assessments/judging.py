"""What is said of an indicator that is not counted, in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.models import Judged
from culture_admin.scoring.rules import plain
from culture_admin.scoring.sources import Origin, Source


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
