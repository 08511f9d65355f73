"""The one step of an officer's file and of a posting that was entered by mistake: void."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.officers import FILE, POWER
from stations.actions.representative import mind_representatives
from stations.actions.seats import take_offices
from stations.models import Officer, OfficerPosting, Post

F, V = Officer.State, OfficerPosting.State


def place_of(row: Officer | OfficerPosting) -> Place:
    return Place(row.station.division.path, row.station.division_id, row.station_id)


def still_in_use(officer: Officer, actor) -> Obstacle | None:
    """A file in which something stands is not struck out."""
    if officer.postings.exclude(state=V.VOID).exists():
        return Obstacle("has_postings", gettext("The officer has held posts; strike these out first."))
    if officer.cases.open().exists():
        return Obstacle("case_open", gettext("There is an open case about this officer already; it is decided first."))
    return None


def of_a_case(posting: OfficerPosting, actor) -> Obstacle | None:
    """What the bureau has decided is undone by a decision, not struck out."""
    if posting.made_by_id is None:
        return None
    return Obstacle("of_case", gettext("The posting was decided in a personnel case; it is ended by another one."))


def give_up_office(postings: list[OfficerPosting], actor, at: datetime) -> None:
    """With a posting that never was goes the office of the post."""
    take_offices(actor, [(posting, max(posting.valid_from, at.date())) for posting in postings])
    headed = {one.station_id: one.station for one in postings if one.post.kind == Post.Kind.HEAD}
    mind_representatives(list(headed.values()), at)


register(
    Flow(
        model=Officer,
        power=POWER,
        content=lambda officer: {name: getattr(officer, name) for name in FILE},
        place=place_of,
        related=("station__division", "station__unit", "user"),
        own_files=True,
        steps={"void": Step(_("Void"), [F.ON_FILE], F.VOID, POWER, comment=True, refuse=still_in_use, danger=True)},
    )
)
register(
    Flow(
        model=OfficerPosting,
        power=POWER,
        content=lambda posting: {
            name: getattr(posting, name)
            for name in ("officer_id", "post_id", "valid_from", "valid_to", "share", "acting")
        },
        place=place_of,
        related=("station__division", "station__unit", "officer__user", "post"),
        steps={
            "void": Step(
                _("Void"), [V.VALID], V.VOID, POWER, comment=True, refuse=of_a_case, after=give_up_office, danger=True
            )
        },
    )
)
