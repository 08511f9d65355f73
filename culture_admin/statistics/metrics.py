"""Numbers of the ground itself: residents, villages."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import ROWS, Levels, Reporting, stock, total
from culture_admin.territory.models import Division, Level, Residents, in_force


def figures_on(day: date) -> QuerySet:
    """The latest figure of each division that is there on the day: of the day's year, or of the last year before with one."""
    rows = Residents.objects.filter(in_force(day, "division__"), year__lte=day.year)
    latest = Residents.objects.filter(division=OuterRef("division"), year__lte=day.year).order_by("-year")
    return rows.filter(pk=Subquery(latest.values("pk")[:1]))


RESIDENTS = stock(
    "territory.residents",
    total("number"),
    of=Levels(model=Residents, on=figures_on, county="", station="", nested=True, joins=("division",)),
    label=_("Residents"),
    unit=_("people"),
    definition=_(
        "Residents by the figure of the year, or of the last year before it that has one. A division's own figure stands"
        " instead of the sum of its parts."
    ),
)


def villages() -> QuerySet:
    """Villages and communities, at whatever time."""
    return Division.objects.filter(level=Level.VILLAGE)


def villages_on(day: date) -> QuerySet:
    """Villages and communities that are there on the day."""
    return villages().filter(in_force(day))


VILLAGES = stock(
    "territory.villages",
    ROWS,
    of=Levels(
        model=Division,
        on=villages_on,
        looked=villages,
        division="parent",
        county="",
        station="",
        reporting=Reporting.REGISTER,
    ),
    label=_("Villages and communities"),
    unit=_("villages"),
    definition=_("Villages and communities entered in the tree of divisions on the day, by the town they lie in."),
)
