"""What towns say of the indicators that nobody counts, and what the review makes of it: the same for a town and a year each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from culture_admin.demo.districts import Town
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.sources import Check
from culture_admin.scoring.table import Part
from culture_admin.territory.models import in_force
from stations.models import Grade, Grading

Entries = dict[str, dict[str, Any]]

GRADES = {Grade.SPECIAL: 8, Grade.FIRST: 6, Grade.SECOND: 4, Grade.THIRD: 2}
# How a town does in what is judged, where that is not how lively its station is: 1 is usual.
STRENGTH = {
    ("xintang", 2018): 0.5,
    ("xintang", 2019): 0.55,
    ("xintang", 2020): 0.6,
    ("ningwei", 2020): 1.3,
}
# Named by the province in the year: a dated row of the station's file with its document, and nothing that was computed.
NAMED = {
    ("longshan", 2012): "浙江省文化厅命名文件（2012年12月）",
    ("guanhaiwei", 2012): "浙江省文化厅命名文件（2012年12月）",
    ("kandun", 2012): "浙江省文化厅命名文件（2012年12月）",
}
NAMED_BEFORE = {("zhangqi", 2012): "2011年命名，已计入上一年度，本年度不重复加分。"}
HOSTS = {("zhouxiang", 2012), ("ningwei", 2018), ("guali", 2019), ("xintang", 2020)}
VETOED = {("linpu", 2019): ("9.1", "文化礼堂临时舞台坍塌，区应急管理部门认定为责任事故。")}
UNREGISTERED = {("chongshou", 2012), ("xintang", 2018), ("yinong", 2018)}
# What the review finds otherwise than the town says: how often in a hundred, by how much, and why.
DIFFERING = {
    "3.4": (30, Decimal("-0.08"), "例会签到表显示缺席1次，按实际出勤率计。"),
    "5.2": (20, Decimal(-1), "其中一支团队星级已过有效期，不计。"),
    "7.4": (30, Decimal(-1), "一篇为镇街自办刊物，不属媒体报道。"),
    "8.1": (15, Decimal(1), "三季度报表逾期2天，补计一次。"),
}
NOTES = {
    "1.1": "年度工作计划已由镇街印发，分管领导已明确。",
    "1.4": "见财政预决算表。",
    "2.1": "见评估定级文件。",
    "2.2": "法人证书在有效期内，年度报告已公示。",
    "3.2": "人事变动均已事前报批。",
    "3.4": "见例会签到表。",
    "5.2": "见星级团队评定文件。",
    "7.1": "见获奖证书。",
    "7.2": "见现场会会议通知。",
    "7.3": "见命名文件。",
    "7.4": "见报道剪报。",
}
NO_GRADE = "新建站，尚未参加评估定级。"


@dataclass
class Said:
    """By indicator what the town says, what the review makes of it, and what is found on the spot."""

    claims: Entries = field(default_factory=dict)
    reviews: Entries = field(default_factory=dict)
    on_site: dict[str, Decimal] = field(default_factory=dict)


def grades_of(year: int) -> dict[int, str]:
    """By station, the grade in force at the end of the year."""
    rows = Grading.objects.standing().filter(in_force(date(year, 12, 31)))
    return dict(rows.values_list("station", "grade"))


def say(town: Town, scheme: Scheme, grades: Mapping[int, str]) -> Said:
    """Everything that is judged of a town in a year."""
    chance, year = Random(f"{town.key} {scheme.year}"), scheme.year
    numbers = _numbers(town, year, chance)
    body, said = scheme.content, Said()
    for _section, indicator in body.table.indicators():
        code = indicator.code
        if body.sources[code].is_counted:
            continue
        if code == "2.1" and town.station.pk not in grades:
            said.claims[code] = {"claimed": "not_applicable", "note": NO_GRADE}
            said.reviews[code] = {"reviewed": "not_applicable", "remark": NO_GRADE}
            continue
        if code == "2.1":
            numbers[code] = Decimal(GRADES[Grade(grades[town.station.pk])])
        number = numbers.get(code, Decimal(0))
        claimed, remark = _claimed(town, year, code, number, chance)
        note = NOTES.get(code, "") if claimed or indicator.part == Part.BASE else ""
        said.claims[code] = {"claimed": "value", "claimed_numbers": [claimed], "note": NAMED.get((town.key, year), note) if code == "7.3" else note}  # fmt: skip
        said.reviews[code] = {"reviewed": "value", "reviewed_numbers": [number], "remark": remark}
        if body.checks.get(code) == Check.ON_SITE:
            said.on_site[code] = number
    return said


def _numbers(town: Town, year: int, chance: Random) -> dict[str, Decimal]:
    """What is so, by indicator; 0 of whatever is not named."""
    key, strength = (town.key, year), STRENGTH.get((town.key, year), town.pace)
    level = strength * chance.uniform(0.9, 1.1)
    found: dict[str, float] = {
        "1.1": level > 0.6,
        "1.4": chance.random() < level * 0.75,
        "2.2": key not in UNREGISTERED,
        "3.2": chance.random() > level + 0.15,
        "3.4": min(100, round(72 + 24 * level)) / 100,
        "5.2": max(0, min(4, round((level - 0.5) * 4))),
        "7.1": level > 1.25 and chance.random() < 0.6,
        "7.2": key in HOSTS,
        "7.3": key in NAMED,
        "7.4": max(0, min(5, round(level * 3.4 - 1))),
        "8.1": chance.random() > level,
        "8.3": chance.random() < 0.12,
    }
    if key in VETOED:
        found[VETOED[key][0]] = 1
    return {code: Decimal(str(float(number))).normalize() + 0 for code, number in found.items()}


def _claimed(town: Town, year: int, code: str, number: Decimal, chance: Random) -> tuple[Decimal, str]:
    """What the town says where that is something else, and why the review differs."""
    key = (town.key, year)
    if code == "7.3" and key in NAMED_BEFORE:
        return Decimal(1), NAMED_BEFORE[key]
    if key in VETOED and code == VETOED[key][0]:
        return Decimal(0), VETOED[key][1]
    if code not in DIFFERING:
        return number, ""
    percent, change, reason = DIFFERING[code]
    claimed = number - change
    most = {"3.4": 1, "5.2": 4, "7.4": 5}.get(code, 9)
    if chance.randrange(100) < percent and 0 <= claimed <= most:
        return claimed, reason
    return number, ""
