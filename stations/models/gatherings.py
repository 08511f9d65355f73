"""What a bureau holds for the stations of its county on a day: the life that trainings and meetings have alike."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.models import Division, Unit

# As official documents are numbered: 慈文广〔2026〕12号 (DOMAIN.md §10).
DOCUMENT_NO = RegexValidator(
    r"^[^〔〕]{1,40}〔\d{4}〕\d{1,5}号$", _("Write the number as 慈文广〔2026〕12号, with the year in 〔 〕.")
)


class OfGathering(models.TextChoices):
    """The states of a training or a meeting; it counts once it is confirmed."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")
    VOID = "void", _("Void")


class GatheringQuerySet(ScopedQuerySet):
    def standing(self) -> GatheringQuerySet:
        """Without what was called off or entered by mistake."""
        return self.exclude(state__in=[OfGathering.CANCELLED, OfGathering.VOID])

    def of_year(self, year: int) -> GatheringQuerySet:
        return self.filter(begins_on__year=year)


class Gathering(models.Model):
    """A training or a meeting: where, when, by which unit of the county, and how far it has come."""

    State = OfGathering
    # Nothing more is said of these.
    OVER = (OfGathering.CANCELLED, OfGathering.VOID)
    # What nobody changes any more: what was confirmed is reopened first, with a reason.
    SETTLED = (*OVER, OfGathering.CONFIRMED)

    scope = Scope("stations.meetings", place="county__path", announced=True)

    county = models.ForeignKey(Division, models.PROTECT, related_name="%(class)ss", verbose_name=_("County"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="%(class)ss", editable=False, verbose_name=_("Held by (unit)")
    )
    title = models.CharField(_("Title"), max_length=100, validators=[validate_text])
    begins_on = models.DateField(pgettext_lazy("a meeting", "First day"))
    ends_on = models.DateField(pgettext_lazy("a meeting", "Last day"), blank=True)
    begins_time = models.TimeField(_("Begins at"), null=True, blank=True)
    ends_time = models.TimeField(_("Ends at"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=100, blank=True, validators=[validate_text])
    document_no = models.CharField(_("Document number"), max_length=60, blank=True, validators=[DOCUMENT_NO])
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.PLANNED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-begins_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="%(class)s_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(ends_time__isnull=True)
                | Q(begins_time__isnull=True)
                | Q(ends_on__gt=F("begins_on"))
                | Q(ends_time__gt=F("begins_time")),
                name="%(class)s_ends_after_it_begins",
                violation_error_message=_("It ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
