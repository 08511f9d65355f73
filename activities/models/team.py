"""Mass amateur art teams."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Length, Substr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.codes import Genre
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.money import MoneyField
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models import Station
from stewards.models import Firm, Posting, Steward

LARGEST_TEAM = 5000
# Confirmed activities within a year from which a team is active. Haidian registers from 52 on and Zhangjiajie grades from 50
# (DOMAIN.md §7.3), counting rehearsals; a station logs what the public sees of a team, and once a month is the low bar.
ACTIVE_A_YEAR = 12
YEAR = timedelta(days=365)


class TeamQuerySet(ScopedQuerySet):
    def registered(self, on=None) -> TeamQuerySet:
        """Teams that stand in the register, today or on a day."""
        if on is None:
            return self.filter(registered_on__isnull=False, deregistered_on__isnull=True)
        return self.filter(registered_on__lte=on).filter(Q(deregistered_on__isnull=True) | Q(deregistered_on__gt=on))

    def active(self, on: date) -> TeamQuerySet:
        """Teams in the register on a day with ACTIVE_A_YEAR confirmed activities or more in the year that ends with it."""
        often = self._activities(on).filter(team__isnull=False).values("team").annotate(times=Count("pk"))
        return self.registered(on).filter(pk__in=often.filter(times__gte=ACTIVE_A_YEAR).values("team"))

    def with_standing(self, on: date) -> TeamQuerySet:
        """With `times`, the confirmed activities of the year that ends on the day, and `rating`, the stars in force on it."""
        times = self._activities(on).filter(team=OuterRef("pk")).order_by().values("team").annotate(times=Count("pk"))
        ratings = self.model._meta.get_field("stars").related_model.objects.in_force(on).filter(team=OuterRef("pk"))
        return self.annotate(
            times=Coalesce(Subquery(times.values("times")), 0, output_field=IntegerField()),
            rating=Subquery(ratings.order_by("-awarded_on").values("stars")[:1]),
        )

    def living(self) -> TeamQuerySet:
        """Teams whose file is kept: in the register, or on the way into it."""
        return self.filter(state__in=LIVING)

    def doubled(self) -> TeamQuerySet:
        """Living teams beside which another of the same station has the same leader, or a name that sounds the same."""
        other = Team.objects.living().annotate(other_sound=SOUND).exclude(pk=OuterRef("pk"))
        other = other.filter(station=OuterRef("station"))
        alike = Q(other_sound=OuterRef("sound")) | Q(leader=OuterRef("leader")) & ~Q(leader="")
        return self.living().annotate(sound=SOUND).filter(Exists(other.filter(alike)))

    def _activities(self, on: date):
        """The confirmed activities of the year that ends on the day."""
        activities = self.model._meta.get_field("activities").related_model.objects.counted()
        return activities.filter(begins_on__gt=on - YEAR, begins_on__lte=on)


# What follows the name itself in the key a team is searched by: its pinyin and initials.
SOUND = Substr("search", Length("name") + 2)


@recorded()
class Team(models.Model):
    """An amateur team: who they are, where they belong, and from when to when they stand in the register."""

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        REGISTERED = "registered", _("Registered")
        FILED = "filed", pgettext_lazy("a team", "Filed")
        RECTIFYING = "rectifying", _("Rectifying")
        RETURNED = "returned", _("Returned")
        DEREGISTERED = "deregistered", _("Deregistered")
        MERGED = "merged", _("Merged into another")
        VOID = "void", _("Void")

    class Supervisor(models.TextChoices):
        STATION = "station", _("Station")
        VILLAGE = "village", _("Village or community")
        SOCIETY = "society", _("Society")

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
    men = models.PositiveIntegerField(_("Men"), null=True, blank=True, validators=[MaxValueValidator(LARGEST_TEAM)])
    women = models.PositiveIntegerField(_("Women"), null=True, blank=True, validators=[MaxValueValidator(LARGEST_TEAM)])
    aged = models.PositiveIntegerField(
        _("Aged 60 and over"), null=True, blank=True, validators=[MaxValueValidator(LARGEST_TEAM)]
    )
    deputy = models.CharField(_("Deputy leader"), max_length=60, blank=True, validators=[validate_text])
    tutor = models.CharField(_("Tutor"), max_length=60, blank=True, validators=[validate_text])
    rehearsal = models.CharField(_("Time of rehearsal"), max_length=100, blank=True, validators=[validate_text])
    supervisor = models.CharField(_("Supervising unit"), max_length=7, choices=Supervisor, blank=True)
    subsidy = MoneyField(_("Subsidy a year (yuan)"), null=True, blank=True, validators=[MinValueValidator(0)])
    founded_on = models.DateField(_("Founded"), null=True, blank=True)
    posting = models.ForeignKey(
        Posting, models.PROTECT, null=True, blank=True, related_name="teams", verbose_name=_("Founded with (posting)")
    )
    steward = models.ForeignKey(
        Steward, models.PROTECT, null=True, related_name="teams", verbose_name=_("Cultural steward")
    )
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="teams", verbose_name=_("Service provider"))
    registered_on = models.DateField(pgettext_lazy("a day", "Registered"), null=True, blank=True, editable=False)
    deregistered_on = models.DateField(_("Deregistered"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="doubles",
        verbose_name=_("Merged into"),
    )
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
        indexes = [
            models.Index("id", name="team_waiting", condition=Q(state__in=["applied", "returned", "registered"])),
            models.Index("station", "name", name="team_of_station"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "name", "leader", "village"],
                condition=Q(state__in=["applied", "registered", "filed", "rectifying", "returned"]),
                name="team_once",
                violation_error_message=_("The station has a team of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(deregistered_on__isnull=True) | Q(deregistered_on__gte=F("registered_on")),
                name="team_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | ~Q(state="merged"),
                name="team_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(members__isnull=True)
                | Q(men__isnull=True)
                | Q(women__isnull=True)
                | Q(members=F("men") + F("women")),
                name="team_members_add_up",
                violation_error_message=_("Men and women together are not as many as the members."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kept(self) -> Team:
        """The file under which this team is kept now: itself, or the one it was merged into."""
        return self.merged_into.kept if self.merged_into else self

    def clean(self) -> None:
        """Rules of one row: what is said of the members adds up."""
        men, women, members = self.men, self.women, self.members
        if members is None:
            return
        if men is not None and women is not None and men + women != members:
            message = _("%(men)d men and %(women)d women are not %(members)d members.")
            params = {"men": men, "women": women, "members": members}
            raise ValidationError({"members": ValidationError(message, code="members_do_not_add_up", params=params)})
        for name in ("men", "women", "aged"):
            part = getattr(self, name)
            if part is not None and part > members:
                message = _("%(part)d are more than the %(members)d members.")
                raise ValidationError(
                    {
                        name: ValidationError(
                            message, code="more_than_members", params={"part": part, "members": members}
                        )
                    }
                )


IN_REGISTER = (Team.State.REGISTERED, Team.State.FILED, Team.State.RECTIFYING)
LIVING = (Team.State.APPLIED, Team.State.RETURNED, *IN_REGISTER)
