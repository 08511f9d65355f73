"""What an evaluation comes to: quantity, quality, the towns' rating and the public's, each of 100 points, and the score of the
four by the contract's shares. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from culture_admin.scoring.body import Body
from culture_admin.scoring.computing import scores
from culture_admin.scoring.methods import surveyed
from culture_admin.scoring.tree import Kind, Node
from culture_admin.scoring.values import NOTHING, Standing, Value, carried
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from stewards.burning import done_by_line
from stewards.counting import Counted, counted, months_of, narrowed, stations_of, where_of
from stewards.models import Evaluation, EvaluationItem, TownRating

WHOLE, BEST = Decimal(100), Decimal(5)
SCORE = Decimal("0.01")
# Of so few answers a mean says little; it is counted, and marked.
FEW = 10
ANSWERS, ANSWER_POINTS = "activities.ratings", "activities.rating_points"
QUANTITY, QUALITY, TOWNS, PUBLIC = PARTS = ("quantity", "quality", "towns", "public")
REVIEWED, CLAIMED, COUNTED = "review", "claim", "counted"
# What a veto, or an end of the scale, takes away.
LIMIT = "limit"


@dataclass(frozen=True)
class Computed:
    """What an evaluation comes to. Parts are exact points of 100, None where nothing is known; workings: how, as plain JSON."""

    quantity: Decimal | None
    quality: Decimal | None
    towns: Decimal | None
    public: Decimal | None
    score: Decimal | None
    workings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A service line in an evaluation's time. agreed, done: in the unit of its measure; days: those of the line's `whole` days
    that lie in the evaluation's.
    """

    line: int
    label: str
    unit: str
    weight: int
    agreed: Decimal
    days: int
    whole: int
    done: Decimal
    records: int = 0

    @property
    def target(self) -> Decimal:
        """What was to be done in the time, if every day brings the same."""
        return carried(self.agreed * self.days / self.whole)

    def earned(self, weights: int) -> Decimal:
        """Its points of 100, among lines of so much weight together."""
        share = min(Decimal(1), self.done * self.whole / (self.agreed * self.days))
        return carried(WHOLE * self.weight * share / weights)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the score. share: as agreed; effective: with what it takes over of parts of which nothing is known."""

    part: str
    share: int
    effective: Decimal
    points: Decimal | None
    earned: Decimal


def computed(evaluation: Evaluation) -> Computed:
    """The live numbers of an evaluation: what is reviewed, and where nothing is yet, what the firm says."""
    contract = evaluation.contract
    quality, of_quality = quality_of(evaluation)
    lines = list(delivered(evaluation))
    ratings = list(evaluation.ratings.order_by("station__division__code", "station"))
    of_public = public_of(evaluation)
    points = {
        QUANTITY: quantity_of(lines),
        QUALITY: quality,
        TOWNS: mean_of(one.points for one in ratings if one.points is not None),
        PUBLIC: _surveyed(of_public["points"], of_public["answers"]),
    }
    agreed = {name: getattr(contract, f"{name}_share") for name in PARTS}
    shares, score = score_of(agreed, points)
    workings = {
        "first": str(evaluation.first),
        "last": str(evaluation.last),
        "months": months_of(evaluation),
        QUALITY: of_quality,
        QUANTITY: [asdict(one) for one in lines],
        TOWNS: [_rating(one) for one in ratings],
        PUBLIC: of_public,
        "shares": [asdict(one) for one in shares],
        "score": score,
    }
    return Computed(**points, score=score, workings=_plain(workings))


def score_of(agreed: Mapping[str, int], points: Mapping[str, Decimal | None]) -> tuple[list[Share], Decimal | None]:
    """The four parts by their shares, and the score, rounded half up once. The share of a part of which nothing is known is earned
    by the others in proportion; None where nothing at all is known.
    """
    known = sum(agreed[name] for name in PARTS if points[name] is not None)
    shares, total = [], NOTHING
    for name in PARTS:
        own = points[name]
        if own is None or not known:
            shares.append(Share(name, agreed[name], NOTHING, own, NOTHING))
            continue
        total += own * agreed[name]
        effective = carried(WHOLE * agreed[name] / known)
        shares.append(Share(name, agreed[name], effective, own, carried(own * agreed[name] / known)))
    return shares, (total / known).quantize(SCORE, ROUND_HALF_UP) if known else None


def quality_of(evaluation: Evaluation) -> tuple[Decimal, dict[str, Any]]:
    """Points by the standard, before any rounding, and the leaves they are made of. What is vetoed earns nothing; nobody earns less than
    that, nor more than all of them.
    """
    body = evaluation.scheme.content
    found = counted(evaluation)
    values, by = judged(body, evaluation.items.order_by("pk"))
    given: Any = {code: one.values for code, one in found.items()} | values
    score = scores(body.table, {evaluation.pk: given})[evaluation.pk]
    leaves = [_leaf(node, section, found, by) for section, node in _leaves(score.tree)]
    exact = sum((Decimal(leaf["points"]) for leaf in leaves), NOTHING)
    vetoes = [one.code for one in score.vetoes]
    quality = NOTHING if vetoes else min(WHOLE, max(NOTHING, exact))
    if quality != exact:
        leaves.append({"kind": LIMIT, "section": "", "points": str(quality - exact)})
    return quality, {"leaves": leaves, "vetoes": vetoes}


def judged(body: Body, items: Iterable[EvaluationItem]) -> tuple[dict[str, tuple[Value, ...]], dict[str, str]]:
    """By the code of the item what is said of it, and who says so: the review, and before it the firm."""
    values: dict[str, tuple[Value, ...]] = {}
    by: dict[str, str] = {}
    for item in items:
        by[item.code] = REVIEWED if item.reviewed else CLAIMED
        values[item.code] = item.review if item.reviewed else item.claim
    unsaid = {one.code for _section, one in body.table.indicators() if not body.sources[one.code].is_counted}
    return {code: one for code, one in values.items() if code in unsaid}, by


def delivered(evaluation: Evaluation) -> Iterator[Delivered]:
    """The service lines whose time meets the evaluation's: what was to be done in it by the days they share, and what was done."""
    contract = evaluation.contract
    done = done_by_line(contract, evaluation.first, evaluation.last)
    for line in contract.lines.prefetch_related("supplements").order_by("number"):
        days = _days(max(line.first, evaluation.first), min(line.last, evaluation.last))
        if not days:
            continue
        amount, records = done.get(line.pk, (0, 0))
        yield Delivered(
            line.pk,
            str(line),
            str(line.unit),
            line.weight,
            line.agreed,
            days,
            _days(line.first, line.last),
            carried(Decimal(amount) / line.per),
            records,
        )


def quantity_of(lines: Sequence[Delivered]) -> Decimal | None:
    """By weight as large a part of each line's points as was done of its target, no more than all of them; of 100."""
    weights = sum(one.weight for one in lines)
    if not weights:
        return None
    return sum((one.earned(weights) for one in lines), NOTHING)


def mean_of(points: Iterable[int]) -> Decimal | None:
    """The mean of ratings from 1 to 5 as points of 100; None where nobody has rated."""
    given = list(points)
    return _surveyed(sum(given), len(given))


def public_of(evaluation: Evaluation) -> dict[str, Any]:
    """What residents say of the contract's activities: the number of their answers, and the sum of their points."""
    contract = evaluation.contract
    where = narrowed(contract, stations_of(contract), ANSWER_POINTS)
    period = Period(evaluation.first, evaluation.last)
    total = read([ANSWERS, ANSWER_POINTS], period=period, where=where_of(where.items()), exact=True).total
    answers, points = (int(total.values[code] or 0) for code in (ANSWERS, ANSWER_POINTS))
    return {"answers": answers, "points": points, "few": answers < FEW}


def _surveyed(points: int, answers: int) -> Decimal | None:
    return surveyed(Decimal(points) / answers, best=BEST, full=WHOLE) if answers else None


def _days(first: date, last: date) -> int:
    return max(0, (last - first).days + 1)


def _leaves(tree: Node) -> Iterator[tuple[str, Node]]:
    """What a score is made of, before it is rounded."""
    for child in tree.children:
        if child.kind == Kind.ROUNDING:
            continue
        for node in child.children or (() if child.kind == Kind.SECTION else (child,)):
            yield child.section.code if child.section else "", node


def _leaf(node: Node, section: str, found: Mapping[str, Counted], by: Mapping[str, str]) -> dict[str, Any]:
    leaf: dict[str, Any] = {"kind": str(node.kind), "section": section, "points": str(node.points)}
    if node.indicator is None:
        return leaf
    code = node.indicator.code
    known = [value for value in node.values if value.number is not None]
    standing = (known or node.values)[0].standing if node.values else Standing.NOT_RECORDED
    one = found.get(code)
    return leaf | {
        "code": code,
        "standing": str(standing),
        "numbers": [value.number for value in known],
        "effect": str(node.effect or ""),
        "by": COUNTED if one else by.get(code, CLAIMED),
        "numerator": one.numerator if one else None,
        "denominator": one.denominator if one else None,
        "months": one.months if one else 0,
    }


def _rating(one: TownRating) -> dict[str, Any]:
    return {"station": one.station_id, "points": one.points, "comment": one.comment}


def _plain(value: Any) -> Any:
    """As JSON keeps it: numbers as people write them, so that what is read back is what was computed."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
