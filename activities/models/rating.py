"""Ratings: what residents say of an activity they were at."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models import Station

# 0 is “I cannot say”, and stands in no mean.
SCORED = Q(score__gt=0)


@recorded(exclude=["device"])
class Rating(models.Model):
    """One answer of one device, which may be changed; nobody is asked who he is.

    `device` is a hash of a cookie and of the activity, so that no two ratings tell that they came from one phone.
    """

    class Score(models.IntegerChoices):
        VERY_GOOD = 5, _("Very satisfied")
        GOOD = 4, _("Satisfied")
        FAIR = 3, _("Neither")
        POOR = 2, _("Dissatisfied")
        VERY_POOR = 1, _("Very dissatisfied")
        UNKNOWN = 0, _("I cannot say")

    scope = Scope("activities.ratings", place="station__division__path", station="station", county="county")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="ratings", verbose_name=_("Activity"))
    station = models.ForeignKey(Station, models.PROTECT, related_name="+", verbose_name=_("Station"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    score = models.PositiveSmallIntegerField(_("Score"), choices=Score, validators=[MaxValueValidator(5)])
    comment = models.CharField(_("Comment"), max_length=200, blank=True, validators=[validate_text])
    device = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(_("Time"), default=timezone.now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rating")
        verbose_name_plural = _("Ratings")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "device"], name="rating_once"),
            models.CheckConstraint(condition=Q(score__lte=5), name="rating_score"),
        ]

    def __str__(self) -> str:
        return f"{self.get_score_display()} · {self.activity}"
