"""The month of a station: its return is opened, confirmed from what the logs say, closed, and reopened by what comes later."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Case, JSONField, Q, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, Course, MonthlyReturn
from activities.models.bounds import EARLIEST
from activities.models.returns import month_after, month_of
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS
from culture_admin.statistics.tallies import Number
from culture_admin.workflow.actions import StepRefused, follow, owe_each, record_entry, settle
from culture_admin.workflow.models import DUTIES, Duty
from stations.actions.places import Places
from stations.models import Station

POWER = "activities.returns"
DUTY = "monthly_return"
BASIS = gettext_lazy("Monthly return by the 5th")
# The day of the next month by which a return is due, and the days a head has for one that is reopened later.
DUE_DAY, AGAIN = 5, timedelta(days=5)
# What a head answers for. The levels are shown beside it: a team entered today for last year reopens no month.
FILED_FLOWS = (
    "activities.held",
    "activities.sessions",
    "activities.class_hours",
    "activities.person_times",
    "activities.online_person_times",
    "activities.courses",
    "activities.visits",
)
LEVELS = ("activities.teams",)
# Locked whatever their state: who confirms or closes one now waits for the write at hand, or this write for him. Not a shared
# lock, which two writes would hold while each waits for the other to reopen the month. Written out, because every log asks.
_LOCK = """
    SELECT id, state FROM activities_monthlyreturn WHERE (station_id, month) IN %s ORDER BY id FOR NO KEY UPDATE
"""
Plain = int | float
Figures = dict[str, Plain | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not what it was when the head confirmed it."""

    code: str
    label: object
    filed: Plain | None
    now: Plain | None


def open_month(*, month: date, at: datetime, stations: Collection[int] | None = None) -> int:
    """Opens the return of a month for every station that existed in it and has none; says by when it is owed.

    Does so for all stations at once and may be called again. Returns how many were opened.
    """
    month = month_of(month)
    _refuse_unfinished(month, timezone.localdate(at))
    after = month_after(month)
    rows = (
        Station.objects.filter(Q(unit__valid_from=None) | Q(unit__valid_from__lt=after))
        .filter(Q(unit__valid_to=None) | Q(unit__valid_to__gt=month))
        .exclude(returns__month=month)
        .select_related("unit", "division", "county")
        .order_by("pk")
    )
    if stations is not None:
        rows = rows.filter(pk__in=stations)
    places = Places()
    with acting(None):
        opened = []
        for station in rows:
            ground = places.on(station, after - timedelta(days=1))
            opened.append(
                MonthlyReturn(station=station, month=month, division_id=ground.division_id, county_id=ground.county_id)
            )
        MonthlyReturn.objects.bulk_create(opened)
        _owe(opened, after, after.replace(day=DUE_DAY))
    return len(opened)


def open_return(*, actor, at: datetime | None = None, station: Station, month: date) -> MonthlyReturn:
    """Opens one return without waiting for the first of the month; only of a month that is over.

    Raises ValidationError by field, PermissionDenied with the matrix's sentence.
    """
    at = at or timezone.now()
    office, _verb = require(actor.offices, POWER, ("propose", "decide"), path=station.division.path)
    if month.day != 1:
        raise ValidationError({"month": ValidationError(_("A month is named by its first day."), code="month_format")})
    _refuse_unfinished(month, timezone.localdate(at))
    after = month_after(month)
    ground = Places().on(station, after - timedelta(days=1))
    opened = MonthlyReturn(
        station=station,
        month=month,
        division_id=ground.division_id,
        county_id=ground.county_id,
    )
    with acting(actor):
        opened.save(force_insert=True)
        record_entry(opened, step="open", office=office, actor=actor, at=at)
        _owe([opened], after, max(after.replace(day=DUE_DAY), timezone.localdate(at) + AGAIN))
    return opened


def file_figures(returns: Sequence[MonthlyReturn], at: datetime, *, zero: bool) -> None:
    """Keeps what the figures are at the moment the head confirms them, and closes the duty."""
    figures = figures_of(returns, at, FILED_FLOWS + LEVELS)
    for one in returns:
        one.filed, one.filed_at, one.zero = figures[one.pk], at, zero
    filed = Case(*[When(pk=one.pk, then=Value(one.filed, JSONField())) for one in returns])
    MonthlyReturn.objects.filter(pk__in=[one.pk for one in returns]).update(
        filed=Cast(filed, JSONField()), filed_at=at, zero=zero
    )
    settle(returns, DUTY, at=at)


def refuse_changed(returns: Sequence[MonthlyReturn], at: datetime) -> None:
    """A month is closed with the figures its head confirmed. Raises StepRefused `figures_changed`."""
    figures = figures_of(returns, at)
    for one in returns:
        found = differences(one, figures[one.pk])
        if found:
            raise StepRefused(
                "figures_changed",
                _("The figures are not those the station confirmed any more (%(figures)s). Reopen the month.")
                % {"figures": ", ".join(str(difference.label) for difference in found)},
                one.pk,
            )


def owe_again(returns: Sequence[MonthlyReturn], at: datetime) -> None:
    """The head owes a reopened return once more; for a month just over not before the 5th."""
    today = timezone.localdate(at)
    for one in returns:
        _owe([one], today, max(today + AGAIN, month_after(one.month).replace(day=DUE_DAY)))


def note_change(touched: Iterable[tuple[int, date]], *, actor, at: datetime, act: str) -> list[MonthlyReturn]:
    """Reopens the settled returns whose figures are no longer what the head confirmed; returns them.

    Called after every write of what a month counts, inside its transaction. touched: (station's key, a day). act: what was
    done, for the decision. One query where no month touched is settled, which is the rule.
    """
    months = {(station_id, month_of(day)) for station_id, day in touched}
    if not months:
        return []
    settled = _lock_months(months)
    if not settled:
        return []
    found = list(MonthlyReturn.objects.filter(pk__in=settled).order_by("pk"))
    figures = figures_of(found, at)
    changed = [one.pk for one in found if differences(one, figures[one.pk])]
    return follow(MonthlyReturn.objects.filter(pk__in=changed), "reopen", actor=actor, at=at, comment=act)


def _lock_months(months: Collection[tuple[int, date]]) -> list[int]:
    """Locks the returns of stations' months; gives the keys of those that are settled."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [tuple(sorted(months))])
        return [key for key, state in cursor.fetchall() if state in MonthlyReturn.SETTLED]


def note_records(records: Iterable[Activity | Course], *, actor, at: datetime, act: str) -> list[MonthlyReturn]:
    """`note_change` for records that lie at a station and begin on a day."""
    return note_change(((one.station_id, one.begins_on) for one in records), actor=actor, at=at, act=act)


def settled_months(station_id: int, days: Iterable[date]) -> set[date]:
    """Of the months these days lie in, those for which the station has answered already."""
    months = {month_of(day) for day in days}
    rows = MonthlyReturn.objects.settled().filter(station_id=station_id, month__in=months) if months else ()
    return {one.month for one in rows}


def figures_of(
    returns: Sequence[MonthlyReturn], at: datetime, codes: Sequence[str] = FILED_FLOWS
) -> dict[int, Figures]:
    """What the logs say now, by the key of the return and the code of the metric; numbers as JSON has them."""
    if not returns:
        return {}
    table = read(
        known(codes),
        by=["station", "month"],
        where={"station": sorted({one.station_id for one in returns})},
        period=Period(min(one.month for one in returns), max(one.last_day for one in returns)),
        at=at,
    )
    rows = {(row.keys["station"], row.keys["month"]): row.values for row in table.rows}
    return {
        one.pk: {
            code: plain(value) for code, value in rows.get((one.station_id, Grain.MONTH.label(one.month)), {}).items()
        }
        for one in returns
    }


def differences(filed: MonthlyReturn, now: Figures, codes: Sequence[str] = FILED_FLOWS) -> list[Difference]:
    """The figures that differ from those filed; what was not recorded then and is zero now says the same."""
    return [
        Difference(code, METRICS[code].label, value, now.get(code))
        for code, value in (filed.filed or {}).items()
        if code in codes and (value or 0) != (now.get(code) or 0)
    ]


def known(codes: Iterable[str]) -> list[str]:
    return [code for code in codes if code in METRICS]


def plain(value: Number | None) -> Plain | None:
    """A number as JSON has it."""
    return value if value is None or isinstance(value, int) else float(value)


def _owe(returns: Sequence[MonthlyReturn], since: date, due_on: date) -> None:
    if not returns:
        return
    owe_each(
        ((one.station_id, one) for one in returns),
        code=DUTY,
        label=_duty_label(returns[0]),
        opened_on=since,
        due_on=due_on,
        basis=str(BASIS),
    )


def _duty_label(one: MonthlyReturn) -> str:
    return _("Monthly return of %(month)s") % {"month": date_format(one.month, "YEAR_MONTH_FORMAT")}


DUTIES[DUTY] = Duty(_duty_label, BASIS, gettext_lazy("Monthly return"))


def _refuse_unfinished(month: date, today: date) -> None:
    if month >= month_of(today):
        message = _("The month is not over; its return is opened on the 1st of the next.")
        raise ValidationError({"month": ValidationError(message, code="month_not_over")})
    if month < EARLIEST:
        message = _("A date from %(earliest)s on is expected.") % {"earliest": EARLIEST}
        raise ValidationError({"month": ValidationError(message, code="date_range")})
