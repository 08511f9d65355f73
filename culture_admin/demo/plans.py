"""What stations plan: villages to go to, rooms with hours, series, a large event, what was put off and what was checked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from activities.actions import (
    book_room,
    log_planned,
    plan_activity,
    plan_series,
    record_check,
    record_permit,
)
from activities.models import Activity, Kind, Series
from culture_admin.accounts.models import User
from culture_admin.demo.accounts import TOWNS
from culture_admin.demo.districts import County, Town, read
from culture_admin.demo.entries import moment
from culture_admin.territory.actions import add_division
from culture_admin.territory.models import Division
from culture_admin.workflow.actions import perform
from stations.actions import change_facility
from stations.models import Facility

HOURS = "1-5 08:30-21:00; 6-7 09:00-21:00"
ROOMS = {"综合楼": 120, "文体中心剧场": 600, "图书分馆": 80, "展览厅": 150}
PLANNED_AGO, PLANNED_FOR = 35, 84
SERIES = (
    ("排舞公益课", "TRNG", [2], time(14), time(16), "综合楼", 40),
    ("周末戏曲角", "PERF", [6], time(9, 30), time(11), "文体中心剧场", 120),
)
EFFECTS = ("学员基本掌握新动作，现场反响好。", "老戏迷来得早，散场后还在交流唱腔。", "新增报名，下次继续。")
LARGE_IN, LARGE_PEOPLE = 30, 1_500
CALLED_OFF_IN, PUT_OFF_IN = 6, 9


def enter_villages(divisions: dict[str, Division]) -> dict[str, list[Division]]:
    """Villages of Cixi’s towns and of those people sign in to, by the town’s code; the last three digits of their codes are the demo's own."""
    villages: dict[str, list[Division]] = {}
    for row in read("villages.csv"):
        of_town = villages.setdefault(row["town"], [])
        of_town.append(
            add_division(
                code=f"{row['town']}{201 + len(of_town)}",
                name_zh=row["name_zh"],
                level="village",
                type=row["type"],
                parent=divisions[row["town"]],
            )
        )
    return villages


class Plans:
    """Writes what is planned from five weeks ago to twelve weeks ahead, as it stands at `at`."""

    def __init__(self, villages: dict[str, list[Division]], at: datetime) -> None:
        self._villages, self._at, self._today = villages, at, timezone.localdate(at)
        self._kinds = {kind.code: kind for kind in Kind.objects.all()}

    def furnish(self, county: County) -> None:
        """How many each room holds, and when it is open."""
        clerk = county.people["service"]
        for town in self._towns(county):
            for room in Facility.objects.filter(station=town.station, name__in=ROOMS).select_related(
                "station__division"
            ):
                change_facility(actor=clerk, facility=room, capacity=ROOMS[room.name], opening_hours=HOURS)

    def plan(self, county: County) -> None:
        """The programme of each town: two series, tours to villages, and what became of them."""
        for number, town in enumerate(self._towns(county)):
            series = [self._series(town, *line) for line in SERIES]
            self._log_held(town, series)
            self._tour(town)
            self._call_off(town)
            self._book(town)
            if number == 0:
                self._large(town)
                self._check(county, town)

    def _series(
        self, town: Town, title: str, kind: str, weekdays: list[int], begins: time, ends: time, room: str, people: int
    ) -> Series:
        first = self._ago(PLANNED_AGO)
        series = plan_series(
            actor=town.head,
            at=moment(first),
            station=town.station,
            title=title,
            kind=self._kinds[kind],
            weekdays=weekdays,
            begins_on=first,
            ends_on=self._ago(-PLANNED_FOR),
            begins_time=begins,
            ends_time=ends,
            facility=self._room(town, room),
            expected=people,
            class_seconds=2 * 45 * 60 if kind == "TRNG" else None,
        )
        self._step(Activity.objects.filter(series=series), "publish", town.head, first)
        return series

    def _log_held(self, town: Town, series: list[Series]) -> None:
        """What is over was logged the same day; yesterday's still has to be."""
        over = Activity.objects.filter(series__in=series, begins_on__lt=self._ago(1)).order_by("begins_on", "pk")
        for number, activity in enumerate(over):
            log_planned(
                actor=town.head,
                activity=activity,
                at=min(moment(activity.begins_on + timedelta(days=1)), self._at),
                attendance=(activity.expected or 0) - 9 + 3 * (number % 5),
                content=f"{activity.title}第{number // 2 + 1}次活动。",
                effect=EFFECTS[number % len(EFFECTS)],
            )

    def _tour(self, town: Town) -> None:
        """A tour through some of the villages, the first of them held."""
        villages = self._villages.get(town.division.code, [])
        for number, village in enumerate(villages[:-2]):
            day = self._ago(12 - 6 * number)
            activity = plan_activity(
                actor=town.head,
                at=moment(self._ago(14)),
                station=town.station,
                title=f"送戏下乡：走进{village.name_zh}",
                kind=self._kinds["TOUR"],
                begins_on=day,
                begins_time=time(18, 30),
                ends_time=time(20, 30),
                village=village,
                venue=f"{village.name_zh}文化礼堂",
                expected=200,
                content="越剧折子戏、小品、民乐合奏。",
            )
            self._step([activity], "publish", town.head, self._ago(13))
            if day < self._today:
                log_planned(
                    actor=town.head,
                    activity=activity,
                    at=min(moment(day + timedelta(days=1)), self._at),
                    attendance=180 + 15 * number,
                    effect="村民自带板凳来看，坐满了文化礼堂。",
                )

    def _call_off(self, town: Town) -> None:
        """One was cancelled, one was put off, each with its reason."""
        for title, days, step, reason in (
            ("广场纳凉音乐会", CALLED_OFF_IN, "cancel", "受台风影响，气象部门发布预警，活动取消。"),
            ("乡村春晚选拔赛", PUT_OFF_IN, "postpone", "场地检修未完成，延期举行，时间另行通知。"),
        ):
            activity = plan_activity(
                actor=town.head,
                at=moment(self._ago(7)),
                station=town.station,
                title=title,
                kind=self._kinds["FEST"],
                begins_on=self._ago(-days),
                begins_time=time(19),
                ends_time=time(21),
                venue="镇文化广场",
                expected=400,
            )
            self._step([activity], "publish", town.head, self._ago(7))
            self._step([activity], step, town.head, self._ago(1), reason)

    def _large(self, town: Town) -> None:
        """Two events of more than a thousand people: one has its permit, for the other it is still owed."""
        for title, days, number in (
            ("元宵灯会暨群众文艺大巡游", LARGE_IN, ""),
            ("镇民文化节开幕式", LARGE_IN + 25, "公安大型活动许可〔演示〕第1号"),
        ):
            activity = plan_activity(
                actor=town.head,
                at=moment(self._ago(5)),
                station=town.station,
                title=title,
                kind=self._kinds["FEST"],
                begins_on=self._ago(-days),
                begins_time=time(18),
                ends_time=time(21),
                venue="文化广场及周边道路",
                expected=LARGE_PEOPLE,
                content="巡游、灯谜、非遗展演、舞龙。",
            )
            if number:
                record_permit(
                    actor=town.head,
                    at=self._at,
                    activity=activity,
                    number=number,
                    authority="市公安局",
                    granted_on=self._ago(1),
                )

    def _book(self, town: Town) -> None:
        """A room for a meeting, which is no activity."""
        day = self._ago(-3)
        begins, ends = (timezone.make_aware(datetime.combine(day, clock)) for clock in (time(9), time(11)))
        book_room(
            actor=town.head,
            at=moment(self._ago(2)),
            facility=self._room(town, "展览厅"),
            purpose="团队负责人会议",
            begins_at=begins,
            ends_at=ends,
        )

    def _check(self, county: County, town: Town) -> None:
        """The bureau looked at two of them."""
        held = Activity.objects.filter(station=town.station, planned=True, state=Activity.State.CONFIRMED)
        for activity, finding, note in zip(
            held.select_related("station__division").order_by("begins_on", "pk")[:2],
            ("ok", "differs"),
            ("", "到场时约三十人，签到表上多出的人未见到。"),
            strict=False,
        ):
            record_check(
                actor=county.people["service"],
                at=self._at,
                activity=activity,
                found_on=activity.begins_on,
                finding=finding,
                heads_seen=(activity.attendance or 0) - (0 if finding == "ok" else 6),
                note=note,
            )

    def _towns(self, county: County) -> list[Town]:
        return [county.towns[key] for key in TOWNS if key in county.towns]

    def _room(self, town: Town, name: str) -> Facility:
        return Facility.objects.select_related("station__division", "station__unit").get(
            station=town.station, name=name
        )

    def _step(self, activities, name: str, by: User, day: date, comment: str = "") -> None:
        perform(list(activities), name, actor=by, comment=comment, at=min(moment(day), self._at))

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)
