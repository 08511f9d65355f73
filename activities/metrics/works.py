"""Numbers of works and of the prizes they were given."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activities.metrics.activities import GENRE, GRADE
from activities.metrics.teams import led_by
from activities.models import Genre, Prize, Team, Work
from culture_admin.statistics.register import ROWS, Events, Reference, flow, together
from culture_admin.territory.models import Unit
from stations.metrics import grade_of
from stewards.metrics import FIRM, STEWARD
from stewards.models import Steward

WORKS = Events(
    model=Work,
    date="finished_on",
    counted=(Work.State.RECORDED,),
    recorded=(Work.State.PROPOSED, Work.State.RECORDED),
    dimensions=(GENRE, GRADE, STEWARD, FIRM, Reference("team", "team", Team), led_by("steward")),
    records="works",
)
PRIZES = Events(
    model=Prize,
    joins=("work",),
    date="awarded_on",
    division="work__division",
    county="work__county",
    station="work__station",
    state="work__state",
    counted=WORKS.counted,
    recorded=WORKS.recorded,
    dimensions=(
        Reference("genre", "work__genre", Genre, key="code"),
        grade_of("work__station"),
        Reference("steward", "work__steward", Steward),
        Reference("firm", "work__firm", Unit),
        Reference("team", "work__team", Team),
        led_by("work__steward"),
    ),
)

flow(
    "activities.works_finished",
    ROWS,
    of=WORKS,
    label=_("Works finished"),
    unit=_("works"),
    definition=_("Works on record, by the day they were finished."),
)
flow(
    "activities.prizes",
    ROWS,
    of=PRIZES,
    label=_("Prizes awarded"),
    unit=_("prizes"),
    definition=_("Prizes of works on record, by the day they were awarded."),
)
together(
    "activities.works",
    "activities.works_finished",
    "activities.prizes",
    label=_("Works and prizes"),
    unit=_("works and prizes"),
    definition=_("Works finished in the period, and prizes awarded in it."),
)
