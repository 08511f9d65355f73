"""Grades of stations and titles of towns, each with the document that gave it."""

from __future__ import annotations

from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.territory.history import recorded
from stations.models.station import OfStation


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
