"""Legal clocks: Chinese working days, make-up days included."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar


def is_working_day(day: date) -> tuple[bool, bool]:
    """(works, provisional): a year whose holidays are not published yet counts Monday to Friday, provisionally."""
    try:
        return chinese_calendar.is_workday(day), False
    except NotImplementedError:
        return day.weekday() < 5, True


def add_working_days(start: date, days: int) -> tuple[date, bool]:
    """The last day of a clock of `days` working days that begins the day after `start`, and whether it is provisional."""
    day, provisional = start, False
    while days > 0:
        day += timedelta(days=1)
        works, guessed = is_working_day(day)
        provisional |= guessed
        days -= works
    return day, provisional
