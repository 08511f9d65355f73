"""What a result earns: money that is paid out, and a title that is looked at again after some years."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models.assessment import Assessment
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.entries import Entry
from culture_admin.interfaces.money import MoneyField
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division


@recorded()
class Award(models.Model):
    """The money a result earns by its scheme. It is owed from the day the result is final, and paid in entries of its own."""

    class State(models.TextChoices):
        GRANTED = "granted", _("Granted")
        PAID = "paid", pgettext_lazy("an award", "Paid out")
        VOID = "void", _("Void")

    scope = Scope(
        "assessments.awards", place="assessment__division__path", station="assessment__station", county="county"
    )

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="awards", verbose_name=_("Assessment of a town")
    )
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    title = models.CharField(pgettext_lazy("of a town", "Title"), max_length=200, validators=[validate_text])
    amount = MoneyField(_("Amount (yuan)"), validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(10**9)])
    document = models.CharField(_("Document"), max_length=120, blank=True, validators=[validate_text])
    granted_on = models.DateField(pgettext_lazy("an award", "Granted on"))
    state = models.CharField(_("State"), max_length=7, choices=State, default=State.GRANTED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Award")
        verbose_name_plural = _("Awards")
        ordering = ["-granted_on", "assessment__division__code", "id"]
        indexes = [models.Index("id", name="award_waiting", condition=Q(state__in=["granted"]))]
        constraints = [
            models.UniqueConstraint(fields=["assessment"], condition=~Q(state="void"), name="award_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment.unit.name} · {self.assessment.cycle.year} · {self.amount:,.2f}"

    @property
    def paid(self) -> Decimal:
        """Yuan paid so far; what was reversed does not count."""
        return sum((payment.amount for payment in self.payments.all()), Decimal(0))


@recorded()
class AwardPayment(Entry):
    """A payment of an award."""

    scope = Scope(
        "assessments.awards",
        place="award__assessment__division__path",
        station="award__assessment__station",
        county="award__county",
    )

    award = models.ForeignKey(Award, models.PROTECT, related_name="payments", verbose_name=_("Award"))

    objects = ScopedQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("Payment of an award")
        verbose_name_plural = _("Payments of awards")


@recorded()
class Recheck(models.Model):
    """That the title a town was given is looked at again, and whether it is kept."""

    class State(models.TextChoices):
        DUE = "due", pgettext_lazy("a re-check", "To be done")
        KEPT = "kept", _("Title kept")
        WITHDRAWN = "withdrawn", _("Title withdrawn")

    scope = Scope(
        "assessments.rechecks", place="assessment__division__path", station="assessment__station", county="county"
    )

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="rechecks", verbose_name=_("Assessment of a town")
    )
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    title = models.CharField(pgettext_lazy("of a town", "Title"), max_length=200, validators=[validate_text])
    due_on = models.DateField(_("Due"))
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.DUE, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Re-check")
        verbose_name_plural = _("Re-checks")
        ordering = ["due_on", "id"]
        indexes = [models.Index("id", name="recheck_waiting", condition=Q(state__in=["due"]))]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "due_on"],
                name="recheck_once",
                violation_error_message=_("A re-check is planned for this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment.unit.name} · {self.assessment.cycle.year} · {self.due_on}"
