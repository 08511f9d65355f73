"""Who decides here, on what basis, and why a button is grey: what every page of a record says, made from the matrix."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy

from culture_admin.accounts.asking import ask
from culture_admin.accounts.powers import POWERS, VERBS, Power
from culture_admin.accounts.roles import Role, listed, role_names
from culture_admin.territory.models import Unit
from culture_admin.workflow.authority import seats_entrusted
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
# The verbs that do something, and what there is besides entering.
ACTING = ("decide", "consent", "propose")
OTHERS = ("consent", "be_told", "see")


@dataclass(frozen=True)
class Button:
    """A step as the page of a record shows it: open, or grey with the reason."""

    name: str
    step: Step
    obstacle: Obstacle | None

    @property
    def reason(self) -> str:
        return self.obstacle.text if self.obstacle else ""

    @property
    def is_for_later(self) -> bool:
        """Whether it only waits for another state: no button of now, and told apart from what somebody here may not."""
        return bool(self.obstacle) and self.obstacle.code == "illegal_transition"


def buttons_of(record: Model, user, steps: dict[str, Step] | None = None) -> list[Button]:
    """Every step of the record's flow: the open ones first, dangerous ones last of them; then the grey ones by their reason.

    What only waits for another state comes at the end.
    """
    flow = flow_of(type(record))
    steps = (flow.steps if flow else {}) if steps is None else steps
    found = [
        Button(name, step, obstacles([record], name, user)[record.pk])
        for name, step in steps.items()
        if step.concerns(record)
    ]
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
    others = _other_powers(flow, code, record) if flow else {}
    held = Held(record, flow.place(record), [code, *others]) if flow and record is not None else None
    elsewhere = [(names, _of_power(other, user, held)) for other, names in others.items()]
    refusal = "" if flow else _refusal(user, code, writers)
    return Explained(POWERS[code], code, _lines(code, user, held, flow, writers), elsewhere, refusal)


def _of_power(code: str, user, held: Held | None) -> Explained:
    return Explained(POWERS[code], code, _lines(code, user, held), [])


class Held:
    """The offices that decide about a record today, with their units: those it was filed with, else those that cover it."""

    def __init__(self, record: Model, place: Place, codes: Collection[str]):
        roles = {role for code in codes for verb in VERBS for role in POWERS[code].roles(verb)}
        (parties,) = parties_at([place], roles, timezone.localdate())
        self.record, self.seats = record, set(parties.holders)
        entrusted = {seat for code in codes for verb in VERBS for seat in seats_entrusted(record, code, verb)}
        self.named = Unit.objects.in_bulk({unit for _role, unit in self.seats | entrusted})

    def by(self, code: str, verb: str) -> str:
        """The offices that may, with their units, as text."""
        roles = POWERS[code].roles(verb)
        seats = seats_entrusted(self.record, code, verb) or {seat for seat in self.seats if seat[0] in roles}
        units = {role: sorted(unit for its, unit in seats if its == role) for role in Role}
        return listed(
            f"{role.label} · {listed(self.named[unit].name for unit in units[role])}" for role in Role if units[role]
        )


def _lines(code: str, user, held: Held | None, flow: Flow | None = None, writers: Collection[str] = ()) -> list[Line]:
    power = POWERS[code]
    if writers and flow is None:
        entering = frozenset().union(*(power.roles(verb) for verb in writers))
        asked = [(ENTERS, "", entering), *((VERB_LABELS[verb], verb, power.roles(verb)) for verb in OTHERS)]
    else:
        asked = [(label, verb, power.roles(verb)) for verb, label in VERB_LABELS.items()]
    return [_line(label, verb, roles, code, user, held) for label, verb, roles in asked if roles]


def _line(label: object, verb: str, roles: frozenset[str], code: str, user, held: Held | None) -> Line:
    acting = held if verb in ACTING else None
    by = acting.by(code, verb) if acting else ""
    unheld = role_names(roles) if acting and not by else ""
    return Line(label, role_names(roles), bool(user.roles & roles), by, unheld)


def _other_powers(flow: Flow, code: str, record: Model | None) -> dict[str, str]:
    """The powers besides the flow's own that some of its steps stand under, each with the names of these steps."""
    found: dict[str, list[str]] = {}
    for step in flow.steps.values():
        if step.power != code and (record is None or step.concerns(record)):
            found.setdefault(step.power, []).append(str(step.label))
    return {power: listed(labels) for power, labels in found.items()}


def _refusal(user, code: str, writers: Collection[str]) -> str:
    answers = [ask(user.offices, code, verb) for verb in writers]
    return "" if not answers or any(answers) else str(answers[0].text)


def _order(button: Button) -> tuple:
    return (
        button.obstacle is not None,
        button.step.danger if not button.obstacle else False,
        button.is_for_later,
        button.reason,
    )


def whole_matrix(user) -> list[Explained]:
    """Every line of the matrix, in its order, as this reader reads it."""
    return [_of_power(code, user, None) for code in POWERS]
