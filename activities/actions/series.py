"""Plan a series, change the rest of one, end one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions.bookings import book_for
from activities.actions.clashes import refuse_clashes
from activities.actions.entering import settle
from activities.actions.logging import MOVING, changing_office
from activities.actions.permits import owe_permits
from activities.actions.place import entering_office, plan_faults, posting_for
from activities.actions.roster import refuse_closed
from activities.actions.villages import Villages, follow_venue
from activities.models import Activity, Course, Genre, Kind, Series, Team
from activities.models.bounds import CONTENT
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.territory.models import Division
from culture_admin.workflow.actions import StepRefused, perform, record_entries
from culture_admin.workflow.calendar import is_working_day
from culture_admin.workflow.locking import lock
from culture_admin.workflow.steps import FLOWS, content_hash, content_hashes
from stations.actions.places import Places
from stations.models import Facility, Station
from stewards.models import Posting

# Two a week for a year and some more; a longer series is planned again.
MOST_ACTIVITIES = 120
# What the series hands down to each of its activities, and may be changed for all later ones.
SHARED = (
    "title", "kind", "genre", "begins_time", "ends_time", "village", "venue", "facility", "posting", "team", "course",
)  # fmt: skip
CHANGEABLE = tuple(name for name in SHARED if name != "course")
# What of an activity follows from these.
FOLLOWING = ("division", "county", "steward", "firm", "led_by", "version")
JOINS = (
    "station__division", "station__unit", "division", "kind", "genre", "village", "facility", "posting__steward", "team", "course",
)  # fmt: skip


def plan_series(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    title: str,
    kind: Kind,
    weekdays: Sequence[int],
    begins_on: date,
    ends_on: date,
    every: int = 1,
    skips_holidays: bool = True,
    begins_time: time | None = None,
    ends_time: time | None = None,
    genre: Genre | None = None,
    village: Division | None = None,
    venue: str = "",
    facility: Facility | None = None,
    posting: Posting | None = None,
    team: Team | None = None,
    course: Course | None = None,
    expected: int | None = None,
    class_seconds: int | None = None,
    override_reason: str = "",
) -> Series:
    """Plans an activity on each day the rule falls on, all or none, up to `MOST_ACTIVITIES`.

    skips_holidays: not on public holidays, by the calendar of Chinese working days. class_seconds of each session.
    Raises ValidationError by field, PermissionDenied, StepRefused (`room_taken`, `clash`).
    """
    at = at or timezone.now()
    series = Series(
        station=station,
        title=title,
        kind=kind,
        genre=genre,
        weekdays=list(weekdays),
        every=every,
        begins_on=begins_on,
        ends_on=ends_on,
        skips_holidays=skips_holidays,
        begins_time=begins_time,
        ends_time=ends_time,
        village=village or Villages(station).named(venue, begins_on),
        venue=venue,
        facility=facility,
        posting=posting_for(actor, station, begins_on, posting),
        team=team,
        course=course,
    )
    _check(series)
    firm_id = series.posting.firm_id if series.posting else None
    office, _confirmed = entering_office(actor, station, "activities", firm_id)
    refuse_closed(course)
    activities = _activities_of(series, actor, at, expected=expected, class_seconds=class_seconds)
    refuse_clashes(activities, override_reason)
    with acting(actor):
        series.save()
        Activity.objects.bulk_create(activities)
        book_for(activities, actor, at)
        owe_permits(activities, at)
        entries = {
            "subject_id": [activity.pk for activity in activities],
            "content_hash": content_hashes([getattr(activity, name) for activity in activities] for name in CONTENT),
            "division_id": [activity.division_id for activity in activities],
            "firm_id": [activity.firm_id for activity in activities],
        }
        record_entries(
            Activity,
            step="plan",
            state=Activity.State.PLANNED,
            office=office,
            actor=actor,
            at=at,
            station_id=station.pk,
            entries=entries,
        )
    return series


def change_series(
    *,
    actor,
    series: Series,
    at: datetime | None = None,
    seen: int | None = None,
    from_on: date | None = None,
    override_reason: str = "",
    **changes,
) -> Series:
    """Changes what is still planned of a series from a day on: this one and all later ones; without a day from today.

    What was held, cancelled or is over stays as it is, and so does what was changed on one activity alone. Raises ValidationError, StepRefused (`stale`, `room_taken`, `clash`).
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    with acting(actor):
        row = _locked(series, actor, seen)
        follow_venue(row, changes)
        former = {name: getattr(row, name) for name in changes}
        for name, value in changes.items():
            setattr(row, name, value)
        _check(row)
        rest = _ahead(row, actor, from_on or timezone.localdate(at))
        changed = [activity for activity in rest if _hand_down(activity, former, changes)]
        _store_changed(changed, set(changes), actor, at, override_reason)
        row.version += 1
        row.save()
    return row


def end_series(
    *, actor, series: Series, reason: str, after: date, at: datetime | None = None, seen: int | None = None
) -> Series:
    """Cancels what is still planned after a day, with the reason; the series ends on that day. Raises StepRefused."""
    at = at or timezone.now()
    if not reason.strip():
        raise StepRefused("comment_required", _("Say why: this step needs a comment."), series.pk)
    with acting(actor):
        row = _locked(series, actor, seen)
        if after < row.begins_on:
            message = _("The series begins on %(day)s.") % {"day": row.begins_on}
            raise ValidationError({"after": ValidationError(message, code="before_start")})
        rest = [activity for activity in _ahead(row, actor, after) if activity.begins_on > after]
        perform(rest, "cancel", actor=actor, comment=reason, at=at)
        row.ends_on, row.version = min(row.ends_on, after), row.version + 1
        row.save()
    return row


def days_of(series: Series) -> list[date]:
    """The days on which the series falls, without public holidays where it skips them."""
    days = []
    for day in series.days():
        # A weekday off is a holiday; a weekend is one only by name, and a series on Sundays is meant so.
        is_holiday = day.isoweekday() <= 5 and not is_working_day(day)[0]
        if not (series.skips_holidays and is_holiday):
            days.append(day)
        if len(days) > MOST_ACTIVITIES:
            break
    return days


def _activities_of(series: Series, actor, at: datetime, **values: object) -> list[Activity]:
    """The activities to be planned, each checked like one that is planned by itself."""
    if faults := plan_faults(series.begins_on, timezone.localdate(at)):
        raise ValidationError(faults)
    days = days_of(series)
    if not days:
        raise ValidationError({"weekdays": _("The rule falls on no day between the first and the last.")})
    if len(days) > MOST_ACTIVITIES:
        message = _("A series has %(most)d activities at most; end it earlier and plan it on then.")
        raise ValidationError({"ends_on": message % {"most": MOST_ACTIVITIES}})
    places, shared = Places(), {name: getattr(series, name) for name in SHARED}
    activities = []
    for day in days:
        activity = Activity(
            station=series.station,
            begins_on=day,
            ends_on=day,
            series=series,
            recorded_at=at,
            recorded_by=actor,
            planned=True,
            state=Activity.State.PLANNED,
            **shared,
            **values,
        )
        if series.posting:
            posting_for(actor, series.station, day, series.posting)
        settle(activity, at, places)
        activities.append(activity)
    return activities


def _hand_down(activity: Activity, former: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    """Gives an activity the values of its series where it still had those; whether that changed it."""
    still = [name for name in changes if getattr(activity, name) == former[name] != changes[name]]
    for name in still:
        setattr(activity, name, changes[name])
    return bool(still)


def _store_changed(activities: Sequence[Activity], names: set[str], actor, at: datetime, override_reason: str) -> None:
    """Checks and writes activities of one series as `change_activity` does one, with as many queries for many as for few."""
    if not activities:
        return
    places, offices = Places(), {}
    for activity in activities:
        offices.setdefault((activity.state, changing_office(actor, activity)), []).append(activity)
        if activity.posting and "posting" in names:
            posting_for(actor, activity.station, activity.begins_on, activity.posting)
        settle(activity, at, places)
        activity.version += 1
    if MOVING & names:
        refuse_clashes(activities, override_reason)
    Activity.objects.bulk_update(activities, [*names, *FOLLOWING])
    book_for(activities, actor, at)
    owe_permits(activities, at, changed=names)
    content = FLOWS[Activity].content
    for (state, office), together in offices.items():
        entries = {
            "subject_id": [activity.pk for activity in together],
            "content_hash": [content_hash(content(activity)) for activity in together],
            "division_id": [activity.division_id for activity in together],
            "firm_id": [activity.firm_id for activity in together],
        }
        record_entries(
            Activity,
            step="change",
            state=state,
            office=office,
            actor=actor,
            at=at,
            station_id=together[0].station_id,
            entries=entries,
            comment=override_reason,
        )


def _locked(series: Series, actor, seen: int | None) -> Series:
    rows = Series.objects.visible_to(actor).select_related("station__division", "station__unit", "posting__steward")
    row = lock(rows, series, seen)
    firm_id = row.posting.firm_id if row.posting else None
    require(actor.offices, "activities", ("decide", "propose"), path=row.station.division.path, unit_id=firm_id)
    return row


def _ahead(series: Series, actor, first: date) -> list[Activity]:
    rows = Activity.objects.visible_to(actor).filter(series=series, state__in=Activity.AHEAD, begins_on__gte=first)
    return list(rows.select_related(*JOINS).order_by("pk").select_for_update(of=("self",)))


def _check(series: Series) -> None:
    if series.team:
        series.team = series.team.kept
    if series.ends_on < series.begins_on:
        raise ValidationError({"ends_on": _("A series does not end before it begins.")})
    for name in ("facility", "team", "course"):
        row = getattr(series, name)
        if row and row.station_id != series.station_id:
            raise ValidationError({name: _("%(row)s belongs to another station.") % {"row": row}})
    links = [field.name for field in Series._meta.fields if field.many_to_one]
    series.clean_fields(exclude=[*links, "id"])
