"""What is assessed in a year: one town or station, indicator by indicator, and what is shown for each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models.cycle import Cycle
from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.text import validate_text
from culture_admin.scoring.judging import Judged, ReviewedItem, numbers_field
from culture_admin.scoring.values import Standing
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Unit
from culture_admin.workflow.models import Filed
from stations.models import Station


class OfAssessment(models.TextChoices):
    """The states of one town's assessment (DOMAIN.md §5.4)."""

    OPEN = "open", _("Self-assessment")
    RETURNED = "returned", pgettext_lazy("an assessment", "Returned")
    DECLARED = "declared", _("With the town")
    SEALED = "sealed", _("Sealed by the town")
    ACCEPTED = "accepted", _("First review passed")
    CHECKED = "checked", _("Accepted on the spot")
    PUBLICISED = "publicised", _("In publicity")
    FINAL = "final", _("Final")
    VOID = "void", _("Void")


class AssessmentQuerySet(ScopedQuerySet):
    def standing(self) -> AssessmentQuerySet:
        """Those that were not taken out."""
        return self.exclude(state=OfAssessment.VOID)


@recorded()
class Assessment(Filed):
    """One town, or station, in a yearly assessment. group: the code of those it is compared with."""

    State = OfAssessment
    # In these the town writes.
    WRITTEN = (State.OPEN, State.RETURNED)

    scope = Scope(
        "assessments.self",
        place="division__path",
        station="station",
        county="county",
        entrusted="entrusted",
    )

    cycle = models.ForeignKey(
        Cycle, models.PROTECT, related_name="assessments", verbose_name=pgettext_lazy("of a year", "Assessment")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assessments", verbose_name=_("Assessed"))
    station = models.ForeignKey(
        Station, models.PROTECT, null=True, blank=True, related_name="assessments", verbose_name=_("Station")
    )
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    group = models.CharField(_("Group"), max_length=12)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.OPEN, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Assessment of a town")
        verbose_name_plural = _("Assessments of towns")
        ordering = ["-cycle", "group", "division__code", "id"]
        indexes = [
            *Filed.Meta.indexes,
            models.Index("id", name="assessment_waiting", condition=Q(state__in=["declared", "sealed", "accepted"])),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "unit"], name="assessment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name} · {self.cycle}"


@recorded()
class Item(ReviewedItem):
    """One indicator of an assessment: what is said of it, what the first review makes of it, and the evidence.

    code: of the indicator in the scheme. Of an indicator that is counted only the note and the evidence are entered.
    """

    scope = Scope(
        "assessments.self",
        place="assessment__division__path",
        station="assessment__station",
        county="assessment__county",
    )

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="items", verbose_name=_("Assessment of a town")
    )
    code = models.CharField(_("Indicator"), max_length=12)
    claimed = models.CharField(_("Said by the town"), max_length=14, choices=Judged, blank=True)
    claimed_numbers = numbers_field(_("Numbers of the town"))
    note = models.CharField(_("Note"), max_length=500, blank=True, validators=[validate_text])

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Item of an assessment")
        verbose_name_plural = _("Items of assessments")
        ordering = ["assessment", "id"]
        constraints = [models.UniqueConstraint(fields=["assessment", "code"], name="item_once")]

    def __str__(self) -> str:
        return f"{self.code} · {self.assessment}"

    @property
    def is_claimed(self) -> bool:
        return self.claim[0].standing != Standing.NOT_RECORDED


@recorded()
class Evidence(models.Model):
    """A file shown for an item: on which page it says so, and when it happened, which is not when it was uploaded."""

    scope = Scope(
        "assessments.self",
        place="item__assessment__division__path",
        station="item__assessment__station",
        county="item__assessment__county",
    )

    item = models.ForeignKey(Item, models.PROTECT, related_name="evidence", verbose_name=_("Item of an assessment"))
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name=_("Attachment"))
    page = models.CharField(_("Page"), max_length=40, blank=True, validators=[validate_text])
    happened_on = models.DateField(_("Happened on"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=200, blank=True, validators=[validate_text])
    withdrawn = models.BooleanField(_("Withdrawn"), default=False, editable=False)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Recorded by")
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Evidence")
        verbose_name_plural = _("Evidence")
        ordering = ["item_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "attachment"],
                condition=Q(withdrawn=False),
                name="evidence_once",
                violation_error_message=_("This file is shown for the item already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.attachment} · {self.item.code}"
