"""The register of what lies on the ground: each room says here what a change of boundaries does to its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from culture_admin.boundaries.land import Land
    from culture_admin.boundaries.shift import Shift

# What becomes of a row, by code; an effect without a word of its own is told by its code.
EFFECTS = {
    "moves": _("comes along"),
    "renamed": _("comes along, renamed"),
    "stays": _("stays as it is"),
    "merged": _("is merged"),
    "ends": _("ends"),
    "carried": _("goes over to the station it is merged into"),
    "cancelled": _("is cancelled"),
    "settled": _("is kept under the new division"),
    "shared": _("is shared out (estimate)"),
    "due": _("a duty begins"),
    "wound_up": _("stays; the head of the station it is merged into winds it up"),
    "stranded": _("stays with what has ended; settle it"),
}


class Touched(NamedTuple):
    """A row that a change touches: its key, its name, and what becomes of it (EFFECTS)."""

    pk: int
    text: str
    effect: str


@dataclass(frozen=True, eq=False)
class Reach:
    """A kind of row that changes of boundaries reach.

    touched(shift): the rows, as they are before the change. apply(shift, actor, at): does to them what `touched` says; after
    the divisions are written. latest(land): the day of the last thing recorded in the divisions concerned, over which no
    change is dated. models: whose rows these are. binding: another row among them makes a dry run stale; what changes from day to day is shown only.
    """

    code: str
    label: object
    touched: Callable[[Shift], Sequence[Touched]]
    apply: Callable[[Shift, object, datetime], None] = lambda shift, actor, at: None
    latest: Callable[[Land], date | None] = lambda land: None
    models: tuple[type[Model], ...] = ()
    binding: bool = False


REACH: dict[str, Reach] = {}


def register(reach: Reach) -> Reach:
    """Puts a kind of row into the register, in the order in which they are written; an app does this in its reach.py."""
    REACH[reach.code] = reach
    return reach
