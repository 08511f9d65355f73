"""Entering the certificate of a legal person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from stations.actions.representative import mind_representative
from stations.actions.rows import enter
from stations.models import Certificate, Station

# Public institutions have been registered since the republic; a certificate counts five years on from its first day.
EARLIEST, LATEST = date(1949, 10, 1), date(2199, 12, 31)


def register_legal_person(
    *,
    actor,
    station: Station,
    uscc: str,
    legal_representative: str,
    sponsor: str,
    authority: str,
    valid_from: date,
    valid_to: date | None = None,
    domicile: str = "",
    purpose: str = "",
    funding: str = "",
    startup_funds: Decimal | None = None,
) -> Certificate:
    """Enters a certificate. It lasts five years where no end is written (DOMAIN.md §3.2)."""
    require_of(actor, "stations.registration", "decide", "propose", path=station.division.path)
    if not EARLIEST <= valid_from <= LATEST:
        message = _("A date from %(earliest)s to %(latest)s is expected.") % {"earliest": EARLIEST, "latest": LATEST}
        raise ValidationError({"valid_from": ValidationError(message, code="date_range")})
    certificate = Certificate(
        station=station,
        uscc=uscc,
        legal_representative=legal_representative,
        sponsor=sponsor,
        authority=authority,
        domicile=domicile,
        purpose=purpose,
        funding=funding,
        startup_funds=startup_funds,
        valid_from=valid_from,
        valid_to=valid_to or _five_years_after(valid_from),
    )
    with acting(actor):
        enter(certificate)
        mind_representative(station, timezone.now())
        return certificate


def _five_years_after(day: date) -> date:
    return day.replace(year=day.year + 5, day=28 if (day.month, day.day) == (2, 29) else day.day)
