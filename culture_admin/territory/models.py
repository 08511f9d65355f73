"""Divisions (the tree of provinces … villages, with lineage and residents by year) and the units that act in them."""

from __future__ import annotations

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pypinyin import Style, lazy_pinyin

from culture_admin.territory.history import recorded


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose half-open validity [valid_from, valid_to) holds the day `on`; an empty end is open."""
    return (Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    )


def search_key(name: str) -> str:
    """What a name is found by: itself, its pinyin and its initials ('新塘街道 xintangjiedao xtjd')."""
    full = "".join(lazy_pinyin(name)).lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return f"{name} {full} {initials}"[:300]


def named(name_zh: str, name_en: str) -> str:
    """The name in the reader's language; the Chinese one where no English is known."""
    return name_en if name_en and not (get_language() or "zh").startswith("zh") else name_zh


class Named(models.Model):
    """A Chinese name, an English one where known, and the key both are searched by."""

    name_zh = models.CharField(_("Chinese name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=150, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language; the Chinese one where no English is known."""
        return named(self.name_zh, self.name_en)


class Level(models.TextChoices):
    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("Prefecture")
    COUNTY = "county", _("County")
    TOWN = "town", _("Town")
    VILLAGE = "village", _("Village")


LEVELS = [level.value for level in Level]


class DivisionQuerySet(models.QuerySet):
    def within(self, division: Division) -> DivisionQuerySet:
        """`division` itself and everything below it."""
        return self.filter(path__startswith=division.path)

    def existing(self, on: date) -> DivisionQuerySet:
        return self.filter(in_force(on))

    def governed(self) -> DivisionQuerySet:
        """Without statistical zones, which have no government and no station (DOMAIN.md §8.1)."""
        return self.exclude(type=Division.Type.ZONE)

    def visible_to(self, user, verb: str = "see") -> DivisionQuerySet:
        """The public tree: every account may read it; what happened in it is another matter."""
        return self if user.is_authenticated else self.none()


@recorded()
class Division(Named):
    """One administrative division during one period of its life.

    Codes are renamed, moved and used again (five Xiaoshan streets went to Qiantang in 2021), so the key is our own id and
    a move or a new code makes a new row, joined to the old one by a `Succession`.
    """

    class Type(models.TextChoices):
        PROVINCE = "province", _("Province")
        PREFECTURE = "prefecture", _("Prefecture")
        COUNTY = "county", _("County or district")
        TOWN = "town", _("Town")
        SUBDISTRICT = "subdistrict", _("Subdistrict")
        TOWNSHIP = "township", _("Township")
        ZONE = "zone", _("Statistical zone")
        VILLAGE = "village", _("Village")
        COMMUNITY = "community", _("Community")

    code = models.CharField(
        _("Division code"),
        max_length=12,
        validators=[RegexValidator(r"^(\d{6}|\d{9}|\d{12})$", _("A division code has 6, 9 or 12 digits."))],
    )
    level = models.CharField(_("Level"), max_length=10, choices=Level)
    type = models.CharField(_("Type"), max_length=11, choices=Type)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Parent")
    )
    path = models.CharField(_("Path"), max_length=60, editable=False, db_default="")
    search = models.CharField(max_length=300, editable=False, db_default="")
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Division")
        verbose_name_plural = _("Divisions")
        ordering = ["code", "id"]
        indexes = [
            models.Index(fields=["path"], name="division_path", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["code"], name="division_code"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_to__isnull=True),
                name="division_one_in_force",
                violation_error_message=_("A division with this code is in force already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="division_ends_after_start",
                violation_error_message=_("A division ends after it begins."),
            ),
        ]

    def save(self, *args, **kwargs):
        """Computes the path, which needs the row's own id; no other rule lives here."""
        self.search = search_key(self.name_zh)
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            type(self).objects.filter(pk=self.pk).update(path=path)
            self.path = path

    @property
    def ancestry(self) -> list[int]:
        """Ids from the province down to this division."""
        return [int(part) for part in self.path.strip("/").split("/")]

    @property
    def county_id(self) -> int | None:
        """The county that this is or lies in; None above the counties."""
        below = LEVELS.index(self.level) - LEVELS.index(Level.COUNTY)
        return self.ancestry[-1 - below] if below >= 0 else None


@recorded()
class Succession(models.Model):
    """What a division became: one row per successor, with the share of it that went there."""

    predecessor = models.ForeignKey(Division, models.PROTECT, related_name="successions", verbose_name=_("Predecessor"))
    successor = models.ForeignKey(Division, models.PROTECT, related_name="origins", verbose_name=_("Successor"))
    share = models.DecimalField(_("Share"), max_digits=5, decimal_places=4, default=1)
    on = models.DateField(_("Date"))

    class Meta:
        verbose_name = _("Succession")
        verbose_name_plural = _("Successions")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="succession_share"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


@recorded()
class Residents(models.Model):
    """Residents of a division in one year, with the source of the figure."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="residents", verbose_name=_("Division"))
    year = models.PositiveSmallIntegerField(_("Year"))
    number = models.PositiveIntegerField(_("Residents"))
    source = models.CharField(_("Source"), max_length=200)

    class Meta:
        verbose_name = _("Residents")
        verbose_name_plural = _("Residents")
        constraints = [
            models.UniqueConstraint(
                fields=["division", "year"],
                name="residents_once_a_year",
                violation_error_message=_("The residents of this division and year are recorded already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.year}: {self.number}"


class UnitQuerySet(models.QuerySet):
    def existing(self, on: date) -> UnitQuerySet:
        return self.filter(in_force(on))

    def visible_to(self, user, verb: str = "see") -> UnitQuerySet:
        """Names of public bodies and of firms with public contracts: every account may read them."""
        return self if user.is_authenticated else self.none()


@recorded()
class Unit(Named):
    """Somebody who acts: a bureau, a town government, a station, a firm, a cultural centre, an office."""

    class Kind(models.TextChoices):
        BUREAU = "bureau", _("Culture authority (bureau)")
        TOWN = "town", _("Town government or subdistrict office")
        STATION = "station", _("Comprehensive cultural station")
        FIRM = "firm", _("Service provider")
        CENTRE = "centre", _("Cultural centre")
        REGISTRATION = "registration", _("Registration authority")
        FINANCE = "finance", _("Finance bureau")

    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    division = models.ForeignKey(Division, models.PROTECT, related_name="units", verbose_name=_("Division"))
    search = models.CharField(max_length=300, editable=False, db_default="")
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("Unit")
        verbose_name_plural = _("Units")
        ordering = ["division__code", "kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "kind", "name_zh"],
                name="unit_once",
                violation_error_message=_("This division has a unit of this kind and name already."),
            )
        ]


@recorded()
class Seat(models.Model):
    """Where a unit lay before it moved: one row for each stay that is over. Where it lies now the unit says itself.

    A town may have come of several, so the tree alone does not say in which of them a station was.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seats", verbose_name=_("Unit"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Division"))
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"))

    class Meta:
        verbose_name = _("Former seat")
        verbose_name_plural = _("Former seats")
        ordering = ["unit", "valid_to"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_to"], name="seat_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")), name="seat_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.division} (… {self.valid_to})"
