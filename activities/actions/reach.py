"""Where a user enters records: the stations he keeps the log of, and those at which he reports."""

from __future__ import annotations

from django.db.models import Q, QuerySet

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
WRITERS = ("decide", "propose")


def stations_to_enter_at(user, power: str) -> QuerySet[Station]:
    """Stations at which the user may decide or propose in the power, with their names."""
    conditions = [ENTERED_AT[power].condition(user, verb) for verb in WRITERS]
    rows = Q(pk__in=[])
    for condition in filter(None, conditions):
        rows |= condition
    stations = Station.objects.filter(rows)
    if any(office.role in FIRM for office in user.offices):
        # Several postings lead to one station.
        stations = Station.objects.filter(pk__in=stations.values("pk"))
    return stations.select_related("unit", "division", "county").order_by("division__code")
