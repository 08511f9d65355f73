"""The steps of an alert on a service line: reached, and fallen below again. Both follow from what is delivered."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stewards.models import LineAlert

A = LineAlert.State
POWER = "stewards.deliveries"


def follows(alert: LineAlert, actor) -> Obstacle | None:
    """Nobody says so: it is counted."""
    return Obstacle("counted", gettext("This follows from what is delivered; nobody decides it."))


def alert_place(alert: LineAlert) -> Place:
    """Where the line is: at its station, if it has one, else in the county. It is the firm's in either case."""
    station, firm = alert.line.station, alert.contract.firm_id
    if station:
        return Place(station.division.path, station.division_id, station.pk, firm)
    return Place(alert.contract.place.path, alert.contract.place_id, None, firm)


register(
    Flow(
        model=LineAlert,
        power=POWER,
        content=lambda alert: {"line_id": alert.line_id, "level": alert.level},
        place=alert_place,
        related=("line__station__division", "contract__place"),
        steps={
            "leave": Step(pgettext_lazy("a level", "Fall below"), [A.REACHED], A.LEFT, POWER, refuse=follows),
        },
    )
)
