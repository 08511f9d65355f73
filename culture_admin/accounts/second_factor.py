"""The second factor: a code of an authenticator app beside the password, and recovery codes for the day the phone is lost."""

from __future__ import annotations

from base64 import b32encode

import django_otp
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.accounts.models import User
from culture_admin.accounts.roles import ADMIN_ROLES, Role

APP, RECOVERY = "app", "recovery"
RECOVERY_CODES = 10
# Whoever sees a whole county, administers it or bills it; a station's phone keeps to its password (DESIGN.md §5).
ASKED_OF = ADMIN_ROLES | {Role.FIRM_MANAGER}


def is_asked_of(user: User) -> bool:
    """Whether the user does nothing before a second factor has been given."""
    return settings.SECOND_FACTOR and bool(user.roles & ASKED_OF)


def has_factor(user: User) -> bool:
    return TOTPDevice.objects.filter(user=user, name=APP, confirmed=True).exists()


def begin_factor(*, actor: User) -> TOTPDevice:
    """The app to be set up: the same one until a first code confirms it."""
    with acting(actor):
        return TOTPDevice.objects.get_or_create(user=actor, name=APP, confirmed=False)[0]


def secret_of(device: TOTPDevice) -> str:
    """What is typed into the app where its camera cannot read the square, in groups of four."""
    secret = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def confirm_factor(*, actor: User, code: str) -> tuple[Device, list[str]]:
    """Takes the first code of a new app; returns the device and fresh recovery codes, shown once.

    Raises ValidationError `wrong_code`.
    """
    device = begin_factor(actor=actor)
    if not _is_right(device, code):
        raise ValidationError(
            _("The code is not right. Codes change every half minute; is the phone's clock right?"), code="wrong_code"
        )
    with acting(actor):
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        StaticDevice.objects.filter(user=actor, name=RECOVERY).delete()
        recovery = StaticDevice.objects.create(user=actor, name=RECOVERY)
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        recovery.token_set.bulk_create(StaticToken(device=recovery, token=code) for code in codes)
    return device, codes


def check_factor(*, actor: User, code: str) -> Device:
    """The device that knows the code; a recovery code is used up. Raises ValidationError `wrong_code`."""
    device = django_otp.match_token(actor, code.replace(" ", "").lower())
    if device is None:
        raise ValidationError(
            _("The code is not right, or too many were tried. Wait a moment and give the next one."), code="wrong_code"
        )
    return device


def reset_factor(*, actor: User, user: User) -> None:
    """Takes a lost phone's factor away; at the next sign-in a new one is set up."""
    require_of(actor, "accounts")
    with acting(actor):
        for device in django_otp.devices_for_user(user, confirmed=None):
            device.delete()


def _is_right(device: TOTPDevice, code: str) -> bool:
    allowed, _why = device.verify_is_allowed()
    return allowed and device.verify_token(code.replace(" ", ""))
