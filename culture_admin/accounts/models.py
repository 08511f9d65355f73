"""Users, the offices they hold, and the keys of service accounts."""

from __future__ import annotations

import uuid
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import FieldDoesNotExist
from django.core.validators import RegexValidator
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.asking import may
from culture_admin.accounts.roles import ADMIN_ROLES, DESK_ROLES, Office, Role
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Succession, Unit

# As `Office` takes them. Every request begins with this question: built by the ORM it took four times as long.
OFFICES = "SELECT * FROM accounts_offices(%(user)s, %(day)s)"


class UserManager(BaseUserManager["User"]):
    def visible_to(self, user, verb: str = "see"):
        """Accounts whose office lies in the territory of an office that may see accounts, and one's own."""
        if not user.is_authenticated:
            return self.none()
        territory = Q(pk=user.pk)
        for office in user.offices:
            if may(office, "accounts", verb):
                territory |= Q(memberships__unit__division__path__startswith=office.path)
        return self.filter(pk__in=self.filter(territory).values("pk"))


@recorded(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person with an account, or a service account behind an API key. Accounts are issued by the bureau."""

    username = models.CharField(
        _("Username"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", _("Lower-case letters, digits, dots, dashes and underscores."))
        ],
        error_messages={"unique": _("This username is taken.")},
    )
    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=60)
    language = models.CharField(
        _("Language"), max_length=7, choices=[("zh-hans", "简体中文"), ("en", "English")], default="zh-hans"
    )
    is_active = models.BooleanField(_("Active"), default=True)
    is_service = models.BooleanField(_("Service account"), default=False)
    created_at = models.DateTimeField(_("Created"), default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("User")
        verbose_name_plural = _("Users")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    @cached_property
    def offices(self) -> list[Office]:
        """The offices held today, substitutions included; read once per request."""
        if not self.is_active:
            return []
        with connection.cursor() as cursor:
            cursor.execute(OFFICES, {"user": self.pk, "day": timezone.localdate()})
            return [Office(*row) for row in cursor.fetchall()]

    @cached_property
    def counties(self) -> dict[str, int]:
        """By the path of an office that is or lies in one county, that county: all rows of its stations are of this county.

        Rows keep the county of their day, so places are left out to which land came, or which it left.
        """
        moved = Q(successor__path__startswith=OuterRef("path")) | Q(predecessor__path__startswith=OuterRef("path"))
        places = Division.objects.filter(path__in={office.path for office in self.offices})
        settled = places.exclude(Exists(Succession.objects.filter(moved)))
        return {place.path: place.county_id for place in settled if place.county_id}

    def hold(self, offices: list[Office]) -> User:
        """Takes offices already read (by the key's one query) instead of asking again."""
        self.__dict__["offices"] = offices
        return self

    @property
    def roles(self) -> set[str]:
        return {office.role for office in self.offices}

    @property
    def is_staff(self) -> bool:
        """May enter the bureau's admin; read by Django's admin."""
        return not self.is_service and bool(self.roles & ADMIN_ROLES)

    @property
    def is_superuser(self) -> bool:
        """Nobody: there is no exception from scope and matrix. Read by Django's admin."""
        return False

    @property
    def works_at_desk(self) -> bool:
        return bool(self.roles & DESK_ROLES)

    def has_module_perms(self, app_label: str) -> bool:
        """Each ModelAdmin asks the matrix itself; the module shows what is left. Read by Django's admin."""
        return self.is_staff

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's model permissions are not used here: the matrix in powers.py is. Read by Django's admin."""
        return False

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> MembershipQuerySet:
        return self.filter(user__in=User.objects.visible_to(user, verb))


@recorded()
class Membership(models.Model):
    """That a user holds an office, (role, unit), for a time; `acting_for` says whose substitute he is."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("User"))
    role = models.CharField(_("Role"), max_length=16, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name=_("Unit"))
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    acting_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="substitutes", verbose_name=_("Substitute for")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("Membership")
        verbose_name_plural = _("Memberships")
        ordering = ["user__username", "valid_from"]
        constraints = [
            models.CheckConstraint(
                # One that ends on the day it begins never was.
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_start",
                violation_error_message=_("A membership does not end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit", "valid_from"],
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="membership_once",
                violation_error_message=_("This person holds this office from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class SubstitutionQuerySet(MembershipQuerySet):
    def visible_to(self, user, verb: str = "see") -> SubstitutionQuerySet:
        """One's own, on either side, and those of accounts the user sees."""
        if not user.is_authenticated:
            return self.none()
        own = Q(user=user.pk) | Q(acting_for__user=user.pk)
        return self.filter(own | Q(acting_for__user__in=User.objects.visible_to(user, verb).values("pk")))


class Substitutions(models.Manager):
    """Memberships by which somebody stands in for another."""

    def get_queryset(self) -> SubstitutionQuerySet:
        return SubstitutionQuerySet(self.model, using=self._db).filter(acting_for__isnull=False)

    def visible_to(self, user, verb: str = "see") -> SubstitutionQuerySet:
        return self.get_queryset().visible_to(user, verb)


class Substitution(Membership):
    """A membership by which somebody stands in for the holder of an office."""

    objects: ClassVar[Any] = Substitutions()

    class Meta:
        proxy = True
        verbose_name = _("Substitute")
        verbose_name_plural = _("Substitutes")
        ordering = ["-valid_from", "-id"]


class PastPassword(models.Model):
    """The hash of a password once set, so that it is not set again; the newest says since when it is in use."""

    user = models.ForeignKey(User, models.PROTECT, related_name="past_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()


class ApiKeyQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> ApiKeyQuerySet:
        return self.filter(user__in=User.objects.visible_to(user, verb))


@recorded(exclude=["digest", "last_used_at"])
class ApiKey(models.Model):
    """A key of a service account. Only the HMAC of the secret is kept; the key itself is shown once."""

    user = models.ForeignKey(User, models.PROTECT, related_name="keys", verbose_name=_("Service account"))
    name = models.CharField(_("Name"), max_length=100)
    public_id = models.CharField(_("Key id"), max_length=12, unique=True, editable=False)
    digest = models.BinaryField(editable=False)
    pepper = models.PositiveSmallIntegerField(editable=False, help_text=_("Which pepper the digest was made with"))
    scopes = models.JSONField(_("Scopes"), default=list, blank=True)
    addresses = models.JSONField(_("Allowed addresses"), default=list, blank=True)
    created_at = models.DateTimeField(_("Created"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("Expires"))
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(_("Last used"), null=True, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.public_id})"


class Invitation(models.Model):
    """A one-time link by which the holder of a new account sets the first password; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    digest = models.BinaryField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Invitation")
        verbose_name_plural = _("Invitations")


class PersonalReading(models.Model):
    """A line of the read log: who opened, wrote or purged which personal field of whom, when and why; never the value.

    Append-only: the application's database role may insert and read it, nothing else. As in a decision, the words of the
    day stand in it.
    """

    class Act(models.TextChoices):
        READ = "read", pgettext_lazy("personal data", "Opened")
        WRITTEN = "written", _("Written")
        PURGED = "purged", _("Purged")

    scope = Scope("accounts.readings", place="division__path")

    act = models.CharField(_("What was done"), max_length=8, choices=Act)
    at = models.DateTimeField(_("Time"), default=timezone.now)
    actor = models.ForeignKey(
        User, models.DO_NOTHING, db_constraint=False, null=True, related_name="+", verbose_name=_("Person")
    )
    actor_text = models.CharField(_("Person as written"), max_length=60, blank=True)
    role = models.CharField(_("Role"), max_length=16, choices=Role, blank=True)
    unit_text = models.CharField(_("Unit as written"), max_length=100, blank=True)
    power = models.CharField(_("Power"), max_length=40)
    table = models.CharField(_("Table"), max_length=60)
    row = models.BigIntegerField(_("Record"))
    concerned = models.CharField(_("About whom"), max_length=120)
    field = models.CharField(_("Field"), max_length=40)
    reason = models.TextField(_("Reason"), blank=True)
    request = models.CharField(_("Request"), max_length=36, blank=True)
    division = models.ForeignKey(
        Division, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("Division")
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Reading of personal data")
        verbose_name_plural = _("Read log of personal data")
        ordering = ["-id"]
        indexes = [
            models.Index("table", "row", name="reading_of_row"),
            models.Index("actor", "at", name="reading_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_text}: {self.get_act_display()} · {self.concerned} · {self.field_label}"

    @property
    def field_label(self) -> str:
        """The field in the reader's language; its name where the table is gone."""
        try:
            return str(apps.get_model(self.table)._meta.get_field(self.field).verbose_name)
        except (LookupError, FieldDoesNotExist):
            return self.field
