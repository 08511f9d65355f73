"""What is printed about activities: the sheet an activity is archived by, the register of teams, the monthly return."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.actions.months import FILED_FLOWS, LEVELS, figures_of, known
from activities.models import Activity, MonthlyReturn, Team
from activities.models.haves import HAVES, missing
from culture_admin.exchange.models import Attachment
from culture_admin.exchange.paper.register import Paper, register
from culture_admin.statistics.register import METRICS
from stations.models import Station

MOST_PICTURES = 6


def archive_of(activity: Activity) -> dict[str, object]:
    """The six haves of an activity, which of them are missing, and its pictures (DOMAIN.md §7.6)."""
    files = Attachment.objects.about(activity).order_by("pk")
    return {
        "pictures": files.pictures()[:MOST_PICTURES],
        "files": files.count(),
        "missing": [HAVES[name] for name in missing(activity)],
    }


def teams_of(station: Station) -> dict[str, object]:
    """The teams that stand in the register today, with the stars in force."""
    today = timezone.localdate()
    teams = Team.objects.registered(today).exclude(state=Team.State.VOID).filter(station=station)
    return {"teams": teams.with_standing(today).select_related("genre").order_by("name", "pk")}


def figures_of_month(filing: MonthlyReturn) -> dict[str, object]:
    """Each figure as the logs have it now, beside what the head confirmed."""
    codes = known(FILED_FLOWS + LEVELS)
    now = figures_of([filing], timezone.now(), codes)[filing.pk]
    filed = filing.filed or {}
    return {
        "lines": [(METRICS[code].label, METRICS[code].unit, now.get(code), filed.get(code)) for code in codes],
        "confirmed": filing.filed is not None,
    }


register(
    Paper(
        code="activity-archive",
        label=_("Archive sheet of an activity"),
        model=Activity,
        power="activities",
        template="activity_archive.html",
        context=archive_of,
        related=(
            "kind", "genre", "station__unit", "division", "village", "facility", "steward", "firm__unit", "team",
            "recorded_by",
        ),
        order=("-begins_on", "-pk"),
        only=Q(state__in=(*Activity.TOOK_PLACE, Activity.State.RETURNED)),
        beside=lambda activity: f"{activity.begins_on} · {activity.station}",
    )
)  # fmt: skip
register(
    Paper(
        code="team-register",
        label=_("Register of amateur teams"),
        model=Station,
        power="activities.teams",
        template="team_register.html",
        context=teams_of,
        related=("unit", "division"),
        order=("division__code",),
    )
)
register(
    Paper(
        code="monthly-return",
        label=_("Monthly return"),
        model=MonthlyReturn,
        power="activities.returns",
        template="monthly_return.html",
        context=figures_of_month,
        related=("station__unit", "station__division", "division"),
        order=("-month", "station__division__code"),
    )
)
