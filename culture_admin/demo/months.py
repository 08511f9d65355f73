"""The months stations have answered for: those of the past closed, the last one under way, and who came in these weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from activities.actions.months import open_month
from activities.actions.visits import Count, record_days
from activities.models import MonthlyReturn
from culture_admin.demo.accounts import TOWNS
from culture_admin.demo.days import ONE, Days
from culture_admin.demo.districts import County, Town
from culture_admin.demo.entries import moment
from culture_admin.workflow.actions import perform

SEED = 20210105
MONDAY = 0
ON_A_WEEKDAY, ON_A_WEEKEND = (25, 90), (60, 210)
# Of last month's returns: the heads of these towns have yet to look, one doubts what his steward reported.
STILL_OPEN, CONTESTED = ("guanhaiwei", "xintang"), ("wenyan",)
DOUBT = "管家填报的第二场阅读活动站内没有记录，请核实后再确认。"
COUNTING = 9


class Months:
    """Opens, confirms and closes returns, as they stand at `at`. Last of all: a later log would reopen them."""

    def __init__(self, at: datetime) -> None:
        self._at, self._today = at, timezone.localdate(at)
        self._random = Random(SEED)
        self._last = Days.of_month(self._today.replace(day=1) - ONE)

    def count_visits(self, county: County) -> None:
        """Who came in since the first of last month, where people sign in and at some stations more; closed on Mondays."""
        for number, town in enumerate(county.towns_of_today):
            if town.key in TOWNS or number % COUNTING == 0:
                counts = {day: self._count(town, day) for day in self._open_days()}
                record_days(actor=town.head, at=self._at, station=town.station, days=counts)

    def close_past(self, county: County, span: Days) -> None:
        """The head of each station answers for the months of a time long over, and the bureau closes them."""
        stations = {town.station.pk: town for town in county.towns.values()}
        for month in span.months():
            open_month(month=month.first, at=moment(month.last, 1), stations=stations)
        at = moment(span.last, 12)
        for town in stations.values():
            self._confirm(town, MonthlyReturn.objects.filter(month__gte=span.first, month__lte=span.last), at)
        bureau = county.people["service"]
        settled = MonthlyReturn.objects.visible_to(bureau).filter(
            station__in=stations, month__gte=span.first, month__lte=span.last, state=MonthlyReturn.State.CONFIRMED
        )
        perform(settled, "close", actor=bureau, at=moment(span.last, 20))

    def answer_for_last_month(self, county: County) -> None:
        """Nearly all heads have confirmed, two have not looked yet, one contests; the bureau has closed the first."""
        towns = list(county.towns_of_today)
        stations = [town.station.pk for town in towns]
        open_month(month=self._last.first, at=self._in_time(1), stations=stations)
        rows = MonthlyReturn.objects.filter(month=self._last.first)
        confirmed = []
        for number, town in enumerate(towns):
            if town.key in CONTESTED:
                perform(self._of(rows, town), "contest", actor=town.head, at=self._in_time(3), comment=DOUBT)
            elif town.key not in STILL_OPEN:
                self._confirm(town, rows, self._in_time(2 + number % 4))
                confirmed.append(town.station.pk)
        bureau = county.people["service"]
        done = MonthlyReturn.objects.visible_to(bureau).filter(
            month=self._last.first, station__in=confirmed[: len(confirmed) // 3], state=MonthlyReturn.State.CONFIRMED
        )
        perform(done, "close", actor=bureau, at=self._in_time(6))

    def _confirm(self, town: Town, rows, at: datetime) -> None:
        """Confirms the station's returns, those of empty months as such."""
        own = list(self._of(rows, town))
        for step, happened in (("confirm", True), ("confirm_zero", False)):
            perform([one for one in own if one.happened is happened], step, actor=town.head, at=at)

    def _of(self, rows, town: Town):
        return rows.with_happenings().filter(station=town.station)

    def _count(self, town: Town, day: date) -> Count:
        least, most = ON_A_WEEKEND if day.weekday() > 4 else ON_A_WEEKDAY
        visitors = round(self._random.randint(least, most) * min(town.pace, 2))
        return Count(visitors, estimated=visitors % 10 == 0)

    def _open_days(self) -> Iterable[date]:
        day = self._last.first
        while day < self._today:
            if day.weekday() != MONDAY:
                yield day
            day += timedelta(days=1)

    def _in_time(self, day: int) -> datetime:
        """An office hour of a day of this month, unless that is still to come."""
        return min(moment(self._last.last, day), self._at)
