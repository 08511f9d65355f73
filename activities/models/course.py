"""Courses: training sessions under one title with one group of learners."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.codes import Genre
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models import Station
from stewards.models import Firm, Posting, Steward


@recorded()
class Course(models.Model):
    """A class: what is taught, by whom, from when to when. Its sessions are activities."""

    scope = Scope("activities", place="station__division__path", station="station", firm="firm", person="steward__user")

    station = models.ForeignKey(Station, models.PROTECT, related_name="courses", verbose_name=_("Station"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    title = models.CharField(_("Title"), max_length=200, validators=[validate_text])
    genre = models.ForeignKey(
        Genre, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name=_("Genre")
    )
    begins_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    posting = models.ForeignKey(
        Posting, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name=_("Posting")
    )
    steward = models.ForeignKey(
        Steward, models.PROTECT, null=True, editable=False, related_name="courses", verbose_name=_("Cultural steward")
    )
    firm = models.ForeignKey(
        Firm, models.PROTECT, null=True, editable=False, related_name="courses", verbose_name=_("Service provider")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Course")
        verbose_name_plural = _("Courses")
        ordering = ["-begins_on", "-id"]

    def __str__(self) -> str:
        return self.title
