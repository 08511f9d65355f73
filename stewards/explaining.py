"""Every point of an evaluation in the reader's words: the score by its four parts, and each part down to what it was made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from culture_admin.scoring.explained import Explained, said_of, shown
from culture_admin.scoring.rules import in_points
from culture_admin.scoring.sources import Source
from culture_admin.scoring.table import Indicator
from culture_admin.scoring.values import NOTHING, Effect, Standing, carried
from stations.models import Station
from stewards.counting import MONTHS
from stewards.evaluating import BEST, FEW, LIMIT, PARTS, PUBLIC, QUALITY, QUANTITY, TOWNS, WHOLE, Delivered, computed
from stewards.models import Evaluation

LABELS = {
    QUANTITY: gettext_lazy("Quantity"),
    QUALITY: gettext_lazy("Quality by the standard"),
    TOWNS: gettext_lazy("Rating of the towns"),
    PUBLIC: gettext_lazy("Satisfaction of the public"),
}
OTHERS = {
    "spread": gettext_lazy("earned of what does not apply"),
    "level": gettext_lazy("taken away by the rule of the category"),
    "rounding": gettext_lazy("rounding"),
    LIMIT: gettext_lazy("beyond the ends of the scale, or vetoed"),
}
BY = {
    "review": pgettext_lazy("who says so", "by the review"),
    "claim": pgettext_lazy("who says so", "by the service provider, not reviewed yet"),
    "counted": pgettext_lazy("who says so", "counted from records"),
}


def workings_of(evaluation: Evaluation) -> dict[str, Any]:
    """How a concluded evaluation came to what it is, as it was kept; of all others as it stands now."""
    return evaluation.workings if evaluation.state == Evaluation.State.CONCLUDED else computed(evaluation).workings


def trees(evaluation: Evaluation, workings: Mapping[str, Any] | None = None) -> dict[str, Explained]:
    """The score's tree, and one of each part of which something is known: leaves add up to the root, to the last digit."""
    workings = workings_of(evaluation) if workings is None else workings
    found = {"score": _score(evaluation, workings)}
    makers = {QUANTITY: _quantity, QUALITY: _quality, TOWNS: _towns, PUBLIC: _public}
    known = [one["part"] for one in workings["shares"] if one["points"] is not None]
    return found | {name: makers[name](evaluation, workings) for name in PARTS if name in known}


def _score(evaluation: Evaluation, workings: Mapping[str, Any]) -> Explained:
    children = [_share(one) for one in workings["shares"]]
    total = Decimal(workings["score"] or 0)
    rounding = total - sum((one.points for one in children), NOTHING)
    if rounding:
        children.append(Explained("rounding", str(OTHERS["rounding"]), rounding))
    return Explained("score", str(evaluation), total, most=WHOLE, children=tuple(children))


def _share(one: Mapping[str, Any]) -> Explained:
    label = str(LABELS[one["part"]])
    if one["points"] is None:
        effect = _("Nothing is known; the other parts earn its share.") if one["share"] else ""
        return Explained("part", label, NOTHING, code=one["part"], most=NOTHING, effect=effect)
    points, effective = Decimal(one["points"]), Decimal(one["effective"])
    effect = ""
    if effective != one["share"]:
        effect = _("Agreed are %(share)d %%; with the share of what is not known it counts %(effective)s %%.")
        effect %= {"share": one["share"], "effective": shown(effective)}
    return Explained(
        "part",
        label,
        Decimal(one["earned"]),
        code=one["part"],
        most=effective,
        said=_("%(points)s of 100") % {"points": in_points(shown(points))},
        formula=f"{shown(points)} × {shown(effective)} %",
        effect=effect,
    )


def _quantity(evaluation: Evaluation, workings: Mapping[str, Any]) -> Explained:
    lines = [
        Delivered(**{**one, "agreed": Decimal(one["agreed"]), "done": Decimal(one["done"])})
        for one in workings[QUANTITY]
    ]
    weights = sum(one.weight for one in lines)
    children = tuple(
        Explained(
            "line",
            one.label,
            one.earned(weights),
            most=carried(WHOLE * one.weight / weights),
            said=_("%(done)s of %(target)s %(unit)s")
            % {"done": shown(one.done), "target": shown(one.target), "unit": one.unit},
            formula=_("target of the time: %(agreed)s × %(days)d ÷ %(whole)d days")
            % {"agreed": shown(one.agreed), "days": one.days, "whole": one.whole},
            source=ngettext("%(number)d record", "%(number)d records", one.records) % {"number": one.records},
            counted=True,
        )
        for one in lines
    )
    return _part(QUANTITY, children)


def _quality(evaluation: Evaluation, workings: Mapping[str, Any]) -> Explained:
    body = evaluation.scheme.content
    indicators = {one.code: one for _section, one in body.table.indicators()}
    vetoes = workings[QUALITY]["vetoes"]
    branches = []
    for section in body.table.sections:
        leaves = [leaf for leaf in workings[QUALITY]["leaves"] if leaf["section"] == section.code]
        children = tuple(_leaf(leaf, indicators, body.sources) for leaf in leaves)
        points = sum((one.points for one in children), NOTHING)
        branches.append(
            Explained(
                "section", str(section.label), points, code=section.code, most=section.weight, children=children,
                rule=_("; ").join(rule.formula for rule in section.levels),
            )
        )  # fmt: skip
    others = [_leaf(leaf, indicators, body.sources) for leaf in workings[QUALITY]["leaves"] if not leaf["section"]]
    effect = _("Ruled out by %(codes)s.") % {"codes": ", ".join(vetoes)} if vetoes else ""
    return _part(QUALITY, (*branches, *others), effect)


def _leaf(leaf: Mapping[str, Any], indicators: Mapping[str, Indicator], sources: Mapping[str, Source]) -> Explained:
    points = Decimal(leaf["points"])
    if "code" not in leaf:
        return Explained(leaf["kind"], str(OTHERS[leaf["kind"]]), points)
    indicator, source = indicators[leaf["code"]], sources[leaf["code"]]
    standing = Standing(leaf["standing"])
    return Explained(
        leaf["kind"],
        str(indicator.label),
        points,
        code=indicator.code,
        most=indicator.points,
        part=indicator.part.label,
        rule=f"{indicator.rule.method.code} {indicator.formula}",
        source=f"{source.said()} · {BY[leaf['by']]}" if not source.is_counted else source.said(),
        standing=standing.label,
        said=said_of(source, standing, [Decimal(number) for number in leaf["numbers"]]),
        formula=_formula(leaf),
        effect=Effect(leaf["effect"]).label if leaf["effect"] else "",
        counted=source.is_counted,
    )


def _formula(leaf: Mapping[str, Any]) -> str:
    """What a counted number was made of, and that it was brought to a whole year."""
    parts = []
    above, below = (None if leaf[name] is None else Decimal(leaf[name]) for name in ("numerator", "denominator"))
    if above is not None and below is not None:
        parts.append(f"{shown(above)} ÷ {shown(below)}")
    if leaf["months"] and above is not None:
        text = _("%(number)s in %(months)d months, brought to a year: × %(whole)d ÷ %(months)d")
        parts.append(text % {"number": shown(above), "months": leaf["months"], "whole": MONTHS})
    return "; ".join(parts)


def _towns(evaluation: Evaluation, workings: Mapping[str, Any]) -> Explained:
    rows = workings[TOWNS]
    names = {
        one.pk: one.name
        for one in Station.objects.filter(pk__in=[row["station"] for row in rows]).select_related("unit")
    }
    given = [row for row in rows if row["points"] is not None]
    children = tuple(_town(row, names.get(row["station"], ""), len(given)) for row in rows)
    return _whole(TOWNS, children, _of(workings, TOWNS))


def _town(row: Mapping[str, Any], name: str, given: int) -> Explained:
    if row["points"] is None:
        return Explained("town", name, NOTHING, said=_("has not rated"))
    said = _("%(points)d of 5") % {"points": row["points"]}
    return Explained(
        "town",
        name,
        carried(WHOLE * row["points"] / BEST / given),
        most=carried(WHOLE / given),
        said=f"{said} · {row['comment']}" if row["comment"] else said,
    )


def _public(evaluation: Evaluation, workings: Mapping[str, Any]) -> Explained:
    said = workings[PUBLIC]
    mean = Decimal(said["points"]) / said["answers"]
    text = ngettext(
        "%(mean)s of 5, the mean of %(number)d answer", "%(mean)s of 5, the mean of %(number)d answers", said["answers"]
    )
    few = _("Fewer than %(few)d answers: it says little.") % {"few": FEW} if said["few"] else ""
    leaf = Explained(
        "answers",
        str(_("Residents’ ratings of the contract’s activities")),
        _of(workings, PUBLIC),
        most=WHOLE,
        said=text % {"mean": shown(mean), "number": said["answers"]},
        formula=_("points ÷ answers ÷ 5 × 100; “I cannot say” is no answer"),
        effect=few,
        counted=True,
    )
    return _part(PUBLIC, (leaf,))


def _of(workings: Mapping[str, Any], part: str) -> Decimal:
    return next(Decimal(one["points"]) for one in workings["shares"] if one["part"] == part)


def _whole(name: str, children: Sequence[Explained], points: Decimal) -> Explained:
    """A part whose children may miss it by the last digit that is carried."""
    rest = points - sum((one.points for one in children), NOTHING)
    rounding = (Explained("rounding", str(OTHERS["rounding"]), rest),) if rest else ()
    return _part(name, (*children, *rounding))


def _part(name: str, children: Sequence[Explained], effect: str = "") -> Explained:
    points = sum((one.points for one in children), NOTHING)
    return Explained("part", str(LABELS[name]), points, code=name, most=WHOLE, effect=effect, children=tuple(children))
