"""The verbs of stewards: enter a firm and its stewards, post a steward, end a posting."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.accounts.models import User
from culture_admin.territory.actions import add_unit
from culture_admin.territory.models import Division, Unit, search_key
from stations.models import Station
from stewards.models import Firm, Posting, Steward


def add_firm(*, actor, division: Division, name_zh: str, uscc: str, name_en: str = "", manager: str = "") -> Firm:
    """A service provider whose contracts lie in `division` (a county)."""
    require_of(actor, "stewards", path=division.path)
    with acting(actor):
        unit = add_unit(kind=Unit.Kind.FIRM, division=division, name_zh=name_zh, name_en=name_en)
        firm = Firm(unit=unit, uscc=uscc, manager=manager)
        firm.full_clean()
        firm.save()
        return firm


def add_steward(*, actor, firm: Firm, name: str, speciality: str = "", user: User | None = None) -> Steward:
    """A steward of a firm, with an account or without."""
    require_of(actor, "stewards", "decide", "propose", path=firm.unit.division.path, unit_id=firm.pk)
    with acting(actor):
        steward = Steward(firm=firm, name=name, speciality=speciality, user=user, search=search_key(name))
        steward.full_clean()
        steward.save()
        return steward


def post_steward(
    *,
    actor,
    steward: Steward,
    station: Station,
    valid_from: date,
    valid_to: date | None = None,
    full_time: bool = True,
) -> Posting:
    """Sends a steward to a station from a day on; two full-time postings at once are refused."""
    require_of(actor, "stewards", path=station.division.path)
    with acting(actor):
        posting = Posting(
            steward=steward,
            firm_id=steward.firm_id,
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
