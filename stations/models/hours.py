"""Opening hours as they are written, and the week that several rooms have together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

Span = tuple[time, time]
WEEKDAYS = range(1, 8)
MINUTES_OF_A_WEEK = 7 * 24 * 60
_OPENING = re.compile(
    r"([1-7])(?:-([1-7]))? ((?:[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d)(?:,[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d)*)"
)


def read_opening_hours(text: str) -> dict[int, list[Span]]:
    """Opening hours by weekday, Monday 1: “1-5 08:30-11:30,13:00-21:00; 6-7 09:00-21:00”. Raises ValidationError."""
    days: dict[int, list[Span]] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        found = _OPENING.fullmatch(part)
        if not found:
            raise ValidationError(
                _("“%(part)s” is not readable; write weekdays and hours like 1-5 08:30-21:00; 6-7 09:00-17:00."),
                code="opening_hours",
                params={"part": part},
            )
        first, last, spans = int(found[1]), int(found[2] or found[1]), found[3].split(",")
        try:
            clocks = [span.split("-") for span in spans]
            hours = [(time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in clocks]
        except ValueError:
            hours = []
        if not hours or first > last or any(begin >= end for begin, end in hours):
            raise ValidationError(
                _("“%(part)s” ends before it begins, or names no time of day."),
                code="opening_hours",
                params={"part": part},
            )
        days |= {day: [*days.get(day, []), *hours] for day in range(first, last + 1)}
    return days


def said_hours(text: str) -> str:
    """Opening hours as a reader says them: the weekdays in words, with their hours."""
    return "; ".join(f"{days} {hours}" for days, hours in Week.together([text]).lines())


def validate_opening_hours(value: str) -> None:
    read_opening_hours(value)


@dataclass(frozen=True)
class Week:
    """When at least one of several rooms is open: by weekday the spans of the day, none of them meeting another."""

    days: dict[int, list[Span]]

    @classmethod
    def together(cls, written: Iterable[str]) -> Week:
        """The union of the opening hours of several rooms, each as it is written."""
        read = [read_opening_hours(text) for text in written]
        merged = {day: _merged([span for hours in read for span in hours.get(day, [])]) for day in WEEKDAYS}
        return cls({day: spans for day, spans in merged.items() if spans})

    @property
    def minutes(self) -> int:
        return sum(_minute(end) - _minute(begin) for spans in self.days.values() for begin, end in spans)

    def lines(self) -> list[tuple[str, str]]:
        """The week as it is read: runs of weekdays that have the same hours, in words, with these hours."""
        lines: list[tuple[range, str]] = []
        for day, spans in sorted(self.days.items()):
            hours = ", ".join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in spans)
            if lines and lines[-1][1] == hours and lines[-1][0].stop == day:
                lines[-1] = (range(lines[-1][0].start, day + 1), hours)
            else:
                lines.append((range(day, day + 1), hours))
        return [(_named(days), hours) for days, hours in lines]


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _named(days: range) -> str:
    first, last = (str(WEEKDAYS_ABBR[day - 1]) for day in (days.start, days.stop - 1))
    return first if len(days) == 1 else f"{first} – {last}"


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
