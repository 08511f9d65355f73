"""A station's standing as a legal person."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from culture_admin.territory.history import recorded
from stations.models.station import OfStation

PUBLIC_INSTITUTION = "12"


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


@recorded()
class Certificate(OfStation):
    """The certificate of a public institution legal person: proof that the station is one, for five years."""

    scope = replace(OfStation.scope, power="stations.registration")

    uscc = models.CharField(_("Unified social credit code"), max_length=18, validators=[validate_institution_code])
    legal_representative = models.CharField(_("Legal representative"), max_length=60)
    sponsor = models.CharField(_("Sponsoring unit"), max_length=100)
    authority = models.CharField(_("Registration authority"), max_length=100)
    domicile = models.CharField(_("Domicile"), max_length=200, blank=True)
    purpose = models.TextField(_("Purpose and business scope"), blank=True)
    funding = models.CharField(_("Funding source"), max_length=60, blank=True)
    startup_funds = models.DecimalField(
        _("Start-up funds (yuan)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta(OfStation.Meta):
        verbose_name = _("Legal person certificate")
        verbose_name_plural = _("Legal person certificates")
        constraints = [
            *OfStation.Meta.constraints,
            models.UniqueConstraint(
                fields=["uscc", "valid_from"],
                name="certificate_once",
                violation_error_message=_("A certificate of this code and day is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uscc} · {self.station}"
