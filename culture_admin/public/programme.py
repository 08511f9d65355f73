"""What a station has published, for everybody: the one answer that the calendar page and the feed read."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from activities.models import Activity
from culture_admin.interfaces.problems import nothing_here
from stations.models import Closure, Station

SHORTEST_TOWN_CODE, LONGEST_NAME = 9, 12
# All that leaves the database for residents: the programme, and by what a calendar program knows an event again.
SHOWN = (
    "pk", "title", "begins_on", "begins_time", "ends_on", "ends_time", "venue", "facility__name", "village__name_zh",
    "village__name_en", "kind__name_zh", "kind__name_en", "state", "client_uuid", "version",
)  # fmt: skip


def station_named(name: str) -> Station:
    """The station of this id or of the town with this division code, as long as it is there. Raises Problem 404."""
    if not (name.isascii() and name.isdigit() and len(name) <= LONGEST_NAME):
        raise nothing_here()
    stations = Station.objects.select_related("unit", "division").existing(timezone.localdate())
    if len(name) < SHORTEST_TOWN_CODE:
        station = stations.filter(pk=int(name)).first()
    else:
        station = stations.filter(division__code=name).order_by("-pk").first()
    if station is None:
        raise nothing_here()
    return station


def closures_in(station: Station, start: date, end: date | None = None) -> QuerySet[Closure]:
    """What is announced to be shut on some day between two, both included; without an end all later ones."""
    rows = Closure.objects.published().filter(station=station, ends_on__gte=start)
    if end is not None:
        rows = rows.filter(begins_on__lte=end)
    return rows.select_related("facility", "station__unit").order_by("begins_on", "pk")


def published_in(station: Station, start: date, end: date | None = None) -> QuerySet[Activity]:
    """The published activities that lie between two days, both included, by time; without an end all later ones."""
    rows = Activity.objects.published().filter(station=station, ends_on__gte=start)
    if end is not None:
        rows = rows.filter(begins_on__lte=end)
    joined = rows.select_related("kind", "village", "facility").only(*SHOWN)
    return joined.order_by("begins_on", "begins_time", "pk")
