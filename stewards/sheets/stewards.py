"""The roster of stewards: a row is a steward of a firm, and the town he serves from when to when under which contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.exchange.cells import NOT_RECORDED, Cell, Context, Refusal, as_written, plain, quoted
from culture_admin.exchange.cells.dates import date_range, partial_date
from culture_admin.exchange.cells.texts import text
from culture_admin.exchange.layout import Column
from culture_admin.exchange.records import Draft
from culture_admin.exchange.sheets import Sheet
from stewards.models import Steward

MOST_QUESTIONS = 30
NONE = "none"
FULL, PART = (
    frozenset("专职 全职 是 全 √ yes y 1 true full full-time".split()),
    frozenset("兼职 否 兼 × no n 0 false part part-time".split()),
)
# What offices call a degree; a word that none of these is in is asked about.
DEGREES = {
    Steward.Degree.MASTER: ("博士", "硕士", "研究生", "master"),
    Steward.Degree.BACHELOR: ("本科", "学士", "大学", "bachelor"),
    Steward.Degree.JUNIOR_COLLEGE: ("大专", "专科", "高职", "junior"),
    Steward.Degree.SECONDARY: ("高中", "中专", "中职", "职高", "初中", "secondary"),
}


def _name(cell: Cell, context: Context) -> str | None:
    """A name without the blanks that papers put between two signs."""
    written = text(60)(cell, context)
    return written if written is None or written.isascii() else "".join(written.split())


def _code(cell: Cell, context: Context) -> str | None:
    written = plain(as_written(cell)).upper()
    return None if written.lower() in NOT_RECORDED else written


def _full_time(cell: Cell, context: Context) -> bool | None:
    written = plain(as_written(cell)).lower()
    if written in NOT_RECORDED:
        return None
    if written in FULL | PART:
        return written in FULL
    message = _("“%(value)s” says neither full-time (专职, 是) nor part-time (兼职, 否).")
    raise Refusal("full_time_format", message % {"value": quoted(cell)})


def _first_day(cell: Cell, context: Context) -> tuple[date | None, str]:
    return partial_date(cell, context)


def _last_day(cell: Cell, context: Context) -> date | None:
    return date_range(cell, context).ends_on


_COLUMNS = (
    Column(
        name="name",
        label=gettext_lazy("name"),
        parse=_name,
        fills=("name",),
        required=True,
        synonyms="姓名 管家姓名 文化管家 文化管家姓名 名字 name steward",
        never="单位|负责|公司|机构|项目|联系",
    ),
    Column(
        name="firm",
        label=gettext_lazy("firm's code"),
        parse=_code,
        fills=("firm",),
        required=True,
        synonyms="统一社会信用代码 信用代码 机构代码 公司代码 社会信用代码 服务机构代码 firm uscc firmcode",
    ),
    Column(
        name="degree",
        label=gettext_lazy("degree"),
        parse=text(40),
        fills=("_degree",),
        synonyms="学历 文化程度 最高学历 degree education",
        never="院校|专业|时间",
    ),
    Column(
        name="speciality",
        label=gettext_lazy("speciality"),
        parse=text(100),
        fills=("speciality",),
        synonyms="专长 特长 专业 业务专长 艺术专长 艺术门类 speciality",
    ),
    Column(
        name="station",
        label=gettext_lazy("station"),
        parse=text(100),
        fills=("station",),
        synonyms="文化站 派驻文化站 服务文化站 派驻镇街 服务镇街 镇街 镇(街道) 派驻单位 派驻地 station town",
    ),
    Column(
        name="since",
        label=gettext_lazy("from"),
        parse=_first_day,
        fills=("valid_from", "since_known"),
        synonyms="派驻时间 派驻日期 到岗时间 到岗日期 上岗时间 开始时间 开始日期 起始日期 派驻起始 since from",
        pattern="(派驻|到岗|上岗|服务|开始|起始).*(时间|日期|年月|起)",
        never="截止|结束|期满|届满|至|到期",
    ),
    Column(
        name="until",
        label=gettext_lazy("last day"),
        parse=_last_day,
        fills=("last_day",),
        synonyms="截止时间 截止日期 结束时间 结束日期 派驻截止 离岗时间 到期时间 到期日期 until to",
        pattern="(派驻|服务|离岗|截止|结束|到期|期满).*(时间|日期|止|至)",
    ),
    Column(
        name="full_time",
        label=gettext_lazy("full or part time"),
        parse=_full_time,
        fills=("full_time",),
        synonyms="专职兼职 专兼职 专/兼职 专职/兼职 是否专职 专职或兼职 fulltime",
    ),
    Column(
        name="contract",
        label=gettext_lazy("contract no."),
        parse=text(60),
        fills=("contract",),
        synonyms="合同编号 合同号 合同文号 采购合同编号 contract contractno",
    ),
)
_NOT_READ = """
    序号 编号 号 序 no 备注 说明 性别 年龄 民族 政治面貌 电话 联系电话 手机 身份证号 服务机构 公司名称 机构名称 公司 机构 note notes remark remarks
"""


def degree_of(word: str) -> str | None:
    """The degree that a word stands for; None where it is not known."""
    written = plain(word).lower()
    return next((degree for degree, words in DEGREES.items() if any(one in written for one in words)), None)


def _settle(draft: Draft, answers: Mapping[str, str]) -> None:
    """What the words of each row mean; a question for each that leaves a doubt."""
    labels = {value: str(label) for value, label in Steward.Degree.choices} | {NONE: _("none of these")}
    known: dict[str | None, str] = {None: ""}
    for word in draft.values["_degree"]:
        if word in known:
            continue
        question = f"degree:{word}"
        found = answers[question] if answers.get(question) in labels else degree_of(word)
        if found is None and len(draft.questions) < MOST_QUESTIONS:
            text = _("Which degree is “%(word)s”?") % {"word": word}
            draft.ask(question, text, choices=list(labels), labels=labels, assumed=NONE)
        known[word] = "" if found in (None, NONE) else found
    draft.values["degree"] = [known[word] for word in draft.values["_degree"]]
    draft.values["valid_to"] = [day and day + timedelta(days=1) for day in draft.values["last_day"]]


def _totals(values: Mapping[str, list[Any]]) -> dict[str, float]:
    return {"stewards": len(values["name"])}


STEWARDS = Sheet(
    kind="stewards",
    label=gettext_lazy("roster of stewards"),
    columns=_COLUMNS,
    ignored=_NOT_READ,
    repeated_by=("name", "firm", "station", "valid_from"),
    settle=_settle,
    totals=_totals,
)
