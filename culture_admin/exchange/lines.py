"""The rows of a ledger that are no records: totals, notes, section lines, repeated headers; and the year they speak of."""

import re
from collections.abc import Iterable, Sequence

from culture_admin.exchange.cells import Cell, Context, as_written, plain

_CHINESE_MONTHS = {word: number for number, word in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)}
_CHINESE_YEAR = re.compile(r"[二一][〇零○九][〇零○一二三四五六七八九]{2}(?=年)")
_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(?P<digits>1[0-2]|0?[1-9])月(?!\d{1,2}[日号])|(?P<words>十[一二]?|[一二三四五六七八九])月")
_DAY = re.compile(r"月\d{1,2}[日号]|\d[./-]\d{1,2}[./-]\d")
# The day on which somebody filled in the sheet says nothing about its rows.
_FILLED_IN = re.compile(
    r"(?:填报|填表|制表|上报|报送|截至|截止|统计|打印|编制|更新)(?:日期|时间|于)?[::]?\d{4}\D\d{1,2}(?:\D\d{1,2}[日号]?)?"
)

_PERIOD = r"(?:(?:\d{4}|[〇零一二三四五六七八九]{4})年?度?)?(?:\d{1,2}月份?|[一二三四五六七八九十]+月份?|第?[一二三四1-4]季度?|[上下]半年|本月|当月|本季|本年|全年|年度|本页)?"
_TOTAL = re.compile(rf"{_PERIOD}(?P<word>小计|合计|总计|共计|累计|总数)(?:\([^()]*\))?[::]?(?P<rest>.*)")
_TOTAL_AT_THE_END = re.compile(r".{1,10}(?:小计|合计|总计)[::]?")
_OF_A_PART = re.compile(r"小计|月|季|半年|本页")
_QUARTER = re.compile(r"([一二三四1-4])季度?")
_NOTE = re.compile(
    r"(?:注|备注|说明|附注|附|填表说明|填报说明|填报人|填表人|填报单位|填表单位|制表人?|审核人?|复核人?|经办人?|分管领导|主管领导|单位负责人|站长|盖章|签字|签名|联系人|联系电话|填报日期|填表日期|日期)"
    r"(?:\(.*?\))?[::]"
)
_HEADS_IN_TEXT = re.compile(r"(\d[\d,.]*[万千]?)人次?")


def year_of(texts: Iterable[str]) -> int | None:
    """The year of the first text that names exactly one; None where none does."""
    for text in texts:
        readable = _FILLED_IN.sub("", plain(text))
        readable = _CHINESE_YEAR.sub(lambda year: "".join(_DIGITS[sign] for sign in year[0]), readable)
        if len(years := set(_YEAR.findall(readable))) == 1:
            return int(years.pop())
    return None


def month_of(text: str) -> int | None:
    """The month of a sheet's name or section line such as `3月` or `2021年三月份`; None where it names none, or several."""
    months = {
        int(match["digits"] or _CHINESE_MONTHS[match["words"]])
        for match in _MONTH.finditer(_FILLED_IN.sub("", plain(text)))
    }
    return months.pop() if len(months) == 1 else None


def section(cells: Sequence[Cell], context: Context) -> Context | None:
    """What a line such as `三月份` or `2021年3月活动台账` says about the rows below it; None where it is no such line."""
    words = {as_written(cell) for cell in cells if cell is not None}
    if len(words) != 1:
        return None
    (text,) = words
    if len(text) > 40 or is_note(text) or _DAY.search(plain(text)):
        return None
    year, month = year_of([text]), month_of(text)
    if year is None and month is None:
        return None
    return Context(year or context.year, month, context.unit)


def total(cells: Sequence[Cell]) -> str | None:
    """The label of a line with a written total (`1月小计`, `合计：`), else None."""
    for cell in cells:
        if not isinstance(cell, str):
            continue
        text = plain(cell)
        match = _TOTAL.fullmatch(text)
        # 合计划… begins a title; after a total's word come numbers or nothing.
        if (match and re.match(r"[\d共约]|$", match["rest"])) or _TOTAL_AT_THE_END.fullmatch(text):
            return text
    return None


def is_of_a_part(label: str) -> bool:
    """Whether the label speaks of a section (`1月小计`) and not of the whole sheet (`合计`)."""
    return bool(_OF_A_PART.search(label))


def months_of(label: str) -> range | None:
    """The months that a total's label names: `3月小计`, `二季度小计`, `上半年合计`; None where it names none."""
    if month := month_of(label):
        return range(month, month + 1)
    if quarter := _QUARTER.search(label):
        first = 3 * (int(_CHINESE_MONTHS.get(quarter[1], quarter[1])) - 1) + 1
        return range(first, first + 3)
    if half := re.search("[上下]半年", label):
        return range(1, 7) if half[0][0] == "上" else range(7, 13)
    return None


def heads_in(label: str) -> str | None:
    """The one head count that a total's label itself names (`合计：12场，1,234人次`)."""
    counts = _HEADS_IN_TEXT.findall(label)
    return counts[0] if len(counts) == 1 else None


def is_note(text: str) -> bool:
    """Whether a line that begins with this text says who filled in the sheet, or explains it."""
    return bool(_NOTE.match(plain(text)))
