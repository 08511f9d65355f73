"""Numbers of the ground itself: residents."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import Levels, stock, total
from culture_admin.territory.models import Residents, in_force


def figures_on(day: date) -> QuerySet:
    """The latest figure of each division that is there on the day: of the day's year, or of the last year before with one."""
    rows = Residents.objects.filter(in_force(day, "division__"), year__lte=day.year)
    latest = Residents.objects.filter(division=OuterRef("division"), year__lte=day.year).order_by("-year")
    return rows.filter(pk=Subquery(latest.values("pk")[:1]))


RESIDENTS = stock(
    "territory.residents",
    total("number"),
    of=Levels(model=Residents, on=figures_on, county="", station="", nested=True),
    label=_("Residents"),
    unit=_("people"),
    definition=_(
        "Residents by the figure of the year, or of the last year before it that has one. A division's own figure stands"
        " instead of the sum of its parts."
    ),
)
