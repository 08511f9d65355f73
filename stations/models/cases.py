"""Personnel cases: what a town asks for and the bureau decides, and the pay that is determined by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.personal.fields import SealedField
from culture_admin.accounts.personal.records import PersonalModel
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from culture_admin.workflow.models import Filed
from stations.models.officers import Officer
from stations.models.posts import FULL_TIME, OfficerPosting, Post
from stations.models.station import Station

# Determinations of pay are accounting records of the station; five years after their year nobody asks for them here.
PAY_KEPT = timedelta(days=5 * 365)


OPEN = ("draft", "submitted", "accepted", "examined", "inspected", "publicised", "returned")


class PersonnelCaseQuerySet(ScopedQuerySet):
    def open(self) -> PersonnelCaseQuerySet:
        return self.filter(state__in=OPEN)

    def late(self) -> PersonnelCaseQuerySet:
        """Cases filed after the day on which they were to take effect."""
        return self.filter(late=True)


@recorded()
class PersonnelCase(Filed):
    """What a town asks the bureau to approve before it is done (DM-1 to DM-3, DOMAIN.md §4.2)."""

    class Kind(models.TextChoices):
        APPOINTMENT = "appointment", _("Appointment of a head")
        RECRUITMENT = "recruitment", _("Recruitment")
        TRANSFER_IN = "transfer_in", _("Transfer in")
        TRANSFER_OUT = "transfer_out", _("Transfer out")
        DISMISSAL = "dismissal", _("Dismissal")
        SECONDMENT = "secondment", _("Secondment")
        PAY = "pay", _("Pay determination")
        REMOVAL = "removal", _("Removal of a head")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        ACCEPTED = "accepted", _("Accepted")
        EXAMINED = "examined", _("Examined")
        INSPECTED = "inspected", _("Inspected")
        PUBLICISED = "publicised", _("Publicised")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", pgettext_lazy("a case", "Refused")
        RETURNED = "returned", _("Returned")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Grounds(models.TextChoices):
        """Why somebody is dismissed or leaves (Regulations on Personnel of Public Institutions, Art. 15-17)."""

        ABSENCE = "absence", _("Absent for more than 15 working days on end, or 30 in a year")
        ASSESSMENT = "assessment", _("Failed the annual assessment")
        RESIGNATION = "resignation", _("Resigned")
        DISCIPLINE = "discipline", _("Disciplinary dismissal")
        EXPIRY = "expiry", _("Contract or term is over")
        RETIREMENT = "retirement", _("Retired")
        OTHER = "other", _("Other")

    # What fills a post, and what ends a posting.
    FILLING = (Kind.APPOINTMENT, Kind.RECRUITMENT, Kind.TRANSFER_IN)
    ENDING = (Kind.TRANSFER_OUT, Kind.DISMISSAL, Kind.REMOVAL)
    OF_HEADS = (Kind.APPOINTMENT, Kind.REMOVAL)
    # What the other unit is to the officer.
    UNITS: ClassVar[dict[str, Any]] = {
        Kind.TRANSFER_IN: _("Unit the officer comes from"),
        Kind.TRANSFER_OUT: _("Unit the officer goes to"),
        Kind.SECONDMENT: _("Unit the officer is lent to"),
    }

    scope = Scope("stations.personnel", place="station__division__path", station="station", entrusted="entrusted")

    kind = models.CharField(_("Kind of case"), max_length=12, choices=Kind)
    station = models.ForeignKey(Station, models.PROTECT, related_name="cases", verbose_name=_("Station"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="cases", verbose_name=_("Officer"))
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("Post to fill")
    )
    posting = models.ForeignKey(
        OfficerPosting, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("Posting concerned")
    )
    other_unit = models.CharField(
        _("Unit the officer comes from or goes to"), max_length=100, blank=True, validators=[validate_text]
    )
    effective_on = models.DateField(_("Effective from"))
    until = models.DateField(_("Return on"), null=True, blank=True)
    share = models.PositiveSmallIntegerField(
        _("Share of full time (%)"),
        default=FULL_TIME,
        validators=[MinValueValidator(1), MaxValueValidator(FULL_TIME)],
    )
    year = models.PositiveSmallIntegerField(
        _("Year"), null=True, blank=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    grounds = models.CharField(_("Grounds"), max_length=11, choices=Grounds, blank=True)
    reason = models.TextField(_("Reason"), max_length=2000, validators=[validate_text])
    cultural = models.BooleanField(_("For cultural work"), default=False)
    late = models.BooleanField(_("Filed late"), default=False, editable=False)
    late_reason = models.CharField(
        pgettext_lazy("a personnel case", "Why so late"), max_length=200, blank=True, validators=[validate_text]
    )
    username = models.CharField(
        _("Username of the head"),
        max_length=60,
        blank=True,
        help_text=_("Of somebody who has an account in the town already, or of a new one."),
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", _("Lower-case letters, digits, dots, dashes and underscores."))
        ],
    )
    origin = models.ForeignKey(
        Station, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("Released by")
    )
    consented_on = models.DateField(_("Released on"), null=True, blank=True, editable=False)
    document = models.CharField(_("Document of the decision"), max_length=120, blank=True, validators=[validate_text])
    publicity_from = models.DateField(_("Publicity from"), null=True, blank=True, editable=False)
    publicity_until = models.DateField(_("Publicity until"), null=True, blank=True, editable=False)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )
    files = GenericRelation(Attachment, content_type_field="subject_type", object_id_field="subject_id")

    objects: ClassVar[Any] = PersonnelCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Personnel case")
        verbose_name_plural = _("Personnel cases")
        ordering = ["-id"]
        indexes = [
            models.Index(
                "id",
                name="case_waiting",
                condition=Q(state__in=["submitted", "accepted", "examined", "inspected", "publicised", "returned"]),
            ),
            *Filed.Meta.indexes,
            models.Index("station", "state", name="case_of_station"),
            models.Index("county", "state", name="case_of_county"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(state__in=OPEN),
                name="case_one_open",
                violation_error_message=_("There is an open case about this officer already; it is decided first."),
                violation_error_code="case_open",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("effective_on")),
                name="case_returns_after_start",
                violation_error_message=_("The day of return lies after the first day."),
                violation_error_code="returns_before",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.officer.name} · {self.station}"

    @property
    def other_unit_is(self) -> object:
        """What the other unit is to the officer."""
        return self.UNITS.get(self.kind, self._meta.get_field("other_unit").verbose_name)

    def held_elsewhere(self) -> Station | None:
        """The station that the officer leaves when this case fills another's post."""
        if self.kind not in self.FILLING:
            return None
        held = (posting for posting in self.officer.postings.all() if posting.lasts(self.effective_on))
        return next((posting.station for posting in held if posting.station_id != self.station_id), None)


class CasePay(PersonalModel):
    """The pay that a town proposes and the bureau determines, in yuan a month: basic, performance, allowances and their sum."""

    scope = Scope(
        "stations.pay", place="case__station__division__path", station="case__station", entrusted="case__entrusted"
    )
    power = "stations.pay.data"
    kept = _("Five years after the year it is for.")

    case = models.OneToOneField(
        PersonnelCase, models.PROTECT, primary_key=True, related_name="pay", verbose_name=_("Personnel case")
    )
    # Counts what was proposed: that it is no longer what was filed can be told without opening it.
    revision = models.PositiveSmallIntegerField(default=0, editable=False)
    proposed = SealedField(_("Pay proposed: basic + performance + allowances"))
    determined = SealedField(_("Pay determined: basic + performance + allowances"))

    class Meta:
        verbose_name = _("Pay of an officer")
        verbose_name_plural = _("Pay of officers")

    def __str__(self) -> str:
        return self.concerned

    @classmethod
    def over(cls, today: date) -> models.QuerySet:
        return cls.objects.filter(case__year__lt=(today - PAY_KEPT).year)

    @property
    def concerned(self) -> str:
        return f"{self.case.officer.name} · {self.case.station.unit.name_zh} · {self.case.year}"

    @property
    def division(self) -> Division:
        return self.case.station.division
