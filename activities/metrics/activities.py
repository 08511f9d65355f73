"""Numbers of activities and training sessions."""

from __future__ import annotations

from django.db.models import BigIntegerField, BooleanField, F, Func, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityMonth, Course, Genre, Kind, MonthlyReturn, Team
from activities.models.summary import differences
from culture_admin.exchange.cells.numbers import SECONDS_IN_CLASS_HOUR
from culture_admin.statistics.register import (
    ROWS,
    Choice,
    Events,
    Reference,
    Summary,
    different,
    flow,
    ratio,
    total,
)
from stations.metrics import grade_of
from stewards.metrics import FIRM, STEWARD, of_contract

State = Activity.State
GENRE = Reference("genre", "genre", Genre, key="code")
GRADE = grade_of("station")

ACTIVITIES = Events(
    model=Activity,
    date="begins_on",
    village="village",
    counted=(State.CONFIRMED,),
    # Neither planned, nor postponed, nor cancelled, nor void.
    recorded=(State.HELD, State.LOGGED, State.CONFIRMED, State.RETURNED),
    dimensions=(
        Reference("kind", "kind", Kind, key="code"),
        GENRE,
        GRADE,
        STEWARD,
        FIRM,
        of_contract("posting__contract"),
        Reference("team", "team", Team),
        Reference("course", "course", Course),
        Choice("led_by", "led_by", Activity.LedBy),
    ),
    columns={"person_seconds": Cast("class_seconds", BigIntegerField()) * F("attendance")},
    reports=MonthlyReturn.objects.settled,
    summary=Summary(
        model=ActivityMonth,
        dimensions=frozenset({"station", "kind", "led_by"}),
        columns={
            "attendance": ("attendance", "attendance_recorded"),
            "online_attendance": ("online_attendance", "online_recorded"),
            "class_seconds": ("class_seconds", "seconds_recorded"),
            "person_seconds": ("person_seconds", "person_seconds_recorded"),
        },
        differences=differences,
    ),
    records="activities",
)


# What was planned here, whatever became of it; one that was entered by mistake is void and never was a plan.
NOT_VOID = tuple(state for state in State if state != State.VOID)
PLANS = Events(
    model=Activity,
    date="begins_on",
    village="village",
    counted=NOT_VOID,
    recorded=NOT_VOID,
    only=Q(planned=True),
    dimensions=ACTIVITIES.dimensions,
    records="activities",
)


class IsSession(Func):
    """Whether a kind, given by its id, is one of training sessions. Asked once a statement: a join would cost a third more."""

    template = "%(expressions)s = ANY (ARRAY(SELECT id FROM activities_kind WHERE is_session))"
    output_field = BooleanField()


def sessions() -> Q:
    """Training sessions."""
    return Q(IsSession("kind_id"))


def held() -> Q:
    """Everything but training sessions."""
    return ~sessions()


flow(
    "activities.held",
    ROWS,
    of=ACTIVITIES,
    only=held,
    records={"session": "false"},
    label=_("Activities held"),
    unit=_("activities"),
    definition=_("Confirmed activities of every kind but training sessions, by the day they begin."),
)
flow(
    "activities.sessions",
    ROWS,
    of=ACTIVITIES,
    only=sessions,
    records={"session": "true"},
    label=_("Training sessions"),
    unit=_("sessions"),
    definition=_("Confirmed training sessions, by the day they begin."),
)
flow(
    "activities.class_hours",
    total("class_seconds"),
    of=ACTIVITIES,
    only=sessions,
    per=SECONDS_IN_CLASS_HOUR,
    records={"session": "true"},
    label=_("Class hours"),
    unit=_("class hours"),
    definition=_("Class hours of confirmed training sessions."),
)
flow(
    "activities.person_hours",
    total("person_seconds"),
    of=ACTIVITIES,
    only=sessions,
    per=SECONDS_IN_CLASS_HOUR,
    records={"session": "true"},
    label=_("Person-hours of training"),
    unit=_("person-hours"),
    definition=_("Class hours times attendance on the spot, session by session, where both are recorded."),
)
PERSON_TIMES = flow(
    "activities.person_times",
    total("attendance"),
    of=ACTIVITIES,
    label=_("Person-times served"),
    unit=_("person-times"),
    definition=_("Attendance on the spot of all confirmed activities and training sessions."),
)
flow(
    "activities.online_person_times",
    total("online_attendance"),
    of=ACTIVITIES,
    label=_("Person-times online"),
    unit=_("person-times"),
    definition=_("Attendance online of all confirmed activities and training sessions."),
)
ratio(
    "activities.person_times_per_resident",
    PERSON_TIMES.code,
    "territory.residents",
    decimals=4,
    label=_("Person-times per resident"),
    unit=_("person-times per resident"),
    definition=_("Person-times served in the period, divided by the residents at its end."),
)
flow(
    "activities.planned",
    ROWS,
    of=PLANS,
    records={"planned": "true"},
    label=_("Activities planned"),
    unit=_("activities"),
    definition=_("Activities and training sessions that were planned here and are not void, by the day planned for."),
)
flow(
    "activities.cancelled",
    ROWS,
    of=PLANS,
    only=lambda: Q(state=State.CANCELLED),
    records={"planned": "true", "state": State.CANCELLED.value},
    label=_("Activities cancelled"),
    unit=_("activities"),
    definition=_("Activities and training sessions that were planned here and cancelled, by the day planned for."),
)
VILLAGES_REACHED = flow(
    "activities.villages_reached",
    different("village"),
    of=ACTIVITIES,
    only=lambda: Q(village__isnull=False),
    label=_("Villages reached"),
    unit=_("villages"),
    definition=_("Different villages and communities with a confirmed activity or training session in the period."),
)
ratio(
    "activities.village_coverage",
    VILLAGES_REACHED.code,
    "territory.villages",
    decimals=4,
    label=_("Village coverage"),
    unit=_("share of villages"),
    definition=_("Villages reached in the period, divided by the villages and communities at its end."),
)
