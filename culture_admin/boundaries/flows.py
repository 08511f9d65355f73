"""The steps of a change of boundaries: drawn up and tried out, checked by the bureau's leader, applied by the administrator."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.boundaries.actions import POWER, apply_changes, stands_in_the_way, too_early
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.workflow.steps import Flow, Place, Step, register

S = BoundaryChange.State


def content(change: BoundaryChange) -> dict[str, object]:
    """What is decided on: the plan, and what the dry run is bound to."""
    return {
        "kind": change.kind,
        "effective_on": change.effective_on,
        "document": change.document,
        "document_on": change.document_on,
        "plan": change.plan,
        "bound_to": (change.dry_run or {}).get("binding"),
    }


register(
    Flow(
        model=BoundaryChange,
        power=POWER,
        content=content,
        labels={"bound_to": _("What the dry run is bound to")},
        place=lambda change: Place(change.place.path, change.place_id),
        related=("place",),
        filed_by="filed_by",
        steps={
            "propose": Step(
                pgettext_lazy("a change of boundaries", "Propose"),
                [S.DRAFT],
                S.PROPOSED,
                POWER,
                verb="propose",
                refuse=stands_in_the_way,
                submits=True,
            ),
            "check": Step(
                pgettext_lazy("a change of boundaries", "Consent"),
                [S.PROPOSED],
                S.CHECKED,
                POWER,
                verb="consent",
                refuse=stands_in_the_way,
                waits=True,
            ),
            "apply": Step(
                pgettext_lazy("a change of boundaries", "Apply"),
                [S.CHECKED],
                S.APPLIED,
                POWER,
                refuse=stands_in_the_way,
                untimely=too_early,
                after=apply_changes,
                waits=True,
                danger=True,
            ),
            "return": Step(_("Return"), [S.PROPOSED, S.CHECKED], S.DRAFT, POWER, verb="consent", comment=True),
            "withdraw": Step(_("Withdraw"), [S.PROPOSED, S.CHECKED], S.DRAFT, POWER, verb="propose", comment=True),
            "void": Step(
                _("Void"),
                [S.DRAFT, S.PROPOSED, S.CHECKED],
                S.VOID,
                POWER,
                verb="propose",
                comment=True,
                danger=True,
            ),
        },
    )
)
