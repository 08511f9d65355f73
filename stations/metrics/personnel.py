"""Numbers of the staff of stations: officers in post, and how many of them are on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import Levels, Reporting, different, ratio, stock
from stations.metrics.rows import grade_of
from stations.models import OfficerPosting, OffPost


def on_post(day: date) -> QuerySet:
    """Postings held on the day by officers who are not, by the ledger, off post on it."""
    away = OffPost.objects.on(day).counting().filter(officer=OuterRef("officer"))
    return OfficerPosting.objects.holding(day).exclude(Exists(away))


Why = dict[int, tuple[str, object]]


def not_holding(rows: Sequence[OfficerPosting], day: date) -> Why:
    """Who only acts in a post."""
    acting = OfficerPosting.objects.on(day).filter(pk__in=[row.pk for row in rows], acting=True)
    return {
        pk: ("acting", gettext("Acts in the post without holding it.")) for pk in acting.values_list("pk", flat=True)
    }


def not_on_post(rows: Sequence[OfficerPosting], day: date) -> Why:
    """Those, and who holds a post and is off it by the ledger."""
    away = OffPost.objects.on(day).counting().filter(officer__in=[row.officer_id for row in rows])
    ledger = {entry.officer_id: entry for entry in away}
    holding = OfficerPosting.objects.holding(day).filter(pk__in=[row.pk for row in rows], officer__in=ledger)
    text = gettext("Off post since %(day)s: %(reason)s.")
    off = {}
    for pk, officer in holding.values_list("pk", "officer"):
        entry = ledger[officer]
        since = date_format(entry.valid_from, "Y-m-d")
        off[pk] = ("off_post", text % {"day": since, "reason": entry.get_reason_display()})
    return not_holding(rows, day) | off


def of_postings(on: Callable[[date], QuerySet], why: Callable[[Sequence[OfficerPosting], date], Why]) -> Levels:
    """Postings as facts; who keeps the staffing plan keeps them, so that a station without any has no officer."""
    return Levels(
        model=OfficerPosting,
        on=on,
        why=why,
        division="station__division",
        county="station__county",
        dimensions=(grade_of("station"),),
        reporting=Reporting.REGISTER,
    )


OFFICERS = stock(
    "stations.officers",
    different("officer"),
    of=of_postings(OfficerPosting.objects.holding, not_holding),
    label=_("Officers in post"),
    unit=_("people"),
    definition=_(
        "People who hold a post at a station on the day, each once; who only acts in a post does not hold it."
    ),
)

ON_POST = stock(
    "stations.officers_on_post",
    different("officer"),
    of=of_postings(on_post, not_on_post),
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
