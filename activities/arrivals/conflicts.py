"""What was seen, what stands there and what is wanted of an activity, side by side and in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from activities.actions.logging import CHANGEABLE, OPEN_STATES
from activities.models import Activity, Learner, Receipt
from activities.serializers import ActivitySerializer
from culture_admin.exchange.cells.numbers import SECONDS_IN_CLASS_HOUR
from culture_admin.interfaces.admin.history import Names
from culture_admin.workflow.steps import FLOWS

COMPARED = (*CHANGEABLE, "state")
# Fields that are called otherwise where they are entered.
ENTERED_AS = {"class_seconds": "class_minutes"}
SIDES = ("saw", "now", "yours")
NOTHING = "—"


def compared(entry: Mapping[str, Any], now: Activity, saw: Any, context: Mapping[str, Any]) -> dict[str, Any]:
    """Field by field, as far as the three differ; and as which kind of entry the sender can still have it his way.

    entry: a valid one. saw: the activity in the version he looked at. Fields go by the names they are entered by.
    """
    wanted = _wanted(entry, now, context)
    by_roster = "present" in entry["fields"]
    names, rows = Names(now, [saw, now, wanted]), []
    for name in COMPARED:
        if name == "attendance" and by_roster:
            continue
        column = Activity._meta.get_field(name)
        values = [getattr(state, column.attname) for state in (saw, now, wanted)]
        if len(set(values)) > 1:
            words = [_hours(value) if name == "class_seconds" else names.text(column, value) for value in values]
            label = _("Class hours") if name == "class_seconds" else column.verbose_name
            rows.append(_row(ENTERED_AS.get(name, name), label, words))
    if by_roster:
        rows += _presence_rows(now, saw, set(entry["fields"]["present"]))
    return {"compared": rows, "mine_as": mine_as(entry["kind"], now)}


def mine_as(kind: str, now: Activity) -> str:
    """As which kind of entry on top of what stands there now somebody's own can still be entered; empty where it cannot."""
    steps = FLOWS[Activity].steps
    if kind == Receipt.Kind.CONFIRM:
        return kind if now.state in steps["confirm"].sources else ""
    if kind == Receipt.Kind.HOLD and now.state in (*steps["hold"].sources, *steps["log"].sources):
        return kind
    return Receipt.Kind.CHANGE if now.state in OPEN_STATES else ""


def _wanted(entry: Mapping[str, Any], now: Activity, context: Mapping[str, Any]) -> Activity:
    """The activity as the sender would have it."""
    wanted = Activity.objects.get(pk=now.pk)
    left_out = {"comment", "present", *ActivitySerializer.Meta.fixed}
    fields = {name: value for name, value in entry["fields"].items() if name not in left_out}
    body = ActivitySerializer(now, data=fields, partial=True, context=dict(context))
    if body.is_valid():
        for name, value in body.validated_data.items():
            setattr(wanted, name, value)
    if entry["kind"] in (Receipt.Kind.CONFIRM, Receipt.Kind.HOLD):
        wanted.state = Activity.State.CONFIRMED
    return wanted


def _presence_rows(now: Activity, saw: Any, present: set[int]) -> list[dict[str, str]]:
    """Who came, as it is kept and as the sender has it; of what he saw the number is known."""
    kept = dict(now.presences.values_list("learner_id", "present"))
    if kept and present == {learner for learner, there in kept.items() if there}:
        return []
    stands = {learner for learner, there in kept.items() if there}
    listed = Learner.objects.filter(course=now.course_id)
    roster = {learner.pk: learner.name for learner in listed if learner.pk in kept} or {
        learner.pk: learner.name for learner in listed.on(now.begins_on)
    }
    words = [
        _heads(saw.attendance),
        _came(stands, roster) if kept else _heads(now.attendance),
        _came(present, roster),
    ]
    return [_row("present", _("Who came?"), words)]


def _came(present: Collection[int], roster: Mapping[int, str]) -> str:
    """How many of a roster came, and who did not."""
    absent = [name for pk, name in roster.items() if pk not in present]
    if not absent:
        return _("%(number)d, everybody") % {"number": len(present)}
    return _("%(number)d, without %(names)s") % {"number": len(present), "names": "、".join(absent)}


def _heads(number: int | None) -> str:
    return NOTHING if number is None else str(localize(number))


def _hours(seconds: int | None) -> str:
    return NOTHING if seconds is None else str(localize(round(seconds / SECONDS_IN_CLASS_HOUR, 2)))


def _row(field: str, label: object, words: list[str]) -> dict[str, str]:
    return {"field": field, "label": str(label), **dict(zip(SIDES, words, strict=True))}
