"""The notice by which the bureau orders that something is put right."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.exchange.paper.register import Paper, register
from culture_admin.territory.models import Unit
from culture_admin.workflow.models import Decision
from stations.models import Finding


def notice_of(finding: Finding) -> dict[str, object]:
    """Whom it is addressed to, who orders it, and what was done about it since."""
    bureaus = Unit.objects.filter(kind=Unit.Kind.BUREAU, division=finding.station.county)
    return {
        "bureau": bureaus.order_by("pk").first(),
        "decisions": Decision.objects.about(finding).order_by("pk"),
    }


register(
    Paper(
        code="rectification-notice",
        label=_("Rectification notice"),
        model=Finding,
        power="stations.findings",
        template="rectification.html",
        context=notice_of,
        related=("station__unit", "station__county", "debtor"),
        order=("-opened_on", "-pk"),
        beside=lambda finding: finding.get_state_display(),
        numbered=True,
    )
)
