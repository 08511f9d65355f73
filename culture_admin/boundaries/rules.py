"""What is wrong with a plan, and what is still missing in it: each with its place in the plan and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from culture_admin.accounts.models import Membership
from culture_admin.boundaries.codes import TYPES, fits_type, is_of_parent
from culture_admin.boundaries.land import Land
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.boundaries.plans import ENDS, MERGES, MOST_PARTS, MOVES, ONE_TO_ONE, Outcome
from culture_admin.boundaries.register import REACH
from culture_admin.interfaces.problems import Fault, shown
from culture_admin.territory.models import LEVELS, Division, Level

Kind = BoundaryChange.Kind
# What a draft may still lack; everything else is refused when it is written.
MISSING = "missing"
# Documents are made a while ahead; beyond this a year is a slip of the finger.
FARTHEST = timedelta(days=5 * 366)


def faults_of(change: BoundaryChange, land: Land, paths: list[str] | None, today: date) -> list[Fault]:
    """Everything that stands against the plan. paths: the territory of who draws it up; None for the system itself."""
    found = [*_of_units(change, land, paths), *_of_date(change, land, today)]
    # What is wrong with the divisions themselves makes all the rest idle talk.
    if land.units and all(fault.code == MISSING for fault in found):
        found += [
            *_of_outcomes(change, land, paths),
            *_of_shares(land),
            *_of_children(change, land),
            *_of_stations(land),
            *_of_others(change, land),
        ]
    return found


def _missing(pointer: str, message: object) -> Fault:
    return Fault(MISSING, message, pointer=pointer)


def _of_units(change: BoundaryChange, land: Land, paths: list[str] | None) -> Iterator[Fault]:
    units = land.units
    if not land.plan.units:
        yield _missing("/units", _("Name the divisions concerned."))
    for index, pk in enumerate(land.plan.units):
        unit = land.divisions.get(pk)
        if unit is None or not _within(unit.path, paths):
            yield Fault(
                "outside_territory",
                _("There is no such division in your territory."),
                pointer=f"/units/{index}",
                value=pk,
            )
        elif not _lives(unit, change.effective_on):
            message = _("%(name)s is not in force on %(day)s.") % {"name": unit.name, "day": change.effective_on}
            yield Fault("not_in_force", message, pointer=f"/units/{index}", value=pk)
    if any(times > 1 for times in Counter(land.plan.units).values()):
        yield Fault("repeated", _("A division stands twice."), pointer="/units")
    levels = {unit.level for unit in units}
    if len(levels) > 1:
        yield Fault("one_level", _("Divisions of one level at a time."), pointer="/units")
    elif levels and not levels <= set(TYPES):
        yield Fault("level", _("Counties, towns and villages are changed here."), pointer="/units")
    if change.kind == Kind.MERGE and len(units) == 1:
        yield _missing("/units", _("A merger is of two divisions or more."))
    if change.kind == Kind.SPLIT and len(units) > 1:
        yield Fault("one_unit", _("One division is split at a time."), pointer="/units")


def _of_date(change: BoundaryChange, land: Land, today: date) -> Iterator[Fault]:
    on = change.effective_on
    if on > today + FARTHEST:
        message = _("%(day)s is more than five years ahead.") % {"day": on}
        yield Fault("date_range", message, pointer="/effective_on", value=str(on))
    if change.state != BoundaryChange.State.DRAFT or on > today:
        return
    # Only while it is drawn up: what is entered after that is settled where it happened when the change is applied.
    last = max((day for reach in REACH.values() if (day := reach.latest(land))), default=None)
    if last and last >= on:
        message = _(
            "Something is recorded there for %(last)s already, and history is not rewritten. The change can be in force here from"
            " %(first)s on."
        ) % {"last": last, "first": last + timedelta(days=1)}
        yield Fault("events_recorded", message, pointer="/effective_on", value=str(on))


def _of_outcomes(change: BoundaryChange, land: Land, paths: list[str] | None) -> Iterator[Fault]:
    outcomes = land.plan.outcomes
    if not outcomes:
        yield _missing("/outcomes", _("Say what the divisions become."))
    if change.kind == Kind.MERGE and len(outcomes) > 1:
        yield Fault("one_outcome", _("A merger has one outcome."), pointer="/outcomes")
    if change.kind == Kind.SPLIT and len(outcomes) == 1:
        yield _missing("/outcomes", _("A division is split into two or more."))
    if len(outcomes) > max(MOST_PARTS, len(land.plan.units)):
        yield Fault("too_many", _("At most %(most)d parts.") % {"most": MOST_PARTS}, pointer="/outcomes")
    leads = Counter(one.lead for one in outcomes if one.lead)
    if any(times > 1 for times in leads.values()):
        message = _("A government goes on in one of the outcomes alone.")
        yield Fault("lead_twice", message, pointer="/outcomes")
    repeated = {code for code, times in Counter(one.code for one in outcomes).items() if code and times > 1}
    for index, one in enumerate(outcomes):
        where = f"/outcomes/{index}"
        if one.lead and one.lead not in one.shares:
            message = _("The government that goes on here is that of a division that comes here.")
            yield Fault("not_concerned", message, pointer=f"{where}/lead", value=one.lead)
        if one.code in repeated:
            yield Fault("code_twice", _("This code stands twice."), pointer=f"{where}/code", value=one.code)
        yield from _of_new(change, land, one, where, paths)


def _of_new(change: BoundaryChange, land: Land, one: Outcome, where: str, paths: list[str] | None) -> Iterator[Fault]:
    level = land.units[0].level
    for name in ("code", "name_zh", "type", "parent"):
        if not getattr(one, name):
            label = Division._meta.get_field(name).verbose_name
            yield _missing(f"{where}/{name}", _("%(field)s is missing.") % {"field": label})
    if one.type and one.type not in TYPES[level]:
        yield Fault("type", _("A division of this level has no such type."), pointer=f"{where}/type", value=one.type)
    parent = land.divisions.get(one.parent or 0)
    if one.parent:
        yield from _of_parent(land, parent, level, f"{where}/parent", one.parent, paths)
    if one.code and parent:
        yield from _of_code(land, one, level, parent, f"{where}/code")
    yield from _of_kind(change.kind, land, one, where)


def _of_parent(
    land: Land, parent: Division | None, level: str, pointer: str, key: int, paths: list[str] | None
) -> Iterator[Fault]:
    if parent is None:
        yield Fault("does_not_exist", _("There is no such division."), pointer=pointer, value=key)
    elif any(parent.path.startswith(unit.path) for unit in land.units):
        yield Fault("cycle", _("A division does not come to lie within itself."), pointer=pointer, value=key)
    elif LEVELS.index(parent.level) != LEVELS.index(level) - 1:
        message = _("A division of this level lies directly in a %(level)s.")
        above = Level(LEVELS[LEVELS.index(level) - 1]).label
        yield Fault("parent_level", message % {"level": above}, pointer=pointer, value=key)
    elif not (_lives(parent, land.on) or parent.valid_from == land.on):
        # A new county may begin on the very day.
        message = _("%(name)s is not in force on %(day)s.") % {"name": parent.name, "day": land.on}
        yield Fault("not_in_force", message, pointer=pointer, value=key)
    elif not _within(parent.path, paths):
        message = _("%(name)s lies outside your territory; the authority above both has to make this change.")
        yield Fault("foreign_county", message % {"name": parent.name}, pointer=pointer, value=key)


def _of_code(land: Land, one: Outcome, level: str, parent: Division, pointer: str) -> Iterator[Fault]:
    # Whoever keeps his code and his type is not asked how they go together.
    kept = any((unit.code, unit.type) == (one.code, one.type) for unit in land.units)
    if not is_of_parent(one.code, level, parent.code):
        message = _("A code below %(parent)s begins with its digits and has %(digits)d of them altogether.")
        digits = {Level.COUNTY: 6, Level.TOWN: 9, Level.VILLAGE: 12}[Level(level)]
        fault = message % {"parent": f"{parent.name} {parent.code}", "digits": digits}
        yield Fault("code_prefix", fault, pointer=pointer, value=shown(one.code))
    elif one.type in TYPES[level] and not kept and not fits_type(one.code, one.type):
        message = _("The last three digits are not those of a %(type)s.")
        yield Fault("code_type", message % {"type": Division.Type(one.type).label}, pointer=pointer, value=one.code)
    for bearer in land.bearers(one.code)[:1]:
        message = _("%(code)s is the code of %(name)s.") % {"code": one.code, "name": bearer.name}
        yield Fault("code_in_use", message, pointer=pointer, value=one.code)


def _of_kind(kind: str, land: Land, one: Outcome, where: str) -> Iterator[Fault]:
    """What tells the kinds apart: a change that changes nothing, or something else, is none of its kind."""
    if kind not in ONE_TO_ONE:
        return
    if len(one.shares) != 1:
        yield Fault("one_source", _("Each division becomes one other here."), pointer=f"{where}/shares")
        return
    before = land.divisions.get(next(iter(one.shares)))
    if before is None:
        return
    same = {
        "name": (one.name_zh, one.name_en, one.type) == (before.name_zh, before.name_en, before.type),
        "code": one.code == before.code,
        "parent": one.parent == before.parent_id,
    }
    changed = {Kind.RENAME: "name", Kind.RECODE: "code", Kind.MOVE: "parent"}[Kind(kind)]
    field = {"name": "name_zh", "code": "code", "parent": "parent"}[changed]
    if same[changed]:
        yield _missing(f"{where}/{field}", _("Nothing is changed for %(name)s yet.") % {"name": before.name})
    if kind == Kind.RECODE and not same["parent"]:
        yield Fault("other_kind", _("A division that comes under another parent is moved."), pointer=f"{where}/parent")
    if kind == Kind.RENAME and not (same["code"] and same["parent"]):
        yield Fault("other_kind", _("A renamed division keeps its code and its parent."), pointer=f"{where}/code")


def _of_shares(land: Land) -> Iterator[Fault]:
    given: dict[int, Decimal] = {}
    for index, one in enumerate(land.plan.outcomes):
        if not one.shares:
            yield _missing(f"/outcomes/{index}/shares", _("Say what comes here."))
        for pk, share in one.shares.items():
            if pk not in land.plan.units:
                message = _("This is none of the divisions concerned.")
                yield Fault("not_concerned", message, pointer=f"/outcomes/{index}/shares", value=pk)
            if not 0 < share <= 1:
                message = _("A share is more than 0 and at most 1.")
                yield Fault("share_range", message, pointer=f"/outcomes/{index}/shares", value=str(share))
            given[pk] = given.get(pk, Decimal(0)) + share
    lacking = any(not one.shares for one in land.plan.outcomes)
    for unit in land.units:
        if land.plan.outcomes and given.get(unit.pk) != 1:
            message = _("The shares of %(name)s add up to %(sum)s, not to 1.")
            fault = message % {"name": unit.name, "sum": given.get(unit.pk, 0)}
            yield Fault(MISSING if lacking or unit.pk not in given else "shares_sum", fault, pointer="/outcomes")


def _of_children(change: BoundaryChange, land: Land) -> Iterator[Fault]:
    plan = land.plan
    for child in land.later[:1]:
        message = _("%(name)s is entered below from %(day)s on, after this change; give it its place afterwards.")
        yield Fault("entered_later", message % {"name": child.name, "day": child.valid_from}, pointer="/units")
    split = [unit for unit in land.units if sum(unit.pk in one.shares for one in plan.outcomes) > 1]
    children = {child.pk: child for unit in split for child in land.children_of(unit)}
    for pk, outcome in plan.children.items():
        if pk not in children:
            message = _("This lies directly in none of the divisions that are split.")
            yield Fault("not_concerned", message, pointer="/children", value=pk)
        elif not 0 <= outcome < len(plan.outcomes):
            yield Fault("outcome_unknown", _("The plan has no such outcome."), pointer="/children", value=outcome)
    if lacking := [child.name for pk, child in children.items() if pk not in plan.children]:
        message = ngettext(
            "Say where %(number)d village goes: %(names)s",
            "Say where %(number)d villages go: %(names)s",
            len(lacking),
        )
        names = "、".join(lacking[:5]) + ("…" if len(lacking) > 5 else "")
        yield _missing("/children", message % {"number": len(lacking), "names": names})


def _of_stations(land: Land) -> Iterator[Fault]:
    plan = land.plan
    for key, one in plan.stations.items():
        if key not in land.stations:
            message = _("This is no station of the divisions concerned.")
            yield Fault("not_concerned", message, pointer="/stations", value=key)
        elif one.fate == MOVES and not (one.outcome is not None and 0 <= one.outcome < len(plan.outcomes)):
            yield Fault("outcome_unknown", _("Say to which outcome the station moves."), pointer="/stations", value=key)
        elif one.fate == MERGES:
            into = plan.stations.get(one.into or 0)
            if one.into == key or into is None or into.fate != MOVES:
                message = _("A station is merged into one of these that goes on.")
                yield Fault("into", message, pointer="/stations", value=one.into)
    for key, unit in land.stations.items():
        if key not in plan.stations:
            message = _("Decide what becomes of %(station)s.") % {"station": unit.name}
            yield _missing("/stations", message)
    ending = [key for key, one in plan.stations.items() if one.fate in (MERGES, ENDS)]
    offices = Membership.objects.filter(unit__in=ending, valid_from__gte=land.on).select_related("user", "unit")
    for office in offices[:1]:
        message = _("%(office)s begins on %(day)s at a station that ends; end or change that office first.")
        fault = message % {"office": office, "day": office.valid_from}
        yield Fault("office_later", fault, pointer="/stations", value=office.unit_id)


def _of_others(change: BoundaryChange, land: Land) -> Iterator[Fault]:
    """Two changes of the same divisions at once would each be tried out on what the other takes away."""
    for other in BoundaryChange.objects.pending().exclude(pk=change.pk):
        if set(other.plan.get("units", ())) & set(land.plan.units):
            message = _("“%(change)s” about one of these is pending; wait for it or have it given up.")
            yield Fault("other_change", message % {"change": other}, pointer="/units", value=other.pk)


def _lives(division: Division, on: date) -> bool:
    """Whether it was there before the day, and would go on."""
    return (division.valid_from is None or division.valid_from < on) and (
        division.valid_to is None or division.valid_to > on
    )


def _within(path: str, paths: list[str] | None) -> bool:
    return paths is None or any(path.startswith(own) for own in paths)
