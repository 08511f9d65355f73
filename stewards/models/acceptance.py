"""Acceptance and payment: what was delivered, line by line, who signs for it, what is deducted, and what was paid."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.entries import Entry
from culture_admin.interfaces.money import MoneyField
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Unit
from stations.models import Station
from stewards.models.contracts import Contract, ServiceLine, served
from stewards.models.evaluations import POINTS, Evaluation
from stewards.models.terms import PlannedPayment


class OfAcceptance(models.TextChoices):
    """The states of an acceptance."""

    DRAWN_UP = "drawn_up", pgettext_lazy("an acceptance", "Drawn up")
    SIGNING = "signing", pgettext_lazy("an acceptance", "Being signed")
    ACCEPTED = "accepted", pgettext_lazy("an acceptance", "Accepted")
    REFUSED = "refused", pgettext_lazy("an acceptance", "Not accepted")
    VOID = "void", _("Void")


class AcceptanceQuerySet(ScopedQuerySet):
    def standing(self) -> AcceptanceQuerySet:
        return self.exclude(state__in=[OfAcceptance.VOID, OfAcceptance.REFUSED])


@recorded()
class Acceptance(models.Model):
    """What is accepted of a contract for an instalment of its plan: the sheet, the signatures, and what is to be paid.

    gross: the instalment's share of the contract, in yuan; factor: how much of it the performance score earns, in hundredths, 100
    where it is not paid by performance; deducted, payable: in yuan, payable = gross × factor − deducted, never below 0.
    workings: how these came about (stewards/paying.py), as they were when the sheet was last counted.
    """

    State = OfAcceptance

    scope = Scope(
        "stewards.acceptances",
        place="contract__place__path",
        county="contract__place",
        firm="contract__firm",
        serves=served("contract"),
    )

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="acceptances", verbose_name=_("Contract"))
    instalment = models.ForeignKey(
        PlannedPayment,
        models.PROTECT,
        related_name="acceptances",
        verbose_name=pgettext_lazy("of a contract", "Instalment"),
    )
    evaluation = models.ForeignKey(
        Evaluation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acceptances",
        verbose_name=_("Evaluation of a contract"),
    )
    first = models.DateField(_("From"))
    last = models.DateField(pgettext_lazy("a day", "To"))
    gross = MoneyField(_("Instalment (yuan)"), editable=False)
    factor = models.PositiveSmallIntegerField(_("Performance factor (%)"), default=100, editable=False)
    deducted = MoneyField(_("Deducted (yuan)"), default=Decimal(0), editable=False)
    payable = MoneyField(_("To be paid (yuan)"), editable=False)
    workings = models.JSONField(_("How it was computed"), default=dict, editable=False)
    conclusion = models.CharField(_("Conclusion"), max_length=500, blank=True, validators=[validate_text])
    drawn_up_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Drawn up by")
    )
    drawn_up_at = models.DateTimeField(_("Drawn up on"), default=timezone.now, editable=False)
    accepted_on = models.DateField(pgettext_lazy("an acceptance", "Accepted on"), null=True, editable=False)
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.DRAWN_UP, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a contract", "Acceptance")
        verbose_name_plural = pgettext_lazy("of contracts", "Acceptances")
        ordering = ["-last", "-id"]
        indexes = [models.Index("id", name="acceptance_waiting", condition=Q(state__in=["drawn_up", "signing"]))]
        constraints = [
            models.UniqueConstraint(
                fields=["instalment"],
                condition=~Q(state__in=["void", "refused"]),
                name="acceptance_once",
                violation_error_message=_("This instalment is accepted, or being accepted, already."),
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="acceptance_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(condition=Q(payable__gte=0), name="acceptance_payable"),
        ]

    def __str__(self) -> str:
        return f"{self.contract.name} · {self.instalment}"

    @property
    def is_standing(self) -> bool:
        return self.state not in (OfAcceptance.VOID, OfAcceptance.REFUSED)


@recorded()
class AcceptanceLine(models.Model):
    """A service line on an acceptance sheet. target, done: in the measure's unit, for the sheet's time.

    evidence: how many records stand behind it; verified: how many of them were looked at and found as logged.
    """

    scope = Scope(
        "stewards.acceptances",
        place="acceptance__contract__place__path",
        county="acceptance__contract__place",
        firm="acceptance__contract__firm",
        serves=served("acceptance__contract"),
    )

    acceptance = models.ForeignKey(
        Acceptance, models.PROTECT, related_name="lines", verbose_name=pgettext_lazy("of a contract", "Acceptance")
    )
    line = models.ForeignKey(ServiceLine, models.PROTECT, related_name="+", verbose_name=_("Service line"))
    target = models.DecimalField(_("Target"), max_digits=11, decimal_places=4)
    done = models.DecimalField(_("Done"), max_digits=11, decimal_places=4)
    evidence = models.PositiveIntegerField(pgettext_lazy("of a sheet", "Records"))
    verified = models.PositiveIntegerField(_("Verified"))
    points = models.DecimalField(_("Points"), **POINTS)
    comment = models.CharField(
        pgettext_lazy("of a sheet", "Comment"), max_length=300, blank=True, validators=[validate_text]
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Line of an acceptance")
        verbose_name_plural = _("Lines of acceptances")
        ordering = ["acceptance", "line__number"]
        constraints = [models.UniqueConstraint(fields=["acceptance", "line"], name="acceptance_line_once")]

    def __str__(self) -> str:
        return str(self.line)


@recorded()
class Signature(models.Model):
    """Who has to sign an acceptance, and whether he did. Of a town's member `station` says for which town.

    The members of an acceptance sign in their own name and answer for it (Government Procurement Law, Art. 41).
    """

    class State(models.TextChoices):
        NAMED = "named", pgettext_lazy("a signature", "Named")
        WAITING = "waiting", pgettext_lazy("a signature", "To be signed")
        SIGNED = "signed", pgettext_lazy("a signature", "Signed")
        DECLINED = "declined", pgettext_lazy("a signature", "Declined")
        RELEASED = "released", pgettext_lazy("a signature", "No longer needed")

    scope = Scope(
        "stewards.signatures",
        place="unit__division__path",
        station="station",
        firm="acceptance__contract__firm",
        unit="unit",
    )

    acceptance = models.ForeignKey(
        Acceptance, models.PROTECT, related_name="signatures", verbose_name=pgettext_lazy("of a contract", "Acceptance")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Signs for"))
    station = models.ForeignKey(
        Station, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Station")
    )
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Signed by")
    )
    signed_at = models.DateTimeField(_("Signed on"), null=True, editable=False)
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.NAMED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Signature")
        verbose_name_plural = _("Signatures")
        ordering = ["acceptance", "id"]
        indexes = [models.Index("id", name="signature_waiting", condition=Q(state__in=["waiting", "declined"]))]
        constraints = [
            models.UniqueConstraint(fields=["acceptance", "unit"], name="signature_of_unit_once"),
            models.UniqueConstraint(
                fields=["acceptance", "signed_by"],
                name="signature_of_person_once",
                violation_error_message=_("Nobody signs an acceptance twice."),
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="signature_has_signer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.acceptance}"


@recorded()
class Deduction(models.Model):
    """What is deducted from what a firm is paid, by the contract's terms (DOMAIN.md §6.3): how many, at how many yuan each.

    line: whose records were false. acceptance: in which it was settled.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("a deduction", "Proposed")
        DECIDED = "decided", pgettext_lazy("a deduction", "Decided")
        DROPPED = "dropped", pgettext_lazy("a deduction", "Dropped")

    class Kind(models.TextChoices):
        ABSENCE = "absence", _("Absence without leave")
        CANCELLED = "cancelled", _("Activity cancelled without notice")
        FALSE_DATA = "false_data", _("False data: the item twice")
        OTHER = "other", pgettext_lazy("a deduction", "Something else")

    scope = Scope("stewards.deductions", place="contract__place__path", county="contract__place", firm="contract__firm")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="deductions", verbose_name=_("Contract"))
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    line = models.ForeignKey(
        ServiceLine, models.PROTECT, null=True, blank=True, related_name="deductions", verbose_name=_("Service line")
    )
    on = models.DateField(_("Day"))
    quantity = models.DecimalField(
        _("Quantity"), max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    rate = MoneyField(_("Each (yuan)"), validators=[MinValueValidator(0), MaxValueValidator(10**9)])
    amount = MoneyField(_("Amount (yuan)"), editable=False)
    reason = models.CharField(_("Reason"), max_length=300, validators=[validate_text])
    acceptance = models.ForeignKey(
        Acceptance,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="deductions",
        verbose_name=pgettext_lazy("of a contract", "Acceptance"),
    )
    filed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Filed by")
    )
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.PROPOSED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Deduction")
        verbose_name_plural = _("Deductions")
        ordering = ["-on", "-id"]
        indexes = [models.Index("id", name="deduction_waiting", condition=Q(state__in=["proposed"]))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.amount:,.2f}"


@recorded()
class ContractPayment(Entry):
    """A payment to the firm. acceptance: by which it is owed; without one it serves an instalment that is due on signing."""

    scope = Scope("stewards.payments", place="contract__place__path", county="contract__place", firm="contract__firm")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="payments", verbose_name=_("Contract"))
    instalment = models.ForeignKey(
        PlannedPayment,
        models.PROTECT,
        related_name="payments",
        verbose_name=pgettext_lazy("of a contract", "Instalment"),
    )
    acceptance = models.ForeignKey(
        Acceptance,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="payments",
        verbose_name=pgettext_lazy("of a contract", "Acceptance"),
    )
    note = models.CharField(_("Note"), max_length=200, blank=True, validators=[validate_text])

    objects = ScopedQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("Payment of a contract")
        verbose_name_plural = _("Payments of contracts")
