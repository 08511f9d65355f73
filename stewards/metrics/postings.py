"""How many stewards are posted."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import Levels, Reference, Reporting, different, stock
from culture_admin.territory.models import Unit
from stations.metrics import grade_of
from stewards.models import Contract, Posting, Steward

STEWARD = Reference("steward", "steward", Steward)
# A firm has the key of its unit.
FIRM = Reference("firm", "firm", Unit)


def of_contract(lookup: str) -> Reference:
    """The contract under which something was served, by a lookup that leads to it."""
    return Reference("contract", lookup, Contract)


def postings_on(day: date) -> QuerySet:
    return Posting.objects.on(day)


POSTED = stock(
    "stewards.posted",
    different("steward"),
    of=Levels(
        model=Posting,
        joins=("steward", "station__unit"),
        on=postings_on,
        division="station__division",
        dimensions=(STEWARD, FIRM, of_contract("contract"), grade_of("station")),
        reporting=Reporting.REGISTER,
    ),
    label=_("Cultural stewards posted"),
    unit=_("people"),
    definition=_("Different cultural stewards with a posting in force on the day."),
)
