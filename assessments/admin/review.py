"""The page of a town's review: every item as the town says it, as records say it, as the review and the assessors found it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.actions.checklist import values_of
from assessments.actions.counted import Counted
from assessments.actions.items import REVIEW, REVIEWED_IN, review_items
from assessments.admin.year import until_now
from assessments.agreement import Agreement, agreed
from assessments.models import Assessment, Evidence, Item, Mark, PanelSeat
from culture_admin.accounts.asking import ask
from culture_admin.interfaces.queries import whole
from culture_admin.interfaces.text import clean_line
from culture_admin.scoring.explained import said_of, shown
from culture_admin.scoring.judging import Judged
from culture_admin.scoring.rules import plain, read_number
from culture_admin.scoring.sources import Check, Origin, Source
from culture_admin.scoring.table import Indicator, Section
from culture_admin.scoring.values import Standing, Value
from culture_admin.workflow.actions import StepRefused

NOT_APPLICABLE = "na"
LONGEST_REMARK = 500
BETWEEN = re.compile(r"[;；,，、\s]+")


@dataclass(frozen=True)
class Found:
    """What one assessor found of an indicator, and whether it was left out of what they agree on."""

    name: str
    said: str
    note: str
    dropped: bool


@dataclass
class Line:
    """An indicator of a town: what each side says of it. entered: what the form of the review shows; faults: what it refused."""

    indicator: Indicator
    source: Source
    check: Check | None
    item: Item | None
    asks: str = ""
    evidence: list[tuple[Evidence, bool]] = field(default_factory=list)
    counted: Counted | None = None
    found: list[Found] = field(default_factory=list)
    agreement: Agreement | None = None
    entered: str = ""
    remark: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def points(self) -> str:
        return plain(self.indicator.points)

    @property
    def is_on_site(self) -> bool:
        return self.check == Check.ON_SITE and not self.source.is_counted

    @property
    def is_judged(self) -> bool:
        """Whether the review says its value: neither a count nor what assessors find."""
        return not (self.source.is_counted or self.is_on_site)

    @property
    def claimed(self) -> str:
        return _said(self.source, self.item.claim) if self.item else ""

    @property
    def reviewed(self) -> str:
        return _said(self.source, self.item.review) if self.item else ""

    @property
    def differs(self) -> bool:
        """Whether the review says something else than the town."""
        return bool(self.is_judged and self.item and self.item.reviewed and self.item.review != self.item.claim)

    @property
    def recorded(self) -> str:
        """What the records say."""
        if self.counted is None:
            return Standing.NOT_RECORDED.label
        return _said(self.source, self.counted.values)

    @property
    def formula(self) -> str:
        one = self.counted
        if one is None or not self.source.per or one.numerator is None:
            return ""
        return f"{shown(one.numerator)} ÷ {shown(one.denominator) or '—'}"

    @property
    def fails(self) -> bool:
        return bool(self.counted and self.counted.fails)

    @property
    def agreed(self) -> str:
        return _said(self.source, (self.agreement.value,)) if self.agreement else ""

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
        if self.item is None:
            return ""
        return f"{_entered(self.item)}|{self.item.remark}"


@dataclass(frozen=True)
class Part:
    """A first-level indicator with its lines."""

    section: Section
    lines: list[Line]


def parts_of(assessment: Assessment, user) -> list[Part]:
    """Every item side by side, with what the reader may see of the panel; as many questions for a scheme of forty indicators as for one of four."""
    body = assessment.cycle.scheme.content
    items = {item.code: item for item in assessment.items.select_related("reviewed_by")}
    evidence = _evidence(assessment)
    values = values_of(assessment, until_now(assessment.cycle))
    seats = PanelSeat.objects.visible_to(user).filter(assessment=assessment, state__in=PanelSeat.SITTING)
    sitting = list(seats.select_related("assessor").order_by("pk"))
    marks = _marks(sitting)
    parts = []
    for section in body.table.sections:
        lines = []
        for indicator in section.indicators:
            item = items.get(indicator.code)
            line = Line(
                indicator=indicator,
                source=body.sources[indicator.code],
                check=body.checks.get(indicator.code),
                item=item,
                asks=body.evidence.get(indicator.code, ""),
                evidence=evidence.get(indicator.code, []),
                counted=values.get(indicator.code),
                entered=_entered(item) if item else "",
                remark=item.remark if item else "",
            )
            given = [(seat, marks[seat.pk][line.code]) for seat in sitting if line.code in marks[seat.pk]]
            _panel(line, given, assessment.cycle.scheme.spread)
            lines.append(line)
        parts.append(Part(section, lines))
    return parts


def lines_of(parts: Sequence[Part]) -> Iterator[Line]:
    for part in parts:
        yield from part.lines


def why_shut(user, assessment: Assessment) -> str:
    """Why the reader cannot review; empty where he can."""
    answer = ask(user.offices, REVIEW, "decide", path=assessment.division.path)
    if not answer:
        return str(answer.text)
    if assessment.state not in REVIEWED_IN:
        text = _("The assessment is “%(state)s”; it is reviewed once the town has sealed it.")
        return text % {"state": assessment.get_state_display()}
    if assessment.cycle.state not in ("open", "locked"):
        text = _("The assessment of the year is “%(state)s”; nothing is reviewed any more.")
        return text % {"state": assessment.cycle.get_state_display()}
    return ""


class Refused(Exception):
    """Something of a review was refused, so nothing of it was kept; the lines say what. stale: somebody else was faster."""

    def __init__(self, *, stale: bool):
        self.stale = stale
        super().__init__()


def keep(actor, assessment: Assessment, parts: Sequence[Part], posted: QueryDict, only: str = "") -> int:
    """Keeps what was written in the form, all of it or nothing; `only` names the one line that was sent. How many were kept.

    Raises Refused, with the faults at the lines.
    """
    changed = {line.code: line for line in lines_of(parts) if _is_changed(line, posted, only)}
    said: dict[str, dict[str, object]] = {}
    for code, line in changed.items():
        try:
            said[code] = _entry(line, posted)
        except ValidationError as refused:
            line.faults += refused.messages
    stale = False
    if len(said) == len(changed):
        stale = _review(actor, assessment, changed, said)
    if any(line.faults for line in changed.values()):
        raise Refused(stale=stale)
    return len(said)


def _review(actor, assessment: Assessment, lines: Mapping[str, Line], said: Mapping[str, dict[str, object]]) -> bool:
    """Hands the entries to the verb; what it refuses stands at its line. Whether one was changed by somebody else meanwhile."""
    try:
        review_items(actor=actor, assessment=assessment, said=said)
    except StepRefused as refused:
        at = [line for line in lines.values() if line.item and line.item.pk == refused.pk] or list(lines.values())
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
    if line.item is None or only not in ("", str(line.item.pk)):
        return False
    _read(line, posted)
    return f"{line.entered}|{line.remark}" != posted.get(f"was-{line.item.pk}")


def _entry(line: Line, posted: QueryDict) -> dict[str, object]:
    """What was written, as the verb takes it; who does not say what he looked at has looked at nothing. Raises ValidationError."""
    remark = clean_line(line.remark, max_length=LONGEST_REMARK)
    standing, numbers = _judged(line)
    seen = whole(posted.get(f"seen-{line.item.pk}", "")) or 0
    return {"reviewed": standing, "reviewed_numbers": numbers, "remark": remark, "seen": seen}


def _read(line: Line, posted: QueryDict) -> None:
    if line.is_judged:
        line.entered = posted.get(f"said-{line.item.pk}", "").strip()[:200]
    line.remark = posted.get(f"remark-{line.item.pk}", "").strip()


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


def _entered(item: Item) -> str:
    """What the review says, as it stands in the field."""
    if item.reviewed == Judged.NOT_APPLICABLE:
        return NOT_APPLICABLE
    return "; ".join(plain(number) for number in item.reviewed_numbers) if item.reviewed else ""


def _said(source: Source, values: Sequence[Value]) -> str:
    standing = next((one.standing for one in values if one.number is not None), values[0].standing)
    return said_of(source, standing, [one.number for one in values if one.number is not None])


def _evidence(assessment: Assessment) -> dict[str, list[tuple[Evidence, bool]]]:
    """By indicator the files that are shown, each with whether it is of another year."""
    rows = Evidence.objects.filter(item__assessment=assessment, withdrawn=False)
    found: dict[str, list[tuple[Evidence, bool]]] = defaultdict(list)
    for one in rows.select_related("attachment", "item").order_by("pk"):
        strange = bool(one.happened_on and one.happened_on.year != assessment.cycle.year)
        found[one.item.code].append((one, strange))
    return found


def _marks(seats: Sequence[PanelSeat]) -> Mapping[int, dict[str, Mark]]:
    found: dict[int, dict[str, Mark]] = defaultdict(dict)
    for mark in Mark.objects.filter(seat__in=seats).order_by("pk"):
        found[mark.seat_id][mark.code] = mark
    return found


def _panel(line: Line, given: Sequence[tuple[PanelSeat, Mark]], spread: int) -> None:
    """What the assessors found, each; what they agree on; who was left out."""
    if not given:
        return
    line.agreement = agreed(line.indicator, [mark.values for _seat, mark in given], spread)
    line.found = [
        Found(seat.assessor.name, _said(line.source, mark.values), mark.note, at in line.agreement.dropped)
        for at, (seat, mark) in enumerate(given)
    ]
