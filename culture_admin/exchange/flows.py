"""The steps of an import, and of a document's number."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.exchange.models import DocumentNumber, Import
from culture_admin.exchange.paper.numbers import of_other_unit
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
            "undo": Step(
                pgettext_lazy("an import", "Undo"), ["applied"], "undone", "exchange", verb="propose", danger=True
            ),
        },
    )
)
register(
    Flow(
        model=DocumentNumber,
        power="documents",
        content=lambda number: {name: getattr(number, name) for name in ("register_id", "year", "serial", "title")},
        place=lambda number: Place(number.register.unit.division.path, number.register.unit.division_id),
        related=("register__unit__division",),
        steps={
            "void": Step(
                _("Void the number"),
                ["issued"],
                "void",
                "documents",
                comment=True,
                refuse=of_other_unit,
                danger=True,
            ),
        },
    )
)
