"""The living present: this month and last in both counties, with work that waits for somebody on every first page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random

from django.utils import timezone

from activities.actions import register_team
from activities.models import Genre
from culture_admin.accounts.models import User
from culture_admin.demo.accounts import TOWNS
from culture_admin.demo.days import ONE, Days
from culture_admin.demo.districts import County, Town
from culture_admin.demo.entries import enter, moment, step
from culture_admin.demo.firms import Service
from culture_admin.demo.imports import preview_ledger
from culture_admin.demo.names import Names
from culture_admin.demo.programme import Programme, Row
from culture_admin.workflow.actions import owe
from stewards.models import Posting

STATION_HELD, STATION_TAUGHT = 5, 4
STEWARD_HELD, STEWARD_TAUGHT = 2, 7
# A station looks at what others report within three days; what is younger waits for it.
WAITING_DAYS = 3
REPORTED_AGO, RETURNED_AGO = 8, 2
RETURN_REASONS = (
    "签到表人数与填报人数不一致，请核对后重新提交。",
    "这一场与上周那场的时间、地点完全相同，请确认是否重复填报。",
    "参加人数没有依据，请对照签到表补充后再报。",
)
BROUGHT = ("送戏下乡：越剧折子戏专场", "文化走亲：民乐专场音乐会")
BROUGHT_TO = ("guanhaiwei", "longshan", "zhouxiang", "kandun")
APPLYING_IN = ("guanhaiwei", "longshan", "xintang", "wenyan", "guali")
SENDING_LEDGERS = ("guanhaiwei", "xintang")
MEETING_BASIS = "文化站月度工作例会"


class Present:
    """Writes what happened since the first of last month, as it stands at `at`."""

    def __init__(self, programme: Programme, names: Names, random: Random, at: datetime) -> None:
        self._programme, self._names, self._random, self._at = programme, names, random, at
        self._genres = {genre.code: genre for genre in Genre.objects.all()}
        self._reasons = cycle(RETURN_REASONS)
        self._today = timezone.localdate(at)
        self._last_month = Days.of_month(self._today.replace(day=1) - ONE)

    def keep_ledgers(self, county: County) -> None:
        """What the stations put on themselves, up to today where people sign in."""
        for town in county.towns_of_today:
            courses = self._programme.courses(town)
            rows = self._programme.within(
                Days(self._last_month.first, self._ago(1)),
                county,
                town,
                held=self._programme.about(STATION_HELD * town.pace),
                taught=self._programme.about(STATION_TAUGHT * town.pace),
                courses=courses,
            )
            self._enter(rows, town, town.head, self._today)
            if town.key in TOWNS:
                self._enter([self._activity(county, town, self._today)], town, town.people["officer"], self._today)

    def report_of_stewards(self, county: County, services: Sequence[Service]) -> None:
        """Confirmed up to three days ago; since then waiting, and some returned."""
        waiting = Days(self._ago(WAITING_DAYS), self._ago(1))
        seen = Days(self._last_month.first, waiting.first - ONE)
        for service in services:
            town, courses = service.town, self._programme.courses(service.town)
            rows = self._programme.within(seen, county, town, held=STEWARD_HELD, taught=STEWARD_TAUGHT, courses=courses)
            keys = self._enter(rows, town, service.filer, waiting.first, service.posting)
            step(keys, "confirm", by=town.head, at=self._moment(waiting.first + ONE))
            rows = self._programme.within(
                waiting, county, town, held=1, taught=2 if service.has_account else 1, courses=courses
            )
            self._enter(rows, town, service.filer, self._today, service.posting)
            if service.has_account or town.key == "guali":
                self._return(
                    self._activity(county, town, self._ago(REPORTED_AGO)), town, service.filer, service.posting
                )

    def bring_from_bureau(self, county: County) -> None:
        """What the bureau sends to towns waits for the station as well."""
        service_section = county.people["service"]
        for key in BROUGHT_TO:
            town, day = county.towns[key], self._ago(1)
            rows = [self._activity(county, town, day) | {"title": f"{title}（{town.name}）"} for title in BROUGHT]
            self._enter(rows, town, service_section, day)
        town = county.towns[BROUGHT_TO[0]]
        self._return(self._activity(county, town, self._ago(REPORTED_AGO)), town, service_section)

    def apply_for_teams(self, county: County, services: Sequence[Service]) -> None:
        """Teams founded with a steward or by the bureau; the station has yet to register them."""
        serving = {service.town.key: service for service in services}
        for key in APPLYING_IN:
            if town := county.towns.get(key):
                service = serving.get(key)
                self._apply(
                    town,
                    service.filer if service else county.people["service"],
                    service.posting if service else None,
                )

    def send_ledgers(self, county: County) -> None:
        """Of one town people sign in to, last month's ledger lies in its preview."""
        for key in SENDING_LEDGERS:
            if town := county.towns.get(key):
                preview_ledger(town, self._last_month, self._moment(self._ago(1)))

    def owe_in_county(self, county: County) -> None:
        """What is due in these days: last month's ledger, an answer."""
        month = self._last_month.first.month
        for key in TOWNS:
            if town := county.towns.get(key):
                owe(
                    town.station.unit,
                    code="month_ledger",
                    label=f"核对{month}月活动台账，补报漏登场次",
                    basis=MEETING_BASIS,
                    opened_on=self._ago(1),
                    working_days=3,
                )
                owe(
                    town.government,
                    code="reply",
                    label="答复文体中心剧场的使用安排",
                    basis=MEETING_BASIS,
                    opened_on=self._ago(6),
                    due_on=self._ago(1),
                )
        owe(
            county.bureau,
            code="month_report",
            label=f"汇总{month}月群众文化活动情况",
            basis=MEETING_BASIS,
            opened_on=self._ago(2),
            working_days=5,
        )

    def owe_of_firms(self, services: Sequence[Service]) -> None:
        for unit in {service.posting.firm.unit for service in services}:
            owe(
                unit,
                code="service_summary",
                label="提交上月驻点服务小结",
                opened_on=self._ago(2),
                working_days=4,
            )

    def _activity(self, county: County, town: Town, day: date) -> Row:
        """One activity of a day, its hour left open."""
        return self._programme.activity(county, town, day) | {"ends_on": day, "begins_time": None, "ends_time": None}

    def _enter(self, rows: list[Row], town: Town, by: User, day: date, posting: Posting | None = None) -> list[int]:
        return enter(rows, town, by=by, at=self._moment(day), posting=posting)

    def _return(self, row: Row, town: Town, by: User, posting: Posting | None = None) -> None:
        keys = self._enter([row], town, by, self._ago(REPORTED_AGO), posting)
        step(keys, "return", by=town.head, at=self._moment(self._ago(RETURNED_AGO)), comment=next(self._reasons))

    def _apply(self, town: Town, by: User, posting: Posting | None) -> None:
        name, genre = self._names.team(town.key)
        register_team(
            actor=by,
            at=self._at,
            station=town.station,
            name=name,
            genre=self._genres[genre],
            leader=self._names.person(),
            members=self._random.randrange(15, 40),
            founded_on=self._ago(5),
            posting=posting,
        )

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)

    def _moment(self, day: date) -> datetime:
        """An office hour of the day, unless that is still to come."""
        return min(moment(day), self._at)
