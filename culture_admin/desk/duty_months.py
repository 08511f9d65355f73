"""A steward's month on duty as a grid, and how his week stands to its pattern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count

from activities.models import Activity
from culture_admin.desk.calendars import MONTH, WEEK, Shown
from stewards.models import Absence, DutyDay, Posting

AWAY = (Absence.State.APPROVED, Absence.State.NOTED)


@dataclass
class Cell:
    """One day of the month: the days on duty logged on it, the absence it lies in, how many activities he led on it.

    open: a posting holds it.
    """

    on: date
    within: bool
    days: list[DutyDay] = field(default_factory=list)
    absence: Absence | None = None
    activities: int = 0
    open: bool = False


@dataclass(frozen=True)
class Week:
    """How many days of a week a steward was in the town and at the district, and how many the pattern of his posting asks for."""

    posting: Posting
    in_town: Decimal
    at_district: Decimal
    today: DutyDay | None


def month_of(postings: Sequence[Posting], shown: Shown, user) -> list[list[Cell]]:
    """The weeks of the month for the postings of one steward; as many questions for a full month as for an empty one."""
    cells = {day.on: Cell(day.on, day.within) for day in shown.days()}
    span = (min(cells), max(cells))
    days = DutyDay.objects.visible_to(user).filter(posting__in=postings, day__range=span)
    for one in days.exclude(state=DutyDay.State.VOID).select_related("station__unit", "village").order_by("day", "pk"):
        cells[one.day].days.append(one)
    for away in Absence.objects.visible_to(user).filter(
        posting__in=postings, first__lte=span[1], last__gte=span[0], state__in=AWAY
    ):
        for on in _days(max(away.first, span[0]), min(away.last, span[1])):
            cells[on].absence = away
    stewards = {one.steward_id for one in postings}
    rows = Activity.objects.visible_to(user).filter(
        steward__in=stewards, begins_on__range=span, state__in=Activity.TOOK_PLACE
    )
    for on, number in rows.order_by().values_list("begins_on").annotate(Count("pk")):
        cells[on].activities = number
    whole = list(cells.values())
    for cell in whole:
        cell.open = any(posting.covers(cell.on) for posting in postings)
    return [whole[start : start + 7] for start in range(0, len(whole), 7)]


def weeks_of(postings: Iterable[Posting], day: date) -> list[Week]:
    """The week in which a day lies, of each posting; asks the database once."""
    listed = list(postings)
    shown = Shown.of(WEEK, day)
    days: dict[int, list[DutyDay]] = defaultdict(list)
    rows = DutyDay.objects.filter(posting__in=listed, day__range=(shown.first, shown.last))
    for one in rows.exclude(state=DutyDay.State.VOID):
        days[one.posting_id].append(one)
    return [
        Week(
            posting,
            _sum(one for one in days[posting.pk] if one.where != DutyDay.Where.DISTRICT),
            _sum(one for one in days[posting.pk] if one.where == DutyDay.Where.DISTRICT),
            next((one for one in days[posting.pk] if one.day == day), None),
        )
        for posting in listed
    ]


def shown_month(day: date) -> Shown:
    return Shown.of(MONTH, day)


def _sum(days: Iterable[DutyDay]) -> Decimal:
    return (Decimal(sum(one.halves for one in days)) / 2).normalize()


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
