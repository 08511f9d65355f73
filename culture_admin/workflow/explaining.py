"""Who decides here, on what basis, and why a button is grey: what every page of a record says, made from the matrix."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy

from culture_admin.accounts.asking import ask
from culture_admin.accounts.powers import POWERS, VERBS, Power
from culture_admin.accounts.roles import Role, listed, role_names
from culture_admin.territory.models import Unit
from culture_admin.workflow.parties import parties_at
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, flow_of, obstacles

VERB_LABELS = {
    "decide": gettext_lazy("Decides"),
    "consent": gettext_lazy("Consents"),
    "propose": gettext_lazy("Proposes"),
    "be_told": gettext_lazy("Is told"),
    "see": gettext_lazy("Sees"),
}
ENTERS = gettext_lazy("Enters and changes")


@dataclass(frozen=True)
class Button:
    """A step as the page of a record shows it: open, or grey with the reason."""

    name: str
    step: Step
    obstacle: Obstacle | None

    @property
    def reason(self) -> str:
        return self.obstacle.text if self.obstacle else ""


def buttons_of(record: Model, user, steps: dict[str, Step] | None = None) -> list[Button]:
    """Every step of the record's flow: the open ones first, dangerous ones last of them; then the grey ones by their reason.

    What only waits for another state comes at the end.
    """
    flow = flow_of(type(record))
    steps = (flow.steps if flow else {}) if steps is None else steps
    found = [Button(name, step, obstacles([record], name, user)[record.pk]) for name, step in steps.items()]
    return sorted(found, key=_order)


def grey(buttons: Sequence[Button]) -> list[tuple[str, list[Button]]]:
    """The grey buttons by their reason, each reason once."""
    shut = [button for button in buttons if button.obstacle]
    return [(reason, list(alike)) for reason, alike in groupby(shut, key=lambda button: button.reason)]


@dataclass(frozen=True)
class Line:
    """One verb of a power: who has it, whether the reader is one of them, and which of these offices nobody holds here."""

    label: object
    roles: str
    mine: bool
    held_by: str = ""
    unheld: str = ""


@dataclass(frozen=True)
class Explained:
    """What a page says of a power: `lines` by verb, and of a flow the steps that stand under a power of their own."""

    power: Power
    code: str
    lines: list[Line]
    elsewhere: list[tuple[str, Explained]]
    refusal: str = ""

    @cached_property
    def two_persons(self) -> bool:
        return self.power.two_persons


def explain(
    user, model: type[Model], record: Model | None = None, *, power: str = "", writers: Collection[str] = ()
) -> Explained:
    """Who decides about records of a model, or about this one.

    power, writers: of a model without a flow, the line of the matrix and the verbs of it that enter and change.
    """
    flow = flow_of(model)
    code = power or (flow.power if flow else model.scope.power)
    place = flow.place(record) if flow and record is not None else None
    others = _other_powers(flow, code) if flow else {}
    held = _held(place, [code, *others]) if place else None
    elsewhere = [(names, _of_power(other, user, held)) for other, names in others.items()]
    refusal = "" if flow else _refusal(user, code, writers)
    return Explained(POWERS[code], code, _lines(code, user, held, flow, writers), elsewhere, refusal)


def _of_power(code: str, user, held: Held | None) -> Explained:
    return Explained(POWERS[code], code, _lines(code, user, held), [])


class Held:
    """The offices that cover a place and are held by somebody, with the units they belong to."""

    def __init__(self, place: Place, codes: Collection[str], on: date):
        roles = {role for code in codes for verb in VERBS for role in POWERS[code].roles(verb)}
        (parties,) = parties_at([place], roles, on)
        self.units: dict[str, list[int]] = {}
        for role, unit_id in parties.holders:
            self.units.setdefault(role, []).append(unit_id)
        self.named = Unit.objects.in_bulk({unit for units in self.units.values() for unit in units})

    def by(self, roles: Collection[str]) -> str:
        """The offices with their units, as text."""
        return listed(
            f"{role.label} · {listed(self.named[unit].name for unit in self.units[role])}"
            for role in Role
            if role in roles and role in self.units
        )

    def by_nobody(self, roles: Collection[str]) -> str:
        """Where nobody at all can act here: the offices of which one would have to be held."""
        return "" if any(role in self.units for role in roles) else role_names(roles)


def _held(place: Place, codes: Collection[str]) -> Held:
    return Held(place, codes, timezone.localdate())


def _lines(code: str, user, held: Held | None, flow: Flow | None = None, writers: Collection[str] = ()) -> list[Line]:
    power, mine = POWERS[code], user.roles
    asked = [(VERB_LABELS[verb], power.roles(verb)) for verb in VERB_LABELS]
    if writers and flow is None:
        entering = frozenset().union(*(power.roles(verb) for verb in writers))
        asked = [(ENTERS, entering), (VERB_LABELS["consent"], power.consent), *asked[3:]]
    acting = [label for label, _roles in asked[:3]]
    return [
        Line(
            label,
            role_names(roles),
            bool(mine & roles),
            held.by(roles) if held and label in acting else "",
            held.by_nobody(roles) if held and label in acting else "",
        )
        for label, roles in asked
        if roles
    ]


def _other_powers(flow: Flow, code: str) -> dict[str, str]:
    """The powers besides the flow's own that some of its steps stand under, each with the names of these steps."""
    found: dict[str, list[str]] = {}
    for step in flow.steps.values():
        if step.power != code:
            found.setdefault(step.power, []).append(str(step.label))
    return {power: listed(labels) for power, labels in found.items()}


def _refusal(user, code: str, writers: Collection[str]) -> str:
    answers = [ask(user.offices, code, verb) for verb in writers]
    return "" if not answers or any(answers) else str(answers[0].text)


def _order(button: Button) -> tuple:
    state_only = bool(button.obstacle) and button.obstacle.code == "illegal_transition"
    return (
        button.obstacle is not None,
        button.step.danger if not button.obstacle else False,
        state_only,
        button.reason,
    )


def whole_matrix(user) -> list[Explained]:
    """Every line of the matrix, in its order, as this reader reads it."""
    return [_of_power(code, user, None) for code in POWERS]
