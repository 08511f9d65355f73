"""Firms, the stewards they send, and where and when each is posted."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Unit, in_force
from culture_admin.territory.ranges import DateRange, SameKey
from stations.models import Station


def validate_firm_code(value: str) -> None:
    """A unified social credit code with a right check character (GB 32100-2015)."""
    try:
        uscc.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("“%(value)s” is not a valid unified social credit code; check O against 0 and I against 1."),
            code="uscc_checksum",
            params={"value": value},
        ) from error


@recorded()
class Firm(models.Model):
    """A service provider: the unit and its code. The unit's division is where its contracts are."""

    scope = Scope("stewards", place="unit__division__path", firm="pk")

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="firm", verbose_name=_("Unit"))
    uscc = models.CharField(
        _("Unified social credit code"), max_length=18, unique=True, validators=[validate_firm_code]
    )
    manager = models.CharField(_("Project manager"), max_length=60, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Service provider")
        verbose_name_plural = _("Service providers")
        ordering = ["unit__name_zh"]

    def __str__(self) -> str:
        return self.unit.name

    @property
    def name(self) -> str:
        return self.unit.name


@recorded()
class Steward(models.Model):
    """A cultural steward: a professional whom a firm posts to towns."""

    scope = Scope("stewards", place="firm__unit__division__path", firm="firm", person="user")

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="stewards", verbose_name=_("Service provider"))
    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=60)
    search = models.CharField(max_length=300, editable=False, db_default="")
    speciality = models.CharField(_("Speciality"), max_length=100, blank=True)
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="steward", verbose_name=_("Account")
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Cultural steward")
        verbose_name_plural = _("Cultural stewards")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["id", "firm"], name="steward_of_firm")]

    def __str__(self) -> str:
        return self.name


class PostingQuerySet(ScopedQuerySet):
    def on(self, day) -> PostingQuerySet:
        return self.filter(in_force(day))


@recorded()
class Posting(models.Model):
    """That a steward serves a station for a time."""

    scope = Scope("stewards", place="station__division__path", station="station", firm="firm", person="steward__user")

    steward = models.ForeignKey(Steward, models.PROTECT, related_name="postings", verbose_name=_("Cultural steward"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="postings", verbose_name=_("Service provider"))
    station = models.ForeignKey(Station, models.PROTECT, related_name="postings", verbose_name=_("Station"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    full_time = models.BooleanField(_("Full-time"), default=True)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Posting")
        verbose_name_plural = _("Postings")
        ordering = ["station__division__code", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="posting_ends_after_start",
                violation_error_message=_("A posting ends after it begins."),
            ),
            ExclusionConstraint(
                name="posting_full_time_once",
                expressions=[
                    (SameKey("steward", "steward"), RangeOperators.OVERLAPS),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(full_time=True),
                violation_error_message=_("The steward has a full-time posting in this time already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.steward} → {self.station}"
