"""Asking the matrix: may this office do that, and if not, who may, and on what basis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.powers import POWERS
from culture_admin.accounts.roles import Office, role_names


@dataclass(frozen=True, slots=True)
class Answer:
    """May he, and if not why: a stable code and a sentence in the reader's language."""

    allowed: bool
    code: str = ""
    text: object = ""
    office: Office | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        return self.allowed


class NotPermitted(PermissionDenied):
    """What the matrix refuses, with its code and its sentence."""

    def __init__(self, answer: Answer):
        super().__init__(answer.text)
        self.code = answer.code


def may(office: Office, power: str, verb: str) -> bool:
    """Whether the matrix gives this office this verb."""
    return office.role in POWERS[power].roles(verb)


def ask(offices: Iterable[Office], power: str, verb: str, *, path: str = "", unit_id: int | None = None) -> Answer:
    """Which of `offices` may `verb` in the power, at the place `path` and, for a firm, at its unit `unit_id`.

    The answer names the office; a refusal says who may instead and on what basis.
    """
    line = POWERS[power]
    named = [office for office in offices if office.role in line.roles(verb)]
    for office in named:
        # A firm is no branch of the tree: it acts where its own people are, not wherever its division reaches.
        covers = office.unit_id == unit_id if office.unit_kind == "firm" else path.startswith(office.path)
        if covers or not path:
            return Answer(True, office=office)
    if named:
        return Answer(
            False, "outside_territory", _("Your office covers another place. (%(power)s)") % {"power": line.label}
        )
    who = role_names(line.roles(verb))
    text = _("%(power)s: this is for %(who)s. Basis: %(basis)s.")
    if verb == "see":
        text = _("%(power)s: this is seen by %(who)s. Basis: %(basis)s.")
    return Answer(False, "not_your_power", text % {"power": line.label, "who": who, "basis": line.basis})


def ask_unit(offices: Iterable[Office], power: str, unit_id: int) -> Answer:
    """Whether one of `offices` may propose in the power for the unit: a unit answers for itself, nobody above it does."""
    named = [office for office in offices if may(office, power, "propose")]
    own = next((office for office in named if office.unit_id == unit_id), None)
    if own:
        return Answer(True, office=own)
    if named:
        return Answer(False, "other_unit", _("This is asked of another unit; each unit answers for itself."))
    return ask([], power, "propose")


def require_unit(actor, power: str, unit_id: int) -> Office:
    """The office in which the actor answers for the unit. Raises PermissionDenied."""
    answer = ask_unit(actor.offices, power, unit_id)
    if answer.office is None:
        raise NotPermitted(answer)
    return answer.office


def require_of(actor, power: str, *verbs: str, path: str = "", unit_id: int | None = None) -> None:
    """Asks the matrix in the name of a verb; without an actor it is the system itself, a command or the demo."""
    if actor is not None:
        require(actor.offices, power, verbs or ("decide",), path=path, unit_id=unit_id)


def require(
    offices: Sequence[Office], power: str, verbs: Sequence[str], *, path: str = "", unit_id: int | None = None
) -> tuple[Office, str]:
    """The office that has the first of `verbs` anybody of `offices` has, and that verb. Raises PermissionDenied."""
    answers = [ask(offices, power, verb, path=path, unit_id=unit_id) for verb in verbs]
    for answer, verb in zip(answers, verbs, strict=True):
        if answer.office:
            return answer.office, verb
    raise NotPermitted(answers[-1])
