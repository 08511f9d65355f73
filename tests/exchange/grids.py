"""Sheets written down in a test, without a file."""

from itertools import zip_longest

from activities.sheets import ACTIVITIES
from culture_admin.exchange.reader import Workbook, Worksheet
from culture_admin.exchange.records import Records
from culture_admin.exchange.sheets import read_records


def sheet(name: str, *rows: list, merged=()) -> Worksheet:
    """A sheet of these rows; short ones are filled up with blank cells."""
    return Worksheet(name, [list(column) for column in zip_longest(*rows)], list(merged))


def read(*sheets: Worksheet, file: str = "台账.xlsx", kind=ACTIVITIES, answers=None) -> Records:
    return read_records(Workbook(file, list(sheets)), kind, answers)


def column(records: Records, name: str) -> list:
    return records.values[name]
