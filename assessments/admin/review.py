"""The page of a town's review: every item as the town says it, as records say it, as the review and the assessors found it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.actions.checklist import values_of
from assessments.actions.counted import Counted
from assessments.actions.items import REVIEW, REVIEWED_IN
from assessments.admin.year import until_now
from assessments.agreement import Agreement, agreed
from assessments.models import Assessment, Evidence, Item, Mark, PanelSeat
from culture_admin.accounts.asking import ask
from culture_admin.scoring import reviewing
from culture_admin.scoring.explained import in_words, shown
from culture_admin.scoring.reviewing import Part, side_by_side
from culture_admin.scoring.sources import Check, Source
from culture_admin.scoring.table import Indicator
from culture_admin.scoring.values import Standing


@dataclass(frozen=True)
class Found:
    """What one assessor found of an indicator, and whether it was left out of what they agree on."""

    name: str
    said: str
    note: str
    dropped: bool


@dataclass
class Line(reviewing.Line):
    """An indicator of a town, with its evidence, what the records say of it, and what assessors found."""

    check: Check | None = None
    evidence: Sequence[tuple[Evidence, bool]] = ()
    counted: Counted | None = None
    found: Sequence[Found] = ()
    agreement: Agreement | None = None

    @property
    def is_on_site(self) -> bool:
        return self.check == Check.ON_SITE and not self.source.is_counted

    @property
    def is_judged(self) -> bool:
        """Neither a count nor what assessors find."""
        return super().is_judged and not self.is_on_site

    @property
    def recorded(self) -> str:
        """What the records say."""
        if self.counted is None:
            return Standing.NOT_RECORDED.label
        return in_words(self.source, self.counted.values)

    @property
    def formula(self) -> str:
        one = self.counted
        if one is None or one.numerator is None or (one.denominator is None and not one.fails):
            return ""
        return f"{shown(one.numerator)} ÷ {shown(one.denominator) or '—'}"

    @property
    def fails(self) -> bool:
        return bool(self.counted and self.counted.fails)

    @property
    def agreed(self) -> str:
        return in_words(self.source, (self.agreement.value,)) if self.agreement else ""


def parts_of(assessment: Assessment, user) -> list[Part[Line]]:
    """Every item side by side, with what the reader may see of the panel; as many questions for forty indicators as for four."""
    scheme = assessment.cycle.scheme
    items = {item.code: item for item in assessment.items.select_related("reviewed_by")}
    evidence = _evidence(assessment)
    values = values_of(assessment, until_now(assessment.cycle))
    seats = PanelSeat.objects.visible_to(user).filter(assessment=assessment, state__in=PanelSeat.SITTING)
    marks = _marks(seats)

    def line(indicator: Indicator, source: Source, item: Item | None, asks: str) -> Line:
        code, given = indicator.code, marks.get(indicator.code, ())
        agreement = agreed(indicator, [mark.values for mark in given], scheme.spread) if given else None
        return Line(
            indicator,
            source,
            item,
            asks,
            check=scheme.content.checks.get(code),
            evidence=evidence.get(code, ()),
            counted=values.get(code),
            found=[
                Found(mark.seat.assessor.name, in_words(source, mark.values), mark.note, at in agreement.dropped)
                for at, mark in enumerate(given)
            ],
            agreement=agreement,
        )

    return side_by_side(scheme.content, items, line)


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


def _evidence(assessment: Assessment) -> dict[str, list[tuple[Evidence, bool]]]:
    """By indicator the files that are shown, each with whether it is of another year."""
    rows = Evidence.objects.filter(item__assessment=assessment, withdrawn=False)
    found: dict[str, list[tuple[Evidence, bool]]] = defaultdict(list)
    for one in rows.select_related("attachment", "item").order_by("pk"):
        strange = bool(one.happened_on and one.happened_on.year != assessment.cycle.year)
        found[one.item.code].append((one, strange))
    return found


def _marks(seats: QuerySet[PanelSeat]) -> Mapping[str, list[Mark]]:
    """By indicator what was found, in the order of the seats."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in Mark.objects.filter(seat__in=seats).select_related("seat__assessor").order_by("seat_id"):
        found[mark.code].append(mark)
    return found
