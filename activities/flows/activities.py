"""The steps of an activity, and what a decision on one is about."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.actions.bookings import book_for, free_rooms
from activities.actions.deliveries import deliver
from activities.actions.months import note_records
from activities.actions.permits import owe_permit
from activities.models import Activity
from activities.models.bounds import CONTENT
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register

A = Activity.State


def activity_content(activity: Activity) -> dict[str, object]:
    """What a confirmation is about, in a fixed order."""
    return {name: getattr(activity, name) for name in CONTENT}


def activity_place(activity: Activity) -> Place:
    return Place(
        path=activity.station.division.path,
        division_id=activity.division_id,
        station_id=activity.station_id,
        firm_id=activity.firm_id,
    )


def recount(activities: list[Activity], actor, at) -> None:
    """What is confirmed, returned or struck out may change a month that is settled, and what is done of a contract."""
    note_records(activities, actor=actor, at=at, act=gettext("Decided: %(what)s") % {"what": named(activities)})
    deliver(activities, at=at)


def named(activities: list[Activity]) -> str:
    """The first of some activities, and how many more there are."""
    first = f"{activities[0].title} ({activities[0].begins_on})"
    return (
        first
        if len(activities) == 1
        else gettext("%(first)s and %(more)d more") % {"first": first, "more": len(activities) - 1}
    )


def not_before_its_day(activity: Activity, day: date) -> Obstacle | None:
    """What has not happened was not held."""
    if activity.begins_on <= day:
        return None
    text = gettext("It is planned for %(day)s and has not happened yet.") % {"day": activity.begins_on}
    return Obstacle("not_yet", text)


def let_see(activities: list[Activity], actor, at) -> None:
    """Residents see it from now on."""
    Activity.objects.filter(pk__in=[activity.pk for activity in activities]).update(published_at=at)


def give_up(activities: list[Activity], actor, at) -> None:
    """What does not take place needs no room and no permit."""
    free_rooms(activities)
    for activity in activities:
        owe_permit(activity, at)


def take_up(activities: list[Activity], actor, at) -> None:
    """What is planned again needs its room, and where it is large its permit; residents see it when it is published again."""
    Activity.objects.filter(pk__in=[activity.pk for activity in activities]).update(published_at=None)
    book_for(activities, actor, at)
    for activity in activities:
        owe_permit(activity, at)


def strike(activities: list[Activity], actor, at) -> None:
    """What never was needs nothing any more, and counts nowhere."""
    give_up(activities, actor, at)
    recount(activities, actor, at)


def settle_permits(activities: list[Activity], actor, at) -> None:
    for activity in activities:
        owe_permit(activity, at)


register(
    Flow(
        model=Activity,
        power="activities",
        content=activity_content,
        place=activity_place,
        related=("station__division", "station__unit"),
        filed_by="recorded_by",
        struck=(A.VOID, A.CANCELLED),
        many=True,
        steps={
            "publish": Step(_("Publish"), [A.PLANNED], A.PUBLISHED, "activities", after=let_see),
            "hold": Step(
                pgettext_lazy("a step", "Held"),
                [A.PLANNED, A.PUBLISHED],
                A.HELD,
                "activities",
                verb="enter",
                untimely=not_before_its_day,
                after=settle_permits,
            ),
            "log": Step(pgettext_lazy("a step", "Log"), [A.HELD], A.LOGGED, "activities", verb="enter"),
            "postpone": Step(
                _("Postpone"),
                [A.PLANNED, A.PUBLISHED],
                A.POSTPONED,
                "activities",
                verb="enter",
                comment=True,
                after=give_up,
            ),
            "replan": Step(_("Plan again"), [A.POSTPONED], A.PLANNED, "activities", verb="enter", after=take_up),
            "cancel": Step(
                pgettext_lazy("an activity", "Cancel"),
                [*Activity.AHEAD],
                A.CANCELLED,
                "activities",
                verb="enter",
                comment=True,
                after=give_up,
                danger=True,
            ),
            "confirm": Step(_("Confirm"), [A.LOGGED], A.CONFIRMED, "activities", after=recount, waits=True),
            "return": Step(_("Return"), [A.LOGGED, A.CONFIRMED], A.RETURNED, "activities", comment=True, after=recount),
            "resubmit": Step(_("Submit again"), [A.RETURNED], A.LOGGED, "activities", verb="propose", waits=True),
            "reinstate": Step(_("Confirm after all"), [A.RETURNED], A.CONFIRMED, "activities", after=recount),
            "void": Step(
                _("Void"),
                [*Activity.AHEAD, A.HELD, A.LOGGED, A.RETURNED, A.CONFIRMED],
                A.VOID,
                "activities",
                comment=True,
                after=strike,
                danger=True,
            ),
        },
    )
)
