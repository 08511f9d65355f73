"""Guidance in the demo: trainings with who came, the meetings of station heads, and the days of the professional backbone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.demo.accounts import TOWNS, Offices
from culture_admin.demo.days import ONE
from culture_admin.demo.districts import County, Town
from culture_admin.demo.entries import moment
from culture_admin.demo.names import Names
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import perform, read_notices
from culture_admin.workflow.models import Notice
from stations.actions import (
    add_backbone,
    agree_follow_up,
    log_visit,
    note_presence,
    pair_station,
    plan_meeting,
    plan_training,
    plan_visits,
    record_attendance,
)
from stations.actions.trainings import staff_on
from stations.models import Backbone, FollowUp, Meeting, MeetingPresence, Pairing, PairingVisit, Task, Training
from stations.models.gatherings import Gathering

SEED = 50
# What is older than this was read long ago.
READ_AFTER = timedelta(days=14)
K, P, V = Meeting.Kind, MeetingPresence.Status, PairingVisit
AGENDA = "一、通报上月工作；二、布置本月任务；三、交流讨论。"
MINUTES = "会议通报了上月各站活动开展和免费开放情况，布置了本月重点工作，各站交流了团队辅导的做法。"
MANY_DAYS = 60
DONE = (
    ([Task.TEAMS], "辅导合唱队排练参赛曲目，调整声部。"),
    ([Task.ACTIVITIES], "帮助策划村晚节目，排定节目单。"),
    ([Task.TEACHING, Task.TEAMS], "上排舞公益课两节，辅导团队骨干。"),
    ([Task.RECORDS], "指导整理年度台账和活动影像档案。"),
    ([Task.CREATION], "修改小品剧本，走台一遍。"),
    ([Task.OPENING, Task.HERITAGE], "调整非遗展示室布展，检查免费开放公示。"),
)


class Guidance:
    """What the bureau and the cultural centre of a county do for its stations, up to `at`."""

    def __init__(self, offices: Offices, at: datetime) -> None:
        self._offices, self._at, self._today = offices, at, timezone.localdate(at)
        self._random = Random(SEED)

    def tell(self, county: County) -> None:
        self._train(county)
        self._meet(county)
        self._pair(county)
        self._read_what_is_old(county)

    # --- trainings ---

    def _train(self, county: County) -> None:
        """Two last year, which not everybody came to; this year one that counts, one to be confirmed, one to come."""
        year, clerk = self._today.year, county.people["service"]
        for title, day, hours in (
            (f"{year - 1}年综合文化站站长业务培训班", date(year - 1, 4, 16), 12),
            (f"{year - 1}年基层文化员群众文化活动策划培训", date(year - 1, 10, 22), 6),
            (f"{year}年文化站免费开放与台账管理培训", self._ago(62), 6),
        ):
            training = self._training(clerk, title, day, hours, ago=30)
            self._attend(county, training)
            self._step([training], ("hold", "confirm"), clerk, day + ONE)
        waiting = self._training(clerk, f"{year}年全民艺术普及师资培训", self._ago(6), 6, ago=20)
        self._attend(county, waiting)
        self._step([waiting], ("hold",), clerk, self._ago(5))
        self._training(clerk, f"{year}年公共文化数字服务培训", self._ago(-27), 6, ago=1)

    def _training(self, clerk: User, title: str, day: date, hours: int, *, ago: int) -> Training:
        return plan_training(
            actor=clerk,
            at=self._moment(day - timedelta(days=ago) if day <= self._today else self._ago(ago)),
            title=title,
            kind=Training.Kind.CLASS if hours > 6 else Training.Kind.SHORT,
            begins_on=day,
            ends_on=day + ONE if hours > 6 else day,
            begins_time=time(9),
            ends_time=time(16, 30),
            place="文化馆三楼多功能厅",
            hours=Decimal(hours),
            trainer="文化馆业务干部",
            content="业务规范、案例交流、现场观摩。",
        )

    def _attend(self, county: County, training: Training) -> None:
        """Most of those who serve came; the same one in five is missing from every second training."""
        serving = staff_on(county.division, training.begins_on)
        record_attendance(
            actor=county.people["service"],
            at=self._moment(training.begins_on),
            training=training,
            attendances=[
                {"officer": posting.officer, "present": (number + training.begins_on.month) % 5 != 0, "note": ""}
                for number, posting in enumerate(serving.values())
            ],
        )

    # --- meetings ---

    def _meet(self, county: County) -> None:
        """One a month, of which last year one was left out; this year one in a town, and things agreed that are still open."""
        clerk, year = county.people["service"], self._today.year
        before = [self._meeting(clerk, date(year - 1, month, 8)) for month in range(1, 13) if month != 8]
        held = [self._meeting(clerk, day) for month in range(1, 13) if (day := date(year, month, 8)) < self._today]
        for meeting in [*before, *held]:
            self._came(county, meeting)
        self._step(before, ("hold", "confirm"), clerk, date(year - 1, 12, 30))
        for meeting in held:
            self._step([meeting], ("hold", "confirm"), clerk, meeting.begins_on + ONE)
        if held[-1:] or before[-1:]:
            self._agree(county, (held or before)[-1])
        host = next(town for town in county.towns_of_today if town.key in TOWNS)
        on_site = plan_meeting(
            actor=clerk,
            at=self._moment(self._ago(40)),
            kind=K.ON_SITE,
            host=host.station,
            title=f"{host.name}文化走亲与团队建设现场会",
            begins_on=self._ago(33),
            place=f"{host.name}综合文化站",
            agenda="现场观摩；经验介绍；讨论。",
            minutes="与会人员观摩了文化站各功能室和团队展演，听取了经验介绍。",
        )
        self._came(county, on_site)
        self._step([on_site], ("hold", "confirm"), clerk, self._ago(32))
        coming = self._today.replace(day=8)
        if coming <= self._today:
            coming = (coming.replace(day=1) + timedelta(days=32)).replace(day=8)
        self._meeting(clerk, coming, at=self._ago(2))

    def _meeting(self, clerk: User, day: date, *, at: date | None = None) -> Meeting:
        return plan_meeting(
            actor=clerk,
            at=self._moment(at or day - timedelta(days=7)),
            kind=K.MONTHLY,
            title=f"{day.year}年{day.month}月文化站长工作例会",
            begins_on=day,
            begins_time=time(9),
            ends_time=time(11, 30),
            place="文广旅体局二楼会议室",
            agenda=AGENDA,
            minutes=MINUTES if day < self._today else "",
        )

    def _came(self, county: County, meeting: Meeting) -> None:
        presences = [
            {"station": town.station, "person": town.head.name, "status": P.PRESENT}
            for town in county.towns_of_today
            if town.opened_on <= meeting.begins_on
        ]
        number = meeting.begins_on.month
        presences[number % len(presences)] |= {"status": P.SENT, "person": ""}
        presences[(number + 5) % len(presences)] |= {"status": P.EXCUSED, "person": ""}
        presences[(number + 9) % len(presences)] |= {"status": P.ABSENT, "person": ""}
        note_presence(
            actor=county.people["service"], at=self._moment(meeting.begins_on), meeting=meeting, presences=presences
        )

    def _agree(self, county: County, meeting: Meeting) -> None:
        """Something to do for each town people sign in to, and for the centre: open, reported, returned, closed."""
        clerk = county.people["service"]
        first, second = [county.towns[key] for key in TOWNS if key in county.towns]

        def agree(unit, task: str, days: int) -> FollowUp:
            return agree_follow_up(
                actor=clerk,
                at=self._moment(meeting.begins_on),
                meeting=meeting,
                unit=unit,
                task=task,
                due_on=max(self._ago(-days), meeting.begins_on),
            )

        agree(first.station.unit, "报送下半年“送戏下乡”需求清单", 9)
        agree(second.station.unit, "更新免费开放时间公示牌", -3)
        agree(second.government, "落实文化站屋顶漏水维修经费", 20)
        agree(_centre(county), "排出下季度结对辅导计划", 14)
        reported = agree(first.government, "协调村文化礼堂周末开放", 6)
        perform(
            reported,
            "report",
            actor=first.people["town"],
            at=self._at,
            comment="已与八个村签订开放承诺，周末轮流开放。",
        )
        closed = agree(first.station.unit, "补报团队骨干名单", 2)
        perform(closed, "report", actor=first.head, at=self._at, comment="名单已报。")
        perform(closed, "close", actor=clerk, at=self._at)
        returned = agree(second.station.unit, "整改器材室消防通道堆物", 5)
        perform(returned, "report", actor=second.head, at=self._at, comment="已清理。")
        perform(returned, "return", actor=clerk, at=self._at, comment="请附整改后照片。")

    # --- pairings ---

    def _pair(self, county: County) -> None:
        """Who signs in is behind, with days planned and days that wait; a colleague has more than fifty."""
        clerk, year = county.people["service"], self._today.year
        centre = _centre(county)
        others = [town for town in county.towns_of_today if town.key not in TOWNS]
        first, second = [county.towns[key] for key in TOWNS if key in county.towns]
        colleague = self._offices.fill(
            f"backbone2.{county.key}", Role.BACKBONE, centre, name=Names(Random(county.key)).person()
        )

        def paired(user: User, speciality: str, *plan: tuple[Town, int]) -> tuple[Backbone, list[Pairing]]:
            backbone = add_backbone(actor=clerk, unit=centre, name=user.name, speciality=speciality, user=user)
            aim = "辅导团队、参与活动策划、规范台账，每年到站满五十个工作日以上。"
            return backbone, [
                pair_station(
                    actor=clerk,
                    backbone=backbone,
                    station=town.station,
                    valid_from=date(year, 1, 1),
                    valid_to=date(year + 1, 1, 1),
                    planned_days=days,
                    aim=aim,
                )
                for town, days in plan
            ]

        _ahead, busy = paired(colleague, "声乐", (second, 30), (others[0], 25))
        self._visits(
            colleague, busy, self._workdays(MANY_DAYS), {second.station.pk: second, others[0].station.pk: others[0]}
        )
        _behind, slow = paired(county.people["backbone"], "舞蹈", (first, 35), (others[1], 20))
        # Half of what the time gone by would ask for.
        gone = self._workdays(max(50 * self._today.timetuple().tm_yday // 366 // 2, 3))
        self._visits(county.people["backbone"], slow, gone, {first.station.pk: first, others[1].station.pk: others[1]})
        ahead = [day for number in range(1, 22) if (day := self._ago(-number)).weekday() in (1, 3)]
        within = [day for day in ahead if day.year == year]
        if within:
            plan_visits(actor=county.people["backbone"], at=self._at, pairing=slow[0], days=within)

    def _visits(self, user: User, pairings: Sequence[Pairing], days: Sequence[date], towns: dict[int, Town]) -> None:
        """A visit on each day, now here, now there, some days half here and half there; all but the last are confirmed."""
        logged: dict[int, list[PairingVisit]] = {pairing.station_id: [] for pairing in pairings}
        for number, day in enumerate(days):
            tasks, summary = DONE[number % len(DONE)]
            halves = number % 9 == 4
            parts = (V.Part.MORNING, V.Part.AFTERNOON) if halves else (V.Part.WHOLE,)
            for turn, part in enumerate(parts):
                pairing = pairings[turn if halves else number % len(pairings)]
                logged[pairing.station_id].append(
                    log_visit(
                        actor=user,
                        at=self._moment(day + ONE),
                        pairing=pairing,
                        on=day,
                        part=part,
                        tasks=tasks,
                        summary=summary,
                    )
                )
        for station, visits in logged.items():
            head = towns[station].head
            over, last = visits[:-2], visits[-2:]
            if over:
                perform(over, "confirm", actor=head, at=self._at)
            if len(last) == 2 and towns[station].key in TOWNS:
                perform(last[0], "return", actor=head, at=self._at, comment="当天上午未到站，请核对时间。")

    def _workdays(self, number: int) -> list[date]:
        """The last workdays of this year before today, at most so many."""
        days = [day for ago in range(1, 366) if (day := self._ago(ago)).year == self._today.year and day.weekday() < 5]
        return sorted(days[:number])

    # --- the same way every time ---

    def _read_what_is_old(self, county: County) -> None:
        """Whoever signs in has read what was told of trainings and meetings long ago."""
        about = [Training, Meeting]
        stale = Notice.objects.filter(
            subject_type__model__in=[model._meta.model_name for model in about], at__lt=self._at - READ_AFTER
        ).values_list("pk", flat=True)
        old = list(stale)
        people = [user for key in TOWNS if key in county.towns for user in county.towns[key].people.values()]
        for user in [*people, *county.people.values()]:
            read_notices(actor=user, notices=old, at=self._at)

    def _step(self, gatherings: Sequence[Gathering], steps: Sequence[str], by: User, day: date) -> None:
        for step in steps:
            if gatherings:
                perform(list(gatherings), step, actor=by, at=self._moment(day))

    def _moment(self, day: date) -> datetime:
        return min(moment(day), self._at)

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)


def _centre(county: County) -> Unit:
    return Unit.objects.select_related("division").get(kind=Unit.Kind.CENTRE, division=county.division)
