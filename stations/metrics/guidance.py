"""Numbers of guidance: trainings and who came, meetings, visit days of the backbone, reports that were adopted."""

from __future__ import annotations

from django.db.models import BigIntegerField, F, Func, Q
from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import ROWS, Choice, Events, Reference, different, flow, together
from stations.metrics.rows import grade_of
from stations.models import Adoption, Attendance, Backbone, Meeting, Officer, PairingVisit, Training


class PersonDay(Func):
    """A person's key and a day as one number: the same for all that one person does on one day."""

    template = "(%(expressions)s)"
    arg_joiner = "::bigint * 100000 + "
    output_field = BigIntegerField()

    def __init__(self, person: str, day: str):
        super().__init__(F(person), Func(F(day), template="(%(expressions)s - date '1970-01-01')"))


T, M, V = Training.State, Meeting.State, PairingVisit.State
MORNINGS = (PairingVisit.Part.WHOLE, PairingVisit.Part.MORNING)
AFTERNOONS = (PairingVisit.Part.WHOLE, PairingVisit.Part.AFTERNOON)

flow(
    "stations.trainings",
    ROWS,
    of=Events(
        model=Training,
        date="begins_on",
        division="county",
        station="",
        counted=(T.CONFIRMED,),
        recorded=(T.HELD, T.CONFIRMED),
        records="trainings",
    ),
    label=_("Trainings of station staff"),
    unit=_("trainings"),
    definition=_("Trainings that the bureau held for the staff of stations and confirmed, by their first day."),
)
flow(
    "stations.training_attendances",
    ROWS,
    of=Events(
        model=Attendance,
        joins=("officer", "training"),
        date="training__begins_on",
        state="training__state",
        counted=(T.CONFIRMED,),
        recorded=(T.HELD, T.CONFIRMED),
        only=Q(present=True),
        dimensions=(grade_of("station"), Reference("officer", "officer", Officer)),
    ),
    label=_("Attendances of officers at trainings"),
    unit=_("attendances"),
    definition=_(
        "Officers who were at confirmed trainings, each at each training once, by the station they then served."
    ),
)
flow(
    "stations.meetings",
    ROWS,
    of=Events(
        model=Meeting,
        date="begins_on",
        station="",
        counted=(M.CONFIRMED,),
        recorded=(M.HELD, M.CONFIRMED),
        only=Q(kind=Meeting.Kind.MONTHLY),
        records="meetings",
    ),
    records={"kind": "monthly"},
    label=_("Monthly meetings of station heads"),
    unit=_("meetings"),
    definition=_("Monthly meetings of station heads that were held and confirmed with minutes and presence."),
)
flow(
    "stations.on_site_meetings",
    ROWS,
    of=Events(
        model=Meeting,
        date="begins_on",
        station="host",
        counted=(M.CONFIRMED,),
        recorded=(M.HELD, M.CONFIRMED),
        only=Q(kind=Meeting.Kind.ON_SITE),
        dimensions=(grade_of("host"),),
        records="meetings",
    ),
    records={"kind": "on_site"},
    label=_("On-site meetings hosted"),
    unit=_("meetings"),
    definition=_("Confirmed on-site meetings, counted for the town that showed its work."),
)

VISITS = Events(
    model=PairingVisit,
    date="on",
    counted=(V.CONFIRMED,),
    recorded=PairingVisit.SAID,
    dimensions=(grade_of("station"), Reference("backbone", "backbone", Backbone)),
    columns={"person_day": PersonDay("backbone_id", "on")},
    records="visits",
)
flow(
    "stations.pairing_mornings",
    different("person_day"),
    of=VISITS,
    only=lambda: Q(part__in=MORNINGS),
    label=_("Mornings of the backbone at stations"),
    unit=_("half days"),
    definition=_("Different mornings that a person spent at stations; of a whole day the morning counts here."),
)
flow(
    "stations.pairing_afternoons",
    different("person_day"),
    of=VISITS,
    only=lambda: Q(part__in=AFTERNOONS),
    label=_("Afternoons of the backbone at stations"),
    unit=_("half days"),
    definition=_("Different afternoons that a person spent at stations; of a whole day the afternoon counts here."),
)
together(
    "stations.pairing_days",
    "stations.pairing_mornings",
    "stations.pairing_afternoons",
    per=2,
    label=_("Visit days of the backbone"),
    unit=_("days"),
    definition=_(
        "Different days that a person of the cultural centre spent at stations, as the stations confirmed. A person's day"
        " counts once, however many stations it was spent at; half a day counts half."
    ),
)

flow(
    "stations.reports_adopted",
    different("report"),
    of=Events(
        model=Adoption,
        joins=("report",),
        date="adopted_on",
        division="report__division",
        county="report__county",
        station="report__station",
        state="",
        dimensions=(Choice("level", "level", Adoption.Level), grade_of("report__station")),
        records="adoptions",
    ),
    label=_("Information reports adopted"),
    unit=_("reports"),
    definition=_(
        "Different reports of a town and its station that were adopted in the period, at whichever level; by level each"
        " counts at every level that adopted it."
    ),
)
