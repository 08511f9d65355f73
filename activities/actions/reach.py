"""Where a user enters records: the stations he keeps the log of, and those at which he reports."""

from __future__ import annotations

from django.db.models import QuerySet

from culture_admin.accounts.roles import FIRM
from culture_admin.accounts.scope import Scope
from stations.models import Station

# A firm and a steward reach a station through a posting, and only for what they report themselves.
ENTERED_AT = {
    power: Scope(power, place="division__path", station="pk", firm="postings__firm", person="postings__steward__user")
    for power in (
        *("activities", "activities.teams", "activities.works", "activities.visits", "activities.returns"),
        "exchange",
    )
}
# And its rooms through the station.
ROOMS_ENTERED = Scope(
    "activities",
    place="station__division__path",
    station="station",
    firm="station__postings__firm",
    person="station__postings__steward__user",
)


def stations_to_enter_at(user, power: str) -> QuerySet[Station]:
    """Stations at which the user may decide or propose in the power, with their names."""
    condition = ENTERED_AT[power].condition(user, "enter")
    stations = Station.objects.none() if condition is None else Station.objects.filter(condition)
    if any(office.role in FIRM for office in user.offices):
        # Several postings lead to one station.
        stations = Station.objects.filter(pk__in=stations.values("pk"))
    return stations.select_related("unit", "division", "county").order_by("division__code")
