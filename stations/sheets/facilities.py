"""The facility register: a row is a hall or a room of a station."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.exchange.cells import NOT_RECORDED, Cell, Context, Refusal, as_written, plain, quoted, refuse_faults
from culture_admin.exchange.cells.dates import partial_date
from culture_admin.exchange.cells.numbers import head_count, numeral
from culture_admin.exchange.cells.texts import text
from culture_admin.exchange.layout import Column
from culture_admin.exchange.records import Draft
from culture_admin.exchange.sheets import Sheet
from stations.models.hours import read_opening_hours

_AREA = re.compile(r"(?:约)?(?P<number>[\d,.]+万?)(?:平方米|平方|平米|m2|㎡|平)?", re.IGNORECASE)
_ROOM = re.compile(r"室|厅|馆|楼|剧场|中心|广场|礼堂|书房|吧|舞台|大院")


def area(cell: Cell, context: Context) -> tuple[int | None, bool]:
    """Whole square metres as `120`, `1,200㎡` or `120.5平方米`, and whether they were rounded; an empty cell is not recorded."""
    written = plain(as_written(cell))
    if written in NOT_RECORDED:
        return None, False
    if isinstance(cell, str):
        refuse_faults(cell)
    match = _AREA.fullmatch(written)
    try:
        number = numeral(match["number"]) if match else None
    except ValueError:
        number = None
    if number is None or number <= 0:
        message = _("“%(value)s” is not an area in square metres. Accepted: 120, 1,200㎡, 120.5平方米.")
        raise Refusal("area_format", message % {"value": quoted(cell)})
    return int(number + 0.5), number.denominator != 1


def _hours(cell: Cell, context: Context) -> str | None:
    written = text(200)(cell, context)
    if not written:
        return None
    try:
        read_opening_hours(written)
    except ValidationError as refused:
        raise Refusal(refused.code or "opening_hours", refused.messages[0]) from refused
    return written


def _names(sample: Sequence[Cell]) -> float:
    return sum(isinstance(cell, str) and bool(_ROOM.search(cell)) for cell in sample) / len(sample)


_COLUMNS = (
    Column(
        name="name",
        label=gettext_lazy("name"),
        parse=text(100),
        fills=("name",),
        required=True,
        shape=_names,
        synonyms="""设施名称 场馆名称 场地名称 功能室名称 房间名称 名称 设施 场馆 场地 功能室 场所名称 场所 房间 facility room name""",
        never="面积|人数|时间|用途|单位",
    ),
    Column(
        name="use",
        label=gettext_lazy("use"),
        parse=text(60),
        fills=("use",),
        synonyms="用途 主要用途 功能 主要功能 使用功能 使用情况 类型 类别 use function",
        never="面积|人数",
    ),
    Column(
        name="area",
        label=gettext_lazy("floor area"),
        parse=area,
        fills=("floor_area", "_rounded"),
        required=True,
        adds="floor_area",
        synonyms="建筑面积 面积 使用面积 场地面积 室内面积 设施面积 平方米 area floorarea m2",
        never="人均|占地|用地",
    ),
    Column(
        name="capacity",
        label=gettext_lazy("capacity"),
        parse=head_count,
        fills=("capacity", "_about", "_online"),
        synonyms="容纳人数 可容纳人数 座位数 座席数 座位 容量 核定人数 capacity seats",
        never="面积",
    ),
    Column(
        name="hours",
        label=gettext_lazy("opening hours"),
        parse=_hours,
        fills=("opening_hours",),
        synonyms="开放时间 开放时段 每周开放时间 openinghours hours",
    ),
    Column(
        name="since",
        label=gettext_lazy("in use since"),
        parse=partial_date,
        fills=("valid_from", "_precision"),
        synonyms="投用时间 启用时间 建成时间 投入使用时间 建成年份 启用日期 投用日期 建成日期 since builton opened",
        pattern="(投用|启用|建成|竣工|投入使用)(时间|日期|年份|年月)?",
    ),
)
_NOT_READ = """
    序号 编号 号 序 no 备注 说明 镇街 单位 文化站 站点 地址 位置 楼层 负责人 管理人 联系人 电话 联系电话 产权 产权单位 设备 设备情况 照片
    note notes remark remarks address
"""


def _settle(draft: Draft, answers: Mapping[str, str]) -> None:
    for position, rounded in enumerate(draft.values["_rounded"]):
        if rounded:
            values = {"area": draft.values["floor_area"][position]}
            draft.note(position, "area_rounded", _("Areas are kept in whole m²; rounded to %(area)d.") % values)


def _totals(values: Mapping[str, list[Any]]) -> dict[str, float]:
    return {"floor_area": sum(number or 0 for number in values["floor_area"])}


FACILITIES = Sheet(
    kind="facilities",
    label=gettext_lazy("facility register"),
    columns=_COLUMNS,
    ignored=_NOT_READ,
    repeated_by=("name", "floor_area"),
    settle=_settle,
    totals=_totals,
)
