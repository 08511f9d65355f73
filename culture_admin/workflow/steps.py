"""What a flow is: the steps of a model, who may take them, and what stands in the way of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from culture_admin.accounts.powers import POWERS
from culture_admin.accounts.roles import Office, listed
from culture_admin.workflow.authority import Holders, Right, ask_about, nobody_for


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: its division now, its station's and firm's unit where it has them, and else whose it is.

    below: what becomes of it is news for everybody below that division.
    """

    path: str
    division_id: int
    station_id: int | None = None
    firm_id: int | None = None
    unit_id: int | None = None
    below: bool = False


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a step is refused: a stable code and a sentence for the reader."""

    code: str
    text: str


class Digest(str):
    """A value that a decision is about, such as a file or a sealed amount, of which only a hash is kept and compared."""

    __slots__ = ()


@dataclass(frozen=True)
class Step:
    """One way from states to a state.

    power, verb: the line of the matrix and the verb in it that opens the step.
    comment: a reason is required. asks: what the comment is asked by, where it is no reason but an opinion.
    refuse: a rule of the app about one record, asked after state and power.
    untimely: a rule about the day of the step: `untimely(record, day)`.
    after: what else is done in the same transaction, for the whole set: `after(objects, actor, at)`.
    waits: records in a source state are work in the inbox of whoever may take the step; or a Q that says which of them.
    awaited: what the inbox calls what waits, where the label speaks of one outcome of several, such as “Uphold”.
    concerns: whether a record's way leads over the step at all, where records of one model go different ways.
    place: where the step is taken, if elsewhere than the record lies, as a releasing town consents to a transfer.
    submits: hands the record over for decision. Who decides from then on is settled by it (workflow/authority.py), and it is
      refused where nobody could decide.
    """

    label: object
    sources: Sequence[str]
    target: str
    power: str
    verb: str = "decide"
    comment: bool = False
    asks: object = ""
    refuse: Callable[[models.Model, object], Obstacle | None] | None = None
    untimely: Callable[[Any, date], Obstacle | None] | None = None
    after: Callable[[list, object, object], None] | None = None
    waits: bool | models.Q = False
    awaited: object = ""
    danger: bool = False
    concerns: Callable[[Any], bool] = lambda record: True
    place: Callable[[Any], Place] | None = None
    submits: bool = False


@dataclass(frozen=True)
class Flow:
    """The steps of one model and what a decision on it is about.

    content: what a decision speaks of, by name and in a fixed order: the record's fields, what belongs to it besides, and
      the hashes of its files. labels: what names that are no fields are called.
    place: where a record lies; `related` are the joins that makes cheap.
    fetched: children of a record that content and rules look at; they are read for a whole set at once.
    files: why no file may be kept with a record any more; without it files are welcome in every state.
    filed_by: the field with the user who filed the record: he is asked to mend it, and where a power needs two persons he
      does not decide.
    struck: the states of a record that is struck out; nothing is owed about it any more.
    many: records come in such numbers that what waits is counted in the inbox, and not told one by one.
    """

    model: type[models.Model]
    power: str
    steps: dict[str, Step]
    content: Callable[[models.Model], Mapping[str, object]]
    place: Callable[[models.Model], Place]
    related: Sequence[str] = ()
    labels: Mapping[str, object] = field(default_factory=dict)
    fetched: Sequence[str | models.Prefetch] = ()
    files: Callable[[Any], Obstacle | None] | None = None
    filed_by: str = ""
    struck: Sequence[str] = ("void",)
    many: bool = False
    own_files: bool = False

    @cached_property
    def awaiting(self) -> frozenset[str]:
        """The states in which a record lies before somebody who is to decide on it."""
        deciding = (step for step in self.steps.values() if step.waits and step.verb in DECIDING)
        return frozenset(state for step in deciding for state in step.sources)


# The verbs of the matrix by which somebody says yes or no to what another has filed.
DECIDING = ("consent", "decide")
FLOWS: dict[type[models.Model], Flow] = {}


def register(flow: Flow) -> Flow:
    """Puts a flow into the register; an app does this once in its flows.py."""
    FLOWS[flow.model] = flow
    return flow


def flow_of(model: type[models.Model]) -> Flow | None:
    return FLOWS.get(model)


def content_hash(content: Mapping[str, object]) -> str:
    """SHA-256 over the values as text in their order, told apart by a separator that no text may contain."""
    return sha256("\x1f".join(map(plain, content.values())).encode()).hexdigest()


def record_of(user, kind: str | None, **key: object) -> models.Model | None:
    """The record of a kind, such as activity, as far as it has a flow, the user sees it and the kind has the key."""
    model: Any = next((model for model in FLOWS if model._meta.model_name == kind), None)
    if model is None or not all(hasattr(model, name) for name in key):
        return None
    return model.objects.visible_to(user).filter(**key).first()


def content_hashes(columns: Iterable[Sequence[object]]) -> list[str]:
    """The bulk form of `content_hash`: values given by column, in the same order."""
    texts = []
    for column in columns:
        written = {value: plain(value) for value in dict.fromkeys(column)}
        texts.append([written[value] for value in column])
    return [sha256("\x1f".join(row).encode()).hexdigest() for row in zip(*texts, strict=True)]


def obstacles(
    objects: Iterable[models.Model], step_name: str, actor, day: date | None = None
) -> dict[int, Obstacle | None]:
    """What stands in the way of the step on a day, by key; None where nothing does. Buttons and `perform` ask this alike."""
    records, day = list(objects), day or timezone.localdate()
    flow = FLOWS[type(records[0])] if records else None
    if flow and len(records) > 1 and flow.steps[step_name].submits:
        # At once for all records.
        holders_of(actor).learn(right for record in records for right in rights_ahead(flow, record, DECIDING))
    return {record.pk: _obstacle(record, step_name, actor, day) for record in records}


def office_for(record: models.Model, step: Step, actor) -> Office | None:
    """The office in which the actor takes the step."""
    return ask_about(record, _right(FLOWS[type(record)], step, record), actor).office


def rights_ahead(flow: Flow, record: models.Model, verbs: Sequence[str]) -> list[Right]:
    """What is done with one of `verbs` on the record's way, and where."""
    steps = (step for step in flow.steps.values() if step.verb in verbs and step.concerns(record))
    return list(dict.fromkeys(_right(flow, step, record) for step in steps))


def holders_of(actor) -> Holders:
    """Who holds which office, as far as this user's request has asked."""
    return vars(actor).setdefault("holders", Holders())


def forget_holders(actor) -> None:
    """Before something is filed it is asked anew who holds which office."""
    vars(actor).pop("holders", None)


def _obstacle(record: models.Model, step_name: str, actor, day: date) -> Obstacle | None:
    flow = FLOWS[type(record)]
    step = flow.steps[step_name]
    if not step.concerns(record):
        return Obstacle("not_its_way", _("A record of this kind does not go over this step."))
    if record.state not in step.sources:
        return _wrong_state(type(record), step_name, record.state, get_language())
    answer = ask_about(record, _right(flow, step, record), actor)
    if not answer:
        return Obstacle(answer.code, str(answer.text))
    filer = getattr(record, f"{flow.filed_by}_id") if flow.filed_by else None
    filed = filer is not None and filer in (actor.pk, answer.office.acting_for)
    if filed and step.verb in DECIDING and POWERS[step.power].two_persons:
        return Obstacle("self_approval", _("Nobody decides on what he filed himself, nor through a substitute."))
    refused = (step.refuse and step.refuse(record, actor)) or (step.untimely and step.untimely(record, day)) or None
    if refused or not step.submits:
        return refused
    nobody = nobody_for(rights_ahead(flow, record, DECIDING), actor, holders_of(actor))
    return Obstacle("no_decider", nobody) if nobody else None


def _right(flow: Flow, step: Step, record: models.Model) -> Right:
    return Right(step.power, step.verb, (step.place or flow.place)(record))


@cache
def _wrong_state(model: type[models.Model], step_name: str, state: str, language: str | None) -> Obstacle:
    """The same sentence for every record in the state; a list of fifty says it a hundred times and more."""
    labels = dict(model._meta.get_field("state").flatchoices)
    return Obstacle(
        "illegal_transition",
        _("The record is “%(state)s”; this step starts from: %(sources)s.")
        % {
            "state": labels.get(state, state),
            "sources": listed(labels[source] for source in FLOWS[model].steps[step_name].sources),
        },
    )


def plain(value: object) -> str:
    """A value of a content as the text that is hashed and kept."""
    return "" if value is None else str(value)
