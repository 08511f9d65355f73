"""Series: activities that recur by one rule."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from stations.models import Station


@recorded()
class Series(models.Model):
    """A rule by which activities were planned at once; each of them keeps its series when it is changed."""

    scope = Scope("activities", place="station__division__path", station="station")

    station = models.ForeignKey(Station, models.PROTECT, related_name="series", verbose_name=_("Station"))
    title = models.CharField(_("Title"), max_length=200, validators=[validate_text])
    weekdays = models.JSONField(_("Weekdays"), default=list, help_text=_("Monday is 1, Sunday is 7."))
    every = models.PositiveSmallIntegerField(_("Every so many weeks"), default=1)
    begins_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Series")
        verbose_name_plural = _("Series (plural)")
        ordering = ["-begins_on", "-id"]

    def __str__(self) -> str:
        return self.title
