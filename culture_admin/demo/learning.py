"""Courses with their rosters, works with their prizes, filed and rated teams, and one team that was entered twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import product
from random import Random

from django.utils import timezone

from activities.actions import (
    add_learners,
    award_prize,
    award_star,
    close_course,
    log_activity,
    log_session,
    open_course,
    record_work,
    register_team,
)
from activities.models import Genre, Kind, Team
from culture_admin.accounts.models import User
from culture_admin.demo.accounts import STEWARDED_TOWNS, TOWNS
from culture_admin.demo.districts import County, Town
from culture_admin.demo.entries import moment
from culture_admin.demo.names import GIVEN, SURNAMES
from culture_admin.workflow.actions import perform

CLASS_SECONDS = 2 * 45 * 60
# Title, genre, room, learners, how many weeks ago it began, how many weeks it lasts.
COURSES = (
    ("少儿书法入门班", "calligraphy", "三楼书画室", 18, 5, 12),
    ("越剧唱腔提高班", "opera", "二楼排练厅", 14, 4, 10),
    ("公益夜校：声乐班", "chorus", "文化礼堂", 22, 9, 8),
)
OF_STEWARD = ("社区民乐班", "instrument", "社区活动室")
# Title, genre, kind, days ago; of a prize its level, name and rank.
WORKS = (
    ("潮起钱塘", "chorus", "original", 200, ("county", "群众文艺汇演", "一等奖")),
    ("稻花香里", "dance", "performance", 40, None),
    ("老街的戏台", "quyi", "original", 120, ("city", "群星奖选拔赛", "银奖")),
    ("灯下百工", "photography", "original", 75, None),
)
DOUBLE = ("晨光合唱团", "辰光合唱团")
# Teams filed up to this day; those since wait for the bureau.
FILED_ON = date(2022, 1, 20)
STARS = (5, 4, 3, 3)
RATED_AGO, EXPIRED_AGO = 160, 900
SHOWS, SHOWS_APART = 13, 26


class Learning:
    """Writes what is learned, made and rated in the towns people sign in to, as it stands at `at`."""

    def __init__(self, random: Random, at: datetime) -> None:
        self._random, self._at, self._today = random, at, timezone.localdate(at)
        self._genres = {genre.code: genre for genre in Genre.objects.all()}
        self._show = Kind.objects.get(code="PERF")
        self._names = [surname + given for surname, given in product(SURNAMES, GIVEN)]

    def tell(self, county: County) -> None:
        """Everything, of one county."""
        self.rate(county)
        self.teach(county)
        self.make(county)
        self.enter_twice(county)

    def teach(self, county: County) -> None:
        """Courses that run and one that is closed, every session with its roster; a steward's waits for the station."""
        for town in _lived_in(county):
            for course in COURSES:
                self._teach(town, *course)
            if town.key in STEWARDED_TOWNS:
                title, genre, room = OF_STEWARD
                open_course(
                    actor=User.objects.get(username=f"steward.{town.key}"),
                    at=self._at,
                    station=town.station,
                    title=title,
                    genre=self._genres[genre],
                    begins_on=self._today,
                    ends_on=self._today + timedelta(weeks=8),
                    room=room,
                )

    def make(self, county: County) -> None:
        """Works of each town's teams, some with prizes."""
        for town in _lived_in(county):
            teams = list(town.station.teams.registered().order_by("pk")[: len(WORKS)])
            for team, (title, genre, kind, days, prize) in zip(teams, WORKS, strict=False):
                work = record_work(
                    actor=town.head,
                    at=self._at,
                    station=town.station,
                    title=title,
                    kind=kind,
                    genre=self._genres[genre],
                    team=team,
                    author=team.leader,
                    finished_on=self._ago(days),
                )
                if prize:
                    level, name, rank = prize
                    award_prize(
                        actor=town.head,
                        work=work,
                        name=name,
                        level=level,
                        rank=rank,
                        awarded_on=self._ago(days // 2),
                        at=self._at,
                    )

    def rate(self, county: County) -> None:
        """The bureau has filed the older teams; some hold stars, one held stars that have expired, one is active."""
        service = county.people["service"]
        here = Team.objects.filter(station__division__path__startswith=county.division.path)
        older = here.filter(registered_on__lte=FILED_ON, state=Team.State.REGISTERED)
        perform(older.order_by("pk"), "file", actor=service, at=moment(FILED_ON))
        for town in _lived_in(county):
            filed = list(town.station.teams.filter(state=Team.State.FILED).order_by("pk")[: len(STARS)])
            self._rate(filed, service)
            if filed:
                self._perform_often(town, filed[0])

    def enter_twice(self, county: County) -> None:
        """A team of which the list was entered by two people."""
        for town in _lived_in(county)[:1]:
            leader = self._random.choice(self._names)
            for name in DOUBLE:
                register_team(
                    actor=town.head,
                    at=self._at,
                    station=town.station,
                    name=name,
                    genre=self._genres["chorus"],
                    leader=leader,
                    members=26,
                    men=8,
                    women=18,
                    aged=21,
                    rehearsal="每周二 14:00",
                    supervisor="village",
                    founded_on=self._ago(40),
                )

    def _teach(self, town: Town, title: str, genre: str, room: str, learners: int, weeks_ago: int, weeks: int) -> None:
        begun = self._ago(7 * weeks_ago)
        course = open_course(
            actor=town.head,
            at=moment(begun),
            station=town.station,
            title=title,
            genre=self._genres[genre],
            begins_on=begun,
            ends_on=begun + timedelta(weeks=weeks, days=-1),
            sessions_planned=weeks,
            class_seconds=CLASS_SECONDS,
            capacity=learners + 2,
            room=room,
            teacher=self._random.choice(self._names),
        )
        roster = add_learners(
            actor=town.head, course=course, names=self._random.sample(self._names, learners), at=moment(begun)
        )
        for week in range(min(weeks, weeks_ago)):
            day = begun + timedelta(weeks=week)
            present = self._random.sample(roster, self._random.randrange(learners * 2 // 3, learners + 1))
            log_session(actor=town.head, at=moment(day), course=course, begins_on=day, present=present)
        if weeks <= weeks_ago:
            close_course(actor=town.head, course=course, completed=learners - 3, at=self._at)

    def _rate(self, teams: Sequence[Team], service: User) -> None:
        for number, (team, stars) in enumerate(zip(teams, STARS, strict=False)):
            awarded_on = self._ago(EXPIRED_AGO if number == len(STARS) - 1 else RATED_AGO)
            if team.registered_on and team.registered_on <= awarded_on:
                award_star(
                    actor=service,
                    team=team,
                    stars=stars,
                    awarded_on=awarded_on,
                    document=f"文广旅体〔{awarded_on.year}〕18号",
                    at=self._at,
                )

    def _perform_often(self, town: Town, team: Team) -> None:
        """A team that was on stage every month."""
        for number in range(SHOWS):
            day = self._ago(7 + SHOWS_APART * number)
            log_activity(
                actor=town.head,
                at=moment(day, 1),
                station=town.station,
                title=f"{team.name}展演",
                kind=self._show,
                begins_on=day,
                team=team,
                attendance=self._random.randrange(60, 220),
            )

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)


def _lived_in(county: County) -> list[Town]:
    """The towns of the county that people sign in to."""
    return [county.towns[key] for key in TOWNS if key in county.towns]
