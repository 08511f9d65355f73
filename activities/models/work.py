"""Works: what a station or a team made or staged, and the prizes it was given."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.codes import Genre
from activities.models.team import Team
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models import Station
from stewards.models import Firm, Posting, Steward


class OfWork(models.TextChoices):
    """The states of a work; its prizes count with it."""

    PROPOSED = "proposed", _("Proposed")
    RECORDED = "recorded", _("On record")
    VOID = "void", _("Void")


@recorded()
class Work(models.Model):
    """A work of mass culture: a song, a dance, a picture, a play, finished on a day."""

    State = OfWork

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("Original work")
        PERFORMANCE = "performance", _("Performance piece")

    scope = Scope(
        "activities.works", place="station__division__path", station="station", firm="firm", person="steward__user"
    )

    station = models.ForeignKey(Station, models.PROTECT, related_name="works", verbose_name=_("Station"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="works", verbose_name=_("Team"))
    title = models.CharField(_("Title"), max_length=100, validators=[validate_text])
    kind = models.CharField(_("Kind of work"), max_length=11, choices=Kind)
    genre = models.ForeignKey(
        Genre, models.PROTECT, null=True, blank=True, related_name="works", verbose_name=_("Genre")
    )
    author = models.CharField(_("Author"), max_length=100, blank=True, validators=[validate_text])
    finished_on = models.DateField(_("Finished"))
    note = models.TextField(_("Note"), blank=True, max_length=2000, validators=[validate_text])
    posting = models.ForeignKey(
        Posting, models.PROTECT, null=True, blank=True, related_name="works", verbose_name=_("Guided by (posting)")
    )
    steward = models.ForeignKey(
        Steward, models.PROTECT, null=True, editable=False, related_name="works", verbose_name=_("Cultural steward")
    )
    firm = models.ForeignKey(
        Firm, models.PROTECT, null=True, editable=False, related_name="works", verbose_name=_("Service provider")
    )
    state = models.CharField(_("State"), max_length=8, choices=State, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of art", "Work")
        verbose_name_plural = _("Works")
        ordering = ["-finished_on", "-id"]
        indexes = [
            models.Index("id", name="work_waiting", condition=Q(state__in=["proposed"])),
            models.Index("station", F("finished_on").desc(), F("id").desc(), name="work_of_station"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "title", "author"],
                condition=~Q(state="void"),
                name="work_once",
                violation_error_message=_("The station has a work of this title and author already."),
            )
        ]

    def __str__(self) -> str:
        return self.title


@recorded()
class Prize(models.Model):
    """A prize that a work was given, by the document that gave it."""

    class Level(models.TextChoices):
        TOWN = "town", _("Town")
        COUNTY = "county", _("County")
        CITY = "city", _("City")
        PROVINCE = "province", _("Province")
        NATION = "nation", _("Nation")

    scope = Scope(
        "activities.works",
        place="work__station__division__path",
        station="work__station",
        firm="work__firm",
        person="work__steward__user",
    )

    work = models.ForeignKey(Work, models.PROTECT, related_name="prizes", verbose_name=pgettext_lazy("of art", "Work"))
    name = models.CharField(_("Prize"), max_length=100, validators=[validate_text])
    level = models.CharField(_("Level of the prize"), max_length=8, choices=Level)
    rank = models.CharField(_("Rank"), max_length=60, blank=True, validators=[validate_text])
    awarded_on = models.DateField(_("Awarded"))
    document = models.CharField(_("Issuing document"), max_length=120, blank=True, validators=[validate_text])

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Prize")
        verbose_name_plural = _("Prizes")
        ordering = ["-awarded_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "name", "awarded_on"],
                name="prize_once",
                violation_error_message=_("This prize of this day is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.work}"
