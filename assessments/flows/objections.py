"""The steps of an objection to a score: raised by whoever is scored, answered by the bureau."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.actions.objections import ANSWER, POWER, answered, correct, refuse_uncorrected
from assessments.flows.towns import place_of
from assessments.models import Objection
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import owe
from culture_admin.workflow.models import DUTIES, Duty
from culture_admin.workflow.steps import Flow, Step, register

# Objections are answered while the results are not final yet.
ANSWER_WITHIN = 10
ANSWER_BASIS = _("The scheme of the year: what is objected to is answered before the results are final")


def owe_answer(rows: Sequence[Objection], actor, at: datetime) -> None:
    """The bureau owes an answer."""
    today = timezone.localdate(at)
    for row in rows:
        bureau = Unit.objects.filter(kind=Unit.Kind.BUREAU, division=row.assessment.county_id).first()
        if bureau:
            owe(
                bureau, code=ANSWER, label=_answer_label(row), basis=str(ANSWER_BASIS), opened_on=today,
                working_days=ANSWER_WITHIN, subject=row, again=True,
            )  # fmt: skip


def _answer_label(row: Objection) -> str:
    named = {"unit": row.assessment.unit.name, "code": row.code}
    return gettext("Answer the objection of %(unit)s to %(code)s") % named


DUTIES[ANSWER] = Duty(_answer_label, ANSWER_BASIS, name=_("Answer to an objection"), power=POWER, seen_by=POWER)
S = Objection.State

register(
    Flow(
        model=Objection,
        power=POWER,
        content=lambda row: {
            name: getattr(row, name)
            for name in ("assessment_id", "code", "wants", "record_text", "asked", "asked_numbers", "grounds")
        },
        place=lambda row: place_of(row.assessment),
        related=(
            "assessment__division",
            "assessment__unit",
            "assessment__cycle__scheme",
            "assessment__cycle__place",
            "before__snapshot",
        ),
        fetched=("record",),
        filed_by="filed_by",
        steps={
            "submit": Step(_("Raise"), [S.DRAFT], S.RAISED, POWER, verb="propose", after=owe_answer, submits=True),
            "uphold": Step(
                _("Uphold"),
                [S.RAISED],
                S.UPHELD,
                POWER,
                comment=True,
                refuse=refuse_uncorrected,
                after=correct,
                waits=True,
                awaited=_("To be decided"),
            ),
            "dismiss": Step(_("Dismiss the objection"), [S.RAISED], S.DISMISSED, POWER, comment=True, after=answered),
            "withdraw": Step(_("Withdraw"), [S.RAISED], S.WITHDRAWN, POWER, verb="propose", after=answered),
        },
    )
)
