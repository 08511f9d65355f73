"""Complaints of the public about a station: what came in, what the town answers, and what the bureau makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.personal.fields import SealedField
from culture_admin.accounts.personal.masks import hide_phone
from culture_admin.accounts.personal.records import PersonalModel
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from culture_admin.workflow.models import Deadline
from stations.models.station import Station

# The duty to answer.
DUTY = "stations.complaint"
USUAL_DAYS, LONGEST_DAYS = 10, 60
# What somebody who complained is still asked or told is over by then (PIPL Art. 19: the shortest time that does).
KEPT_AFTER_CLOSING = timedelta(days=366)


class OfComplaint(models.TextChoices):
    """The states of a complaint."""

    RECEIVED = "received", _("To be answered")
    ANSWERED = "answered", _("Answered")
    RETURNED = "returned", _("To be answered better")
    CLOSED = "closed", pgettext_lazy("a complaint", "Closed")
    VOID = "void", _("Void")


class ComplaintQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> ComplaintQuerySet:
        return super().visible_to(user, verb).with_due()

    def with_due(self) -> ComplaintQuerySet:
        """Each with `due_on`, the day by which an answer is, or was last, owed."""
        kind = ContentType.objects.get_for_model(self.model)
        duties = Deadline.objects.filter(code=DUTY, subject_type=kind, subject_id=OuterRef("pk")).order_by("-pk")
        return self.annotate(due_on=Subquery(duties.values("due_on")[:1]))

    def late(self, on: date) -> ComplaintQuerySet:
        """Those whose answer was owed by a day that is past, and has not come."""
        owed = Deadline.objects.overdue(on).filter(code=DUTY).values("subject_id")
        return self.filter(pk__in=owed, state__in=[OfComplaint.RECEIVED, OfComplaint.RETURNED])

    def standing(self) -> ComplaintQuerySet:
        return self.exclude(state=OfComplaint.VOID)


@recorded()
class Complaint(models.Model):
    """One complaint. Who complained, and how he is reached, stands sealed in ComplaintData."""

    State = OfComplaint
    # The town has to answer it.
    OPEN = (OfComplaint.RECEIVED, OfComplaint.RETURNED)

    class Channel(models.TextChoices):
        VISIT = "visit", _("In person")
        PHONE = "phone", _("By telephone")
        LETTER = "letter", _("By letter")
        HOTLINE = "hotline", _("Hotline 12345")
        ONLINE = "online", _("Online")

    class About(models.TextChoices):
        SERVICE = "service", _("Service and staff")
        HOURS = "hours", _("Opening hours")
        PREMISES = "premises", _("Premises and noise")
        SAFETY = "safety", _("Safety")
        MONEY = "money", _("Money")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld")
        PARTLY = "partly", _("Partly upheld")
        UNFOUNDED = "unfounded", _("Unfounded")
        ELSEWHERE = "elsewhere", _("Not for culture to decide; passed on")

    # What is to be put right at the station.
    JUSTIFIED = (Outcome.UPHELD, Outcome.PARTLY)

    scope = Scope("stations.complaints", place="station__division__path", station="station")

    station = models.ForeignKey(Station, models.PROTECT, related_name="complaints", verbose_name=_("Station"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("County"))
    received_on = models.DateField(_("Received on"))
    channel = models.CharField(_("How it came"), max_length=7, choices=Channel)
    about = models.CharField(_("About"), max_length=8, choices=About)
    text = models.TextField(pgettext_lazy("a complaint", "What was said"), max_length=2000, validators=[validate_text])
    working_days = models.PositiveSmallIntegerField(
        _("To be answered within (working days)"),
        default=USUAL_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)],
    )
    answer = models.TextField(_("Answer"), blank=True, max_length=4000, validators=[validate_text])
    outcome = models.CharField(_("Outcome"), max_length=9, choices=Outcome, blank=True)
    answered_on = models.DateField(_("Answered on"), null=True, editable=False)
    closed_on = models.DateField(_("Closed on"), null=True, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.RECEIVED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("Complaint")
        verbose_name_plural = _("Complaints")
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index("station", F("received_on").desc(), name="complaint_of_station"),
            models.Index("id", name="complaint_waiting", condition=Q(state__in=["received", "returned", "answered"])),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()} · {self.text[:30]}"


class ComplaintData(PersonalModel):
    """Who complained, and how he is reached."""

    scope = replace(Complaint.scope, place="complaint__station__division__path", station="complaint__station")
    power = "stations.complaints.data"
    kept = _("One year after the complaint is closed.")

    complaint = models.OneToOneField(
        Complaint, models.PROTECT, primary_key=True, related_name="data", verbose_name=_("Complaint")
    )
    name = SealedField(_("Name of who complained"))
    contact = SealedField(_("How he is reached"), hide=hide_phone)

    class Meta:
        verbose_name = _("Personal data of a complaint")
        verbose_name_plural = _("Personal data of complaints")

    def __str__(self) -> str:
        return self.concerned

    @classmethod
    def over(cls, today: date) -> models.QuerySet:
        return cls.objects.filter(
            Q(complaint__closed_on__lt=today - KEPT_AFTER_CLOSING) | Q(complaint__state=OfComplaint.VOID)
        )

    @property
    def concerned(self) -> str:
        return f"{self.complaint.received_on} · {self.complaint.station.unit.name_zh}"

    @property
    def division(self) -> Division:
        return self.complaint.station.division
