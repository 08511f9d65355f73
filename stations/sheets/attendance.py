"""A sign-in sheet of a training: who of the staff it names, and what cannot be matched."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.exchange.cells import Cell, Context
from culture_admin.exchange.cells.texts import text
from culture_admin.exchange.layout import Column
from culture_admin.exchange.reader import read_workbook
from culture_admin.exchange.records import Draft
from culture_admin.exchange.sheets import Sheet, read_records
from culture_admin.interfaces.text import clean_line
from stations.actions.trainings import staff_on
from stations.models import OfficerPosting, Training

# No training of a county has more people on its list.
MOST_LINES = 1000
_ABSENT = re.compile(r"缺席|请假|未到|否|×|x|no|absent", re.IGNORECASE)
_SEPARATOR = re.compile(r"[\t,，;；|]")


def _there(cell: Cell, context: Context) -> bool:
    """Whoever stands on a sign-in sheet was there, unless it says that he was not."""
    return not (isinstance(cell, str) and _ABSENT.search(cell))


_COLUMNS = (
    Column(
        name="name",
        label=gettext_lazy("name"),
        parse=text(60),
        fills=("name",),
        required=True,
        synonyms="姓名 名字 参训人员 学员 学员姓名 人员 name",
        never="单位|负责",
    ),
    Column(
        name="station",
        label=gettext_lazy("station"),
        parse=text(100),
        fills=("station",),
        synonyms="单位 文化站 所在单位 工作单位 镇街 镇(街道) 站点 station unit",
    ),
    Column(
        name="present",
        label=gettext_lazy("present"),
        parse=_there,
        fills=("present",),
        synonyms="签到 出勤 到会 是否到会 是否参加 签名 考勤 present",
    ),
)


def _settle(draft: Draft, answers: Mapping[str, str]) -> None:
    """Each row speaks for itself."""


SIGN_IN = Sheet(
    kind="attendance",
    label=gettext_lazy("sign-in sheet"),
    columns=_COLUMNS,
    ignored="序号 编号 职务 职称 联系电话 电话 手机 备注 日期 no",
    repeated_by=("name", "station"),
    settle=_settle,
    totals=lambda values: {},
)


@dataclass
class Signed:
    """The officers a sheet or pasted names stand for, and what could not be matched, a sentence each."""

    officers: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def read_signed(training: Training, *, pasted: str = "", sheet: tuple[str, bytes] | None = None) -> Signed:
    """Matches names to the officers who were in service that day. Raises Unreadable for the file, ValidationError for text."""
    found = Signed()
    by_name: dict[str, list[OfficerPosting]] = defaultdict(list)
    for posting in staff_on(training.county, training.begins_on).values():
        by_name[posting.officer.name].append(posting)
    for place, name, station in (*_of_sheet(sheet, found), *_of_text(pasted)):
        postings = by_name.get(name, [])
        if len(postings) > 1 and station:
            postings = [posting for posting in postings if _is_at(posting, station)]
        if len(postings) == 1:
            found.officers.add(postings[0].officer_id)
        elif postings:
            stations = "、".join(posting.station.name for posting in by_name[name])
            message = _(
                "%(place)s: several officers are called %(name)s (%(stations)s); write the station beside the name."
            )
            found.faults.append(message % {"place": place, "name": name, "stations": stations})
        else:
            message = _("%(place)s: %(name)s served at no station of this county on %(day)s.")
            found.faults.append(message % {"place": place, "name": name, "day": training.begins_on})
    return found


def _of_sheet(sheet: tuple[str, bytes] | None, found: Signed) -> Iterator[tuple[str, str, str]]:
    if sheet is None:
        return
    name, content = sheet
    records = read_records(read_workbook(content, name), SIGN_IN)
    for refusal in records.refusals:
        found.faults.append(f"{_row(refusal['row'])}: {refusal['message']}")
    values = records.values
    blank: list[None] = [None] * len(records)
    for position, row in enumerate(records.rows[:MOST_LINES]):
        if values.get("present", blank)[position] is not False:
            yield _row(row), values["name"][position], values.get("station", blank)[position] or ""


def _of_text(pasted: str) -> Iterator[tuple[str, str, str]]:
    """Names, one a line; a tab or comma parts the station from the name."""
    for number, line in enumerate(pasted.splitlines()[:MOST_LINES], start=1):
        name, *rest = (clean_line(part) for part in _SEPARATOR.split(line))
        if name:
            yield _("Line %(number)d") % {"number": number}, name, rest[0] if rest else ""


def _row(number: int) -> str:
    return _("Row %(number)d") % {"number": number}


def _is_at(posting: OfficerPosting, written: str) -> bool:
    """Whether what stands beside a name means the station: its name, its town's, or a part of one."""
    names = (posting.station.unit.name_zh, posting.station.division.name_zh)
    return any(name in written or written in name for name in names)
