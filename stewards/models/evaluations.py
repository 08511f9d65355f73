"""Evaluations by the service standard, what the towns say, what was found, and which logs were looked at on the spot."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.scoring.judging import Judged, ReviewedItem, numbers_field
from culture_admin.scoring.models import Scheme
from culture_admin.territory.history import recorded
from stations.models import Station
from stewards.models.contracts import Contract, served
from stewards.models.orders import Delivery

POINTS: dict[str, Any] = {"max_digits": 9, "decimal_places": 4, "null": True, "editable": False}


class OfEvaluation(models.TextChoices):
    """The states of an evaluation."""

    OPEN = "open", pgettext_lazy("an evaluation", "Self-evaluation")
    DECLARED = "declared", pgettext_lazy("an evaluation", "Being reviewed")
    CONCLUDED = "concluded", pgettext_lazy("an evaluation", "Concluded")
    VOID = "void", _("Void")


class EvaluationQuerySet(ScopedQuerySet):
    def standing(self) -> EvaluationQuerySet:
        return self.exclude(state=OfEvaluation.VOID)


@recorded()
class Evaluation(models.Model):
    """A contract's evaluation for a quarter, or for a year where `quarter` is empty, by the edition of the standard it was
    opened with.

    quality: points of 100 by the standard; quantity, towns, public: of 100 each, NULL where nothing is known; score: of 100, the
    four by the contract's shares. workings: how each came about, as it was concluded.
    """

    State = OfEvaluation

    scope = Scope(
        "stewards.evaluations",
        place="contract__place__path",
        county="contract__place",
        firm="contract__firm",
        serves=served("contract"),
    )

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="evaluations", verbose_name=_("Contract"))
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="evaluations", verbose_name=_("Service standard"))
    year = models.PositiveSmallIntegerField(_("Year"), validators=[MinValueValidator(2000), MaxValueValidator(2199)])
    quarter = models.PositiveSmallIntegerField(
        _("Quarter"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    first = models.DateField(_("From"), editable=False)
    last = models.DateField(pgettext_lazy("a day", "To"), editable=False)
    quantity = models.DecimalField(_("Quantity"), **POINTS)
    quality = models.DecimalField(_("Quality by the standard"), **POINTS)
    towns = models.DecimalField(_("Rating of the towns"), **POINTS)
    public = models.DecimalField(_("Satisfaction of the public"), **POINTS)
    score = models.DecimalField(_("Performance score"), max_digits=7, decimal_places=2, null=True, editable=False)
    workings = models.JSONField(_("How it was computed"), default=dict, editable=False)
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Opened by")
    )
    opened_at = models.DateTimeField(_("Opened on"), default=timezone.now, editable=False)
    concluded_on = models.DateField(_("Concluded on"), null=True, editable=False)
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.OPEN, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Evaluation of a contract")
        verbose_name_plural = _("Evaluations of contracts")
        ordering = ["-last", "-id"]
        indexes = [models.Index("id", name="evaluation_waiting", condition=Q(state__in=["open", "declared"]))]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "year", "quarter"],
                condition=~Q(state="void"),
                nulls_distinct=False,
                name="evaluation_once",
                violation_error_message=_("The contract is evaluated for this time already."),
            ),
        ]

    def __str__(self) -> str:
        when = f"{self.year} Q{self.quarter}" if self.quarter else str(self.year)
        return f"{self.contract.name} · {when}"


@recorded()
class EvaluationItem(ReviewedItem):
    """One item of the standard: what the firm says of it, and what the reviewer makes of it. Counted items are never entered.

    note, remark: with the reason where somebody says that it does not apply.
    """

    scope = Scope(
        "stewards.evaluations",
        place="evaluation__contract__place__path",
        county="evaluation__contract__place",
        firm="evaluation__contract__firm",
        serves=served("evaluation__contract"),
    )

    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, related_name="items", verbose_name=_("Evaluation of a contract")
    )
    code = models.CharField(_("Item"), max_length=12)
    claimed = models.CharField(_("Said by the service provider"), max_length=14, choices=Judged, blank=True)
    claimed_numbers = numbers_field(_("Numbers of the service provider"))
    note = models.CharField(_("Note and evidence"), max_length=500, blank=True, validators=[validate_text])

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Item of an evaluation")
        verbose_name_plural = _("Items of evaluations")
        ordering = ["evaluation", "id"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "code"], name="evaluation_item_once")]

    def __str__(self) -> str:
        return f"{self.code} · {self.evaluation}"


@recorded()
class TownRating(models.Model):
    """What a town says of the service in an evaluation's time: 1 to 5, by its officer."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("a rating", "Asked for")
        GIVEN = "given", pgettext_lazy("a rating", "Given")

    scope = Scope(
        "stewards.ratings", place="station__division__path", station="station", firm="evaluation__contract__firm"
    )

    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, related_name="ratings", verbose_name=_("Evaluation of a contract")
    )
    station = models.ForeignKey(Station, models.PROTECT, related_name="+", verbose_name=_("Station"))
    points = models.PositiveSmallIntegerField(
        _("Rating (1 to 5)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    comment = models.CharField(_("Comment"), max_length=300, blank=True, validators=[validate_text])
    rated_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Rated by")
    )
    state = models.CharField(_("State"), max_length=5, choices=State, default=State.ASKED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rating by a town")
        verbose_name_plural = _("Ratings by towns")
        ordering = ["evaluation", "station__division__code"]
        indexes = [models.Index("id", name="town_rating_waiting", condition=Q(state__in=["asked"]))]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "station"], name="town_rating_once"),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(state="given", points__gte=1, points__lte=5),
                name="town_rating_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station} · {self.evaluation}"


class OfServiceFinding(models.TextChoices):
    """The states of what was found in a service."""

    OPEN = "open", _("To be rectified")
    RECTIFIED = "rectified", _("To be checked again")
    CLOSED = "closed", _("Put right")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@recorded()
class ServiceFinding(models.Model):
    """One thing found in a contract's service, that the firm puts right by a day and the bureau looks at again.

    code: the item of the standard it is about, if it is about one; row: the row of a spot check that showed it. rectification:
    what the firm says it did about it, the newest.
    """

    State = OfServiceFinding

    scope = Scope(
        "stewards.findings",
        place="contract__place__path",
        county="contract__place",
        firm="contract__firm",
        serves=served("contract"),
    )

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="findings", verbose_name=_("Contract"))
    evaluation = models.ForeignKey(
        Evaluation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("Evaluation of a contract"),
    )
    code = models.CharField(_("Item"), max_length=12, blank=True, validators=[validate_text])
    row = models.OneToOneField(
        "SpotCheckRow",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="finding",
        verbose_name=_("Row of a spot check"),
    )
    station = models.ForeignKey(
        Station, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Station")
    )
    what = models.CharField(_("What was found"), max_length=300, validators=[validate_text])
    opened_on = models.DateField(_("Found"))
    due_on = models.DateField(_("To be put right until"))
    rectification = models.CharField(_("What was done about it"), max_length=500, blank=True, editable=False)
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.OPEN, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("in a service", "Finding")
        verbose_name_plural = pgettext_lazy("in a service", "Findings")
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index("id", name="service_finding_waiting", condition=Q(state__in=["open", "rectified"]))]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")),
                name="service_finding_due_after",
                violation_error_message=_("It is due before it was found."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract.name} · {self.what}"


@recorded()
class SpotCheck(models.Model):
    """A sample of deliveries looked at on the spot. The same seed and the same ledger draw the same rows."""

    class State(models.TextChoices):
        DRAWN = "drawn", pgettext_lazy("a sample", "Drawn")
        DONE = "done", pgettext_lazy("a sample", "Done")

    scope = Scope(
        "stewards.findings",
        place="contract__place__path",
        county="contract__place",
        firm="contract__firm",
        serves=served("contract"),
    )

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="spot_checks", verbose_name=_("Contract"))
    first = models.DateField(_("From"))
    last = models.DateField(pgettext_lazy("a day", "To"))
    size = models.PositiveSmallIntegerField(_("Rows"), validators=[MinValueValidator(1), MaxValueValidator(200)])
    seed = models.PositiveIntegerField(_("Seed"))
    population = models.PositiveIntegerField(_("Of how many"), editable=False)
    drawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Drawn by")
    )
    drawn_at = models.DateTimeField(_("Drawn on"), default=timezone.now, editable=False)
    state = models.CharField(_("State"), max_length=5, choices=State, default=State.DRAWN, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Spot check")
        verbose_name_plural = _("Spot checks")
        ordering = ["-drawn_at", "-id"]
        indexes = [models.Index("id", name="spot_check_waiting", condition=Q(state__in=["drawn"]))]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="spot_check_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract.name} · {self.first} – {self.last}"


@recorded()
class SpotCheckRow(models.Model):
    """One delivery of a sample, and whether it was as the log says."""

    class Outcome(models.TextChoices):
        TRUE = "true", _("As logged")
        DIFFERENT = "different", _("Different")
        FALSE = "false", _("Not served")

    scope = Scope(
        "stewards.findings",
        place="spot_check__contract__place__path",
        county="spot_check__contract__place",
        firm="spot_check__contract__firm",
        serves=served("spot_check__contract"),
    )

    spot_check = models.ForeignKey(SpotCheck, models.PROTECT, related_name="rows", verbose_name=_("Spot check"))
    number = models.PositiveSmallIntegerField(_("No."))
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+", verbose_name=_("Delivery"))
    outcome = models.CharField(_("Outcome"), max_length=9, choices=Outcome, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True, validators=[validate_text])

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Row of a spot check")
        verbose_name_plural = _("Rows of spot checks")
        ordering = ["spot_check", "number"]
        constraints = [
            models.UniqueConstraint(fields=["spot_check", "delivery"], name="spot_check_row_once"),
            models.UniqueConstraint(fields=["spot_check", "number"], name="spot_check_row_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.delivery}"
