"""The verbs of accounts: issue an account, grant and end an office, issue and revoke a key, found a bureau."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.accounts.keys import new_key
from culture_admin.accounts.models import ApiKey, Invitation, Membership, User
from culture_admin.accounts.passwords import remember_password
from culture_admin.accounts.roles import SEATS
from culture_admin.territory.actions import add_unit
from culture_admin.territory.models import Division, Unit

INVITATION_LASTS = timedelta(hours=72)
LONGEST_KEY = 365


def issue_account(*, actor, username: str, name: str, language: str = "zh-hans", is_service: bool = False) -> User:
    """A new account without a usable password; the holder sets one through an invitation."""
    require_of(actor, "accounts")
    with acting(actor):
        return _issue(username, name, language, is_service)


def grant_office(
    *,
    actor,
    user: User,
    role: str,
    unit: Unit,
    valid_from: date | None = None,
    valid_to: date | None = None,
    acting_for: Membership | None = None,
    at: datetime | None = None,
) -> Membership:
    """Gives `user` the office (role, unit) from a day on, but nobody himself.

    Raises ValidationError when the unit has no such office, PermissionDenied.
    """
    require_of(actor, "accounts", path=unit.division.path)
    with acting(actor):
        return _give(actor, user, role, unit, valid_from or timezone.localdate(at), valid_to, acting_for)


@dataclass(frozen=True)
class OfficeOfPost:
    """The office (role, unit) that goes with a post, in the hands of an account, from a day on."""

    user: User
    role: str
    unit: Unit
    valid_from: date
    valid_to: date | None = None

    def is_of(self, membership: Membership) -> bool:
        key = (membership.user_id, membership.role, membership.unit_id)
        return key == (self.user.pk, self.role, self.unit.pk)


def give_offices_of_posts(*, actor, offices: Sequence[OfficeOfPost]) -> None:
    """The offices that go with posts. The power over accounts is not asked: the one over the posts was.

    Whoever holds an office from an earlier day on keeps it. Raises PermissionDenied for one's own account.
    """
    with acting(actor):
        held, kept, new = _held_by(offices), [], []
        for office in offices:
            lasting = (one for one in held if office.is_of(one) and one.holds(office.valid_from))
            if membership := next(lasting, None):
                membership.valid_to = office.valid_to
                kept.append(membership)
            else:
                new.append(_office(actor, office.user, office.role, office.unit, office.valid_from, office.valid_to))
        Membership.objects.bulk_update(kept, ["valid_to"])
        if len(new) == 1:
            new[0].full_clean()
        for one in new:
            one.clean_fields(exclude=["user", "unit", "acting_for"])
        Membership.objects.bulk_create(new)


def open_account_of_post(*, actor, username: str, name: str) -> User:
    """An account for somebody who takes up a post; a one-time link from the administrators lets him in."""
    with acting(actor):
        return _issue(username, name)


def take_offices_of_posts(*, actor, offices: Sequence[tuple[OfficeOfPost, date]]) -> None:
    """Ends offices that go with posts, each with the first day on which it is no longer held."""
    with acting(actor):
        held, ended = _held_by([office for office, _on in offices]), []
        for membership in held:
            for office, on in offices:
                if office.is_of(membership) and (membership.valid_to is None or membership.valid_to > on):
                    # An office that has not begun yet never begins.
                    membership.valid_to = max(on, membership.valid_from)
                    ended.append(membership)
        Membership.objects.bulk_update(ended, ["valid_to"])


def open_account(
    *, actor, username: str, name: str, role: str, unit: Unit, language: str = "zh-hans", at: datetime | None = None
) -> User:
    """A new account with its first office, in one act: without an office it would lie in nobody's territory."""
    with acting(actor):
        user = issue_account(actor=actor, username=username, name=name, language=language)
        grant_office(actor=actor, user=user, role=role, unit=unit, at=at)
        return user


def end_office(*, actor, membership: Membership, on: date) -> Membership:
    """Ends an office: `on` is the first day it is no longer held, neither by its holder nor by who stands in for him."""
    require_of(actor, "accounts", path=membership.unit.division.path)
    with acting(actor):
        membership.valid_to = on
        membership.full_clean()
        membership.save(update_fields=["valid_to"])
        return membership


def set_active(*, actor, user: User, active: bool) -> User:
    """Opens or closes an account; a closed one is refused at its very next request."""
    require_of(actor, "accounts")
    with acting(actor):
        user.is_active = active
        user.save(update_fields=["is_active"])
        return user


def set_password(*, actor, user: User, password: str) -> User:
    """Sets a password after the configured rules have passed it."""
    validate_password(password, user)
    with acting(actor):
        user.set_password(password)
        user.save(update_fields=["password"])
        remember_password(user, timezone.now())
        return user


def change_password(*, actor: User, present: str, password: str) -> User:
    """Changes one's own password. Raises ValidationError `wrong_password`, or with the rules the new one breaks."""
    if not actor.check_password(present):
        raise ValidationError(_("This is not your present password."), code="wrong_password")
    return set_password(actor=actor, user=actor, password=password)


def set_language(*, actor: User, language: str) -> User:
    """Keeps the language a user reads in."""
    with acting(actor):
        actor.language = language
        actor.full_clean(exclude=["password"])
        actor.save(update_fields=["language"])
        return actor


def issue_key(
    *,
    actor,
    name: str,
    role: str,
    unit: Unit,
    scopes: list[str] | None = None,
    addresses: list[str] | None = None,
    days: int = LONGEST_KEY,
    at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """A service account with one office and a key to it. Returns the row and the key, which is shown this once."""
    require_of(actor, "accounts", path=unit.division.path)
    at = at or timezone.now()
    if not 1 <= days <= LONGEST_KEY:
        raise ValidationError({"days": _("A key lasts from 1 to %(most)d days.") % {"most": LONGEST_KEY}})
    with acting(actor):
        key = new_key()
        user = issue_account(actor=actor, username=f"key-{key.public_id}", name=name, is_service=True)
        grant_office(actor=actor, user=user, role=role, unit=unit, at=at)
        row = ApiKey(
            user=user,
            name=name,
            public_id=key.public_id,
            digest=key.digest,
            pepper=key.pepper,
            scopes=scopes or [],
            addresses=addresses or [],
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
        row.full_clean()
        row.save()
        return row, key.text


def revoke_key(*, actor, key: ApiKey, at: datetime | None = None) -> ApiKey:
    """Ends a key at once."""
    with acting(actor):
        key.revoked_at = at or timezone.now()
        key.save(update_fields=["revoked_at"])
        return key


def invite(*, actor, user: User, at: datetime | None = None) -> str:
    """A one-time token with which `user` sets a password; earlier ones end. Only its digest is kept."""
    at = at or timezone.now()
    token = secrets.token_urlsafe(32)
    with acting(actor):
        user.invitations.filter(used_at__isnull=True).update(used_at=at)
        Invitation.objects.create(user=user, digest=_digest(token), expires_at=at + INVITATION_LASTS)
    return token


def accept_invitation(*, token: str, password: str, at: datetime | None = None) -> User:
    """Sets the first password. One answer for a used, late or invented link: ValidationError `link_invalid`."""
    at = at or timezone.now()
    with acting(None):
        invitation = (
            Invitation.objects.select_for_update(of=["self"])
            .select_related("user")
            .filter(digest=_digest(token), used_at__isnull=True, expires_at__gt=at)
            .first()
        )
        if invitation is None:
            raise ValidationError(_("This link is not valid any more. Ask for a new one."), code="link_invalid")
        set_password(actor=None, user=invitation.user, password=password)
        invitation.used_at = at
        invitation.save(update_fields=["used_at"])
        return invitation.user


def found_bureau(*, actor, county: Division, username: str, at: datetime | None = None) -> tuple[User, str]:
    """The first account of a real county: its bureau, a bureau administrator, and the token of a one-time link."""
    with acting(actor):
        unit = county.units.filter(kind=Unit.Kind.BUREAU).first() or add_unit(
            kind=Unit.Kind.BUREAU,
            division=county,
            name_zh=f"{county.name_zh}文化和广电旅游体育局",
            name_en=f"Culture Bureau of {county.name_en or county.name_zh}",
        )
        user = issue_account(actor=actor, username=username, name=username)
        for role in ("bureau_admin", "system_admin", "security_admin"):
            grant_office(actor=actor, user=user, role=role, unit=unit, at=at)
        return user, invite(actor=actor, user=user, at=at)


def _issue(username: str, name: str, language: str = "zh-hans", is_service: bool = False) -> User:
    user = User(username=username, name=name, language=language, is_service=is_service)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    return user


def _give(
    actor, user: User, role: str, unit: Unit, valid_from: date, valid_to: date | None, acting_for: Membership | None
) -> Membership:
    if acting_for is not None and user.is_service:
        message = _("A program stands in for nobody.")
        raise ValidationError({"acting_for": ValidationError(message, code="no_person")})
    membership = _office(actor, user, role, unit, valid_from, valid_to)
    membership.acting_for = acting_for
    membership.full_clean()
    membership.save()
    return membership


def _office(actor, user: User, role: str, unit: Unit, valid_from: date, valid_to: date | None) -> Membership:
    """An office that may be given, not stored yet."""
    if actor is not None and user.pk == actor.pk:
        raise PermissionDenied(_("Nobody gives himself an office."))
    if unit.kind not in SEATS[role]:
        raise ValidationError(
            {"role": _("A unit of kind %(kind)s has no such office.") % {"kind": unit.get_kind_display()}}
        )
    return Membership(user=user, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to)


def _held_by(offices: Sequence[OfficeOfPost]) -> list[Membership]:
    """What those accounts hold in their own right, by the day it began."""
    users = {office.user.pk for office in offices}
    return list(Membership.objects.filter(user__in=users, acting_for__isnull=True).order_by("valid_from"))


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
