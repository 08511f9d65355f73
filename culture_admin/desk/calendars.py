"""A station's days: what is planned, held and logged on each, and which rooms are booked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from activities.models import Activity, VenueBooking

WEEK, MONTH = "week", "month"
ONE_DAY = timedelta(days=1)
# A day of a month shows so many; the day itself shows all.
SHOWN = 4


@dataclass
class Day:
    """One day of the calendar with its activities and the bookings of rooms for other uses, by time."""

    on: date
    within: bool = True
    activities: list[Activity] = field(default_factory=list)
    bookings: list[VenueBooking] = field(default_factory=list)

    @property
    def number(self) -> int:
        return len(self.activities) + len(self.bookings)

    @property
    def more(self) -> int:
        return max(len(self.activities) - SHOWN, 0)


@dataclass(frozen=True)
class Shown:
    """The span of the page: its first and last day, and a day in the span before and in the one after."""

    view: str
    first: date
    last: date
    before: date
    after: date

    @classmethod
    def of(cls, view: str, day: date) -> Shown:
        """The week, Monday to Sunday, or the month in which a day lies."""
        if view == WEEK:
            first = day - timedelta(days=day.weekday())
            return cls(view, first, first + timedelta(days=6), first - timedelta(days=7), first + timedelta(days=7))
        first = day.replace(day=1)
        after = (first + timedelta(days=31)).replace(day=1)
        return cls(view, first, after - ONE_DAY, (first - ONE_DAY).replace(day=1), after)

    def days(self) -> Iterator[Day]:
        """The days of the whole weeks that hold the span."""
        day = self.first - timedelta(days=self.first.weekday())
        last = self.last + timedelta(days=6 - self.last.weekday())
        while day <= last:
            yield Day(day, within=self.first <= day <= self.last)
            day += ONE_DAY


def filled(shown: Shown, activities: QuerySet[Activity], bookings: QuerySet[VenueBooking]) -> list[list[Day]]:
    """The weeks of the span with what the user may see in them, in two questions whatever there is."""
    days = {day.on: day for day in shown.days()}
    first, last = min(days), max(days)
    rows = activities.filter(begins_on__lte=last, ends_on__gte=first).exclude(state=Activity.State.VOID)
    for activity in rows.order_by("begins_on", "begins_time", "pk"):
        for on in _between(activity.begins_on, activity.ends_on, first, last):
            days[on].activities.append(activity)
    midnight = timezone.make_aware(datetime.combine(first, time.min))
    others = bookings.booked().filter(activity__isnull=True).select_related("facility")
    for booking in others.overlapping(midnight, midnight + (last - first + ONE_DAY)).order_by("begins_at", "pk"):
        begins, ends = (timezone.localtime(at).date() for at in (booking.begins_at, booking.ends_at))
        for on in _between(begins, ends, first, last):
            days[on].bookings.append(booking)
    whole: Sequence[Day] = list(days.values())
    return [list(whole[start : start + 7]) for start in range(0, len(whole), 7)]


def _between(begins: date, ends: date, first: date, last: date) -> Iterator[date]:
    day = max(begins, first)
    while day <= min(ends, last):
        yield day
        day += ONE_DAY
