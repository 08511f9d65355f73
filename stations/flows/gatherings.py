"""The steps that trainings and meetings have alike: planned, held, confirmed; cancelled, void."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Obstacle, Place, Step
from stations.models import Gathering

G = Gathering.State


def place_of(gathering: Gathering) -> Place:
    """A gathering lies in its county and belongs to the unit that holds it; all towns and stations hear of it."""
    return Place(gathering.county.path, gathering.county_id, unit_id=gathering.unit_id, below=True)


def when_and_where(gathering: Gathering) -> dict[str, object]:
    """What a decision on a gathering is about at least."""
    named = ("title", "begins_on", "ends_on", "begins_time", "ends_time", "place", "document_no")
    return {name: getattr(gathering, name) for name in named}


def refuse_to_come(gathering: Gathering, day: date) -> Obstacle | None:
    """What is to come was not held."""
    if gathering.begins_on <= day:
        return None
    return Obstacle("in_the_future", gettext("It is only on %(day)s.") % {"day": gathering.begins_on})


def steps_of(power: str, refuse_incomplete: Callable, after_void: Callable | None = None) -> dict[str, Step]:
    """The steps under a line of the matrix. refuse_incomplete: what must be there before it is confirmed."""
    return {
        "hold": Step(_("Mark as held"), [G.PLANNED], G.HELD, power, untimely=refuse_to_come),
        "confirm": Step(_("Confirm"), [G.HELD], G.CONFIRMED, power, refuse=refuse_incomplete, waits=True),
        "reopen": Step(_("Reopen"), [G.CONFIRMED], G.HELD, power, comment=True),
        "cancel": Step(_("Cancel"), [G.PLANNED], G.CANCELLED, power, comment=True, after=after_void),
        "void": Step(_("Void"), [G.HELD, G.CONFIRMED], G.VOID, power, comment=True, danger=True, after=after_void),
    }
