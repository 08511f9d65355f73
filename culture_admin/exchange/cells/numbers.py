"""Cells that count: Chinese and Arabic numerals, head counts, class hours."""

import datetime
import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from django.utils.translation import gettext as _

from culture_admin.exchange.cells import NOT_RECORDED, Cell, Context, Refusal, plain, quoted, refuse_faults

# A class hour is 45 minutes (DOMAIN.md §7.4). Kept in seconds, because ledgers write halves of it. In a 课时 column 小时 is read
# as 课时; minutes are minutes.
SECONDS_IN_CLASS_HOUR = 45 * 60
MINUTES_IN_CLASS_HOUR = 45
MAX_HEADS = 1_000_000
MAX_HEADS_ONLINE = 100_000_000
MAX_CLASS_HOURS = 1_000

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_TOKEN = re.compile(rf"(?P<arabic>{_ARABIC})|(?P<digit>[{''.join(_DIGITS)}])|(?P<scale>[{''.join(_SCALES)}])")
_NUMBER = rf"[\d,.{''.join(_DIGITS)}{''.join(_SCALES)}]+"

_ABOUT = "约|大约|大概|近|将近|接近|估计|预计|超过|超|逾|不少于|~|≈"
_HEADS = "人次|人/次|人|名|位|个"
_WHO = "群众|观众|居民|村民|市民|学员|学生|老人|儿童|听众|读者|队员|会员|师生"
_HEAD_COUNT = re.compile(
    rf"(?:共计|共有|共|合计|总计)?(?P<about>{_ABOUT})?(?P<number>{_NUMBER})(?P<more>余|多|来|\+)?(?P<scale>[万千百]?)"
    rf"(?P<more_scaled>余|多|\+)?(?P<unit>{_HEADS})?(?:{_WHO})?(?P<round>余|多|\+|左右|上下|以上)?"
    r"(?P<remark>\((?:约|估|估计|估算|大约|概数)\))?"
)
_ESTIMATED = ("about", "more", "more_scaled", "round", "remark")
_ONLINE = "线上|网络|在线|直播|网上|云端"
_SIDE = re.compile(rf"(?P<online>(?:{_ONLINE})+)|(?P<spot>(?:线下|现场|到场|实地)+)")
# What may stand between a side's word and its number, and between one side and the next.
_BEFORE_NUMBER = re.compile(r"^(?:参与|参加|观看|收看|服务)?(?:人数|人次)?[:为]?")
_BETWEEN = ";/、,+()和及与"

_CLASS_HOURS = re.compile(
    rf"(?:共计|共)?(?:(?P<number>{_NUMBER})个?(?P<and_half>半)?|(?P<half>半)个?)"
    r"(?:(?P<class>课时|学时|节课|节|课)|(?P<hour>小时|钟头|h|hours?)|(?P<minute>分钟|分|min))?"
    r"(?P<half_more>半)?(?:(?P<minutes>\d{1,2})(?:分钟|分|min))?",
    re.IGNORECASE,
)


class Heads(NamedTuple):
    """Heads counted on the spot and online, None where not recorded, and whether the number is an estimate."""

    spot: int | None = None
    estimated: bool = False
    online: int | None = None


class ClassTime(NamedTuple):
    """Seconds of class, None where not recorded; `assumed` where another unit was read as class hours."""

    seconds: int | None = None
    assumed: bool = False


def numeral(written: str) -> Fraction:
    """The number that `1,200`, `1.2万`, `三百`, `两千零五`, `三百五` or `1万2千` stands for. Raises ValueError."""
    if len(written) > 1 and set(written) <= _DIGITS.keys():
        # 一二〇 is 120, but 三五 is "three to five".
        if not set(written) & set("零〇○"):
            raise ValueError(written)
        return Fraction("".join(str(_DIGITS[sign]) for sign in written))
    total = section = Fraction(0)
    waiting: Fraction | None = None
    unit = tail = ended = 0
    for token in _TOKEN.finditer(written):
        if token.start() != ended or (waiting and not token["scale"]):
            raise ValueError(written)
        ended = token.end()
        if token["scale"]:
            scale = _SCALES[token["scale"]]
            if scale == 10_000:
                if waiting is None and not section:
                    raise ValueError(written)
                total, section = (section + (waiting or 0)) * scale, Fraction(0)
            elif unit in {0, 10_000} or scale < unit:
                section += scale * (1 if waiting is None else waiting)
            else:
                raise ValueError(written)
            waiting, unit, tail = None, scale, scale
        elif token["digit"]:
            waiting = Fraction(_DIGITS[token["digit"]])
            tail = tail if waiting else 0
        else:
            waiting, tail = Fraction(token["arabic"].replace(",", "")), 0
    if not written or ended != len(written) or (waiting and written[-1].isascii() and unit):
        raise ValueError(written)
    # 三百五 is 350 and 一万二 is 12,000, but 三百零五 is 305 and 十五 is 15.
    return total + section + (waiting or 0) * (tail // 10 if tail > 10 else 1)


def head_count(cell: Cell, context: Context) -> Heads:
    """Heads as `300`, `1,200人次`, `1.2万`, `三百`, `约300人` or `线上200人/线下100人`; an empty cell is not recorded.

    The context's unit (`万人次`) holds for numbers that name none themselves.
    """
    return _heads(cell, context, MAX_HEADS)


def online_count(cell: Cell, context: Context) -> Heads:
    """Like `head_count`, in a column that counts those who took part online."""
    heads = _heads(cell, context, MAX_HEADS_ONLINE)
    return heads if heads.online is not None else Heads(None, heads.estimated, heads.spot)


def class_hours(cell: Cell, context: Context) -> ClassTime:
    """Class hours as `2`, `2课时`, `1.5小时`, `90分钟` or `一个半小时`, in seconds; an empty cell is not recorded."""
    if isinstance(cell, datetime.time):
        return ClassTime(_seconds(Fraction(cell.hour * 60 + cell.minute, 60), cell), assumed=True)
    if isinstance(cell, datetime.timedelta):
        return ClassTime(_seconds(Fraction(cell // datetime.timedelta(minutes=1), 60), cell), assumed=True)
    if isinstance(cell, datetime.date):
        raise _no_class_hours(cell)
    if isinstance(cell, float | int):
        return _class_time(_exact(cell, _no_class_hours), context.unit, cell)
    text = plain(cell or "")
    if text in NOT_RECORDED:
        return ClassTime()
    refuse_faults(text)
    match = _CLASS_HOURS.fullmatch(text)
    if not match or (match["half"] and not match["hour"] and not match["class"]):
        raise _no_class_hours(cell)
    try:
        hours = numeral(match["number"]) if match["number"] else Fraction(0)
    except ValueError:
        raise _no_class_hours(cell) from None
    if match["half"] or match["and_half"] or match["half_more"]:
        hours += Fraction(1, 2)
    hours += Fraction(int(match["minutes"] or 0), 60)
    unit = "课时" if match["class"] else "小时" if match["hour"] else "分钟" if match["minute"] else context.unit
    return _class_time(hours, unit, cell)


def _heads(cell: Cell, context: Context, most: int) -> Heads:
    if isinstance(cell, float | int):
        return Heads(_whole(_exact(cell, _no_head_count) * _scale_of(context.unit), cell, most))
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        raise _no_head_count(cell)
    text = plain(cell or "")
    if text in NOT_RECORDED:
        return Heads()
    refuse_faults(text)

    def one_side(piece: str) -> Heads:
        return _one_side(piece, cell, context, most)

    sides = list(_SIDE.finditer(text))
    return _both_sides(text, sides, cell, one_side) if sides else one_side(text)


def _one_side(text: str, cell: Cell, context: Context, most: int) -> Heads:
    match = _HEAD_COUNT.fullmatch(text)
    if not match:
        raise _negative(cell) if re.fullmatch(r"-\d[\d,.]*(?:人次|人)?", text) else _no_head_count(cell)
    try:
        number = numeral(match["number"] + match["scale"])
    except ValueError:
        raise _no_head_count(cell) from None
    estimated = any(match[group] for group in _ESTIMATED)
    # 千人 alone is a manner of speaking; 近千人 is an estimate.
    if match["number"] in _SCALES and not estimated:
        raise _no_head_count(cell)
    if not match["unit"] and not set(match["number"] + match["scale"]) & _SCALES.keys():
        number *= _scale_of(context.unit)
    return Heads(_whole(number, cell, most), estimated)


def _both_sides(text: str, sides: list[re.Match[str]], cell: Cell, one_side: Callable[[str], Heads]) -> Heads:
    """`线上200人/线下100人`, `100人（线上200人）`, `线上200人`, `200人(线上)`."""
    pieces = [("spot", text[: sides[0].start()].strip(_BETWEEN))]
    for side, after in zip(sides, [*sides[1:], None], strict=True):
        piece = text[side.end() : after.start() if after else None].strip(_BETWEEN)
        pieces.append((str(side.lastgroup), _BEFORE_NUMBER.sub("", piece)))
    if len(pieces) == 2 and pieces[0][1] and not pieces[1][1]:
        pieces = [(pieces[1][0], pieces[0][1])]
    counts: dict[str, Heads] = {}
    for side_name, piece in pieces:
        if side_name in counts:
            raise _no_head_count(cell)
        if piece:
            counts[side_name] = Heads() if piece in NOT_RECORDED else one_side(piece)
    if not counts:
        raise _no_head_count(cell)
    spot, online = counts.get("spot", Heads()), counts.get("online", Heads())
    return Heads(spot.spot, spot.estimated or online.estimated, online.spot)


def _exact(cell: float, refusal: Callable[[Cell], Refusal]) -> Fraction:
    try:
        # A spreadsheet's 0.1 + 0.2 is meant to be 0.3.
        return Fraction(str(round(cell, 6)))
    except (ValueError, OverflowError):
        raise refusal(cell) from None


def _scale_of(unit: str) -> int:
    return _SCALES.get(unit[:1], 1)


def _whole(number: Fraction, cell: Cell, most: int) -> int:
    if number < 0:
        raise _negative(cell)
    if number > most:
        raise Refusal(
            "count_too_large",
            _("“%(value)s” is more than %(limit)d. Is the unit right?") % {"value": quoted(cell), "limit": most},
        )
    if number.denominator != 1:
        raise Refusal("count_not_whole", _("“%(value)s” is not a whole number of heads.") % {"value": quoted(cell)})
    return int(number)


def _class_time(hours: Fraction, unit: str, cell: Cell) -> ClassTime:
    if unit.startswith(("分", "min")):
        hours /= MINUTES_IN_CLASS_HOUR
    return ClassTime(_seconds(hours, cell), assumed=unit.startswith(("分", "min", "小时", "时", "h")))


def _seconds(hours: Fraction, cell: Cell) -> int:
    if not 0 <= hours <= MAX_CLASS_HOURS:
        raise _no_class_hours(cell)
    return round(hours * SECONDS_IN_CLASS_HOUR)


def _negative(cell: Cell) -> Refusal:
    return Refusal(
        "count_negative",
        _("“%(value)s” is below zero. Write how many took part, 0 if nobody, nothing if nobody counted.")
        % {"value": quoted(cell)},
    )


def _no_head_count(cell: Cell) -> Refusal:
    return Refusal(
        "count_format",
        _(
            "“%(value)s” is not a head count. Accepted: 300, 300人, 1,200人次, 1.2万, 三百, and as an estimate 约300人 or "
            "300余人; leave the cell empty if nobody counted."
        )
        % {"value": quoted(cell)},
    )


def _no_class_hours(cell: Cell) -> Refusal:
    return Refusal(
        "hours_format",
        _("“%(value)s” is not a number of class hours up to %(limit)d. Accepted: 2, 1.5, 2课时, 1.5小时, 90分钟.")
        % {"value": quoted(cell), "limit": MAX_CLASS_HOURS},
    )
