"""The cultural centre's professional backbone, the stations each is paired with, and the days spent there."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.roles import listed
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Unit, in_force
from culture_admin.territory.ranges import DateRange, SameKey
from stations.models.station import Station

# A day may touch several activities of a station; more than these are not one day's work.
MOST_LINKS = 20


@recorded()
class Backbone(models.Model):
    """A professional of the cultural centre who guides stations, with an account or without."""

    scope = Scope("stations.pairings", place="unit__division__path")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="backbone", verbose_name=_("Cultural centre"))
    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=60, validators=[validate_text])
    search = models.CharField(max_length=300, editable=False, db_default="")
    speciality = models.CharField(_("Speciality"), max_length=100, blank=True, validators=[validate_text])
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="backbone", verbose_name=_("Account")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Professional backbone")
        verbose_name_plural = _("Professional backbone")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class PairingQuerySet(ScopedQuerySet):
    def on(self, day) -> PairingQuerySet:
        return self.filter(in_force(day))


@recorded()
class Pairing(models.Model):
    """That a professional of the centre helps a station for a time, with how many days a year are planned there."""

    scope = Scope("stations.pairings", place="station__division__path", station="station")

    backbone = models.ForeignKey(
        Backbone, models.PROTECT, related_name="pairings", verbose_name=_("Professional backbone")
    )
    station = models.ForeignKey(Station, models.PROTECT, related_name="pairings", verbose_name=_("Station"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("County"))
    planned_days = models.PositiveSmallIntegerField(
        _("Days a year planned here"), validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    aim = models.CharField(_("What the help is for"), max_length=200, blank=True, validators=[validate_text])
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Pairing")
        verbose_name_plural = _("Pairings")
        ordering = ["station__division__code", "-valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="pairing_ends_after_start",
                violation_error_message=_("The end lies after the beginning."),
            ),
            ExclusionConstraint(
                name="pairing_once",
                expressions=[
                    (SameKey("backbone", "backbone"), RangeOperators.OVERLAPS),
                    (SameKey("station", "station"), RangeOperators.OVERLAPS),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The two are paired in this time already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.backbone} → {self.station}"

    def holds(self, day) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class OfVisit(models.TextChoices):
    """The states of a visit day: the backbone logs it, the station confirms it; only then it counts."""

    PLANNED = "planned", _("Planned")
    LOGGED = "logged", _("Waiting for the station")
    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Returned")
    VOID = "void", _("Void")


class Task(models.TextChoices):
    """What a professional does at a station."""

    ACTIVITIES = "activities", _("Planning and staging activities")
    TEAMS = "teams", _("Coaching teams")
    TEACHING = "teaching", _("Teaching classes")
    CREATION = "creation", _("Guiding new works")
    RECORDS = "records", _("Ledgers and files")
    OPENING = "opening", _("Premises and free opening")
    HERITAGE = "heritage", _("Intangible cultural heritage")
    OTHER = "other", _("Other")


def validate_tasks(value: object) -> None:
    """Different tasks, each one of the list."""
    if not isinstance(value, list) or any(task not in Task.values for task in value):
        raise ValidationError(_("Expected some of: %(known)s."), code="tasks", params={"known": ", ".join(Task.values)})
    if len(set(value)) != len(value):
        raise ValidationError(_("A task is named twice."), code="tasks")


def validate_ids(value: object) -> None:
    """Different ids of records."""
    if not isinstance(value, list) or any(type(key) is not int or not 0 < key < 2**63 for key in value):
        raise ValidationError(_("Expected a list of ids, whole numbers."), code="id_format")
    if len(set(value)) != len(value) or len(value) > MOST_LINKS:
        raise ValidationError(
            _("At most %(most)d different records are linked."), code="links", params={"most": MOST_LINKS}
        )


@recorded()
class PairingVisit(models.Model):
    """A day, or half of one, that a professional spends at a station.

    Half days: the Cixi text counts days, so half a day counts half. A person's day counts once however many stations it was
    spent at; the morning here and the afternoon there are one day.
    """

    State = OfVisit
    # Said to have taken place, decided or not.
    SAID = (OfVisit.LOGGED, OfVisit.CONFIRMED, OfVisit.RETURNED)

    class Part(models.TextChoices):
        WHOLE = "whole", _("The whole day")
        MORNING = "morning", _("The morning")
        AFTERNOON = "afternoon", _("The afternoon")

    scope = Scope("stations.visits", place="station__division__path", station="station")

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="visits", verbose_name=_("Pairing"))
    backbone = models.ForeignKey(
        Backbone, models.PROTECT, related_name="visits", editable=False, verbose_name=_("Professional backbone")
    )
    station = models.ForeignKey(
        Station, models.PROTECT, related_name="pairing_visits", editable=False, verbose_name=_("Station")
    )
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("County"))
    on = models.DateField(_("Day"))
    part = models.CharField(_("Part of the day"), max_length=9, choices=Part, default=Part.WHOLE)
    tasks = models.JSONField(
        pgettext_lazy("a visit day", "What was done"), default=list, blank=True, validators=[validate_tasks]
    )
    summary = models.TextField(_("In words"), blank=True, max_length=2000, validators=[validate_text])
    # Of the log of activities, which lies a floor above: known here by their ids alone.
    activities = models.JSONField(_("Activities it belongs to"), default=list, blank=True, validators=[validate_ids])
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )
    state = models.CharField(_("State"), max_length=9, choices=State, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Visit day")
        verbose_name_plural = _("Visit days")
        ordering = ["-on", "-id"]
        indexes = [
            models.Index("id", name="visit_waiting", condition=Q(state__in=["logged", "returned"])),
            models.Index("backbone", "on", name="visit_of_backbone"),
            models.Index("county", "on", name="visit_of_county"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["backbone", "station", "on"],
                condition=~Q(state="void"),
                name="visit_once_a_day",
                violation_error_message=_("This day at this station is entered already; change it instead."),
                violation_error_code="visit_twice",
            )
        ]

    def __str__(self) -> str:
        return f"{date_format(self.on, 'Y-m-d')} {self.backbone} → {self.station}"

    @property
    def task_names(self) -> str:
        """What was done, in words."""
        return self.tell_tasks(self.tasks)

    def tell_tasks(self, tasks: Iterable[str]) -> str:
        return listed(Task(task).label for task in tasks)
