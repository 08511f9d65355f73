"""The steps of a case to use money for another purpose."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.purposes import POWER, left_of, too_much_text
from stations.models import Budget, PurposeChange

P = PurposeChange.State


def purpose_change_content(change: PurposeChange) -> dict[str, object]:
    """What is decided on."""
    named = ("station_id", "budget_id", "from_purpose", "to_purpose", "amount", "reason", "document")
    return {name: getattr(change, name) for name in named}


def refuse_spent(change: PurposeChange, actor) -> Obstacle | None:
    """The budget has been revised since, or the money is spent."""
    if change.budget.state != Budget.State.COMMITTED:
        return Obstacle("outrun", gettext("The budget was revised since; a revision states its purposes anew."))
    left = left_of(change)
    return Obstacle("amount_exceeded", too_much_text(change, left)) if change.amount > left else None


register(
    Flow(
        model=PurposeChange,
        power=POWER,
        content=purpose_change_content,
        place=lambda change: Place(change.station.division.path, change.station.division_id, change.station_id),
        related=("station__division", "station__unit", "budget"),
        filed_by="filed_by",
        steps={
            "approve": Step(_("Approve"), [P.PROPOSED], P.APPROVED, POWER, refuse=refuse_spent, waits=True),
            "refuse": Step(_("Refuse"), [P.PROPOSED], P.REFUSED, POWER, comment=True),
            "withdraw": Step(
                _("Withdraw"), [P.PROPOSED], P.WITHDRAWN, POWER, verb="propose", comment=True, danger=True
            ),
        },
    )
)
