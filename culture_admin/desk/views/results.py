"""What an assessment came to: the result of a town, the ranking, the score that explains itself, and the records behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from assessments.comparing import changes, result_before
from assessments.explaining import explained, records_of
from assessments.models import Assessment, Award, Computation, Recheck, Result
from culture_admin.accounts.asking import ask, require
from culture_admin.desk.charts import climb
from culture_admin.desk.pages import one, page
from culture_admin.desk.ranked import groups_of, places_of, ranking_by, ranking_of
from culture_admin.desk.views.assessments import assessment_of
from culture_admin.interfaces.problems import nothing_here
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.scoring.table import Part
from culture_admin.scoring.values import NOTHING

RESULTS, OBJECTIONS = "assessments.results", "assessments.objections"


@page("GET")
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The result of one assessment that stands, how it came there over the years, and what changed since the last."""
    user, record = request.user, assessment_of(request.user, pk)
    shown = Result.objects.visible_to(user).filter(assessment=record, computation__shown_at__isnull=False)
    results = list(
        shown.select_related("computation__cycle__scheme", "computation__scheme", "assessment__unit").order_by(
            "-computation__number"
        )
    )
    standing = next((each for each in results if each.computation.kind != Computation.Kind.INTERIM), None)
    last = standing or (results[0] if results else None)
    former = result_before(last) if last else None
    formers = places_of(user, record)
    context = {
        "assessment": record,
        "result": last,
        "results": results,
        "former": former,
        "changes": [each for each in changes(former, last) if each.change] if former and last else [],
        "formers": formers,
        "chart": climb([(each.label, each.result.place, each.result.among) for each in formers]),
        "awards": Award.objects.visible_to(user).filter(assessment=record),
        "rechecks": Recheck.objects.visible_to(user).filter(assessment=record),
        "may_object": may_object(user, record),
        "today": timezone.localdate(),
    }
    return render(request, "desk/assessed/result.html", context)


@page("GET")
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """A ranking that is shown: inside one group, overall or by one indicator; and who stands beside it, and why."""
    user = request.user
    require(user.offices, RESULTS, ("see",))
    rows = Computation.objects.visible_to(user).select_related("cycle__scheme", "cycle__place")
    computation = one(rows.filter(shown_at__isnull=False), pk)
    body = computation.scheme.content
    scored = list(Result.objects.filter(computation=computation).values_list("assessment__group", flat=True))
    groups = groups_of(body, scored)
    own = set(Assessment.objects.visible_to(user).filter(cycle=computation.cycle_id).values_list("pk", "group"))
    query = QueryParameters(request, known={"group", "indicator"}, blanks=True)
    codes = [each.code for _section, each in body.table.indicators() if each.part != Part.VETO]
    group = query.choice("group", [code for code, _label in groups], default=_home(own, groups))
    code = query.choice("indicator", codes)
    query.check()
    ranked, beside = ranking_of(user, computation, group) if group and not code else ([], [])
    context = {
        "computation": computation,
        "groups": groups,
        "group": group,
        "code": code,
        "indicators": [each for _section, each in body.table.indicators() if each.part != Part.VETO],
        "rows": ranking_by(user, computation, group, code) if group and code else ranked,
        "beside": beside,
        "least": computation.scheme.known,
        "own": {key for key, _group in own} if len(own) < len(scored) else set(),
        "compares": any(row.before for row in ranked),
    }
    return render(request, "desk/assessed/ranking.html", context)


@page("GET")
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """The tree of a score: its leaves add up to it, to the last digit."""
    record = _result(request.user, pk)
    tree = explained(record)
    context = {
        "result": record,
        "tree": tree,
        "leaves": sum((leaf.points for leaf in tree.leaves()), NOTHING),
        "assessment": record.assessment,
        "is_own": _is_own(request.user, record),
        "may_object": may_object(request.user, record.assessment),
    }
    return render(request, "desk/assessed/score.html", context)


@page("GET")
def score_records(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The records that one indicator's number was counted from, and those that were looked at and not counted."""
    user = request.user
    record = _result(user, pk)
    tree = explained(record)
    leaf = next((leaf for leaf in tree.leaves() if leaf.code == code), None)
    if leaf is None:
        raise nothing_here()
    context = {
        "result": record,
        "assessment": record.assessment,
        "leaf": leaf,
        "code": code,
        "parts": records_of(record, code, user),
        "may_object": may_object(user, record.assessment),
    }
    return render(request, "desk/assessed/score_records.html", context)


def may_object(user, record: Assessment) -> bool:
    """Whether the user may object to this score today."""
    until = record.cycle.objections_until
    is_open = record.state == Assessment.State.PUBLICISED and until is not None and timezone.localdate() <= until
    return is_open and bool(ask(user.offices, OBJECTIONS, "propose", path=record.division.path))


def _result(user, pk: int) -> Result:
    """A result the user sees; of a computation that is shown, but to the bureau."""
    joins = (
        "assessment__unit",
        "assessment__division",
        "computation__cycle__scheme",
        "computation__scheme",
        "computation__cycle__place",
    )
    rows = Result.objects.visible_to(user).select_related(*joins, "computation__snapshot", "assessment__cycle__scheme")
    return one(rows, pk)


def _is_own(user, record: Result) -> bool:
    """Whether the user sees the assessment itself, and not only what it came to."""
    return Assessment.objects.visible_to(user).filter(pk=record.assessment_id).exists()


def _home(own: set[tuple[int, str]], groups: list[tuple[str, object]]) -> str | None:
    """The group of those the user is of, else the first."""
    mine = {group for _pk, group in own}
    return mine.pop() if len(mine) == 1 else next((code for code, _label in groups), None)
