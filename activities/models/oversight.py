"""What others say of an activity: the permit of a large event, and what the bureau found on the spot."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from activities.models.bounds import MOST_PEOPLE
from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded

# Regulations on the Safety Administration of Large-Scale Mass Activities, Art. 2, 6 and 12 (DOMAIN.md §7.6).
PERMIT_FROM, CITY_POLICE_FROM, PERMIT_DAYS_AHEAD = 1_000, 5_000, 20
PERMIT_BASIS = "《大型群众性活动安全管理条例》第十一至十四条"


class PermitQuerySet(ScopedQuerySet):
    def in_force(self) -> PermitQuerySet:
        """Permits of what is still to be held as it was permitted."""
        return self.filter(lapsed_at__isnull=True)


@recorded()
class Permit(models.Model):
    """A public-security permit for an event of a thousand people or more; it lapses when time, place or content change."""

    scope = Scope("activities", place="activity__station__division__path", station="activity__station")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="permits", verbose_name=_("Activity"))
    number = models.CharField(_("Permit number"), max_length=60, validators=[validate_text])
    authority = models.CharField(_("Granted by"), max_length=100, validators=[validate_text])
    granted_on = models.DateField(_("Granted on"))
    lapsed_at = models.DateTimeField(_("Lapsed"), null=True, blank=True, editable=False)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )

    objects = PermitQuerySet.as_manager()

    class Meta:
        verbose_name = _("Public-security permit")
        verbose_name_plural = _("Public-security permits")
        ordering = ["-granted_on", "-id"]

    def __str__(self) -> str:
        return self.number


@recorded()
class SpotCheck(models.Model):
    """What the bureau found when it looked at an activity. It changes neither the log nor its state."""

    class Finding(models.TextChoices):
        AGREES = "ok", _("As logged")
        DIFFERS = "differs", _("Differs from the log")
        ABSENT = "absent", _("Did not take place")

    scope = Scope("activities.checks", place="activity__station__division__path", station="activity__station")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="spot_checks", verbose_name=_("Activity"))
    found_on = models.DateField(_("Found on"))
    finding = models.CharField(_("Finding"), max_length=7, choices=Finding)
    heads_seen = models.PositiveIntegerField(
        _("Heads seen"), null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    note = models.TextField(_("Note"), blank=True, max_length=2000, validators=[validate_text])
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Found by")
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Spot check")
        verbose_name_plural = _("Spot checks")
        ordering = ["-found_on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_finding_display()} ({self.found_on})"
