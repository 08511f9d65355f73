"""What a reviewer looks at, shown to whoever writes before he hands over: the same function on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity, MonthlyReturn
from assessments.actions.counted import Counted, counted, of_unit, plan
from assessments.models import Assessment, Cycle, Item
from culture_admin.scoring.body import Body
from culture_admin.scoring.table import Part
from culture_admin.scoring.values import Standing
from culture_admin.statistics.snapshots import ask, tables
from stations.models import Certificate


class Weight(StrEnum):
    """Whether a finding stops the hand-over, or is worth a look."""

    STOP = "stop"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reviewer would find. room: where it is mended (`items`, `activities`, `returns`, `certificates`,
    `numbers`); code: the indicator it is about, where it is about one.
    """

    name: str
    weight: Weight
    text: str
    room: str
    code: str = ""


def values_of(assessment: Assessment, until: date) -> dict[str, Counted]:
    """What is counted of one who is assessed: by the frozen values once there are some, else as it stands now."""
    cycle: Cycle = assessment.cycle
    questions = plan(cycle.scheme, until)
    read = tables(cycle.snapshot) if cycle.snapshot else ask(questions.asked, assessment.division)
    return of_unit(counted(questions, read), assessment.division_id, assessment.station_id)


def checklist(assessment: Assessment, until: date) -> list[Finding]:
    """Everything a reviewer would find, what stops the hand-over first."""
    body: Body = assessment.cycle.scheme.content
    found = [
        *_of_items(assessment, body),
        *_of_numbers(body, values_of(assessment, until)),
        *_of_records(assessment),
    ]
    return sorted(found, key=lambda one: one.weight != Weight.STOP)


def stops(assessment: Assessment) -> list[Finding]:
    """What stops the hand-over, without reading numbers."""
    return [one for one in _of_items(assessment, assessment.cycle.scheme.content) if one.weight == Weight.STOP]


def _of_items(assessment: Assessment, body: Body) -> Iterator[Finding]:
    items = {item.code: item for item in assessment.items.all()}
    year, files = assessment.cycle.year, {}
    for _section, indicator in body.table.indicators():
        item = items.get(indicator.code)
        if item is None:
            continue
        shown = [one for one in item.evidence.all() if not one.withdrawn]
        if not body.sources[indicator.code].is_counted:
            yield from _of_claim(item, indicator, body, bool(shown))
        for one in shown:
            if one.happened_on and one.happened_on.year != year:
                text = _("%(code)s: the evidence is of %(day)s, not of %(year)d.")
                values = {"code": item.code, "day": one.happened_on, "year": year}
                yield Finding("other_year", Weight.LOOK, text % values, "items", item.code)
            other = files.setdefault(one.attachment_id, item.code)
            if other != item.code:
                text = _("%(code)s shows the same file as %(other)s.") % {"code": item.code, "other": other}
                yield Finding("same_file", Weight.LOOK, text, "items", item.code)


def _of_claim(item: Item, indicator, body: Body, shown: bool) -> Iterator[Finding]:
    named = {"code": indicator.code, "label": indicator.label}
    if indicator.part == Part.BASE and not item.is_claimed:
        text = _("%(code)s %(label)s: nothing is said yet.") % named
        yield Finding("not_said", Weight.STOP, text, "items", indicator.code)
    claims = any(value.number for value in item.claim)
    if claims and indicator.code in body.evidence and not shown:
        text = _("%(code)s %(label)s: the evidence is missing: %(evidence)s.")
        text = text % {**named, "evidence": body.evidence[indicator.code]}
        yield Finding("no_evidence", Weight.STOP, text, "items", indicator.code)


def _of_numbers(body: Body, values: dict[str, Counted]) -> Iterator[Finding]:
    for _section, indicator in body.table.indicators():
        if not body.sources[indicator.code].is_counted:
            continue
        one = values.get(indicator.code)
        named = {"code": indicator.code, "label": indicator.label}
        if one and one.fails:
            text = _("%(code)s %(label)s: the denominator is not recorded, or 0.") % named
            yield Finding("no_denominator", Weight.LOOK, text, "numbers", indicator.code)
        elif one is None or all(value.standing == Standing.NOT_RECORDED for value in one.values):
            text = _("%(code)s %(label)s: nothing is recorded.") % named
            yield Finding("not_recorded", Weight.LOOK, text, "numbers", indicator.code)


def _of_records(assessment: Assessment) -> Iterator[Finding]:
    """What is recorded of the year and does not count yet."""
    year, station = assessment.cycle.year, assessment.station_id
    waiting = Activity.objects.filter(
        station=station,
        begins_on__year=year,
        state__in=[Activity.State.HELD, Activity.State.LOGGED, Activity.State.RETURNED],
    ).count()
    if waiting:
        text = ngettext(
            "%(number)d activity of the year is not confirmed and does not count.",
            "%(number)d activities of the year are not confirmed and do not count.",
            waiting,
        )
        yield Finding("unconfirmed", Weight.LOOK, text % {"number": waiting}, "activities")
    open_months = MonthlyReturn.objects.filter(station=station, month__year=year).exclude(state__in=CLOSED).count()
    if open_months:
        text = ngettext(
            "%(number)d monthly return of the year is not closed.",
            "%(number)d monthly returns of the year are not closed.",
            open_months,
        )
        yield Finding("open_months", Weight.LOOK, text % {"number": open_months}, "returns")
    last = date(year, 12, 31)
    held = Certificate.objects.filter(station=station, valid_from__lte=last)
    if station and not held.filter(valid_to__gt=last).exists():
        text = _("No certificate of the legal person is in force at the end of the year.")
        yield Finding("no_certificate", Weight.LOOK, text, "certificates")


CLOSED = (MonthlyReturn.State.CLOSED,)
