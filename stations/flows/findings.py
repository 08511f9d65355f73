"""The steps of a finding: put right, checked again, closed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Place, Step, register
from stations.actions.findings import POWER, note_closed, note_rectified, note_withdrawn, owe_again
from stations.models import Finding

F = Finding.State

register(
    Flow(
        model=Finding,
        power=POWER,
        content=lambda finding: (finding.station_id, finding.kind, finding.what, finding.basis, finding.opened_on),
        place=lambda finding: Place(finding.station.division.path, finding.station.division_id, finding.station_id),
        related=("station__division", "station__unit", "debtor"),
        steps={
            "rectify": Step(
                _("Say that it is put right"),
                [F.OPEN],
                F.RECTIFIED,
                POWER,
                verb="propose",
                comment=True,
                after=note_rectified,
            ),
            "accept": Step(
                _("Checked again: put right"), [F.RECTIFIED], F.CLOSED, POWER, after=note_closed, waits=True
            ),
            "reject": Step(
                _("Checked again: not put right"), [F.RECTIFIED], F.OPEN, POWER, comment=True, after=owe_again
            ),
            "withdraw": Step(
                _("Withdraw the finding"),
                [F.OPEN, F.RECTIFIED],
                F.WITHDRAWN,
                POWER,
                comment=True,
                after=note_withdrawn,
                danger=True,
            ),
        },
    )
)
