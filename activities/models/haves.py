"""The six haves of an activity: time, place, people, content, effect, record (DOMAIN.md §7.6)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from culture_admin.exchange.models import Attachment

HAVES = {
    "time": _("the hour"),
    "place": _("the place"),
    "people": _("the number of people"),
    "content": _("what was done"),
    "effect": _("what came of it"),
    "record": _("a photo or file"),
}
# Of what has not been held yet, nobody can say more.
HAVES_OF_PLANS = ("time", "place", "people", "content")


def missing(activity: Activity) -> list[str]:
    """Which of the six are missing, in their order. It is told and never stands in the way.

    Rows from `with_records()` know whether a file is kept; another row is asked for.
    """
    ahead = activity.state in Activity.AHEAD
    counted = (activity.expected,) if ahead else (activity.attendance, activity.online_attendance)
    there = {
        "time": activity.begins_time is not None,
        "place": bool(activity.venue or activity.facility_id or activity.village_id),
        "people": any(number is not None for number in counted),
        "content": bool(activity.content),
        "effect": bool(activity.effect),
    }
    lacking = [have for have in (HAVES_OF_PLANS if ahead else there) if not there[have]]
    return lacking if ahead or _has_record(activity) else [*lacking, "record"]


def _has_record(activity: Activity) -> bool:
    known = getattr(activity, "has_record", None)
    return Attachment.objects.about(activity).exists() if known is None else known
