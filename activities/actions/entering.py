"""What is entered of an activity, planned or logged: one form of entry, and what follows from it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Required, TypedDict

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.actions.bookings import shut_faults
from activities.actions.place import entering_office, future_faults, plan_faults, posting_for, team_faults
from activities.actions.roster import course_faults, refuse_closed
from activities.actions.villages import Villages
from activities.models import Activity, Course, Genre, Kind, Team
from culture_admin.accounts.roles import Office
from culture_admin.territory.models import Division, Level
from stations.actions.places import Places
from stations.models import Facility, Station
from stewards.models import Posting

# A clock may be wrong by any amount, but PostgreSQL keeps instants that Python cannot read back.
EARLIEST_CLOCK, LATEST_CLOCK = date(1970, 1, 1), date(2199, 12, 31)


class Entry(TypedDict, total=False):
    """What is said of an activity, by the names of its fields; what is left out is not known, or follows.

    `class_seconds` are seconds of class, `expected` people. The same `client_uuid` again is the same activity.
    """

    station: Required[Station]
    title: Required[str]
    kind: Required[Kind]
    genre: Genre | None
    village: Division | None
    venue: str
    facility: Facility | None
    begins_on: Required[date]
    begins_time: time | None
    ends_on: date | None
    ends_time: time | None
    expected: int | None
    class_seconds: int | None
    posting: Posting | None
    team: Team | None
    course: Course | None
    content: str
    note: str
    client_uuid: uuid.UUID | None
    device_at: datetime | None


class LogEntry(Entry, total=False):
    """What is said besides of an activity that was held; heads are people, None where nobody counted."""

    attendance: int | None
    online_attendance: int | None
    estimated: bool
    effect: str
    late_reason: str


# What names the entry itself, or where it belongs, stands for good.
GIVEN_ONCE = ("station", "course", "client_uuid", "device_at")
ENTERED = tuple(LogEntry.__annotations__)


def enter(*, actor, at: datetime, planned: bool, said: Entry) -> tuple[Activity, Office]:
    """The row of an entry, checked and not stored yet, and the office in which it is entered.

    What a member of the station logs is confirmed by the same act. Whoever names a village's hall has named the village. Raises ValidationError by field, PermissionDenied with
    the matrix's sentence.
    """
    station, day = said["station"], said["begins_on"]
    posting = posting_for(actor, station, day, said.get("posting"))
    office, confirmed = entering_office(actor, station, "activities", posting.firm_id if posting else None)
    following = {
        "posting": posting,
        "village": said.get("village") or Villages(station).named(said.get("venue", ""), day),
        "ends_on": said.get("ends_on") or day,
        "client_uuid": said.get("client_uuid") or uuid.uuid4(),
        "recorded_at": at,
        "recorded_by": actor,
        "planned": planned,
    }
    activity = Activity(**{**said, **following})
    logged = Activity.State.CONFIRMED if confirmed else Activity.State.LOGGED
    activity.state = Activity.State.PLANNED if planned else logged
    refuse_closed(activity.course)
    settle(activity, at)
    return activity, office


def settle(activity: Activity, at: datetime, places: Places | None = None) -> None:
    """Fills what follows from the entries, then checks the row; for many at a station give the same `places`."""
    activity.division_id, activity.county_id = (places or Places()).at_work(activity.station, activity.begins_on)
    if activity.division_id == activity.station.division_id:
        # At hand already; whoever shows the row need not read it again.
        activity.division = activity.station.division
    posting = activity.posting
    activity.steward = posting.steward if posting else None
    activity.firm_id = posting.firm_id if posting else None
    activity.led_by = Activity.LedBy.STEWARD if posting else Activity.LedBy.STATION
    in_time = plan_faults if activity.state in Activity.AHEAD else future_faults
    faults = in_time(activity.begins_on, timezone.localdate(at))
    if activity.device_at and not EARLIEST_CLOCK <= activity.device_at.date() <= LATEST_CLOCK:
        faults["device_at"] = _("A date from %(earliest)s to %(latest)s is expected.") % {
            "earliest": EARLIEST_CLOCK,
            "latest": LATEST_CLOCK,
        }
    village = activity.village
    if village and not (village.level == Level.VILLAGE and village.path.startswith(activity.station.division.path)):
        faults["village"] = _("%(village)s does not lie in this town.") % {"village": village}
    if activity.team:
        # A file that was merged while the log was on its way: the team is the one that is kept.
        activity.team = activity.team.kept
        if activity.team.station_id != activity.station_id:
            faults["team"] = _("%(team)s belongs to another station.") % {"team": activity.team}
        elif activity._state.adding:
            faults |= team_faults(activity.team, activity.begins_on)
    if activity.facility:
        faults |= shut_faults(activity.facility, activity.ends_on)
        if activity.facility.station_id != activity.station_id:
            faults["facility"] = str(_("The room belongs to another station."))
    faults |= course_faults(activity)
    refuse(faults)
    # Foreign keys came in as rows the door has already narrowed to the actor's own: no query is spent on them again.
    activity.clean_fields(exclude=FOREIGN_KEYS)
    activity.clean()


def refuse(faults: Mapping[str, object]) -> None:
    """Raises ValidationError by field, if there is a fault."""
    if faults:
        raise ValidationError(faults)


FOREIGN_KEYS = [field.name for field in Activity._meta.fields if field.many_to_one or field.primary_key]
