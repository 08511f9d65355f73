"""A station, and what every dated row of its file has."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Unit, in_force


class StationQuerySet(ScopedQuerySet):
    def existing(self, on) -> StationQuerySet:
        return self.filter(in_force(on, "unit__"))

    def ended(self, on) -> StationQuerySet:
        return self.filter(unit__valid_to__lte=on)


@recorded()
class Station(models.Model):
    """A comprehensive cultural station: the unit, where it stands, and how to reach it."""

    scope = Scope("stations", place="division__path", station="pk")

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="station", verbose_name=_("Unit"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="stations", verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    address = models.CharField(_("Address"), max_length=200, blank=True)
    telephone = models.CharField(_("Telephone"), max_length=30, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("Merged into"),
        db_index=False,
    )
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

    @property
    def ending(self) -> str:
        """Since when the station is no more, and which it is merged into; "" for one that has no end."""
        if self.unit.valid_to is None:
            return ""
        day = date_format(self.unit.valid_to, "DATE_FORMAT")
        if self.merged_into:
            return gettext("merged into %(station)s on %(day)s") % {"station": self.merged_into, "day": day}
        return gettext("ended on %(day)s") % {"day": day}


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
