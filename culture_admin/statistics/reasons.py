"""Why rows do not count: their state and who decided on it, their dates, or what only their own app knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from culture_admin.statistics.register import Events, Fact, Levels
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import flow_of

# Reasons besides the states.
NOT_RECORDED, AHEAD = "not_recorded", "ahead"


class Reason(NamedTuple):
    """A short code, such as a state, and a sentence in the reader's language."""

    code: str
    text: str


class Reasons:
    """Of the rows of one fact. Who decided is told to those who may see the decision; without a user to whoever computes."""

    def __init__(self, fact: Fact, user: Any):
        self.fact, self.user = fact, user
        lookup = fact.state if isinstance(fact, Events) else "state"
        # Where the state is that of another record, such as the budget of a line: how to get there.
        self.owner, _dots, self.field = lookup.rpartition("__")

    def not_recorded(self, rows: Sequence[Model], column: str) -> dict[int, Reason]:
        """Rows that would count, and have nothing in the column that is summed."""
        names = {field.name: field.verbose_name for field in self.fact.model._meta.concrete_fields}
        text = _("It counts, but nothing is recorded under “%(field)s”.") % {"field": names.get(column, column)}
        if column not in names:
            text = _("It counts, but what is added up is not recorded in it.")
        return {row.pk: Reason(NOT_RECORDED, text) for row in rows}

    def of_states(self, rows: Sequence[Any]) -> dict[int, Reason]:
        """Events in a state that does not count; what is in one that does lies ahead."""
        assert isinstance(self.fact, Events)
        counted, decided = self.fact.counted, self._decisions(rows)
        ahead = Reason(AHEAD, _("Its day is not over yet."))
        return {
            row.pk: ahead if self._state(row) in counted or not self.field else self._said(row, decided) for row in rows
        }

    def of_levels(self, rows: Sequence[Any], day: date) -> dict[int, Reason]:
        """Rows that are not in force on the day: void, over, not begun, or as their app says."""
        assert isinstance(self.fact, Levels)
        known = self.fact.why(rows, day) if self.fact.why and rows else {}
        has_state = any(field.name == "state" for field in self.fact.model._meta.concrete_fields)
        flow = flow_of(self.fact.model)
        struck = flow.struck if flow else ("void",)
        decided = self._decisions(rows) if has_state else {}
        found = {}
        for row in rows:
            dates = _by_dates(row, day)
            if has_state and row.state in struck:
                found[row.pk] = self._said(row, decided)
            elif row.pk in known:
                code, text = known[row.pk]
                found[row.pk] = Reason(code, str(text))
            elif dates or not has_state:
                found[row.pk] = dates or Reason("not_in_force", _("It is not in force on the day."))
            else:
                found[row.pk] = self._said(row, decided)
        return found

    def _bearer(self, row: Any) -> Any:
        """The record whose state it is."""
        for name in self.owner.split("__") if self.owner else ():
            row = getattr(row, name)
        return row

    def _state(self, row: Any) -> str:
        return getattr(self._bearer(row), self.field) if self.field else ""

    def _said(self, row: Any, decided: Mapping[int, Decision]) -> Reason:
        bearer = self._bearer(row)
        state = getattr(bearer, self.field)
        labels = dict(bearer._meta.get_field(self.field).flatchoices)
        words = {"state": labels.get(state, state)}
        decision = decided.get(bearer.pk)
        if decision is None:
            return Reason(state, _("State: %(state)s.") % words)
        words |= {"who": decision.actor_text or _("the system"), "day": date_format(localtime(decision.at), "Y-m-d")}
        if decision.comment:
            return Reason(
                state,
                _("State: %(state)s, by %(who)s on %(day)s: %(comment)s") % {**words, "comment": decision.comment},
            )
        return Reason(state, _("State: %(state)s, by %(who)s on %(day)s.") % words)

    def _decisions(self, rows: Sequence[Any]) -> dict[int, Decision]:
        """The last decision on each record that led to the state it is in."""
        bearers = [self._bearer(row) for row in rows] if self.field else []
        if not bearers:
            return {}
        states = {bearer.pk: getattr(bearer, self.field) for bearer in bearers}
        made = Decision.objects.filter(
            subject_type=ContentType.objects.get_for_model(type(bearers[0])), subject_id__in=states
        )
        if self.user is not None:
            made = made.visible_to(self.user)
        last = made.order_by("subject_id", "-id").distinct("subject_id")
        return {decision.subject_id: decision for decision in last if decision.to_state == states[decision.subject_id]}


def _by_dates(row: Any, day: date) -> Reason | None:
    since, until = getattr(row, "valid_from", None), getattr(row, "valid_to", None)
    if since and since > day:
        return Reason("not_yet", _("It begins on %(day)s.") % {"day": date_format(since, "Y-m-d")})
    if until and until <= day:
        return Reason("ended", _("It ended on %(day)s.") % {"day": date_format(until, "Y-m-d")})
    return None
