"""What a flow is: the steps of a model, who may take them, and what stands in the way of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import ask
from culture_admin.accounts.powers import POWERS
from culture_admin.accounts.roles import Office


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: its division now, and its station's and firm's unit where it has them."""

    path: str
    division_id: int
    station_id: int | None = None
    firm_id: int | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a step is refused: a stable code and a sentence for the reader."""

    code: str
    text: str


@dataclass(frozen=True)
class Step:
    """One way from states to a state.

    power, verb: the line of the matrix and the verb in it that opens the step.
    comment: a reason is required.
    refuse: a rule of the app about one record, asked after state and power.
    after: what else is done in the same transaction, for the whole set: `after(objects, actor, at)`.
    waits: records in a source state are work in the inbox of whoever may take the step.
    """

    label: object
    sources: Sequence[str]
    target: str
    power: str
    verb: str = "decide"
    comment: bool = False
    refuse: Callable[[models.Model, object], Obstacle | None] | None = None
    after: Callable[[list, object, object], None] | None = None
    waits: bool = False
    danger: bool = False


@dataclass(frozen=True)
class Flow:
    """The steps of one model and what a decision on it is about.

    content: the fields a decision speaks of, as plain values in a fixed order.
    place: where a record lies; `related` are the joins that makes cheap.
    filed_by: the field with the user who filed the record: he is asked to mend it, and where a power needs two persons he
      does not decide.
    """

    model: type[models.Model]
    power: str
    steps: dict[str, Step]
    content: Callable[[models.Model], Sequence[object]]
    place: Callable[[models.Model], Place]
    related: Sequence[str] = ()
    filed_by: str = ""


FLOWS: dict[type[models.Model], Flow] = {}


def register(flow: Flow) -> Flow:
    """Puts a flow into the register; an app does this once in its flows.py."""
    FLOWS[flow.model] = flow
    return flow


def flow_of(model: type[models.Model]) -> Flow | None:
    return FLOWS.get(model)


def content_hash(values: Sequence[object]) -> str:
    """SHA-256 over the values as text, told apart by a separator that no text may contain."""
    return sha256("\x1f".join(map(_plain, values)).encode()).hexdigest()


def content_hashes(columns: Iterable[Sequence[object]]) -> list[str]:
    """The bulk form of `content_hash`: values given by column, in the same order."""
    texts = []
    for column in columns:
        written = {value: _plain(value) for value in dict.fromkeys(column)}
        texts.append([written[value] for value in column])
    return [sha256("\x1f".join(row).encode()).hexdigest() for row in zip(*texts, strict=True)]


def obstacles(objects: Iterable[models.Model], step_name: str, actor) -> dict[int, Obstacle | None]:
    """What stands in the way of the step, by key; None where nothing does. Buttons and `perform` ask this alike."""
    return {record.pk: _obstacle(record, step_name, actor) for record in objects}


def office_for(record: models.Model, step: Step, actor) -> Office | None:
    """The office in which the actor takes the step."""
    flow = FLOWS[type(record)]
    place = flow.place(record)
    return ask(actor.offices, step.power, step.verb, path=place.path, unit_id=place.firm_id).office


def _obstacle(record: models.Model, step_name: str, actor) -> Obstacle | None:
    flow = FLOWS[type(record)]
    step = flow.steps[step_name]
    if record.state not in step.sources:
        return _wrong_state(type(record), step_name, record.state, get_language())
    place = flow.place(record)
    answer = ask(actor.offices, step.power, step.verb, path=place.path, unit_id=place.firm_id)
    if not answer:
        return Obstacle(answer.code, str(answer.text))
    filer = getattr(record, f"{flow.filed_by}_id") if flow.filed_by else None
    # To withdraw what one has filed is no decision on it.
    decides = step.verb != "propose"
    if decides and POWERS[step.power].two_persons and filer in (actor.pk, answer.office.acting_for):
        return Obstacle("self_approval", _("Nobody decides on what he filed himself, nor through a substitute."))
    return step.refuse(record, actor) if step.refuse else None


@cache
def _wrong_state(model: type[models.Model], step_name: str, state: str, language: str | None) -> Obstacle:
    """The same sentence for every record in the state; a list of fifty says it a hundred times and more."""
    labels = dict(model._meta.get_field("state").flatchoices)
    return Obstacle(
        "illegal_transition",
        _("The record is “%(state)s”; this step starts from: %(sources)s.")
        % {
            "state": labels.get(state, state),
            "sources": "、".join(str(labels[source]) for source in FLOWS[model].steps[step_name].sources),
        },
    )


def _plain(value: object) -> str:
    return "" if value is None else str(value)
