"""The years of those assessed: how far each has come, who has to do what until when, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessments.models import Assessment, Computation, Cycle, Item, Result
from culture_admin.scoring.table import Part

S = Assessment.State


@dataclass(frozen=True)
class Year:
    """One assessment: what is to do now, until when, and the result that is shown last."""

    assessment: Assessment
    todo: str
    due: date | None
    result: Result | None


def years_of(user, rows: Sequence[Assessment]) -> list[Year]:
    """So many queries however many there are."""
    shown = Result.objects.visible_to(user).filter(assessment__in=rows, computation__shown_at__isnull=False)
    results = {one.assessment_id: one for one in shown.select_related("computation").order_by("computation__number")}
    said = _said(rows)
    return [Year(one, _todo(one, said.get(one.pk)), _due(one), results.get(one.pk)) for one in rows]


def rankings_of(user, cycles: Sequence[Cycle]) -> list[Computation]:
    """The rankings that are shown, the newest first: half-yearly ones, the totals, and what they were corrected to."""
    rows = Computation.objects.visible_to(user).filter(cycle__in=cycles, shown_at__isnull=False)
    return list(rows.select_related("cycle__scheme").order_by("-cycle__scheme__year", "-cycle", "-number"))


def _said(rows: Sequence[Assessment]) -> dict[int, tuple[int, int]]:
    """Of each that is still written, of how many items that are asked something is said."""
    written = {one.pk: one for one in rows if one.state in Assessment.WRITTEN}
    claimed: dict[int, set[str]] = defaultdict(set)
    items = Item.objects.filter(assessment__in=list(written)).exclude(claimed="")
    for pk, code in items.values_list("assessment_id", "code"):
        claimed[pk].add(code)
    asked: dict[int, set[str]] = {}
    for one in written.values():
        if one.cycle_id not in asked:
            body = one.cycle.scheme.content
            asked[one.cycle_id] = {
                each.code
                for _section, each in body.table.indicators()
                if each.part == Part.BASE and not body.sources[each.code].is_counted
            }
    return {pk: (len(claimed[pk] & asked[one.cycle_id]), len(asked[one.cycle_id])) for pk, one in written.items()}


def _todo(one: Assessment, said: tuple[int, int] | None) -> str:
    if said is not None:
        text = _("Self-assessment: %(said)d of %(asked)d said") % {"said": said[0], "asked": said[1]}
        return f"{_('It came back.')} {text}" if one.state == S.RETURNED else text
    return {
        S.DECLARED: _("The town seals it, or sends it back."),
        S.SEALED: _("The bureau makes the first review."),
        S.ACCEPTED: _("Assessors come and look on the spot."),
        S.CHECKED: _("The totals are drawn up."),
        S.PUBLICISED: _("Look at the result; object while it is shown."),
    }.get(S(one.state), "")


def _due(one: Assessment) -> date | None:
    if one.state in (*Assessment.WRITTEN, S.DECLARED):
        return one.cycle.self_until
    return one.cycle.objections_until if one.state == S.PUBLICISED else None
