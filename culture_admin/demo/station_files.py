"""The file of each station: certificates until today, grades, titles, premises, and the residents it serves."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from culture_admin.accounts.acting import acting
from culture_admin.accounts.models import User
from culture_admin.demo.accounts import Offices
from culture_admin.demo.codes import INSTITUTION, credit_code
from culture_admin.demo.districts import (
    CIXI,
    XIAOSHAN,
    County,
    Town,
    fill_town_offices,
    first_word,
    found_town_government,
)
from culture_admin.demo.registration import EXPIRING_SOON, FUNDING, FUNDS, LAPSED, PURPOSE, certify
from culture_admin.territory.models import Division
from stations.actions import add_facility, award_title, grade_station, open_station, register_legal_person
from stations.models import Grade

CERTIFICATE_YEARS = 5
PARTS = (
    ("综合楼", "办公、培训教室", 46),
    ("文体中心剧场", "演出、会议", 26),
    ("图书分馆", "阅览、自习", 17),
    ("展览厅", "书画与非遗展示", 11),
)
# The document numbers are the demo's own, and say so.
GRADED_ON = {CIXI: date(2011, 12, 20), XIAOSHAN: date(2014, 1, 10)}
GRADE_DOCUMENT = "关于公布综合文化站评估定级结果的通知（演示文号 {year}-1）"
TITLE, TITLE_ISSUER = "浙江省文化强镇", "浙江省文化厅"
TITLE_DOCUMENT = "关于命名{year}年浙江省文化强镇的通知（演示文号 {year}-2）"
TITLES = {
    "zhangqi": (2011, date(2011, 12, 15)),
    "longshan": (2012, date(2012, 12, 17)),
    "guanhaiwei": (2012, date(2012, 12, 17)),
    "kandun": (2012, date(2012, 12, 17)),
}


class StationFiles:
    """Opens stations and fills their files; `today` is the day up to which certificates are renewed."""

    def __init__(self, today: date, offices: Offices) -> None:
        self._today, self._offices = today, offices
        self._registered: Counter[str] = Counter()
        # By town the first day of its first certificate, and its number among the codes of its county.
        self._first: dict[str, date] = {}
        self._serial: dict[str, int] = {}

    def open(self, county: County, division: Division, row: dict[str, str]) -> Town:
        """The station of a town, of its row in data/stations.csv, entered by the people of the county's bureau."""
        short = first_word(division.name_en)
        opened_on = date(int(row["opened"]), 1, 1)
        government = found_town_government(division)
        station = open_station(
            actor=clerk(county, "bureau", division),
            division=division,
            name_zh=f"{division.name_zh}综合文化站",
            name_en=f"{short} Comprehensive Cultural Station",
            opened_on=opened_on,
            address=f"{division.name_zh}文化路{len(county.towns) + 1}号",
        )
        key = short.lower()
        people = fill_town_offices(key, government, station.unit, self._offices)
        town = Town(key, division, government, station, people, opened_on, float(row["pace"]))
        self._register(county, town, date.fromisoformat(row["certified_on"]))
        self._grade(county, town, row["grade"])
        self._furnish(county, town, int(row["floor_area"]))
        county.towns[key] = town
        return town

    def certify(self, county: County) -> None:
        """The batch by which the county's stations became legal persons, and the certificates that followed it."""
        certify(county, {key: first for key, first in self._first.items() if key in county.towns})
        for town in county.towns.values():
            self._enter(county, town, self._terms(town)[1:])

    def _register(self, county: County, town: Town, first: date) -> None:
        """Certificates entered as they were issued on paper; Cixi's first ones come from the cases of its batch."""
        self._registered[county.key] += 1
        self._first[town.key], self._serial[town.key] = first, self._registered[county.key]
        if county.division.code != CIXI:
            self._enter(county, town, self._terms(town))

    def _terms(self, town: Town) -> list[tuple[date, date]]:
        left = {**EXPIRING_SOON, **LAPSED}.get(town.key)
        ends_on = None if left is None else self._today + timedelta(days=left)
        return certificate_terms(self._first[town.key], self._today, ends_on)

    def _enter(self, county: County, town: Town, terms: list[tuple[date, date]]) -> None:
        registrar = clerk(county, "registrar", town.division)
        with acting(registrar):
            for valid_from, valid_to in terms:
                register_legal_person(
                    actor=registrar,
                    station=town.station,
                    uscc=credit_code(INSTITUTION, county.division.code, self._serial[town.key]),
                    legal_representative=town.head.name,
                    sponsor=town.government.name_zh,
                    authority=f"{county.division.name_zh}事业单位登记管理局",
                    domicile=town.station.address,
                    purpose=PURPOSE,
                    funding=FUNDING,
                    startup_funds=FUNDS,
                    issued_on=valid_from,
                    valid_from=valid_from,
                    valid_to=valid_to,
                )

    def _grade(self, county: County, town: Town, grade: str) -> None:
        graded_on = max(GRADED_ON[county.division.code], _years_after(town.opened_on, 1))
        given = [(grade, graded_on)]
        if town.key == "chongshou":
            given.append((Grade.FIRST, date(2016, 12, 28)))
        for value, since in given:
            document = GRADE_DOCUMENT.format(year=since.year)
            grade_station(
                actor=clerk(county, "bureau", town.division),
                station=town.station,
                grade=value,
                valid_from=since,
                document=document,
            )
        if town.key in TITLES:
            year, since = TITLES[town.key]
            award_title(
                actor=clerk(county, "bureau", town.division),
                station=town.station,
                title=TITLE,
                year=year,
                issuer=TITLE_ISSUER,
                document=TITLE_DOCUMENT.format(year=year),
                valid_from=since,
            )

    def _furnish(self, county: County, town: Town, floor_area: int) -> None:
        """Premises whose areas add up to `floor_area`."""
        areas = [floor_area * percent // 100 for _name, _use, percent in PARTS]
        areas[0] += floor_area - sum(areas)
        rooms = [(name, use, area, town.opened_on) for (name, use, _percent), area in zip(PARTS, areas, strict=True)]
        if town.key == "guanhaiwei":
            rooms.append(("镇文化中心新馆", "演出、展览、培训", 4_200, date(2014, 9, 28)))
        service = clerk(county, "service", town.division)
        with acting(service):
            for name, use, area, since in rooms:
                add_facility(actor=service, station=town.station, name=name, use=use, floor_area=area, valid_from=since)


def certificate_terms(first: date, today: date, ends_on: date | None = None) -> list[tuple[date, date]]:
    """Terms of five years, one after the other from `first` until one holds today.

    With `ends_on` the last one ends that day: it was issued out of turn, and the one before it ended with it.
    """
    terms = [(first, _years_after(first, CERTIFICATE_YEARS))]
    while terms[-1][1] <= today:
        terms.append((terms[-1][1], _years_after(terms[-1][1], CERTIFICATE_YEARS)))
    if ends_on:
        last = _years_after(ends_on, -CERTIFICATE_YEARS)
        terms = [(begin, min(end, last)) for begin, end in terms if begin < last] + [(last, ends_on)]
    return terms


def _years_after(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def clerk(county: County, key: str, division: Division) -> User | None:
    """Who enters the file of a town: the county's people, and of a town that lies elsewhere today the system itself."""
    return county.people[key] if division.path.startswith(county.division.path) else None
