"""The step of a target: what does not hold any more is withdrawn."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.actions import POWER
from culture_admin.statistics.models import Target
from culture_admin.statistics.snapshots import plain
from culture_admin.territory.models import Level
from culture_admin.workflow.steps import Flow, Place, Step, register

T = Target.State


def content(target: Target) -> dict[str, object]:
    """What is set, written in one way however it was read."""
    narrowed = "; ".join(f"{name}={value}" for name, value in sorted(target.where.items()))
    named = {name: getattr(target, name) for name in ("station_id", "metric", "year", "source")}
    return {**named, "number": plain(target.number), "where": narrowed}


register(
    Flow(
        model=Target,
        power=POWER,
        content=content,
        # What is set for a whole county is not seen by its towns, and they are not told of it.
        place=lambda target: Place(
            target.place.path,
            target.place_id,
            target.station_id,
            below=target.place.level in (Level.TOWN, Level.VILLAGE),
        ),
        related=("place", "station"),
        struck=(T.WITHDRAWN,),
        steps={"withdraw": Step(_("Withdraw"), [T.SET], T.WITHDRAWN, POWER, comment=True, danger=True)},
    )
)
