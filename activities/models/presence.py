"""Who of a course's learners was at which of its sessions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from activities.models.course import Learner
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded


@recorded()
class Presence(models.Model):
    """Whether a learner was at a session; it names nobody. Attendances are its rows with `present`, people the different learners in them."""

    scope = Scope(
        "activities",
        place="activity__station__division__path",
        station="activity__station",
        firm="activity__firm",
        person="activity__steward__user",
    )

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="presences", verbose_name=_("Session"))
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="presences", verbose_name=_("Learner"))
    present = models.BooleanField(_("Present"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Presence")
        verbose_name_plural = _("Presences")
        ordering = ["activity_id", "learner_id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "learner"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.activity}"
