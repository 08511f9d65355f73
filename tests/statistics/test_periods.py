"""Periods: what is written, the spans they fall into, and the whole months within them."""

from datetime import date

import pytest

from culture_admin.statistics.periods import Grain, Period


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_year_a_quarter_and_a_month_are_read_as_they_are_written(text, start, end):
    period = Period.parse(text)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-Q5", "2024-1", "0000", "２０２４", "2024-02-01", " 2024"])
def test_anything_else_is_no_period(text):
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(text)


def test_a_label_is_read_back_as_the_span_it_names():
    for grain in Grain:
        for day in (date(1999, 1, 1), date(2024, 2, 29), date(2021, 12, 31)):
            span = Period.of(grain, day)
            assert Period.parse(str(grain.label(day)), grain) == span
            assert span.start <= day <= span.end


def test_spans_cover_the_period_without_gap():
    starts = list(Period(date(2023, 11, 15), date(2024, 2, 3)).spans(Grain.MONTH))
    assert starts == [date(2023, 11, 1), date(2023, 12, 1), date(2024, 1, 1), date(2024, 2, 1)]


@pytest.mark.parametrize(
    ("start", "end", "months", "edges"),
    [
        (date(2024, 1, 1), date(2024, 2, 29), ("2024-01-01", "2024-02-29"), []),
        (None, date(2024, 2, 29), (None, "2024-02-29"), []),
        (
            date(2024, 1, 15),
            date(2024, 3, 30),
            ("2024-02-01", "2024-02-29"),
            [("2024-01-15", "2024-01-31"), ("2024-03-01", "2024-03-30")],
        ),
        (date(2024, 1, 15), None, ("2024-02-01", None), [("2024-01-15", "2024-01-31")]),
        (date(2024, 1, 15), date(2024, 2, 3), None, [("2024-01-15", "2024-02-03")]),
        (date(2024, 1, 5), date(2024, 1, 9), None, [("2024-01-05", "2024-01-09")]),
    ],
)
def test_whole_months_and_the_parts_at_the_edges(start, end, months, edges):
    whole, parts = Period(start, end).months()

    def shown(period):
        return tuple(day and day.isoformat() for day in (period.start, period.end))

    assert (whole and shown(whole)) == months
    assert [shown(part) for part in parts] == edges
