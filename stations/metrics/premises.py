"""Numbers of premises."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import ROWS, Levels, Reporting, ratio, stock, total
from culture_admin.territory.models import in_force
from stations.metrics.rows import grade_of, of_stations
from stations.models import Facility, OpeningWeek

OF_FACILITIES = Levels(
    model=Facility,
    joins=("station__unit",),
    on=lambda day: Facility.objects.filter(in_force(day)).with_public_area(day),
    division="station__division",
    county="station__county",
    dimensions=(grade_of("station"),),
    records="facilities",
)

FLOOR_AREA = stock(
    "stations.floor_area",
    total("floor_area"),
    of=OF_FACILITIES,
    label=_("Floor area of stations"),
    unit=_("m²"),
    definition=_(
        "Building floor area of the facilities in use on the day. A station without facilities has not recorded it."
    ),
)

# The table of points for culture centres takes the area leased for other than culture away (DOMAIN.md §2.5).
PUBLIC_AREA = stock(
    "stations.public_area",
    total("public_area"),
    of=OF_FACILITIES,
    label=_("Floor area in public-welfare use"),
    unit=_("m²"),
    definition=_(
        "Floor area of the facilities in use on the day without what is leased, sold, mortgaged, run as an enterprise or put to"
        " another use unrelated to public culture on it."
    ),
)

OF_WEEKS = of_stations(OpeningWeek, Reporting.ROWS)

OPENING_HOURS = stock(
    "stations.opening_hours",
    total("minutes"),
    of=OF_WEEKS,
    per=60,
    label=_("Opening hours a week of all stations"),
    unit=_("hours"),
    definition=_("Hours a week in which at least one room of a station is open, added up over the stations."),
)

WITH_HOURS = stock(
    "stations.with_hours",
    ROWS,
    of=OF_WEEKS,
    label=_("Stations with opening hours"),
    unit=_("stations"),
    definition=_("Stations of which at least one room in use on the day has opening hours."),
)

ratio(
    "stations.weekly_hours",
    OPENING_HOURS.code,
    WITH_HOURS.code,
    label=_("Opening hours a week"),
    unit=_("hours a week"),
    definition=_(
        "Hours a week in which at least one room of the station is open; over several stations their mean, of those that have"
        " entered hours."
    ),
)
