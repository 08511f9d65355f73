"""The step of a closure, and what a decision on one is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Place, Step, register
from stations.actions.closures import POWER
from stations.models import Closure

C = Closure.State

register(
    Flow(
        model=Closure,
        power=POWER,
        content=lambda one: {
            name: getattr(one, name) for name in ("station_id", "facility_id", "begins_on", "ends_on", "reason")
        },
        place=lambda one: Place(one.station.division.path, one.station.division_id, one.station_id),
        related=("station__division", "station__unit", "facility"),
        filed_by="filed_by",
        steps={
            "withdraw": Step(_("Withdraw the closure"), [C.FILED], C.WITHDRAWN, POWER, comment=True, danger=True),
        },
    )
)
