"""What was decided, by whom, in which office, about which content."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.powers import POWERS
from culture_admin.accounts.roles import Role
from culture_admin.accounts.scope import Scope
from culture_admin.territory.models import Division, Unit


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> DecisionQuerySet:
        """Decisions on what the user may see: of each power of the matrix, those in his territory or of his firm."""
        rows = Q(pk__in=[])
        for power in POWERS:
            scope = Scope(power, place="division__path", station="station", firm="firm", person="actor")
            condition = scope.condition(user, verb)
            if condition is not None:
                rows |= Q(power=power) & condition
        return self.filter(rows)

    def about(self, subject: models.Model) -> DecisionQuerySet:
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)


class Decision(models.Model):
    """One step taken on one record: by whom, in which office, from which state to which, about which content.

    Append-only: the application's database role may insert and read it, nothing else. It carries the words of the day beside
    its links, and the links are not checked by the database: what they point at is never deleted, and a hundred thousand
    decisions of one import would ask half a million times.
    """

    subject_type = models.ForeignKey(
        ContentType,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("Kind of record"),
    )
    subject_id = models.BigIntegerField(_("Record"))
    subject = GenericForeignKey("subject_type", "subject_id")
    power = models.CharField(_("Power"), max_length=40)
    step = models.CharField(_("Step"), max_length=30)
    from_state = models.CharField(pgettext_lazy("a state", "From"), max_length=20, blank=True)
    to_state = models.CharField(pgettext_lazy("a state", "To"), max_length=20)
    actor = models.ForeignKey(
        User, models.DO_NOTHING, db_constraint=False, null=True, related_name="decisions", verbose_name=_("Person")
    )
    actor_text = models.CharField(_("Person as written"), max_length=60)
    role = models.CharField(_("Role"), max_length=16, choices=Role, blank=True)
    unit = models.ForeignKey(
        Unit,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("Unit"),
    )
    unit_text = models.CharField(_("Unit as written"), max_length=100, blank=True)
    acting_for = models.ForeignKey(
        User,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("Substitute for"),
    )
    comment = models.TextField(pgettext_lazy("a decision", "Comment"), blank=True)
    at = models.DateTimeField(_("Time"), default=timezone.now)
    content_hash = models.CharField(_("Content"), max_length=64)
    # By name, while somebody is to decide on it: what has changed since is told in words. The rows of a ledger go without.
    content = models.JSONField(null=True, editable=False)
    division = models.ForeignKey(
        Division, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("Division")
    )
    station = models.ForeignKey(
        Unit, models.DO_NOTHING, db_constraint=False, null=True, related_name="+", verbose_name=_("Station")
    )
    firm = models.ForeignKey(
        Unit,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("Firm"),
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Decision")
        verbose_name_plural = _("Decisions")
        ordering = ["-id"]
        indexes = [
            models.Index("subject_type", "subject_id", "id", name="decision_subject"),
            models.Index("firm", name="decision_firm", condition=Q(firm__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.actor_text} · {date_format(timezone.localtime(self.at), 'Y-m-d H:i')}"
