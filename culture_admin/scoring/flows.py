"""The steps of a scheme: drawn up and handed over by a section, published by the bureau's leader, replaced by another edition."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.scoring.actions import POWER, publish, refuse_unfinished
from culture_admin.scoring.models import Scheme
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register

S = Scheme.State
DECIDED = (
    "name_zh", "subject", "year", "edition", "document", "document_on", "total", "decimals", "known", "spread",
    "publicity", "sample", "body",
)  # fmt: skip


def content(scheme: Scheme) -> dict[str, object]:
    """What is decided on: everything a score follows from."""
    return {name: getattr(scheme, name) for name in DECIDED}


def only_by_edition(scheme: Scheme, actor) -> Obstacle | None:
    return Obstacle("only_by_edition", gettext("A published scheme is replaced when another edition is published."))


register(
    Flow(
        model=Scheme,
        power=POWER,
        content=content,
        place=lambda scheme: Place(scheme.place.path, scheme.place_id, below=scheme.state in Scheme.ONCE_PUBLISHED),
        related=("place",),
        filed_by="filed_by",
        steps={
            "propose": Step(
                pgettext_lazy("a scheme", "Hand over"),
                [S.DRAFT],
                S.PROPOSED,
                POWER,
                verb="propose",
                refuse=refuse_unfinished,
                submits=True,
            ),
            "publish": Step(
                pgettext_lazy("a scheme", "Publish"),
                [S.PROPOSED],
                S.PUBLISHED,
                POWER,
                refuse=refuse_unfinished,
                after=publish,
                waits=True,
            ),
            "return": Step(_("Return"), [S.PROPOSED], S.DRAFT, POWER, comment=True),
            "supersede": Step(
                pgettext_lazy("a scheme", "Replace"), [S.PUBLISHED], S.SUPERSEDED, POWER, refuse=only_by_edition
            ),
            "withdraw": Step(_("Withdraw"), [S.PUBLISHED], S.WITHDRAWN, POWER, comment=True, danger=True),
            "void": Step(_("Void"), [S.DRAFT], S.VOID, POWER, verb="propose", comment=True, danger=True),
        },
    )
)
