"""The steps of a feature: proposed, recognised, ended."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.exchange.models import Attachment
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.features import CHANGEABLE, POWER
from stations.models import Feature

F = Feature.State


def without_evidence(feature: Feature, actor) -> Obstacle | None:
    """What is recognised has evidence: a photo or a document kept with it."""
    # What the door has asked together with the row, or asked now.
    if (
        vars(feature).get("evidence", None)
        if "evidence" in vars(feature)
        else Attachment.objects.about(feature).exists()
    ):
        return None
    return Obstacle("evidence_missing", gettext("Add a photo or a document as evidence first."))


register(
    Flow(
        model=Feature,
        power=POWER,
        content=lambda feature: {
            name: feature.village_id if name == "village" else getattr(feature, name)
            for name in ("station_id", *CHANGEABLE)
        },
        place=lambda feature: Place(feature.station.division.path, feature.station.division_id, feature.station_id),
        related=("station__division", "station__unit"),
        filed_by="recorded_by",
        steps={
            "recognise": Step(_("Recognise"), [F.PROPOSED], F.RECOGNISED, POWER, refuse=without_evidence, waits=True),
            "return": Step(_("Return"), [F.PROPOSED], F.RETURNED, POWER, comment=True),
            "resubmit": Step(_("Submit again"), [F.RETURNED], F.PROPOSED, POWER, verb="propose", waits=True),
            "end": Step(
                pgettext_lazy("a feature", "Not kept up any more"), [F.RECOGNISED], F.ENDED, POWER, comment=True
            ),
            "void": Step(_("Void"), [F.PROPOSED, F.RETURNED, F.RECOGNISED], F.VOID, POWER, comment=True, danger=True),
        },
    )
)
