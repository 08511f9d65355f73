"""What is known of the standing of stations, and what is owed and told in these days, in both counties."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from culture_admin.demo.districts import County, Town
from culture_admin.demo.opinions import draw_photo
from culture_admin.exchange.attaching import attach_file
from culture_admin.workflow.actions import perform
from culture_admin.workflow.calendar import is_working_day
from culture_admin.workflow.models import Notice
from culture_admin.workflow.reminders import remind
from stations.actions import (
    answer_complaint,
    enter_facts,
    open_facts,
    propose_feature,
    receive_complaint,
    record_safety_check,
)
from stations.models.safety import Item

# What each town is known for in the demo, and how far it is recognised.
FEATURES = {
    "guanhaiwei": ("卫城民俗文化节", "county", True),
    "longshan": ("龙山农民画", "town", False),
    "xintang": ("新塘羽绒文化走秀", "county", True),
    "wenyan": ("闻堰三江号子", "town", False),
}
FAILED_AT = ("longshan", "wenyan")
COMPLAINED_AT = ("guanhaiwei", "xintang")
FACTS_OF = ("guanhaiwei", "longshan", "xintang", "wenyan")
# How long ago what is told counts as news.
NEWS = timedelta(days=10)


class Standing:
    """Writes what the standing of stations is at a moment."""

    def __init__(self, at: datetime) -> None:
        self._at, self._today = at, timezone.localdate(at)

    def tell(self, county: County) -> None:
        """Features, safety checks, complaints and the facts of last year."""
        for key in FEATURES:
            if town := county.towns.get(key):
                self._feature(county, town)
        for town in county.towns_of_today:
            self._check(town, failed=town.key in FAILED_AT)
        for key in COMPLAINED_AT:
            if town := county.towns.get(key):
                self._complain(county, town)
        for number, key in enumerate(FACTS_OF):
            if town := county.towns.get(key):
                self._facts(county, town, number)

    def remind(self) -> None:
        """Old news is over; what is due soon or overdue is reminded of as of today."""
        Notice.objects.filter(at__lt=self._at - NEWS).update(over_at=self._at, routed_at=self._at)
        remind(self._at)

    def _feature(self, county: County, town: Town) -> None:
        name, level, recognised = FEATURES[town.key]
        feature = propose_feature(
            actor=town.people["officer"], station=town.station, name=name, level=level, at=self._ago(20),
            document="" if level == "town" else "关于公布“一镇一品”名单的通知（演示文号）", description=f"{town.name}群众自办的品牌活动。",
        )  # fmt: skip
        attach_file(
            actor=town.head, subject=feature, name="活动照片.jpg", content=draw_photo(Random(name)), at=self._ago(19)
        )
        if recognised:
            perform(feature, "recognise", actor=county.people["service"], at=self._ago(12))

    def _check(self, town: Town, *, failed: bool) -> None:
        items = [{"item": item, "result": "ok"} for item in Item.values]
        if failed:
            items[3] = {"item": Item.WIRING, "result": "bad", "remark": "剧场配电箱线路老化"}
        record_safety_check(
            actor=town.head, station=town.station, checked_on=self._ago(6).date(), by="station", checker=town.head.name,
            items=items, at=self._ago(6),
        )  # fmt: skip

    def _complain(self, county: County, town: Town) -> None:
        """One answered and closed, one about to be late."""
        service, officer = county.people["service"], town.people["town"]
        said: dict[str, Any] = {"channel": "hotline", "name": "张女士", "contact": "13800000000"}
        past = receive_complaint(
            actor=service, station=town.station, received_on=self._ago(25).date(), about="hours",
            text="周末下午图书分馆提前关门。", at=self._ago(25), **said,
        )  # fmt: skip
        answer_complaint(
            actor=officer,
            complaint=past,
            answer="已核实，周末开放时间已公示并严格执行。",
            outcome="upheld",
            at=self._ago(20),
        )
        perform(past, "answer", actor=officer, at=self._ago(20))
        perform(past, "close", actor=service, at=self._ago(18))
        days = 10
        receive_complaint(
            actor=service, station=town.station, received_on=self._received_for(days), about="premises",
            text="广场舞音响音量过大，影响周边居民休息。", working_days=days, at=self._at, **said,
        )  # fmt: skip

    def _facts(self, county: County, town: Town, number: int) -> None:
        """Last year in four states, from confirmed to just begun; the year before it confirmed everywhere."""
        for year, steps in ((self._today.year - 2, 3), (self._today.year - 1, 3 - number)):
            facts = open_facts(actor=town.head, station=town.station, year=year, at=self._ago(9))
            grown = year - self._today.year + 10
            enter_facts(
                actor=town.head, yearlyfacts=facts, at=self._ago(9), staff=4, middle_titles=1, senior_titles=0,
                books=12_000 + 900 * grown, computers=24 + grown, terminals=10, stages=0 if number else 1,
                volunteers=60 + 5 * grown, assets=Decimal(1_850_000 + 20_000 * grown), fixed_assets=Decimal(1_500_000),
                income_appropriated=Decimal(420_000 + 8_000 * grown), income_service=Decimal(0),
                expenditure_basic=Decimal(260_000), expenditure_project=Decimal(140_000 + 5_000 * grown),
                books_bought=Decimal(30_000),
            )  # fmt: skip
            taken = [("submit", town.head), ("endorse", town.people["town"]), ("confirm", county.people["service"])]
            for name, actor in taken[:steps]:
                perform(facts, name, actor=actor, at=self._ago(8 - taken.index((name, actor))))

    def _received_for(self, working_days: int) -> date:
        """The day whose clock of so many working days ends on the next working day."""
        day, left = self._today, working_days - 1
        while left > 0:
            left -= is_working_day(day)[0]
            day -= timedelta(days=1)
        return day

    def _ago(self, days: int) -> datetime:
        return self._at - timedelta(days=days)
