"""Numbers of what residents say of activities."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.metrics.activities import ACTIVITIES
from activities.models import Activity, Genre, Kind, Rating, Team
from activities.models.rating import SCORED
from culture_admin.statistics.register import ROWS, Choice, Events, Reference, flow, ratio, total
from culture_admin.territory.models import Unit
from stations.metrics import grade_of
from stewards.metrics import of_contract
from stewards.models import Steward

RATINGS = Events(
    model=Rating,
    joins=("activity",),
    date="activity__begins_on",
    division="activity__division",
    state="activity__state",
    counted=ACTIVITIES.counted,
    recorded=ACTIVITIES.recorded,
    dimensions=(
        Reference("kind", "activity__kind", Kind, key="code"),
        Reference("genre", "activity__genre", Genre, key="code"),
        grade_of("station"),
        Reference("steward", "activity__steward", Steward),
        Reference("firm", "activity__firm", Unit),
        of_contract("activity__posting__contract"),
        Reference("team", "activity__team", Team),
        Reference("activity", "activity", Activity),
        Choice("led_by", "activity__led_by", Activity.LedBy),
    ),
)


def scored() -> Q:
    """Answers that say something."""
    return SCORED


def unknown() -> Q:
    """Answers that say “I cannot say”."""
    return ~SCORED


flow(
    "activities.ratings",
    ROWS,
    of=RATINGS,
    only=scored,
    label=_("Ratings by residents"),
    unit=_("answers"),
    definition=_("Answers from 1 to 5 given to confirmed activities, by the day these begin; “I cannot say” is none."),
)
flow(
    "activities.ratings_unknown",
    ROWS,
    of=RATINGS,
    only=unknown,
    label=_("Residents who could not say"),
    unit=_("answers"),
    definition=_(
        "Answers “I cannot say” given to confirmed activities, by the day these begin; they stand in no mean."
    ),
)
flow(
    "activities.rating_points",
    total("score"),
    of=RATINGS,
    only=scored,
    label=_("Points of all ratings"),
    unit=_("points"),
    definition=_("The sum of the answers from 1 to 5 given to confirmed activities."),
)
ratio(
    "activities.rating",
    "activities.rating_points",
    "activities.ratings",
    beside="activities.ratings",
    label=_("Mean rating by residents"),
    unit=_("points of 5"),
    definition=_(
        "Points of all ratings divided by their number, which is always told with it; below 10 it says little."
    ),
)
