"""Meetings of station heads, which stations came to them, and what was agreed there to be done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Unit
from stations.models.gatherings import Gathering
from stations.models.station import Station


@recorded()
class Meeting(Gathering):
    """A monthly work meeting of station heads, or an on-site meeting in a town that has something to show (Cixi, 2013)."""

    class Kind(models.TextChoices):
        MONTHLY = "monthly", _("Monthly meeting")
        ON_SITE = "on_site", _("On-site meeting")

    kind = models.CharField(_("Kind of meeting"), max_length=7, choices=Kind)
    host = models.ForeignKey(
        Station,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings_hosted",
        verbose_name=_("Host station"),
        help_text=_("Of an on-site meeting: the station of the town that shows its work."),
    )
    # The host's town on the day, or the county.
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("Town or county")
    )
    agenda = models.TextField(_("Agenda"), blank=True, max_length=4000, validators=[validate_text])
    minutes = models.TextField(_("Minutes"), blank=True, max_length=20_000, validators=[validate_text])

    class Meta(Gathering.Meta):
        verbose_name = _("Meeting")
        verbose_name_plural = _("Meetings")
        indexes = [
            models.Index("id", name="meeting_waiting", condition=Q(state__in=["held"])),
        ]
        constraints = [
            *Gathering.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="monthly", host__isnull=True) | Q(kind="on_site", host__isnull=False),
                name="meeting_on_site_has_a_host",
                violation_error_message=_("An on-site meeting has a host station, a monthly meeting has none."),
            ),
        ]


@recorded()
class MeetingPresence(models.Model):
    """Whether a station was at a meeting, and who came for it."""

    class Status(models.TextChoices):
        PRESENT = "present", pgettext_lazy("at a meeting", "Present")
        SENT = "sent", _("Somebody else came")
        EXCUSED = "excused", _("Excused")
        ABSENT = "absent", pgettext_lazy("at a meeting", "Absent")

    THERE = (Status.PRESENT, Status.SENT)

    scope = Scope("stations.meetings", place="station__division__path", station="station")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="presences", verbose_name=_("Meeting"))
    station = models.ForeignKey(Station, models.PROTECT, related_name="presences", verbose_name=_("Station"))
    status = models.CharField(pgettext_lazy("at a meeting", "Presence"), max_length=7, choices=Status)
    person = models.CharField(
        pgettext_lazy("at a meeting", "Who came"), max_length=60, blank=True, validators=[validate_text]
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Presence at a meeting")
        verbose_name_plural = _("Presences at meetings")
        ordering = ["station__division__code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "station"],
                name="meeting_presence_once",
                violation_error_message=_("The presence of this station is recorded already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.station}: {self.get_status_display()}"


class OfFollowUp(models.TextChoices):
    """The states of what was agreed; the unit that is responsible reports, the bureau closes."""

    OPEN = "open", _("To be done")
    REPORTED = "reported", _("Reported as done")
    RETURNED = "returned", _("Returned")
    CLOSED = "closed", pgettext_lazy("a follow-up", "Closed")
    VOID = "void", _("Void")


@recorded()
class FollowUp(models.Model):
    """What one unit is to do after a meeting, by a day."""

    State = OfFollowUp
    # What the responsible unit still has to do.
    OWED = (OfFollowUp.OPEN, OfFollowUp.RETURNED)

    scope = Scope("stations.follow_ups", place="unit__division__path", station="unit", unit="unit")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="follow_ups", verbose_name=_("Meeting"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="follow_ups", verbose_name=_("Responsible unit"))
    task = models.CharField(
        pgettext_lazy("a follow-up", "What is to be done"), max_length=200, validators=[validate_text]
    )
    due_on = models.DateField(_("Due"))
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.OPEN, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Follow-up")
        verbose_name_plural = _("Follow-ups")
        ordering = ["due_on", "id"]
        indexes = [models.Index("due_on", name="follow_up_open", condition=Q(state__in=["open", "returned"]))]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "unit", "task"],
                condition=~Q(state="void"),
                name="follow_up_once",
                violation_error_message=_("This is agreed with this unit already."),
            )
        ]

    def __str__(self) -> str:
        return self.task
