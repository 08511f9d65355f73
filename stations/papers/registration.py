"""The sheet of a certificate."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from culture_admin.exchange.paper.register import Paper, register
from stations.models import Certificate

# Certificates state money in units of ten thousand yuan (DOMAIN.md §3.2).
TEN_THOUSAND = Decimal(10_000)


def certificate_of(certificate: Certificate) -> dict[str, object]:
    funds = certificate.startup_funds
    return {"funds": None if funds is None else (funds / TEN_THOUSAND).normalize()}


register(
    Paper(
        code="certificate",
        label=_("Legal person certificate: registered items"),
        model=Certificate,
        power="stations.registration",
        template="certificate.html",
        context=certificate_of,
        related=("station__unit", "station__division"),
        order=("-valid_from", "station__division__code"),
        beside=lambda certificate: f"{certificate.valid_from} – {certificate.valid_to}",
    )
)
