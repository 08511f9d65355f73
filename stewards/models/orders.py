"""Orders from the menu, and deliveries: what was really served, each counted once on one line."""

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
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models import Station
from stewards.models.contracts import Contract, ServiceLine, served
from stewards.models.firms import Firm, Steward


class OfOrder(models.TextChoices):
    """The states of an order."""

    ORDERED = "ordered", pgettext_lazy("an order", "Waiting for the service provider")
    AGREED = "agreed", pgettext_lazy("an order", "Agreed")
    DECLINED = "declined", pgettext_lazy("an order", "Declined")
    DELIVERED = "delivered", pgettext_lazy("an order", "Delivered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@recorded()
class ServiceOrder(models.Model):
    """What a town orders from the menu of its contract; the firm agrees to a day, deliveries close it.

    quantity: in the unit of the line's measure. village: the hall it is for, if it is for one.
    """

    State = OfOrder
    OPEN = (State.ORDERED, State.AGREED)

    scope = Scope("stewards.orders", place="station__division__path", station="station", firm="firm")

    line = models.ForeignKey(ServiceLine, models.PROTECT, related_name="orders", verbose_name=_("Service line"))
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="orders", editable=False, verbose_name=_("Contract")
    )
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+", editable=False, verbose_name=_("Service provider"))
    station = models.ForeignKey(Station, models.PROTECT, related_name="orders", verbose_name=_("Station"))
    village = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Village or community")
    )
    quantity = models.DecimalField(
        _("Quantity"), max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    what = models.CharField(_("What is wanted"), max_length=200, validators=[validate_text])
    people = models.PositiveIntegerField(
        _("Expected people"), null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    wanted_on = models.DateField(_("Wanted for"))
    agreed_on = models.DateField(_("Agreed for"), null=True, editable=False)
    ordered_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Ordered by")
    )
    ordered_at = models.DateTimeField(_("Ordered on"), default=timezone.now, editable=False)
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.ORDERED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Order")
        verbose_name_plural = _("Orders")
        ordering = ["-wanted_on", "-id"]
        indexes = [
            models.Index("id", name="service_order_waiting", condition=Q(state__in=["ordered", "agreed"])),
            models.Index("station", F("wanted_on").desc(), name="service_order_of_station"),
            models.Index("firm", F("wanted_on").desc(), name="service_order_of_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.what} · {self.station} · {self.wanted_on}"


class DeliveryQuerySet(ScopedQuerySet):
    def standing(self) -> DeliveryQuerySet:
        """Those that were not reversed."""
        return self.filter(reversed_at=None)


@recorded()
class Delivery(models.Model):
    """That a record of work counts on a service line. A record is spent once; when it no longer counts, its delivery is reversed.

    source_kind, source_id: the record by the name of its kind ("activity", "team", "work", "dutyday") and its key; it may stand
    on a floor above. amount: in what its measure is kept in (seconds, half days or ones). on: the day it was served.
    moved_by, moved_for: who put it on this line by hand, and why; else the line was found by its terms.
    """

    scope = Scope(
        "stewards.deliveries",
        place="station__division__path",
        station="station",
        county="county",
        firm="firm",
        person="steward__user",
    )

    line = models.ForeignKey(ServiceLine, models.PROTECT, related_name="deliveries", verbose_name=_("Service line"))
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="deliveries", editable=False, verbose_name=_("Contract")
    )
    order = models.ForeignKey(
        ServiceOrder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
        editable=False,
        verbose_name=_("Order"),
    )
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+", editable=False, verbose_name=_("Service provider"))
    steward = models.ForeignKey(
        Steward, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Cultural steward")
    )
    station = models.ForeignKey(
        Station, models.PROTECT, related_name="deliveries", editable=False, verbose_name=_("Station")
    )
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("County"))
    source_kind = models.CharField(_("Kind of record"), max_length=12)
    source_id = models.BigIntegerField(_("Record"))
    on = models.DateField(_("Day"))
    amount = models.PositiveBigIntegerField(_("Amount"))
    moved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Moved by")
    )
    moved_for = models.CharField(_("Why moved"), max_length=200, blank=True, editable=False)
    posted_at = models.DateTimeField(pgettext_lazy("an entry", "Posted"), default=timezone.now, editable=False)
    reversed_at = models.DateTimeField(_("Reversed"), null=True, editable=False)
    reversed_for = models.CharField(_("Why reversed"), max_length=200, blank=True, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Delivery")
        verbose_name_plural = _("Deliveries")
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(F("on").desc(), F("id").desc(), name="delivery_newest"),
            models.Index("line", "on", name="delivery_of_line", condition=Q(reversed_at__isnull=True)),
            models.Index("station", F("on").desc(), F("id").desc(), name="delivery_of_station"),
            models.Index("firm", F("on").desc(), F("id").desc(), name="delivery_of_firm"),
            models.Index("order", name="delivery_of_order", condition=Q(order__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id"],
                condition=Q(reversed_at__isnull=True),
                name="delivery_once",
                violation_error_message=_("This record counts on a service line already."),
            ),
            models.CheckConstraint(
                condition=Q(moved_by__isnull=True) | ~Q(moved_for=""),
                name="delivery_moved_with_a_reason",
                violation_error_message=_("Say why it counts on another line."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} · {self.on}"

    @property
    def quantity(self) -> Decimal:
        """The amount in the unit of the line's measure."""
        from_kept = Decimal(self.amount) / self.line.per
        return from_kept.quantize(Decimal("0.0001")).normalize()


class OfAlert(models.TextChoices):
    """The states of an alert on a service line."""

    REACHED = "reached", pgettext_lazy("a level", "Reached")
    LEFT = "left", pgettext_lazy("a level", "Fallen below again")


@recorded()
class LineAlert(models.Model):
    """That what was delivered on a service line has reached a share of its target. It is told once, until it falls below again.

    level: the share, in hundredths.
    """

    State = OfAlert

    class Level(models.IntegerChoices):
        """From what part of the target on it is told (PEERS.md, idea 5)."""

        THREE_QUARTERS = 75, "75 %"
        FOUR_FIFTHS = 80, "80 %"
        NINE_TENTHS = 90, "90 %"
        WHOLE = 100, "100 %"

    scope = Scope(
        "stewards.deliveries",
        place="contract__place__path",
        county="contract__place",
        firm="contract__firm",
        serves=served("contract"),
    )

    line = models.ForeignKey(ServiceLine, models.PROTECT, related_name="alerts", verbose_name=_("Service line"))
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="alerts", editable=False, verbose_name=_("Contract")
    )
    level = models.PositiveSmallIntegerField(pgettext_lazy("of a service line", "Level"), choices=Level)
    reached_at = models.DateTimeField(_("Reached on"), default=timezone.now, editable=False)
    state = models.CharField(_("State"), max_length=7, choices=State, default=State.REACHED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Alert on a service line")
        verbose_name_plural = _("Alerts on service lines")
        ordering = ["-reached_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "level"], condition=Q(state="reached"), name="line_alert_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} · {self.line}"
