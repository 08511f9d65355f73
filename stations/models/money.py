"""Money as it moves: what the town pays, what the station spends, and money moved from one purpose to another.

Payments and spendings are entries that are only added to: the database lets the application neither change nor delete them.
What was entered wrongly is reversed by an entry of its own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces import entries
from culture_admin.interfaces.money import MoneyField
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models.purposes import Purpose
from stations.models.station import Station


class EntryQuerySet(ScopedQuerySet):
    def standing(self) -> EntryQuerySet:
        """Without what was reversed and what reversed it."""
        return self.filter(reverses=None).exclude(Exists(self.model.objects.filter(reverses=OuterRef("pk"))))


class Entry(entries.Entry):
    """An amount of a station's budget year.

    on: the day of the payment; an entry that reverses another stands on the day of that one. counted_on: the same within the
    budget year, to which it counts. late: entered later than it should be, for the reason given.
    """

    station = models.ForeignKey(Station, models.PROTECT, related_name="%(class)ss", verbose_name=_("Station"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"), editable=False)
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"), editable=False)
    year = models.PositiveSmallIntegerField(_("Budget year"))
    counted_on = models.DateField(_("Counts to"), editable=False)
    note = models.CharField(_("Note"), max_length=200, blank=True, validators=[validate_text])
    late = models.BooleanField(_("Entered late"), default=False, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta(entries.Entry.Meta):
        abstract = True
        indexes = [models.Index("station", "year", F("on").desc(), name="%(class)s_of_year")]


@recorded()
class Appropriation(Entry):
    """A payment of the town to the station, and the planned instalment it serves; without one it is outside the plan."""

    scope = Scope("stations.appropriations", place="station__division__path", station="station")

    instalment: Any = models.ForeignKey(
        "stations.Instalment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("Instalment"),
        help_text=_("Without one the payment is outside the plan."),
    )

    class Meta(Entry.Meta):
        verbose_name = _("Payment of the town")
        verbose_name_plural = _("Payments of the town")


@recorded()
class Spending(Entry):
    """What the station spent on a purpose. over: by how much the purpose was overrun once this was spent."""

    scope = Scope("stations.spending", place="station__division__path", station="station")

    purpose = models.CharField(_("Purpose"), max_length=12, choices=Purpose)
    over = MoneyField(_("Beyond the budget (yuan)"), default=Decimal(0), editable=False)

    class Meta(Entry.Meta):
        verbose_name = _("Spending")
        verbose_name_plural = _("Spendings")
        indexes = [
            models.Index("station", "year", F("on").desc(), name="spending_of_year"),
            models.Index("station", "year", "purpose", name="spending_of_purpose"),
        ]


class OfPurposeChange(models.TextChoices):
    """The states of a case to use money for another purpose."""

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", pgettext_lazy("a change of purpose", "Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@recorded()
class PurposeChange(models.Model):
    """The case of using money of one purpose for another, within the budget it belongs to.

    An approved one counts from then on. A revision states the lines anew, so that the cases of the budget before it are over.
    """

    State = OfPurposeChange

    scope = Scope("stations.purposes", place="station__division__path", station="station")

    station = models.ForeignKey(Station, models.PROTECT, related_name="purposechanges", verbose_name=_("Station"))
    budget: Any = models.ForeignKey(
        "stations.Budget", models.PROTECT, related_name="purpose_changes", verbose_name=_("Budget")
    )
    from_purpose = models.CharField(_("From the purpose"), max_length=12, choices=Purpose)
    to_purpose = models.CharField(_("To the purpose"), max_length=12, choices=Purpose)
    amount = MoneyField(_("Amount (yuan)"), validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(10**9)])
    reason = models.CharField(_("Reason"), max_length=300, validators=[validate_text])
    document = models.CharField(_("Document"), max_length=120, blank=True, validators=[validate_text])
    filed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Filed by")
    )
    filed_at = models.DateTimeField(_("Filed on"), default=timezone.now, editable=False)
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.PROPOSED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Change of purpose")
        verbose_name_plural = _("Changes of purpose")
        indexes = [
            models.Index("id", name="purpose_change_waiting", condition=Q(state__in=["proposed"])),
        ]
        ordering = ["-filed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_purpose=F("to_purpose")),
                name="purpose_change_changes",
                violation_error_message=_("The two purposes are the same."),
            ),
            models.UniqueConstraint(
                fields=["budget", "from_purpose", "to_purpose"],
                condition=Q(state="proposed"),
                name="purpose_change_open_once",
                violation_error_message=_("A change between these purposes is waiting to be decided on already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_purpose_display()} → {self.get_to_purpose_display()} · {self.amount:,.2f}"

    @property
    def year(self) -> int:
        return self.budget.year
