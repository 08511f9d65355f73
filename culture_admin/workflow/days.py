"""Days that have not come yet, and what is said of them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def in_the_future(day: date | None, today: date) -> ValidationError | None:
    """What is wrong with the day of something that has happened; None where the day has come, or is not said."""
    if day is None or day <= today:
        return None
    return ValidationError(_("%(day)s is in the future."), code="in_the_future", params={"day": day})


def refuse_future(field: str, day: date | None, today: date) -> None:
    """Raises ValidationError at the field for a day that has not come yet."""
    fault = in_the_future(day, today)
    if fault:
        raise ValidationError({field: fault})
