"""An evaluation item by item: what the firm says, what the records say, and what the review says, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from culture_admin.exchange.models import Attachment
from culture_admin.scoring import reviewing
from culture_admin.scoring.explained import in_words, shown
from culture_admin.scoring.reviewing import Part, side_by_side
from culture_admin.scoring.sources import Source
from culture_admin.scoring.table import Indicator
from culture_admin.scoring.values import Standing
from stewards.counting import Counted, counted
from stewards.models import Evaluation, EvaluationItem


@dataclass
class Line(reviewing.Line):
    """An item of the standard, with what the records say of it and the files kept with it."""

    counted: Counted | None = None
    files: Sequence[Attachment] = ()

    @property
    def effect(self) -> str:
        """What becomes of the points where it does not apply."""
        return self.indicator.effects[Standing.NOT_APPLICABLE].label

    @property
    def recorded(self) -> str:
        return in_words(self.source, self.counted.values) if self.counted else ""

    @property
    def formula(self) -> str:
        one = self.counted
        if one is None or one.numerator is None:
            return ""
        parts = [] if one.denominator is None else [f"{shown(one.numerator)} ÷ {shown(one.denominator)}"]
        if one.months:
            parts.append(_("%(months)d months, brought to a year") % {"months": one.months})
        return "; ".join(parts)


def parts_of(evaluation: Evaluation, user) -> list[Part[Line]]:
    """Every item side by side; as many questions for a standard of forty items as for one of four."""
    items = {item.code: item for item in evaluation.items.select_related("reviewed_by").order_by("pk")}
    files = files_of(items.values(), user)
    found = counted(evaluation)

    def line(indicator: Indicator, source: Source, item: EvaluationItem | None, asks: str) -> Line:
        kept = files.get(item.pk, ()) if item else ()
        return Line(indicator, source, item, asks, counted=found.get(indicator.code), files=kept)

    return side_by_side(evaluation.scheme.content, items, line)


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
