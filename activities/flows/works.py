"""The steps of a work: proposed, on record, void."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activities.actions.deliveries import deliver
from activities.models import Work
from culture_admin.workflow.steps import Flow, Place, Step, register

W = Work.State

CONTENT = (
    "title", "kind", "genre_id", "station_id", "author", "team_id", "finished_on", "posting_id",
)  # fmt: skip


def work_content(work: Work) -> dict[str, object]:
    """What a decision on a work is about."""
    return {name: getattr(work, name) for name in CONTENT}


def settle(works: list[Work], actor, at) -> None:
    """A work that begins to count, or counts no more, changes what is done of a contract."""
    deliver(works, at=at)


register(
    Flow(
        model=Work,
        power="activities.works",
        content=work_content,
        place=lambda work: Place(work.station.division.path, work.division_id, work.station_id, work.firm_id),
        related=("station__division",),
        steps={
            "confirm": Step(_("Confirm"), [W.PROPOSED], W.RECORDED, "activities.works", after=settle, waits=True),
            "void": Step(
                _("Void"),
                [W.PROPOSED, W.RECORDED],
                W.VOID,
                "activities.works",
                comment=True,
                after=settle,
                danger=True,
            ),
        },
    )
)
