"""Stars: the rating a team holds for two years."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.team import Team
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded

MOST_STARS = 5


class TeamStarQuerySet(ScopedQuerySet):
    def in_force(self, day: date) -> TeamStarQuerySet:
        """Ratings that are valid on a day."""
        return self.filter(awarded_on__lte=day, valid_to__gt=day)


@recorded()
class TeamStar(models.Model):
    """One to five stars, from the day they were awarded until a day that is not in it any more."""

    scope = Scope(
        "activities.teams.filing",
        place="team__station__division__path",
        station="team__station",
        firm="team__firm",
        person="team__steward__user",
    )

    team = models.ForeignKey(Team, models.PROTECT, related_name="stars", verbose_name=_("Team"))
    stars = models.PositiveSmallIntegerField(
        _("Stars"), validators=[MinValueValidator(1), MaxValueValidator(MOST_STARS)]
    )
    awarded_on = models.DateField(_("Awarded"))
    valid_to = models.DateField(_("Valid to"))
    document = models.CharField(_("Issuing document"), max_length=120, validators=[validate_text])

    objects = TeamStarQuerySet.as_manager()

    class Meta:
        verbose_name = _("Star rating")
        verbose_name_plural = _("Star ratings")
        ordering = ["-awarded_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("awarded_on")),
                name="teamstar_ends_after_start",
                violation_error_message=_("The end lies after the beginning."),
            ),
            models.UniqueConstraint(
                fields=["team", "awarded_on"],
                name="teamstar_once",
                violation_error_message=_("The team has a rating from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{'★' * self.stars} · {self.team}"
