"""The budget of a station for a year: what each purpose is given, and when the town pays it; every revision is whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Deferrable, F, Func, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.exchange.models import Import
from culture_admin.interfaces.money import MoneyField
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models.money import Appropriation, PurposeChange, Spending
from stations.models.purposes import Purpose
from stations.models.station import Station

FIRST_YEAR, LAST_YEAR = 2000, 2199
NOTHING = Value(Decimal(0), MoneyField())


class OfBudget(models.TextChoices):
    """The states of a budget. Only a committed one counts; its revision takes its place."""

    PROPOSED = "proposed", _("Proposed")
    AWAITING = "awaiting", _("Awaiting the bureau's consent")
    RETURNED = "returned", _("Returned")
    COMMITTED = "committed", _("In force")
    SUPERSEDED = "superseded", _("Replaced by a revision")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What somebody has still to decide on.
OPEN = (OfBudget.PROPOSED, OfBudget.AWAITING)
# What once was in force; its number is not given to another.
ONCE_IN_FORCE = (OfBudget.COMMITTED, OfBudget.SUPERSEDED)


class BudgetQuerySet(ScopedQuerySet):
    def committed(self) -> BudgetQuerySet:
        return self.filter(state=OfBudget.COMMITTED)

    def of(self, station: Station, year: int) -> BudgetQuerySet:
        return self.filter(station=station, year=year)

    def with_totals(self) -> BudgetQuerySet:
        """Adds what all lines come to."""
        lines = BudgetLine.objects.filter(budget=OuterRef("pk")).order_by().values("budget")
        return self.annotate(total=_sum_of(lines))


@recorded()
class Budget(models.Model):
    """The budget of a station for a year as one document states it: 0 the original, 1 its first revision, and so on.

    What was filed is never changed: whoever thinks better of it files another. begins_on: the first day of the year, to which
    it counts.
    """

    State = OfBudget

    scope = Scope("stations.budgets", place="station__division__path", station="station")

    station = models.ForeignKey(Station, models.PROTECT, related_name="budgets", verbose_name=_("Station"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"), editable=False)
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"), editable=False)
    year = models.PositiveSmallIntegerField(
        _("Year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    begins_on = models.DateField(_("Counts to"), editable=False)
    revision = models.PositiveSmallIntegerField(_("Revision"), default=0, editable=False)
    document = models.CharField(_("Issuing document"), max_length=120, validators=[validate_text])
    reason = models.CharField(_("Reason for the revision"), max_length=200, blank=True, validators=[validate_text])
    filed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Filed by")
    )
    filed_at = models.DateTimeField(_("Filed on"), default=timezone.now, editable=False)
    batch = models.ForeignKey(
        Import, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Import")
    )
    committed_on = models.DateField(_("In force since"), null=True, editable=False)
    state = models.CharField(_("State"), max_length=10, choices=State, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("Budget")
        verbose_name_plural = _("Budgets")
        ordering = ["-year", "station__division__code", "-revision", "-id"]
        indexes = [
            models.Index("id", name="budget_waiting", condition=Q(state__in=["awaiting", "proposed"])),
        ]
        constraints = [
            # Deferred, because a revision and what it replaces change their states one after the other. Without btree_gist a
            # number is told apart as the range that holds it alone.
            ExclusionConstraint(
                name="budget_in_force_once",
                expressions=[
                    (Func(F("station"), F("station"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func(F("year"), F("year"), Value("[]"), function="int4range"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="committed"),
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("The station has a budget in force for this year already."),
            ),
            models.UniqueConstraint(
                fields=["station", "year"],
                condition=Q(state__in=OPEN),
                name="budget_open_once",
                violation_error_message=_(
                    "A budget of this station for this year is waiting to be decided on already."
                ),
            ),
            models.UniqueConstraint(
                fields=["station", "year", "revision"],
                condition=Q(state__in=ONCE_IN_FORCE),
                name="budget_revision_once",
                violation_error_message=_("This revision is in force already, or was."),
            ),
        ]

    def __str__(self) -> str:
        number = _("revision %(number)d") % {"number": self.revision} if self.revision else _("original")
        return f"{self.station} {self.year} · {number}"


class BudgetLineQuerySet(ScopedQuerySet):
    def with_account(self) -> BudgetLineQuerySet:
        """Adds what was moved to and from the purpose, what is available, spent and left of it."""
        moved = PurposeChange.objects.filter(state="approved", budget=OuterRef("budget")).order_by()
        given = moved.filter(to_purpose=OuterRef("purpose")).values("to_purpose")
        taken = moved.filter(from_purpose=OuterRef("purpose")).values("from_purpose")
        spent = Spending.objects.filter(
            station=OuterRef("budget__station"), year=OuterRef("budget__year"), purpose=OuterRef("purpose")
        )
        rows = self.annotate(moved=_sum_of(given) - _sum_of(taken), spent=_sum_of(spent.order_by().values("purpose")))
        return rows.annotate(available=F("amount") + F("moved")).annotate(left=F("available") - F("spent"))


@recorded()
class BudgetLine(models.Model):
    """What a budget gives to one purpose. locked: earmarked, so that it goes to this purpose and to no other."""

    scope = Scope("stations.budgets", place="budget__station__division__path", station="budget__station")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines", verbose_name=_("Budget"))
    purpose = models.CharField(_("Purpose"), max_length=12, choices=Purpose)
    amount = MoneyField(_("Amount (yuan)"), validators=[MinValueValidator(Decimal(0))])
    locked = models.BooleanField(_("Earmarked"), default=False)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Line of a budget")
        verbose_name_plural = _("Lines of budgets")
        ordering = ["budget", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "purpose"],
                name="budget_line_once",
                violation_error_message=_("The budget has a line for this purpose already."),
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_line_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.amount}"


class InstalmentQuerySet(ScopedQuerySet):
    def in_force(self) -> InstalmentQuerySet:
        return self.filter(budget__state=OfBudget.COMMITTED)

    def with_payments(self) -> InstalmentQuerySet:
        """Adds what was paid of it, what of that by its day, and the day on which all of it had been paid."""
        completed_on = Subquery(_completing().values("on")[:1])
        return self.annotate(paid=paid(), paid_in_time=paid_in_time(), completed_on=completed_on)

    def late(self, on: date) -> InstalmentQuerySet:
        """Those past their day of which something is still owed; the queryset knows the payments."""
        return self.filter(due_on__lt=on, paid__lt=F("amount"))


@recorded()
class Instalment(models.Model):
    """A payment that a budget plans: so much, by a day. It keeps its number through the revisions of the budget."""

    scope = Scope("stations.budgets", place="budget__station__division__path", station="budget__station")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="instalments", verbose_name=_("Budget"))
    number = models.PositiveSmallIntegerField(_("Instalment"))
    due_on = models.DateField(_("To be paid by"))
    amount = MoneyField(_("Amount (yuan)"), validators=[MinValueValidator(Decimal("0.01"))])

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Instalment")
        verbose_name_plural = _("Instalments")
        ordering = ["budget", "number"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="instalment_once"),
            models.UniqueConstraint(
                fields=["budget", "due_on"],
                name="instalment_once_a_day",
                violation_error_message=_("Two instalments are planned for one day."),
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_above_zero"),
        ]

    def __str__(self) -> str:
        return _("Instalment %(number)d, due %(day)s") % {"number": self.number, "day": self.due_on}

    def days_late(self, today: date) -> int:
        """How many days after its day it was paid whole, or up to today where it is not; 0 in time. With payments only."""
        until: date = self.completed_on or today
        return max((until - self.due_on).days, 0)


def _sum_of(rows: QuerySet, column: str = "amount") -> Coalesce:
    """What the rows of one group add up to, 0 where there are none."""
    return Coalesce(Subquery(rows.annotate(sum=Sum(column)).values("sum")), NOTHING)


def _payments() -> QuerySet[Appropriation]:
    """What was paid for the instalment of this number, under whichever revision of the budget."""
    return Appropriation.objects.filter(
        station=OuterRef("budget__station"), year=OuterRef("budget__year"), instalment__number=OuterRef("number")
    ).order_by()


def _completing() -> QuerySet[Appropriation]:
    """The payments up to whose day the whole instalment was paid, the first of them first."""
    until = Appropriation.objects.filter(
        station=OuterRef("station"),
        year=OuterRef("year"),
        instalment__number=OuterRef("instalment__number"),
        on__lte=OuterRef("on"),
    )
    so_far = _sum_of(until.order_by().values("station"))
    return _payments().annotate(so_far=so_far).filter(so_far__gte=OuterRef("amount")).order_by("on")


def paid() -> Coalesce:
    """What was paid of an instalment."""
    return _sum_of(_payments().values("station"))


def paid_in_time() -> Least:
    """What of it was paid by its day. More than was planned does not make up for another instalment that came late."""
    return Least(F("amount"), _sum_of(_payments().filter(on__lte=OuterRef("due_on")).values("station")))
