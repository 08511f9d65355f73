"""Spans of days and the months they touch."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

ONE = timedelta(days=1)


class Days(NamedTuple):
    """From `first` to `last`, both included."""

    first: date
    last: date

    @classmethod
    def of_month(cls, day: date) -> Days:
        """The month in which `day` lies."""
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))

    @property
    def number(self) -> int:
        return (self.last - self.first).days + 1

    def months(self) -> Iterator[Days]:
        """The months of the span, the first and the last cut to it."""
        first = self.first
        while first <= self.last:
            last = min(self.last, Days.of_month(first).last)
            yield Days(first, last)
            first = last + ONE
