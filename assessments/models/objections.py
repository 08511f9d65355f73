"""Objections: what somebody says against a record behind a score, and what comes of it."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models.assessment import Assessment
from assessments.models.results import Computation
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.scoring.judging import Judged, numbers_field
from culture_admin.territory.history import recorded
from culture_admin.workflow.models import Filed


@recorded()
class Objection(Filed):
    """What whoever is assessed says against an indicator: a record that ought to count, one that ought not, or a judgement.

    It never names the points. metric: the part of the counted value the record belongs to. moved: once it is upheld, for every
    indicator the record belongs to {code, metric, before, after}: what it added when the values were frozen, and what it adds
    once it is corrected. before, after: the computations between which the score changed; both stay.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        RAISED = "raised", _("Raised")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Wants(models.TextChoices):
        COUNT = "count", _("It ought to count")
        NOT_COUNT = "not_count", _("It ought not to count")
        JUDGE = "judge", _("It ought to be judged otherwise")

    OPEN = (State.DRAFT, State.RAISED)

    scope = Scope(
        "assessments.objections",
        place="assessment__division__path",
        station="assessment__station",
        county="assessment__county",
        entrusted="entrusted",
    )

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="objections", verbose_name=_("Assessment of a town")
    )
    code = models.CharField(_("Indicator"), max_length=12)
    wants = models.CharField(_("What is wrong"), max_length=9, choices=Wants)
    record_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    record_id = models.BigIntegerField(_("Record"), null=True, blank=True)
    record = GenericForeignKey("record_type", "record_id")
    record_text = models.CharField(_("Record as written"), max_length=200, blank=True, editable=False)
    metric = models.CharField(_("Metric"), max_length=60, blank=True, editable=False)
    asked = models.CharField(_("Asked for"), max_length=14, choices=Judged, blank=True)
    asked_numbers = numbers_field(_("Numbers asked for"))
    grounds = models.TextField(pgettext_lazy("to a score", "Grounds"), max_length=2000, validators=[validate_text])
    moved = models.JSONField(_("What the correction moved"), default=list, editable=False)
    before = models.ForeignKey(
        Computation, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Score before")
    )
    after = models.ForeignKey(
        Computation,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="objections",
        verbose_name=_("Score after"),
    )
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("to a score", "Objection")
        verbose_name_plural = pgettext_lazy("to a score", "Objections")
        ordering = ["-id"]
        indexes = [
            *Filed.Meta.indexes,
            models.Index("id", name="score_objection_waiting", condition=Q(state__in=["raised"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "code", "record_type", "record_id"],
                condition=Q(state__in=["draft", "raised"]),
                nulls_distinct=False,
                name="score_objection_one_open",
                violation_error_message=_("There is an open objection to this already."),
                violation_error_code="objection_open",
            ),
            models.CheckConstraint(
                condition=Q(wants="judge", record_id__isnull=True) | ~Q(wants="judge") & Q(record_id__isnull=False),
                name="score_objection_to_a_record",
                violation_error_message=_("Name the record that is wrong; of what is judged there is none."),
                violation_error_code="record_missing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.assessment}"

    def clean(self) -> None:
        """Rules of one row."""
        if self.wants == self.Wants.JUDGE and not self.asked:
            message = _("Say how it ought to be judged.")
            raise ValidationError({"asked": ValidationError(message, code="asks_nothing")})
