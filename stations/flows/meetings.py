"""The steps of meetings, and of what was agreed at them."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.asking import ask_unit
from culture_admin.workflow.actions import follow
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.meetings import FOLLOW_UPS, POWER, owe_follow_ups, settle_follow_ups
from stations.flows.gatherings import place_of, steps_of, when_and_where
from stations.models import FollowUp, Meeting

F = FollowUp.State


def meeting_content(meeting: Meeting) -> dict[str, object]:
    """What a decision on a meeting is about: when, where, what was said, who came."""
    came = sorted((presence.station_id, presence.status, presence.person) for presence in meeting.presences.all())
    named = ("kind", "host_id", "agenda", "minutes")
    return {**when_and_where(meeting), **{name: getattr(meeting, name) for name in named}, "came": came}


def refuse_without_minutes(meeting: Meeting, actor) -> Obstacle | None:
    """A meeting counts with its minutes and with who came."""
    if not meeting.minutes:
        return Obstacle("minutes_missing", gettext("Write the minutes first."))
    if not meeting.presences.all():
        return Obstacle("presence_missing", gettext("Note first which stations came."))
    return None


def drop_follow_ups(meetings: list[Meeting], actor, at) -> None:
    """What was agreed at a meeting that did not take place is owed by nobody."""
    follow(
        FollowUp.objects.filter(meeting__in=[meeting.pk for meeting in meetings]),
        "void",
        actor=actor,
        at=at,
        comment=gettext("The meeting is void."),
    )


def refuse_another_unit(follow_up: FollowUp, actor) -> Obstacle | None:
    answer = ask_unit(actor.offices, FOLLOW_UPS, follow_up.unit_id)
    return None if answer else Obstacle(answer.code, str(answer.text))


register(
    Flow(
        model=Meeting,
        power=POWER,
        content=meeting_content,
        labels={"came": pgettext_lazy("at a meeting", "Presence")},
        place=place_of,
        related=("county",),
        fetched=("presences",),
        own_files=True,
        steps=steps_of(POWER, refuse_without_minutes, drop_follow_ups),
    )
)
register(
    Flow(
        model=FollowUp,
        power=FOLLOW_UPS,
        content=lambda one: {name: getattr(one, name) for name in ("task", "unit_id", "due_on", "meeting_id")},
        place=lambda one: Place(
            one.unit.division.path,
            one.unit.division_id,
            one.unit_id if one.unit.kind == "station" else None,
            unit_id=one.unit_id,
        ),
        related=("unit__division", "meeting"),
        own_files=True,
        steps={
            "report": Step(
                _("Report as done"),
                [F.OPEN, F.RETURNED],
                F.REPORTED,
                FOLLOW_UPS,
                verb="propose",
                comment=True,
                asks=_("What was done?"),
                refuse=refuse_another_unit,
                after=lambda follow_ups, actor, at: settle_follow_ups(follow_ups, at),
            ),
            "close": Step(
                pgettext_lazy("a task", "Close"),
                [F.OPEN, F.RETURNED, F.REPORTED],
                F.CLOSED,
                FOLLOW_UPS,
                after=lambda follow_ups, actor, at: settle_follow_ups(follow_ups, at),
            ),
            "return": Step(
                _("Return"),
                [F.REPORTED],
                F.RETURNED,
                FOLLOW_UPS,
                comment=True,
                after=lambda follow_ups, actor, at: owe_follow_ups(follow_ups, at),
            ),
            "void": Step(
                _("Void"),
                [F.OPEN, F.RETURNED, F.REPORTED],
                F.VOID,
                FOLLOW_UPS,
                comment=True,
                danger=True,
            ),
        },
    )
)
