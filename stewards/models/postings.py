"""Postings: where a steward serves, under which contract, in which weeks, and what of a posting rests for a time."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, in_force
from culture_admin.territory.ranges import DateRange, SameKey
from stations.models import Station
from stewards.models.contracts import Contract
from stewards.models.firms import Firm, Steward

# Xiaoshan's rhythm: four days a week in the town, one at the district (DOMAIN.md §1.1).
USUAL_TOWN_DAYS, USUAL_DISTRICT_DAYS = 4, 1


class OfPosting(models.TextChoices):
    """The states of a posting: the firm proposes, the town consents, the bureau decides. Its dates say when it is."""

    PROPOSED = "proposed", pgettext_lazy("a posting", "Waiting for the town")
    CONSENTED = "consented", pgettext_lazy("a posting", "Waiting for the bureau")
    CONFIRMED = "confirmed", pgettext_lazy("a posting", "Decided")
    REFUSED = "refused", pgettext_lazy("a posting", "Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PostingQuerySet(ScopedQuerySet):
    def decided(self) -> PostingQuerySet:
        return self.filter(state=OfPosting.CONFIRMED)

    def on(self, day) -> PostingQuerySet:
        """Those decided on and in force on a day."""
        return self.decided().filter(in_force(day))


@recorded()
class Posting(models.Model):
    """That a steward serves a station for a time.

    contract: the one it is sent under; without one it was entered before contracts were kept here. villages: the divisions' ids
    he looks after; empty for the whole town. replaces: the posting he takes over from; handover_on: by when the two hand over.
    """

    State = OfPosting
    WAITING = (State.PROPOSED, State.CONSENTED)

    scope = Scope("stewards", place="station__division__path", station="station", firm="firm", person="steward__user")

    steward = models.ForeignKey(Steward, models.PROTECT, related_name="postings", verbose_name=_("Cultural steward"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="postings", verbose_name=_("Service provider"))
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name=_("Contract")
    )
    station = models.ForeignKey(Station, models.PROTECT, related_name="postings", verbose_name=_("Station"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    full_time = models.BooleanField(_("Full-time"), default=True)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    town_days = models.PositiveSmallIntegerField(
        _("Days a week in the town"), default=USUAL_TOWN_DAYS, validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    district_days = models.PositiveSmallIntegerField(
        _("Days a week at the district"), default=USUAL_DISTRICT_DAYS, validators=[MaxValueValidator(6)]
    )
    villages = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=_("Villages looked after"))
    supervisor = models.CharField(_("Supervisor at the station"), max_length=60, blank=True, validators=[validate_text])
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replacements", verbose_name=_("Takes over from")
    )
    handover_on = models.DateField(_("Handed over by"), null=True, blank=True)
    handover_note = models.CharField(_("Hand-over"), max_length=500, blank=True, validators=[validate_text])
    filed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Filed by")
    )
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.CONFIRMED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Posting")
        verbose_name_plural = _("Postings")
        ordering = ["station__division__code", "-valid_from"]
        indexes = [models.Index("id", name="posting_waiting", condition=Q(state__in=["proposed", "consented"]))]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="posting_ends_after_start",
                violation_error_message=_("A posting ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(town_days__lte=7 - F("district_days")),
                name="posting_week",
                violation_error_message=_("A week has seven days."),
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(state__in=["proposed", "consented", "confirmed"]),
                name="posting_replaced_once",
                violation_error_message=_("Somebody is to take over from this posting already."),
            ),
            ExclusionConstraint(
                name="posting_full_time_once",
                expressions=[
                    (SameKey("steward", "steward"), RangeOperators.OVERLAPS),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(full_time=True, state="confirmed"),
                violation_error_code="full_time_overlap",
                violation_error_message=_("The steward has a full-time posting in this time already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.steward} → {self.station}"

    def validate_constraints(self, exclude=None) -> None:
        """The state is an entry of no form, but says which constraints hold."""
        super().validate_constraints(exclude=set(exclude or ()) - {"state"})

    def covers(self, day: date) -> bool:
        """Whether it is decided and holds the day."""
        return (
            self.state == OfPosting.CONFIRMED and self.valid_from <= day and (not self.valid_to or day < self.valid_to)
        )

    def meets(self, first: date, end: date | None) -> bool:
        """Whether it shares a day with the time from `first` on, in which `end` is not any more."""
        return (end is None or self.valid_from < end) and (self.valid_to is None or first < self.valid_to)
