"""Opening, entering and handing in the facts of a year; what changed much from the year before needs a note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.actions import owe_each, record_entry, settle
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.models import DUTIES, Duty
from stations.actions.places import Places
from stations.actions.rows import enter
from stations.models import Station, YearlyFacts
from stations.models.yearly import CARRIED, EARLIEST_YEAR, FACTS, last_day

POWER = "stations.facts"
DUTY = "stations.facts"
BASIS = gettext_lazy("Public Cultural Service Guarantee Law, Art. 21: assets and services are reported every year")
CHANGEABLE = (*FACTS, "note")
# The month and day of the next year by which a station hands its facts in.
DUE = (1, 31)
# What differs by more than half from the year before is explained (DOMAIN.md §7.5).
MUCH = Decimal("0.5")


def open_facts(*, actor, station: Station, year: int, at: datetime | None = None) -> YearlyFacts:
    """Opens the facts of a year that is over, or of this one. Raises ValidationError by field, PermissionDenied."""
    at = at or timezone.now()
    office, _verb = require(actor.offices, POWER, ("propose", "decide"), path=station.division.path)
    if not EARLIEST_YEAR <= year <= timezone.localdate(at).year:
        message = _("A year from %(first)d to this one is expected.") % {"first": EARLIEST_YEAR}
        raise ValidationError({"year": ValidationError(message, code="year_range")})
    with acting(actor):
        facts = enter(_blank(Places(), station, year, recorded_by=actor))
        record_entry(facts, step="open", office=office, actor=actor, at=at)
    return facts


def open_year(*, year: int, at: datetime) -> int:
    """Opens the facts of a year for every station that existed at its end and has none; says by when they are owed.

    Does so for all stations at once and may be called again. Returns how many were opened.
    """
    stations = Station.objects.existing(last_day(year)).exclude(facts__year=year)
    places = Places()
    with acting(None):
        opened = YearlyFacts.objects.bulk_create(
            _blank(places, station, year)
            for station in stations.select_related("unit", "division", "county").order_by("pk")
        )
        owe_each(
            [(facts.station_id, facts) for facts in opened],
            code=DUTY,
            label=f"{year} 年度统计数据",
            basis=str(BASIS)[:200],
            opened_on=date(year + 1, 1, 1),
            due_on=date(year + 1, *DUE),
        )
    return len(opened)


def enter_facts(
    *, actor, yearlyfacts: YearlyFacts, at: datetime | None = None, seen: int | None = None, **changes
) -> YearlyFacts:
    """Enters facts; None is not recorded, 0 confirmed to be none.

    Raises ValidationError by field, StepRefused (`stale`, `illegal_transition`), PermissionDenied.
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    with acting(actor):
        rows = YearlyFacts.objects.visible_to(actor).select_related("station__division", "station__unit")
        row = lock(rows, yearlyfacts, seen)
        office, _verb = require(actor.offices, POWER, ("propose",), path=row.station.division.path)
        if row.state not in YearlyFacts.OPEN:
            raise closed_to_change(row)
        for name, value in changes.items():
            setattr(row, name, value)
        row.version += 1
        enter(row)
        record_entry(row, step="change", office=office, actor=actor, at=at or timezone.now(), from_state=row.state)
    return row


def year_before(facts: YearlyFacts) -> YearlyFacts | None:
    """The station's facts of the year before."""
    return YearlyFacts.objects.filter(station=facts.station_id, year=facts.year - 1).first()


def carried_on(facts: YearlyFacts) -> dict[str, object]:
    """What the form begins with: levels of the year before that are not entered yet. Nothing of it is stored by itself."""
    before = year_before(facts)
    if before is None or facts.state != YearlyFacts.State.DRAFT:
        return {}
    return {name: getattr(before, name) for name in CARRIED if getattr(facts, name) is None}


def leaps(facts: YearlyFacts) -> list[str]:
    """The facts that differ by more than half from the year before."""
    before = year_before(facts)
    if before is None:
        return []
    pairs = [(name, getattr(before, name), getattr(facts, name)) for name in FACTS]
    return [name for name, then, now in pairs if then and now is not None and abs(now - then) > MUCH * then]


def note_submitted(facts: Sequence[YearlyFacts], actor, at: datetime) -> None:
    """The station's duty is done."""
    settle(facts, DUTY, at=at)


def _blank(places: Places, station: Station, year: int, recorded_by=None) -> YearlyFacts:
    ground = places.on(station, last_day(year))
    return YearlyFacts(
        station=station, division_id=ground.division_id, county_id=ground.county_id, year=year,
        ended_on=last_day(year), recorded_by=recorded_by,
    )  # fmt: skip


def _duty_label(facts: YearlyFacts) -> str:
    return _("Facts of the year %(year)d") % {"year": facts.year}


DUTIES[DUTY] = Duty(_duty_label, BASIS, name=gettext_lazy("Facts of the year"), ahead=14)
