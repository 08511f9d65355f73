"""The steps of a monthly return: the head answers for the month, the bureau closes it."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.actions.months import file_figures, owe_again, refuse_changed
from activities.models import MonthlyReturn
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register

M = MonthlyReturn.State


def refuse_empty(one: MonthlyReturn, actor) -> Obstacle | None:
    """A month with nothing is confirmed as such, in so many words."""
    if happened(one):
        return None
    return Obstacle("nothing_happened", gettext("Nothing is logged in this month. Confirm that nothing took place."))


def refuse_eventful(one: MonthlyReturn, actor) -> Obstacle | None:
    """Where something is logged, also if it still waits, nobody says that nothing was."""
    if not happened(one):
        return None
    return Obstacle(
        "something_happened", gettext("Logs, courses or visits are entered in this month; it is not empty.")
    )


def happened(one: MonthlyReturn) -> bool:
    """What the door has asked together with the row, or asked now."""
    if "happened" not in vars(one):
        one.happened = MonthlyReturn.objects.with_happenings().get(pk=one.pk).happened
    return one.happened


def confirm_figures(returns: list[MonthlyReturn], actor, at) -> None:
    file_figures(returns, at, zero=False)


def confirm_zero(returns: list[MonthlyReturn], actor, at) -> None:
    file_figures(returns, at, zero=True)


register(
    Flow(
        model=MonthlyReturn,
        power="activities.returns",
        content=lambda one: {"station_id": one.station_id, "month": one.month},
        place=lambda one: Place(one.station.division.path, one.division_id, one.station_id),
        related=("station__division", "station__unit"),
        steps={
            "confirm": Step(
                _("Confirm the month"),
                [M.OPEN, M.CONTESTED, M.REOPENED],
                M.CONFIRMED,
                "activities.returns",
                verb="propose",
                refuse=refuse_empty,
                after=confirm_figures,
                waits=True,
            ),
            "confirm_zero": Step(
                _("Confirm that nothing took place"),
                [M.OPEN, M.CONTESTED, M.REOPENED],
                M.CONFIRMED,
                "activities.returns",
                verb="propose",
                refuse=refuse_eventful,
                after=confirm_zero,
            ),
            "contest": Step(
                _("Contest"), [M.OPEN, M.REOPENED], M.CONTESTED, "activities.returns", verb="propose", comment=True
            ),
            "close": Step(
                _("Close the month"),
                [M.CONFIRMED],
                M.CLOSED,
                "activities.returns",
                after=lambda returns, actor, at: refuse_changed(returns, at),
                waits=True,
            ),
            "reopen": Step(
                _("Reopen"),
                [M.CONFIRMED, M.CONTESTED, M.CLOSED],
                M.REOPENED,
                "activities.returns",
                comment=True,
                after=lambda returns, actor, at: owe_again(returns, at),
            ),
        },
    )
)
