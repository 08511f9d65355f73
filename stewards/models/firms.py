"""Firms with their credit file: people, penalties and standing; and the stewards they send, with their certificates."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Unit, in_force


def validate_firm_code(value: str) -> None:
    """A unified social credit code with a right check character (GB 32100-2015)."""
    try:
        uscc.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("“%(value)s” is not a valid unified social credit code; check O against 0 and I against 1."),
            code="uscc_checksum",
            params={"value": value},
        ) from error


def genres_field() -> ArrayField:
    """Codes of art genres (activities.Genre, which stands a floor above)."""
    return ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("Genres"))


@recorded()
class Firm(models.Model):
    """A service provider: the unit and its code. The unit's division is where its contracts are."""

    scope = Scope("stewards", place="unit__division__path", firm="pk")

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="firm", verbose_name=_("Unit"))
    uscc = models.CharField(
        _("Unified social credit code"), max_length=18, unique=True, validators=[validate_firm_code]
    )
    manager = models.CharField(_("Project manager"), max_length=60, blank=True)
    representative = models.CharField(_("Legal representative"), max_length=60, blank=True, validators=[validate_text])
    business_scope = models.CharField(_("Business scope"), max_length=500, blank=True, validators=[validate_text])
    founded_on = models.DateField(_("Founded"), null=True, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True, validators=[validate_text])
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Service provider")
        verbose_name_plural = _("Service providers")
        ordering = ["unit__name_zh"]

    def __str__(self) -> str:
        return self.unit.name

    @property
    def name(self) -> str:
        return self.unit.name


class InForceQuerySet(ScopedQuerySet):
    def on(self, day: date) -> InForceQuerySet:
        return self.filter(in_force(day))


class OnRecordQuerySet(InForceQuerySet):
    def on(self, day: date) -> OnRecordQuerySet:
        """Those in force that were not struck out."""
        return self.filter(in_force(day), state="on_record")


@recorded()
class PoolMember(models.Model):
    """Somebody a firm can call on: a project manager, or a teacher of some genres (service standard A4, A6)."""

    class Kind(models.TextChoices):
        MANAGER = "manager", _("Project manager")
        TEACHER = "teacher", _("Teacher")

    scope = Scope("stewards", place="firm__unit__division__path", firm="firm")

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="pool", verbose_name=_("Service provider"))
    kind = models.CharField(_("Kind"), max_length=7, choices=Kind)
    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=60, validators=[validate_text])
    genres = genres_field()
    title = models.CharField(_("Professional title"), max_length=60, blank=True, validators=[validate_text])
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Member of the resource pool")
        verbose_name_plural = _("Resource pool")
        ordering = ["firm", "kind", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="pool_member_ends_after_start",
                violation_error_message=_("The end lies after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@recorded()
class Penalty(models.Model):
    """A penalty in a firm's credit file. serious: it keeps the firm from contracts until `valid_to` (A3: three years)."""

    class State(models.TextChoices):
        ON_RECORD = "on_record", _("On record")
        VOID = "void", _("Void")

    scope = Scope("stewards.credit", place="firm__unit__division__path", firm="firm")

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="penalties", verbose_name=_("Service provider"))
    what = models.CharField(_("What it was for"), max_length=300, validators=[validate_text])
    authority = models.CharField(_("Authority"), max_length=100, validators=[validate_text])
    document = models.CharField(_("Document"), max_length=120, validators=[validate_text])
    serious = models.BooleanField(_("Serious"), default=False)
    valid_from = models.DateField(_("Day"))
    valid_to = models.DateField(_("Stands until"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.ON_RECORD, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OnRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("Penalty")
        verbose_name_plural = _("Penalties")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="penalty_ends_after_start",
                violation_error_message=_("The end lies after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.what}"


@recorded()
class FirmStanding(models.Model):
    """How a firm stands by the evaluations of a year: computed, and kept with what it was computed from.

    score: the mean of its yearly evaluations in points of 100, NULL where it had none: no activity is not scored.
    """

    class Standing(models.TextChoices):
        EXCELLENT = "excellent", pgettext_lazy("a firm", "Excellent")
        GOOD = "good", pgettext_lazy("a firm", "Good")
        PASS = "pass", pgettext_lazy("a firm", "Passed")
        FAIL = "fail", pgettext_lazy("a firm", "Failed")
        NOT_SCORED = "not_scored", pgettext_lazy("a firm", "Not scored")

    scope = Scope("stewards.credit", place="firm__unit__division__path", firm="firm")

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="standings", verbose_name=_("Service provider"))
    year = models.PositiveSmallIntegerField(_("Year"), validators=[MinValueValidator(2000), MaxValueValidator(2199)])
    standing = models.CharField(_("Standing"), max_length=10, choices=Standing)
    score = models.DecimalField(_("Score"), max_digits=7, decimal_places=2, null=True)
    note = models.CharField(_("Note"), max_length=300, blank=True, validators=[validate_text])

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Standing of a service provider")
        verbose_name_plural = _("Standings of service providers")
        ordering = ["-year", "firm"]
        constraints = [models.UniqueConstraint(fields=["firm", "year"], name="firm_standing_once")]

    def __str__(self) -> str:
        return f"{self.firm} · {self.year} · {self.get_standing_display()}"


@recorded()
class Steward(models.Model):
    """A cultural steward: a professional whom a firm posts to towns."""

    class Degree(models.TextChoices):
        SECONDARY = "secondary", _("Secondary school")
        JUNIOR_COLLEGE = "junior_college", _("Junior college")
        BACHELOR = "bachelor", _("Bachelor")
        MASTER = "master", _("Master or above")

    scope = Scope("stewards", place="firm__unit__division__path", firm="firm", person="user")

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="stewards", verbose_name=_("Service provider"))
    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=60)
    search = models.CharField(max_length=300, editable=False, db_default="")
    speciality = models.CharField(_("Speciality"), max_length=100, blank=True)
    degree = models.CharField(_("Degree"), max_length=14, choices=Degree, blank=True)
    genres = genres_field()
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="steward", verbose_name=_("Account")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Cultural steward")
        verbose_name_plural = _("Cultural stewards")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["id", "firm"], name="steward_of_firm")]

    def __str__(self) -> str:
        return self.name


@recorded()
class Qualification(models.Model):
    """What a steward shows of himself: a certificate, a training, a statement (service standard B1 to B7).

    hours: of a training, in hours of 60 minutes.
    """

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("Certificate")
        BEFORE_POST = "before_post", _("Training before the post")
        TRAINING = "training", _("Yearly training")
        HEALTH = "health", _("Statement of health")
        CLEAN_RECORD = "clean_record", _("Statement of no criminal record")
        EMPLOYMENT = "employment", _("Labour contract and social insurance")
        CONDUCT = "conduct", _("Badge and code of conduct")

    # The kinds that take hours.
    TRAININGS = (Kind.BEFORE_POST, Kind.TRAINING)

    class State(models.TextChoices):
        ON_RECORD = "on_record", _("On record")
        VOID = "void", _("Void")

    scope = Scope("stewards", place="firm__unit__division__path", firm="firm", person="steward__user")

    steward = models.ForeignKey(
        Steward, models.PROTECT, related_name="qualifications", verbose_name=_("Cultural steward")
    )
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+", editable=False, verbose_name=_("Service provider"))
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    name = models.CharField(_("What it is called"), max_length=100, validators=[validate_text])
    issuer = models.CharField(_("Issued by"), max_length=100, blank=True, validators=[validate_text])
    hours = models.PositiveSmallIntegerField(_("Hours"), null=True, blank=True, validators=[MaxValueValidator(2000)])
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.ON_RECORD, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OnRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("Qualification")
        verbose_name_plural = _("Qualifications")
        ordering = ["steward", "-valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="qualification_ends_after_start",
                violation_error_message=_("The end lies after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.steward} · {self.name}"
