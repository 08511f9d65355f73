"""The figures a station looks at, each with the address of the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import Row
from culture_admin.statistics.register import METRICS, Amount, Events
from culture_admin.statistics.tallies import Number

FLOWS = (
    "activities.held",
    "activities.sessions",
    "activities.class_hours",
    "activities.person_times",
    "activities.online_person_times",
)
STOCKS = ("activities.teams",)
# The pages of the desk that list what a fact's collection lists.
PAGES = {"activities": "desk:activities", "teams": "desk:teams"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric's value over a period, None where nothing is recorded, and where its rows are listed."""

    code: str
    label: object
    unit: object
    value: Number | None
    address: str


def figures_of(row: Row | None, codes: Sequence[str], period: Period) -> list[Figure]:
    """The figures of one row of an answer, in the order of `codes`."""
    values: Mapping[str, Number | None] = row.values if row else {}
    return [
        Figure(code, METRICS[code].label, METRICS[code].unit, values.get(code), _rows_of(METRICS[code], period))
        for code in codes
    ]


def _rows_of(metric: Amount, period: Period) -> str:
    """The address of the list of the rows that a flow was added up from, or that a stock counts on the period's last day."""
    if isinstance(metric.fact, Events):
        asked = {**metric.records, "from": period.start, "to": period.end, "state": "confirmed"}
    else:
        asked = {**metric.records, "on": period.end}
    return f"{reverse(PAGES[metric.fact.records])}?{urlencode(asked)}"
