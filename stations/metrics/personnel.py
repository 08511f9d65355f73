"""Numbers of the staff of stations: officers in post, and how many of them are on it."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import Levels, Reporting, different, ratio, stock
from stations.metrics.rows import grade_of
from stations.models import OfficerPosting, OffPost


def on_post(day: date) -> QuerySet:
    """Postings held on the day by officers who are not, by the ledger, off post on it."""
    away = OffPost.objects.on(day).counting().filter(officer=OuterRef("officer"))
    return OfficerPosting.objects.holding(day).exclude(Exists(away))


def of_postings(on) -> Levels:
    """Postings as facts; who keeps the staffing plan keeps them, so that a station without any has no officer."""
    return Levels(
        model=OfficerPosting,
        on=on,
        division="station__division",
        county="station__county",
        dimensions=(grade_of("station"),),
        reporting=Reporting.REGISTER,
    )


OFFICERS = stock(
    "stations.officers",
    different("officer"),
    of=of_postings(OfficerPosting.objects.holding),
    label=_("Officers in post"),
    unit=_("people"),
    definition=_(
        "People who hold a post at a station on the day, each once; who only acts in a post does not hold it."
    ),
)

ON_POST = stock(
    "stations.officers_on_post",
    different("officer"),
    of=of_postings(on_post),
    label=_("Officers on post"),
    unit=_("people"),
    definition=_(
        "Officers in post who are not, by the off-post ledger, put to other work, seconded or absent on the day."
    ),
)

ratio(
    "stations.on_post_rate",
    ON_POST.code,
    OFFICERS.code,
    decimals=4,
    label=_("Officers on post, share"),
    unit=_("share of officers in post"),
    definition=_(
        "Officers on post, of the officers in post on the day; cultural secondment and leave take nobody off post."
    ),
)
