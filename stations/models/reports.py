"""Information reports of towns, and who adopted each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Unit
from stations.models.station import Station


class OfReport(models.TextChoices):
    """The states of an information report."""

    SENT = "sent", pgettext_lazy("a report", "Sent in")
    RETURNED = "returned", _("Returned")
    ADOPTED = "adopted", _("Adopted")
    NOTED = "noted", _("Taken note of")
    VOID = "void", _("Void")


@recorded()
class Report(models.Model):
    """What a town or its station tells the bureau of its work."""

    State = OfReport
    # Its author may still change it.
    OPEN = (OfReport.SENT, OfReport.RETURNED)

    scope = Scope("stations.reports", place="unit__division__path", station="unit", unit="unit")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports", verbose_name=_("Sent by"))
    station = models.ForeignKey(
        Station, models.PROTECT, related_name="reports", editable=False, verbose_name=_("Station of the town")
    )
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", editable=False, verbose_name=_("County"))
    title = models.CharField(pgettext_lazy("a document", "Title"), max_length=100, validators=[validate_text])
    text = models.TextField(_("Text"), max_length=10_000, validators=[validate_text])
    author = models.CharField(_("Author"), max_length=60, blank=True, validators=[validate_text])
    sent_on = models.DateField(_("Sent in on"), editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by")
    )
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.SENT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Information report")
        verbose_name_plural = _("Information reports")
        indexes = [
            models.Index("id", name="report_waiting", condition=Q(state__in=["sent", "noted", "returned"])),
        ]
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "title", "sent_on"],
                condition=~models.Q(state="void"),
                name="report_once",
                violation_error_message=_("The unit has sent a report of this title today already."),
            )
        ]

    def __str__(self) -> str:
        return self.title


@recorded()
class Adoption(models.Model):
    """That a report was taken over into the information of the bureau, the city or the province."""

    class Level(models.TextChoices):
        BUREAU = "bureau", _("Bureau")
        CITY = "city", pgettext_lazy("a level", "City")
        PROVINCE = "province", pgettext_lazy("a level", "Province")
        NATION = "nation", pgettext_lazy("a level", "Nation")

    scope = Scope("stations.reports", place="report__unit__division__path", station="report__unit")

    report = models.ForeignKey(Report, models.PROTECT, related_name="adoptions", verbose_name=_("Information report"))
    level = models.CharField(_("Adopted by"), max_length=8, choices=Level)
    adopted_on = models.DateField(_("Adopted on"))
    bulletin = models.CharField(
        _("Where it appeared"),
        max_length=120,
        blank=True,
        validators=[validate_text],
        help_text=_("The bulletin and its number."),
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Adoption of a report")
        verbose_name_plural = _("Adoptions of reports")
        ordering = ["-adopted_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "level"],
                name="adoption_once",
                violation_error_message=_("This level has adopted the report already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} · {self.report}"
