"""The steps of an activity and of a team, and what a decision on one is about."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Team
from activities.models.activity import CONTENT
from culture_admin.workflow.steps import Flow, Place, Step, register

A = Activity.State
T = Team.State


def activity_content(activity: Activity) -> tuple:
    """What a confirmation is about, in a fixed order."""
    return tuple(getattr(activity, name) for name in CONTENT)


def activity_place(activity: Activity) -> Place:
    return Place(
        path=activity.station.division.path,
        division_id=activity.division_id,
        station_id=activity.station_id,
        firm_id=activity.firm_id,
    )


register(
    Flow(
        model=Activity,
        power="activities",
        content=activity_content,
        place=activity_place,
        related=("station__division",),
        filed_by="recorded_by",
        steps={
            "confirm": Step(_("Confirm"), [A.LOGGED], A.CONFIRMED, "activities", waits=True),
            "return": Step(_("Return"), [A.LOGGED, A.CONFIRMED], A.RETURNED, "activities", comment=True),
            "resubmit": Step(_("Submit again"), [A.RETURNED], A.LOGGED, "activities", verb="propose", waits=True),
            "reinstate": Step(_("Confirm after all"), [A.RETURNED], A.CONFIRMED, "activities"),
            "void": Step(
                _("Void"), [A.LOGGED, A.RETURNED, A.CONFIRMED], A.VOID, "activities", comment=True, danger=True
            ),
        },
    )
)


def team_content(team: Team) -> tuple:
    """What a registration is about."""
    return (
        team.name,
        team.genre_id,
        team.station_id,
        team.village,
        team.venue,
        team.leader,
        team.members,
        team.founded_on,
        team.posting_id,
    )


def enter_register(teams: list[Team], actor, at) -> None:
    """A team stands in the register from the day it was founded, where that is known, else from the day of the step."""
    today = timezone.localdate(at)
    for team in teams:
        team.registered_on = min(team.founded_on or today, today)
        team.save(update_fields=["registered_on"])


def leave_register(teams: list[Team], actor, at) -> None:
    Team.objects.filter(pk__in=[team.pk for team in teams]).update(deregistered_on=timezone.localdate(at))


def strike_out(teams: list[Team], actor, at) -> None:
    """A voided team never stood in the register."""
    Team.objects.filter(pk__in=[team.pk for team in teams]).update(registered_on=None)


register(
    Flow(
        model=Team,
        power="activities.teams",
        content=team_content,
        place=lambda team: Place(team.station.division.path, team.division_id, team.station_id, team.firm_id),
        related=("station__division",),
        steps={
            "register": Step(
                _("Register"), [T.APPLIED], T.REGISTERED, "activities.teams", after=enter_register, waits=True
            ),
            "return": Step(_("Return"), [T.APPLIED], T.RETURNED, "activities.teams", comment=True),
            "resubmit": Step(
                _("Submit again"), [T.RETURNED], T.APPLIED, "activities.teams", verb="propose", waits=True
            ),
            "deregister": Step(
                _("Deregister"), [T.REGISTERED], T.DEREGISTERED, "activities.teams", comment=True, after=leave_register
            ),
            "void": Step(
                _("Void"),
                [T.APPLIED, T.RETURNED, T.REGISTERED],
                T.VOID,
                "activities.teams",
                comment=True,
                after=strike_out,
                danger=True,
            ),
        },
    )
)
