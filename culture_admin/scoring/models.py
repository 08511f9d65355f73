"""A scheme: by which indicators and rules towns, stations or contracts are scored in a year, and by which document."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet, paths_above
from culture_admin.interfaces.text import validate_text
from culture_admin.scoring.body import Body, read_body
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Named
from culture_admin.workflow.models import Filed

FIRST_YEAR, LAST_YEAR = 2000, 2199
MOST_POINTS = 10_000
LETTER = Func(F("subject"), function="ascii", output_field=models.IntegerField())


class OfScheme(models.TextChoices):
    """The states of a scheme. What is published is never changed: another edition takes its place."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    PUBLISHED = "published", pgettext_lazy("a scheme", "Published")
    SUPERSEDED = "superseded", pgettext_lazy("a scheme", "Replaced by another edition")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    VOID = "void", _("Void")


class SchemeQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> SchemeQuerySet:
        """Those of the places the user's offices cover; whoever is scored also reads what his county has published."""
        rows: Any = super().visible_to(user, verb)
        above = {path for office in self.model.scope.offices(user, verb) for path in paths_above(office.path)}
        if verb != "see" or not above:
            return rows
        return rows | self.filter(place__path__in=above, state__in=Scheme.ONCE_PUBLISHED)

    def of(self, place: Division, subject: str, year: int) -> SchemeQuerySet:
        return self.filter(place=place, subject=subject, year=year)


@recorded()
class Scheme(Named, Filed):
    """One edition of a scheme. `body` is what it says (body.py); `total` what its first-level indicators add up to.

    known: the share of indicators, in hundredths, of which something must be recorded for a unit to be ranked. spread: by how
    many points of a hundred two assessors on the spot may differ. publicity: for how many working days results are shown before
    they are final. sample: written to show how a scheme looks, by nobody's document.
    """

    State = OfScheme
    ONCE_PUBLISHED = (State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN)

    class Subject(models.TextChoices):
        TOWN = "town", _("Towns and subdistricts")
        STATION = "station", _("Stations")
        CONTRACT = "contract", _("Contracts")

    scope = Scope("schemes", place="place__path", entrusted="entrusted")

    place = models.ForeignKey(Division, models.PROTECT, related_name="schemes", verbose_name=_("County"))
    subject = models.CharField(_("What is scored"), max_length=8, choices=Subject)
    year = models.PositiveSmallIntegerField(
        _("Year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    edition = models.PositiveSmallIntegerField(_("Edition"), default=1, editable=False)
    document = models.CharField(_("Issuing document"), max_length=120, blank=True, validators=[validate_text])
    document_on = models.DateField(_("Date of the document"), null=True, blank=True)
    total = models.DecimalField(
        _("Total points"),
        max_digits=7,
        decimal_places=2,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)],
    )
    decimals = models.PositiveSmallIntegerField(
        _("Decimals of a score"),
        default=2,
        validators=[MaxValueValidator(4)],
        help_text=_("A score is rounded half up to so many, once, at the end."),
    )
    known = models.PositiveSmallIntegerField(
        _("Recorded indicators for a place in the ranking (%)"), default=50, validators=[MaxValueValidator(100)]
    )
    spread = models.PositiveSmallIntegerField(
        _("Most two assessors may differ (%)"), default=20, validators=[MaxValueValidator(100)]
    )
    publicity = models.PositiveSmallIntegerField(
        _("Working days results are shown before they are final"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    sample = models.BooleanField(_("Sample"), default=False)
    body = models.JSONField(_("Indicators, groups and titles"), default=dict, blank=True)
    reason = models.CharField(_("Reason for the edition"), max_length=200, blank=True, validators=[validate_text])
    drafted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Drafted by")
    )
    published_on = models.DateField(_("Published on"), null=True, editable=False)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SchemeQuerySet.as_manager()

    class Meta(Filed.Meta):
        verbose_name = _("Scheme")
        verbose_name_plural = _("Schemes")
        ordering = ["-year", "subject", "-edition", "-id"]
        indexes = [
            *Filed.Meta.indexes,
            models.Index("id", name="scheme_waiting", condition=Q(state__in=["proposed"])),
        ]
        constraints = [
            # Deferred, because an edition and the one it replaces change their states one after the other. Without btree_gist a
            # number is told apart as the range that holds it alone, and a subject by its first letter.
            ExclusionConstraint(
                name="scheme_published_once",
                expressions=[
                    (Func(F("place"), F("place"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func(F("year"), F("year"), Value("[]"), function="int4range"), RangeOperators.OVERLAPS),
                    (Func(LETTER, LETTER, Value("[]"), function="int4range"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="published"),
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("A scheme of this year is published already."),
            ),
            models.UniqueConstraint(
                fields=["place", "subject", "year", "edition"],
                condition=~Q(state="void"),
                name="scheme_edition_once",
                violation_error_message=_("There is such an edition already."),
            ),
        ]

    def __str__(self) -> str:
        if self.edition == 1:
            return f"{self.name} {self.year}"
        return f"{self.name} {self.year} · {_('edition %(number)d') % {'number': self.edition}}"

    def called(self) -> dict[str, Division]:
        """By code the divisions of the place that there were at some time of the scheme's year."""
        first, after = date(self.year, 1, 1), date(self.year + 1, 1, 1)
        begun = Q(valid_from__isnull=True) | Q(valid_from__lt=after)
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=first)
        rows = Division.objects.filter(begun, lasting, path__startswith=self.place.path)
        return {row.code: row for row in rows.order_by("pk")}

    @cached_property
    def content(self) -> Body:
        """What the scheme says, read. Of a draft what can be read of it."""
        return _content(json.dumps(self.body), self.total, self.decimals)


@lru_cache(maxsize=64)
def _content(body: str, total: Decimal, decimals: int) -> Body:
    """A list of a county's towns reads the scheme of a year once, and not for each of them."""
    return read_body(json.loads(body), total, decimals)[0]
