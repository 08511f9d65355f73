"""What the years stand on that towns are assessed for: all of Cixi's 2012, and 2018 to 2020 in Xiaoshan.

The ledgers of history.py hold what the two reports tell of; this is what towns did, paid and opened besides, by chances of its own.
No steward led any of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count, product
from random import Random

from django.utils import timezone

from activities.actions import award_prize, record_work, register_teams
from activities.actions.rating import rate_activity
from activities.models import Activity, Genre
from culture_admin.demo.days import ONE, Days
from culture_admin.demo.districts import CIXI, County, Town
from culture_admin.demo.entries import enter, moment
from culture_admin.demo.money import DOCUMENT, LATE_DAYS, LINES, OF_XINTANG
from culture_admin.demo.names import GIVEN, SURNAMES, Names
from culture_admin.demo.opinions import SCORES
from culture_admin.demo.programme import Programme, Row, is_closed
from culture_admin.territory.models import Division, Residents
from culture_admin.workflow.actions import perform
from culture_admin.workflow.models import Notice
from stations.actions import (
    change_facility,
    enter_payment,
    plan_training,
    propose_budget,
    record_attendance,
    record_spending,
)
from stations.actions.trainings import staff_on
from stations.models import Facility

SEED = 20121231
YEAR_OF_CIXI = 2012
YEARS_OF_XIAOSHAN = (2018, 2019, 2020)
# A year of a usual station; and what part of it Xiaoshan's have besides their ledgers, before the stewards and with them.
HELD, FESTIVALS, SESSIONS, TEAMS, WORKS = 14, 4, 55, 8, 2
BEFORE_STEWARDS, WITH_STEWARDS = 0.7, 0.15
# Xintang has next to nothing to show before 2020.
IN_XINTANG = {2018: 0.12, 2019: 0.04, 2020: 0.1}
FESTIVE_MONTHS = (2, 4, 6, 10, 12)
TO_VILLAGES = 3
# Yuan a resident from the poorest to the richest, and by town what is known.
YUAN, KNOWN, STEP = (5.0, 19.0), {"guanhaiwei": 2_000_000}, 10_000
PAST_LINES = (("activities", 62, False), ("facilities", 26, False), ("books", 12, False))
PLANS = {YEAR_OF_CIXI: (((3, 20), 40), ((9, 20), 60))} | dict.fromkeys(YEARS_OF_XIAOSHAN, (((6, 20), 100),))
PAID_LATE = {
    ("changhe", 2012),
    ("xinpu", 2012),
    ("gutang", 2012),
    ("chongshou", 2012),
    ("xintang", 2018),
    ("xintang", 2019),
    ("yinong", 2018),
}
FULL_WEEK, SHORT_WEEK = "1-7 08:30-11:30,13:00-17:00", "1-5 09:00-11:30,13:30-16:30"
# Stations that were short of their 42 hours, and since when they are no more.
SHORT = {"chongshou": 2013, "shengshan": 2013, "baishalu": 2013, "xintang": 2020, "louta": 2019}
ANSWERS = 4
TITLES = ("乡音如故", "海塘谣", "灯火人家", "水乡晨曲", "邻里之间", "老井")
PRIZE = ("群众文艺调演", "county", "二等奖")
TRAININGS = ((4, 18, "综合文化站站长业务培训班", 12), (10, 24, "基层文化员活动策划培训", 6))


class AssessedYears:
    """Writes them, year by year; the same seed writes the same."""

    def __init__(self, names: Names, villages: Mapping[str, Sequence[Division]]) -> None:
        self._random = Random(SEED)
        self._names, self._villages, self._programme = names, villages, Programme(self._random)
        self._genres = {genre.code: genre for genre in Genre.objects.all()}
        self._people = [surname + given for surname, given in product(SURNAMES, GIVEN)]
        self._vouchers = count(1)
        rows = Residents.objects.values_list("division__name_zh", "year", "number")
        self._residents = {(name, year): number for name, year, number in rows}

    def tell(self, county: County, years: Sequence[int]) -> None:
        """What the towns did, what they gave for it, and what residents said."""
        for town in county.towns.values():
            level = town.pace * self._random.uniform(0.85, 1.15)
            for year in years:
                if town.opened_on.year <= year:
                    self._open(town, year)
                    self._put_on(county, town, year, level * self._share(county, town, year))
                    self._make(town, year, level)
                    self._give(town, year, level)
                    self._ask(town, year)
            if county.division.code == CIXI:
                self._found_teams(town, years[0], round(TEAMS * level))

    def tell_last(self, county: County, at: datetime) -> None:
        """What the towns of today did in the year that is being assessed; what they gave for it is told with this year's money."""
        year = timezone.localdate(at).year - 1
        for town in county.towns_of_today:
            level = town.pace * self._random.uniform(0.85, 1.15)
            self._put_on(county, town, year, level, at)
            self._make(town, year, level)
            self._ask(town, year)

    def _share(self, county: County, town: Town, year: int) -> float:
        if county.division.code == CIXI:
            return 1
        if town.key == "xintang":
            return IN_XINTANG[year]
        return BEFORE_STEWARDS if year == YEARS_OF_XIAOSHAN[0] else WITH_STEWARDS

    def _open(self, town: Town, year: int) -> None:
        """The hours of the main building, where they are said for the first time or become others."""
        hours = SHORT_WEEK if year < SHORT.get(town.key, 0) else FULL_WEEK
        room = Facility.objects.select_related("station__division", "station__unit").get(
            station=town.station, name="综合楼"
        )
        if room.opening_hours != hours:
            change_facility(actor=town.head, facility=room, at=moment(date(year, 1, 6)), opening_hours=hours)

    def _put_on(self, county: County, town: Town, year: int, level: float, at: datetime | None = None) -> None:
        days = Days(date(year, 1, 1), date(year, 12, 31))
        rows = self._programme.within(
            days,
            county,
            town,
            held=round(HELD * level),
            taught=round(SESSIONS * level),
            courses=self._programme.courses(town),
        )
        rows += [
            self._programme.activity(county, town, self._festive_day(year), "FEST")
            for _ in range(round(FESTIVALS * level))
        ]
        # Nobody was taught in a closed spring; what else there was went online.
        rows = [row for row in rows if not ("class_seconds" in row and is_closed(row["begins_on"]))]
        if county.division.code == CIXI:
            self._go_to_villages(town, rows, level)
        entered_at = moment(days.last, 5)
        enter(rows, town, by=town.head, at=min(entered_at, at or entered_at))

    def _festive_day(self, year: int) -> date:
        months = [month for month in FESTIVE_MONTHS if not is_closed(date(year, month, 1))]
        return self._programme.day(Days.of_month(date(year, self._random.choice(months), 1)))

    def _go_to_villages(self, town: Town, rows: Sequence[Row], level: float) -> None:
        """One in three is held in a village; lively stations reach all of them."""
        villages = list(self._villages.get(town.division.code, ()))
        reached = villages[: max(1, round(len(villages) * min(1, level * 0.75)))]
        for number, row in enumerate(rows[::TO_VILLAGES]):
            row["village_id"] = reached[number % len(reached)].pk

    def _found_teams(self, town: Town, year: int, number: int) -> None:
        since = Days(max(town.opened_on, date(2007, 1, 1)), date(year, 10, 31))
        rows = []
        for _team in range(number):
            name, genre = self._names.team(town.key)
            rows.append(
                {
                    "name": name,
                    "genre": self._genres[genre],
                    "leader": self._random.choice(self._people),
                    "members": self._random.randrange(12, 40),
                    "founded_on": self._programme.day(since),
                }
            )
        register_teams(actor=town.head, at=moment(since.last, 4), station=town.station, rows=rows)

    def _make(self, town: Town, year: int, level: float) -> None:
        """Works, and of lively stations a prize."""
        number = 0 if town.key == "xintang" and year < 2020 else round(WORKS * level)
        for title in self._random.sample(TITLES, number):
            finished_on = date(year, self._random.randrange(2, 11), self._random.randrange(1, 28))
            work = record_work(
                actor=town.head,
                at=moment(finished_on, 3),
                station=town.station,
                title=title,
                kind="original",
                genre=self._genres["music"],
                author=self._random.choice(self._people),
                finished_on=finished_on,
            )
            if level > 1.2 and title == TITLES[0]:
                name, prize, rank = PRIZE
                awarded_on = finished_on + timedelta(days=20)
                award_prize(
                    actor=town.head,
                    work=work,
                    name=name,
                    level=prize,
                    rank=rank,
                    awarded_on=awarded_on,
                    at=moment(awarded_on, 3),
                )

    def _give(self, town: Town, year: int, level: float) -> None:
        """A budget, paid in one part or two, and what was spent of it."""
        least, most = YUAN
        each = min(most, least + (most - least) * (level - 0.5) * self._random.uniform(0.4, 1.1))
        given = KNOWN.get(town.key) or round(self._residents[town.name, year] * each)
        total = OF_XINTANG[year] if town.key == "xintang" else max(given // STEP, 1) * STEP
        lines = LINES if town.key == "xintang" else PAST_LINES
        officer, filed_on = town.people["town"], date(year, 1, 12)
        budget = propose_budget(
            actor=officer,
            at=moment(filed_on),
            station=town.station,
            year=year,
            lines=[
                {"purpose": purpose, "amount": Decimal(total * percent // 100), "locked": locked}
                for purpose, percent, locked in lines
            ],
            instalments=[
                {"due_on": date(year, *when), "amount": Decimal(total * percent // 100)}
                for when, percent in PLANS[year]
            ],
            document=DOCUMENT.format(town=town.name, year=year, number=1),
        )
        perform(budget, "commit", actor=officer, at=moment(filed_on, 3))
        for one in budget.instalments.select_related("budget"):
            is_late = one.number == 1 and (town.key, year) in PAID_LATE
            paid_on = one.due_on + timedelta(days=LATE_DAYS if is_late else -2)
            enter_payment(
                actor=officer,
                at=moment(paid_on),
                station=town.station,
                year=year,
                amount=one.amount,
                on=paid_on,
                document=f"财政直接支付凭证 {year}-{next(self._vouchers):04}",
                instalment=one,
            )
        if town.key == "xintang":
            # What it spent is told with the report's figures.
            return
        purpose, percent, _locked = lines[0]
        day = date(year, 11, 16)
        record_spending(
            actor=town.head,
            at=moment(day),
            station=town.station,
            year=year,
            purpose=purpose,
            amount=Decimal(total * percent // 100),
            on=day,
            document=f"记账凭证 {year}-{next(self._vouchers):04}",
            note="年度活动支出",
        )

    def _ask(self, town: Town, year: int) -> None:
        """What those said who were at the year's last activity."""
        last = Activity.objects.filter(station=town.station, begins_on__year=year, begins_on__lte=date(year, 12, 20))
        activity = (
            last.exclude(kind__is_session=True).select_related("kind", "station__division").latest("begins_on", "pk")
        )
        for guest in range(ANSWERS):
            rate_activity(
                activity=activity,
                device=f"guest {guest}",
                address=f"guest {guest}",
                score=self._random.choice(SCORES),
                at=moment(activity.begins_on + ONE),
            )


def train_staff(county: County, years: Sequence[int]) -> None:
    """Two trainings a year of those who serve at stations; one in five is missing from each."""
    clerk = county.people["service"]
    for year, (month, day, title, hours) in product(years, TRAININGS):
        held_on = date(year, month, day)
        training = plan_training(
            actor=clerk, at=moment(held_on, -30), title=f"{year}年{title}", begins_on=held_on, hours=Decimal(hours)
        )
        attendances = [
            {"officer": posting.officer, "present": (number + month) % 5 != 0, "note": ""}
            for number, posting in enumerate(staff_on(county.division, held_on).values())
        ]
        record_attendance(actor=clerk, at=moment(held_on), training=training, attendances=attendances)
        for step in ("hold", "confirm"):
            perform(training, step, actor=clerk, at=moment(held_on, 1))
    # What people were told of it is long over.
    over = moment(date(years[-1], 11, 30))
    Notice.objects.filter(at__lt=over, over_at=None).update(over_at=over, routed_at=over)
