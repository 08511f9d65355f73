"""What stations put on: activities by season and county, courses by subject, with plausible places and head counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import Any

from activities.models import Genre, Kind
from culture_admin.demo.days import Days
from culture_admin.demo.districts import County, Town, read

VILLAGE_HALLS_SINCE = 2013
MOST_AT_ONCE = 4_900
COUNTED_UP_TO = 300
HOURS = {
    "theatre": (time(19, 0), time(21, 0)),
    "square": (time(18, 30), time(20, 30)),
    "hall": (time(14, 0), time(16, 30)),
    "room": (time(9, 30), time(11, 0)),
    "gallery": (time(9, 0), time(16, 30)),
    "online": (time(19, 30), time(20, 30)),
}
CLASS_BEGINS = (time(9, 0), time(14, 0), time(18, 30))
CLASS_MINUTES = (45, 90, 90, 135)
COURSE_LENGTHS = (12, 14, 16)
# A closed spring: in February and March 2020 stations worked online.
CLOSED = {(2020, 2), (2020, 3)}
DANCE_ROOM = "街道文体中心二楼舞蹈房"


# One entry for the log: columns of `log_activities` by name.
Row = dict[str, Any]


@dataclass(frozen=True)
class Offer:
    """One line of data/programme.csv."""

    title: str
    kind: str
    genre: str
    county: str
    first_year: int
    months: frozenset[int]
    heads: int
    place: str

    @classmethod
    def read(cls, row: dict[str, str]) -> Offer:
        months = frozenset(int(month) for month in row["months"].split()) or frozenset(range(1, 13))
        return cls(
            row["title"],
            row["kind"],
            row["genre"],
            row["county"],
            int(row["first_year"] or 0),
            months,
            int(row["heads"]),
            row["place"],
        )


class Programme:
    """Draws what a station puts on; the same seed draws the same."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._kinds = dict(Kind.objects.values_list("code", "pk"))
        self._genres = dict(Genre.objects.values_list("code", "pk"))
        self._offers = [Offer.read(row) for row in read("programme.csv")]
        self._lessons = [(row["subject"], row["genre"], int(row["heads"])) for row in read("lessons.csv")]

    def activity(self, county: County, town: Town, day: date, kind: str = "") -> Row:
        """An activity that fits the season, of a kind where one is named."""
        fitting = self._fitting(county.division.code, day)
        offer = self._random.choice([offer for offer in fitting if kind in ("", offer.kind)])
        ends_on = day
        if offer.place == "gallery":
            ends_on += timedelta(days=self._random.randrange(5, 20))
        begins, ends = HOURS[offer.place]
        heads = self._heads(offer.heads)
        online = None
        if offer.place == "online":
            heads, online = None, self._heads(offer.heads, most=40_000)
        return {
            "title": f"{town.name}{offer.title}",
            "kind_id": self._kinds[offer.kind],
            "genre_id": self._genres[offer.genre],
            "venue": self._venue(town, offer.place, day),
            "begins_on": day,
            "begins_time": begins,
            "ends_on": ends_on,
            "ends_time": ends,
            "attendance": heads,
            "online_attendance": online,
            "estimated": heads is not None and heads > COUNTED_UP_TO and self._random.random() < 0.3,
        }

    def courses(self, town: Town) -> Iterator[Row]:
        """Sessions without their days, course after course: the same subject, place and hour, lesson by lesson."""
        while True:
            subject, genre, heads = self._random.choice(self._lessons)
            begins = self._random.choice(CLASS_BEGINS)
            minutes = self._random.choice(CLASS_MINUTES)
            ends = time(begins.hour + (begins.minute + minutes) // 60, (begins.minute + minutes) % 60)
            venue = DANCE_ROOM if town.key == "xintang" and "dance" in genre else f"{town.name}综合文化站培训教室"
            for lesson in range(1, self._random.choice(COURSE_LENGTHS) + 1):
                yield {
                    "title": f"{subject}公益培训班（第{lesson}课）",
                    "kind_id": self._kinds["TRNG"],
                    "genre_id": self._genres[genre],
                    "venue": venue,
                    "begins_time": begins,
                    "ends_time": ends,
                    "class_seconds": 60 * minutes,
                    "attendance": self._heads(heads, spread=0.12),
                }

    def within(
        self,
        span: Days,
        county: County,
        town: Town,
        *,
        held: int,
        taught: int,
        courses: Iterator[Row],
    ) -> list[Row]:
        """So many activities, and so many sessions of `courses`, on any days of the span."""
        rows = [self.activity(county, town, self.day(span)) for _number in range(held)]
        days = sorted(self.day(span) for _number in range(taught))
        return rows + [next(courses) | {"begins_on": day} for day in days]

    def day(self, span: Days) -> date:
        return span.first + timedelta(days=self._random.randrange(span.number))

    def about(self, expected: float) -> int:
        """A whole number that is `expected` in the long run."""
        return int(expected + self._random.random())

    def _fitting(self, county: str, day: date) -> list[Offer]:
        closed = is_closed(day)
        return [
            offer
            for offer in self._offers
            if offer.county in ("", county)
            and day.year >= offer.first_year
            and day.month in offer.months
            and (offer.place == "online" or not closed)
        ]

    def _heads(self, usual: float, spread: float = 0.45, most: int = MOST_AT_ONCE) -> int | None:
        """Heads around the usual number, skewed as crowds are; one row in fifty has not recorded them."""
        if self._random.random() < 0.02:
            return None
        heads = min(most, max(6, int(usual * self._random.lognormvariate(0, spread))))
        return heads if heads <= COUNTED_UP_TO else round(heads, -1)

    def _venue(self, town: Town, place: str, day: date) -> str:
        number = self._random.randrange(1, 7)
        hall = "文化礼堂" if day.year >= VILLAGE_HALLS_SINCE else "村级文化活动中心"
        return {
            "theatre": f"{town.name}文体中心剧场",
            "square": f"{town.name}文化广场",
            "hall": f"{town.name}第{number}片区{hall}",
            "room": f"{town.name}综合文化站活动室",
            "gallery": f"{town.name}综合文化站展览厅",
            "online": "",
        }[place]


def is_closed(day: date) -> bool:
    return (day.year, day.month) in CLOSED
