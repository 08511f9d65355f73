"""Posts and who holds them: the staffing plan of a station is not its staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, in_force
from culture_admin.territory.ranges import DateRange, SameKey
from stations.models.station import OfStation

FULL_TIME = 100


class PostQuerySet(ScopedQuerySet):
    def existing(self, on: date) -> PostQuerySet:
        return self.filter(in_force(on))

    def vacant(self, on: date) -> PostQuerySet:
        """Posts of the plan that nobody holds on the day; who acts in one does not fill it."""
        return self.existing(on).exclude(Exists(OfficerPosting.objects.holding(on).filter(post=OuterRef("pk"))))

    def with_holders(self, on: date) -> PostQuerySet:
        """With who holds each post on the day, `held_by` and `held_by_name`, and who acts in it, `acted_in`."""
        here = OfficerPosting.objects.on(on).filter(post=OuterRef("pk"))
        holding = here.filter(acting=False)
        return self.annotate(
            held_by=Subquery(holding.values("officer")[:1]),
            held_by_name=Subquery(holding.values("officer__name")[:1]),
            acted_in=Subquery(here.filter(acting=True).values("officer__name")[:1]),
        )


@recorded()
class Post(OfStation):
    """A place in the staffing plan of a station, for a time."""

    class Kind(models.TextChoices):
        HEAD = "head", _("Station head")
        OFFICER = "officer", _("Cultural officer")

    class Tenure(models.TextChoices):
        """Where the place comes from (DOMAIN.md §4.3)."""

        ESTABLISHED = "established", _("Established post")
        CONTRACT = "contract", pgettext_lazy("an appointment", "Contract")
        PURCHASED = "purchased", _("Purchased post")
        ASSIGNED = "assigned", _("Assigned by the county")

    scope = replace(OfStation.scope, power="stations.officers")

    kind = models.CharField(_("Kind of post"), max_length=7, choices=Kind)
    name = models.CharField(_("Name of the post"), max_length=60, validators=[validate_text])
    tenure = models.CharField(_("Kind of employment"), max_length=11, choices=Tenure)
    share = models.PositiveSmallIntegerField(
        _("Share of full time (%)"),
        default=FULL_TIME,
        validators=[MinValueValidator(1), MaxValueValidator(FULL_TIME)],
    )
    document = models.CharField(_("Issuing document"), max_length=120, blank=True, validators=[validate_text])
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta(OfStation.Meta):
        verbose_name = _("Post")
        verbose_name_plural = _("Posts")
        ordering = ["station__division__code", "kind", "id"]
        constraints = [
            # One that ends on its first day never was: that is how an entry made by mistake is taken back.
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="post_ends_after_start",
                violation_error_message=_("The end lies after the beginning."),
            ),
            models.UniqueConstraint(
                fields=["station", "name", "valid_from"],
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="post_once",
                violation_error_message=_("The station has a post of this name from this day already."),
            ),
            ExclusionConstraint(
                name="post_one_head",
                expressions=[
                    (SameKey("station", "station"), RangeOperators.OVERLAPS),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind="head"),
                violation_error_message=_("The station has a post of head in this time already; it has one at a time."),
                violation_error_code="one_head",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.station}"

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to > day)


class OfficerPostingQuerySet(ScopedQuerySet):
    def standing(self) -> OfficerPostingQuerySet:
        """Those that were not struck out."""
        return self.exclude(state=OfficerPosting.State.VOID)

    def on(self, day: date) -> OfficerPostingQuerySet:
        return self.standing().filter(in_force(day))

    def holding(self, day) -> OfficerPostingQuerySet:
        """Postings that fill their post on the day."""
        return self.on(day).filter(acting=False)

    def lasting(self, day: date) -> OfficerPostingQuerySet:
        """Postings not over on the day, those that are still to begin included."""
        return self.standing().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def of_heads(self) -> OfficerPostingQuerySet:
        return self.filter(post__kind=Post.Kind.HEAD)


@recorded()
class OfficerPosting(OfStation):
    """That an officer holds a post, or acts in it without filling it, for a time."""

    class State(models.TextChoices):
        VALID = "valid", _("Valid")
        VOID = "void", _("Void")

    scope = replace(OfStation.scope, power="stations.officers")

    officer = models.ForeignKey("stations.Officer", models.PROTECT, related_name="postings", verbose_name=_("Officer"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="postings", verbose_name=_("Post"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    share = models.PositiveSmallIntegerField(
        _("Share of full time (%)"),
        default=FULL_TIME,
        validators=[MinValueValidator(1), MaxValueValidator(FULL_TIME)],
    )
    acting = models.BooleanField(
        _("Acting"), default=False, help_text=_("Does the work of the post for a time; the post stays vacant.")
    )
    document = models.CharField(_("Issuing document"), max_length=120, blank=True, validators=[validate_text])
    made_by = models.ForeignKey(
        "stations.PersonnelCase",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="postings_made",
        editable=False,
        verbose_name=_("Personnel case"),
    )
    state = models.CharField(_("State"), max_length=5, choices=State, default=State.VALID, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )

    objects: ClassVar[Any] = OfficerPostingQuerySet.as_manager()

    class Meta(OfStation.Meta):
        verbose_name = _("Posting of an officer")
        verbose_name_plural = _("Postings of officers")
        constraints = [
            *OfStation.Meta.constraints,
            ExclusionConstraint(
                name="officer_posting_full_time_once",
                expressions=[
                    (SameKey("officer", "officer"), RangeOperators.OVERLAPS),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="valid", acting=False, share=FULL_TIME),
                violation_error_message=_("The officer holds a full-time post in this time already."),
                violation_error_code="full_time_twice",
            ),
            ExclusionConstraint(
                name="officer_posting_post_once",
                expressions=[
                    (SameKey("post", "post"), RangeOperators.OVERLAPS),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="valid", acting=False),
                violation_error_message=_("Somebody else holds this post in this time."),
                violation_error_code="post_taken",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer.name} → {self.post}"

    def holds(self, day: date) -> bool:
        """Whether it is in force on the day."""
        begun = self.state == self.State.VALID and self.valid_from <= day
        return begun and (self.valid_to is None or self.valid_to > day)

    def lasts(self, day: date) -> bool:
        """Whether it fills its post on the day or later."""
        return self.state == self.State.VALID and not self.acting and (self.valid_to is None or self.valid_to > day)
