"""Grades of stations and titles of towns, each with the document that gave it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.scope import ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from stations.models.station import OfStation

# Towns are given titles since there are any of the kind.
EARLIEST_YEAR, LATEST_YEAR = 1949, 2100


class Grade(models.TextChoices):
    SPECIAL = "special", _("Special grade")
    FIRST = "first", _("First grade")
    SECOND = "second", _("Second grade")
    THIRD = "third", _("Third grade")


class OfStanding(models.TextChoices):
    """The states of what a document gave: it counts, or was entered in error."""

    VALID = "valid", _("Valid")
    VOID = "void", _("Void")


STANDING = ~Q(state=OfStanding.VOID)


class StandingQuerySet(ScopedQuerySet):
    def standing(self) -> StandingQuerySet:
        """Those that were not struck out."""
        return self.filter(STANDING)


class Awarded(OfStation):
    """A dated row that a document gave, kept for good; what was entered in error is voided and says why."""

    State = OfStanding

    scope = replace(OfStation.scope, power="stations.grading")

    document = models.CharField(_("Issuing document"), max_length=120, validators=[validate_text])
    state = models.CharField(_("State"), max_length=5, choices=State, default=State.VALID, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta(OfStation.Meta):
        abstract = True


@recorded()
class Grading(Awarded):
    """The grade a station holds for a time, by the document that gave it. A grade is not a title."""

    grade = models.CharField(_("Grade"), max_length=8, choices=Grade)

    class Meta(Awarded.Meta):
        verbose_name = _("Grading")
        verbose_name_plural = _("Gradings")
        constraints = [
            *OfStation.Meta.constraints,
            models.UniqueConstraint(
                fields=["station", "valid_from"],
                condition=STANDING,
                name="grading_once",
                violation_error_message=_("The station has a grade from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station}: {self.get_grade_display()}"


@recorded()
class Title(Awarded):
    """A title the town holds, such as Strong Cultural Town, with its year and document. Never a computed result."""

    title = models.CharField(pgettext_lazy("of a town", "Title"), max_length=60, validators=[validate_text])
    year = models.PositiveSmallIntegerField(
        _("Year"), validators=[MinValueValidator(EARLIEST_YEAR), MaxValueValidator(LATEST_YEAR)]
    )
    issuer = models.CharField(_("Issued by"), max_length=100, validators=[validate_text])

    class Meta(Awarded.Meta):
        verbose_name = pgettext_lazy("of a town", "Title")
        verbose_name_plural = pgettext_lazy("of a town", "Titles")
        constraints = [
            *OfStation.Meta.constraints,
            models.UniqueConstraint(
                fields=["station", "title", "year"],
                condition=STANDING,
                name="title_once",
                violation_error_message=_("The town has this title of this year already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year}) · {self.station}"
