"""Mass amateur art teams."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.codes import Genre
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models import Station
from stewards.models import Firm, Posting, Steward

LARGEST_TEAM = 5000


class TeamQuerySet(ScopedQuerySet):
    def registered(self, on=None) -> TeamQuerySet:
        """Teams that stand in the register, today or on a day."""
        if on is None:
            return self.filter(registered_on__isnull=False, deregistered_on__isnull=True)
        return self.filter(registered_on__lte=on).filter(Q(deregistered_on__isnull=True) | Q(deregistered_on__gt=on))


@recorded()
class Team(models.Model):
    """An amateur team: who they are, where they belong, and from when to when they stand in the register."""

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        REGISTERED = "registered", _("Registered")
        RETURNED = "returned", _("Returned")
        DEREGISTERED = "deregistered", _("Deregistered")
        VOID = "void", _("Void")

    scope = Scope(
        "activities.teams", place="station__division__path", station="station", firm="firm", person="steward__user"
    )

    name = models.CharField(_("Name"), max_length=100, validators=[validate_text])
    search = models.CharField(max_length=300, editable=False, db_default="")
    genre = models.ForeignKey(
        Genre, models.PROTECT, null=True, blank=True, related_name="teams", verbose_name=_("Genre")
    )
    station = models.ForeignKey(Station, models.PROTECT, related_name="teams", verbose_name=_("Station"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    village = models.CharField(_("Village or community"), max_length=60, blank=True, validators=[validate_text])
    venue = models.CharField(_("Place of rehearsal"), max_length=100, blank=True, validators=[validate_text])
    leader = models.CharField(_("Leader"), max_length=60, blank=True, validators=[validate_text])
    members = models.PositiveIntegerField(
        _("Members"), null=True, blank=True, validators=[MaxValueValidator(LARGEST_TEAM)]
    )
    founded_on = models.DateField(_("Founded"), null=True, blank=True)
    posting = models.ForeignKey(
        Posting, models.PROTECT, null=True, blank=True, related_name="teams", verbose_name=_("Founded with (posting)")
    )
    steward = models.ForeignKey(
        Steward, models.PROTECT, null=True, related_name="teams", verbose_name=_("Cultural steward")
    )
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="teams", verbose_name=_("Service provider"))
    registered_on = models.DateField(_("Registered"), null=True, blank=True, editable=False)
    deregistered_on = models.DateField(_("Deregistered"), null=True, blank=True, editable=False)
    state = models.CharField(_("State"), max_length=12, choices=State, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    batch = models.ForeignKey(
        "exchange.Import", models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Import")
    )
    batch_row = models.PositiveIntegerField(null=True, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("Team")
        verbose_name_plural = _("Teams")
        ordering = ["station__division__code", "name", "id"]
        indexes = [models.Index("station", "name", name="team_of_station")]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "name", "leader", "village"],
                condition=Q(state__in=["applied", "registered", "returned"]),
                name="team_once",
                violation_error_message=_("The station has a team of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(deregistered_on__isnull=True) | Q(deregistered_on__gte=F("registered_on")),
                name="team_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name
