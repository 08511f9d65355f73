"""A score that explains itself: the tree from the total down to the records that were counted, and those that were not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from assessments.models import Assessment, Cycle, IndicatorScore, Result
from culture_admin.scoring.body import Body
from culture_admin.scoring.explained import Explained, said_of, shown
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.sources import Source, metrics_of
from culture_admin.scoring.table import Indicator, Part, Section
from culture_admin.scoring.values import NOTHING, Effect, Standing
from culture_admin.statistics.behind import Behind, amounts_of, rows_behind
from culture_admin.statistics.periods import Period
from culture_admin.statistics.register import METRICS, STATION
from culture_admin.workflow.models import Decision

Node = IndicatorScore.Node


def explained(result: Result) -> Explained:
    """The tree of a result; its leaves add up to the total, to the last digit."""
    scheme = result.computation.scheme
    body = scheme.content
    lines: dict[str, list[IndicatorScore]] = defaultdict(list)
    for line in result.scores.order_by("pk"):
        lines[line.section].append(line)
    indicators = {one.code: one for _section, one in body.table.indicators()}
    branches = [_branch(section, lines[section.code], indicators, body) for section in body.table.sections]
    others = [_other(line) for line in lines[""]]
    return Explained(
        "score",
        str(result.assessment.unit.name),
        result.total,
        most=scheme.total,
        children=(*branches, *others),
    )


def _branch(
    section: Section, lines: Sequence[IndicatorScore], indicators: dict[str, Indicator], body: Body
) -> Explained:
    children = tuple(_leaf(line, indicators[line.code], body) if line.code else _other(line) for line in lines)
    return Explained(
        "section",
        str(section.label),
        sum((child.points for child in children), NOTHING),
        code=section.code,
        most=section.weight,
        rule=_("; ").join(rule.formula for rule in section.levels),
        children=children,
    )


def _leaf(line: IndicatorScore, indicator: Indicator, body: Body) -> Explained:
    source = body.sources[indicator.code]
    standing = Standing(line.standing) if line.standing else Standing.NOT_RECORDED
    return Explained(
        line.node,
        str(indicator.label),
        line.points,
        code=indicator.code,
        most=indicator.points,
        part=indicator.part.label,
        rule=f"{indicator.rule.method.code} {indicator.formula}",
        source=source.said(),
        standing=standing.label,
        said=said_of(source, standing, line.numbers),
        formula=_formula(line),
        effect=Effect(line.effect).label if line.effect else "",
        counted=source.is_counted,
        vetoed=indicator.part == Part.VETO and any(line.numbers),
    )


def _other(line: IndicatorScore) -> Explained:
    return Explained(line.node, str(line.get_node_display()), line.points)


def _formula(line: IndicatorScore) -> str:
    """What the number was made of."""
    parts = []
    if line.denominator is not None and line.numerator is not None and line.numbers:
        parts.append(f"{shown(line.numerator)} ÷ {shown(line.denominator)}")
    if line.yardstick is not None:
        parts.append(_("compared with %(number)s in the group") % {"number": shown(line.yardstick)})
    return _("; ").join(parts)


@dataclass(frozen=True)
class Records:
    """The rows behind one part of a number. late: keys of those on which something was decided after the number was frozen."""

    metric: str
    label: str
    behind: Behind
    late: frozenset[int]


def records_of(result: Result, code: str, user) -> list[Records]:
    """The rows behind a counted indicator, as far as the reader may see them; of a quotient those of both sides."""
    computation = result.computation
    return _records(result.assessment, computation.cycle, code, user, computation.until, computation.snapshot.taken_at)


def records_now(assessment: Assessment, code: str, user, until: date) -> list[Records]:
    """The rows behind a counted indicator as it stands now, before anything is frozen."""
    return _records(assessment, assessment.cycle, code, user, until, None)


def _records(
    assessment: Assessment, cycle: Cycle, code: str, user, until: date, moment: datetime | None
) -> list[Records]:
    source = cycle.scheme.content.sources[code]
    if not source.is_counted:
        return []
    found = []
    for metric in parts_of(source):
        asked = source.where if metric == source.metric else {}
        by_station = cycle.subject == Scheme.Subject.STATION and STATION in METRICS[metric].dimensions
        for amount in amounts_of(metric):
            known = METRICS[amount].dimensions
            behind = rows_behind(
                amount,
                user=user,
                period=Period(date(cycle.year, 1, 1), until),
                where={name: value.split(",") for name, value in asked.items() if name in known},
                division=assessment.division,
                station=assessment.station_id if by_station else None,
            )
            late = _late(behind, moment) if moment else frozenset()
            found.append(Records(amount, str(METRICS[amount].label), behind, late))
    return found


def parts_of(source: Source) -> list[str]:
    """The metrics whose rows are shown: what is counted, and what it is divided by."""
    metrics = metrics_of(source)
    return metrics if source.per or len(metrics) == 1 else metrics[1:]


def _late(behind: Behind, moment: datetime) -> frozenset[int]:
    rows = [one.row for one in (*behind.counted, *behind.uncounted)]
    if not rows:
        return frozenset()
    decided = Decision.objects.filter(
        subject_type=ContentType.objects.get_for_model(rows[0]),
        subject_id__in=[row.pk for row in rows],
        at__gt=moment,
    )
    return frozenset(decided.values_list("subject_id", flat=True))
