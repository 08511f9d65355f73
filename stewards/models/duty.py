"""Duty: the days a steward was there, logged from the phone and confirmed by the station; and his absences."""

from __future__ import annotations

import uuid

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
from stewards.models.firms import Firm, Steward
from stewards.models.postings import Posting

HALVES = [MinValueValidator(1), MaxValueValidator(2)]


class OfDuty(models.TextChoices):
    """The states of a day on duty. Only confirmed days count."""

    LOGGED = "logged", _("Waiting for the station")
    CONFIRMED = "confirmed", pgettext_lazy("a day on duty", "Confirmed")
    RETURNED = "returned", pgettext_lazy("a day on duty", "Returned")
    VOID = "void", _("Void")


class DutyDayQuerySet(ScopedQuerySet):
    def counted(self) -> DutyDayQuerySet:
        """The only meaning of “counts”: confirmed by the station."""
        return self.filter(state=OfDuty.CONFIRMED)


@recorded()
class DutyDay(models.Model):
    """One day of a steward under a posting.

    halves: 1 for half a day, 2 for a whole one. latitude, longitude: where the phone was, if its owner let it say so; never
    required. division: the town on that day, as it was then.
    """

    State = OfDuty

    class Where(models.TextChoices):
        STATION = "station", _("At the station")
        VILLAGE = "village", _("In a village")
        DISTRICT = "district", _("At the district")

    scope = Scope(
        "stewards.duty",
        place="station__division__path",
        station="station",
        county="county",
        firm="firm",
        person="steward__user",
    )

    client_uuid = models.UUIDField(_("Client id"), unique=True, default=uuid.uuid4, editable=False)
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="duty_days", verbose_name=_("Posting"))
    steward = models.ForeignKey(
        Steward, models.PROTECT, related_name="duty_days", editable=False, verbose_name=_("Cultural steward")
    )
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+", editable=False, verbose_name=_("Service provider"))
    station = models.ForeignKey(
        Station, models.PROTECT, related_name="duty_days", editable=False, verbose_name=_("Station")
    )
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("County"))
    day = models.DateField(_("Day"))
    halves = models.PositiveSmallIntegerField(_("Half days"), default=2, validators=HALVES)
    where = models.CharField(_("Where"), max_length=8, choices=Where, default=Where.STATION)
    village = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Village or community")
    )
    arrived = models.TimeField(_("Arrived"), null=True, blank=True)
    left = models.TimeField(pgettext_lazy("a time", "Left"), null=True, blank=True)
    latitude = models.DecimalField(_("Latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("Longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    tasks = models.CharField(_("What was done"), max_length=500, blank=True, validators=[validate_text])
    late = models.BooleanField(_("Logged late"), default=False, editable=False)
    device_at = models.DateTimeField(_("Device's clock"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Recorded by")
    )
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.LOGGED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DutyDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("Day on duty")
        verbose_name_plural = _("Days on duty")
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(F("day").desc(), F("id").desc(), name="duty_day_newest"),
            models.Index("station", F("day").desc(), F("id").desc(), name="duty_day_of_station"),
            models.Index("firm", F("day").desc(), F("id").desc(), name="duty_day_of_firm"),
            models.Index("county", F("day").desc(), F("id").desc(), name="duty_day_of_county"),
            models.Index("id", name="duty_day_waiting", condition=Q(state__in=["logged", "returned"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "day"],
                condition=~Q(state="void"),
                name="duty_day_once",
                violation_error_message=_("This day is logged already."),
            ),
            models.CheckConstraint(
                condition=Q(arrived__isnull=True) | Q(left__isnull=True) | Q(left__gt=F("arrived")),
                name="duty_day_leaves_after_arriving",
                violation_error_message=_("He leaves after he arrives."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="duty_day_on_earth",
                violation_error_message=_("Expected a latitude from -90 to 90 and a longitude from -180 to 180."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.steward} · {self.day}"


class OfAbsence(models.TextChoices):
    """The states of an absence."""

    REQUESTED = "requested", pgettext_lazy("an absence", "Waiting for the station")
    APPROVED = "approved", pgettext_lazy("an absence", "Approved")
    REFUSED = "refused", pgettext_lazy("an absence", "Refused")
    NOTED = "noted", pgettext_lazy("an absence", "Without leave")
    VOID = "void", _("Void")


@recorded()
class Absence(models.Model):
    """Days a steward is not there: with leave, which the station gives; or without, which the station notes and costs money."""

    State = OfAbsence

    class Kind(models.TextChoices):
        LEAVE = "leave", _("Leave")
        SICK = "sick", _("Illness")
        TRAINING = "training", _("Training")
        OTHER = "other", pgettext_lazy("an absence", "Something else")

    scope = Scope(
        "stewards.duty",
        place="station__division__path",
        station="station",
        county="county",
        firm="firm",
        person="steward__user",
    )

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="absences", verbose_name=_("Posting"))
    steward = models.ForeignKey(
        Steward, models.PROTECT, related_name="absences", editable=False, verbose_name=_("Cultural steward")
    )
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+", editable=False, verbose_name=_("Service provider"))
    station = models.ForeignKey(Station, models.PROTECT, related_name="+", editable=False, verbose_name=_("Station"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("County"))
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind)
    first = models.DateField(_("From"))
    last = models.DateField(pgettext_lazy("a day", "To"))
    reason = models.CharField(_("Reason"), max_length=200, validators=[validate_text])
    filed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Filed by")
    )
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.REQUESTED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Absence")
        verbose_name_plural = _("Absences")
        ordering = ["-first", "-id"]
        indexes = [models.Index("id", name="absence_waiting", condition=Q(state__in=["requested"]))]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="absence_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.steward} · {self.first} – {self.last}"
