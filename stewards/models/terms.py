"""The terms of a contract: its payment plan, what a performance score earns, and supplements."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.money import FEN, MoneyField
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from stewards.models.contracts import PERCENT, POSITIVE, Contract, OfSupplement, ServiceLine, served


class PlannedPaymentQuerySet(ScopedQuerySet):
    def to_be_accepted(self) -> PlannedPaymentQuerySet:
        """Those for which an acceptance is drawn up, as `is_to_be_accepted` says of one."""
        signed = PlannedPayment.When.SIGNED
        plan = PlannedPayment.objects.filter(contract=OuterRef("contract"))
        last = ~Exists(plan.filter(~Q(when=signed) | Q(number__gt=OuterRef("number"))))
        return self.filter(~Q(when=signed) | last)


@recorded()
class PlannedPayment(models.Model):
    """One instalment of a contract's payment plan: a share of its amount, due when `when` has happened.

    by_performance: it is paid by the factor that the performance score earns.
    """

    class When(models.TextChoices):
        SIGNED = "signed", _("after signing")
        HALFWAY = "halfway", _("after the half-year check")
        ACCEPTED = "accepted", _("after acceptance")

    scope = Scope("stewards.payments", place="contract__place__path", county="contract__place", firm="contract__firm")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="plan", verbose_name=_("Contract"))
    number = models.PositiveSmallIntegerField(_("No."), validators=[MinValueValidator(1)])
    share = models.PositiveSmallIntegerField(
        _("Share of the amount (%)"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    when = models.CharField(pgettext_lazy("an instalment", "Due"), max_length=8, choices=When)
    due_on = models.DateField(_("Planned for"), null=True, blank=True)
    by_performance = models.BooleanField(_("By performance"), default=False)

    objects = PlannedPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Instalment of a contract")
        verbose_name_plural = _("Payment plan")
        ordering = ["contract", "number"]
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="planned_payment_once")]

    def __str__(self) -> str:
        return f"{self.number} · {self.share} % {self.get_when_display()}"

    @property
    def on_signing(self) -> bool:
        """It is owed once the contract is signed; all others once something is accepted."""
        return self.when == self.When.SIGNED

    @property
    def is_to_be_accepted(self) -> bool:
        """Whether an acceptance is drawn up for it. What is paid wholly on signing is accepted with its last instalment: what was
        bought is accepted however it is paid (Government Procurement Law, Art. 41).
        """
        later = (one for one in self.contract.plan.all() if not one.on_signing or one.number > self.number)
        return not self.on_signing or not any(later)

    @property
    def gross(self) -> Decimal:
        """Its share of the contract's amount with its supplements, in yuan."""
        return (self.contract.total * self.share / 100).quantize(FEN, ROUND_HALF_UP)


@recorded()
class FactorStep(models.Model):
    """From which performance score on which share of an instalment is paid; 0 and up to the first step is the rest."""

    scope = Scope("stewards.payments", place="contract__place__path", county="contract__place", firm="contract__firm")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="factors", verbose_name=_("Contract"))
    least = models.PositiveSmallIntegerField(_("From a score of"), validators=PERCENT)
    percent = models.PositiveSmallIntegerField(_("Is paid (%)"), validators=PERCENT)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Step of the performance factor")
        verbose_name_plural = _("Performance factor")
        ordering = ["contract", "-least"]
        constraints = [models.UniqueConstraint(fields=["contract", "least"], name="factor_step_once")]

    def __str__(self) -> str:
        return f"≥ {self.least}: {self.percent} %"


@recorded()
class Supplement(models.Model):
    """A supplementary contract; all of one contract are at most 10 % of its amount (Government Procurement Law, Art. 49)."""

    State = OfSupplement

    scope = Scope(
        "stewards.contracts",
        place="contract__place__path",
        county="contract__place",
        firm="contract__firm",
        serves=served("contract"),
    )

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="supplements", verbose_name=_("Contract"))
    line = models.ForeignKey(ServiceLine, models.PROTECT, related_name="supplements", verbose_name=_("Service line"))
    quantity = models.DecimalField(
        _("More of it"), max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    amount = MoneyField(_("Amount (yuan)"), validators=POSITIVE)
    document = models.CharField(_("Document"), max_length=120, validators=[validate_text])
    reason = models.CharField(_("Reason"), max_length=300, validators=[validate_text])
    signed_on = models.DateField(pgettext_lazy("a contract", "Signed on"), null=True, editable=False)
    filed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Filed by")
    )
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.PROPOSED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Supplement to a contract")
        verbose_name_plural = _("Supplements to contracts")
        ordering = ["contract", "id"]
        indexes = [models.Index("id", name="supplement_waiting", condition=Q(state__in=["proposed"]))]

    def __str__(self) -> str:
        return f"{self.contract} · {self.document}"
