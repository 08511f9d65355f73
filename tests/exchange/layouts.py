"""Activity ledgers in many layouts, made at random together with what they must be read as."""

import csv
import datetime
import io
from dataclasses import dataclass, field
from random import Random
from typing import Any

import openpyxl
import xlsxwriter

HEADERS = {
    "date": "活动时间 日期 时间 举办时间 开展日期 活动日期 活　动　时　间 *活动时间 培训时间 活动举办时间 日期（年月日）",
    "title": "活动名称 内容 活动内容 项目名称 主题 活动主题 名称 活动名称（主题） 服务内容 活动项目",
    "place": "活动地点 地点 场地 举办地点 活动场所 场所 地址 活动举办地点",
    "kind": "活动类型 类别 类型 活动形式 形式 活动类别 项目类别 分类",
    "people": "参加人数 服务人次 人数 参与人次 受益人次 参加人数（人） 活动参与人数 惠及人数 实际参加人数 受众人数",
    "online": "线上人数 线上参与人次 线上 线上服务人次 直播观看人次 网络参与人数",
    "hours": "课时 学时 课时数 培训课时 培训学时 课时（节）",
    "steward": "文化管家 管家 负责人 管家姓名 责任人",
    "end": "结束时间 结束日期 截止日期 活动结束时间",
    "clock": "具体时间 时段 活动时段 时间段",
    "remark": "备注 说明",
    "organiser": "主办单位 承办单位",
    "number": "序号 编号 No.",
}
UNKNOWN = {"date": "哪一天", "title": "做了什么", "place": "在啥地方", "people": "来了多少"}
KINDS = {
    "文艺演出": False, "培训": True, "讲座": False, "展览": False, "阅读推广": False, "电影放映": False, "比赛": False,
    "培训班": True, "公益讲座": False, "书画展览": False, "广场舞比赛": False, "公益培训": True, "读书会": False,
}  # fmt: skip
THEMES = ["新春", "邻里节", "“幸福家园”", "庆“七一”", "周末", "重阳敬老", "乡村振兴"]
PLACES = ["文化礼堂", "多功能厅", "中心广场", "社区活动室", "文体中心二楼舞蹈房"]
STEWARDS = ["俞晓", "沈佳", "王丽", "陈英斌"]
BAD_DATES = ["待定", "{y}年2月30日", "{y}.13.5", "月底", "{y}年3月", "4月31日"]
BAD_COUNTS = ["很多", "若干人", "-5", "不详人", "几十人", "200-300人", "12.5"]
BAD_HOURS = ["若干课时", "半天", "-2"]
CHINESE = {"三百": 300, "两百": 200, "一百五": 150, "五十": 50, "一百二十": 120, "一千二百": 1200}


@dataclass
class Ledger:
    """A file and its answer. refused: (sheet, row, header word); repeats: (row, of); warnings: (row, written, computed)."""

    name: str
    content: bytes = b""
    rows: list[dict[str, Any]] = field(default_factory=list)
    refused: list[tuple[str, int, str]] = field(default_factory=list)
    repeats: list[tuple[int, int]] = field(default_factory=list)
    warnings: list[tuple[int, float, float]] = field(default_factory=list)
    description: str = ""


class Maker:
    """Writes one ledger; every choice comes from the given source of chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.year = chance.randint(2018, 2023)
        self.form = chance.choice(
            ["xlsxwriter", "xlsxwriter", "openpyxl", "utf-8-sig", "gb18030", "utf-16", "semicolon"]
        )
        self.is_text = self.form not in {"xlsxwriter", "openpyxl"}
        self.months = (
            chance.choice(["none", "none", "subtotals", "sections", "sheets"])
            if not self.is_text
            else chance.choice(["none", "subtotals"])
        )
        self.year_in = (
            chance.choice(["title", "sheet", "file", "cover"]) if not self.is_text else chance.choice(["title", "file"])
        )
        self.two_rows = chance.random() < 0.35
        self.columns = self.choose_columns()
        self.words = self.choose_words()
        self.grids: list[tuple[str, list[list[Any]], list[tuple[int, int, int, int]]]] = []
        name = f"{self.year}年活动台账" if self.year_in == "file" else "活动台账"
        self.ledger = Ledger(name + (".csv" if self.is_text else ".xlsx"))

    def choose_columns(self) -> list[str]:
        columns = ["date", "title", "people"]
        for name, share in {
            "place": 0.9, "kind": 0.85, "hours": 0.7, "steward": 0.6, "remark": 0.5, "organiser": 0.2, "online": 0.5,
            "end": 0.15, "clock": 0.15,
        }.items():  # fmt: skip
            if self.chance.random() < share:
                columns.append(name)
        if self.two_rows and "online" not in columns:
            columns.append("online")
        self.chance.shuffle(columns)
        if self.two_rows:
            columns.remove("online")
            columns.insert(columns.index("people") + 1, "online")
        return ["number", *columns] if self.chance.random() < 0.8 else columns

    def choose_words(self) -> dict[str, str]:
        words = {name: self.chance.choice(HEADERS[name].split(" ")) for name in self.columns}
        if "clock" in words and words["date"].endswith("时间"):
            words["date"] = "活动日期"
        if self.two_rows:
            words |= {"people": "线下", "online": "线上"}
        elif self.chance.random() < 0.15:
            unknown = self.chance.choice([name for name in UNKNOWN if name in words])
            words[unknown] = UNKNOWN[unknown]
        return words

    # --- cells ----------------------------------------------------------------------------------------------------------

    def date_cell(self, day: datetime.date, days: int) -> Any:
        y, m, d = day.year, day.month, day.day
        last = day + datetime.timedelta(days)
        if days and "end" not in self.columns:
            until = f"{last.day}日" if last.month == m else f"{last.month}月{last.day}日"
            if last.year != y:
                until = f"{last.year}年{until}"
            return self.chance.choice([f"{m}月{d}日-{until}", f"{y}年{m}月{d}日至{until}", f"{m}月{d}日—{until}"])
        plain = [
            f"{y}年{m}月{d}日",
            f"{y}.{m}.{d}",
            f"{y}/{m}/{d}",
            f"{y}-{m:02}-{d:02}",
            f"{m}月{d}日",
            f"{y}/{m}/{d} 14:00",
        ]
        if self.months in {"sections", "sheets"}:
            plain.append(f"{d}日")
        if not self.is_text:
            plain += [day, day, datetime.datetime(y, m, d, 19, 30)]
        cell = self.chance.choice(plain)
        if isinstance(cell, str) and self.chance.random() < 0.1:
            cell = cell.translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789/.-"})
        return cell

    def heads_cell(self) -> tuple[Any, int | None, bool]:
        number = self.chance.randint(5, 900)
        ten = number // 10 * 10 + 10
        chinese = self.chance.choice(list(CHINESE))
        whole = str(number) if self.is_text else number
        return self.chance.choice(
            [
                (whole, number, False), (whole, number, False), (whole, number, False),
                (f"{number}人", number, False), (f"{number}人次", number, False), (f"约{number}人", number, True),
                (f"{ten}余人", ten, True), (f"近{ten}人", ten, True), (f"{ten}人左右", ten, True), (chinese, CHINESE[chinese], False),
                (f"{number + 1000:,}人次", number + 1000, False), ("1.2万", 12000, False), ("", None, False),
                (str(number).translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"}), number, False),
            ]
        )  # fmt: skip

    def hours_cell(self) -> tuple[Any, float]:
        hours = self.chance.choice([1, 1.5, 2, 2.5, 3])
        return self.chance.choice(
            [(str(hours) if self.is_text else hours, hours), (f"{hours}课时", hours), (f"{hours}小时", hours)]
        )

    # --- rows -----------------------------------------------------------------------------------------------------------

    def record(self, number: int, day: datetime.date) -> tuple[dict[str, Any], dict[str, Any], str]:
        """The cells of one row, what they mean, and the column that spoils it, if any."""
        kind = self.chance.choice(list(KINDS))
        days = self.chance.choice([0, 0, 0, 0, 2]) if day.day < 26 or "end" in self.columns else 0
        people, count, about = self.heads_cell()
        online, online_count, online_about = self.heads_cell() if self.chance.random() < 0.5 else ("", None, False)
        hours_cell, hours = self.hours_cell() if KINDS[kind] else ("", None)
        cells = {
            "number": number, "date": self.date_cell(day, days), "title": f"{self.chance.choice(THEMES)}{kind}（第{number}期）",
            "place": self.chance.choice(PLACES), "kind": kind, "people": people, "online": online, "hours": hours_cell,
            "steward": self.chance.choice(STEWARDS), "remark": self.chance.choice(["", "", "", "天气晴"]), "organiser": "文化站",
            "end": self.chance.choice([f"{each.year}.{each.month}.{each.day}" for each in [day + datetime.timedelta(days)]]),
            "clock": self.chance.choice(["14:00", "9:00-11:00", "下午2点"]),
        }  # fmt: skip
        has_online = "online" in self.columns
        meaning = {
            "date": day, "end": day + datetime.timedelta(days), "title": cells["title"], "people": count,
            "online": online_count if has_online else None,
            "hours": hours if "hours" in self.columns else None, "estimated": about or (has_online and online_about),
            "training": KINDS[kind], "place": cells["place"],
        }  # fmt: skip
        spoilt = ""
        if self.chance.random() < 0.08:
            spoilt = self.chance.choice(
                [
                    name
                    for name in ("date", "people", "hours", "title")
                    if name in self.columns and (people or name != "title")
                ]
            )
            bad = {"date": BAD_DATES, "people": BAD_COUNTS, "hours": BAD_HOURS, "title": [""]}[spoilt]
            cells[spoilt] = self.chance.choice(bad).format(y=day.year)
        return cells, meaning, spoilt

    def put(self, grid: list[list[Any]], cells: dict[str, Any]) -> int:
        """Append a row; its number in Excel."""
        grid.append([cells.get(name, "") for name in self.columns])
        return len(grid)

    def header(self, grid: list[list[Any]], merged: list[tuple[int, int, int, int]]) -> None:
        if not self.two_rows:
            self.put(grid, self.words)
            return
        top, spot = len(grid), self.columns.index("people")
        upper = {name: word for name, word in self.words.items() if name not in {"people", "online"}}
        self.put(grid, upper | {"people": "参加人数"})
        self.put(grid, {"people": "线下", "online": "线上"})
        merged.append((top, spot, top, spot + 1))
        merged += [(top, index, top + 1, index) for index, name in enumerate(self.columns) if name in upper]

    def total(self, grid: list[list[Any]], label: str, rows: list[dict[str, Any]]) -> None:
        people = sum(row["people"] or 0 for row in rows)
        written = people + (self.chance.choice([7, 100]) if self.chance.random() < 0.15 else 0)
        cells = {"people": str(written) if self.is_text else written}
        where = self.chance.choice(["title", self.columns[0]])
        number = self.put(grid, ({where: label} | cells) if where != "people" else {"title": label} | cells)
        if written != people:
            self.ledger.warnings.append((number, written, people))

    def sheet(self, name: str, title: str, dates: list[datetime.date]) -> list[dict[str, Any]]:
        """One sheet; the rows taken."""
        grid: list[list[Any]] = [[] for _blank in range(self.chance.choice([0, 0, 0, 2]))]
        merged: list[tuple[int, int, int, int]] = []
        if title:
            grid.append([title])
        if self.chance.random() < 0.5:
            grid.append([f"填报单位：新塘街道  填报日期：{self.year + 1}年1月5日"])
        self.header(grid, merged)
        taken: list[dict[str, Any]] = []
        for month in sorted({day.month for day in dates}):
            if self.months == "sections":
                grid.append([f"{month}月份"])
            rows = self.month(name, grid, merged, [day for day in dates if day.month == month])
            taken += rows
            if self.months == "subtotals":
                self.total(grid, f"{month}月小计", rows)
        if self.chance.random() < 0.7:
            self.total(grid, self.chance.choice(["合计", "总计", "合  计"]), taken)
        if self.chance.random() < 0.5:
            grid += [[], ["注：本表数据截至年底，最终以文化站存档为准。"]]
        self.ledger.rows += taken
        self.grids.append((name, grid, merged))
        return taken

    def month(self, name, grid, merged, dates: list[datetime.date]) -> list[dict[str, Any]]:
        """The rows of one month, with what is scattered among them; those that are to be taken."""
        taken: list[dict[str, Any]] = []
        before: tuple[int, dict[str, Any]] | None = None
        for number, day in enumerate(dates, len(grid)):
            if self.chance.random() < 0.04:
                grid.append([])
            if self.chance.random() < 0.02:
                self.header(grid, merged)
            if before and self.chance.random() < 0.05:
                self.ledger.repeats.append((self.put(grid, before[1] | {"number": number}), before[0]))
                continue
            cells, meaning, spoilt = self.record(number, day)
            row = self.put(grid, cells)
            if spoilt:
                self.ledger.refused.append((name, row, self.words[spoilt]))
            else:
                taken.append(meaning | {"sheet": name, "row": row})
            before = None if spoilt else (row, cells)
        return taken

    # --- files ----------------------------------------------------------------------------------------------------------

    def make(self) -> Ledger:
        days = sorted(self.chance.sample(range(360), self.chance.randint(8, 60)))
        dates = [datetime.date(self.year, 1, 1) + datetime.timedelta(day) for day in days]
        title = (
            f"新塘街道综合文化站{self.year}年度活动台账" if self.year_in == "title" else "新塘街道综合文化站活动台账"
        )
        if self.year_in == "cover":
            self.grids.append(("封面", [["新塘街道"], [f"{self.year}年度活动台账"], ["综合文化站"]], []))
        if self.months == "sheets":
            for month in sorted({day.month for day in dates}):
                name = f"{self.year}年{month}月" if self.year_in == "sheet" else f"{month}月"
                self.sheet(name, title, [day for day in dates if day.month == month])
        else:
            name = "" if self.is_text else f"{self.year}年台账" if self.year_in == "sheet" else "Sheet1"
            self.sheet(name, title, dates)
        self.ledger.description = (
            f"{self.form} {self.months} {self.year_in} {'two rows' if self.two_rows else 'one row'} {self.words}"
        )
        self.ledger.content = {"xlsxwriter": self.by_xlsxwriter, "openpyxl": self.by_openpyxl}.get(
            self.form, self.by_csv
        )()
        return self.ledger

    def by_xlsxwriter(self) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
        for name, grid, merged in self.grids:
            page = book.add_worksheet(name)
            for index, row in enumerate(grid):
                page.write_row(index, 0, row)
            for region in merged:
                if region[0] != region[2] or region[1] != region[3]:
                    page.merge_range(*region, grid[region[0]][region[1]])
        book.close()
        return out.getvalue()

    def by_openpyxl(self) -> bytes:
        out = io.BytesIO()
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, grid, _merged in self.grids:
            page = book.create_sheet(name)
            for row in grid:
                page.append([None if cell == "" else cell for cell in row])
        book.save(out)
        return out.getvalue()

    def by_csv(self) -> bytes:
        out = io.StringIO()
        delimiter = {"utf-16": "\t", "semicolon": ";"}.get(self.form, ",")
        csv.writer(out, delimiter=delimiter).writerows(self.grids[-1][1])
        return out.getvalue().encode("utf-8" if self.form == "semicolon" else self.form)


def make_ledger(seed: int) -> Ledger:
    """The ledger of this number, the same every time."""
    return Maker(Random(seed)).make()
