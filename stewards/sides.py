"""An evaluation item by item: what the firm says, what the records say, and what the review says, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from culture_admin.exchange.models import Attachment
from culture_admin.scoring.explained import said_of, shown
from culture_admin.scoring.judging import Judged
from culture_admin.scoring.rules import plain
from culture_admin.scoring.sources import Origin, Source
from culture_admin.scoring.table import Indicator, Section
from culture_admin.scoring.values import Standing, Value
from stewards.counting import Counted, counted
from stewards.models import Evaluation, EvaluationItem

NOT_APPLICABLE = "na"


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


def files_of(items: Iterable[EvaluationItem], user) -> dict[int, list[Attachment]]:
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


def _entered(item: EvaluationItem) -> str:
    """What the review says, as it stands in the field."""
    if item.reviewed == Judged.NOT_APPLICABLE:
        return NOT_APPLICABLE
    return "; ".join(plain(number) for number in item.reviewed_numbers) if item.reviewed else ""


def _said(source: Source, values: Sequence[Value]) -> str:
    standing = next((one.standing for one in values if one.number is not None), values[0].standing)
    return said_of(source, standing, [one.number for one in values if one.number is not None])
