"""Numbers of teams: in the register, active, and their members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Case, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.metrics.activities import GENRE, GRADE
from activities.models import Activity, Team
from activities.models.team import ACTIVE_A_YEAR
from culture_admin.statistics.register import ROWS, Choice, Levels, Reporting, stock, total
from stewards.metrics import FIRM, STEWARD


def led_by(steward: str) -> Choice:
    """Whether a steward stands at the lookup, or the station did it by itself."""
    of_steward = When(**{f"{steward}__isnull": False}, then=Value("steward"))
    return Choice("led_by", Case(of_steward, default=Value("station")), Activity.LedBy)


def teams_on(day: date) -> QuerySet:
    """Teams in the register on the day. A team entered by mistake is void and never was in it."""
    return Team.objects.registered(day).exclude(state=Team.State.VOID)


def not_yet(rows: Sequence[Team], day: date) -> dict[int, tuple[str, object]]:
    """Teams that came into the register later."""
    return {
        row.pk: ("not_yet", gettext("Registered on %(day)s.") % {"day": date_format(row.registered_on, "Y-m-d")})
        for row in rows
        if row.registered_on and row.registered_on > day
    }


def not_active(rows: Sequence[Team], day: date) -> dict[int, tuple[str, object]]:
    """Those, and teams in the register with too few activities."""
    few = teams_on(day).filter(pk__in=[row.pk for row in rows]).with_standing(day).values_list("pk", "times")
    text = gettext("%(times)d confirmed activities in the year that ends with the day, %(least)d are asked.")
    return not_yet(rows, day) | {pk: ("few", text % {"times": times, "least": ACTIVE_A_YEAR}) for pk, times in few}


TEAMS = Levels(
    model=Team,
    on=teams_on,
    why=not_yet,
    frozen=True,
    dimensions=(
        GENRE,
        GRADE,
        STEWARD,
        FIRM,
        led_by("steward"),
    ),
    reporting=Reporting.REGISTER,
    records="teams",
)
ACTIVE_TEAMS = replace(TEAMS, on=Team.objects.active, why=not_active)

stock(
    "activities.teams",
    ROWS,
    of=TEAMS,
    label=_("Mass amateur art teams"),
    unit=_("teams"),
    definition=_("Teams registered and not deregistered on the day. Led by a steward: founded with one."),
)
stock(
    "activities.team_members",
    total("members"),
    of=TEAMS,
    label=_("Members of teams"),
    unit=_("people"),
    definition=_("Members of the teams in the register on the day, as registered."),
)
stock(
    "activities.active_teams",
    ROWS,
    of=ACTIVE_TEAMS,
    records={"active": "true"},
    label=_("Active teams"),
    unit=_("teams"),
    definition=_(
        "Teams in the register on the day with twelve or more confirmed activities in the year that ends with it."
    ),
)
