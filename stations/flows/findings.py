"""The steps of a finding: put right, checked again, closed."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.findings import POWER, note_closed, note_rectified, note_withdrawn, owe_again
from stations.actions.spendings import overrun_of
from stations.models import Finding, OtherUse, Spending

F = Finding.State


def refuse_unremedied(finding: Finding, actor) -> Obstacle | None:
    """What the ledgers say is still so is not put right."""
    subject = finding.subject
    if isinstance(subject, OtherUse) and subject.lasts(timezone.localdate()):
        return Obstacle("still_so", gettext("The ledger says that it lasts; enter first until when it was."))
    if isinstance(subject, Spending):
        overrun = overrun_of(finding.station, subject.year, subject.purpose)
        if overrun.breach:
            return Obstacle("still_so", gettext("It is still so: %(what)s.") % {"what": overrun.breach})
    return None


register(
    Flow(
        model=Finding,
        power=POWER,
        content=lambda finding: {
            name: getattr(finding, name) for name in ("station_id", "kind", "what", "basis", "opened_on")
        },
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
                _("Checked again: put right"),
                [F.RECTIFIED],
                F.CLOSED,
                POWER,
                refuse=refuse_unremedied,
                after=note_closed,
                waits=True,
                awaited=_("To be checked again"),
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
