"""What single cells mean, written as people write them."""

import datetime
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_admin.exchange.cells import Context, Refusal
from culture_admin.exchange.cells.dates import date_and_place, date_range, partial_date, time_range
from culture_admin.exchange.cells.numbers import class_hours, head_count, numeral, online_count
from culture_admin.exchange.cells.texts import text

IN_2021 = Context(year=2021)
IN_MARCH = Context(year=2021, month=3)
NOWHERE = Context()
FULL_WIDTH = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789,./-:"}


def days(month: int, day: int, until_month: int, until_day: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(2021, month, day), datetime.date(2021, until_month, until_day)


@pytest.mark.parametrize(
    ("written", "spot", "estimated"),
    [
        ("300人", 300, False), ("３００", 300, False), ("1,200人次", 1200, False), ("1.2万", 12000, False), ("三百", 300, False),
        ("约300人", 300, True), ("300余人", 300, True), ("近300人", 300, True), ("300左右", 300, True), ("三百余人次", 300, True),
        ("10余万人", 100_000, True), ("百余人", 100, True), ("300+", 300, True), ("300人（估）", 300, True), ("共300人", 300, False),
        (300.0, 300, False), (0.0, 0, False), ("0", 0, False), ("一万二", 12000, False), ("300名群众", 300, False), ("300 人", 300, False),
        (None, None, False), ("", None, False), ("—", None, False), ("/", None, False), ("无", None, False),
    ],
)  # fmt: skip
def test_a_head_count_is_read(written, spot, estimated):
    assert head_count(written, NOWHERE) == (spot, estimated, None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("很多", "count_format"), ("若干人", "count_format"), ("不详人", "count_format"), ("不详", "count_format"), ("待定", "count_format"),
        ("几十人", "count_format"), ("三五人", "count_format"), ("200-300人", "count_format"), ("300 400", "count_format"),
        ("300  400", "count_format"), ("1,2000", "count_format"), ("万人", "count_format"), ("千人", "count_format"), ("100/200", "count_format"),
        ("-5", "count_negative"), (-5.0, "count_negative"), ("－５人", "count_negative"), ("12.5", "count_not_whole"), (12.5, "count_not_whole"),
        (1e9, "count_too_large"), ("9" * 5000, "count_format"), (float("nan"), "count_format"), (float("inf"), "count_format"),
        (datetime.date(2021, 3, 5), "count_format"), ("#REF!", "cell_error"), ("=B4+C4", "formula_unvalued"), ("TRUE", "count_format"),
    ],
)  # fmt: skip
def test_what_is_no_head_count_is_refused(written, code):
    with pytest.raises(Refusal) as refused:
        head_count(written, NOWHERE)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("written", "spot", "online"),
    [
        ("线上200人/线下100人", 100, 200), ("线下1,200人，线上3000人次", 1200, 3000), ("100人（线上200人）", 100, 200), ("线上200人", None, 200),
        ("200人（线上）", None, 200), ("线上：无；线下：100", 100, None), ("现场80人，网络直播观看1.2万人次", 80, 12000),
    ],
)  # fmt: skip
def test_one_cell_may_count_both_sides(written, spot, online):
    heads = head_count(written, NOWHERE)
    assert (heads.spot, heads.online) == (spot, online)


def test_a_column_for_those_online_needs_no_word_for_it():
    assert online_count("1.2万", NOWHERE).online == online_count("线上1.2万人", NOWHERE).online == 12000


def test_a_unit_in_the_header_holds_for_numbers_without_their_own():
    tens_of_thousands = Context(unit="万人次")
    assert head_count(1.2, tens_of_thousands).spot == head_count("1.2", tens_of_thousands).spot == 12000
    assert head_count("300人", tens_of_thousands).spot == 300


@pytest.mark.parametrize(
    ("written", "hours", "assumed"),
    [
        ("2课时", 2, False), ("1.5小时", 1.5, True), ("2", 2, False), ("２．５", 2.5, False), (1.5, 1.5, False), ("90分钟", 2, True),
        ("一个半小时", 1.5, True), ("两课时", 2, False), ("1小时30分", 1.5, True), (None, None, False), ("—", None, False),
        (datetime.time(1, 30), 1.5, True),
    ],
)  # fmt: skip
def test_class_hours_of_45_minutes_are_read(written, hours, assumed):
    assert class_hours(written, NOWHERE) == (hours and hours * 45 * 60, assumed)


@pytest.mark.parametrize(
    "written", ["若干课时", "待定", "-1", -1.0, "半天", "约2课时", "2-3", 5000.0, datetime.date(2021, 1, 2)]
)
def test_what_is_no_number_of_class_hours_is_refused(written):
    with pytest.raises(Refusal) as refused:
        class_hours(written, NOWHERE)
    assert refused.value.code == "hours_format"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021年3月5日", days(3, 5, 3, 5)), ("2021.3.5", days(3, 5, 3, 5)), ("2021/3/5 14:00", days(3, 5, 3, 5)),
        ("２０２１－０３－０５", days(3, 5, 3, 5)), ("2021–03–05", days(3, 5, 3, 5)), ("3月5日", days(3, 5, 3, 5)), ("3.5", days(3, 5, 3, 5)),
        (datetime.date(2021, 3, 5), days(3, 5, 3, 5)), (datetime.datetime(2021, 3, 5, 14, 0), days(3, 5, 3, 5)), ("20210305", days(3, 5, 3, 5)),
        ("二〇二一年三月十五日", days(3, 15, 3, 15)), ("2021年3月5日（周五）", days(3, 5, 3, 5)), ("21年3月5日", days(3, 5, 3, 5)),
        ("3月5日-7日", days(3, 5, 3, 7)), ("3月5日至4月2日", days(3, 5, 4, 2)), ("2021年3月5日-7日", days(3, 5, 3, 7)), ("3月5-7日", days(3, 5, 3, 7)),
        ("2021.3.5-2021.3.7", days(3, 5, 3, 7)), ("3.5-3.7", days(3, 5, 3, 7)), ("2021-3-5-7", days(3, 5, 3, 7)), ("3月5日、6日", days(3, 5, 3, 6)),
        ("3月5日 14:00-16:00", days(3, 5, 3, 5)), ("3月5日下午2点", days(3, 5, 3, 5)), ("3月5日上午", days(3, 5, 3, 5)),
    ],
)  # fmt: skip
def test_a_date_is_read(written, expected):
    span = date_range(written, IN_2021)
    assert (span.begins_on, span.ends_on) == expected


def test_a_span_may_run_into_the_next_year():
    assert date_range("12月30日-1月2日", IN_2021)[:2] == (datetime.date(2021, 12, 30), datetime.date(2022, 1, 2))


def test_a_sheet_of_one_month_may_name_days_alone():
    assert date_range("5日-7日", IN_MARCH)[:2] == date_range("3月5日-7日", IN_2021)[:2]
    assert date_range(5.0, IN_MARCH).begins_on == datetime.date(2021, 3, 5)


def test_times_are_kept_where_they_are_written():
    assert date_range("3月5日下午2:00-4:00", IN_2021)[2:] == (datetime.time(14), datetime.time(16))
    assert date_range("2021-03-05 00:00:00", IN_2021)[2:] == (None, None)
    assert time_range("晚上7点半到9点", NOWHERE) == (datetime.time(19, 30), datetime.time(21))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("待定", "date_format"), ("2021年2月30日", "date_invalid"), ("2021.13.5", "date_invalid"), ("2021年3月", "date_format"),
        ("3月上旬", "date_format"), ("昨天", "date_format"), (44260.0, "date_format"), (3.1, "date_ambiguous"), ("3月5日-3月2日", "date_order"),
        ("3月5日、12日", "date_several"), ("9999-01-01", "date_invalid"), (datetime.date(1900, 1, 5), "date_invalid"), ("3月5日 24:00", "date_format"),
        ("5日", "date_format"), ("20.3.5", "date_format"), ("#N/A", "cell_error"), (datetime.time(14, 0), "date_format"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(written, code):
    with pytest.raises(Refusal) as refused:
        date_range(written, IN_2021)
    assert refused.value.code == code


def test_a_date_without_a_year_needs_one_from_the_sheet():
    with pytest.raises(Refusal) as refused:
        date_range("3月5日", NOWHERE)
    assert refused.value.code == "date_year_missing"


def test_a_date_and_a_place_may_share_a_cell():
    assert date_and_place("3月5日14:00，文化礼堂", IN_2021)[-1] == "文化礼堂"
    assert date_and_place("3月5日3号楼", IN_2021)[-1] == "3号楼"


@pytest.mark.parametrize(
    ("written", "year", "month", "precision"),
    [
        ("2008年2月", 2008, 2, "month"), ("2011", 2011, 1, "year"), (2011.0, 2011, 1, "year"), ("2020-12", 2020, 12, "month"),
        ("2012.10", 2012, 10, "month"), (2016.3, 2016, 3, "month"), (2012.1, 2012, 1, "year"), ("1998年9月份", 1998, 9, "month"),
    ],
)  # fmt: skip
def test_a_date_may_lack_its_day_or_month(written, year, month, precision):
    assert partial_date(written, NOWHERE) == (datetime.date(year, month, 1), precision)


@pytest.mark.parametrize(
    ("written", "code"), [("a\u200bb", "text_invisible"), ("a\u202eb", "text_bidi"), ("a\x07b", "text_control"), ("x" * 21, "max_length")]
)  # fmt: skip
def test_hidden_characters_and_overlong_texts_are_refused(written, code):
    with pytest.raises(Refusal) as refused:
        text(20)(written, NOWHERE)
    assert refused.value.code == code


def test_a_text_is_trimmed_composed_and_put_on_one_line():
    assert text(20)("\u3000e\u0301t\n\tude ", NOWHERE) == "ét ude"
    assert text(20)(38.0, NOWHERE) == "38"
    assert text(20)("  ", NOWHERE) is None


# --- properties ---------------------------------------------------------------------------------------------------------

cells = st.one_of(
    st.none(), st.text(), st.text("0123456789年月日.-/:约余人次课时小万千百十一二三两〇～，上下午点半至到()（） "), st.floats(), st.integers(),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(),
)  # fmt: skip


@pytest.mark.parametrize(
    "parse", [head_count, online_count, class_hours, date_range, date_and_place, time_range, partial_date, text(100)]
)
@given(cell=cells)
def test_every_cell_is_read_or_refused_in_a_line(parse, cell):
    for context in (NOWHERE, IN_2021, IN_MARCH, Context(unit="万人次")):
        refusal = refusal_of(parse, cell, context)
        assert refusal is None or (refusal.code and len(refusal.message) < 400)


@given(st.integers(0, 999_999), st.sampled_from(["", "人", "人次", "名"]), st.booleans(), st.booleans())
def test_a_number_comes_back_however_it_is_written(number, unit, grouped, wide):
    written = (f"{number:,}" if grouped else str(number)) + unit
    assert head_count(written.translate(FULL_WIDTH) if wide else written, NOWHERE) == (number, False, None)


@given(st.integers(1, 99_999))
def test_chinese_numerals_come_back(number):
    assert numeral(in_chinese(number)) == number


@given(st.decimals(min_value=0, max_value=99, places=2))
def test_tens_of_thousands_are_exact(number):
    assert numeral(f"{number}万") == Fraction(str(number)) * 10_000


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)))
def test_a_day_comes_back_however_it_is_written(day):
    for form in (
        "{0}年{1}月{2}日",
        "{0}.{1}.{2}",
        "{0}/{1}/{2} 09:30",
        "{0}-{1:02}-{2:02}",
        "{1}月{2}日",
        "{1}.{2}",
        "{2}日",
    ):
        written = form.format(day.year, day.month, day.day)
        context = Context(day.year, day.month)
        assert date_range(written, context)[:2] == date_range(written.translate(FULL_WIDTH), context)[:2] == (day, day)


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 10, 1)), st.integers(0, 40), st.sampled_from("-至到~—"))
def test_a_span_comes_back_however_it_is_written(day, length, until):
    last = day + datetime.timedelta(length)
    written = f"{day.year}年{day.month}月{day.day}日{until}{last.year}年{last.month}月{last.day}日"
    assert date_range(written, NOWHERE)[:2] == (day, last)


@given(cells)
def test_a_span_never_ends_before_it_begins(cell):
    try:
        span = date_range(cell, IN_2021)
    except Refusal:
        return
    assert span.begins_on is None or span.begins_on <= span.ends_on


@given(st.text())
def test_a_text_taken_is_composed_trimmed_and_taken_again(written):
    try:
        taken = text(100)(written, NOWHERE)
    except Refusal:
        return
    if taken is not None:
        assert taken == unicodedata.normalize("NFC", taken).strip() == text(100)(taken, NOWHERE)


def refusal_of(parse, cell, context) -> Refusal | None:
    try:
        parse(cell, context)
    except Refusal as refusal:
        return refusal
    return None


def in_chinese(number: int) -> str:
    """A whole number below 100,000 in the usual spelling, 一万零五十."""
    digits = "零一二三四五六七八九"
    if number >= 10_000:
        rest = number % 10_000
        return (
            in_chinese(number // 10_000) + "万" + ("零" if 0 < rest < 1000 else "") + (in_chinese(rest) if rest else "")
        )
    written, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            written += ("零" if gap and written else "") + digits[digit] + unit
        gap = not digit
    return written
