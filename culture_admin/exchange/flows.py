"""The steps of an import."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.exchange.models import Import
from culture_admin.workflow.steps import Flow, Place, Step, register

register(
    Flow(
        model=Import,
        power="exchange",
        content=lambda batch: {
            "kind": batch.kind,
            "unit_id": batch.unit_id,
            "sha256": batch.sha256,
            "answers": sorted(batch.answers.items()),
        },
        place=lambda batch: Place(batch.unit.division.path, batch.unit.division_id, batch.unit_id),
        related=("unit__division",),
        filed_by="created_by",
        steps={
            "apply": Step(_("Apply"), ["previewed"], "applied", "exchange", verb="propose"),
            "undo": Step(_("Undo"), ["applied"], "undone", "exchange", verb="propose", danger=True),
        },
    )
)
