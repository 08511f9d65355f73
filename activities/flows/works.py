"""The steps of a work: proposed, on record, void."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activities.models import Work
from culture_admin.workflow.steps import Flow, Place, Step, register

W = Work.State


def work_content(work: Work) -> tuple:
    """What a decision on a work is about."""
    return (
        work.title,
        work.kind,
        work.genre_id,
        work.station_id,
        work.author,
        work.team_id,
        work.finished_on,
        work.posting_id,
    )


register(
    Flow(
        model=Work,
        power="activities.works",
        content=work_content,
        place=lambda work: Place(work.station.division.path, work.division_id, work.station_id, work.firm_id),
        related=("station__division",),
        steps={
            "confirm": Step(_("Confirm"), [W.PROPOSED], W.RECORDED, "activities.works", waits=True),
            "void": Step(_("Void"), [W.PROPOSED, W.RECORDED], W.VOID, "activities.works", comment=True, danger=True),
        },
    )
)
