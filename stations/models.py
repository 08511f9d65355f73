"""Stations: the file of each, its standing as a legal person, its grades, titles and premises."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Unit, in_force

PUBLIC_INSTITUTION = "12"


def validate_institution_code(value: str) -> None:
    """A unified social credit code of a public institution: 18 characters, check character, category 12 (GB 32100-2015)."""
    try:
        uscc.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("“%(value)s” is not a valid unified social credit code; check O against 0 and I against 1."),
            code="uscc_checksum",
            params={"value": value},
        ) from error
    if not value.startswith(PUBLIC_INSTITUTION):
        raise ValidationError(
            _("The code of a public institution begins with 12; this one begins with %(begin)s."),
            code="uscc_category",
            params={"begin": value[:2]},
        )


class StationQuerySet(ScopedQuerySet):
    def existing(self, on) -> StationQuerySet:
        return self.filter(in_force(on, "unit__"))


@recorded()
class Station(models.Model):
    """A comprehensive cultural station: the unit, where it stands, and how to reach it."""

    scope = Scope("stations", place="division__path", station="pk")

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="station", verbose_name=_("Unit"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="stations", verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    address = models.CharField(_("Address"), max_length=200, blank=True)
    telephone = models.CharField(_("Telephone"), max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Station")
        verbose_name_plural = _("Stations")
        ordering = ["division__code"]

    def __str__(self) -> str:
        return self.unit.name

    @property
    def name(self) -> str:
        return self.unit.name


class OfStation(models.Model):
    """A dated row of a station's file: valid from a day, until a day that is not in it any more."""

    scope = Scope("stations", place="station__division__path", station="station")

    station = models.ForeignKey(Station, models.PROTECT, related_name="%(class)ss", verbose_name=_("Station"))
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["station__division__code", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(class)s_ends_after_start",
                violation_error_message=_("The end lies after the beginning."),
            )
        ]


@recorded()
class Certificate(OfStation):
    """The certificate of a public institution legal person: proof that the station is one, for five years."""

    scope = replace(OfStation.scope, power="stations.registration")

    uscc = models.CharField(_("Unified social credit code"), max_length=18, validators=[validate_institution_code])
    legal_representative = models.CharField(_("Legal representative"), max_length=60)
    sponsor = models.CharField(_("Sponsoring unit"), max_length=100)
    authority = models.CharField(_("Registration authority"), max_length=100)
    domicile = models.CharField(_("Domicile"), max_length=200, blank=True)
    purpose = models.TextField(_("Purpose and business scope"), blank=True)
    funding = models.CharField(_("Funding source"), max_length=60, blank=True)
    startup_funds = models.DecimalField(
        _("Start-up funds (yuan)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta(OfStation.Meta):
        verbose_name = _("Legal person certificate")
        verbose_name_plural = _("Legal person certificates")
        constraints = [
            *OfStation.Meta.constraints,
            models.UniqueConstraint(
                fields=["uscc", "valid_from"],
                name="certificate_once",
                violation_error_message=_("A certificate of this code and day is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uscc} · {self.station}"


class Grade(models.TextChoices):
    SPECIAL = "special", _("Special grade")
    FIRST = "first", _("First grade")
    SECOND = "second", _("Second grade")
    THIRD = "third", _("Third grade")


@recorded()
class Grading(OfStation):
    """The grade a station holds for a time, by the document that gave it. A grade is not a title."""

    scope = replace(OfStation.scope, power="stations.grading")

    grade = models.CharField(_("Grade"), max_length=8, choices=Grade)
    document = models.CharField(_("Issuing document"), max_length=120)

    class Meta(OfStation.Meta):
        verbose_name = _("Grading")
        verbose_name_plural = _("Gradings")
        constraints = [
            *OfStation.Meta.constraints,
            models.UniqueConstraint(
                fields=["station", "valid_from"],
                name="grading_once",
                violation_error_message=_("The station has a grade from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station}: {self.get_grade_display()}"


@recorded()
class Title(OfStation):
    """A title the town holds, such as Strong Cultural Town, with its year and document. Never a computed result."""

    scope = replace(OfStation.scope, power="stations.grading")

    title = models.CharField(pgettext_lazy("of a town", "Title"), max_length=60)
    year = models.PositiveSmallIntegerField(_("Year"))
    issuer = models.CharField(_("Issued by"), max_length=100)
    document = models.CharField(_("Issuing document"), max_length=120)

    class Meta(OfStation.Meta):
        verbose_name = pgettext_lazy("of a town", "Title")
        verbose_name_plural = pgettext_lazy("of a town", "Titles")
        constraints = [
            *OfStation.Meta.constraints,
            models.UniqueConstraint(
                fields=["station", "title", "year"],
                name="title_once",
                violation_error_message=_("The town has this title of this year already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year}) · {self.station}"


# The largest hall of a county seats some thousands; beyond this it is a slip of the finger.
LARGEST_ROOM = 100_000
_OPENING = re.compile(
    r"([1-7])(?:-([1-7]))? ((?:[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d)(?:,[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d)*)"
)


def read_opening_hours(text: str) -> dict[int, list[tuple[time, time]]]:
    """Opening hours by weekday, Monday 1: “1-5 08:30-11:30,13:00-21:00; 6-7 09:00-21:00”. Raises ValidationError."""
    days: dict[int, list[tuple[time, time]]] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        found = _OPENING.fullmatch(part)
        if not found:
            raise ValidationError(
                _("“%(part)s” is not readable; write weekdays and hours like 1-5 08:30-21:00; 6-7 09:00-17:00."),
                code="opening_hours",
                params={"part": part},
            )
        first, last, spans = int(found[1]), int(found[2] or found[1]), found[3].split(",")
        try:
            clocks = [span.split("-") for span in spans]
            hours = [(time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in clocks]
        except ValueError:
            hours = []
        if not hours or first > last or any(begin >= end for begin, end in hours):
            raise ValidationError(
                _("“%(part)s” ends before it begins, or names no time of day."),
                code="opening_hours",
                params={"part": part},
            )
        days |= {day: [*days.get(day, []), *hours] for day in range(first, last + 1)}
    return days


def validate_opening_hours(value: str) -> None:
    read_opening_hours(value)


@recorded()
class Facility(OfStation):
    """A part of a station's premises. The floor area of a station is the sum of its facilities in use on the day."""

    name = models.CharField(_("Name"), max_length=100)
    use = models.CharField(_("Use"), max_length=60)
    floor_area = models.PositiveIntegerField(_("Floor area (m²)"), validators=[MinValueValidator(1)])
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
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(OfStation.Meta):
        verbose_name = _("Facility")
        verbose_name_plural = _("Facilities")
        constraints = [
            *OfStation.Meta.constraints,
            models.UniqueConstraint(
                fields=["station", "name", "valid_from"],
                name="facility_once",
                violation_error_message=_("The station has a facility of this name from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.station}"

    def is_open(self, weekday: int, begins: time, ends: time) -> bool:
        """Whether the hours lie within one opening of the weekday (Monday 1); without opening hours it always is open."""
        hours = read_opening_hours(self.opening_hours)
        return not hours or any(opens <= begins and ends <= shuts for opens, shuts in hours.get(weekday, []))
