"""What a change of boundaries does to the business of stations: budgets, circulars, what was let, limits, and what is on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.boundaries.register import Reach, Touched, register
from culture_admin.boundaries.shift import Shift
from stations.models import (
    Appropriation,
    Budget,
    Closure,
    Complaint,
    FollowUp,
    OtherUse,
    Reply,
    Report,
    SafetyCheck,
    Sanction,
    Spending,
    Threshold,
    YearlyFacts,
)
from stations.models.budgets import OPEN, OfBudget

# By model the day that a row counts to; since the day of the change it lies in the new division.
FACTS: dict[type[Any], str] = {
    Appropriation: "counted_on",
    Spending: "counted_on",
    Budget: "begins_on",
    Complaint: "received_on",
    SafetyCheck: "checked_on",
    Sanction: "warned_on",
    Report: "sent_on",
    YearlyFacts: "ended_on",
}


def left_with(shift: Shift, unit: int, ends: bool) -> str:
    """What becomes of something that stays with its unit: it goes along, or somebody has to see it through."""
    if not ends:
        return "moves"
    return "wound_up" if shift.merged.get(unit) else "stranded"


def _of_station(shift: Shift, key: int) -> str:
    return left_with(shift, key, key in shift.merged)


def _budgets(shift: Shift) -> list[Touched]:
    """Budgets are documents: that of a merged station is paid and spent to its end, and added to no other."""
    planned = Count("instalments", filter=Q(instalments__due_on__gte=shift.on))
    rows = Budget.objects.filter(
        station__in=shift.stations, year__gte=shift.on.year, state__in=[OfBudget.COMMITTED, *OPEN]
    )
    text = _("%(budget)s · instalments planned from the day on: %(number)d")
    return [
        Touched(row.pk, text % {"budget": row, "number": row.planned}, _of_station(shift, row.station_id))
        for row in rows.select_related("station__unit").annotate(planned=planned).order_by("station", "year", "pk")
    ]


def _replies(shift: Shift) -> list[Touched]:
    rows = Reply.objects.owed().filter(Q(unit__in=shift.stations) | Q(unit__division__in=shift.ended))
    return [
        Touched(row.pk, str(row), left_with(shift, row.unit_id, shift.ends(row.unit)))
        for row in rows.select_related("circular", "unit__division").order_by("circular", "unit", "pk")
    ]


def _follow_ups(shift: Shift) -> list[Touched]:
    rows = FollowUp.objects.filter(state__in=FollowUp.OWED, unit__division__in=shift.ended)
    return [
        Touched(row.pk, str(row), left_with(shift, row.unit_id, shift.ends(row.unit)))
        for row in rows.select_related("unit__division", "meeting").order_by("pk")
    ]


def _uses(shift: Shift) -> list[Touched]:
    rows = OtherUse.objects.filter(station__in=shift.stations).filter(Q(valid_to=None) | Q(valid_to__gt=shift.on))
    return [
        Touched(row.pk, f"{row} · {row.station}", _of_station(shift, row.station_id))
        for row in rows.select_related("station__unit", "facility").order_by("station", "pk")
    ]


def _closures(shift: Shift) -> list[Touched]:
    rows = Closure.objects.published().filter(station__in=shift.stations, ends_on__gte=shift.on)
    return [
        Touched(row.pk, f"{row} · {row.station}", _of_station(shift, row.station_id))
        for row in rows.select_related("station__unit").order_by("station", "pk")
    ]


def _fated_limits(shift: Shift) -> Iterator[tuple[Threshold, str]]:
    """Limits of places that end. Of several that come together in one place, that of the first goes on there."""
    rows = Threshold.objects.filter(division__in=shift.ended, valid_from__lt=shift.on)
    taken: set[tuple[str, int]] = set()
    for row in rows.filter(Q(valid_to=None) | Q(valid_to__gt=shift.on)).order_by("division__code", "pk"):
        places = {(row.code, id(heir.division)) for heir in shift.heirs[row.division_id]}
        yield row, "ends" if places & taken else "settled"
        taken |= places


def _limits(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, str(row), effect) for row, effect in _fated_limits(shift)]


def _carry_limits(shift: Shift, actor, at: datetime) -> None:
    for row, effect in list(_fated_limits(shift)):
        if effect == "settled":
            entries = {name: getattr(row, name) for name in ("code", "number", "valid_to", "source")}
            Threshold.objects.bulk_create(
                Threshold(**entries, division=heir.division, valid_from=shift.on)
                for heir in shift.heirs[row.division_id]
            )
        Threshold.objects.filter(pk=row.pk).update(valid_to=shift.on)


def _facts_of(shift: Shift) -> Iterator[QuerySet]:
    for model, on in FACTS.items():
        where = {"station__in": shift.stations, "division__in": shift.ended, f"{on}__gte": shift.on}
        yield model.objects.filter(**where).order_by("pk")


def _facts(shift: Shift) -> list[Touched]:
    return [
        Touched(row.pk, f"{rows.model._meta.verbose_name} · {row}", "settled")
        for rows in _facts_of(shift)
        for row in rows
    ]


def _settle_facts(shift: Shift, actor, at: datetime) -> None:
    for rows in _facts_of(shift):
        known = {field.name for field in rows.model._meta.concrete_fields}
        for key in set(rows.order_by().values_list("station", flat=True)):
            seat = shift.stations[key]
            more = {"version": F("version") + 1} if "version" in known else {}
            rows.filter(station=key).update(division=seat, county=seat.county_id, **more)


register(Reach("budgets", gettext_lazy("Budgets with planned instalments"), _budgets, models=(Budget,)))
register(Reach("replies", gettext_lazy("Replies to circulars that are owed"), _replies, models=(Reply,)))
register(Reach("follow_ups", gettext_lazy("Follow-ups of meetings"), _follow_ups, models=(FollowUp,)))
register(Reach("other_uses", gettext_lazy("Other uses of premises"), _uses, models=(OtherUse,)))
register(Reach("closures", gettext_lazy("Closures ahead"), _closures, models=(Closure,)))
register(Reach("thresholds", gettext_lazy("Limits of their own"), _limits, _carry_limits, models=(Threshold,)))
register(
    Reach("facts", gettext_lazy("Records of stations since the day"), _facts, _settle_facts, models=tuple(FACTS)),
)
