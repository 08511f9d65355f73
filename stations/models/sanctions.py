"""Sanctions of the registration office: a warning, the certificate held, the registration revoked (DOMAIN.md §3.5)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models.registration import Registration
from stations.models.station import Station


@recorded()
class Sanction(models.Model):
    """What the office does about a legal person that does not report, reports falsely or does not register what has changed.

    mend_by: the last day to mend it; the next step is taken only after it. document: its number, as the circular to the
    sponsor has it.
    """

    class Ground(models.TextChoices):
        NO_REPORT = "no_report", _("Annual report not filed")
        FALSE_REPORT = "false_report", _("Annual report not true")
        NO_CHANGE = "no_change", _("Change not registered")
        OTHER = "other", pgettext_lazy("a ground", "Other")

    class State(models.TextChoices):
        WARNED = "warned", _("Warned")
        HELD = "held", _("Certificate and seal held")
        REVOKED = "revoked", _("Registration revoked")
        LIFTED = "lifted", pgettext_lazy("a sanction", "Lifted")

    OPEN = (State.WARNED, State.HELD)

    scope = Scope("stations.sanctions", place="station__division__path", station="station", county="county")

    station = models.ForeignKey(Station, models.PROTECT, related_name="sanctions", verbose_name=_("Station"))
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("Town"), db_index=False
    )
    county = models.ForeignKey(
        Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("County"), db_index=False
    )
    registration = models.ForeignKey(
        Registration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sanctions",
        verbose_name=_("Registration case"),
    )
    ground = models.CharField(_("Ground"), max_length=12, choices=Ground)
    finding = models.TextField(_("What was found"))
    document = models.CharField(_("Document number"), max_length=60)
    warned_on = models.DateField(_("Warned on"), editable=False)
    mend_by = models.DateField(_("To be mended by"))
    state = models.CharField(_("State"), max_length=7, choices=State, default=State.WARNED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sanction")
        verbose_name_plural = _("Sanctions")
        ordering = ["-warned_on", "-id"]
        indexes = [models.Index("county", "state", name="sanction_of_county")]
        constraints = [
            models.CheckConstraint(
                condition=Q(mend_by__gte=F("warned_on")),
                name="sanction_time_to_mend",
                violation_error_message=_("The day to mend by is not before the warning."),
                violation_error_code="mend_by",
            ),
            models.UniqueConstraint(
                fields=["station", "ground"],
                condition=Q(state__in=["warned", "held"]),
                name="sanction_one_open",
                violation_error_message=_("The station is warned of this already."),
                violation_error_code="open_sanction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} · {self.station}"
