"""Safety checks of stations: what was looked at on a day, and what was not in order."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models.standing import OfStanding, StandingQuerySet
from stations.models.station import Station


class Item(models.TextChoices):
    """What is looked at."""

    EXITS = "exits", _("Exits and escape routes are free")
    EXTINGUISHERS = "extinguishers", _("Fire extinguishers and hydrants")
    ALARM = "alarm", _("Alarm, sprinklers, emergency lighting")
    WIRING = "wiring", _("Electric wiring and appliances")
    BUILDING = "building", _("Building, stage and suspended parts")
    CROWD = "crowd", _("Capacity and keeping crowds apart")
    EQUIPMENT = "equipment", _("Sports and play equipment")
    CAMERAS = "cameras", _("Cameras and guards")
    PLAN = "plan", _("Emergency plan and exercise of the year")


class Result(models.TextChoices):
    OK = "ok", _("In order")
    BAD = "bad", _("Not in order")
    NONE = "none", pgettext_lazy("a safety check", "Not there")


@recorded()
class SafetyCheck(models.Model):
    """One look at the safety of a station on a day. It is failed when anything was not in order, and then has a finding."""

    State = OfStanding

    class By(models.TextChoices):
        STATION = "station", _("The station itself")
        TOWN = "town", _("The town")
        BUREAU = "bureau", _("The bureau")
        FIRE = "fire", _("Fire brigade or police")

    scope = Scope("stations.safety", place="station__division__path", station="station")

    station = models.ForeignKey(Station, models.PROTECT, related_name="safety_checks", verbose_name=_("Station"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("County"))
    checked_on = models.DateField(_("Checked on"))
    by = models.CharField(_("Checked by"), max_length=7, choices=By)
    checker = models.CharField(_("Checker"), max_length=60, validators=[validate_text])
    failed = models.BooleanField(_("Not in order"), default=False, editable=False)
    note = models.TextField(_("Note"), blank=True, max_length=2000, validators=[validate_text])
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )
    state = models.CharField(_("State"), max_length=5, choices=State, default=State.VALID, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Safety check")
        verbose_name_plural = _("Safety checks")
        ordering = ["-checked_on", "-id"]
        indexes = [models.Index("station", F("checked_on").desc(), name="safety_of_station")]

    def __str__(self) -> str:
        return f"{self.station} {self.checked_on}"


@recorded()
class SafetyItem(models.Model):
    """What a safety check found of one thing."""

    scope = Scope("stations.safety", place="check_of__station__division__path", station="check_of__station")

    check_of = models.ForeignKey(SafetyCheck, models.PROTECT, related_name="items", verbose_name=_("Safety check"))
    item = models.CharField(_("Looked at"), max_length=13, choices=Item)
    result = models.CharField(pgettext_lazy("a safety check", "Result"), max_length=4, choices=Result)
    remark = models.CharField(_("Remark"), max_length=200, blank=True, validators=[validate_text])

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Item of a safety check")
        verbose_name_plural = _("Items of safety checks")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["check_of", "item"], name="safety_item_once")]

    def __str__(self) -> str:
        return f"{self.get_item_display()}: {self.get_result_display()}"
