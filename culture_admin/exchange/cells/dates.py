"""Cells that say when: days, spans of days, times of day, and dates of which only the month or year is known."""

import datetime
import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from culture_admin.exchange.cells import Cell, Context, Refusal, as_written, plain, refuse_faults

FIRST_YEAR, LAST_YEAR = 1949, 2100

_CHINESE_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_CHINESE_YEAR = re.compile(rf"[{''.join(_CHINESE_DIGITS)}]{{4}}(?=年)")
_CHINESE_NUMBER = re.compile(r"([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[月日号时点])")
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_SPAN = r"[-~—–―〜至到]+"
_DAY_END = r"[日号]?"
_DATE = (
    r"(?:(?P<year{n}>\d{{4}}|\d{{2}}(?=年))(?P<s{n}>[年/.\-])(?P<month{n}>\d{{1,2}})(?P<t{n}>[月/.\-])(?P<day{n}>\d{{1,2}})[日号]?"
    r"|(?P<m{n}>\d{{1,2}})[月/.](?P<d{n}>\d{{1,2}})[日号]?)"
)
_PART_OF_DAY = r"(?:上午|早上|早|凌晨|am|中午|下午|傍晚|晚上|晚|pm|全天|当天)"
_TIME = rf"(?P<part{{n}}>{_PART_OF_DAY})?(?P<hour{{n}}>\d{{{{1,2}}}})(?:[:时点](?P<minute{{n}}>\d{{{{2}}}}|半)?(?:分|:\d{{{{2}}}}(?:\.0+)?)?)"
