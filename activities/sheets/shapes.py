"""What the values of a column look like, for columns whose header word nobody knows."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from culture_admin.exchange.cells import Cell, Context, Parser, Refusal
from culture_admin.exchange.cells.dates import date_range
from culture_admin.exchange.cells.numbers import class_hours, head_count

Shape = Callable[[Sequence[Cell]], float]

_SOME_YEAR = Context(year=2000)
_PLACE = re.compile(r"室|厅|堂|广场|中心|村|社区|公园|馆|院|楼|剧场|学校|小区|基地|书房|街|路")
_PERSON = re.compile(
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤俞章施娄裘楼][一-鿿]{1,2}"
)
_TEAM = re.compile(r".*(?:队|团|社|班|组|协会)\d*")
_UNIT_OF_CLASS = re.compile(r"课时|学时|小时|节|\.5")


def share(fits: Callable[[str], object]) -> Shape:
    """How many of the values are texts that fit, 0 to 1."""
    return lambda sample: sum(isinstance(cell, str) and bool(fits(cell.strip())) for cell in sample) / len(sample)


def readable(parse: Parser) -> Shape:
    """How many of the values the parser finds something in."""
    return lambda sample: sum(_reads(parse, cell) for cell in sample) / len(sample)


people = share(_PERSON.fullmatch)
places = share(_PLACE.search)
teams = share(_TEAM.fullmatch)


def heads(sample: Sequence[Cell]) -> float:
    """Numbers of some size that do not merely count the rows."""
    counts = [head_count(cell, _SOME_YEAR).spot or 0 for cell in sample if _reads(head_count, cell)]
    counts_rows = len(counts) > 1 and {later - earlier for earlier, later in pairwise(counts)} == {1}
    return len(counts) / len(sample) if counts and max(counts) >= 10 and not counts_rows else 0.0


def hours_of_class(sample: Sequence[Cell]) -> float:
    """Numbers, some of them halves or with a unit of time."""
    return readable(class_hours)(sample) if any(_UNIT_OF_CLASS.search(str(cell)) for cell in sample) else 0.0


def titles(sample: Sequence[Cell]) -> float:
    """Longer texts of which hardly two are the same."""
    texts = [cell for cell in sample if isinstance(cell, str) and len(cell) >= 5 and not _reads(date_range, cell)]
    return min(len(texts), len(set(texts)) + len(sample) / 5) / len(sample)


def _reads(parse: Parser, cell: Cell) -> bool:
    try:
        return parse(cell, _SOME_YEAR)[0] is not None
    except Refusal:
        return False
