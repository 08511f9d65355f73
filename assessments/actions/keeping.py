"""What was computed, kept row by row, and asked again for ever: the same bytes, or what differs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any

from django.db.models import Max

from assessments.actions.computing import Standings, Values, collected_later
from assessments.actions.counted import Counted
from assessments.models import Assessment, Computation, Cycle, IndicatorScore, Result
from culture_admin.scoring.computing import scores
from culture_admin.scoring.table import Indicator, Part, Table
from culture_admin.scoring.tree import Kind, Node
from culture_admin.scoring.values import Standing, Value
from culture_admin.statistics.models import Snapshot
from culture_admin.statistics.snapshots import plain
from culture_admin.workflow.bulk import copy_rows, reserve_keys

# A leaf as it is kept: what it is, what it was judged by, and what it earned.
LEAF = (
    "node", "section", "code", "standing", "numbers", "numerator", "denominator", "yardstick", "effect", "points",
)  # fmt: skip
RESULT = ("total", "place", "among", "title", "known", "asked", "vetoes")
# The members of LEAF, and of RESULT, in their order.
Line = tuple[Any, ...]
CODE, STANDING, NUMBERS = (LEAF.index(name) for name in ("code", "standing", "numbers"))


@collected_later()
def store(
    cycle: Cycle, made: Standings, snapshot: Snapshot, *, kind: str, until: date, actor, at: datetime, reason: str = ""
) -> Computation:
    """Keeps what was computed, row by row; a handful of statements however many are assessed."""
    results = [(one, _result(made, one), list(_leaves(made, one.pk))) for one in made.assessments]
    last = Computation.objects.filter(cycle=cycle).aggregate(last=Max("number"))["last"] or 0
    computation = Computation.objects.create(
        cycle=cycle,
        scheme=cycle.scheme,
        number=last + 1,
        kind=kind,
        until=until,
        reason=reason,
        snapshot=snapshot,
        digest=digest_of(_written((one.unit_id, result, lines) for one, result, lines in results)),
        taken_at=at,
        taken_by=actor,
    )
    keys = reserve_keys(Result, len(results))
    own = {
        "id": keys,
        "computation_id": [computation.pk] * len(keys),
        "assessment_id": [one.pk for one, *_of in results],
    }
    own["earned"] = list(map(_encoder().encode, (made.scores[one.pk].earned for one, *_of in results)))
    copy_rows(Result, own | _columns(RESULT, [result for _one, result, _lines in results]))
    of = [key for key, (_one, _result_of, lines) in zip(keys, results, strict=True) for _line in lines]
    copy_rows(IndicatorScore, {"result_id": of} | _columns(LEAF, [line for *_of, lines in results for line in lines]))
    return computation


def content_of(computation: Computation) -> str:
    """Everything the computation came to, as the same text for ever; its SHA-256 is the computation's digest."""
    return _written(_kept(computation))


def digest_of(content: str) -> str:
    return sha256(content.encode()).hexdigest()


def is_intact(computation: Computation) -> bool:
    """Whether what is kept still is what was computed."""
    return digest_of(content_of(computation)) == computation.digest


@dataclass(frozen=True, slots=True)
class Deviation:
    """A score that comes out otherwise when it is computed again from the values it was kept with."""

    unit_id: int
    kept: Decimal
    again: Decimal


def deviations(computation: Computation) -> list[Deviation]:
    """The scores computed again, from the kept values and the scheme; empty where they are the same to the last digit."""
    table = computation.scheme.content.table
    groups: dict[str, dict[int, Values]] = defaultdict(dict)
    totals: dict[int, Decimal] = {}
    named = dict(computation.results.values_list("assessment__unit_id", "assessment__group"))
    for unit, result, lines in _kept(computation):
        totals[unit] = result[0]
        groups[named[unit]][unit] = {line[CODE]: _values(line) for line in lines if line[CODE]}
    found = []
    for given in groups.values():
        again: Any = scores(table, given)
        found += [
            Deviation(unit, totals[unit], score.total) for unit, score in again.items() if score.total != totals[unit]
        ]
    return found


def _kept(computation: Computation) -> Iterator[tuple[int, Line, list[Line]]]:
    """What is kept of each unit: the key of the unit, its result, and the leaves in their order."""
    leaves: dict[int, list[Line]] = defaultdict(list)
    scored = IndicatorScore.objects.filter(result__computation=computation).order_by("pk")
    for result, *line in scored.values_list("result_id", *LEAF):
        leaves[result].append(tuple(line))
    rows = computation.results.order_by("assessment__unit_id").values_list("pk", "assessment__unit_id", *RESULT)
    for pk, unit, *result in rows:
        yield unit, tuple(result), leaves[pk]


def _written(results: Iterable[tuple[int, Line, Sequence[Line]]]) -> str:
    """One line of JSON for each unit, by its key."""
    encode = _encoder().encode
    return "\n".join(encode([unit, *result, lines]) for unit, result, lines in sorted(results, key=lambda one: one[0]))


def _encoder() -> json.JSONEncoder:
    """Writes numbers as plain text, each put into digits once."""
    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=cache(plain))


def _columns(names: Sequence[str], lines: Sequence[Line]) -> dict[str, Sequence[Any]]:
    """The members of the lines by their names."""
    return dict(zip(names, zip(*lines, strict=True), strict=True)) if lines else dict.fromkeys(names, ())


def _values(line: Line) -> tuple[Value, ...]:
    """What an indicator was judged by; of several values, quarters or results, those that were known."""
    return tuple(map(Value.of, line[NUMBERS])) or (Value(Standing(line[STANDING])),)


def _result(made: Standings, assessment: Assessment) -> Line:
    score, ranking = made.scores[assessment.pk], made.rankings[assessment.group]
    place = ranking.of(assessment.pk)
    return (
        score.total,
        place.place if place else None,
        len(ranking.places),
        made.titles.get(assessment.pk, ""),
        made.known[assessment.pk],
        len(made.asked),
        tuple(one.code for one in score.vetoes),
    )


def _leaves(made: Standings, assessment: int) -> Iterator[Line]:
    """The leaves of a score's tree as rows; a veto earns nothing and is kept with what it was judged by.

    A first-level indicator that holds nothing but vetoes has no branches, and is no leaf for that.
    """
    found, values = made.counted[assessment], made.values[assessment]
    for child in made.scores[assessment].tree.children:
        for node in child.children or (() if child.kind == Kind.SECTION else (child,)):
            yield _leaf(node, child.section.code if child.section else "", found)
    for section, indicator in _vetoes(made.body.table):
        node = Node(Kind.INDICATOR, Decimal(0), None, indicator, values[indicator.code])
        yield _leaf(node, section, found)


def _vetoes(table: Table) -> Iterator[tuple[str, Indicator]]:
    for section, indicator in table.indicators():
        if indicator.part == Part.VETO:
            yield section.code, indicator


def _leaf(node: Node, section: str, found: Mapping[str, Counted]) -> Line:
    code = node.indicator.code if node.indicator else ""
    one = found.get(code)
    return (
        str(node.kind),
        section,
        code,
        _standing(node.values) if code else "",
        tuple([value.number for value in node.values if value.number is not None]),
        one.numerator if one else None,
        one.denominator if one else None,
        node.yardstick,
        str(node.effect) if node.effect else "",
        node.points,
    )


def _standing(values: Sequence[Value]) -> str:
    """Of several values that of the first that is known."""
    for value in values:
        if value.number is not None:
            return str(value.standing)
    return str(values[0].standing) if values else str(Standing.NOT_RECORDED)
