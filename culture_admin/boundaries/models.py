"""A change of boundaries: what is to become of which divisions, from which day on, by which document."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from culture_admin.workflow.models import Filed


class BoundaryChangeQuerySet(ScopedQuerySet):
    def pending(self) -> BoundaryChangeQuerySet:
        """Handed over, and neither applied nor given up."""
        return self.filter(state__in=BoundaryChange.PENDING)


@recorded(exclude=["dry_run", "outcome"])
class BoundaryChange(Filed):
    """One change, from its draft on. `plan` is what is to become of the divisions (plans.py).

    dry_run: what the last trial showed, and of which plan; it is the evidence that a decision stands on. outcome: the same of
    the application. place: the county, or what else holds all the divisions concerned.
    """

    class Kind(models.TextChoices):
        RENAME = "rename", _("Rename")
        RECODE = "recode", _("New code")
        MOVE = "move", _("Move to another parent")
        MERGE = "merge", pgettext_lazy("of divisions", "Merge")
        SPLIT = "split", pgettext_lazy("of divisions", "Split")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        CHECKED = "checked", _("Checked")
        APPLIED = "applied", pgettext_lazy("a change of boundaries", "Applied")
        VOID = "void", _("Void")

    PENDING = (State.PROPOSED, State.CHECKED)

    scope = Scope("boundaries", place="place__path", entrusted="entrusted")

    kind = models.CharField(_("Kind"), max_length=6, choices=Kind)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("Place"))
    effective_on = models.DateField(_("In force from"))
    document = models.CharField(_("Issuing document"), max_length=120, validators=[validate_text])
    document_on = models.DateField(_("Date of the document"), null=True, blank=True)
    reason = models.TextField(_("Note"), blank=True, max_length=2000, validators=[validate_text])
    plan = models.JSONField(_("What becomes of the divisions"), default=dict, editable=False)
    dry_run = models.JSONField(_("Dry run"), null=True, editable=False)
    dry_run_at = models.DateTimeField(_("Tried"), null=True, editable=False)
    outcome = models.JSONField(_("As applied"), null=True, editable=False)
    applied_at = models.DateTimeField(pgettext_lazy("a change of boundaries", "Applied"), null=True, editable=False)
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("By")
    )
    created_at = models.DateTimeField(_("Created"), default=timezone.now, editable=False)

    objects = BoundaryChangeQuerySet.as_manager()

    class Meta(Filed.Meta):
        verbose_name = _("Change of boundaries")
        verbose_name_plural = _("Changes of boundaries")
        indexes = [
            *Filed.Meta.indexes,
            models.Index("id", name="boundary_waiting", condition=Q(state__in=["checked", "proposed"])),
        ]
        ordering = ["-effective_on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.place} · {self.effective_on}"
