"""How many days stewards were on duty."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import Events, flow, total
from stations.metrics import grade_of
from stewards.metrics.postings import FIRM, STEWARD, of_contract
from stewards.models import DutyDay, Measure

D = DutyDay.State

DUTY = Events(
    model=DutyDay,
    date="day",
    village="village",
    counted=(D.CONFIRMED,),
    recorded=(D.LOGGED, D.CONFIRMED, D.RETURNED),
    joins=("steward", "station__unit"),
    dimensions=(STEWARD, FIRM, of_contract("posting__contract"), grade_of("station")),
    records="duty-days",
)
flow(
    "stewards.duty_days",
    total("halves"),
    of=DUTY,
    per=Measure.DUTY_DAYS.per,
    label=_("Days on duty"),
    unit=_("days"),
    definition=_("Days on duty of cultural stewards that the station confirmed; half a day counts as a half."),
)
