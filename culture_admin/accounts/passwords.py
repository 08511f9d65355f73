"""The rules of passwords under the classified protection of information systems (PASSWORD_PROFILE=mlps, GB/T 22239-2019)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culture_admin.accounts.models import PastPassword, User

CLASSES = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
CLASSES_ASKED = 3
NOT_REUSED = 5


class ComposedValidator:
    """Three of four: small letters, capitals, digits, other signs."""

    def validate(self, password: str, user: User | None = None) -> None:
        if sum(any(map(is_of, password)) for is_of in CLASSES) < CLASSES_ASKED:
            raise ValidationError(self.get_help_text(), code="password_composition")

    def get_help_text(self) -> str:
        return _("A password has at least three of: small letters, capitals, digits, other signs.")


class NotReusedValidator:
    """None of the last five."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        past = PastPassword.objects.filter(user=user).order_by("-pk")[:NOT_REUSED]
        if any(check_password(password, each.password) for each in past):
            raise ValidationError(self.get_help_text(), code="password_reused")

    def get_help_text(self) -> str:
        return _("A password is none of the last %(count)d.") % {"count": NOT_REUSED}


def remember_password(user: User, at: datetime) -> None:
    """Keeps the hash of a password just set, for as long as it counts."""
    PastPassword.objects.create(user=user, password=user.password, set_at=at)
    kept = PastPassword.objects.filter(user=user).order_by("-pk").values("pk")[:NOT_REUSED]
    PastPassword.objects.filter(user=user).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()


def is_worn_out(user: User, at: datetime) -> bool:
    """Whether the password has to be changed before anything else."""
    if settings.PASSWORD_LIFETIME is None:
        return False
    last = PastPassword.objects.filter(user=user).order_by("-pk").first()
    return last is not None and at - last.set_at > settings.PASSWORD_LIFETIME
