"""The certificate of a legal person: its fields, its code, and how it stands on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from culture_admin.accounts.scope import ScopedQuerySet
from culture_admin.interfaces.money import MoneyField
from culture_admin.territory.history import recorded
from stations.models.station import OfStation

PUBLIC_INSTITUTION = "12"
# Renewed within the thirty days before it ends (DOMAIN.md §3.2).
RENEWAL = timedelta(days=30)
MOST_COPIES = 99


def validate_institution_code(value: str) -> None:
    """A unified social credit code of a public institution: 18 characters, check character, category 12 (GB 32100-2015)."""
    try:
        uscc.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("“%(value)s” is not a valid unified social credit code; check O against 0 and I against 1."),
            code="uscc_checksum",
            params={"value": value},
        ) from error
    if not value.startswith(PUBLIC_INSTITUTION):
        raise ValidationError(
            _("The code of a public institution begins with 12; this one begins with %(begin)s."),
            code="uscc_category",
            params={"begin": value[:2]},
        )


class CertificateStanding(models.TextChoices):
    """How a certificate stands on a day. It follows from its dates and from where the paper is; nobody sets it."""

    VALID = "valid", pgettext_lazy("a certificate", "Valid")
    ENDING = "ending", _("Ends within 30 days")
    LAPSED = "lapsed", _("Lapsed")
    REPLACED = "replaced", _("Replaced")
    HELD = "held", _("Held by the office")
    COLLECTED = "collected", _("Collected")
    AHEAD = "ahead", _("Not valid yet")


S = CertificateStanding


class CertificateQuerySet(ScopedQuerySet):
    def with_standing(self, on: date) -> CertificateQuerySet:
        """Each with its `standing` on the day. What ended because another one took its place has not lapsed."""
        next_one = Certificate.objects.filter(
            station=OuterRef("station"), valid_from__gt=OuterRef("valid_from"), valid_from__lte=OuterRef("valid_to")
        )
        return self.annotate(
            standing=Case(
                When(custody=Certificate.Custody.COLLECTED, then=Value(S.COLLECTED)),
                When(custody=Certificate.Custody.HELD, then=Value(S.HELD)),
                When(Q(valid_to__lte=on) & Exists(next_one.order_by()), then=Value(S.REPLACED)),
                When(valid_to__lte=on, then=Value(S.LAPSED)),
                When(valid_from__gt=on, then=Value(S.AHEAD)),
                When(valid_to__lte=on + RENEWAL, then=Value(S.ENDING)),
                default=Value(S.VALID),
                output_field=models.CharField(),
            )
        )

    def newest(self, on: date) -> CertificateQuerySet:
        """Of each station the certificate that is in force on the day, or was the last before it."""
        begun = self.filter(valid_from__lte=on).order_by("station_id", "-valid_from")
        return begun.distinct("station_id")


@recorded()
class Certificate(OfStation):
    """The certificate of a public institution legal person: proof that the station is one, for five years."""

    class Custody(models.TextChoices):
        STATION = "station", _("At the station")
        HELD = "held", _("Held by the office")
        COLLECTED = "collected", _("Collected")

    class End(models.TextChoices):
        CANCELLED = "cancelled", pgettext_lazy("a legal person", "Cancelled")
        REVOKED = "revoked", pgettext_lazy("a legal person", "Revoked")

    scope = replace(OfStation.scope, power="stations.certificates")

    uscc = models.CharField(_("Unified social credit code"), max_length=18, validators=[validate_institution_code])
    name = models.CharField(_("Registered name"), max_length=100, blank=True)
    legal_representative = models.CharField(_("Legal representative"), max_length=60)
    sponsor = models.CharField(_("Sponsoring unit"), max_length=100)
    authority = models.CharField(_("Registration authority"), max_length=100)
    domicile = models.CharField(_("Domicile"), max_length=200, blank=True)
    purpose = models.TextField(_("Purpose and business scope"), blank=True)
    funding = models.CharField(_("Funding source"), max_length=60, blank=True)
    startup_funds = MoneyField(_("Start-up funds (yuan)"), null=True, blank=True, validators=[MinValueValidator(0)])
    number = models.CharField(_("Certificate number"), max_length=40, blank=True)
    originals = models.PositiveSmallIntegerField(
        _("Originals"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_COPIES)]
    )
    duplicates = models.PositiveSmallIntegerField(
        _("Duplicates"), default=1, validators=[MaxValueValidator(MOST_COPIES)]
    )
    issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    registration = models.OneToOneField(
        "stations.Registration",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="certificate",
        verbose_name=_("Registration"),
    )
    custody = models.CharField(
        _("Where the certificate is"), max_length=9, choices=Custody, default=Custody.STATION, editable=False
    )
    ended_as = models.CharField(_("Ended as"), max_length=9, choices=End, blank=True, editable=False)
    lapse_announced_on = models.DateField(_("Lapse announced on"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = CertificateQuerySet.as_manager()

    class Meta(OfStation.Meta):
        verbose_name = _("Legal person certificate")
        verbose_name_plural = _("Legal person certificates")
        constraints = [
            *OfStation.Meta.constraints,
            # Without btree_gist a number is told apart as the range that holds it alone.
            ExclusionConstraint(
                name="certificate_one_at_a_time",
                expressions=[
                    (
                        Func(F("station"), F("station"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("valid_from"), F("valid_to"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("The station has a certificate for some of these days already."),
                violation_error_code="certificate_twice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uscc} · {self.station}"

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def may_be_renewed(self, on: date) -> bool:
        """From thirty days before the end on; late is better than never."""
        return self.valid_to is not None and self.valid_to - RENEWAL <= on
