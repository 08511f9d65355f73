"""Post a steward to a station, and end a posting."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from stations.models import Station
from stewards.models import Contract, Posting, Steward


def post_steward(
    *,
    actor,
    steward: Steward,
    station: Station,
    valid_from: date,
    valid_to: date | None = None,
    full_time: bool = True,
    contract: Contract | None = None,
) -> Posting:
    """Sends a steward to a station from a day on; two full-time postings at once are refused."""
    require_of(actor, "stewards", path=station.division.path)
    with acting(actor):
        posting = Posting(
            steward=steward,
            firm_id=steward.firm_id,
            contract=contract,
            station=station,
            county_id=station.county_id,
            full_time=full_time,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        posting.full_clean()
        posting.save()
        return posting


def end_posting(*, actor, posting: Posting, on: date) -> Posting:
    """Ends a posting: `on` is the first day the steward is not there any more."""
    require_of(actor, "stewards", path=posting.station.division.path)
    if on <= posting.valid_from:
        raise ValidationError({"valid_to": _("A posting ends after it begins.")})
    with acting(actor):
        posting.valid_to, posting.version = on, posting.version + 1
        posting.full_clean()
        posting.save(update_fields=["valid_to", "version"])
        return posting
