"""The step of grades and titles: what was entered in error is struck out."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Place, Step, register
from stations.actions.standing import POWER, take_up_before
from stations.models import Grading, Title
from stations.models.standing import Awarded

OF_GRADINGS = ("station_id", "grade", "valid_from", "document")
OF_TITLES = ("station_id", "title", "year", "issuer", "document", "valid_from")


def _register(model: type[Awarded], content: tuple[str, ...], after: Callable | None = None) -> None:
    register(
        Flow(
            model=model,
            power=POWER,
            content=lambda row: {name: getattr(row, name) for name in content},
            place=lambda row: Place(row.station.division.path, row.station.division_id, row.station_id),
            related=("station__division", "station__unit"),
            steps={
                "void": Step(
                    _("Void"),
                    [Awarded.State.VALID],
                    Awarded.State.VOID,
                    POWER,
                    comment=True,
                    after=after,
                    danger=True,
                )
            },
        )
    )


_register(Grading, OF_GRADINGS, take_up_before)
_register(Title, OF_TITLES)
