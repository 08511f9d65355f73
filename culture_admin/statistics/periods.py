"""Periods of statistics: spans of days, and the years, quarters and months they fall into."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_WRITTEN = re.compile(r"(?P<year>[0-9]{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")
_DAY = timedelta(days=1)


class Grain(StrEnum):
    """How finely time is told apart. A span of a grain is named by its first day."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def months(self) -> int:
        return {Grain.YEAR: 12, Grain.QUARTER: 3, Grain.MONTH: 1}[self]

    def first(self, day: date) -> date:
        """The first day of the span in which `day` lies."""
        return date(day.year, (day.month - 1) // self.months * self.months + 1, 1)

    def last(self, day: date) -> date:
        """The last day of the span in which `day` lies."""
        month = self.first(day).month + self.months - 1
        return date(day.year, month, monthrange(day.year, month)[1])

    def label(self, day: date) -> int | str:
        """2025, '2025-Q1' or '2025-03'."""
        if self is Grain.YEAR:
            return day.year
        return f"{day.year:04}-Q{(day.month + 2) // 3}" if self is Grain.QUARTER else f"{day.year:04}-{day.month:02}"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included; None is open."""

    start: date | None = None
    end: date | None = None

    @classmethod
    def parse(cls, text: str, grain: Grain | None = None) -> Span:
        """The period written as 2025, 2025-Q1 or 2025-03; ValueError for anything else, or for another grain."""
        written = _WRITTEN.fullmatch(text)
        if not written or written["year"] == "0000":
            raise ValueError(f"not a period: {text!r}")
        read = Grain.QUARTER if written["quarter"] else Grain.MONTH if written["month"] else Grain.YEAR
        if grain not in (None, read):
            raise ValueError(f"not a period: {text!r}")
        month = int(written["month"] or int(written["quarter"] or 1) * 3 - 2)
        return cls.of(read, date(int(written["year"]), month, 1))

    @staticmethod
    def of(grain: Grain, day: date) -> Span:
        """The year, quarter or month in which `day` lies."""
        return Span(grain.first(day), grain.last(day))

    @property
    def is_empty(self) -> bool:
        return self.start is not None and self.end is not None and self.start > self.end

    def __and__(self, other: Period) -> Period:
        """The days that lie in both."""
        starts = [day for day in (self.start, other.start) if day]
        ends = [day for day in (self.end, other.end) if day]
        return Period(max(starts, default=None), min(ends, default=None))

    def spans(self, grain: Grain) -> Iterator[date]:
        """The first days of the spans of a period with both ends, in order."""
        if self.start is None or self.end is None:
            raise ValueError("a period without ends has no first or last span")
        day = grain.first(self.start)
        while day <= self.end:
            yield day
            day = grain.last(day) + _DAY

    def months(self) -> tuple[Period | None, list[Period]]:
        """The whole months within, and the parts of months left at the edges; None and [] where there are none."""
        start, end, edges = self.start, self.end, []
        if start and start.day > 1:
            edges.append(Period(start, Grain.MONTH.last(start)))
            start = Grain.MONTH.last(start) + _DAY
        if end and end < Grain.MONTH.last(end):
            edges.append(Period(Grain.MONTH.first(end), end))
            end = Grain.MONTH.first(end) - _DAY
        whole = Period(start, end)
        return (None, [self]) if whole.is_empty else (whole, edges)


@dataclass(frozen=True, slots=True)
class Span(Period):
    """A period with both ends."""

    start: date
    end: date
