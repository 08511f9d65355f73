"""A yearly assessment of a county: one scheme, carried through from the opening to the archive."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet, paths_above
from culture_admin.interfaces.text import validate_text
from culture_admin.scoring.models import Scheme
from culture_admin.statistics.models import Snapshot
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from culture_admin.workflow.models import Filed


class OfCycle(models.TextChoices):
    """The states of a yearly assessment."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Self-assessment")
    LOCKED = "locked", _("Review and acceptance")
    TOTALLED = "totalled", _("Totals drawn up")
    PUBLICISED = "publicised", _("In publicity")
    FINAL = "final", _("Final")
    ARCHIVED = "archived", _("Archived")
    VOID = "void", _("Void")


class CycleQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> CycleQuerySet:
        """Those of the places the user's offices cover; whoever is assessed sees what his county has opened."""
        rows: Any = super().visible_to(user, verb)
        above = {path for office in self.model.scope.offices(user, verb) for path in paths_above(office.path)}
        if verb != "see" or not above:
            return rows
        opened = ~Q(state__in=[OfCycle.DRAFT, OfCycle.VOID])
        return rows | self.filter(opened, place__path__in=above)


@recorded()
class Cycle(Filed):
    """The assessment of one year by one scheme.

    self_until: the day until which those assessed say what they have done. snapshot: the counted values, frozen when the
    self-assessment was over; failures: [unit, indicator] of every formula that then had no denominator. document: by which the
    results are announced.
    """

    State = OfCycle
    SHOWN = (State.PUBLICISED, State.FINAL, State.ARCHIVED)

    scope = Scope("assessments", place="place__path", entrusted="entrusted")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="cycles", verbose_name=_("Scheme"))
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    self_until = models.DateField(_("Self-assessment until"))
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Snapshot")
    )
    failures = models.JSONField(_("Formulas that fail"), default=list, editable=False)
    document = models.CharField(_("Document of the results"), max_length=120, blank=True, validators=[validate_text])
    document_on = models.DateField(_("Date of the document"), null=True, blank=True)
    publicised_on = models.DateField(_("Shown since"), null=True, editable=False)
    objections_until = models.DateField(_("Objections until"), null=True, editable=False)
    drafted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Drafted by")
    )
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a year", "Assessment")
        verbose_name_plural = pgettext_lazy("of a year", "Assessments")
        ordering = ["-scheme__year", "scheme__subject", "-id"]
        indexes = [
            *Filed.Meta.indexes,
            models.Index("id", name="cycle_waiting", condition=Q(state__in=["totalled", "publicised"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme"],
                condition=~Q(state="void"),
                name="cycle_once",
                violation_error_message=_("This scheme's assessment is under way already."),
                violation_error_code="cycle_twice",
            ),
            models.CheckConstraint(
                condition=Q(objections_until__isnull=True) | Q(objections_until__gte=F("publicised_on")),
                name="cycle_publicity_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.scheme)

    @property
    def year(self) -> int:
        return self.scheme.year

    @property
    def subject(self) -> str:
        return self.scheme.subject
