"""The steps of a budget: the bureau consents to what takes away, the town commits itself."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.budgets import POWER, put_in_force, supersede_former
from stations.actions.plans import Plan
from stations.models import Budget

B = Budget.State


def budget_content(budget: Budget) -> dict[str, object]:
    """What is decided on: every line and every instalment."""
    plan = Plan.of_budget(budget)
    return {
        **{name: getattr(budget, name) for name in ("station_id", "year", "revision", "document", "reason")},
        "lines": plan.lines,
        "instalments": plan.instalments,
    }


def refuse_outrun(budget: Budget, actor) -> Obstacle | None:
    """Another revision has come into force since this one was filed."""
    former = Budget.objects.committed().of(budget.station, budget.year).first()
    if (former.revision if former else -1) < budget.revision:
        return None
    text = gettext("Revision %(number)d has come into force since; file this one anew.")
    return Obstacle("outrun", text % {"number": former.revision if former else 0})


def only_by_revision(budget: Budget, actor) -> Obstacle | None:
    return Obstacle(
        "only_by_revision", gettext("A budget in force is replaced when its revision is committed; file one.")
    )


def commit(budgets: list[Budget], actor, at) -> None:
    supersede_former(budgets, actor, at)
    put_in_force(budgets, at)


register(
    Flow(
        model=Budget,
        power=POWER,
        content=budget_content,
        labels={"lines": _("Budget lines"), "instalments": _("Instalments")},
        place=lambda budget: Place(budget.station.division.path, budget.division_id, budget.station_id),
        related=("station__division", "station__unit"),
        filed_by="filed_by",
        steps={
            "consent": Step(
                _("Consent to what is taken away"), [B.AWAITING], B.PROPOSED, POWER, verb="consent", waits=True
            ),
            "object": Step(_("Refuse consent"), [B.AWAITING], B.RETURNED, POWER, verb="consent", comment=True),
            "commit": Step(
                _("Commit"), [B.PROPOSED], B.COMMITTED, POWER, refuse=refuse_outrun, after=commit, waits=True
            ),
            "return": Step(_("Return"), [B.PROPOSED], B.RETURNED, POWER, comment=True),
            "withdraw": Step(
                _("Withdraw"), [B.PROPOSED, B.AWAITING], B.WITHDRAWN, POWER, verb="propose", comment=True, danger=True
            ),
            "supersede": Step(_("Replace"), [B.COMMITTED], B.SUPERSEDED, POWER, refuse=only_by_revision),
        },
    )
)
