"""The premises of stations: facilities with their use, area and opening hours, and the week a station is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.scope import ScopedQuerySet
from culture_admin.exchange.models import Import
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import in_force
from stations.models.hours import MINUTES_OF_A_WEEK, read_opening_hours, said_hours, validate_opening_hours
from stations.models.station import OfStation

# The largest hall of a county seats some thousands, and its largest culture centre has some ten thousand m²; beyond these a
# number is a slip of the finger.
LARGEST_ROOM, LARGEST_AREA = 100_000, 500_000
# Where a facility of the country can lie, in degrees.
SOUTH, NORTH, WEST, EAST = (Decimal(degrees) for degrees in ("3", "54", "73", "136"))


class FacilityQuerySet(ScopedQuerySet):
    def with_public_area(self, on: date) -> FacilityQuerySet:
        """Adds what of the area serves public culture on a day: what is put to another use is taken from it."""
        uses = OtherUse.objects.breaches().filter(in_force(on), facility=OuterRef("pk")).order_by().values("facility")
        taken = Coalesce(Subquery(uses.annotate(sum=Sum("area")).values("sum")), 0)
        return self.annotate(taken=taken, public_area=F("floor_area") - taken)


@recorded()
class Facility(OfStation):
    """A part of a station's premises. The floor area of a station is the sum of its facilities in use on the day."""

    name = models.CharField(_("Name"), max_length=100)
    use = models.CharField(_("Use"), max_length=60)
    floor_area = models.PositiveIntegerField(
        _("Floor area (m²)"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_AREA)]
    )
    capacity = models.PositiveIntegerField(
        _("Capacity (people)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST_ROOM)],
    )
    opening_hours = models.CharField(
        _("Opening hours"),
        max_length=200,
        blank=True,
        validators=[validate_opening_hours],
        help_text=_("Weekdays from Monday, 1, to Sunday, 7, and hours: 1-5 08:30-21:00; 6-7 09:00-17:00"),
    )
    latitude = models.DecimalField(
        _("Latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(SOUTH), MaxValueValidator(NORTH)],
        help_text=_("In degrees, like 30.174321."),
    )
    longitude = models.DecimalField(
        _("Longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(WEST), MaxValueValidator(EAST)],
        help_text=_("In degrees, like 121.264915."),
    )
    batch = models.ForeignKey(
        Import, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Import")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = FacilityQuerySet.as_manager()

    class Meta(OfStation.Meta):
        verbose_name = _("Facility")
        verbose_name_plural = _("Facilities")
        constraints = [
            # One that ends on its first day never was: that is how an entry made by mistake is taken back.
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="facility_ends_after_start",
                violation_error_message=_("The end lies after the beginning."),
            ),
            models.UniqueConstraint(
                fields=["station", "name", "valid_from"],
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="facility_once",
                violation_error_message=_("The station has a facility of this name from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.station}"

    def clean(self) -> None:
        """Rules of one row."""
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            message = _("A place on the map has a latitude and a longitude.")
            raise ValidationError({missing: ValidationError(message, code="position")})

    @property
    def hours_said(self) -> str:
        """The opening hours as a reader says them; "" where none are entered."""
        return said_hours(self.opening_hours)

    def is_open(self, weekday: int, begins: time, ends: time) -> bool:
        """Whether the hours lie within one opening of the weekday (Monday 1); without opening hours it always is open."""
        hours = read_opening_hours(self.opening_hours)
        return not hours or any(opens <= begins and ends <= shuts for opens, shuts in hours.get(weekday, []))


class OpeningWeek(OfStation):
    """For how many minutes a week at least one room of a station is open, from a day on.

    Follows from the hours of the facilities and is written anew whenever these change; the past stays as it was.
    """

    minutes = models.PositiveSmallIntegerField(_("Minutes a week"), validators=[MaxValueValidator(MINUTES_OF_A_WEEK)])

    class Meta(OfStation.Meta):
        verbose_name = _("Week of opening")
        verbose_name_plural = _("Weeks of opening")
        constraints = [
            *OfStation.Meta.constraints,
            models.UniqueConstraint(fields=["station", "valid_from"], name="opening_week_once"),
        ]

    def __str__(self) -> str:
        return f"{self.station}: {self.minutes}"


class OtherUseQuerySet(ScopedQuerySet):
    def breaches(self) -> OtherUseQuerySet:
        """Without what the regulations allow."""
        return self.exclude(kind=OtherUse.Kind.CULTURAL)


@recorded()
class OtherUse(OfStation):
    """A facility, or a part of it, that is put to another use than the station's own.

    Nobody is hindered from writing it down, because it is known only when it is written; what the law forbids becomes a
    finding. A facility may be let for exhibitions and art training (Regulations on Public Cultural and Sports Facilities,
    Art. 22); anything else has nothing to do with public culture (Public Cultural Service Guarantee Law, Art. 19).
    """

    class Kind(models.TextChoices):
        LEASE = "lease", _("Leased")
        SALE = "sale", _("Sold or auctioned")
        MORTGAGE = "mortgage", _("Mortgaged")
        ENTERPRISE = "enterprise", _("Run as an enterprise")
        OTHER = "other", _("Another use unrelated to public culture")
        CULTURAL = "cultural", _("Let for exhibitions or art training")

    scope = replace(OfStation.scope, power="stations.uses")

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="uses", verbose_name=_("Facility"))
    kind = models.CharField(_("Kind of use"), max_length=10, choices=Kind)
    area = models.PositiveIntegerField(_("Area concerned (m²)"), validators=[MinValueValidator(1)])
    user = models.CharField(_("Used by"), max_length=100, validators=[validate_text])
    document = models.CharField(_("Contract or document"), max_length=120, blank=True, validators=[validate_text])
    note = models.TextField(_("Note"), blank=True, max_length=2000, validators=[validate_text])
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = OtherUseQuerySet.as_manager()

    class Meta(OfStation.Meta):
        verbose_name = _("Other use of premises")
        verbose_name_plural = _("Other uses of premises")
        constraints = [
            *OfStation.Meta.constraints,
            models.UniqueConstraint(
                fields=["facility", "kind", "user", "valid_from"],
                name="other_use_once",
                violation_error_message=_("This use is entered from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility.name}: {self.get_kind_display()} · {self.user}"

    @property
    def is_breach(self) -> bool:
        return self.kind != self.Kind.CULTURAL

    def lasts(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
