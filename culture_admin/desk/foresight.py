"""What the page of an activity says beside the record: what is missing, what stands against it, permit and spot checks."""

from __future__ import annotations

from collections.abc import Sequence

from activities.actions.clashes import clashes_of, clashes_with_rooms
from activities.actions.permits import needs_permit, permit_duty
from activities.models import Activity, Permit, SpotCheck
from activities.models.haves import HAVES, missing
from culture_admin.desk.steps import Button
from culture_admin.interfaces.permissions import covers

# The page asks for the figures instead of taking these one by one.
TAKEN_WITH_FIGURES = {"hold", "log"}


def foresight(user, activity: Activity, offered: Sequence[Button]) -> dict[str, object]:
    """Context of the page, all of it told and none of it in the way."""
    ahead = activity.state in Activity.AHEAD
    large = needs_permit(activity)
    return {
        "ahead": ahead,
        "missing": [HAVES[have] for have in missing(activity)] if activity.state != Activity.State.VOID else [],
        "clashes": clashes_of([activity]) if ahead else clashes_with_rooms([activity]),
        "permits": Permit.objects.visible_to(user).filter(activity=activity) if activity.expected else [],
        "permit_duty": permit_duty(activity) if large else None,
        "may_record_permit": large and covers(user, activity),
        "spot_checks": SpotCheck.objects.visible_to(user).filter(activity=activity).select_related("recorded_by"),
        "may_log_planned": any(button.name in TAKEN_WITH_FIGURES and not button.obstacle for button in offered),
        "buttons": [button for button in offered if button.obstacle or button.name not in TAKEN_WITH_FIGURES],
    }
