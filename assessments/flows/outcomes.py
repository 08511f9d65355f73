"""The steps of an assessor's seat, of an award, and of a re-check."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from assessments.actions.awards import AWARDS, RECHECKS, take_title_back
from assessments.actions.panels import POWER as PANEL
from assessments.actions.panels import refuse_unfinished
from assessments.flows.towns import place_of
from assessments.models import Award, PanelSeat, Recheck
from culture_admin.workflow.steps import Flow, Obstacle, Step, register

RELATED = ("assessment__division", "assessment__unit", "assessment__cycle__scheme", "assessment__cycle__place")
P, A, R = PanelSeat.State, Award.State, Recheck.State


def too_early(recheck: Recheck, day: date) -> Obstacle | None:
    """A re-check is not decided before its day."""
    if day >= recheck.due_on:
        return None
    return Obstacle("not_due", gettext("It is due on %(day)s.") % {"day": recheck.due_on})


def refuse_paid_in_part(award: Award, actor) -> Obstacle | None:
    """An award of which something was paid is not struck out."""
    if not award.paid:
        return None
    text = gettext("%(paid)s yuan are paid; reverse the payments first.") % {"paid": f"{award.paid:,.2f}"}
    return Obstacle("paid_already", text)


def refuse_owing(award: Award, actor) -> Obstacle | None:
    """Paid out is what payments make of an award, not a step of its own."""
    if award.paid == award.amount:
        return None
    left = f"{award.amount - award.paid:,.2f}"
    return Obstacle("owing", gettext("%(left)s yuan are still to be paid: enter the payment.") % {"left": left})


def only_by_reversal(award: Award, actor) -> Obstacle | None:
    return Obstacle("only_by_reversal", gettext("An award is owed again when a payment is reversed."))


register(
    Flow(
        model=PanelSeat,
        power=PANEL,
        content=lambda seat: {
            "assessment_id": seat.assessment_id,
            "assessor_id": seat.assessor_id,
            "visit_on": seat.visit_on,
        },
        place=lambda row: place_of(row.assessment),
        related=(*RELATED, "assessor"),
        fetched=("marks",),
        own_files=True,
        steps={
            "finish": Step(
                pgettext_lazy("an assessor", "Finish"),
                [P.APPOINTED],
                P.FINISHED,
                PANEL,
                refuse=refuse_unfinished,
                waits=True,
            ),
            "recuse": Step(_("Stand back"), [P.APPOINTED], P.RECUSED, PANEL, comment=True),
            "resume": Step(_("Score again"), [P.FINISHED], P.APPOINTED, PANEL, verb="propose", comment=True),
            "release": Step(
                _("Release"), [P.APPOINTED, P.FINISHED], P.RELEASED, PANEL, verb="propose", comment=True, danger=True
            ),
        },
    )
)
register(
    Flow(
        model=Award,
        power=AWARDS,
        content=lambda award: {
            name: getattr(award, name) for name in ("assessment_id", "title", "amount", "document", "granted_on")
        },
        place=lambda row: place_of(row.assessment),
        related=RELATED,
        fetched=("payments",),
        steps={
            "pay_out": Step(
                pgettext_lazy("an award", "Paid out"), [A.GRANTED], A.PAID, AWARDS, refuse=refuse_owing, waits=True
            ),
            "owe_again": Step(_("Owe again"), [A.PAID], A.GRANTED, AWARDS, refuse=only_by_reversal),
            "void": Step(_("Void"), [A.GRANTED], A.VOID, AWARDS, comment=True, refuse=refuse_paid_in_part, danger=True),
        },
    )
)
register(
    Flow(
        model=Recheck,
        power=RECHECKS,
        content=lambda row: {"assessment_id": row.assessment_id, "title": row.title, "due_on": row.due_on},
        place=lambda row: place_of(row.assessment),
        related=RELATED,
        steps={
            "keep": Step(
                _("Keep the title"),
                [R.DUE],
                R.KEPT,
                RECHECKS,
                comment=True,
                untimely=too_early,
                waits=True,
                awaited=_("To be decided"),
            ),
            "withdraw": Step(
                _("Withdraw the title"),
                [R.DUE],
                R.WITHDRAWN,
                RECHECKS,
                comment=True,
                untimely=too_early,
                after=take_title_back,
                danger=True,
            ),
        },
    )
)
