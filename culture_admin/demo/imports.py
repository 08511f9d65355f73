"""A ledger as a station sends it, read and waiting in its preview: one row is refused, one word is asked about."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from culture_admin.demo.days import Days
from culture_admin.demo.districts import Town
from culture_admin.exchange.actions import open_import

HEADER = ("序号", "活动时间", "活动名称", "活动类别", "活动地点", "参加人数", "课时")
# Day of the month, then the columns from the name on.
ROWS = (
    (3, "越剧戏迷角", "文艺演出", "文化广场", "85人", ""),
    (5, "少儿书法公益课", "培训", "文化站二楼", "32", "2课时"),
    (6, "老照片里的家乡展", "展览", "展览厅", "约300人", ""),
    (9, "戏曲茶座", "沙龙", "老年活动室", "46人", ""),
    (12, "排舞骨干培训", "培训", "文化站三楼", "58人", "3课时"),
    (15, "露天电影《家在水乡》", "电影放映", "第二片区文化礼堂", "若干人", ""),
    (18, "邻里读书会", "阅读推广", "图书分馆", "27人", ""),
    (21, "重阳敬老演出", "文艺演出", "文体中心剧场", "420余人", ""),
    (24, "太极拳晨练展示", "全民健身", "文化广场", "", ""),
    (26, "剪纸传习", "非遗传承", "文化站活动室", "36人", ""),
)


def preview_ledger(town: Town, month: Days, at: datetime) -> None:
    """Opens the station's ledger of `month` for its officer; applying it is left to whoever looks at the demo."""
    name = f"{month.first.year}年{month.first.month}月活动台账"
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([f"{town.name}综合文化站{name}"])
    writer.writerow(HEADER)
    for number, (day, *columns) in enumerate(ROWS, start=1):
        writer.writerow([number, f"{month.first.month}月{day}日", *columns])
    open_import(
        actor=town.people["officer"],
        kind="activities",
        unit=town.station.unit,
        file_name=f"{town.name}{name}.csv",
        content=sheet.getvalue().encode("utf-8-sig"),
        at=at,
    )
