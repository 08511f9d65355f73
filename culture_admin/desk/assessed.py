"""What the page of a self-assessment shows: indicator by indicator what is asked, what stands there, and what it would earn now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.actions.counted import Counted
from assessments.models import Assessment, Evidence, Item
from culture_admin.desk.forms.assessments import ClaimForm
from culture_admin.scoring.body import Body
from culture_admin.scoring.computing import scores
from culture_admin.scoring.explained import in_words, shown
from culture_admin.scoring.rules import Takes
from culture_admin.scoring.sources import Source
from culture_admin.scoring.table import Indicator, Part, Section
from culture_admin.scoring.tree import Node
from culture_admin.scoring.values import NOT_RECORDED, NOTHING, Effect, Value


@dataclass(frozen=True)
class Line:
    """One indicator of an assessment.

    number, formula: of a counted one the live number and what it is made of. said: of a judged one what the town says. reviewed:
    what the review makes of it. points: what that earns now; None where it depends on the others. form: to say it, for whoever may.
    """

    indicator: Indicator
    source: Source
    item: Item
    wanted: str
    check: str
    number: str
    formula: str
    said: str
    reviewed: str
    points: Decimal | None
    effect: str
    evidence: Sequence[Evidence]
    form: ClaimForm | None = None

    @property
    def is_counted(self) -> bool:
        return self.source.is_counted

    @property
    def is_relative(self) -> bool:
        """Whether its points depend on what the others of the group have."""
        return self.indicator.rule.method.takes == Takes.PEERS

    @property
    def is_asked(self) -> bool:
        """Whether the town has to say something before it hands over."""
        return self.indicator.part == Part.BASE and not self.is_counted

    @property
    def wants_evidence(self) -> bool:
        """Whether a file is asked for, by what is said."""
        said_no = self.item.is_claimed and not any(value.number for value in self.item.claim)
        return bool(self.wanted) and not self.is_counted and not said_no


@dataclass(frozen=True)
class Sheet:
    """All indicators by section, and how far the town has come."""

    sections: list[tuple[Section, list[Line]]]

    @property
    def lines(self) -> Iterator[Line]:
        for _section, lines in self.sections:
            yield from lines

    @property
    def asked(self) -> int:
        return sum(line.is_asked for line in self.lines)

    @property
    def answered(self) -> int:
        return sum(line.is_asked and line.item.is_claimed for line in self.lines)

    @property
    def wanted(self) -> int:
        return sum(line.wants_evidence for line in self.lines)

    @property
    def evidenced(self) -> int:
        return sum(line.wants_evidence and bool(line.evidence) for line in self.lines)

    @property
    def points(self) -> Decimal:
        """What is sure by now: without what depends on the others."""
        return sum((line.points for line in self.lines if line.points is not None), NOTHING)

    @property
    def open(self) -> Decimal:
        """The points that only the comparison with the others decides."""
        return sum((line.indicator.points or NOTHING for line in self.lines if line.is_relative), NOTHING)


def sheet_of(assessment: Assessment, found: Mapping[str, Counted], *, writes: bool) -> Sheet:
    """All lines of an assessment, read with its items, from one reading of what is counted. writes: the reader fills it in."""
    body: Body = assessment.cycle.scheme.content
    items = {item.code: item for item in assessment.items.all()}
    nodes = _nodes(body, items, found)
    sections = []
    for section in body.table.sections:
        lines = [
            line_of(one, body, items[one.code], found.get(one.code), nodes.get(one.code), writes=writes)
            for one in section.indicators
            if one.code in items
        ]
        sections.append((section, lines))
    return Sheet(sections)


def line_of(
    indicator: Indicator, body: Body, item: Item, found: Counted | None, node: Node | None, *, writes: bool
) -> Line:
    source = body.sources[indicator.code]
    values = found.values if found else (NOT_RECORDED,)
    check = body.checks.get(indicator.code)
    form = ClaimForm(item=item, indicator=indicator, source=source) if writes and not source.is_counted else None
    return Line(
        indicator=indicator,
        source=source,
        item=item,
        wanted=body.evidence.get(indicator.code, ""),
        check=check.label if check and not source.is_counted else "",
        number=in_words(source, values) if source.is_counted else "",
        formula=_formula(found) if found else "",
        said=in_words(source, item.claim) if item.is_claimed else "",
        reviewed=in_words(source, item.review) if item.reviewed else "",
        points=_points(indicator, node),
        effect=_effect(item, source, node),
        evidence=[one for one in item.evidence.all() if not one.withdrawn],
        form=form,
    )


def node_of(body: Body, item: Item, found: Counted | None) -> Node | None:
    """What one item would earn now."""
    return _nodes(body, {item.code: item}, {item.code: found} if found else {}).get(item.code)


def _nodes(body: Body, items: Mapping[str, Item], found: Mapping[str, Counted]) -> dict[str, Node]:
    """The leaves of a score of one town alone, by what is counted and what it says."""
    values: dict[str, tuple[Value, ...]] = {code: item.claim for code, item in items.items()}
    values |= {code: one.values for code, one in found.items()}
    (score,) = scores(body.table, {0: values}).values()
    return {node.indicator.code: node for node in score.tree.leaves() if node.indicator}


def _points(indicator: Indicator, node: Node | None) -> Decimal | None:
    if node is None or indicator.rule.method.takes == Takes.PEERS:
        return None
    return node.points


def _effect(item: Item, source: Source, node: Node | None) -> str:
    """What is made of a value that is not there; of what the town has still to say, nothing yet."""
    if node is None or node.effect in (None, Effect.AS_ZERO) or not (source.is_counted or item.is_claimed):
        return ""
    return Effect(node.effect).label


def _formula(found: Counted) -> str:
    if found.fails:
        return _("There is no denominator to divide by.")
    if found.numerator is None or found.denominator is None:
        return ""
    return f"{shown(found.numerator)} ÷ {shown(found.denominator)}"
