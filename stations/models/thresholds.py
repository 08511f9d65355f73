"""Numbers that a law, a standard or a county sets for stations, each with its source and the place and time it holds for."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, in_force

# The hours of a week; the largest number any of the thresholds can be is that of the days of a year.
HOURS_OF_A_WEEK, DAYS_OF_A_YEAR = 168, 366


class ThresholdQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> ThresholdQuerySet:
        """Those of the places the user's offices cover, and to read also those of the places above, which hold there too."""
        offices = self.model.scope.offices(user, verb)
        rows = Q(pk__in=[])
        for office in offices:
            rows |= Q(division__path__startswith=office.path)
            if verb == "see":
                above = [int(part) for part in office.path.strip("/").split("/")]
                rows |= Q(division__isnull=True) | Q(division__in=above)
        return self.filter(rows)


@recorded()
class Threshold(models.Model):
    """One number for one place from a day on; without a place it holds wherever nothing nearer says otherwise."""

    class Code(models.TextChoices):
        WEEKLY_HOURS = "weekly_hours", _("Opening hours a week, at least")
        CLOSURE_NOTICE = "closure_notice", _("Days a closure is announced ahead, at least")
        RECTIFICATION = "rectification", _("Days to rectify a finding")
        BACKDATING = "backdating", _("Days within which money is entered")

    scope = Scope("stations.thresholds", place="division__path")

    code = models.CharField(_("What it limits"), max_length=20, choices=Code)
    division = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Place"),
        help_text=_("It holds in everything below, unless a nearer place has a number of its own."),
    )
    number = models.PositiveSmallIntegerField(
        _("Number"), validators=[MinValueValidator(0), MaxValueValidator(DAYS_OF_A_YEAR)]
    )
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    source = models.CharField(
        _("Source"),
        max_length=200,
        validators=[validate_text],
        help_text=_("The law, standard or document that sets the number."),
    )

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("Threshold")
        verbose_name_plural = _("Thresholds")
        ordering = ["code", F("division__code").asc(nulls_first=True), "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "division", "valid_from"],
                name="threshold_once",
                nulls_distinct=False,
                violation_error_message=_("This place has such a number from this day already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="threshold_ends_after_start",
                violation_error_message=_("The end lies after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.number}"


def threshold(code: str, division: Division, on: date) -> Threshold:
    """The number that holds in a division on a day: that of the nearest place above which has one.

    Those that hold everywhere are entered with the schema and end for nobody, so there always is one.
    """
    rows = Threshold.objects.filter(in_force(on), Q(division=None) | Q(division__in=division.ancestry), code=code)
    nearest = rows.order_by(Length("division__path").desc(nulls_last=True), "-valid_from").first()
    assert nearest is not None, code
    return nearest
