"""What is printed of a yearly assessment: the notice of results, the list of awards, and the score sheet of a town."""

from __future__ import annotations

from itertools import groupby

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.actions.cycles import latest
from assessments.explaining import explained
from assessments.models import Award, Computation, Cycle, Result
from assessments.naming import group_name, title_name
from culture_admin.exchange.paper.register import Paper, register
from culture_admin.interfaces.money import in_capitals
from culture_admin.territory.models import Division, Unit

OF_RESULT = ("assessment__unit", "assessment__division")


def bureau_of(place: Division) -> Unit | None:
    """The bureau whose seal stands below."""
    return Unit.objects.filter(kind=Unit.Kind.BUREAU, division=place).order_by("pk").first()


def notice_of(cycle: Cycle) -> dict[str, object]:
    """The rankings of the computation that stands, group by group; whoever stands beside the ranking is named with why."""
    scheme, computation = cycle.scheme, latest(cycle)
    rows = computation.results.select_related(*OF_RESULT).order_by(
        "assessment__group", "place", "assessment__division__code", "pk"
    )
    groups = [
        {
            "name": group_name(scheme, code),
            "ranked": [(one, title_name(scheme, one.title)) for one in results if not one.is_beside],
            "beside": [one for one in results if one.is_beside],
        }
        for code, found in groupby(rows, key=lambda one: one.assessment.group)
        if (results := list(found))
    ]
    return {
        "computation": computation,
        "groups": groups,
        "bureau": bureau_of(cycle.place),
        "decimals": cycle.scheme.decimals,
    }


def awards_of(cycle: Cycle) -> dict[str, object]:
    """Amounts in yuan, in the order of the towns' codes within their groups."""
    rows = (
        Award.objects.filter(assessment__cycle=cycle)
        .exclude(state=Award.State.VOID)
        .select_related("assessment__unit")
        .order_by("assessment__group", "-amount", "assessment__division__code", "pk")
    )
    awards = list(rows)
    total = sum(one.amount for one in awards)
    return {
        "awards": [(one, title_name(cycle.scheme, one.title)) for one in awards],
        "total": total,
        "in_capitals": in_capitals(total) if awards else "",
        "bureau": bureau_of(cycle.place),
    }


def sheet_of(result: Result) -> dict[str, object]:
    """The tree of a score, down to its leaves."""
    cycle = result.computation.cycle
    return {
        "tree": explained(result),
        "cycle": cycle,
        "group": group_name(cycle.scheme, result.assessment.group),
        "award_title": title_name(cycle.scheme, result.title),
        "bureau": bureau_of(cycle.place),
        "interim": result.computation.kind == Computation.Kind.INTERIM,
    }


register(
    Paper(
        code="assessment-notice",
        label=_("Notice of assessment results"),
        model=Cycle,
        power="assessments",
        template="assessment_notice.html",
        context=notice_of,
        related=("scheme", "place"),
        order=("-scheme__year", "-pk"),
        beside=lambda cycle: cycle.get_state_display(),
        only=Q(state__in=Cycle.SHOWN),
        numbered=True,
        own_number=lambda cycle: cycle.document,
    )
)
register(
    Paper(
        code="award-list",
        label=_("List of awards of the assessment"),
        model=Cycle,
        power="assessments.awards",
        template="award_list.html",
        context=awards_of,
        related=("scheme", "place"),
        order=("-scheme__year", "-pk"),
        beside=lambda cycle: cycle.get_state_display(),
        only=Q(state__in=[Cycle.State.FINAL, Cycle.State.ARCHIVED]),
        numbered=True,
    )
)
register(
    Paper(
        code="score-sheet",
        label=_("Score sheet"),
        model=Result,
        power="assessments.results",
        template="score_sheet.html",
        context=sheet_of,
        related=(
            "computation__cycle__scheme",
            "computation__scheme",
            "computation__cycle__place",
            "assessment__unit",
            "assessment__division",
        ),
        order=("-computation", "assessment__group", "place", "pk"),
        beside=lambda result: result.computation.get_kind_display(),
    )
)
