"""The step of a credit file: what was entered in error, or does not hold any more, is struck out and says why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Place, Step, register
from stewards.models import Penalty, Qualification

OF_PENALTIES = ("firm_id", "what", "authority", "document", "serious", "valid_from", "valid_to")
OF_QUALIFICATIONS = ("steward_id", "kind", "name", "issuer", "hours", "valid_from", "valid_to")


def _register(model: Any, power: str, verb: str, content: Sequence[str], related: Sequence[str] = ()) -> None:
    register(
        Flow(
            model=model,
            power=power,
            content=lambda row: {name: getattr(row, name) for name in content},
            place=lambda row: Place(row.firm.unit.division.path, row.firm.unit.division_id, firm_id=row.firm_id),
            related=("firm__unit__division", *related),
            steps={
                "void": Step(
                    _("Void"), [model.State.ON_RECORD], model.State.VOID, power, verb=verb, comment=True, danger=True
                )
            },
        )
    )


_register(Penalty, "stewards.credit", "decide", OF_PENALTIES)
_register(Qualification, "stewards", "enter", OF_QUALIFICATIONS, ("steward",))
