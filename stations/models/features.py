"""One town, one brand: what a town is known for, since when, and who has recognised it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models.station import Station

# A custom may be older than any record of it; what is written in the year 10 is a slip of the finger.
EARLIEST = date(1000, 1, 1)


class FeatureQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> FeatureQuerySet:
        """The rows the user may see, each with `evidence`: whether a file is kept with it."""
        kind = ContentType.objects.get_for_model(self.model)
        files = Attachment.objects.filter(subject_type=kind, subject_id=OuterRef("pk"))
        rows: Any = super().visible_to(user, verb)
        return rows.annotate(evidence=Exists(files))


class OfFeature(models.TextChoices):
    """The states of a feature."""

    PROPOSED = "proposed", _("Proposed")
    RETURNED = "returned", _("Returned")
    RECOGNISED = "recognised", _("Recognised")
    ENDED = "ended", pgettext_lazy("a feature", "Not kept up any more")
    VOID = "void", _("Void")


@recorded()
class Feature(models.Model):
    """A brand of a town, such as a lantern dance, with its evidence as files."""

    State = OfFeature
    # Whoever proposed it may still change it.
    OPEN = (OfFeature.PROPOSED, OfFeature.RETURNED)

    class Level(models.TextChoices):
        TOWN = "town", _("Town")
        COUNTY = "county", _("County")
        CITY = "city", _("City")
        PROVINCE = "province", _("Province")
        NATION = "nation", _("Nation")

    scope = Scope("stations.features", place="station__division__path", station="station")

    station = models.ForeignKey(Station, models.PROTECT, related_name="features", verbose_name=_("Station"))
    name = models.CharField(pgettext_lazy("of a brand", "Name"), max_length=60, validators=[validate_text])
    village = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Village or community"),
        help_text=_("Without one it is the whole town’s."),
    )
    since = models.DateField(_("Since"), null=True, blank=True)
    level = models.CharField(_("Recognised by"), max_length=8, choices=Level)
    document = models.CharField(_("Issuing document"), max_length=120, blank=True, validators=[validate_text])
    description = models.TextField(_("Description"), blank=True, max_length=2000, validators=[validate_text])
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.PROPOSED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FeatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("Feature of a town")
        verbose_name_plural = _("Features of towns")
        ordering = ["station__division__code", "id"]
        indexes = [
            models.Index("station", F("id").desc(), name="feature_of_station"),
            models.Index("id", name="feature_waiting", condition=Q(state__in=["proposed", "returned"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "name"],
                condition=~Q(state="void"),
                name="feature_once",
                violation_error_message=_("The town has a feature of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Rules of one row."""
        faults = {}
        if self.since and self.since < EARLIEST:
            faults["since"] = ValidationError(
                _("A date from %(earliest)s on is expected."), code="date_range", params={"earliest": EARLIEST}
            )
        if self.level and self.level != self.Level.TOWN and not self.document:
            message = _("Name the document by which a level above the town has recognised it.")
            faults["document"] = ValidationError(message, code="document_missing")
        if faults:
            raise ValidationError(faults)
