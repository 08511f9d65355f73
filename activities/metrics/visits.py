"""Numbers of visits in free opening."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activities.metrics.activities import GRADE
from activities.models import MonthlyReturn, OpeningVisits
from culture_admin.statistics.register import Events, flow, total

VISITS = Events(
    model=OpeningVisits,
    date="on",
    state="",
    dimensions=(GRADE,),
    # Who confirms a month has counted what he logged; only a month without anything says that nobody came.
    reports=lambda: MonthlyReturn.objects.settled().filter(zero=True),
    records="opening-visits",
)
flow(
    "activities.visits",
    total("visitors"),
    of=VISITS,
    label=_("Visits in free opening"),
    unit=_("visits"),
    definition=_("People who came in on days of free opening, as the station counted them, whatever they came for."),
)
