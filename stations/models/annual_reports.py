"""The annual report of a legal person: its eight items, and the figures that the system knows already (DOMAIN.md §3.5)."""

from __future__ import annotations

from dataclasses import replace

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.scope import ScopedQuerySet
from culture_admin.territory.history import recorded
from stations.models.registration import Registration

MOST_STAFF = 10_000


def _amount(label: object) -> models.DecimalField:
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


@recorded()
class AnnualReport(models.Model):
    """What an annual report says. `figures` are the numbers of the year by metric code, as they were read for it."""

    # The eight items, each with the field that has to say something, be it that there was nothing.
    ITEMS = {
        "activities": _("Business activities"),
        "net_assets_end": _("Assets, profit and loss"),
        "changes": _("How changes were registered"),
        "performance": _("Performance, awards and penalties"),
        "lawsuits": _("Lawsuits"),
        "complaints": _("Complaints by the public"),
        "donations": _("Donations received and their use"),
        "other": _("Other matters"),
    }

    scope = replace(
        Registration.scope,
        place="registration__station__division__path",
        station="registration__station",
        county="",
        entrusted="registration__entrusted",
    )

    registration = models.OneToOneField(
        Registration, models.PROTECT, primary_key=True, related_name="report", verbose_name=_("Registration case")
    )
    figures = models.JSONField(_("Figures of the year"), default=dict, editable=False)
    activities = models.TextField(_("Business activities"), blank=True)
    net_assets_begin = _amount(_("Net assets at the beginning of the year (yuan)"))
    net_assets_end = _amount(_("Net assets at the end of the year (yuan)"))
    income = _amount(_("Income of the year (yuan)"))
    expenditure = _amount(_("Expenditure of the year (yuan)"))
    changes = models.TextField(_("How changes were registered"), blank=True)
    performance = models.TextField(_("Performance, awards and penalties"), blank=True)
    lawsuits = models.TextField(_("Lawsuits"), blank=True)
    complaints = models.TextField(_("Complaints by the public"), blank=True)
    donations = models.TextField(_("Donations received and their use"), blank=True)
    other = models.TextField(_("Other matters"), blank=True)
    staff = models.PositiveIntegerField(
        _("People employed"), null=True, blank=True, validators=[MaxValueValidator(MOST_STAFF)]
    )
    web_name = models.CharField(_("Name on the web"), max_length=100, blank=True)
    filled_in_by = models.CharField(_("Filled in by"), max_length=60, blank=True)
    telephone = models.CharField(_("Telephone"), max_length=30, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Content of an annual report")
        verbose_name_plural = _("Contents of annual reports")
        ordering = ["registration"]

    def __str__(self) -> str:
        return str(self.registration)

    @property
    def unsaid(self) -> list[object]:
        """The items, by label, of which nothing is said yet; none is left empty, for nothing is not the same as none."""
        return [label for name, label in self.ITEMS.items() if getattr(self, name) in (None, "")]
