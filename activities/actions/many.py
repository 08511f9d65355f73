"""Many logs of one request: set-wise as far as nothing is the matter with them; the others are left to be logged alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from activities.actions.bookings import shut_faults
from activities.actions.bulk import DEFAULTS, check_columns, log_activities
from activities.actions.entering import EARLIEST_CLOCK, LATEST_CLOCK
from activities.actions.locking import claim, client_names
from activities.actions.place import covers, entering_office, is_steward, team_faults
from activities.actions.roster import course_faults, refuse_closed
from activities.models import Activity
from activities.models.bounds import LATE_AFTER
from culture_admin.accounts.acting import acting
from culture_admin.territory.models import Level
from stewards.models import Posting

Row = Mapping[str, Any]
LINKS = ("kind", "genre", "village", "team", "course", "facility")
PLAIN = tuple(name for name in DEFAULTS if not name.endswith("_id") and name != "posting")


class Entered(NamedTuple):
    """A record that stands for a row: its key and its version."""

    pk: int
    version: int


def log_rows(*, actor, rows: Sequence[Row], at: datetime | None = None) -> list[Entered | None]:
    """Logs rows with the entries of `log_activity`, set-wise for each station; in their order what stands for each.

    None where a row has to be logged alone, because something is the matter with it that only the form of one row says in
    full, or because it asks for more than a row, such as a room or a roster. The same `client_uuid` again is the same record.
    """
    at = at or timezone.now()
    with acting(actor):
        sorting = _Sorting(actor, rows, at)
        for (station, _firm), indexes in sorting.groups().items():
            columns = _columns([rows[index] for index in indexes], [sorting.postings[index] for index in indexes])
            keys = log_activities(actor=actor, at=at, station=station, columns=columns)
            for index, key in zip(indexes, keys, strict=True):
                sorting.found[index] = Entered(key, 1)
    for index, first in sorting.repeats.items():
        sorting.found[index] = sorting.found[first]
    return sorting.found


class _Sorting:
    """Which rows are there already, which repeat one another, and which can be logged together."""

    def __init__(self, actor, rows: Sequence[Row], at: datetime) -> None:
        self.actor, self.rows, self.today = actor, rows, timezone.localdate(at)
        self.found: list[Entered | None] = [None] * len(rows)
        self.postings: list[Posting | None] = [None] * len(rows)
        self.repeats: dict[int, int] = {}
        self.own = _own_postings(actor) if is_steward(actor) else None
        self.villages: dict[tuple, bool] = {}

    def groups(self) -> dict[tuple, list[int]]:
        """Rows that are logged by one statement: of one station and one firm, whose offices are asked once."""
        wanted = [row["client_uuid"] for row in self.rows if row.get("client_uuid")]
        taken, known = self._there(wanted)
        alone: set[UUID] = set()
        first: dict[UUID, int] = {}
        together: dict[tuple, list[int]] = defaultdict(list)
        for index, row in enumerate(self.rows):
            client = row.get("client_uuid")
            if client in known:
                self.found[index] = known[client]
            elif client in taken or client in alone:
                continue
            elif client in first:
                self.repeats[index] = first[client]
            elif self._is_plain(index, row):
                posting = self.postings[index]
                together[row["station"], posting.firm_id if posting else None].append(index)
                if client:
                    first[client] = index
            elif client:
                alone.add(client)
        return {group: kept for group, indexes in together.items() if (kept := self._sound(group, indexes))}

    def _there(self, wanted: Sequence[UUID]) -> tuple[set[UUID], dict[UUID, Entered]]:
        """Of the clients' ids those that records have, and the records of those that the actor may see."""
        if not wanted:
            return set(), {}
        claim(client_names(wanted))
        taken = set(Activity.objects.filter(client_uuid__in=wanted).values_list("client_uuid", flat=True))
        rows = Activity.objects.visible_to(self.actor).filter(client_uuid__in=taken) if taken else ()
        return taken, {row.client_uuid: Entered(row.pk, row.version) for row in rows}

    def _is_plain(self, index: int, row: Row) -> bool:
        """Whether the row needs nothing but to be stored, and its links fit each other; notes the posting behind it."""
        station, day = row["station"], row["begins_on"]
        ends_on, device_at = row.get("ends_on") or day, row.get("device_at")
        facility, team, course, village = (row.get(name) for name in ("facility", "team", "course", "village"))
        if row.get("present") is not None or (facility and (row.get("ends_time") or shut_faults(facility, ends_on))):
            return False
        if device_at and not EARLIEST_CLOCK <= device_at.date() <= LATEST_CLOCK:
            return False
        if self.today - ends_on > LATE_AFTER and not row.get("late_reason"):
            return False
        if any(each and each.station_id != station.pk for each in (facility, team)):
            return False
        if (village and not self._lies_in(village, station)) or (
            team and (team.merged_into_id or team_faults(team, day))
        ):
            return False
        return self._has_posting(index, row, station, day) and not (course and self._misfits(course, row))

    def _lies_in(self, village, station) -> bool:
        key = (village.pk, station.pk)
        if key not in self.villages:
            self.villages[key] = village.level == Level.VILLAGE and village.path.startswith(station.division.path)
        return self.villages[key]

    def _misfits(self, course, row: Row) -> bool:
        try:
            refuse_closed(course)
        except ValidationError:
            return True
        session = Activity(station=row["station"], kind=row["kind"], begins_on=row["begins_on"], course=course)
        return bool(course_faults(session))

    def _has_posting(self, index: int, row: Row, station, day: date) -> bool:
        """Whether it is clear by which posting the row is led, if by any."""
        posting = row.get("posting")
        if posting is None and self.own is not None:
            fitting = [each for each in self.own.get(station.pk, ()) if covers(each, day)]
            if len(fitting) != 1:
                return False
            posting = fitting[0]
        self.postings[index] = posting
        return posting is None or (posting.station_id == station.pk and covers(posting, day))

    def _sound(self, group: tuple, indexes: list[int]) -> list[int]:
        """The rows of a group that the actor may log and in which no value is refused."""
        station, firm_id = group
        try:
            entering_office(self.actor, station, "activities", firm_id)
        except PermissionDenied:
            return self._without(indexes, set(indexes))
        columns = _columns([self.rows[index] for index in indexes], [self.postings[index] for index in indexes])
        faulty = {indexes[fault.index] for fault in check_columns(columns, self.today)}
        return self._without(indexes, faulty) if faulty else indexes

    def _without(self, indexes: Sequence[int], left: set[int]) -> list[int]:
        """The rows but those left to be logged alone, and with these go the rows that repeat them."""
        self.repeats = {index: first for index, first in self.repeats.items() if first not in left}
        return [index for index in indexes if index not in left]


def _columns(rows: Sequence[Row], postings: Sequence[Posting | None]) -> dict[str, Sequence]:
    """The rows as `log_activities` takes them."""
    columns: dict[str, Sequence] = {name: [row.get(name, DEFAULTS[name]) for row in rows] for name in PLAIN}
    for name in LINKS:
        columns[f"{name}_id"] = [each.pk if (each := row.get(name)) else None for row in rows]
    return columns | {"posting": postings}


def _own_postings(actor) -> dict[int, list[Posting]]:
    """A steward's own postings by station."""
    own: dict[int, list[Posting]] = defaultdict(list)
    for posting in Posting.objects.decided().filter(steward__user=actor).select_related("steward"):
        own[posting.station_id].append(posting)
    return own
