"""The steps of an information report: sent in, returned, adopted, taken note of."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.asking import ask_unit
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.reports import POWER, adopt_by_bureau
from stations.models import Report

S = Report.State


def refuse_another_unit(report: Report, actor) -> Obstacle | None:
    """Who sent it in mends it or takes it back."""
    answer = ask_unit(actor.offices, POWER, report.unit_id)
    return None if answer else Obstacle(answer.code, str(answer.text))


def refuse_files(report: Report) -> Obstacle | None:
    """What was taken up stands."""
    if report.state in Report.OPEN:
        return None
    return Obstacle("taken_up", gettext("The report was taken up; no file is added any more."))


register(
    Flow(
        model=Report,
        power=POWER,
        content=lambda report: {name: getattr(report, name) for name in ("unit_id", "title", "text", "author")},
        place=lambda report: Place(
            report.unit.division.path,
            report.division_id,
            report.unit_id if report.unit.kind == "station" else None,
            unit_id=report.unit_id,
        ),
        related=("unit__division",),
        filed_by="recorded_by",
        files=refuse_files,
        own_files=True,
        steps={
            "adopt": Step(
                _("Adopt"),
                [S.SENT, S.NOTED],
                S.ADOPTED,
                POWER,
                after=lambda reports, actor, at: adopt_by_bureau(reports, at),
                waits=True,
            ),
            "note": Step(_("Take note"), [S.SENT], S.NOTED, POWER),
            "return": Step(_("Return"), [S.SENT], S.RETURNED, POWER, comment=True),
            "resubmit": Step(
                _("Submit again"),
                [S.RETURNED],
                S.SENT,
                POWER,
                verb="propose",
                refuse=refuse_another_unit,
                waits=True,
            ),
            "void": Step(
                pgettext_lazy("a record", "Take back"),
                [S.SENT, S.RETURNED],
                S.VOID,
                POWER,
                verb="propose",
                refuse=refuse_another_unit,
                danger=True,
            ),
        },
    )
)
