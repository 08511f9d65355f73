"""What a yearly assessment came to: each time scores were computed, from which frozen values, and every point of each score."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models.assessment import Assessment
from assessments.models.cycle import Cycle
from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet, paths_above
from culture_admin.interfaces.text import validate_text
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.tree import Kind
from culture_admin.scoring.values import Effect, Standing
from culture_admin.statistics.models import Snapshot
from culture_admin.territory.history import recorded
from culture_admin.territory.links import link_triggers

# Points are carried to twelve places (scoring/values.py).
POINTS = {"max_digits": 20, "decimal_places": 12}
VALUE = {"max_digits": 26, "decimal_places": 12}


class ComputationQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> ComputationQuerySet:
        """The bureau sees all; whoever is assessed sees what is shown."""
        return seen(self, user, verb, place="cycle__place__path", shown="shown_at")


@recorded()
class Computation(models.Model):
    """Once that all scores of a year were computed. number: counts within the year's assessment. scheme: the edition by which.

    until: the last day the counted values speak of. digest: SHA-256 of everything it came to (results.py). reason: why it was
    computed again, where it was.
    """

    class Kind(models.TextChoices):
        INTERIM = "interim", pgettext_lazy("a computation", "Interim")
        TOTAL = "total", pgettext_lazy("a computation", "Totals")
        CORRECTION = "correction", pgettext_lazy("a computation", "After an objection")

    scope = Scope("assessments.results", place="cycle__place__path")

    cycle = models.ForeignKey(
        Cycle, models.PROTECT, related_name="computations", verbose_name=pgettext_lazy("of a year", "Assessment")
    )
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+", verbose_name=_("Scheme"))
    number = models.PositiveSmallIntegerField(pgettext_lazy("a computation", "Number"))
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    until = models.DateField(_("Counted until"))
    reason = models.CharField(_("Reason"), max_length=300, blank=True, validators=[validate_text])
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name=_("Snapshot"))
    digest = models.CharField(_("Hash"), max_length=64, editable=False)
    taken_at = models.DateTimeField(_("Time"), default=timezone.now)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Computed by")
    )
    shown_at = models.DateTimeField(_("Shown since"), null=True, editable=False)

    objects = ComputationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Computation of scores")
        verbose_name_plural = _("Computations of scores")
        ordering = ["-cycle", "-number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="computation_once")]

    def __str__(self) -> str:
        return f"{self.cycle} · {self.get_kind_display()} {self.number}"


class ResultQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> ResultQuerySet:
        return seen(self, user, verb, place="assessment__division__path", shown="computation__shown_at", above="computation__cycle__place__path")  # fmt: skip


@recorded()
class Result(models.Model):
    """What a town came to in a computation. place: among those of its group; none where too little is known to rank it.

    known: how many indicators something is recorded of, `asked` of how many. vetoes: the codes of those that ruled it out.
    earned: by the code of the first-level indicator what its leaves add up to, as rehearsals need it (scoring/tree.py).
    """

    scope = Scope("assessments.results", place="assessment__division__path")

    computation = models.ForeignKey(
        Computation, models.PROTECT, related_name="results", verbose_name=_("Computation of scores")
    )
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="results", verbose_name=_("Assessment of a town")
    )
    total = models.DecimalField(pgettext_lazy("of points", "Score"), max_digits=12, decimal_places=4)
    place = models.PositiveSmallIntegerField(pgettext_lazy("in a ranking", "Place"), null=True)
    among = models.PositiveSmallIntegerField(_("Among"))
    title = models.CharField(pgettext_lazy("of a town", "Title"), max_length=200, blank=True)
    known = models.PositiveSmallIntegerField(_("Indicators recorded"))
    asked = models.PositiveSmallIntegerField(_("Indicators asked"))
    vetoes = ArrayField(models.CharField(max_length=12), default=list, verbose_name=_("Vetoes"))
    earned = models.JSONField(_("First-level indicators"), default=dict, editable=False)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of an assessment", "Result")
        verbose_name_plural = pgettext_lazy("of an assessment", "Results")
        ordering = ["-computation", "assessment__group", "place", "id"]
        constraints = [models.UniqueConstraint(fields=["computation", "assessment"], name="result_once")]

    def __str__(self) -> str:
        return f"{self.assessment.unit.name}: {self.total.normalize():f}"

    @property
    def is_beside(self) -> bool:
        """Whether it stands beside the ranking."""
        return self.place is None


class IndicatorScoreQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> IndicatorScoreQuerySet:
        return seen(self, user, verb, place="result__assessment__division__path", shown="result__computation__shown_at", above="result__computation__cycle__place__path")  # fmt: skip


class IndicatorScore(models.Model):
    """A leaf of a score's tree; all of a result's leaves add up to its total, to the last digit.

    node: an indicator, or what else makes points: what is spread because something does not apply, what a rule of the
    first-level indicator takes away, and the one rounding. numbers: what it was judged by; of a metric that is divided also
    numerator and denominator. yardstick: the maximum or mean of the group it was compared with.
    """

    class Node(models.TextChoices):
        INDICATOR = Kind.INDICATOR.value, _("Indicator")
        SPREAD = Kind.SPREAD.value, _("Spread over what applies")
        LEVEL = Kind.LEVEL.value, _("Rule of the first-level indicator")
        ROUNDING = Kind.ROUNDING.value, _("Rounding")

    scope = Scope("assessments.results", place="result__assessment__division__path")

    # Checked once a statement (territory/links.py), and found by `indicator_score_once`.
    result = models.ForeignKey(
        Result,
        models.PROTECT,
        related_name="scores",
        db_index=False,
        db_constraint=False,
        verbose_name=pgettext_lazy("of an assessment", "Result"),
    )
    node = models.CharField(pgettext_lazy("of a score", "What it is"), max_length=10, choices=Node)
    section = models.CharField(_("First-level indicator"), max_length=12, blank=True)
    code = models.CharField(_("Indicator"), max_length=12, blank=True)
    standing = models.CharField(
        _("Standing"), max_length=14, blank=True, choices=[(one.value, one.name) for one in Standing]
    )
    numbers: Any = ArrayField(models.DecimalField(**VALUE), default=list, verbose_name=_("Numbers"))
    numerator = models.DecimalField(_("Numerator"), null=True, **VALUE)
    denominator = models.DecimalField(_("Denominator"), null=True, **VALUE)
    yardstick = models.DecimalField(_("Compared with"), null=True, **VALUE)
    effect = models.CharField(_("Effect"), max_length=12, blank=True, choices=[(one.value, one.name) for one in Effect])
    points = models.DecimalField(_("Points"), **POINTS)

    objects = IndicatorScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("Score of an indicator")
        verbose_name_plural = _("Scores of indicators")
        ordering = ["result", "id"]
        # Leaves that are no indicators have no code, and there may be several.
        constraints = [models.UniqueConstraint("result", NullIf("code", Value("")), name="indicator_score_once")]
        triggers = link_triggers({"result_id": ("assessments_result", "id")})

    def __str__(self) -> str:
        return f"{self.code or self.get_node_display()}: {self.points.normalize():f}"


def seen(rows: Any, user, verb: str, *, place: str, shown: str, above: str = "") -> Any:
    """Rows of the bureau's territory; to everybody below it what is shown, and nothing before."""
    scope = rows.model.scope
    bureau = [office for office in scope.offices(user, verb) if office.unit_kind == "bureau"]
    condition = Q(pk__in=[])
    for office in bureau:
        condition |= Q(**{f"{place}__startswith": office.path})
    if verb == "see":
        paths = {path for office in scope.offices(user, verb) for path in paths_above(office.path)}
        condition |= Q(**{f"{above or place}__in": paths, f"{shown}__isnull": False})
    return rows.filter(condition)
