"""What the dated rows of a station's file share in the admin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import (
    ScopedModelAdmin,
    chip,
    day,
)
from culture_admin.territory.models import in_force
from stations.models import Grade
from stations.models.certificate import RENEWAL

GRADE_TONES = {Grade.SPECIAL: "good", Grade.FIRST: "good", Grade.SECOND: "", Grade.THIRD: ""}


class OfStationAdmin(ScopedModelAdmin):
    """A dated row of a station's file."""

    joins: Sequence[str] = ("station__unit", "station__division")
    search_fields = ["station__unit__search"]
    search_help_text = _("Station: name, pinyin or initials")
    ordering = ["-valid_from", "pk"]

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, row):
        return row.station.name


IN_FORCE: dict[str, tuple] = {
    "now": (_("In force"), lambda rows, today: rows.filter(in_force(today))),
    "ended": (_("Ended"), lambda rows, today: rows.filter(valid_to__lte=today)),
}


# The columns of validity in a panel below the page of a station.
VALID = {_("Valid from"): lambda row: day(row.valid_from), _("Valid to"): lambda row: day(row.valid_to)}


def valid_until(end: date | None) -> str:
    """The last day of validity: late and nearly late stand out."""
    if end is None:
        return "—"
    left = end - timezone.localdate()
    if left > RENEWAL:
        return day(end)
    return chip(day(end), "warn" if left <= timedelta(0) else "wait")
