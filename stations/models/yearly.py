"""What the national form asks of a station for a year, and no record of this system knows (DOMAIN.md §7.5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models.station import Station

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
MOST = 100_000_000
# Levels at the end of the year, and lines of the year's income and expenditure.
STAFF = ("staff", "senior_titles", "middle_titles")
HOLDINGS = ("books", "computers", "terminals", "stages", "volunteers")
ASSETS = ("assets", "fixed_assets")
INCOME = ("income_appropriated", "income_service", "income_business", "income_other")
EXPENDITURE = ("expenditure_basic", "expenditure_project", "expenditure_business")
BOOKS_BOUGHT = ("books_bought",)
COUNTS = (*STAFF, *HOLDINGS)
MONEY = (*ASSETS, *INCOME, *EXPENDITURE, *BOOKS_BOUGHT)
FACTS = (*COUNTS, *MONEY)
# What is carried on from the year before into the form: a level seldom changes, income and expenditure always do.
CARRIED = (*COUNTS, *ASSETS)


class OfFacts(models.TextChoices):
    """The states of a year's facts."""

    DRAFT = "draft", _("Being entered")
    SUBMITTED = "submitted", _("Before the town")
    ENDORSED = "endorsed", _("Before the bureau")
    RETURNED = "returned", _("Returned")
    CONFIRMED = "confirmed", _("Confirmed")


class YearlyFactsQuerySet(ScopedQuerySet):
    def confirmed(self) -> YearlyFactsQuerySet:
        return self.filter(state=OfFacts.CONFIRMED)

    def newest(self, day) -> YearlyFactsQuerySet:
        """Of each station the newest confirmed facts of a year that was over on the day."""
        later = self.model.objects.confirmed().filter(
            station=OuterRef("station"), ended_on__gt=OuterRef("ended_on"), ended_on__lte=day
        )
        return self.confirmed().filter(~Exists(later), ended_on__lte=day)


def _count(label) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, null=True, blank=True, validators=[MaxValueValidator(MOST)])


def _amount(label) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )


@recorded()
class YearlyFacts(models.Model):
    """A station's facts of one year. NULL is not recorded, 0 is confirmed to be none; money is in yuan."""

    State = OfFacts
    # The station may still change it.
    OPEN = (OfFacts.DRAFT, OfFacts.RETURNED)

    scope = Scope("stations.facts", place="station__division__path", station="station")

    station = models.ForeignKey(Station, models.PROTECT, related_name="facts", verbose_name=_("Station"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("County"))
    year = models.PositiveSmallIntegerField(
        _("Year"), validators=[MinValueValidator(EARLIEST_YEAR), MaxValueValidator(LATEST_YEAR)]
    )
    ended_on = models.DateField(_("Last day of the year"), editable=False)
    staff = _count(_("Staff"))
    senior_titles = _count(_("Of them with a senior title"))
    middle_titles = _count(_("Of them with a middle title"))
    books = _count(_("Books (volumes)"))
    computers = _count(_("Computers"))
    terminals = _count(_("Terminals of the electronic reading room"))
    stages = _count(_("Mobile stages"))
    volunteers = _count(_("Volunteers"))
    assets = _amount(_("Assets (yuan)"))
    fixed_assets = _amount(_("Of them fixed assets at cost (yuan)"))
    income_appropriated = _amount(_("Income: appropriated (yuan)"))
    income_service = _amount(_("Income: from services (yuan)"))
    income_business = _amount(_("Income: from business (yuan)"))
    income_other = _amount(_("Income: other (yuan)"))
    expenditure_basic = _amount(_("Expenditure: basic (yuan)"))
    expenditure_project = _amount(_("Expenditure: projects (yuan)"))
    expenditure_business = _amount(_("Expenditure: business (yuan)"))
    books_bought = _amount(_("Of the expenditure for books (yuan)"))
    note = models.TextField(_("Note"), blank=True, max_length=2000, validators=[validate_text])
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = YearlyFactsQuerySet.as_manager()

    class Meta:
        verbose_name = _("Facts of a year")
        verbose_name_plural = _("Facts of the year")
        ordering = ["-year", "station__division__code"]
        indexes = [
            models.Index("county", F("year").desc(), name="facts_of_county"),
            models.Index(
                "id",
                name="facts_waiting",
                condition=Q(state__in=["draft", "returned", "submitted", "endorsed"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "year"],
                name="facts_once_a_year",
                violation_error_message=_("The facts of this year are entered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.year}"

    def clean(self) -> None:
        """Rules of one row: a part is not more than the whole, as far as both are recorded."""
        faults = {}
        for part, whole in (("fixed_assets", self.assets), ("books_bought", self.expenditure)):
            value = getattr(self, part)
            if value is not None and whole is not None and value > whole:
                message = _("A part is not more than the whole, which is %(whole)s.") % {"whole": whole}
                faults[part] = ValidationError(message, code="part_above_whole")
        titled = (self.senior_titles or 0) + (self.middle_titles or 0)
        if self.staff is not None and titled > self.staff:
            message = _("More people have a title, %(titled)d, than there are staff.") % {"titled": titled}
            faults["staff"] = ValidationError(message, code="part_above_whole")
        if faults:
            raise ValidationError(faults)

    @property
    def income(self) -> Decimal | None:
        return _sum(self, INCOME)

    @property
    def expenditure(self) -> Decimal | None:
        return _sum(self, EXPENDITURE)

    @property
    def missing(self) -> list[str]:
        """The facts that are not recorded."""
        return [name for name in FACTS if getattr(self, name) is None]


def _sum(facts: YearlyFacts, lines: tuple[str, ...]) -> Decimal | None:
    """The sum of the lines that are recorded; None where none is."""
    known = [value for name in lines if (value := getattr(facts, name)) is not None]
    return sum(known, Decimal(0)) if known else None


def last_day(year: int) -> date:
    return date(year, 12, 31)
