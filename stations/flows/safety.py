"""The step of a safety check: what was entered in error is struck out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Place, Step, register
from stations.actions.safety import POWER, drop_findings
from stations.models import SafetyCheck

S = SafetyCheck.State


def check_content(check: SafetyCheck) -> dict[str, object]:
    """What the check says, thing by thing."""
    said = {name: getattr(check, name) for name in ("station_id", "checked_on", "by", "checker", "note")}
    return said | {item.item: f"{item.result} {item.remark}".strip() for item in check.items.all()}


register(
    Flow(
        model=SafetyCheck,
        power=POWER,
        content=check_content,
        place=lambda check: Place(check.station.division.path, check.division_id, check.station_id),
        related=("station__division", "station__unit"),
        fetched=("items",),
        filed_by="recorded_by",
        steps={
            "void": Step(_("Void"), [S.VALID], S.VOID, POWER, comment=True, after=drop_findings, danger=True),
        },
    )
)
