"""The steps of a complaint: answered by the town, closed by the bureau."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.complaints import POWER, note_answered, note_closed, owe_again
from stations.models import Complaint

C = Complaint.State


def without_answer(complaint: Complaint, actor) -> Obstacle | None:
    """An answer says something, and to what outcome the town has come."""
    if complaint.answer and complaint.outcome:
        return None
    return Obstacle("answer_missing", gettext("Write the answer and choose the outcome first."))


register(
    Flow(
        model=Complaint,
        power=POWER,
        content=lambda one: {
            name: getattr(one, name)
            for name in ("station_id", "received_on", "channel", "about", "text", "answer", "outcome")
        },
        place=lambda one: Place(one.station.division.path, one.division_id, one.station_id),
        related=("station__division", "station__unit"),
        filed_by="recorded_by",
        steps={
            "answer": Step(
                _("Give the answer"),
                [C.RECEIVED, C.RETURNED],
                C.ANSWERED,
                POWER,
                verb="consent",
                refuse=without_answer,
                after=note_answered,
                waits=True,
            ),
            "close": Step(
                pgettext_lazy("a complaint", "Close"), [C.ANSWERED], C.CLOSED, POWER, after=note_closed, waits=True
            ),
            "return": Step(
                pgettext_lazy("a complaint", "Have it answered better"),
                [C.ANSWERED],
                C.RETURNED,
                POWER,
                comment=True,
                after=owe_again,
            ),
            "void": Step(_("Void"), [C.RECEIVED, C.RETURNED, C.ANSWERED], C.VOID, POWER, comment=True, danger=True),
        },
    )
)
