"""The steps of a team: the station registers, the bureau files (DOMAIN.md §7.3)."""

from __future__ import annotations

from django.db.models import Value
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.actions.deliveries import deliver
from activities.models import Team
from activities.models.team import IN_REGISTER
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register

T = Team.State
FILING = "activities.teams.filing"

CONTENT = (
    "name", "genre_id", "station_id", "village", "venue", "leader", "members", "founded_on", "posting_id",
    "deputy", "men", "women", "aged", "rehearsal", "tutor", "supervisor", "subsidy",
)  # fmt: skip


def team_content(team: Team) -> dict[str, object]:
    """What a registration is about."""
    return {name: getattr(team, name) for name in CONTENT}


def enter_register(teams: list[Team], actor, at) -> None:
    """A team stands in the register from the day it was founded, where that is known, else from the day of the step."""
    # The lesser of two of which one is not known is the other.
    since = Least("founded_on", Value(timezone.localdate(at)))
    Team.objects.filter(pk__in=[team.pk for team in teams]).update(registered_on=since)
    deliver(teams, at=at)


def leave_register(teams: list[Team], actor, at) -> None:
    Team.objects.filter(pk__in=[team.pk for team in teams]).update(deregistered_on=timezone.localdate(at))
    deliver(teams, at=at)


def strike_out(teams: list[Team], actor, at) -> None:
    """A voided team never stood in the register."""
    Team.objects.filter(pk__in=[team.pk for team in teams]).update(registered_on=None)
    deliver(teams, at=at)


def into_nothing(team: Team, actor) -> Obstacle | None:
    """A file is merged into another one; a step alone does not say into which."""
    if team.merged_into_id:
        return None
    return Obstacle("kept_missing", gettext("Say into which file: two files are merged together."))


register(
    Flow(
        model=Team,
        power="activities.teams",
        content=team_content,
        place=lambda team: Place(team.station.division.path, team.division_id, team.station_id, team.firm_id),
        related=("station__division",),
        struck=(T.VOID, T.MERGED),
        steps={
            "register": Step(
                _("Register"), [T.APPLIED], T.REGISTERED, "activities.teams", after=enter_register, waits=True
            ),
            "return": Step(_("Return"), [T.APPLIED], T.RETURNED, "activities.teams", comment=True),
            "resubmit": Step(
                _("Submit again"), [T.RETURNED], T.APPLIED, "activities.teams", verb="propose", waits=True
            ),
            "file": Step(pgettext_lazy("a team", "File"), [T.REGISTERED], T.FILED, FILING, waits=True),
            "rectify": Step(_("Have it rectified"), [T.FILED], T.RECTIFYING, FILING, comment=True),
            "accept": Step(_("Rectified"), [T.RECTIFYING], T.FILED, FILING),
            "deregister": Step(
                _("Deregister"),
                [*IN_REGISTER],
                T.DEREGISTERED,
                "activities.teams",
                comment=True,
                after=leave_register,
            ),
            "merge": Step(
                pgettext_lazy("a team", "Merge"),
                [T.APPLIED, T.RETURNED, *IN_REGISTER],
                T.MERGED,
                "activities.teams",
                comment=True,
                refuse=into_nothing,
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
