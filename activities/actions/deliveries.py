"""What activities, teams and works are worth on the service lines of contracts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.models import Activity, Team, Work
from activities.models.team import IN_REGISTER
from stewards.actions.deliveries import settle_records
from stewards.models import Measure
from stewards.sources import Served, register

KINDS: dict[type[Model], str] = {Activity: "activity", Team: "team", Work: "work"}
# A team that has left the register was founded all the same.
FOUNDED = (*IN_REGISTER, Team.State.DEREGISTERED)


def deliver(
    rows: Iterable[Activity | Team | Work], *, at: datetime, formerly: Iterable[int | None] = (), why: str = ""
) -> None:
    """Settles what records of one model are worth on service lines, after they were written and in the same transaction.

    formerly: keys of postings that they had before. Costs nothing where no steward is behind them.
    """
    rows = list(rows)
    if rows:
        postings = [row.posting_id for row in rows]
        settle_records(KINDS[type(rows[0])], [row.pk for row in rows], [*postings, *formerly], at=at, why=why)


def served_activities(rows: QuerySet[Activity]) -> list[Served]:
    """A confirmed training session counts as one, and by its class time; any other confirmed activity as one activity."""
    found = rows.select_related("kind", "genre")
    return [
        Served(
            kind=row.kind.code,
            amounts=_worth(row) if row.state == Activity.State.CONFIRMED else {},
            on=row.begins_on,
            **_shared("activity", row),
        )
        for row in found
    ]


def served_teams(rows: QuerySet[Team]) -> list[Served]:
    """A team counts as one from the day it stands in the register."""
    return [
        Served(
            amounts={Measure.TEAMS: 1} if row.state in FOUNDED and row.registered_on else {},
            on=row.registered_on or date.max,
            until=row.deregistered_on,
            **_shared("team", row),
        )
        for row in rows.select_related("genre")
    ]


def served_works(rows: QuerySet[Work]) -> list[Served]:
    """A work counts as one as soon as it is on record."""
    return [
        Served(
            amounts={Measure.WORKS: 1} if row.state == Work.State.RECORDED else {},
            on=row.finished_on,
            **_shared("work", row),
        )
        for row in rows.select_related("genre")
    ]


def _worth(row: Activity) -> dict[Measure, int]:
    if not row.kind.is_session:
        return {Measure.ACTIVITIES: 1}
    # Class time of which nothing is recorded is worth nothing.
    hours = {Measure.CLASS_HOURS: row.class_seconds} if row.class_seconds else {}
    return {Measure.SESSIONS: 1, **hours}


def _shared(kind: str, row: Activity | Team | Work) -> dict[str, object]:
    return {
        "source_kind": kind,
        "source_id": row.pk,
        "posting_id": row.posting_id,
        "station_id": row.station_id,
        "county_id": row.county_id,
        "steward_id": row.steward_id,
        "genre": row.genre.code if row.genre else "",
        "why": _("The record is “%(state)s”.") % {"state": row.get_state_display()},
    }


register(
    "activity",
    "activities.Activity",
    gettext_lazy("Activity"),
    served=served_activities,
    records="activities",
)
register("team", "activities.Team", gettext_lazy("Team"), served=served_teams, records="teams")
register("work", "activities.Work", pgettext_lazy("of art", "Work"), served=served_works, records="works")
