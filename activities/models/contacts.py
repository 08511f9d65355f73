"""Telephones of team leaders and of learners, apart from their records and sealed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.course import Course, Learner
from activities.models.team import LIVING, Team
from culture_admin.accounts.personal.fields import SealedField
from culture_admin.accounts.personal.masks import hide_phone
from culture_admin.accounts.personal.records import PersonalModel
from culture_admin.accounts.scope import Scope
from culture_admin.territory.models import Division

KEPT_AFTER_COURSE = timedelta(days=90)
POWER = "activities.contacts"


class TeamContact(PersonalModel):
    """The telephone of a team's leader. Another leader has another telephone: it goes with the name."""

    scope = Scope(
        "activities.teams",
        place="team__station__division__path",
        station="team__station",
        firm="team__firm",
        person="team__steward__user",
    )
    power = POWER
    kept: Any = _("As long as the team stands in the register, or waits for it.")

    team = models.OneToOneField(Team, models.PROTECT, primary_key=True, related_name="contact", verbose_name=_("Team"))
    phone = SealedField(_("Telephone of the leader"), hide=hide_phone)

    class Meta:
        verbose_name = _("Telephone of a team's leader")
        verbose_name_plural = _("Telephones of team leaders")

    def __str__(self) -> str:
        return self.concerned

    @classmethod
    def over(cls, today: date) -> models.QuerySet:
        return cls.objects.exclude(team__state__in=LIVING)

    @property
    def concerned(self) -> str:
        return " · ".join(filter(None, [self.team.leader, self.team.name]))

    @property
    def division(self) -> Division:
        return self.team.station.division


class LearnerContact(PersonalModel):
    """The telephone of a learner, by which he is told when a session falls out."""

    scope = Scope(
        "activities.learners",
        place="learner__course__station__division__path",
        station="learner__course__station",
        firm="learner__course__firm",
        person="learner__course__steward__user",
    )
    power = POWER
    kept: Any = _("Ninety days after the course has ended, or the learner has left it.")

    learner = models.OneToOneField(
        Learner, models.PROTECT, primary_key=True, related_name="contact", verbose_name=_("Learner")
    )
    phone = SealedField(_("Telephone"), hide=hide_phone)

    class Meta:
        verbose_name = _("Telephone of a learner")
        verbose_name_plural = _("Telephones of learners")

    def __str__(self) -> str:
        return self.concerned

    @classmethod
    def over(cls, today: date) -> models.QuerySet:
        before = today - KEPT_AFTER_COURSE
        ended = Q(learner__course__ends_on__lt=before) | Q(learner__course__state=Course.State.VOID)
        return cls.objects.filter(ended | Q(learner__left_on__lt=before))

    @property
    def concerned(self) -> str:
        return f"{self.learner.name} · {self.learner.course.title}"

    @property
    def division(self) -> Division:
        return self.learner.course.station.division
