"""The budget of a station as a sheet: what each purpose is given, and when it is paid.

Both may stand in one table, a row for what is paid for a purpose by a day, or in two, one of purposes and one of days.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.exchange.cells import Cell, Context, Refusal, plain, quoted
from culture_admin.exchange.cells.dates import date_range
from culture_admin.exchange.cells.money import FEN_IN_YUAN, fen
from culture_admin.exchange.cells.texts import text
from culture_admin.exchange.layout import Column
from culture_admin.exchange.records import Draft
from culture_admin.exchange.sheets import Sheet
from stations.models import Purpose

QUESTION = "purpose:"
MOST_QUESTIONS = 30
YES, NO = "是 专款 专款专用 专项 √ ✓ y yes true 1", "否 × x n no false 0"
_WORDS = {
    Purpose.CREATION: "creation 文艺创作 创作 作品 排练 剧目",
    Purpose.ACTIVITIES: "activities 群众文化活动 群文活动 文化活动 活动 演出 节庆",
    Purpose.FACILITIES: "facilities 阵地与设施建设 阵地建设 阵地 设施 设备 维修 修缮 建设",
    Purpose.RURAL: "rural 文化三农 文化“三农” 农村文化 送文化 下乡",
    Purpose.HERITAGE: "heritage 文化遗产普查与保护 文化遗产 遗产 非遗 普查 文物",
    Purpose.TRAINING: "training 队伍与业务培训 培训 队伍建设 辅导",
    Purpose.BOOKS: "books 图书与报刊 图书 报刊 购书",
    Purpose.OPERATION: "operation 日常运行与免费开放 免费开放 日常 运行 办公 水电 公用",
    Purpose.STAFF: "staff 人员经费 人员 工资 薪酬",
    Purpose.OTHER: "other 其他 其它 不可预见",
}
_CERTAIN = {word: purpose for purpose, words in _WORDS.items() for word in words.split()[:2]}


def _yes_or_no(cell: Cell, context: Context) -> bool | None:
    written = plain(str(cell)).lower() if cell is not None else ""
    if not written:
        return None
    if written in YES.split():
        return True
    if written in NO.split():
        return False
    raise Refusal("yes_or_no", _("“%(value)s” is neither 是 nor 否.") % {"value": quoted(cell)})


def _day(cell: Cell, context: Context) -> Any:
    return date_range(cell, context).ends_on


_COLUMNS = (
    Column(
        name="purpose",
        label=gettext_lazy("purpose"),
        parse=text(60),
        fills=("_purpose",),
        required=True,
        synonyms="""支出项目 经费用途 用途 资金用途 预算科目 科目 支出内容 经费项目 预算项目 项目 项目名称 支出科目 类别
            purpose item""",
        never="金额|时间|日期|备注",
    ),
    Column(
        name="due",
        label=gettext_lazy("day of payment"),
        parse=_day,
        fills=("due_on",),
        instead_of="purpose",
        synonyms="""拨付时间 拨款时间 计划拨付时间 计划拨款时间 拨付日期 拨款日期 计划日期 支付时间 到账时间 应拨日期 时间 日期
            due duedate date""",
        pattern="(拨付|拨款|支付|到账|应拨).*(时间|日期|期限)",
        never="金额|填报|审核",
    ),
    Column(
        name="amount",
        label=gettext_lazy("amount"),
        parse=fen,
        fills=("fen",),
        required=True,
        adds="fen",
        per=FEN_IN_YUAN,
        synonyms="""预算金额 金额 预算数 年初预算 预算 拨付金额 拨款金额 计划金额 计划拨款 安排金额 经费 合计金额 核定数
            amount budget sum""",
        never="时间|日期|已拨|实际|执行|上年|去年|决算",
    ),
    Column(
        name="locked",
        label=gettext_lazy("earmarked"),
        parse=_yes_or_no,
        fills=("locked",),
        synonyms="专款专用 是否专款专用 是否专款 专款 专项 是否专项 earmarked locked",
    ),
)
_NOT_READ = """
    序号 编号 号 序 no 备注 说明 测算依据 依据 单位 镇街 文化站 站点 上年预算 上年决算 上年执行 去年 已拨金额 实际拨付 执行数 执行率 增减
    负责人 经办人 资金来源 来源 年度 note notes remark remarks
"""


def purpose_of(written: str) -> str | None:
    """The purpose that these words mean beyond doubt, or None."""
    read = plain(written).lower()
    if read in _CERTAIN:
        return _CERTAIN[read]
    found = {
        purpose for purpose, words in _WORDS.items() if any(re.search(re.escape(word), read) for word in words.split())
    }
    return found.pop() if len(found) == 1 else None


def _settle(draft: Draft, answers: Mapping[str, str]) -> None:
    """The purpose of each row; a question for each text that leaves a doubt."""
    known: dict[str | None, str | None] = {None: None}
    for written in dict.fromkeys(draft.values["_purpose"]):
        if not written:
            continue
        answer = answers.get(f"{QUESTION}{written}")
        known[written] = answer if answer in Purpose.values else purpose_of(written)
        if known[written] is None and len(draft.questions) < MOST_QUESTIONS:
            labels = {value: str(label) for value, label in Purpose.choices}
            question = _("What is “%(word)s” for?") % {"word": written}
            draft.ask(QUESTION + written, question, choices=list(labels), labels=labels, assumed=Purpose.OTHER)
        known[written] = known[written] or Purpose.OTHER
    draft.values["purpose"] = [known.get(written) for written in draft.values["_purpose"]]
    for position, amount in enumerate(draft.values["fen"]):
        if amount == 0:
            draft.refuse(position, "amount", Refusal("amount_positive", _("An amount above zero is expected.")))


def _totals(values: Mapping[str, list[Any]]) -> dict[str, float]:
    rows = list(zip(values["purpose"], values["due_on"], values["fen"], strict=True))
    given = sum(amount or 0 for purpose, _due, amount in rows if purpose)
    planned = sum(amount or 0 for _purpose, due, amount in rows if due)
    return {"budget": given / FEN_IN_YUAN, "planned": planned / FEN_IN_YUAN}


BUDGETS = Sheet(
    kind="budgets",
    label=gettext_lazy("budget of a station"),
    columns=_COLUMNS,
    ignored=_NOT_READ,
    repeated_by=("purpose", "due_on", "fen"),
    settle=_settle,
    totals=_totals,
)
