"""Enter a firm, its people and the stewards it sends; correct what is said of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.territory.actions import add_unit
from culture_admin.territory.models import Division, Unit, search_key
from culture_admin.workflow.days import refuse_future
from culture_admin.workflow.locking import lock
from stewards import codes
from stewards.models import Firm, PoolMember, Steward

POWER = "stewards"
# Who keeps the file of a firm: the bureau, and the firm its own.
KEEPERS = ("decide", "propose")
# What of a firm the bureau alone corrects.
OF_THE_BUREAU = {"uscc"}
OF_FIRM = ("uscc", "manager", "representative", "business_scope", "founded_on", "address")
OF_MEMBER = ("kind", "name", "genres", "title", "valid_from", "valid_to")
OF_STEWARD = ("name", "speciality", "degree", "genres", "user")


def add_firm(
    *,
    actor,
    division: Division,
    name_zh: str,
    uscc: str,
    name_en: str = "",
    manager: str = "",
    representative: str = "",
    business_scope: str = "",
    founded_on: date | None = None,
    address: str = "",
) -> Firm:
    """A service provider whose contracts lie in `division` (a county)."""
    require_of(actor, POWER, path=division.path)
    refuse_future("founded_on", founded_on, timezone.localdate())
    with acting(actor):
        unit = add_unit(kind=Unit.Kind.FIRM, division=division, name_zh=name_zh, name_en=name_en)
        firm = Firm(
            unit=unit,
            uscc=uscc,
            manager=manager,
            representative=representative,
            business_scope=business_scope,
            founded_on=founded_on,
            address=address,
        )
        firm.full_clean()
        firm.save()
        return firm


def change_firm(*, actor, firm: Firm, seen: int | None = None, **changes) -> Firm:
    """Corrects what is said of a firm: the firm its own people, scope and address, the bureau its code besides.

    Raises ValidationError by field, StepRefused (`stale`), PermissionDenied.
    """
    _refuse_others(changes, OF_FIRM)
    verbs = ("decide",) if changes.keys() & OF_THE_BUREAU else KEEPERS
    refuse_future("founded_on", changes.get("founded_on"), timezone.localdate())
    with acting(actor):
        row = lock(_seen_by(actor, Firm).select_related("unit__division"), firm, seen)
        require_of(actor, POWER, *verbs, path=row.unit.division.path, unit_id=row.pk)
        return _change(row, changes)


def add_pool_member(
    *,
    actor,
    firm: Firm,
    kind: str,
    name: str,
    valid_from: date,
    genres: Sequence[str] = (),
    title: str = "",
    valid_to: date | None = None,
) -> PoolMember:
    """Somebody the firm can call on. Raises ValidationError by field, PermissionDenied."""
    require_of(actor, POWER, *KEEPERS, path=firm.unit.division.path, unit_id=firm.pk)
    codes.refuse_unknown("genre", genres=genres)
    with acting(actor):
        member = PoolMember(
            firm=firm, kind=kind, name=name, genres=list(genres), title=title, valid_from=valid_from, valid_to=valid_to
        )
        member.full_clean()
        member.save()
        return member


def change_pool_member(*, actor, poolmember: PoolMember, seen: int | None = None, **changes) -> PoolMember:
    """Corrects what is said of a member, or ends the membership: `valid_to` is the first day it holds no more."""
    _refuse_others(changes, OF_MEMBER)
    codes.refuse_unknown("genre", genres=changes.get("genres", ()))
    with acting(actor):
        row = lock(_seen_by(actor, PoolMember).select_related("firm__unit__division"), poolmember, seen)
        require_of(actor, POWER, *KEEPERS, path=row.firm.unit.division.path, unit_id=row.firm_id)
        return _change(row, changes)


def add_steward(
    *,
    actor,
    firm: Firm,
    name: str,
    speciality: str = "",
    degree: str = "",
    genres: Sequence[str] = (),
    user: User | None = None,
) -> Steward:
    """A steward of a firm, with an account or without."""
    require_of(actor, POWER, *KEEPERS, path=firm.unit.division.path, unit_id=firm.pk)
    codes.refuse_unknown("genre", genres=genres)
    _refuse_strangers_account(firm, user)
    with acting(actor):
        steward = Steward(
            firm=firm,
            name=name,
            speciality=speciality,
            degree=degree,
            genres=list(genres),
            user=user,
            search=search_key(name),
        )
        steward.full_clean()
        steward.save()
        return steward


def change_steward(*, actor, steward: Steward, seen: int | None = None, **changes) -> Steward:
    """Corrects what is said of a steward. Raises ValidationError by field, StepRefused (`stale`), PermissionDenied."""
    _refuse_others(changes, OF_STEWARD)
    codes.refuse_unknown("genre", genres=changes.get("genres", ()))
    with acting(actor):
        row = lock(_seen_by(actor, Steward).select_related("firm__unit__division"), steward, seen)
        require_of(actor, POWER, *KEEPERS, path=row.firm.unit.division.path, unit_id=row.firm_id)
        _refuse_strangers_account(row.firm, changes.get("user"))
        if "name" in changes:
            row.search = search_key(changes["name"])
        return _change(row, changes)


def _seen_by(actor, model: Any):
    return model.objects.visible_to(actor) if actor else model.objects.all()


def _refuse_others(changes: Collection[str], changeable: Collection[str]) -> None:
    unknown = set(changes) - set(changeable)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")


def _refuse_strangers_account(firm: Firm, user: User | None) -> None:
    """By the account of a steward his own rows are opened: it is one of the firm's."""
    if user and not user.memberships.filter(role=Role.STEWARD, unit=firm.unit_id).exists():
        message = _("%(user)s holds no office of a steward at %(firm)s.") % {"user": user, "firm": firm}
        raise ValidationError({"user": ValidationError(message, code="other_account")})


def _change(row, changes: dict):
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.full_clean()
    row.save()
    return row
