"""The sheet of a budget: what each purpose is given, and what the town has paid of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.exchange.paper.register import Paper, register
from stations.models import Budget


def sheet_of(budget: Budget) -> dict[str, object]:
    """Amounts in yuan."""
    lines = list(budget.lines.with_account())
    return {
        "lines": lines,
        "total": sum(line.amount for line in lines),
        "spent": sum(line.spent for line in lines),
        "left": sum(line.left for line in lines),
        "instalments": budget.instalments.with_payments(),
    }


register(
    Paper(
        code="budget-sheet",
        label=_("Budget and payments of a station"),
        model=Budget,
        power="stations.budgets",
        template="budget.html",
        context=sheet_of,
        related=("station__unit", "station__division"),
        order=("-year", "station__division__code", "-revision", "-pk"),
        beside=lambda budget: budget.get_state_display(),
    )
)
