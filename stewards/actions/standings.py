"""How a firm stands by the evaluations of a year, and the rule by which it is out after two fails in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.steps import Obstacle
from stewards.models import Evaluation, Firm, FirmStanding

POWER = "stewards.credit"
Standing = FirmStanding.Standing
# From which mean score on a firm stands how.
LEVELS = ((90, Standing.EXCELLENT), (80, Standing.GOOD), (60, Standing.PASS), (0, Standing.FAIL))
FAILS = 2
SCORE = Decimal("0.01")


def compute_standing(*, actor, firm: Firm, year: int, at: datetime | None = None) -> FirmStanding:
    """How one firm stands by the evaluations of a year, computed anew. Raises ValidationError by field, PermissionDenied."""
    require(actor.offices, POWER, ("decide",), path=firm.unit.division.path)
    FirmStanding(firm=firm, year=year, standing=Standing.NOT_SCORED).clean_fields(exclude=["score"])
    with acting(actor):
        keep_standings({(firm.pk, year)})
    return FirmStanding.objects.get(firm=firm, year=year)


def keep_standings(asked: Iterable[tuple[int, int]]) -> list[FirmStanding]:
    """Computes how firms stand by years, given by keys, from the concluded yearly evaluations, and keeps it; set-wise."""
    pairs = sorted(set(asked))
    if not pairs:
        return []
    years = {year for _firm, year in pairs}
    concluded = Evaluation.objects.filter(
        contract__firm__in={firm for firm, _year in pairs},
        year__in=years,
        quarter=None,
        state=Evaluation.State.CONCLUDED,
        score__isnull=False,
    )
    found: dict[tuple[int, int], list[Decimal]] = defaultdict(list)
    for firm, year, score in concluded.order_by("pk").values_list("contract__firm", "year", "score"):
        found[firm, year].append(score)
    rows = [_standing(firm, year, found.get((firm, year), [])) for firm, year in pairs]
    return FirmStanding.objects.bulk_create(
        rows,
        update_conflicts=True,
        update_fields=["standing", "score"],
        unique_fields=["firm", "year"],
    )


def level_of(score: Decimal | None) -> str:
    """How one stands by a score of 100; nothing is said where there is none."""
    if score is None:
        return Standing.NOT_SCORED
    return next(level for least, level in LEVELS if score >= least)


def exit_rule(firm: Firm, on: date) -> Obstacle | None:
    """Why no contract is drawn up with a firm any more: it failed in its last two years that were scored (standard, G5).

    Reads `firm.standings`, which a list fetches for all its firms at once.
    """
    scored = [one for one in firm.standings.all() if one.year <= on.year and one.standing != Standing.NOT_SCORED]
    last = sorted(scored, key=lambda one: one.year)[-FAILS:]
    if len(last) < FAILS or any(one.standing != Standing.FAIL for one in last):
        return None
    text = _(
        "%(firm)s failed by the evaluations of %(years)s: after two fails in a row it is out (service standard, G5)."
    )
    years = ", ".join(str(one.year) for one in last)
    return Obstacle("exit_rule", text % {"firm": firm.name, "years": years})


def _standing(firm: int, year: int, scores: list[Decimal]) -> FirmStanding:
    mean = (sum(scores, Decimal(0)) / len(scores)).quantize(SCORE, ROUND_HALF_UP) if scores else None
    return FirmStanding(firm_id=firm, year=year, standing=level_of(mean), score=mean)
