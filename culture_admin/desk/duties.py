"""A month of duties: by day and kind, how many are due and how many of them are still open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from culture_admin.desk.calendars import Shown
from culture_admin.workflow.models import Deadline
from culture_admin.workflow.subjects import with_subjects

# A month of a province has more; the list has them all.
MOST = 5000


@dataclass(frozen=True, slots=True)
class Entry:
    """The duties of one kind on one day: what one of them says, or the kind; and the list of them."""

    label: str
    number: int
    open: int
    address: str


@dataclass
class Day:
    """One day of the month with what is due on it."""

    on: date
    within: bool
    entries: list[Entry] = field(default_factory=list)


def month_of_duties(shown: Shown, duties: QuerySet[Deadline], asked: dict[str, str]) -> tuple[list[list[Day]], bool]:
    """The weeks of the month, and whether there are more duties than are counted. `asked` narrows the lists it leads to."""
    days = {day.on: Day(day.on, day.within) for day in shown.days()}
    rows = duties.filter(due_on__range=(min(days), max(days))).order_by("due_on", "pk")
    alike: dict[tuple[date, str], list[tuple]] = defaultdict(list)
    found = list(rows.values_list("due_on", "code", "pk", "settled_at", "lapsed_at")[: MOST + 1])
    for due_on, code, pk, settled_at, lapsed_at in found[:MOST]:
        alike[due_on, code].append((pk, settled_at is None and lapsed_at is None))
    firsts = _firsts(rows, alike)
    for (due_on, code), group in alike.items():
        one: Deadline = firsts[group[0][0]]
        label = one.said if len(group) == 1 else one.kind
        number_open = sum(is_open for _pk, is_open in group)
        days[due_on].entries.append(Entry(label, len(group), number_open, _list_of(due_on, code, asked)))
    whole = list(days.values())
    return [whole[start : start + 7] for start in range(0, len(whole), 7)], len(found) > MOST


def _firsts(rows: QuerySet[Deadline], alike: dict[tuple[date, str], list[tuple]]) -> dict[int, Deadline]:
    """The first duty of each kind and day, which lends the others its words."""
    keys = [group[0][0] for group in alike.values()]
    return {one.pk: one for one in with_subjects(rows.filter(pk__in=keys))}


def _list_of(due_on: date, code: str, asked: dict[str, str]) -> str:
    return f"{reverse('desk:duties')}?{urlencode({**asked, 'due_from': due_on, 'due_to': due_on, 'code': code})}"


def days_of(weeks: list[list[Day]]) -> Iterator[Day]:
    """The days within the month."""
    return (day for week in weeks for day in week if day.within)
