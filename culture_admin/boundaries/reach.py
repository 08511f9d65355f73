"""What a change of boundaries does to the ground's own rows: units, offices, residents, what is owed, open cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.models import Membership
from culture_admin.accounts.roles import Role
from culture_admin.boundaries.land import Land
from culture_admin.boundaries.register import Reach, Touched, register
from culture_admin.boundaries.shift import Shift, renamed
from culture_admin.statistics.models import Target
from culture_admin.territory.models import Division, Residents, Seat, Unit, in_force, search_key
from culture_admin.territory.shares import shared_out
from culture_admin.workflow.models import Deadline
from culture_admin.workflow.steps import FLOWS

# So long the head of a station winds up what is left of those merged into it: a quarter, and its last monthly return.
WINDING_UP = timedelta(days=92)
# What makes two duties of one unit the same.
SAME_DEBT = ("code", "due_on", "subject_type_id", "subject_id")
# The source of a figure that was worked out and not counted; figures of divisions are official, so it is in Chinese.
CARRIED, SHARED = "区划调整承接：{source}", "区划调整按比例分摊（估算）：{source}"


def units_of(shift: Shift) -> list[Unit]:
    """The units that lie in the divisions concerned and are there on the day."""
    units = Unit.objects.filter(in_force(shift.on), division__in=shift.ended).select_related("division")
    return list(units.order_by("division__code", "kind", "pk"))


def _units(shift: Shift) -> list[Touched]:
    return [Touched(unit.pk, unit.name_zh, _effect_on(shift, unit)) for unit in units_of(shift)]


def _effect_on(shift: Shift, unit: Unit) -> str:
    if shift.ends(unit):
        return "merged" if shift.merged.get(unit.pk) or unit.kind == Unit.Kind.TOWN else "ends"
    seat = shift.seat(unit)
    return "renamed" if _name_after(shift, unit, seat) != unit.name_zh else "moves"


def _name_after(shift: Shift, unit: Unit, seat: Division) -> str:
    """A unit is called by its place; of several that come together in one, only that of the leading one is."""
    return renamed(unit.name_zh, unit.division.name_zh, seat.name_zh) if shift.gives_name(unit) else unit.name_zh


def _move_units(shift: Shift, actor, at: datetime) -> None:
    """Each to its new seat, its former one kept; what ends has its last day."""
    moving = [(unit, shift.seat(unit)) for unit in units_of(shift)]
    shift.closed = {unit.pk for unit, _seat in moving if shift.ends(unit)}
    Seat.objects.bulk_create(shift.seats([unit for unit, _seat in moving]))
    for unit, seat in moving:
        if unit.pk not in shift.closed:
            before, unit.name_zh = unit.division, _name_after(shift, unit, seat)
            if shift.gives_name(unit):
                unit.name_en = renamed(unit.name_en, *_words(before.name_en, seat.name_en, unit.name_en))
            unit.search = search_key(unit.name_zh)
        unit.division = seat
    Unit.objects.bulk_update([unit for unit, _seat in moving], ["division", "name_zh", "name_en", "search"])
    Unit.objects.filter(pk__in=shift.closed).update(valid_to=shift.on)


def _words(before: str, after: str, name: str) -> tuple[str, str]:
    """What is replaced in an English name: all of the place's, or the word it is called by."""
    if before and before in name:
        return before, after
    return (before.partition(" ")[0], after.partition(" ")[0]) if before and after else ("", "")


def _offices(shift: Shift) -> list[Touched]:
    held = Membership.objects.filter(unit__in=[unit.pk for unit in units_of(shift)]).filter(
        Q(valid_to=None) | Q(valid_to__gt=shift.on)
    )
    rows = held.select_related("user", "unit").order_by("unit__division__code", "role", "pk")
    return [Touched(row.pk, str(row), "ends" if shift.ends(row.unit) else "moves") for row in rows]


def _end_offices(shift: Shift, actor, at: datetime) -> None:
    """Offices end with their unit. What is left to do at a station that was merged is for the head of the one it went into."""
    held = Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gt=shift.on))
    held.filter(unit__in=shift.closed, valid_from__lt=shift.on).update(valid_to=shift.on)
    into = {station: other for station, other in shift.merged.items() if other}
    heads = held.filter(unit__in=into.values(), role=Role.STATION_HEAD, acting_for=None)
    of_unit: dict[int, list[int]] = {}
    for unit, user in heads.filter(valid_from__lte=shift.on).values_list("unit", "user"):
        of_unit.setdefault(unit, []).append(user)
    Membership.objects.bulk_create(
        Membership(
            user_id=user,
            role=Role.STATION_HEAD,
            unit_id=station,
            valid_from=shift.on,
            valid_to=shift.on + WINDING_UP,
        )
        for station, other in into.items()
        for user in of_unit.get(other, ())
    )


def _residents(shift: Shift) -> list[Touched]:
    shared = {pk for pk, heirs in shift.heirs.items() if len(heirs) > 1}
    return [
        Touched(row.pk, str(row), "shared" if row.division_id in shared else "settled")
        for row in _latest_residents(shift)
    ]


def _latest_residents(shift: Shift) -> QuerySet[Residents]:
    """The last figure of each division that ends."""
    rows = Residents.objects.filter(division__in=shift.ended, year__lte=shift.on.year)
    return rows.order_by("division_id", "-year").distinct("division_id").select_related("division")


def _carry_residents(shift: Shift, actor, at: datetime) -> None:
    """The new divisions get the last figures of the old ones, in whole numbers that add up; counted ones take their place later.

    What the document says of the residents of an outcome is entered as it says it.
    """
    stated = {
        result.pk: Residents(division=result, year=shift.on.year, number=one.residents, source=shift.change.document)
        for one, result in zip(shift.land.plan.outcomes, shift.results, strict=True)
        if one.residents is not None
    }
    parts: dict[int, list[tuple[Residents, int]]] = {}
    for row in _latest_residents(shift):
        heirs = shift.heirs[row.division_id]
        for heir, number in zip(heirs, shared_out(row.number, [heir.share for heir in heirs]), strict=True):
            parts.setdefault(heir.division.pk, []).append((row, number))
    carried = [_together(shift, pk, rows) for pk, rows in sorted(parts.items()) if pk not in stated]
    Residents.objects.bulk_create([*stated.values(), *carried])


def _together(shift: Shift, pk: int, rows: Sequence[tuple[Residents, int]]) -> Residents:
    shared = any(len(shift.heirs[row.division_id]) > 1 for row, _number in rows)
    said = "；".join(f"{row.division.name_zh}{row.year}年，{row.source}" for row, _number in rows)
    return Residents(
        division_id=pk,
        year=max(row.year for row, _number in rows),
        number=sum(number for _row, number in rows),
        source=(SHARED if shared else CARRIED).format(source=said)[:200],
    )


def _deadlines(shift: Shift) -> list[Touched]:
    rows = _owed_by(unit.pk for unit in units_of(shift))
    return [
        Touched(row.pk, f"{row.label} · {row.unit.name_zh} · {row.due_on}", effect)
        for row, effect in _fated_debts(shift, rows)
    ]


def _owed_by(units: Iterable[int]) -> QuerySet[Deadline]:
    return Deadline.objects.open().filter(unit__in=list(units)).select_related("unit").order_by("due_on", "pk")


def _fated_debts(shift: Shift, rows: Iterable[Deadline]) -> Iterator[tuple[Deadline, str]]:
    """What a merged station owes the one owes that it is merged into, unless that owes just the same for itself."""
    others = Deadline.objects.filter(unit__in=[into for into in shift.merged.values() if into])
    taken = set(others.values_list("unit", *SAME_DEBT))
    for row in rows:
        into = shift.merged.get(row.unit_id)
        debt = (into, *(getattr(row, name) for name in SAME_DEBT))
        if not shift.ends(row.unit):
            yield row, "moves"
        elif not into:
            yield row, "stranded"
        elif debt in taken:
            yield row, "wound_up"
        else:
            taken.add(debt)
            yield row, "carried"


def _carry_debts(shift: Shift, actor, at: datetime) -> None:
    for row, effect in list(_fated_debts(shift, _owed_by(shift.merged))):
        if effect == "carried":
            Deadline.objects.filter(pk=row.pk).update(unit=shift.merged[row.unit_id])


def _cases(shift: Shift) -> list[Touched]:
    """Records that wait for somebody's decision, of every flow there is; they go on with the offices they were filed with."""
    within = Q(pk__in=[])
    for unit in shift.land.units:
        within |= Q(path__startswith=unit.path)
    places = set(Division.objects.filter(within).values_list("path", flat=True))
    found = []
    for flow in FLOWS.values():
        place = flow.model.scope.place
        if flow.many or not flow.awaiting or flow.model is type(shift.change):
            continue
        rows = flow.model._default_manager.filter(state__in=flow.awaiting, **{f"{place}__in": places})
        found += [
            Touched(row.pk, f"{flow.model._meta.verbose_name} · {row}", _of_case(shift, flow.place(row).station_id))
            for row in rows.select_related(*flow.related).order_by("pk")[:MOST_CASES]
        ]
    return found


def _of_case(shift: Shift, station: int | None) -> str:
    if station not in shift.merged:
        return "stays"
    return "wound_up" if shift.merged[station] else "stranded"


MOST_CASES = 200


def _fated_targets(shift: Shift) -> Iterator[tuple[Target, str]]:
    """Targets of the year and later. That of a station goes with it; of several that come together in one division, the first
    goes on there, and that of a division that is split is for a person to settle.
    """
    taken = set()
    rows = Target.objects.filter(state=Target.State.SET, place__in=shift.ended, year__gte=shift.on.year)
    for row in rows.select_related("place", "station").order_by("place__code", "pk"):
        heirs = shift.heirs[row.place_id]
        same = (row.metric, row.year, str(sorted(row.where.items())), heirs[0].division.code)
        if row.station_id:
            into = shift.merged.get(row.station_id)
            yield row, "moves" if row.station_id not in shift.merged else "wound_up" if into else "stranded"
        elif len(heirs) > 1 or same in taken:
            yield row, "stranded"
        else:
            taken.add(same)
            yield row, "settled"


def _targets(shift: Shift) -> list[Touched]:
    return [
        Touched(row.pk, f"{row} · {(row.station or row.place).name_zh}", effect)
        for row, effect in _fated_targets(shift)
    ]


def _carry_targets(shift: Shift, actor, at: datetime) -> None:
    for row, effect in list(_fated_targets(shift)):
        if effect in ("moves", "settled"):
            place = shift.stations[row.station_id] if row.station_id else shift.heirs[row.place_id][0].division
            Target.objects.filter(pk=row.pk).update(place=place, version=F("version") + 1)


def _divisions(shift: Shift) -> list[Touched]:
    return [
        Touched(row.pk, f"{row.code} {row.name_zh}", "shared" if len(shift.heirs[pk]) > 1 else "moves")
        for pk, row in shift.ended.items()
    ]


def _beginning(land: Land) -> date | None:
    """The day on which the youngest of the divisions began."""
    starts = [unit.valid_from for unit in land.units if unit.valid_from]
    return max(starts, default=None)


register(Reach("divisions", _("Divisions that end"), _divisions, latest=_beginning, models=(Division,), binding=True))
register(Reach("units", _("Units"), _units, _move_units, models=(Unit, Seat), binding=True))
register(Reach("offices", _("Offices held"), _offices, _end_offices, models=(Membership,)))
register(Reach("residents", _("Residents"), _residents, _carry_residents, models=(Residents,)))
register(Reach("deadlines", _("What is owed"), _deadlines, _carry_debts, models=(Deadline,)))
register(Reach("targets", _("Targets of the year"), _targets, _carry_targets, models=(Target,)))
register(Reach("cases", _("Open cases"), _cases))
