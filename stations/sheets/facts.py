"""The facts of a year as the national form has them: a row is an indicator, its unit and its number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.exchange.cells import NOT_RECORDED, Cell, Context, Refusal, as_written, plain, quoted, refuse_faults
from culture_admin.exchange.cells.texts import text
from culture_admin.exchange.layout import IGNORE, Column
from culture_admin.exchange.records import Draft
from culture_admin.exchange.sheets import Sheet
from stations.models import YearlyFacts
from stations.models.yearly import FACTS, MONEY

QUESTION = "fact:"
UNIT = "unit:amounts"
MOST_QUESTIONS = 30
# Before a word that stands in another one comes the longer.
_WORDS = (
    ("senior_titles", "高级职称|副高|正高|高级专业技术"),
    ("middle_titles", "中级职称|中级专业技术|中级"),
    ("staff", "从业人员|职工人数|在职人员|人员总数|工作人员数"),
    ("books_bought", "购书|图书购置|书刊购置|新增藏量购置"),
    ("books", "藏书|藏量|图书|书刊"),
    ("terminals", "终端|电子阅览室"),
    ("computers", "计算机|电脑"),
    ("stages", "流动舞台"),
    ("volunteers", "志愿者|志愿服务人"),
    ("fixed_assets", "固定资产"),
    ("assets", "资产总|资产合计|总资产|^资产$"),
    ("income_appropriated", "财政补助|财政拨款|财政补贴"),
    ("income_service", "事业收入"),
    ("income_business", "经营收入"),
    ("income_other", "其他收入|其它收入"),
    ("expenditure_basic", "基本支出"),
    ("expenditure_project", "项目支出"),
    ("expenditure_business", "经营支出"),
)
# What the form asks besides: sums of the lines above, and what the log and the registers of this system count.
_COUNTED_HERE = re.compile(
    r"合计|总计|小计|本年收入|本年支出|总收入|总支出|机构|活动|演出|人次|培训|展览|讲座|面积|团队|场次|课时|荣誉|作品"
)
_NUMBER = re.compile(r"(?P<number>-?[\d,]+(?:\.\d+)?)(?P<scale>[万千]?)(?P<unit>[^\d]*)")
_UNIT = re.compile(r"(?P<scale>[万千]?)元")
_TIMES = {"万": 10_000, "千": 1_000, "": 1}
# Nothing a station has is more than this.
LARGEST = 10**15
UNITS = {"yuan": "元", "thousand": "千元", "ten_thousand": "万元"}


def _value(cell: Cell, context: Context) -> tuple[Decimal | None, str, str, int | None]:
    """The number as it is written, the unit beside it, the unit of the column, and the year that the sheet is of."""
    written = plain(as_written(cell))
    if written in NOT_RECORDED:
        return None, "", context.unit, context.year
    refuse_faults(written)
    number, unit = _read(written)
    if number is None or abs(number) > LARGEST:
        message = _("“%(value)s” is no number. Accepted: 1200, 1,200.50, 1.2万元; empty where nothing is recorded.")
        raise Refusal("number_format", message % {"value": quoted(cell)})
    return number, unit, context.unit, context.year


def _read(written: str) -> tuple[Decimal | None, str]:
    """A number and its unit; None where it is none. 1.2万册 are 12,000册, and 1.2万元 stay what they are."""
    match = _NUMBER.fullmatch(written)
    digits = match["number"].replace(",", "") if match else ""
    if match is None or not digits.strip("-"):
        return None, ""
    number = Decimal(digits)
    if "元" in match["unit"]:
        return number, f"{match['scale']}元"
    return number * _TIMES[match["scale"]], match["unit"]


def _numbers(sample: Sequence[Cell]) -> float:
    return sum(isinstance(cell, float | int) for cell in sample) / len(sample)


_COLUMNS = (
    Column(
        name="indicator",
        label=gettext_lazy("indicator"),
        parse=text(60),
        fills=("indicator",),
        required=True,
        synonyms="指标名称 指标 项目 项目名称 统计指标 指标内容 内容 indicator item",
        never="单位|数值|代码|备注",
        names_sums=True,
    ),
    Column(
        name="value",
        label=gettext_lazy("number"),
        parse=_value,
        fills=("_number", "_beside", "_heading", "year"),
        synonyms="数值 数量 本年 本年数 本年实际 本期 期末数 年末数 本年数值 金额 统计数 填报数 value number",
        never="上年|去年|上期|年初|代码|序号|同比|增减",
        shape=_numbers,
    ),
    Column(
        name="unit",
        label=gettext_lazy("unit"),
        parse=text(20),
        fills=("_unit",),
        synonyms="计量单位 单位 unit",
        never="名称|填报",
    ),
)


def fact_of(written: str) -> str | None:
    """The fact that an indicator means; empty for what this system counts itself, None where nobody knows."""
    read = plain(written)
    found = next((name for name, words in _WORDS if re.search(words, read)), None)
    return found or ("" if _COUNTED_HERE.search(read) else None)


def _settle(draft: Draft, answers: Mapping[str, str]) -> None:
    """The fact and the number of each row; a question for each indicator nobody knows, and for the unit of amounts."""
    values = draft.values
    values["fact"] = [_fact(draft, position, written, answers) for position, written in enumerate(values["indicator"])]
    values["value"] = [None] * len(draft)
    if not draft.has("value"):
        refusal = Refusal("value_missing", _("The table has no column of numbers: 数值, 本年, 年末数."))
        for position in range(len(draft)):
            draft.refuse(position, "value", refusal)
        return
    for position, fact in enumerate(values["fact"]):
        number = values["_number"][position]
        if not fact or number is None:
            continue
        try:
            values["value"][position] = _settled(draft, position, fact, number, answers)
        except Refusal as refused:
            draft.refuse(position, "value", refused)


def _fact(draft: Draft, position: int, written: str | None, answers: Mapping[str, str]) -> str:
    if written is None:
        return ""
    answer = answers.get(f"{QUESTION}{written}")
    if answer in (*FACTS, IGNORE):
        return "" if answer == IGNORE else answer
    found = fact_of(written)
    if found is None and len(draft.questions) < MOST_QUESTIONS:
        labels = {name: str(YearlyFacts._meta.get_field(name).verbose_name) for name in FACTS}
        labels[IGNORE] = _("none of these")
        question = _("Which fact is “%(word)s”?") % {"word": written}
        draft.ask(QUESTION + written, question, choices=list(labels), labels=labels, assumed=IGNORE)
    elif found == "":
        message = _("Not taken from the sheet: the system adds this up itself.")
        draft.note(position, "counted_here", message)
    return found or ""


def _settled(draft: Draft, position: int, fact: str, number: Decimal, answers: Mapping[str, str]) -> int | Decimal:
    """A count as a whole number, an amount in yuan with two decimals. Raises Refusal."""
    if number < 0:
        raise Refusal("negative", _("A number below zero is not accepted here."))
    if fact not in MONEY:
        if number != number.to_integral_value():
            raise Refusal("count_whole", _("A whole number is expected here."))
        return int(number)
    said = (draft.values[name][position] or "" for name in ("_beside", "_unit", "_heading"))
    unit = next((found["scale"] for one in said if (found := _UNIT.fullmatch(plain(one)))), None)
    amount = number * (_asked_scale(draft, answers) if unit is None else _TIMES[unit])
    if amount != amount.quantize(Decimal("0.01")):
        raise Refusal("amount_precise", _("An amount has two decimals of a yuan at most."))
    return amount.quantize(Decimal("0.01"))


def _asked_scale(draft: Draft, answers: Mapping[str, str]) -> int:
    """How many yuan the unit of the amounts is, where the sheet does not say it: asked once, yuan until then."""
    answer = answers.get(UNIT)
    if answer not in UNITS:
        question = _("In which unit does the sheet give amounts?")
        draft.ask(UNIT, question, choices=list(UNITS), labels=UNITS, assumed="yuan")
    return _TIMES[UNITS.get(answer or "", "元").removesuffix("元")]


def _totals(values: Mapping[str, list[Any]]) -> dict[str, float]:
    return {"facts": sum(value is not None for value in values["value"])}


YEARLY_FACTS = Sheet(
    kind="facts",
    label=gettext_lazy("facts of the year"),
    columns=_COLUMNS,
    ignored="序号 编号 代码 指标代码 行次 号 no 备注 说明 上年数 上年 上年同期 去年 同比 增减 年初数 填报人 审核人 note remarks",
    repeated_by=("indicator", "value"),
    settle=_settle,
    totals=_totals,
)
