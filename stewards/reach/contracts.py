"""What a change of boundaries does to what is bought: contracts go on, and serve the station into which theirs is merged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from culture_admin.boundaries.register import Reach, Touched, register
from culture_admin.boundaries.shift import Shift
from culture_admin.workflow.actions import note_on
from culture_admin.workflow.steps import FLOWS
from stewards.models import Contract, Coverage, ServiceFinding, ServiceLine, TownRating

# What is over keeps the towns that it served.
OVER = (Contract.State.SETTLED, Contract.State.ENDED, Contract.State.TERMINATED, Contract.State.VOID)
RUNNING = ~Q(contract__state__in=OVER)
MORE = {"version": F("version") + 1}


def effect_at(shift: Shift, station: int) -> str:
    """What becomes of something that a station has and that goes on."""
    if station not in shift.merged:
        return "moves"
    return "carried" if shift.merged[station] else "stranded"


def noted(rows: QuerySet[Any], actor, at: datetime) -> None:
    """What a later decision stands on has changed by the change of boundaries."""
    flow = FLOWS.get(rows.model)
    if flow:
        found = list(rows.select_related(*flow.related).prefetch_related(*flow.fetched))
        note_on(found, step="change", office=None, actor=actor, at=at)


def _contracts_of(shift: Shift) -> QuerySet[Contract]:
    return Contract.objects.filter(place__in=shift.ended).order_by("pk")


def _contracts(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, str(row), "moves") for row in _contracts_of(shift)]


def _move_contracts(shift: Shift, actor, at: datetime) -> None:
    """Contracts are those of the county that its own became, the closed ones too: who sees them is there now."""
    for row in list(_contracts_of(shift)):
        Contract.objects.filter(pk=row.pk).update(place=shift.heir(row.place_id), **MORE)


def _fated_coverage(shift: Shift) -> Iterator[tuple[Coverage, str]]:
    """Of a contract that serves both, the town that is merged is served by what it is merged into."""
    rows = Coverage.objects.filter(RUNNING, station__in=shift.stations).select_related("contract", "station__unit")
    others = Coverage.objects.filter(RUNNING, station__in=[into for into in shift.merged.values() if into])
    served = set(others.values_list("contract", "station"))
    for row in rows.order_by("contract", "station"):
        effect, into = effect_at(shift, row.station_id), shift.merged.get(row.station_id)
        if effect == "carried" and (row.contract_id, into) in served:
            effect = "merged"
        elif effect == "carried":
            served.add((row.contract_id, into))
        yield row, effect


def _coverage(shift: Shift) -> list[Touched]:
    return [
        Touched(row.pk, f"{row.contract.number} · {row.station.unit.name_zh}", effect)
        for row, effect in _fated_coverage(shift)
    ]


def _carry_coverage(shift: Shift, actor, at: datetime) -> None:
    changed = set()
    for row, effect in list(_fated_coverage(shift)):
        if effect == "merged":
            Coverage.objects.filter(pk=row.pk).delete()
        elif effect == "carried":
            Coverage.objects.filter(pk=row.pk).update(station=shift.merged[row.station_id])
        if effect in ("merged", "carried"):
            changed.add(row.contract_id)
    noted(Contract.objects.filter(pk__in=changed), actor, at)


def _lines_of(shift: Shift) -> QuerySet[ServiceLine]:
    rows = ServiceLine.objects.filter(RUNNING, station__in=shift.stations, last__gte=shift.on)
    return rows.select_related("contract", "station__unit").order_by("contract", "number")


def _findings_of(shift: Shift) -> QuerySet[ServiceFinding]:
    rows = ServiceFinding.objects.filter(station__in=shift.stations, state__in=OPEN_FINDINGS)
    return rows.select_related("station__unit").order_by("station", "pk")


OPEN_FINDINGS = (ServiceFinding.State.OPEN, ServiceFinding.State.RECTIFIED)


def _touched(rows: QuerySet[Any], shift: Shift) -> list[Touched]:
    return [Touched(row.pk, str(row), effect_at(shift, row.station_id)) for row in rows]


def _carry(rows: QuerySet[Any], shift: Shift, actor, at: datetime) -> list[Any]:
    """What goes on at a station that is merged goes on at the other; the rows that do."""
    carried = [row for row in rows if shift.merged.get(row.station_id)]
    for row in carried:
        rows.model.objects.filter(pk=row.pk).update(station=shift.merged[row.station_id], **MORE)
    noted(rows.model.objects.filter(pk__in=[row.pk for row in carried]), actor, at)
    return carried


def _carry_lines(shift: Shift, actor, at: datetime) -> None:
    """A line has no decisions of its own: they are those of its contract."""
    lines = _carry(_lines_of(shift), shift, actor, at)
    noted(Contract.objects.filter(pk__in={line.contract_id for line in lines}), actor, at)


def _carry_findings(shift: Shift, actor, at: datetime) -> None:
    _carry(_findings_of(shift), shift, actor, at)


def _fated_ratings(shift: Shift) -> Iterator[tuple[TownRating, str]]:
    """What a merged town was asked the one answers that it is merged into, unless that is asked the same."""
    rows = TownRating.objects.filter(station__in=shift.stations, state=TownRating.State.ASKED)
    others = TownRating.objects.filter(station__in=[into for into in shift.merged.values() if into])
    asked = set(others.values_list("evaluation", "station"))
    for row in rows.select_related("station__unit").order_by("evaluation", "station"):
        effect, into = effect_at(shift, row.station_id), shift.merged.get(row.station_id)
        if effect == "carried" and (row.evaluation_id, into) in asked:
            effect = "wound_up"
        elif effect == "carried":
            asked.add((row.evaluation_id, into))
        yield row, effect


def _ratings(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, str(row), effect) for row, effect in _fated_ratings(shift)]


def _carry_ratings(shift: Shift, actor, at: datetime) -> None:
    carried = [row for row, effect in _fated_ratings(shift) if effect == "carried"]
    for row in carried:
        TownRating.objects.filter(pk=row.pk).update(station=shift.merged[row.station_id], **MORE)
    noted(TownRating.objects.filter(pk__in=[row.pk for row in carried]), actor, at)


register(
    Reach("contracts", _("Contracts of the county"), _contracts, _move_contracts, models=(Contract,), binding=True)
)
register(
    Reach("coverage", _("Towns that contracts serve"), _coverage, _carry_coverage, models=(Coverage,), binding=True)
)
register(
    Reach(
        "service_lines",
        _("Service lines of one town"),
        lambda shift: _touched(_lines_of(shift), shift),
        _carry_lines,
        models=(ServiceLine,),
        binding=True,
    )
)
register(
    Reach(
        "service_findings",
        _("Open findings in services"),
        lambda shift: _touched(_findings_of(shift), shift),
        _carry_findings,
        models=(ServiceFinding,),
    )
)
register(Reach("town_ratings", _("Ratings of services that are asked"), _ratings, _carry_ratings, models=(TownRating,)))
