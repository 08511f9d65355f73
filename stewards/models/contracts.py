"""Contracts for steward services: what is bought from whom, for which towns, line by line, and how it is paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.money import FEN, MoneyField
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models import Station
from stewards.models.firms import Firm

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]
POSITIVE = [MinValueValidator(Decimal("0.01")), MaxValueValidator(10**9)]
# Class time is kept in seconds; a class hour is of 45 minutes.
SECONDS_IN_CLASS_HOUR = 2700
# How long the files of a contract are kept (Government Procurement Law, Art. 42).
YEARS_KEPT = 15


def served(lookup: str) -> Callable[[str], Q]:
    """Rows of contracts that cover a station below a path; `lookup` leads to the contract."""

    def within(path: str) -> Q:
        covering = Coverage.objects.filter(station__division__path__startswith=path)
        return Q(**{f"{lookup}__in": covering.values("contract")})

    return within


class OfContract(models.TextChoices):
    """The states of a contract (DOMAIN.md §6.3)."""

    PREPARING = "preparing", _("In preparation")
    PROCURING = "procuring", _("In procurement")
    SIGNED = "signed", pgettext_lazy("a contract", "Signed")
    PERFORMING = "performing", _("In performance")
    AWAITING = "awaiting", _("Awaiting acceptance")
    ACCEPTED = "accepted", pgettext_lazy("a contract", "Accepted")
    SETTLED = "settled", pgettext_lazy("a contract", "Settled")
    ENDED = "ended", pgettext_lazy("a contract", "Ended by agreement")
    TERMINATED = "terminated", pgettext_lazy("a contract", "Terminated for breach")
    VOID = "void", _("Void")


class OfSupplement(models.TextChoices):
    """The states of a supplement to a contract."""

    PROPOSED = "proposed", _("Proposed")
    SIGNED = "signed", pgettext_lazy("a contract", "Signed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ContractQuerySet(ScopedQuerySet):
    def in_force(self) -> ContractQuerySet:
        """Those under which services are delivered and counted."""
        return self.filter(state__in=Contract.DELIVERING)

    def on(self, day: date) -> ContractQuerySet:
        """Those whose term holds the day."""
        return self.filter(begins_on__lte=day, ends_on__gte=day)


@recorded()
class Contract(models.Model):
    """A contract of the bureau with a firm.

    begins_on, ends_on: the first and the last day of the term. budget, amount: in yuan. performance: by which share of its points
    quantity, quality, the towns' rating and the public's satisfaction make up the performance score (DOMAIN.md §6.3).
    absence_rate, cancel_rate: what is deducted for a day's absence without leave and for an activity cancelled without notice.
    """

    State = OfContract
    # In these everything may still be changed.
    DRAFTED = (State.PREPARING, State.PROCURING)
    DELIVERING = (State.SIGNED, State.PERFORMING, State.AWAITING)
    BINDING = (*DELIVERING, State.ACCEPTED, State.SETTLED)

    class Method(models.TextChoices):
        """Government Procurement Law, Art. 26, and the measures on competitive consultation."""

        OPEN_TENDER = "open_tender", _("Open tender")
        INVITED_TENDER = "invited_tender", _("Invited tender")
        NEGOTIATION = "negotiation", _("Competitive negotiation")
        CONSULTATION = "consultation", _("Competitive consultation")
        INQUIRY = "inquiry", _("Inquiry of prices")
        SINGLE_SOURCE = "single_source", _("Single source")

    scope = Scope("stewards.contracts", place="place__path", county="place", firm="firm", serves=served("pk"))

    place = models.ForeignKey(Division, models.PROTECT, related_name="contracts", verbose_name=_("County"))
    number = models.CharField(_("Contract no."), max_length=60, validators=[validate_text])
    name = models.CharField(_("Project"), max_length=150, validators=[validate_text])
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="contracts", verbose_name=_("Service provider"))
    method = models.CharField(_("Procurement method"), max_length=14, choices=Method)
    single_reason = models.CharField(
        _("Why of a single source"), max_length=300, blank=True, validators=[validate_text]
    )
    budget = MoneyField(_("Budget (yuan)"), validators=POSITIVE)
    amount = MoneyField(_("Amount (yuan)"), validators=POSITIVE)
    manager = models.CharField(_("Project manager"), max_length=60, blank=True, validators=[validate_text])
    headcount = models.PositiveSmallIntegerField(
        _("Number of stewards"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    begins_on = models.DateField(_("Begins"))
    ends_on = models.DateField(_("Last day"))
    renewals_left = models.PositiveSmallIntegerField(_("Renewals left"), default=0, validators=[MaxValueValidator(2)])
    renews = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="renewal", verbose_name=_("Renews")
    )
    awarded_on = models.DateField(_("Award notice"), null=True, blank=True, editable=False)
    signed_on = models.DateField(pgettext_lazy("a contract", "Signed on"), null=True, blank=True, editable=False)
    copied_on = models.DateField(_("Copy to finance"), null=True, blank=True, editable=False)
    published_on = models.DateField(_("Published on"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("Settled or ended on"), null=True, blank=True, editable=False)
    quantity_share = models.PositiveSmallIntegerField(_("Quantity (%)"), default=40, validators=PERCENT)
    quality_share = models.PositiveSmallIntegerField(_("Quality (%)"), default=20, validators=PERCENT)
    towns_share = models.PositiveSmallIntegerField(_("Rating of the towns (%)"), default=20, validators=PERCENT)
    public_share = models.PositiveSmallIntegerField(_("Satisfaction of the public (%)"), default=20, validators=PERCENT)
    absence_rate = MoneyField(_("Deduction for a day of absence without leave (yuan)"), default=Decimal(0))
    cancel_rate = MoneyField(_("Deduction for an activity cancelled without notice (yuan)"), default=Decimal(0))
    acceptance_terms = models.TextField(
        _("Terms of acceptance"), blank=True, max_length=2000, validators=[validate_text]
    )
    breach_terms = models.TextField(_("Terms of breach"), blank=True, max_length=2000, validators=[validate_text])
    drafted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Drafted by")
    )
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.PREPARING, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("Contract")
        verbose_name_plural = _("Contracts")
        ordering = ["-begins_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "number"],
                condition=~Q(state="void"),
                name="contract_number_once",
                violation_error_message=_("There is a contract of this number already."),
            ),
            models.UniqueConstraint(fields=["id", "firm"], name="contract_of_firm"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="contract_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(amount__lte=F("budget")),
                name="contract_within_budget",
                violation_error_message=_("The amount is more than the budget."),
            ),
            models.CheckConstraint(
                condition=Q(
                    quantity_share=100 - F("quality_share") - F("towns_share") - F("public_share"),
                ),
                name="contract_shares_add_up",
                violation_error_message=_("The four shares of the performance score add up to 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    @property
    def stations(self) -> list[Station]:
        """The stations it serves."""
        return [one.station for one in self.coverage.all()]

    @property
    def served_until(self) -> date:
        """The last day on which anybody serves under it: that of its term, or the day on which it was closed before."""
        return min(self.ends_on, self.closed_on or self.ends_on)

    @property
    def keep_until(self) -> date | None:
        """Until when its files are kept; None while it is not closed."""
        if self.closed_on is None:
            return None
        year = self.closed_on.year + YEARS_KEPT
        return self.closed_on.replace(year=year, day=min(self.closed_on.day, 28 if self.closed_on.month == 2 else 31))

    @property
    def total(self) -> Decimal:
        """The amount with its supplements, in yuan."""
        signed = (one.amount for one in self.supplements.all() if one.state == OfSupplement.SIGNED)
        return sum(signed, self.amount)

    @property
    def paid(self) -> Decimal:
        """Yuan paid so far; what was reversed does not count."""
        return sum((payment.amount for payment in self.payments.all()), Decimal(0))


@recorded()
class Coverage(models.Model):
    """A station, and with it a town, that a contract serves."""

    scope = Scope("stewards.contracts", place="station__division__path", station="station", firm="contract__firm")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="coverage", verbose_name=_("Contract"))
    station = models.ForeignKey(Station, models.PROTECT, related_name="coverage", verbose_name=_("Station"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Town covered")
        verbose_name_plural = _("Towns covered")
        ordering = ["contract", "station__division__code"]
        constraints = [models.UniqueConstraint(fields=["contract", "station"], name="coverage_once")]

    def __str__(self) -> str:
        return self.station.name


class Measure(models.TextChoices):
    """What a service line counts, in which unit; `per`: how many of what is kept make one unit."""

    ACTIVITIES = "activities", _("Activities")
    SESSIONS = "sessions", _("Training sessions")
    CLASS_HOURS = "class_hours", _("Class hours")
    DUTY_DAYS = "duty_days", _("Days on duty")
    TEAMS = "teams", _("Teams founded")
    WORKS = "works", _("New works")

    @property
    def per(self) -> int:
        """Class time is kept in seconds, duty in half days, all else one by one."""
        return {Measure.CLASS_HOURS: SECONDS_IN_CLASS_HOUR, Measure.DUTY_DAYS: 2}.get(self, 1)

    @property
    def unit(self) -> str:
        return str(_UNITS[self])


_UNITS = {
    Measure.ACTIVITIES: _("activities"),
    Measure.SESSIONS: _("sessions"),
    Measure.CLASS_HOURS: _("class hours"),
    Measure.DUTY_DAYS: _("days"),
    Measure.TEAMS: _("teams"),
    Measure.WORKS: pgettext_lazy("of art", "works"),
}


@recorded()
class ServiceLine(models.Model):
    """One line of a contract's service list. Without a station it is for all towns together.

    kind, genre: codes (activities.Kind, activities.Genre) that narrow what counts to the line; empty for all. target: in the
    measure's unit, for the period from `first` to `last`, which lies within the term. weight: its share, in hundredths, of the
    quantity score.
    """

    scope = Scope(
        "stewards.contracts",
        place="contract__place__path",
        county="contract__place",
        firm="contract__firm",
        serves=served("contract"),
    )

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="lines", verbose_name=_("Contract"))
    number = models.PositiveSmallIntegerField(_("No."), validators=[MinValueValidator(1)])
    item = models.CharField(_("Service item"), max_length=120, validators=[validate_text])
    measure = models.CharField(_("Counted in"), max_length=11, choices=Measure)
    station = models.ForeignKey(
        Station, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Station")
    )
    kind = models.CharField(_("Kind of activity"), max_length=4, blank=True)
    genre = models.CharField(_("Genre"), max_length=20, blank=True)
    target = models.DecimalField(
        _("Target"),
        max_digits=9,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    unit_price = MoneyField(_("Unit price (yuan)"), validators=[MinValueValidator(0), MaxValueValidator(10**7)])
    weight = models.PositiveSmallIntegerField(_("Weight (%)"), validators=PERCENT)
    first = models.DateField(_("From"))
    last = models.DateField(pgettext_lazy("a day", "To"))
    orderable = models.BooleanField(_("Can be ordered"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Service line")
        verbose_name_plural = _("Service lines")
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="service_line_number_once",
                violation_error_message=_("The contract has a line of this number already."),
            ),
            models.UniqueConstraint(fields=["id", "contract"], name="service_line_of_contract"),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="service_line_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.item}"

    @property
    def amount(self) -> Decimal:
        """What the whole line costs, in yuan."""
        return (self.target * self.unit_price).quantize(FEN, ROUND_HALF_UP)

    @property
    def unit(self) -> str:
        return Measure(self.measure).unit

    @property
    def per(self) -> int:
        return Measure(self.measure).per

    @property
    def agreed(self) -> Decimal:
        """The target with what supplements add to it, in the measure's unit."""
        signed = (one.quantity for one in self.supplements.all() if one.state == OfSupplement.SIGNED)
        return sum(signed, self.target)

    @property
    def agreed_kept(self) -> int:
        """The same in what deliveries are kept in: seconds, half days or ones."""
        return int((self.agreed * self.per).to_integral_value(ROUND_HALF_UP))
