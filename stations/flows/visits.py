"""The steps of a visit day: planned, logged, confirmed by the station; returned, void."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.visits import POWER, is_own
from stations.models import PairingVisit

V = PairingVisit.State


def visit_content(visit: PairingVisit) -> dict[str, object]:
    """What a decision on a visit day is about."""
    named = ("backbone_id", "station_id", "on", "part", "summary")
    return {
        **{name: getattr(visit, name) for name in named},
        "tasks": ",".join(visit.tasks),
        "activities": ",".join(map(str, visit.activities)),
    }


def refuse_anothers(visit: PairingVisit, actor) -> Obstacle | None:
    """Each logs, mends and takes back his own days."""
    if is_own(actor, visit):
        return None
    text = gettext("These are the days of %(person)s; each logs his own.") % {"person": visit.backbone}
    return Obstacle("other_person", text)


def refuse_to_come(visit: PairingVisit, day: date) -> Obstacle | None:
    """What is still to come is confirmed by nobody."""
    if visit.on <= day:
        return None
    return Obstacle("in_the_future", gettext("It is only on %(day)s.") % {"day": visit.on})


register(
    Flow(
        model=PairingVisit,
        power=POWER,
        content=visit_content,
        place=lambda visit: Place(visit.station.division.path, visit.division_id, visit.station_id),
        related=("station__division", "backbone"),
        filed_by="recorded_by",
        own_files=True,
        steps={
            "confirm": Step(_("Confirm"), [V.LOGGED], V.CONFIRMED, POWER, untimely=refuse_to_come, waits=True),
            "return": Step(_("Return"), [V.LOGGED, V.CONFIRMED], V.RETURNED, POWER, comment=True),
            "resubmit": Step(
                _("Submit again"), [V.RETURNED], V.LOGGED, POWER, verb="propose", refuse=refuse_anothers, waits=True
            ),
            "withdraw": Step(
                pgettext_lazy("a record", "Take back"),
                [V.PLANNED, V.LOGGED, V.RETURNED],
                V.VOID,
                POWER,
                verb="propose",
                refuse=refuse_anothers,
                danger=True,
            ),
            "void": Step(_("Void"), [V.LOGGED, V.CONFIRMED], V.VOID, POWER, comment=True, danger=True),
        },
    )
)
