"""The steps of a day on duty and of an absence: the steward or his firm files, the station decides."""

from __future__ import annotations

from django.db.models import Prefetch
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stewards.actions.absences import day_logged_in
from stewards.actions.duty import POWER, may_speak
from stewards.actions.duty_deliveries import deliver_days
from stewards.models import Absence, DutyDay

D, A = DutyDay.State, Absence.State


def place_of(row: DutyDay | Absence) -> Place:
    return Place(row.station.division.path, row.station.division_id, row.station_id, row.firm_id)


def duty_content(duty: DutyDay) -> dict[str, object]:
    """What a confirmation of a day on duty is about."""
    named = ("posting_id", "day", "halves", "where", "village_id", "arrived", "left", "tasks")
    return {name: getattr(duty, name) for name in named}


def absence_content(absence: Absence) -> dict[str, object]:
    return {name: getattr(absence, name) for name in ("posting_id", "kind", "first", "last", "reason")}


def refuse_anothers(row: DutyDay | Absence, actor) -> Obstacle | None:
    """Each files his own, or his firm does."""
    if may_speak(actor, row):
        return None
    text = gettext("These are the days of %(person)s; each logs his own, or his firm does.") % {"person": row.steward}
    return Obstacle("other_person", text)


def refuse_logged(absence: Absence, actor) -> Obstacle | None:
    """Nobody is absent on a day on which he was on duty."""
    day = day_logged_in(absence)
    return Obstacle("day_logged", gettext("A day on duty is logged on %(day)s.") % {"day": day}) if day else None


register(
    Flow(
        model=DutyDay,
        power=POWER,
        content=duty_content,
        place=place_of,
        related=("station__division", "steward"),
        filed_by="recorded_by",
        many=True,
        own_files=True,
        steps={
            "confirm": Step(_("Confirm"), [D.LOGGED], D.CONFIRMED, POWER, after=deliver_days, waits=True),
            "return": Step(_("Return"), [D.LOGGED, D.CONFIRMED], D.RETURNED, POWER, comment=True, after=deliver_days),
            "resubmit": Step(
                _("Submit again"), [D.RETURNED], D.LOGGED, POWER, verb="propose", refuse=refuse_anothers, waits=True
            ),
            "withdraw": Step(
                pgettext_lazy("a record", "Take back"),
                [D.LOGGED, D.RETURNED],
                D.VOID,
                POWER,
                verb="propose",
                refuse=refuse_anothers,
                danger=True,
            ),
            "reinstate": Step(_("Confirm after all"), [D.RETURNED], D.CONFIRMED, POWER, after=deliver_days),
            "void": Step(
                _("Void"),
                [D.LOGGED, D.RETURNED, D.CONFIRMED],
                D.VOID,
                POWER,
                comment=True,
                after=deliver_days,
                danger=True,
            ),
        },
    )
)
register(
    Flow(
        model=Absence,
        power=POWER,
        content=absence_content,
        place=place_of,
        related=("station__division", "steward", "posting"),
        fetched=(Prefetch("posting__duty_days", DutyDay.objects.exclude(state=D.VOID)),),
        filed_by="filed_by",
        struck=(A.VOID, A.REFUSED),
        own_files=True,
        steps={
            "approve": Step(
                pgettext_lazy("an absence", "Approve"),
                [A.REQUESTED],
                A.APPROVED,
                POWER,
                refuse=refuse_logged,
                waits=True,
            ),
            "refuse": Step(pgettext_lazy("a case", "Refuse"), [A.REQUESTED], A.REFUSED, POWER, comment=True),
            "withdraw": Step(
                _("Withdraw"), [A.REQUESTED], A.VOID, POWER, verb="propose", refuse=refuse_anothers, danger=True
            ),
            "void": Step(_("Void"), [A.APPROVED, A.NOTED], A.VOID, POWER, comment=True, danger=True),
        },
    )
)
