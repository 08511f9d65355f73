"""Figures of the admin's pages, each with the address of the list of its rows. Statistics adds up, nobody here."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from culture_admin.statistics.periods import Period
from culture_admin.statistics.register import METRICS, Amount, Events, Metric
from culture_admin.statistics.tallies import Number
from culture_admin.territory.models import Division

# The lists of the admin that show what a fact's collection shows.
LISTS = {
    "activities": "admin:activities_activity_changelist",
    "courses": "admin:activities_course_changelist",
    "teams": "admin:activities_team_changelist",
    "works": "admin:activities_work_changelist",
}
# What narrows each of them to the rows that count; of courses two states do, and none but void ones are left out.
COUNTED = {
    "activities": {"state": "confirmed"},
    "courses": {},
    "teams": {"register": "in"},
    "works": {"state": "recorded"},
}


NOTHING = "—"


@dataclass(frozen=True)
class Figure:
    """A metric's value, what it was before, and where its rows are listed."""

    metric: Metric
    value: Number | None
    before: Number | None
    address: str

    @property
    def text(self) -> str:
        return shown(self.value)

    @property
    def text_before(self) -> str:
        return shown(self.before)

    @property
    def change(self) -> int | None:
        """The change in percent; None where there is nothing to compare with."""
        if self.value is None or not self.before:
            return None
        return round((self.value - self.before) * 100 / self.before)

    @property
    def size(self) -> int:
        """The change without its sign, which an arrow shows."""
        return abs(self.change or 0)


def shown(value: Number | None) -> str:
    """A number with its thousands told apart; a dash where nothing is recorded, which is not zero."""
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int) else f"{float(value):,.2f}".rstrip("0").rstrip(".")


def rows_address(code: str, period: Period, division: Division | int | None = None) -> str:
    """The list of the rows that a flow adds up over the period, or that a stock counts at its end; "" where none fits."""
    metric = METRICS[code]
    if not isinstance(metric, Amount) or metric.fact.records not in LISTS:
        return ""
    asked: dict[str, object] = {**metric.records, **COUNTED[metric.fact.records]}
    if isinstance(metric.fact, Events):
        asked["period"] = f"{period.start}..{period.end}"
    if division:
        asked["division"] = getattr(division, "pk", division)
    return f"{reverse(LISTS[metric.fact.records])}?{urlencode(asked)}"
