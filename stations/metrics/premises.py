"""Numbers of premises."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import Reporting, stock, total
from stations.metrics.rows import of_stations
from stations.models import Facility

FLOOR_AREA = stock(
    "stations.floor_area",
    total("floor_area"),
    of=of_stations(Facility, Reporting.ROWS),
    label=_("Floor area of stations"),
    unit=_("m²"),
    definition=_(
        "Building floor area of the facilities in use on the day. A station without facilities has not recorded it."
    ),
)
