"""Registration cases: what a station asks the registration office for, and where the case stands."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.money import MoneyField
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from culture_admin.workflow.models import Filed
from stations.models.certificate import MOST_COPIES, validate_institution_code
from stations.models.station import Station


class Kind(models.TextChoices):
    ESTABLISHMENT = "establishment", _("Establishment registration")
    CHANGE = "change", _("Change registration")
    RENEWAL = "renewal", _("Renewal on expiry")
    REISSUE = "reissue", _("Reissue")
    CANCELLATION = "cancellation", _("Cancellation registration")
    ANNUAL_REPORT = "annual_report", _("Annual report")


class Item(models.TextChoices):
    """What is registered and may change; each is a field of the case and of the certificate."""

    NAME = "name", _("Registered name")
    LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
    PURPOSE = "purpose", _("Purpose and business scope")
    FUNDING = "funding", _("Funding source")
    DOMICILE = "domicile", _("Domicile")
    STARTUP_FUNDS = "startup_funds", _("Start-up funds (yuan)")


class Ground(models.TextChoices):
    """Why a legal person is cancelled (DOMAIN.md §3.6), or a certificate issued again."""

    SPONSOR = "sponsor", _("The sponsor has decided so")
    MERGER = "merger", _("Merger or split")
    DISSOLVED = "dissolved", _("Dissolved by law or charter")
    CLOSED = "closed", _("Ordered closed")
    REVOKED = "revoked", _("Registration revoked")
    OTHER = "other", pgettext_lazy("a ground", "Other")
    LOST = "lost", _("Certificate lost")
    DAMAGED = "damaged", _("Certificate damaged")


GROUNDS: dict[str, tuple[Ground, ...]] = {
    Kind.CANCELLATION: (Ground.SPONSOR, Ground.MERGER, Ground.DISSOLVED, Ground.CLOSED, Ground.REVOKED, Ground.OTHER),
    Kind.REISSUE: (Ground.LOST, Ground.DAMAGED),
}


class Party(models.TextChoices):
    """Whose turn it is."""

    STATION = "station", pgettext_lazy("whose turn", "Station")
    SPONSOR = "sponsor", pgettext_lazy("whose turn", "Town as sponsor")
    BUREAU = "bureau", pgettext_lazy("whose turn", "Culture authority")
    OFFICE = "office", pgettext_lazy("whose turn", "Registration office")
    NOBODY = "nobody", pgettext_lazy("whose turn", "Finished")


class State(models.TextChoices):
    """The states of DOMAIN.md §3.7, with the sponsor and the culture authority before the office."""

    DRAFT = "draft", pgettext_lazy("a registration", "Draft")
    SUBMITTED = "submitted", _("With the sponsor")
    ENDORSED = "endorsed", _("Endorsed by the sponsor")
    FILED = "filed", _("With the registration office")
    ACCEPTED = "accepted", pgettext_lazy("a registration", "Accepted")
    EXAMINED = "examined", pgettext_lazy("a registration", "Examined")
    APPROVED = "approved", pgettext_lazy("a registration", "Approved")
    ISSUED = "issued", _("Certificate issued")
    ANNOUNCED = "announced", _("Announced")
    RETURNED = "returned", _("Returned for correction")
    REFUSED = "refused", _("Registration refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# While a case is with those who write it, it may be changed.
WRITABLE = (State.DRAFT, State.RETURNED)
# On its way from the office's desk to a decision.
AT_OFFICE = (State.FILED, State.ACCEPTED, State.EXAMINED)
OPEN = (*WRITABLE, State.SUBMITTED, State.ENDORSED, *AT_OFFICE, State.APPROVED)
# Cases that came to nothing.
VAIN = (State.REFUSED, State.WITHDRAWN)
TURNS: dict[str, str] = {
    **dict.fromkeys(WRITABLE, Party.STATION),
    State.SUBMITTED: Party.SPONSOR,
    State.ENDORSED: Party.BUREAU,
    **dict.fromkeys((*AT_OFFICE, State.APPROVED), Party.OFFICE),
}
# What is announced by law: registration, change of name or premises, cancellation (Interim Regulations, Art. 14); a report is
# published. The field of changed items is asked for an overlap.
ANNOUNCED_ITEMS = [Item.NAME, Item.DOMICILE]
TO_ANNOUNCE = Q(kind__in=[Kind.ESTABLISHMENT, Kind.CANCELLATION, Kind.ANNUAL_REPORT]) | Q(
    kind=Kind.CHANGE, items__overlap=ANNOUNCED_ITEMS
)


class RegistrationQuerySet(ScopedQuerySet):
    def open(self) -> RegistrationQuerySet:
        return self.filter(state__in=OPEN)

    def before(self, party: str) -> RegistrationQuerySet:
        """Cases whose turn is the party's; the same rule as `Registration.turn`."""
        a_report, to_announce = Q(kind=Kind.ANNUAL_REPORT), Q(state=State.ISSUED) & TO_ANNOUNCE
        states = Q(state__in=[state for state, turn in TURNS.items() if turn == party])
        if party == Party.BUREAU:
            return self.filter(states & ~a_report)
        if party == Party.OFFICE:
            return self.filter(states | to_announce | (Q(state=State.ENDORSED) & a_report))
        if party == Party.NOBODY:
            return self.exclude(Q(state__in=TURNS) | to_announce)
        return self.filter(states)

    def late(self, on) -> RegistrationQuerySet:
        """Filed after its day, or not filed and the day is over."""
        filed_late = Q(submitted_on__gt=F("file_by"))
        return self.filter(filed_late | Q(submitted_on=None, file_by__lt=on, state__in=WRITABLE))


@recorded()
class Registration(Filed):
    """One case before the registration office. What it asks to be registered stands in it as on a certificate.

    items: of a change, what is changed. event_on: the day that starts the clock of filing: of a change, of moving in, of the
    ground of a cancellation. file_by: the last day for filing in time. uscc: the code the office assigns to a new legal person.
    """

    Kind, Item, Ground, State, Party = Kind, Item, Ground, State, Party
    # Kinds at whose end stands a new certificate.
    CERTIFYING = (Kind.ESTABLISHMENT, Kind.CHANGE, Kind.RENEWAL, Kind.REISSUE)

    scope = Scope(
        "stations.registration",
        place="station__division__path",
        station="station",
        county="county",
        entrusted="entrusted",
    )

    station = models.ForeignKey(Station, models.PROTECT, related_name="registrations", verbose_name=_("Station"))
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("Town"), db_index=False
    )
    county = models.ForeignKey(
        Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("County"), db_index=False
    )
    kind = models.CharField(_("Kind"), max_length=13, choices=Kind)
    batch = models.CharField(_("Batch"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(
        _("Year of the report"), null=True, blank=True, validators=[MinValueValidator(1980), MaxValueValidator(2199)]
    )
    items = ArrayField(
        models.CharField(max_length=20, choices=Item), verbose_name=_("What is changed"), default=list, blank=True
    )
    ground = models.CharField(_("Ground"), max_length=9, choices=Ground, blank=True)
    event_on = models.DateField(_("Day of the event"), null=True, blank=True)
    name = models.CharField(_("Registered name"), max_length=100, blank=True)
    legal_representative = models.CharField(_("Legal representative"), max_length=60, blank=True)
    purpose = models.TextField(_("Purpose and business scope"), blank=True)
    funding = models.CharField(_("Funding source"), max_length=60, blank=True)
    domicile = models.CharField(_("Domicile"), max_length=200, blank=True)
    startup_funds = MoneyField(_("Start-up funds (yuan)"), null=True, blank=True, validators=[MinValueValidator(0)])
    sponsor = models.CharField(_("Sponsoring unit"), max_length=100, blank=True)
    duplicates = models.PositiveSmallIntegerField(
        _("Duplicates"), default=1, validators=[MaxValueValidator(MOST_COPIES)]
    )
    liquidation_from = models.DateField(_("Liquidation group formed"), null=True, blank=True)
    liquidation_to = models.DateField(_("Liquidation ended"), null=True, blank=True)
    note = models.TextField(_("Explanation"), blank=True)
    uscc = models.CharField(
        _("Assigned code"), max_length=18, blank=True, editable=False, validators=[validate_institution_code]
    )
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    opened_at = models.DateTimeField(_("Opened"), default=timezone.now, editable=False)
    file_by = models.DateField(_("To be filed by"), null=True, editable=False)
    submitted_on = models.DateField(_("Filed on"), null=True, editable=False)
    arrived_on = models.DateField(_("With the office since"), null=True, editable=False)
    accepted_on = models.DateField(_("Accepted on"), null=True, editable=False)
    decided_on = models.DateField(_("Decided on"), null=True, editable=False)
    announced_on = models.DateField(_("Announced on"), null=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta(Filed.Meta):
        verbose_name = _("Registration case")
        verbose_name_plural = _("Registration cases")
        ordering = ["-opened_at", "-id"]
        indexes = [
            models.Index(
                "id",
                name="registration_waiting",
                condition=Q(
                    state__in=[
                        "draft",
                        "submitted",
                        "endorsed",
                        "filed",
                        "accepted",
                        "examined",
                        "approved",
                        "issued",
                        "returned",
                    ]
                ),
            ),
            *Filed.Meta.indexes,
            models.Index("county", "kind", "year", name="registration_of_county"),
            models.Index("county", "batch", name="registration_batch", condition=~Q(batch="")),
            models.Index("state", "id", name="registration_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "kind"],
                condition=Q(state__in=OPEN) & ~Q(kind=Kind.ANNUAL_REPORT),
                name="registration_one_open",
                violation_error_message=_("The station has an open case of this kind already."),
                violation_error_code="open_case",
            ),
            models.UniqueConstraint(
                fields=["station", "year"],
                condition=Q(kind=Kind.ANNUAL_REPORT) & ~Q(state__in=VAIN),
                name="registration_one_report",
                violation_error_message=_("The station has an annual report of this year already."),
                violation_error_code="open_case",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.ANNUAL_REPORT, year__isnull=False)
                | (~Q(kind=Kind.ANNUAL_REPORT) & Q(year__isnull=True)),
                name="registration_report_of_a_year",
                violation_error_message=_("An annual report is of a year, and nothing else is."),
                violation_error_code="year",
            ),
            models.CheckConstraint(
                condition=Q(liquidation_to__isnull=True) | Q(liquidation_from__lte=F("liquidation_to")),
                name="registration_liquidation_order",
                violation_error_message=_("A liquidation ends after it began."),
                violation_error_code="liquidation_order",
            ),
        ]

    def __str__(self) -> str:
        year = f" {self.year}" if self.year else ""
        return f"{self.get_kind_display()}{year} · {self.station}"

    def clean(self) -> None:
        """What a case of its kind says, and what it does not; how it stands to the certificate is asked by the verbs."""
        faults: dict[str, ValidationError] = {}
        if self.kind == Kind.CHANGE and not self.items:
            faults["items"] = ValidationError(_("Say what is changed."), "required")
        elif self.kind != Kind.CHANGE and self.items:
            faults["items"] = ValidationError(_("Only a change registration names what is changed."), "not_of_kind")
        elif len({*self.items}) < len(self.items):
            faults["items"] = ValidationError(_("Name each item once."), "repeated")
        grounds = GROUNDS.get(self.kind, ())
        if grounds and self.ground not in grounds:
            known = ", ".join(str(ground.label) for ground in grounds)
            faults["ground"] = ValidationError(_("Say the ground: %(known)s."), "ground", {"known": known})
        elif self.ground and not grounds:
            faults["ground"] = ValidationError(_("A case of this kind has no ground."), "not_of_kind")
        if self.kind != Kind.CANCELLATION and (self.liquidation_from or self.liquidation_to):
            name = "liquidation_from" if self.liquidation_from else "liquidation_to"
            faults[name] = ValidationError(_("Only a cancellation has a liquidation."), "not_of_kind")
        elif self.liquidation_to and not self.liquidation_from:
            faults["liquidation_from"] = ValidationError(_("Say when the liquidation began."), "required")
        elif self.liquidation_from and self.event_on and self.liquidation_from < self.event_on:
            faults["liquidation_from"] = ValidationError(
                _("The liquidation begins after its ground arose, on %(day)s."),
                "liquidation_order",
                {"day": self.event_on},
            )
        if faults:
            raise ValidationError(faults)

    @property
    def turn(self) -> str:
        """Whose turn it is. A report goes from the sponsor to the office; what is issued waits only to be announced."""
        if self.state == State.ENDORSED and self.kind == Kind.ANNUAL_REPORT:
            return Party.OFFICE
        if self.state == State.ISSUED and self.is_announced:
            return Party.OFFICE
        return TURNS.get(self.state, Party.NOBODY)

    @property
    def is_announced(self) -> bool:
        """Whether its end is announced; the same rule as TO_ANNOUNCE."""
        if self.kind == Kind.CHANGE:
            return bool(set(self.items) & set(ANNOUNCED_ITEMS))
        return self.kind in (Kind.ESTABLISHMENT, Kind.CANCELLATION, Kind.ANNUAL_REPORT)

    @property
    def is_late(self) -> bool:
        """Whether it was first filed after its day."""
        return self.file_by is not None and self.submitted_on is not None and self.submitted_on > self.file_by
