"""Who is assessed in a year, in which group, and by which items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Assessment, Cycle, Item
from culture_admin.scoring.body import Compared, Group
from culture_admin.scoring.models import Scheme
from culture_admin.territory.models import Division, Unit, in_force
from culture_admin.workflow.actions import Debt, owe_all
from stations.models import Station

SELF = "assessments.self"


def assess_all(cycle: Cycle, at: datetime) -> list[Assessment]:
    """Enters everybody of the scheme's groups with his items, and says what he owes; a handful of statements."""
    assessments = Assessment.objects.bulk_create(
        Assessment(
            cycle=cycle,
            unit=unit,
            station=station,
            division=unit.division,
            county=cycle.place,
            group=group.code,
            recorded_at=at,
        )
        for unit, station, group in subjects(cycle.scheme, timezone.localdate(at))
    )
    Item.objects.bulk_create(item for one in assessments for item in items_of(one, cycle.scheme))
    owe_all(
        Debt(
            # The station says what was done; the town answers for it with its seal.
            one.station_id or one.unit_id,
            one,
            SELF,
            _("Self-assessment for %(cycle)s") % {"cycle": cycle},
            opened_on=timezone.localdate(at),
            due_on=max(cycle.self_until, timezone.localdate(at)),
        )
        for one in assessments
    )
    return assessments


def items_of(assessment: Assessment, scheme: Scheme) -> Iterator[Item]:
    for _section, indicator in scheme.content.table.indicators():
        yield Item(assessment=assessment, code=indicator.code)


def subjects(scheme: Scheme, today: date) -> Iterator[tuple[Unit, Station | None, Group]]:
    """Who is assessed by a scheme, by the code of the place: his unit, the station that works for him, and his group."""
    day = min(today, date(scheme.year, 12, 31))
    existing = Station.objects.existing(day).filter(division__path__startswith=scheme.place.path)
    existing = existing.select_related("unit", "division")
    stations = list(existing.order_by("division__code", "pk"))
    groups = scheme.content.groups
    if scheme.subject == Scheme.Subject.STATION:
        for station in stations:
            group = group_of(station.division, groups)
            if group:
                yield station.unit, station, group
        return
    by_town = {station.division_id: station for station in reversed(stations)}
    towns = Unit.objects.filter(
        in_force(day),
        in_force(day, "division__"),
        kind=Unit.Kind.TOWN,
        division__path__startswith=scheme.place.path,
    )
    for unit in towns.select_related("division").order_by("division__code", "pk"):
        group = group_of(unit.division, groups)
        if group:
            yield unit, by_town.get(unit.division_id), group


def group_of(division: Division, groups: Iterable[Group]) -> Group | None:
    """The first group that holds the division; None where the scheme compares it with nobody."""
    return next((group for group in groups if _holds(group, division)), None)


def _holds(group: Group, division: Division) -> bool:
    if group.compared == Compared.LISTED:
        return division.code in group.divisions
    if group.compared == Compared.ALL:
        return True
    is_subdistrict = division.type == Division.Type.SUBDISTRICT
    return is_subdistrict == (group.compared == Compared.SUBDISTRICTS)
