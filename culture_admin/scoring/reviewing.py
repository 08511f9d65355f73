"""A review item by item: what each side says in one line, and what is written there, kept all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from culture_admin.interfaces.queries import whole
from culture_admin.interfaces.text import clean_line
from culture_admin.scoring.body import Body
from culture_admin.scoring.explained import in_words
from culture_admin.scoring.judging import Judged, ReviewedItem
from culture_admin.scoring.rules import plain, read_number
from culture_admin.scoring.sources import Origin, Source
from culture_admin.scoring.table import Indicator, Section
from culture_admin.scoring.values import Standing
from culture_admin.workflow.actions import StepRefused

NOT_APPLICABLE = "na"
LONGEST_REMARK = 500
# What may stand between the numbers of one value.
BETWEEN = re.compile(r"[;；,，、\s]+")


@dataclass
class Line:
    """An indicator, and what each side says of it; without an item nothing is said. entered, remark: what the form shows.

    faults: what was refused of what was written there.
    """

    indicator: Indicator
    source: Source
    item: ReviewedItem | None
    asks: str
    entered: str = field(init=False, default="")
    remark: str = field(init=False, default="")
    faults: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        if self.item:
            self.entered, self.remark = self._stands, self.item.remark

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def points(self) -> str:
        return plain(self.indicator.points)

    @property
    def is_judged(self) -> bool:
        """Whether the review says its value; of all others it takes a remark."""
        return not self.source.is_counted

    @property
    def claimed(self) -> str:
        return in_words(self.source, self.item.claim) if self.item else ""

    @property
    def reviewed(self) -> str:
        return in_words(self.source, self.item.review) if self.item else ""

    @property
    def differs(self) -> bool:
        """Whether the review says something else than was claimed."""
        return bool(self.is_judged and self.item and self.item.reviewed and self.item.review != self.item.claim)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be chosen of an indicator that is no number; empty where one is written."""
        if self.source.origin == Origin.YES_NO:
            given = [("1", _("yes")), ("0", _("no"))]
        elif self.source.origin == Origin.GRADED:
            given = [(plain(grade.value), grade.name) for grade in self.source.grades]
        else:
            return []
        return [("", "—"), *given, (NOT_APPLICABLE, Standing.NOT_APPLICABLE.label)]

    @property
    def was(self) -> str:
        """What the form showed before anybody wrote in it."""
        return f"{self._stands}|{self.item.remark}" if self.item else ""

    @property
    def _stands(self) -> str:
        """What the review says, as it stands in the field."""
        if self.item.reviewed == Judged.NOT_APPLICABLE:
            return NOT_APPLICABLE
        return "; ".join(plain(number) for number in self.item.reviewed_numbers) if self.item.reviewed else ""


Own = TypeVar("Own", bound=Line)


@dataclass(frozen=True)
class Part(Generic[Own]):
    """A first-level indicator with its lines."""

    section: Section
    lines: list[Own]


class Refused(Exception):
    """Something of a review was refused, so nothing of it was kept; the lines say what. stale: somebody else was faster."""

    def __init__(self, *, stale: bool):
        self.stale = stale
        super().__init__()


def side_by_side(
    body: Body, items: Mapping[str, Any], line: Callable[[Indicator, Source, Any, str], Own]
) -> list[Part[Own]]:
    """Every indicator of a scheme by section; `line` makes one of it, its source, its item and the evidence asked for."""
    return [
        Part(
            section,
            [
                line(one, body.sources[one.code], items.get(one.code), body.evidence.get(one.code, ""))
                for one in section.indicators
            ],
        )
        for section in body.table.sections
    ]


def lines_of(parts: Sequence[Part[Own]]) -> Iterator[Own]:
    for part in parts:
        yield from part.lines


def keep(
    parts: Sequence[Part[Own]], posted: QueryDict, only: str, verb: Callable[[Mapping[str, dict[str, Any]]], object]
) -> int:
    """Hands what was written in the form to the verb, all of it or nothing; how many items were kept.

    only: the key of the one item that was sent; "" for all. verb: takes {reviewed, reviewed_numbers, remark, seen} by
    indicator. Raises Refused, with the faults at the lines.
    """
    changed = {line.code: line for line in lines_of(parts) if _is_changed(line, posted, only)}
    said: dict[str, dict[str, Any]] = {}
    for code, line in changed.items():
        try:
            said[code] = _entry(line, posted)
        except ValidationError as refused:
            line.faults += refused.messages
    stale = 0 < len(said) == len(changed) and _hand_over(verb, changed, said)
    if any(line.faults for line in changed.values()):
        raise Refused(stale=stale)
    return len(said)


def _hand_over(verb: Callable, lines: Mapping[str, Line], said: Mapping[str, dict[str, Any]]) -> bool:
    """What the verb refuses stands at its line. Whether one was changed by somebody else meanwhile."""
    try:
        verb(said)
    except StepRefused as refused:
        at = [line for line in lines.values() if line.item.pk == refused.pk] or list(lines.values())
        at[0].faults.append(str(refused.text))
        return refused.code == "stale"
    except ValidationError as refused:
        for code, texts in refused.message_dict.items():
            lines[code].faults += texts
    except PermissionDenied as refused:
        next(iter(lines.values())).faults.append(str(refused))
    return False


def _is_changed(line: Line, posted: QueryDict, only: str) -> bool:
    """Whether something else was sent than stood in the form."""
    if line.item is None or only not in ("", str(line.item.pk)) or f"was-{line.item.pk}" not in posted:
        return False
    if line.is_judged:
        line.entered = posted.get(f"said-{line.item.pk}", "").strip()[:200]
    line.remark = posted.get(f"remark-{line.item.pk}", "").strip()
    return f"{line.entered}|{line.remark}" != posted[f"was-{line.item.pk}"]


def _entry(line: Line, posted: QueryDict) -> dict[str, Any]:
    """What was written, as the verb takes it; who does not say what he looked at has looked at nothing. Raises ValidationError."""
    remark = clean_line(line.remark, max_length=LONGEST_REMARK)
    standing, numbers = _judged(line)
    seen = whole(posted.get(f"seen-{line.item.pk}", "")) or 0
    return {"reviewed": standing, "reviewed_numbers": numbers, "remark": remark, "seen": seen}


def _judged(line: Line) -> tuple[str, list[Decimal]]:
    """What was written of the value. Raises ValidationError."""
    if not line.is_judged:
        return line.item.reviewed, line.item.reviewed_numbers
    if not line.entered:
        return "", []
    if line.entered.casefold() in (NOT_APPLICABLE, Standing.NOT_APPLICABLE.label.casefold()):
        return Judged.NOT_APPLICABLE, []
    numbers = []
    for written in filter(None, BETWEEN.split(line.entered)):
        number = read_number(written)
        if number is None:
            raise ValidationError(_("“%(read)s” is no number."), code="number", params={"read": written[:40]})
        numbers.append(number)
    return Judged.VALUE, numbers
