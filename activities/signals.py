"""Signals about the evidence of activities: what a reviewer may want to look at. None of them is a verdict or moves a state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity, Receipt
from culture_admin.accounts.asking import ask
from culture_admin.exchange.models import Attachment
from culture_admin.exchange.pictures import look_the_same
from culture_admin.statistics.periods import Grain

DAY = timedelta(days=1)
# A day's ledger is written in one go; ten logs of ten days within half an hour are a month's.
SITTING, MANY = timedelta(minutes=30), 10
ROUND = 10
LOGGED = (Activity.State.LOGGED, Activity.State.CONFIRMED, Activity.State.RETURNED)
POWER = "activities.signals"


@dataclass(frozen=True, slots=True)
class Signal:
    """A code, a sentence, and what is behind it: the id of another activity, or what narrows the list of them."""

    code: str
    text: str
    activity: int | None = None
    rows: Mapping[str, object] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """`rows` as an address has it."""
        return urlencode(self.rows)


def reviews(user) -> bool:
    """Whether signals are shown to the user at all."""
    return bool(ask(user.offices, POWER, "see"))


def signals_of(activities: Iterable[Activity], user) -> dict[int, list[Signal]]:
    """The signals of each activity, by key, as far as the user reviews it; so many queries however many activities.

    The activities come with their station's division and their room.
    """
    rows = [activity for activity in activities if ask(user.offices, POWER, "see", path=activity.station.division.path)]
    found: dict[int, list[Signal]] = defaultdict(list)
    if not rows:
        return found
    photos = _photos(rows)
    known = Twins(rows, photos, user)
    months = Months(rows)
    queued = _queued(rows)
    for row in rows:
        found[row.pk] = [
            *known.of(row),
            *_taken_elsewhen(row, photos[row.pk]),
            *months.of(row),
            *_clock(row, queued),
            *_crowd(row),
        ]
    return found


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of an activity, as far as it tells whether it is another one's too."""

    activity: int
    original: str
    looks: int | None
    bands: list[int]
    taken_at: datetime | None

    def is_of(self, other: Photo) -> bool:
        return self.original == other.original or look_the_same(self.looks, other.looks)


def _photos(rows: Sequence[Activity]) -> dict[int, list[Photo]]:
    photos: dict[int, list[Photo]] = defaultdict(list)
    for photo in _read(_of_activities().filter(subject_id__in=[row.pk for row in rows])):
        photos[photo.activity].append(photo)
    return photos


def _of_activities():
    return Attachment.objects.pictures().filter(subject_type=ContentType.objects.get_for_model(Activity))


def _read(attachments) -> Iterator[Photo]:
    names = ("subject_id", "original_sha256", "picture_hash", "picture_bands", "taken_at")
    return (Photo(*line) for line in attachments.order_by("pk").values_list(*names))


class Twins:
    """Photos that are kept with other activities of the county as well."""

    def __init__(self, rows: Sequence[Activity], photos: Mapping[int, list[Photo]], user):
        self.photos = photos
        every = [photo for of_one in photos.values() for photo in of_one]
        self.candidates = list(_read(self._alike(every))) if every else []
        named = {photo.activity for photo in self.candidates}
        others = Activity.objects.exclude(state=Activity.State.VOID).filter(pk__in=named)
        self.counties = dict(others.values_list("pk", "county")) if named else {}
        self.seen = Activity.objects.visible_to(user).in_bulk(named) if named else {}

    def of(self, row: Activity) -> Iterator[Signal]:
        told = set()
        for photo in self.photos[row.pk]:
            for other in self.candidates:
                pk = other.activity
                if pk == row.pk or self.counties.get(pk) != row.county_id or pk in told or not photo.is_of(other):
                    continue
                told.add(pk)
                yield self._signal(pk)

    def _signal(self, pk: int) -> Signal:
        other = self.seen.get(pk)
        if other is None:
            return Signal("photo_again", _("A photo is also kept with another activity of your county."))
        told = {"title": other.title, "day": _day(other.begins_on)}
        return Signal("photo_again", _("A photo is also kept with “%(title)s” of %(day)s.") % told, activity=pk)

    @staticmethod
    def _alike(photos: Sequence[Photo]):
        originals = {photo.original for photo in photos}
        bands = sorted({band for photo in photos for band in photo.bands})
        alike = Q(original_sha256__in=originals) | Q(picture_bands__overlap=bands)
        return _of_activities().filter(alike)


def _taken_elsewhen(row: Activity, photos: Sequence[Photo]) -> Iterator[Signal]:
    days = sorted({timezone.localdate(photo.taken_at) for photo in photos if photo.taken_at})
    outside = [day for day in days if not row.begins_on - DAY <= day <= row.ends_on + DAY]
    for day in outside[:1]:
        text = _("A photo was taken on %(taken)s, and not about the time of the activity.")
        yield Signal("photo_elsewhen", text % {"taken": _day(day)})


class Months:
    """What the logs of a station's month have in common, once for all activities of it."""

    def __init__(self, rows: Sequence[Activity]):
        self.logs: dict[tuple[int, date], list[Activity]] = defaultdict(list)
        months = {(row.station_id, Grain.MONTH.first(row.begins_on)) for row in rows}
        asked = [
            Q(station=station, begins_on__gte=first, begins_on__lte=Grain.MONTH.last(first))
            for station, first in months
        ]
        logged = Activity.objects.filter(reduce(or_, asked), state__in=LOGGED, batch__isnull=True).order_by(
            "recorded_at"
        )
        for log in logged.only("station_id", "begins_on", "recorded_at", "attendance", "estimated"):
            self.logs[log.station_id, Grain.MONTH.first(log.begins_on)].append(log)
        self.sittings = {month: _sittings(logs) for month, logs in self.logs.items()}

    def of(self, row: Activity) -> Iterator[Signal]:
        first = Grain.MONTH.first(row.begins_on)
        behind = {"station": row.station_id, "from": first, "to": Grain.MONTH.last(first)}
        sitting = self.sittings.get((row.station_id, first), {}).get(row.pk)
        if sitting:
            text = ngettext(
                "This log and %(number)d other of the month were written within %(minutes)d minutes.",
                "This log and %(number)d others of the month were written within %(minutes)d minutes.",
                sitting - 1,
            )
            minutes = SITTING.total_seconds() // 60
            yield Signal("one_sitting", text % {"number": sitting - 1, "minutes": minutes}, rows=behind)
        counted = [log.attendance for log in self.logs.get((row.station_id, first), []) if log.attendance]
        if row.attendance and len(counted) >= MANY and all(heads % ROUND == 0 for heads in counted):
            text = _("In all %(number)d logs of the month the attendance is a round number.")
            yield Signal("round_numbers", text % {"number": len(counted)}, rows=behind)


def _sittings(logs: Sequence[Activity]) -> dict[int, int]:
    """For each log written in one sitting with many others of many days, how many those are together."""
    together: dict[int, int] = {}
    start = 0
    for end, log in enumerate(logs):
        while log.recorded_at - logs[start].recorded_at > SITTING:
            start += 1
        sitting = logs[start : end + 1]
        if len({one.begins_on for one in sitting}) >= MANY:
            together |= {one.pk: max(len(sitting), together.get(one.pk, 0)) for one in sitting}
    return together


def _queued(rows: Sequence[Activity]) -> set[int]:
    """Those that waited in a device's queue, which explains a log that comes days after it was written."""
    return set(Receipt.objects.filter(activity__in=rows).values_list("activity", flat=True))


def _clock(row: Activity, queued: set[int]) -> Iterator[Signal]:
    if row.device_at is None:
        return
    ahead = row.device_at - row.recorded_at
    if ahead > DAY or (ahead < -DAY and row.pk not in queued):
        told = {
            "device": date_format(timezone.localtime(row.device_at), "DATETIME_FORMAT"),
            "server": date_format(timezone.localtime(row.recorded_at), "DATETIME_FORMAT"),
        }
        text = _("The device's clock stood at %(device)s when the log arrived at %(server)s.")
        yield Signal("clock_off", text % told)


def _crowd(row: Activity) -> Iterator[Signal]:
    room = row.facility
    if room and room.capacity and row.attendance and row.attendance > room.capacity:
        told = {"heads": row.attendance, "room": room.name, "capacity": room.capacity}
        text = _("%(heads)d people are recorded; the room “%(room)s” holds %(capacity)d.")
        yield Signal("above_capacity", text % told)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
