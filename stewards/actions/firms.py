"""Enter a firm, and the stewards it sends."""

from __future__ import annotations

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.accounts.models import User
from culture_admin.territory.actions import add_unit
from culture_admin.territory.models import Division, Unit, search_key
from stewards.models import Firm, Steward


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
