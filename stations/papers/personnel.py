"""The form on which a town asks for a personnel case and the bureau approves it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.exchange.paper.register import Paper, register
from culture_admin.workflow.models import Decision
from stations.models import PersonnelCase

S = PersonnelCase.State
FILED = ("submit", "resubmit")


def approval_of(case: PersonnelCase) -> dict[str, object]:
    """What is asked, and what each side said of it. Pay is sealed and has no place on paper that lies about."""
    decisions = list(Decision.objects.about(case).order_by("pk"))

    def last(among):
        return next((decision for decision in reversed(decisions) if among(decision)), None)

    post = case.post or (case.posting and case.posting.post)
    return {
        "post": post.name if post else "",
        "decisions": decisions,
        "town": last(lambda decision: decision.step in FILED),
        "released": last(lambda decision: decision.step == "consent"),
        "bureau": last(lambda decision: decision.to_state in (S.APPROVED, S.REFUSED)),
    }


register(
    Paper(
        code="personnel-approval",
        label=_("Approval form of a personnel case"),
        model=PersonnelCase,
        power="stations.personnel",
        template="personnel_case.html",
        context=approval_of,
        related=("station__unit", "station__division", "officer", "post", "posting__post", "origin__unit"),
        beside=lambda case: case.get_state_display(),
        numbered=True,
    )
)
