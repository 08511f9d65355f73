"""Findings: what is not as it has to be at a station, by when it is to be put right, and whether it was."""

from __future__ import annotations

from datetime import date

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Unit
from stations.models.station import Station


class OfFinding(models.TextChoices):
    """The states of a finding."""

    OPEN = "open", _("To be rectified")
    RECTIFIED = "rectified", _("To be checked again")
    CLOSED = "closed", _("Put right")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What somebody still has to do something about.
PENDING = (OfFinding.OPEN, OfFinding.RECTIFIED)


class FindingQuerySet(ScopedQuerySet):
    def pending(self) -> FindingQuerySet:
        return self.filter(state__in=PENDING)

    def overdue(self, on: date) -> FindingQuerySet:
        return self.filter(state=OfFinding.OPEN, due_on__lt=on)

    def standing(self, on: date) -> FindingQuerySet:
        """Those that stood on a day: opened by then, and not yet put right."""
        rows = self.exclude(state=OfFinding.WITHDRAWN).filter(opened_on__lte=on)
        return rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def about(self, subject: models.Model) -> FindingQuerySet:
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)


@recorded()
class Finding(models.Model):
    """One thing found at a station that somebody has to put right by a day, and the bureau then looks at again.

    subject: the record it arose from, such as the lease of a room or a safety check; a record has one pending finding of a
    kind at a time. debtor: the unit that has to put it right, the station or its town.
    """

    State = OfFinding

    class Kind(models.TextChoices):
        PUBLIC_WELFARE = "public_welfare", _("Premises put to other use")
        OPENING_HOURS = "opening_hours", _("Opening hours")
        PURPOSE = "purpose", _("Money spent outside its purpose")
        SAFETY = "safety", _("Safety")
        COMPLAINT = "complaint", _("Complaint")
        OTHER = "other", _("Something else")

    scope = Scope("stations.findings", place="station__division__path", station="station")

    station = models.ForeignKey(Station, models.PROTECT, related_name="findings", verbose_name=_("Station"))
    kind = models.CharField(_("Kind"), max_length=14, choices=Kind)
    what = models.CharField(_("What was found"), max_length=300, validators=[validate_text])
    basis = models.CharField(_("Basis"), max_length=200, validators=[validate_text])
    debtor = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("To be put right by"))
    opened_on = models.DateField(_("Found"))
    due_on = models.DateField(_("To be put right until"))
    rectified_on = models.DateField(_("Said to be put right"), null=True, editable=False)
    closed_on = models.DateField(_("Checked again and closed"), null=True, editable=False)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True, editable=False, related_name="+")
    subject_id = models.BigIntegerField(null=True, editable=False)
    subject = GenericForeignKey("subject_type", "subject_id")
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.OPEN, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("at a station", "Finding")
        verbose_name_plural = _("Findings")
        ordering = ["-opened_on", "-id"]
        indexes = [
            models.Index("id", name="finding_waiting", condition=Q(state__in=["rectified"])),
            models.Index("station", F("opened_on").desc(), name="finding_of_station"),
            models.Index("due_on", name="finding_pending", condition=Q(state__in=PENDING)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=Q(state__in=PENDING, subject_id__isnull=False),
                name="finding_pending_once",
                violation_error_message=_("A finding about this is pending already."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")),
                name="finding_due_after_opening",
                violation_error_message=_("It cannot be due before it was found."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.what}"
