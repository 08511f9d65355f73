"""Numbers of legal persons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import Reporting, different, stock
from stations.metrics.rows import of_stations
from stations.models import Certificate

REGISTERED = stock(
    "stations.registered",
    different("station"),
    of=of_stations(Certificate, Reporting.REGISTER),
    label=_("Stations that are legal persons"),
    unit=_("stations"),
    definition=_("Stations with a legal person certificate in force on the day."),
)
