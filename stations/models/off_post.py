"""The off-post ledger, what it does to an officer's rights, and how somebody objects to it (DM-4, DOMAIN.md §4.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, in_force
from culture_admin.territory.ranges import DateRange, SameKey
from culture_admin.workflow.models import Filed
from stations.models.cases import PersonnelCase
from stations.models.officers import Officer
from stations.models.station import OfStation, Station


class OffPostQuerySet(ScopedQuerySet):
    def standing(self) -> OffPostQuerySet:
        """Those that were not struck out."""
        return self.exclude(state=OffPost.State.VOID)

    def on(self, day) -> OffPostQuerySet:
        return self.standing().filter(in_force(day))

    def counting(self) -> OffPostQuerySet:
        """Those that cost rights: established, but not on post."""
        return self.standing().filter(reason__in=OffPost.COUNTING)


@recorded()
class OffPost(OfStation):
    """That an officer left the post on a day, and since when he is back; the day of his return is no day off post."""

    class State(models.TextChoices):
        ON_RECORD = "on_record", _("On record")
        VOID = "void", _("Void")

    class Reason(models.TextChoices):
        DIVERTED = "diverted", _("Put to other work")
        SECONDED = "seconded", _("Seconded to work that is not culture")
        SECONDED_CULTURE = "seconded_culture", _("Seconded to cultural work")
        UNKNOWN = "unknown", _("Absent without leave")
        SICK = "sick", _("Sick leave")
        STUDY = "study", _("Study or family leave")

    # Who is established but does the work of another office, or none, is off post; who is ill, studies or does cultural work
    # elsewhere is not (Cixi: "established but off post"; the reasons are ours).
    COUNTING = (Reason.DIVERTED, Reason.SECONDED, Reason.UNKNOWN)

    scope = replace(OfStation.scope, power="stations.off_post")

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="absences", verbose_name=_("Officer"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    reason = models.CharField(_("Reason"), max_length=16, choices=Reason)
    due_back = models.DateField(_("Return on"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=200, blank=True, validators=[validate_text])
    case = models.ForeignKey(
        PersonnelCase, models.PROTECT, null=True, blank=True, related_name="absences", verbose_name=_("Personnel case")
    )
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.ON_RECORD, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )

    objects: ClassVar[Any] = OffPostQuerySet.as_manager()

    class Meta(OfStation.Meta):
        verbose_name = _("Time off post")
        verbose_name_plural = _("Off-post ledger")
        ordering = ["-valid_from", "-id"]
        constraints = [
            *OfStation.Meta.constraints,
            ExclusionConstraint(
                name="off_post_once",
                expressions=[
                    (SameKey("officer", "officer"), RangeOperators.OVERLAPS),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="on_record"),
                violation_error_message=_("The officer is off post in this time already."),
                violation_error_code="off_post_twice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer.name} · {self.get_reason_display()} · {self.valid_from}"

    def holds(self, day: date) -> bool:
        """Whether the officer is off post on the day."""
        left = self.state != self.State.VOID and self.valid_from <= day
        return left and (self.valid_to is None or self.valid_to > day)

    @property
    def counts(self) -> bool:
        return self.state != self.State.VOID and self.reason in self.COUNTING


@recorded()
class OffPostObjection(Filed):
    """What somebody says against an entry of the off-post ledger: strike it, or correct its days."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        RAISED = "raised", _("Raised")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = (State.DRAFT, State.RAISED)

    scope = Scope(
        "stations.objections",
        place="off_post__station__division__path",
        station="off_post__station",
        entrusted="entrusted",
    )

    off_post = models.ForeignKey(OffPost, models.PROTECT, related_name="objections", verbose_name=_("Time off post"))
    strike = models.BooleanField(_("Strike the entry"), default=True)
    left_on = models.DateField(_("Left the post, in truth"), null=True, blank=True)
    returned_on = models.DateField(_("Back on post, in truth"), null=True, blank=True)
    grounds = models.TextField(_("Grounds"), max_length=2000, validators=[validate_text])
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Objection to an off-post entry")
        verbose_name_plural = _("Objections to off-post entries")
        indexes = [*Filed.Meta.indexes, models.Index("id", name="objection_waiting", condition=Q(state__in=["raised"]))]
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["off_post"],
                condition=Q(state__in=["draft", "raised"]),
                name="objection_one_open",
                violation_error_message=_("There is an open objection to this entry already."),
                violation_error_code="objection_open",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(left_on__isnull=True) | Q(returned_on__gt=F("left_on")),
                name="objection_returns_after_leaving",
                violation_error_message=_("The end lies after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.off_post.officer.name} · {self.off_post.valid_from}"

    def clean(self) -> None:
        """Rules of one row."""
        if not self.strike and self.left_on is None and self.returned_on is None:
            message = _("Say which day is wrong, or ask to strike the entry.")
            raise ValidationError({"strike": ValidationError(message, code="asks_nothing")})


@recorded()
class TitleApplication(Filed):
    """That an officer takes part in a year's promotion of professional titles."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        FILED = "filed", pgettext_lazy("an application", "Filed")
        FORWARDED = "forwarded", _("Forwarded to the review board")
        REFUSED = "refused", pgettext_lazy("a case", "Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    scope = Scope("stations.promotion", place="station__division__path", station="station", entrusted="entrusted")

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="title_applications", verbose_name=_("Officer"))
    station = models.ForeignKey(Station, models.PROTECT, related_name="title_applications", verbose_name=_("Station"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    year = models.PositiveSmallIntegerField(_("Year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    sought = models.CharField(_("Title applied for"), max_length=9, choices=Officer.Title)
    note = models.CharField(_("Note"), max_length=200, blank=True, validators=[validate_text])
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Application for a title")
        verbose_name_plural = _("Applications for titles")
        indexes = [
            *Filed.Meta.indexes,
            models.Index("id", name="title_application_waiting", condition=Q(state__in=["filed"])),
        ]
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "year"],
                condition=Q(state__in=["draft", "filed", "forwarded"]),
                name="title_application_once",
                violation_error_message=_("The officer takes part in this year's promotion already."),
                violation_error_code="applied_already",
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer.name} · {self.year} · {self.get_sought_display()}"
