"""What the stewards' service was, day by day: duty books of three years, orders of the towns, and what waits for somebody now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from culture_admin.demo.days import ONE, Days
from culture_admin.demo.deals import FIRST_TERM, begin_of_present, under
from culture_admin.demo.entries import moment
from culture_admin.demo.firms import Service
from culture_admin.demo.programme import Row, is_closed
from culture_admin.workflow.actions import perform
from stewards.actions import agree_order, log_duty_book, place_order, request_absence
from stewards.models import DutyDay, Measure, ServiceLine

HALF_YEAR = 6
# Four days a week in the town, but for feasts and illness: some 180 a year.
TOWN_DAYS, THERE = 4, 0.9
VILLAGES_OFTEN = 0.25
TASKS = (
    "艺术培训备课与授课", "走访村社，收集文化需求", "团队排练辅导", "活动策划与场地对接", "节目编排", "整理活动档案，上报信息",
    "文化礼堂开放值守", "志愿者培训",
)  # fmt: skip
WANTED = {
    Measure.ACTIVITIES: ("邻里节文艺演出", "重阳敬老专场", "元宵民俗活动", "文化礼堂开放日活动", "乡村音乐会"),
    Measure.CLASS_HOURS: ("合唱培训班", "排舞培训", "书法启蒙班", "戏曲身段训练"),
}
ORDERS_A_HALF_YEAR = 2
ORDERED_BEFORE, AGREED_BEFORE = 20, 15
# Whichever weekday it is, somebody was in a town within so many days.
WAITING_DAYS = 5


class Serving:
    """Writes duty and orders of Xiaoshan's services; the same seed writes the same."""

    def __init__(self, random: Random, at: datetime) -> None:
        self._random, self._at, self._today = random, at, timezone.localdate(at)

    def tell_of_past(self, services: Sequence[Service]) -> None:
        """Of the first contracts: duty books handed in by the half-year."""
        for service in under(services, FIRST_TERM.first):
            for span in _half_years(Days(service.begins, service.last_day(FIRST_TERM.last))):
                self._book(service, span, moment(span.last, 4), moment(span.last, 8))

    def tell_of_present(self, services: Sequence[Service]) -> None:
        """Days of this month and last, of which the youngest wait for the station; orders and absences that wait for somebody."""
        begins = begin_of_present(self._today)
        for number, service in enumerate(under(services, begins)):
            for span in _weeks(Days(begins, self._ago(WAITING_DAYS + 1))):
                self._book(service, span, self._moment(span.last + ONE), self._moment(span.last + 2 * ONE))
            log_duty_book(
                actor=service.filer,
                posting=service.posting,
                days=self._days(Days(self._ago(WAITING_DAYS), self._ago(1)), often=1.0),
                at=self._moment(self._ago(1)),
            )
            self._order_present(service, number)
            if number % 6 == 0:
                self._ask_for_leave(service)

    def _book(self, service: Service, span: Days, at: datetime, confirmed_at: datetime) -> None:
        days = self._days(span)
        if not days:
            return
        logged = log_duty_book(actor=service.filer, posting=service.posting, days=days, at=at)
        keys = [day.pk for day in logged]
        perform(DutyDay.objects.filter(pk__in=keys), "confirm", actor=service.town.head, at=confirmed_at)

    def _days(self, span: Days, often: float = THERE) -> list[dict[str, Any]]:
        days: list[dict[str, Any]] = []
        day = span.first
        while day <= span.last:
            if day.weekday() < TOWN_DAYS and not is_closed(day) and self._random.random() < often:
                village = self._random.random() < VILLAGES_OFTEN
                days.append(
                    {
                        "day": day,
                        "where": DutyDay.Where.VILLAGE if village else DutyDay.Where.STATION,
                        "tasks": self._random.choice(TASKS),
                    }
                )
            day += ONE
        return days

    def order(self, service: Service, rows: Sequence[Row]) -> None:
        """Some of what a half-year is going to bring was ordered by the town, and agreed to for its day."""
        contract = service.posting.contract
        if contract is None or contract.begins_on != FIRST_TERM.first:
            return
        lines = {line.measure: line for line in contract.lines.all()}
        for row in self._random.sample(rows, min(len(rows), ORDERS_A_HALF_YEAR)):
            seconds, day = row.get("class_seconds"), row["begins_on"]
            measure = Measure.CLASS_HOURS if seconds else Measure.ACTIVITIES
            order = place_order(
                actor=service.town.head,
                line=lines[measure],
                station=service.town.station,
                quantity=Decimal(seconds // measure.per if seconds else 1),
                what=self._random.choice(WANTED[measure]),
                wanted_on=day,
                at=moment(max(day - timedelta(days=ORDERED_BEFORE), contract.begins_on)),
            )
            agreed_at = moment(max(day - timedelta(days=AGREED_BEFORE), contract.begins_on))
            agree_order(actor=service.manager, serviceorder=order, agreed_on=day, at=agreed_at)

    def _order_present(self, service: Service, number: int) -> None:
        """Every second town has an order that waits for the firm; every third one that is agreed."""
        lines = {line.measure: line for line in ServiceLine.objects.filter(contract=service.posting.contract)}
        if number % 2 == 0:
            self._place(service, lines[Measure.ACTIVITIES], 1, 12 + number)
        if number % 3 == 0:
            wanted = 6 + number
            order = self._place(service, lines[Measure.CLASS_HOURS], 8, wanted)
            agree_order(
                actor=service.manager, serviceorder=order, agreed_on=self._today + timedelta(days=wanted), at=self._at
            )

    def _place(self, service: Service, line: ServiceLine, quantity: int, days: int):
        return place_order(
            actor=service.town.head,
            line=line,
            station=service.town.station,
            quantity=Decimal(quantity),
            what=self._random.choice(WANTED[Measure(line.measure)]),
            wanted_on=self._today + timedelta(days=days),
            people=self._random.randrange(40, 300, 20),
            at=self._moment(self._ago(2)),
        )

    def _ask_for_leave(self, service: Service) -> None:
        request_absence(
            actor=service.filer,
            posting=service.posting,
            kind="leave",
            first=self._today + timedelta(days=5),
            last=self._today + timedelta(days=6),
            reason="家中有事",
            at=self._at,
        )

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)

    def _moment(self, day: date) -> datetime:
        return min(moment(day), self._at)


def _half_years(span: Days) -> Iterator[Days]:
    first = span.first
    while first <= span.last:
        end = date(first.year, 6, 30) if first.month <= HALF_YEAR else date(first.year, 12, 31)
        last = min(end, span.last)
        yield Days(first, last)
        first = last + ONE


def _weeks(span: Days) -> Iterator[Days]:
    first = span.first
    while first <= span.last:
        last = min(first + timedelta(days=6 - first.weekday()), span.last)
        yield Days(first, last)
        first = last + ONE
