"""The people of stations: an officer's file, and his personal data in a table of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.personal.fields import FingerprintField, SealedField
from culture_admin.accounts.personal.masks import hide_identity_number, hide_phone
from culture_admin.accounts.personal.records import PersonalModel, PersonalQuerySet
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models.posts import OfficerPosting
from stations.models.station import Station

# Nobody who is in service began to work before this.
EARLIEST = date(1950, 1, 1)
# How long personal data are kept once the last posting is over: what is still to be settled with somebody who has left
# (objections, certificates of service) is settled by then. The law asks for the shortest time that does (PIPL Art. 19).
KEPT_AFTER_LEAVING = timedelta(days=2 * 365)


class OfficerQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> OfficerQuerySet:
        """Officers who hold or will hold a post at the user's stations, those whom an open case of his stations asks for, and
        those filed there who hold none anywhere.
        """
        at_station = replace(self.model.scope, place="division__path", station="pk").condition(user, verb)
        if at_station is None:
            return self.none()
        stations = Station.objects.filter(at_station).values("pk")
        posted = OfficerPosting.objects.lasting(timezone.localdate()).filter(officer=OuterRef("pk"))
        cases = self.model._meta.get_field("cases").related_model.objects.open()
        return self.filter(
            Exists(posted.filter(station__in=stations))
            | Exists(cases.filter(officer=OuterRef("pk"), station__in=stations))
            | Q(station__in=stations) & ~Exists(posted)
        )

    def living(self) -> OfficerQuerySet:
        return self.exclude(state=Officer.State.VOID)

    def posted(self, on: date) -> OfficerQuerySet:
        """Those who hold a post on the day; who only acts in one does not."""
        return self.filter(Exists(OfficerPosting.objects.holding(on).filter(officer=OuterRef("pk"))))

    def off_post(self, on: date) -> OfficerQuerySet:
        """Those who hold a post on the day and are, by the ledger, not on it."""
        absences = self.model._meta.get_field("absences").related_model.objects.on(on).counting()
        return self.posted(on).filter(Exists(absences.filter(officer=OuterRef("pk"))))

    def on_post(self, on: date) -> OfficerQuerySet:
        absences = self.model._meta.get_field("absences").related_model.objects.on(on).counting()
        return self.posted(on).exclude(Exists(absences.filter(officer=OuterRef("pk"))))


@recorded()
class Officer(models.Model):
    """Somebody who serves at stations, or is asked for: who he is and what he can. Where he serves, his postings say."""

    class State(models.TextChoices):
        ON_FILE = "on_file", _("On file")
        VOID = "void", _("Void")

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")

    class Education(models.TextChoices):
        SECONDARY = "secondary", _("Secondary school")
        COLLEGE = "college", _("Junior college")
        BACHELOR = "bachelor", _("Bachelor")
        MASTER = "master", _("Master or doctor")

    class Title(models.TextChoices):
        """The series of mass culture, from the lowest (DOMAIN.md §4.3)."""

        CLERK = "clerk", _("Clerk of mass culture")
        ASSISTANT = "assistant", _("Assistant librarian of mass culture")
        LIBRARIAN = "librarian", _("Librarian of mass culture")
        ASSOCIATE = "associate", _("Associate research librarian of mass culture")
        RESEARCH = "research", _("Research librarian of mass culture")

    scope = Scope("stations.officers", place="station__division__path", station="station")

    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=60, validators=[validate_text])
    search = models.CharField(max_length=300, editable=False, db_default="")
    sex = models.CharField(_("Sex"), max_length=6, choices=Sex, blank=True)
    education = models.CharField(_("Education"), max_length=9, choices=Education, blank=True)
    school = models.CharField(_("School and subject"), max_length=100, blank=True, validators=[validate_text])
    speciality = models.CharField(_("Speciality"), max_length=60, blank=True, validators=[validate_text])
    title = models.CharField(_("Professional title"), max_length=9, choices=Title, blank=True)
    title_on = models.DateField(_("Title since"), null=True, blank=True)
    entered_on = models.DateField(_("Began to work"), null=True, blank=True)
    station = models.ForeignKey(Station, models.PROTECT, related_name="files", verbose_name=_("File kept by"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="officer", verbose_name=_("Account")
    )
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.ON_FILE, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Officer")
        verbose_name_plural = _("Officers")
        ordering = ["station__division__code", "id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Rules of one row."""
        if self.title_on and not self.title:
            raise ValidationError({"title": ValidationError(_("Say which title it is."), code="required")})
        for name in ("title_on", "entered_on"):
            day = getattr(self, name)
            if day and not EARLIEST <= day <= timezone.localdate(self.recorded_at):
                message = _("A date from %(earliest)s to today is expected.") % {"earliest": EARLIEST}
                raise ValidationError({name: ValidationError(message, code="date_range")})


class OfficerDataQuerySet(PersonalQuerySet):
    def visible_to(self, user, verb: str = "see") -> OfficerDataQuerySet:
        """The data of the officers whom the user sees; the matrix says besides who may open them."""
        return self.filter(officer__in=Officer.objects.visible_to(user, verb).values("pk"))


class OfficerData(PersonalModel):
    """Identity number, telephone and day of birth of an officer."""

    scope = Scope("stations.officers", place="officer__station__division__path", station="officer__station")
    power = "stations.officers.data"
    kept = _("Two years after the last posting is over, or after the last case of somebody who was never posted.")

    officer = models.OneToOneField(
        Officer, models.PROTECT, primary_key=True, related_name="data", verbose_name=_("Officer")
    )
    identity_number = SealedField(_("Identity number"), hide=hide_identity_number)
    identity_print = FingerprintField(of="identity_number")
    phone = SealedField(_("Telephone"), hide=hide_phone)
    birth_date = SealedField(_("Day of birth"))

    objects: ClassVar[Any] = OfficerDataQuerySet.as_manager()

    class Meta:
        verbose_name = _("Personal data of an officer")
        verbose_name_plural = _("Personal data of officers")
        constraints = [
            models.UniqueConstraint(
                fields=["identity_print"],
                name="officer_once",
                violation_error_message=_("Somebody with this identity number is on file already."),
                violation_error_code="officer_known",
            )
        ]

    def __str__(self) -> str:
        return self.concerned

    @classmethod
    def over(cls, today: date) -> models.QuerySet:
        before = today - KEPT_AFTER_LEAVING
        posted = OfficerPosting.objects.lasting(before).filter(officer=OuterRef("pk"))
        cases = Officer._meta.get_field("cases").related_model.objects.filter(officer=OuterRef("pk"))
        settled_lately = cases.filter(Q(filed_at__date__gte=before) | Q(recorded_at__date__gte=before))
        filed = cls.objects.filter(officer__recorded_at__date__lt=before)
        return filed.exclude(Exists(posted) | Exists(settled_lately) | Exists(cases.open()))

    @property
    def concerned(self) -> str:
        return f"{self.officer.name} · {self.officer.station.unit.name_zh}"

    @property
    def division(self) -> Division:
        return self.officer.station.division
