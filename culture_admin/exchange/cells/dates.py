"""Cells that say when: days, spans of days, times of day, and dates of which only the month or year is known."""

import datetime
import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from culture_admin.exchange.cells import NOT_RECORDED, Cell, Context, Refusal, as_written, plain, quoted, refuse_faults

# A year outside is a slip of the hand, or a number that Excel took for a date.
FIRST_YEAR, LAST_YEAR = 1949, 2100
# A typed 3.10 and 3.1 are the same number to Excel.
_LOST_ZERO = re.compile(r"\d+\.[123]")

_CHINESE_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_CHINESE_YEAR = re.compile(rf"[{''.join(_CHINESE_DIGITS)}]{{4}}(?=年)")
_CHINESE_NUMBER = re.compile(r"(?P<tens>[二三]?)(?P<ten>十?)(?P<ones>[一二三四五六七八九]?)(?=[月日号时点])")
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–−"), "-")
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")

_FULL = re.compile(
    r"(?P<year>\d{4}|\d{2})(?:年(?P<m>\d{1,2})月(?P<d>\d{1,2})|(?P<by>[/.\-])(?P<mm>\d{1,2})(?P=by)(?P<dd>\d{1,2}))(?!\d)[日号]?"
)
_EIGHT_DIGITS = re.compile(r"(?P<year>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)")
_MONTH_AND_DAY = re.compile(r"(?P<m>\d{1,2})[月/.](?P<d>\d{1,2})(?!\d)[日号]?")
_DAY = re.compile(r"(?P<d>\d{1,2})(?:[日号]|(?![\d:时点月年/.]))")
_SPAN = re.compile(r" ?[-~—―〜至到]+ ?")
_LIST = re.compile(r"[、,和及]")
_PART = r"上午|早上|早|凌晨|am|中午|下午|傍晚|晚上|晚|pm|全天"
_AFTERNOON = {"下午", "傍晚", "晚上", "晚", "pm"}
_TIME = re.compile(
    rf"[ t(,]?(?P<part>{_PART})?(?P<hour>\d{{1,2}})"
    r"(?::(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?|[时点](?:(?P<spelt>\d{1,2})分?|(?P<half>半)|整|钟)?)\)?"
)
_PART_ALONE = re.compile(rf"[ (]?(?:{_PART})\)?(?!\d)")
_YEAR_ALONE = re.compile(r"(?P<year>\d{4})年?")
_YEAR_AND_MONTH = re.compile(r"(?P<year>\d{4})(?:年(?P<m>\d{1,2})月份?|[./\-](?P<mm>\d{1,2})月?)")


class Span(NamedTuple):
    """From one day to another, which may be the same; the times of day only where they are written."""

    begins_on: datetime.date | None
    ends_on: datetime.date | None
    begins_time: datetime.time | None = None
    ends_time: datetime.time | None = None


class Placed(NamedTuple):
    """A span of days and the place, of a column that holds both."""

    begins_on: datetime.date | None
    ends_on: datetime.date | None
    begins_time: datetime.time | None
    ends_time: datetime.time | None
    place: str | None


class PartialDate(NamedTuple):
    """The first day of what is known, and how much that is: `day`, `month` or `year`."""

    on: datetime.date | None
    precision: str


class Times(NamedTuple):
    """A time of day and, where written, the time until."""

    begins_time: datetime.time | None
    ends_time: datetime.time | None


def date_range(cell: Cell, context: Context) -> Span:
    """Days as `2021年3月5日`, `2021.3.5`, `2021/3/5 14:00`, `3月5日`, `3月5日-7日`, `3.5`, or a date of Excel.

    What the cell leaves out (`3月5日`, `5日`) comes from the context.
    """
    if isinstance(cell, datetime.date):
        return _excel_date(cell)
    text = _readable(cell)
    if not text:
        return Span(None, None)
    span, rest = _read_span(text, cell, context)
    if rest:
        raise _no_date(cell)
    return span


def date_and_place(cell: Cell, context: Context) -> Placed:
    """A cell that begins with the date and goes on with the place: `3月5日，文化礼堂`."""
    if isinstance(cell, datetime.date):
        return Placed(*_excel_date(cell), None)
    text = _readable(cell)
    if not text:
        return Placed(None, None, None, None, None)
    span, rest = _read_span(text, cell, context)
    return Placed(*span, rest.strip(" ,;/、，；()") or None)


def time_range(cell: Cell, context: Context) -> Times:
    """Times of day as `14:00`, `下午2点半`, `9:00-11:00`, or a time of Excel; a part of the day alone says no time."""
    if isinstance(cell, datetime.datetime):
        return Times(cell.time(), None)
    if isinstance(cell, datetime.time):
        return Times(cell, None)
    text = _readable(cell)
    if text in NOT_RECORDED or _PART_ALONE.fullmatch(text):
        return Times(None, None)
    begins, ends, position = _read_times(text, 0, cell)
    if begins is None or position != len(text):
        raise Refusal(
            "time_format",
            _("“%(value)s” is not a time of day. Accepted: 14:00, 14:00-16:00, 下午2点.") % {"value": quoted(cell)},
        )
    return Times(begins, ends)


def partial_date(cell: Cell, context: Context) -> PartialDate:
    """A date that may lack its day or month: `2008年2月`, `2016.3`, `2011`, and all that `date_range` reads."""
    if isinstance(cell, datetime.date):
        return PartialDate(_excel_date(cell).begins_on, "day")
    text = _readable(cell)
    if not text:
        return PartialDate(None, "")
    if year := _YEAR_ALONE.fullmatch(text):
        return PartialDate(_date(year["year"], 1, 1, cell), "year")
    if month := _YEAR_AND_MONTH.fullmatch(text):
        # The number 2012.1 may have been typed as 2012.10: only the year is certain.
        certain = not (isinstance(cell, float) and text.endswith(".1"))
        number = int(month["m"] or month["mm"]) if certain else 1
        return PartialDate(_date(month["year"], number, 1, cell), "month" if certain else "year")
    return PartialDate(date_range(cell, context).begins_on, "day")


def _readable(cell: Cell) -> str:
    text = plain(as_written(cell)).lower().translate(_HYPHENS).rstrip("。.").removesuffix(" 00:00:00")
    refuse_faults(text.upper())
    text = _CHINESE_YEAR.sub(lambda year: "".join(_CHINESE_DIGITS[sign] for sign in year[0]), text)
    return _WEEKDAY.sub("", _CHINESE_NUMBER.sub(_arabic, text))


def _arabic(number: re.Match[str]) -> str:
    """三 → 3, 十 → 10, 十五 → 15, 二十 → 20, 三十一 → 31."""
    if not number[0]:
        return ""
    ones = int(_CHINESE_DIGITS.get(number["ones"], "0"))
    if not number["ten"]:
        return (
            (_CHINESE_DIGITS.get(number["tens"], "") + str(ones)) if number["ones"] else _CHINESE_DIGITS[number["tens"]]
        )
    return str(10 * int(_CHINESE_DIGITS.get(number["tens"], "1")) + ones)


def _read_span(text: str, cell: Cell, context: Context) -> tuple[Span, str]:
    """The span that the text begins with, and what follows it."""
    if isinstance(cell, float) and _LOST_ZERO.fullmatch(text):
        raise Refusal(
            "date_ambiguous",
            _(
                "Excel has turned this date into the number %(value)s: it may be the %(day)s. or the %(day)s0. Write it like 3月1日."
            )
            % {"value": text, "day": text[-1]},
        )
    first = _read_day(text, 0, cell, context)
    if first is None:
        raise _no_date(cell)
    begins_on, position = first
    ends_on = begins_on
    begins_time, ends_time, position = _read_times(text, position, cell)
    if several := _LIST.match(text, position):
        ends_on, position = _read_following(text, several.end(), begins_on, cell)
    elif until := _SPAN.match(text, position):
        second = _read_day(text, until.end(), cell, Context(begins_on.year, begins_on.month))
        if second is None:
            raise _no_date(cell)
        ends_on, position = second
        ends_on = _next_year(begins_on, ends_on, text[until.end() :])
        late, later, position = _read_times(text, position, cell)
        begins_time, ends_time = (begins_time, later or late) if begins_time else (late, later)
    if ends_on < begins_on or (ends_on == begins_on and begins_time and ends_time and ends_time < begins_time):
        raise Refusal(
            "date_order", _("“%(value)s” ends before it begins. Write the earlier one first.") % {"value": quoted(cell)}
        )
    return Span(begins_on, ends_on, begins_time, ends_time), text[position:].strip()


def _read_day(text: str, position: int, cell: Cell, context: Context) -> tuple[datetime.date, int] | None:
    """The day at this position and where it ends; None where no day is written."""
    if match := _FULL.match(text, position) or _EIGHT_DIGITS.match(text, position):
        parts = match.groupdict()
        year = parts["year"]
        if len(year) == 2:
            # 21.3.5 may be a year, a month or a day first, unless the sheet is the one of 2021.
            if not parts["m"] and int(year) != (context.year or 0) % 100:
                raise _no_date(cell)
            year = "20" + year
        return _date(year, parts["m"] or parts["mm"], parts["d"] or parts["dd"], cell), match.end()
    if match := _MONTH_AND_DAY.match(text, position):
        return _date(_known(context.year, cell), match["m"], match["d"], cell), match.end()
    if context.month and (match := _DAY.match(text, position)):
        return _date(_known(context.year, cell), context.month, match["d"], cell), match.end()
    return None


def _read_following(text: str, position: int, begins_on: datetime.date, cell: Cell) -> tuple[datetime.date, int]:
    """The end of a list of days that follow one another (`3月5日、6日`); other lists are several activities."""
    last = begins_on
    while following := _read_day(text, position, cell, Context(last.year, last.month)):
        day, position = following
        if day - last != datetime.timedelta(days=1):
            raise Refusal(
                "date_several",
                _("“%(value)s” names several days. Write each in a row of its own.") % {"value": quoted(cell)},
            )
        last = day
        if not (several := _LIST.match(text, position)):
            break
        position = several.end()
    return last, position


def _read_times(text: str, position: int, cell: Cell) -> tuple[datetime.time | None, datetime.time | None, int]:
    """The time of day at this position, the time until, and where they end; None where none is written."""
    first = _TIME.match(text, position)
    if not first:
        alone = _PART_ALONE.match(text, position)
        return None, None, alone.end() if alone else position
    begins = _time(first, cell)
    until = _SPAN.match(text, first.end())
    second = _TIME.match(text, until.end()) if until else None
    if not second:
        return begins, None, first.end()
    ends = _time(second, cell)
    if ends < begins and first["part"] in _AFTERNOON and not second["part"] and ends.hour < 12:
        ends = ends.replace(hour=ends.hour + 12)
    return begins, ends, second.end()


def _time(match: re.Match[str], cell: Cell) -> datetime.time:
    hour, minute = int(match["hour"]), int(match["minute"] or match["spelt"] or (30 if match["half"] else 0))
    if (match["part"] in _AFTERNOON and hour < 12) or (match["part"] == "中午" and hour < 11):
        hour += 12
    try:
        return datetime.time(hour, minute)
    except ValueError:
        raise _no_date(cell) from None


def _next_year(begins_on: datetime.date, ends_on: datetime.date, written: str) -> datetime.date:
    """`12月30日-1月2日` runs into the next year, where the end names no year itself."""
    if ends_on < begins_on and begins_on.month >= 11 and ends_on.month <= 2 and not re.match(r"\d{4}", written):
        return ends_on.replace(year=begins_on.year + 1)
    return ends_on


def _known(year: int | None, cell: Cell) -> int:
    if year is None:
        raise Refusal(
            "date_year_missing",
            _(
                "“%(value)s” has no year, and neither the title line nor the sheet's name says one year. Write it like 2021-03-05."
            )
            % {"value": quoted(cell)},
        )
    return year


def _date(year: str | int, month: str | int, day: str | int, cell: Cell) -> datetime.date:
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise _no_such_day(cell) from None
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise _no_such_day(cell)
    return date


def _excel_date(cell: datetime.date) -> Span:
    """A date of Excel; midnight is what Excel adds to a date without a time."""
    time = cell.time().replace(second=0, microsecond=0) if isinstance(cell, datetime.datetime) else datetime.time()
    day = _date(cell.year, cell.month, cell.day, cell)
    return Span(day, day, time if time != datetime.time() else None)


def _no_such_day(cell: Cell) -> Refusal:
    return Refusal(
        "date_invalid",
        _("“%(value)s” is not a day of the calendar between %(first)d and %(last)d.")
        % {"value": quoted(cell), "first": FIRST_YEAR, "last": LAST_YEAR},
    )


def _no_date(cell: Cell) -> Refusal:
    return Refusal(
        "date_format",
        _(
            "“%(value)s” is not a date. Accepted: 2021-03-05, 2021年3月5日, 2021.3.5, 2021/3/5 14:00, 3月5日, 3月5日-7日, "
            "or a date of Excel."
        )
        % {"value": quoted(cell)},
    )
