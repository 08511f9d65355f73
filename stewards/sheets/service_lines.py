"""The service list of a contract: a row is a line of it."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.exchange.cells import Cell, Context, Refusal, as_written, plain, quoted, refuse_faults
from culture_admin.exchange.cells.dates import date_range
from culture_admin.exchange.cells.money import FEN_IN_YUAN, fen
from culture_admin.exchange.cells.texts import text
from culture_admin.exchange.layout import Column
from culture_admin.exchange.records import Draft
from culture_admin.exchange.sheets import Sheet
from culture_admin.interfaces import spreadsheets
from stewards.models import Contract, Measure

YES, NO = "是 可 可以 可点单 √ ✓ y yes true 1", "否 不可 × x n no false 0"
_WORDS = {
    Measure.ACTIVITIES: "activities activity 活动 场 场次 次 活动场次",
    Measure.SESSIONS: "sessions session trainingsessions 培训场次 培训 节 期 班次",
    Measure.CLASS_HOURS: "class_hours classhours 课时 学时 节课",
    Measure.DUTY_DAYS: "duty_days dutydays daysonduty days 驻点天数 在岗天数 驻点日 天 日 工作日",
    Measure.TEAMS: "teams team teamsfounded 团队 新建团队 支 支队伍 队",
    Measure.WORKS: "works work newworks 作品 新创作品 件 部 首 个作品",
}
_MEASURES = {word: measure for measure, words in _WORDS.items() for word in words.split()}


def _empty(cell: Cell) -> bool:
    return cell is None or not plain(as_written(cell))


def _number(cell: Cell, context: Context) -> int | None:
    if _empty(cell):
        return None
    read = plain(as_written(cell)).rstrip(".、")
    if not re.fullmatch(r"\d{1,4}", read) or int(read) == 0:
        raise Refusal("number_format", _("“%(value)s” is not a number of a line.") % {"value": quoted(cell)})
    return int(read)


def _measure(cell: Cell, context: Context) -> str | None:
    if _empty(cell):
        return None
    written = plain(as_written(cell)).lower().replace(" ", "").strip("()")
    for measure in Measure:
        if written == plain(str(measure.label)).lower().replace(" ", ""):
            return measure
    if written not in _MEASURES:
        known = ", ".join(str(measure.label) for measure in Measure)
        message = _("“%(value)s” is nothing that is counted. Known: %(known)s.")
        raise Refusal("measure_unknown", message % {"value": quoted(cell), "known": known})
    return _MEASURES[written]


def _target(cell: Cell, context: Context) -> Decimal | None:
    if _empty(cell):
        return None
    if isinstance(cell, str):
        refuse_faults(cell)
    number = _decimal(re.sub(r"[^\d.,-]+$", "", plain(as_written(cell))))
    if number is None or number <= 0 or number != round(number, 2) or number >= 10**7:
        message = _("“%(value)s” is no quantity above zero with at most two decimals.")
        raise Refusal("quantity_format", message % {"value": quoted(cell)})
    return number


def _weight(cell: Cell, context: Context) -> int | None:
    """A share in hundredths as `30`, `30%` or, from a cell that shows percent, 0.3."""
    if _empty(cell):
        return None
    number = _decimal(plain(as_written(cell)).rstrip("%"))
    if number is not None and isinstance(cell, float) and 0 < number < 1:
        number = round(number * 100, 6)
    if number is None or number != int(number) or not 0 <= number <= 100:
        message = _("“%(value)s” is no weight: a whole number from 0 to 100 is expected.")
        raise Refusal("weight_format", message % {"value": quoted(cell)})
    return int(number)


def _decimal(written: str) -> Decimal | None:
    try:
        number = Decimal(written.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _first(cell: Cell, context: Context) -> Any:
    return date_range(cell, context).begins_on if not _empty(cell) else None


def _last(cell: Cell, context: Context) -> Any:
    return date_range(cell, context).ends_on if not _empty(cell) else None


def _yes_or_no(cell: Cell, context: Context) -> bool | None:
    if _empty(cell):
        return None
    written = plain(as_written(cell)).lower()
    if written in YES.split():
        return True
    if written in NO.split():
        return False
    raise Refusal("yes_or_no", _("“%(value)s” is neither 是 nor 否.") % {"value": quoted(cell)})


_COLUMNS = (
    Column(
        name="number",
        label=gettext_lazy("number of the line"),
        parse=_number,
        fills=("number",),
        synonyms="序号 编号 号 no no. number line",
    ),
    Column(
        name="item",
        label=gettext_lazy("service item"),
        parse=text(120),
        fills=("item",),
        required=True,
        synonyms="服务项目 项目 服务内容 服务事项 内容 项目名称 serviceitem item",
        never="金额|数量|单价|类型|门类",
    ),
    Column(
        name="measure",
        label=gettext_lazy("counted in"),
        parse=_measure,
        fills=("measure",),
        required=True,
        synonyms="计量单位 计数单位 单位 计量方式 countedin measure unit",
        never="单价|名称",
    ),
    Column(
        name="target",
        label=gettext_lazy("target"),
        parse=_target,
        fills=("target",),
        required=True,
        synonyms="目标数量 数量 目标 目标值 服务量 采购数量 target quantity",
        never="完成|实际|单价",
    ),
    Column(
        name="unit_price",
        label=gettext_lazy("unit price"),
        parse=fen,
        fills=("fen",),
        required=True,
        synonyms="单价 综合单价 单位价格 unitprice price",
        never="总价|合计",
    ),
    Column(
        name="weight",
        label=gettext_lazy("weight"),
        parse=_weight,
        fills=("weight",),
        required=True,
        synonyms="权重 分值权重 占比 权重比例 weight",
    ),
    Column(
        name="station",
        label=gettext_lazy("station"),
        parse=text(100),
        fills=("_station",),
        synonyms="服务镇街 镇街 服务站点 文化站 站点 乡镇 服务对象 station town",
        never="数量|数目",
    ),
    Column(
        name="kind",
        label=gettext_lazy("kind of activity"),
        parse=text(30),
        fills=("_kind",),
        synonyms="活动类型 类型 活动类别 kindofactivity kind",
    ),
    Column(
        name="genre",
        label=gettext_lazy("genre"),
        parse=text(30),
        fills=("_genre",),
        synonyms="艺术门类 门类 艺术类别 genre",
    ),
    Column(
        name="first",
        label=gettext_lazy("first day"),
        parse=_first,
        fills=("first",),
        synonyms="开始日期 起始日期 开始时间 起 自 from firstday begins",
        never="结束|截止",
    ),
    Column(
        name="last",
        label=gettext_lazy("last day"),
        parse=_last,
        fills=("last",),
        synonyms="截止日期 结束日期 截止时间 结束时间 止 至 to lastday ends",
        never="开始|起始",
    ),
    Column(
        name="orderable",
        label=gettext_lazy("can be ordered"),
        parse=_yes_or_no,
        fills=("orderable",),
        synonyms="可点单 是否可点单 点单 canbeordered orderable",
    ),
)
_NOT_READ = """
    小计 金额 总价 合计 合价 备注 说明 服务要求 要求 验收标准 考核标准 合同编号 合同 已完成 完成数量 note notes remark remarks amount contract
"""


def _settle(draft: Draft, answers: Mapping[str, str]) -> None:
    """Which station, kind and genre the words mean is found beside the contract."""
    for name in ("station", "kind", "genre"):
        draft.values[f"said_{name}"] = list(draft.values[f"_{name}"])


def _totals(values: Mapping[str, list[Any]]) -> dict[str, float]:
    rows = zip(values["target"], values["fen"], strict=True)
    cost = sum((target * amount for target, amount in rows if target is not None and amount is not None), Decimal(0))
    return {"cost": float(cost / FEN_IN_YUAN), "weights": float(sum(weight or 0 for weight in values["weight"]))}


SERVICE_LINES = Sheet(
    kind="service-lines",
    label=gettext_lazy("service list of a contract"),
    columns=_COLUMNS,
    ignored=_NOT_READ,
    repeated_by=(
        "number",
        "item",
        "measure",
        "target",
        "fen",
        "said_station",
        "said_kind",
        "said_genre",
        "first",
        "last",
    ),
    settle=_settle,
    totals=_totals,
)


def sheet_of(contract: Contract) -> spreadsheets.Sheet:
    """The service list as a sheet that can be changed and brought in again."""
    rows = contract.lines.select_related("station__unit").order_by("number")
    return spreadsheets.Sheet(
        title=re.sub(r"[\[\]:*?/\\]", " ", contract.number),
        header=[column.words[0] for column in _COLUMNS],
        lines=[
            [
                line.number,
                line.item,
                str(Measure(line.measure).label),
                line.target.normalize(),
                line.unit_price,
                line.weight,
                line.station.unit.name_zh if line.station else None,
                line.kind or None,
                line.genre or None,
                line.first,
                line.last,
                "是" if line.orderable else "否",
            ]
            for line in rows
        ],
    )
