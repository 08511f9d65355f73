"""The sheet of a change of boundaries: what it does, by which document, and who has consented to it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.boundaries.models import BoundaryChange
from culture_admin.boundaries.serializers import told
from culture_admin.exchange.paper.register import Paper, register
from culture_admin.territory.models import Division
from culture_admin.workflow.models import Decision


def sheet_of(change: BoundaryChange) -> dict[str, object]:
    """The plan with the names of its divisions, what the last trial or the application said, and the decisions."""
    named = Division.objects.in_bulk(change.plan.get("units", ()))
    outcomes = [
        {
            "code": one.get("code", ""),
            "name": one.get("name_zh", ""),
            "of": [(named[share["unit"]], share["share"]) for share in one["shares"] if share["unit"] in named],
        }
        for one in change.plan.get("outcomes", ())
    ]
    report = change.outcome if change.outcome and "sections" in change.outcome else change.dry_run
    return {
        "outcomes": outcomes,
        "report": told(report),
        "decisions": Decision.objects.about(change).order_by("pk"),
    }


register(
    Paper(
        code="boundary-change",
        label=_("Change of boundaries"),
        model=BoundaryChange,
        power="boundaries",
        template="boundary_change.html",
        context=sheet_of,
        related=("place",),
        order=("-effective_on", "-pk"),
        numbered=True,
    )
)
