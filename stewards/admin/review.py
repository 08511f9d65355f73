"""The review of an evaluation item by item: what the firm says, what the records say, what the review says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import ask
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.queries import whole
from culture_admin.interfaces.text import clean_line
from culture_admin.scoring.explained import said_of, shown
from culture_admin.scoring.judging import Judged
from culture_admin.scoring.rules import plain, read_number
from culture_admin.scoring.sources import Origin, Source
from culture_admin.scoring.table import Indicator, Section
from culture_admin.scoring.values import Standing, Value
from culture_admin.workflow.actions import StepRefused
from stewards.actions import review_evaluation
from stewards.actions.evaluations import POWER
from stewards.counting import Counted, counted
from stewards.models import Evaluation, EvaluationItem

NOT_APPLICABLE = "na"
LONGEST_REMARK = 500


@dataclass
class Line:
    """An item of the standard, and what each side says of it. entered: what the form shows; faults: what it refused."""

    indicator: Indicator
    source: Source
    item: EvaluationItem | None
    asks: str = ""
    counted: Counted | None = None
    files: list[Attachment] = field(default_factory=list)
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
    def effect(self) -> str:
        """What becomes of the points where it does not apply."""
        return self.indicator.effects[Standing.NOT_APPLICABLE].label

    @property
    def claimed(self) -> str:
        return _said(self.source, self.item.claim) if self.item else ""

    @property
    def reviewed(self) -> str:
        return _said(self.source, self.item.review) if self.item else ""

    @property
    def differs(self) -> bool:
        return bool(self.item and self.item.reviewed and self.item.review != self.item.claim)

    @property
    def recorded(self) -> str:
        return _said(self.source, self.counted.values) if self.counted else ""

    @property
    def formula(self) -> str:
        one = self.counted
        if one is None or one.numerator is None:
            return ""
        parts = [] if one.denominator is None else [f"{shown(one.numerator)} ÷ {shown(one.denominator)}"]
        if one.months:
            parts.append(_("%(months)d months, brought to a year") % {"months": one.months})
        return "; ".join(parts)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be chosen of an item that is no number; empty where one is written."""
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
        return f"{_entered(self.item)}|{self.item.remark}" if self.item else ""


@dataclass(frozen=True)
class Part:
    """A category of the standard with its lines."""

    section: Section
    lines: list[Line]


def parts_of(evaluation: Evaluation, user) -> list[Part]:
    """Every item side by side; as many questions for a standard of forty items as for one of four."""
    body = evaluation.scheme.content
    items = {item.code: item for item in evaluation.items.select_related("reviewed_by").order_by("pk")}
    files = files_of(items.values(), user)
    found = counted(evaluation)
    return [
        Part(
            section,
            [
                Line(
                    indicator=one,
                    source=body.sources[one.code],
                    item=(item := items.get(one.code)),
                    asks=body.evidence.get(one.code, ""),
                    counted=found.get(one.code),
                    files=files.get(item.pk, []) if item else [],
                    entered=_entered(item) if item else "",
                    remark=item.remark if item else "",
                )
                for one in section.indicators
            ],
        )
        for section in body.table.sections
    ]


def files_of(items: Iterator[EvaluationItem] | Sequence[EvaluationItem], user) -> dict[int, list[Attachment]]:
    """By the key of the item the files kept with it, as far as the reader sees them; one question for all."""
    found: dict[int, list[Attachment]] = {}
    rows = Attachment.objects.visible_to(user).filter(
        subject_type__app_label="stewards",
        subject_type__model="evaluationitem",
        subject_id__in=[one.pk for one in items],
    )
    for one in rows.order_by("pk"):
        found.setdefault(one.subject_id, []).append(one)
    return found


def lines_of(parts: Sequence[Part]) -> Iterator[Line]:
    for part in parts:
        yield from part.lines


def why_shut(user, evaluation: Evaluation) -> str:
    """Why the reader cannot review; empty where he can."""
    answer = ask(user.offices, POWER, "decide", path=evaluation.contract.place.path)
    if not answer:
        return str(answer.text)
    if evaluation.state != Evaluation.State.DECLARED:
        text = _("The evaluation is “%(state)s”; it is reviewed once the firm has handed it in.")
        return text % {"state": evaluation.get_state_display()}
    return ""


class Refused(Exception):
    """Something of a review was refused, so nothing of it was kept; the lines say what. stale: somebody else was faster."""

    def __init__(self, *, stale: bool):
        self.stale = stale
        super().__init__()


def keep(actor, evaluation: Evaluation, parts: Sequence[Part], posted: QueryDict, only: str = "") -> int:
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
    stale = len(said) == len(changed) and _review(actor, evaluation, changed, said)
    if any(line.faults for line in changed.values()):
        raise Refused(stale=stale)
    return len(said)


def _review(actor, evaluation: Evaluation, lines: Mapping[str, Line], said: Mapping[str, dict[str, object]]) -> bool:
    """Hands the entries to the verb; what it refuses stands at its line. Whether one was changed by somebody else meanwhile."""
    try:
        review_evaluation(actor=actor, evaluation=evaluation, said=said)
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
    if line.item is None or only not in ("", str(line.item.pk)) or f"was-{line.item.pk}" not in posted:
        return False
    line.entered = posted.get(f"said-{line.item.pk}", "").strip()[:200]
    line.remark = posted.get(f"remark-{line.item.pk}", "").strip()
    return f"{line.entered}|{line.remark}" != posted.get(f"was-{line.item.pk}")


def _entry(line: Line, posted: QueryDict) -> dict[str, object]:
    """What was written, as the verb takes it; who does not say what he looked at has looked at nothing. Raises ValidationError."""
    remark = clean_line(line.remark, max_length=LONGEST_REMARK)
    standing, numbers = _judged(line)
    seen = whole(posted.get(f"seen-{line.item.pk}", "")) or 0
    return {"reviewed": standing, "reviewed_numbers": numbers, "remark": remark, "seen": seen}


def _judged(line: Line) -> tuple[str, list[Decimal]]:
    """What was written of the value. Raises ValidationError."""
    if not line.entered:
        return "", []
    if line.entered.casefold() in (NOT_APPLICABLE, Standing.NOT_APPLICABLE.label.casefold()):
        return Judged.NOT_APPLICABLE, []
    numbers = []
    for written in line.entered.replace("；", ";").split(";"):
        number = read_number(written.strip())
        if number is None:
            raise ValidationError(_("“%(read)s” is no number."), code="number", params={"read": written[:40]})
        numbers.append(number)
    return Judged.VALUE, numbers


def _entered(item: EvaluationItem) -> str:
    """What the review says, as it stands in the field."""
    if item.reviewed == Judged.NOT_APPLICABLE:
        return NOT_APPLICABLE
    return "; ".join(plain(number) for number in item.reviewed_numbers) if item.reviewed else ""


def _said(source: Source, values: Sequence[Value]) -> str:
    standing = next((one.standing for one in values if one.number is not None), values[0].standing)
    return said_of(source, standing, [one.number for one in values if one.number is not None])
