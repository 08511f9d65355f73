"""The set-wise forms of opening files, adding posts and entering postings, for a whole roster of one station; and of taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F

from culture_admin.accounts.acting import acting
from culture_admin.accounts.models import PersonalReading
from culture_admin.accounts.personal.reading import note_each
from culture_admin.accounts.personal.records import sealed_fields
from culture_admin.accounts.roles import Office
from culture_admin.territory.models import search_key
from culture_admin.workflow.actions import follow, record_each
from stations.actions.officers import FILE, POWER, read_personal
from stations.actions.representative import mind_representative
from stations.actions.roster_rules import Place
from stations.actions.rows import office_of
from stations.actions.seats import give_offices
from stations.models import Officer, OfficerData, OfficerPosting, Post, Station


@dataclass
class Entry:
    """What a row of a roster brings in: a file, or the officer on file; and the post he takes, if any.

    file: what `record_officer` takes besides the station. posted: what `record_posting` takes besides officer and post.
    """

    file: dict[str, Any]
    officer: Officer | None
    place: Place | None
    posted: dict[str, Any] = field(default_factory=dict)


@dataclass
class Entered:
    """The rows that a roster made."""

    officers: list[Officer]
    posts: list[Post]
    postings: list[OfficerPosting]


def enter_roster(*, actor, at: datetime, station: Station, entries: Sequence[Entry]) -> Entered:
    """Does for the rows of a roster what record_officer, add_post and record_posting do for one, with a fixed number of queries.

    The rules of a row were applied when it was planned, and the constraints hold. Raises PermissionDenied, ValidationError.
    """
    office = office_of(actor, POWER, "decide", "propose", path=station.division.path)
    if any(entry.place for entry in entries):
        office = office_of(actor, POWER, path=station.division.path)
    with acting(actor):
        files = [entry for entry in entries if entry.officer is None]
        officers = _open_files(actor, at, station, files, office)
        for entry, officer in zip(files, officers, strict=True):
            entry.officer = officer
        posts = _add_posts(station, entries)
        return Entered(officers, posts, _take_posts(actor, at, station, entries, office))


def take_back_roster(
    *, actor, at: datetime, station: Station, officers: Sequence[int], posts: Sequence[int], comment: str
) -> None:
    """Strikes out files and posts that a roster made, the personal data included; the postings are struck out before."""
    office = office_of(actor, POWER, *(() if posts else ("decide", "propose")), path=station.division.path)
    with acting(actor):
        Post.objects.filter(pk__in=posts).update(valid_to=F("valid_from"), version=F("version") + 1)
        kept = list(OfficerData.objects.filter(pk__in=officers).select_related(*CONCERNED))
        written = {one: [name for name in SEALED if getattr(one, name) is not None] for one in kept}
        OfficerData.objects.filter(pk__in=officers).update(**dict.fromkeys((*SEALED, "identity_print")))
        note_each(written, act=PersonalReading.Act.WRITTEN, office=office, actor=actor, at=at)
        follow(Officer.objects.filter(pk__in=officers), "void", actor=actor, at=at, comment=comment)


SEALED = tuple(each.name for each in sealed_fields(OfficerData))
CONCERNED = ("officer__station__unit", "officer__station__division")


def _open_files(actor, at: datetime, station: Station, files: Sequence[Entry], office: Office | None) -> list[Officer]:
    officers = Officer.objects.bulk_create(
        Officer(
            **{name: entry.file[name] for name in FILE},
            search=search_key(entry.file["name"]),
            station=station,
            county_id=station.county_id,
            recorded_at=at,
            recorded_by=actor,
        )
        for entry in files
    )
    data = {}
    for entry, officer in zip(files, officers, strict=True):
        personal = read_personal(**{name: entry.file[name] for name in SEALED})
        if any(personal.values()):
            data[OfficerData(officer=officer, **personal)] = [name for name, value in personal.items() if value]
    OfficerData.objects.bulk_create(data)
    note_each(data, act=PersonalReading.Act.WRITTEN, office=office, actor=actor, at=at)
    return officers


def _add_posts(station: Station, entries: Sequence[Entry]) -> list[Post]:
    """The posts of the roster that the plan lacks; every place knows its post afterwards."""
    places = [entry.place for entry in entries if entry.place and entry.place.pk is None]
    posts = Post.objects.bulk_create(
        Post(station=station, kind=place.kind, name=place.name, tenure=place.tenure, valid_from=place.valid_from)
        for place in places
    )
    for place, post in zip(places, posts, strict=True):
        place.pk = post.pk
    return posts


def _take_posts(
    actor, at: datetime, station: Station, entries: Sequence[Entry], office: Office | None
) -> list[OfficerPosting]:
    taken = [entry for entry in entries if entry.place]
    posts = Post.objects.select_related("station__unit").in_bulk([entry.place.pk for entry in taken if entry.place])
    postings = OfficerPosting.objects.bulk_create(
        OfficerPosting(
            officer=entry.officer,
            post=posts[entry.place.pk],
            station=station,
            county_id=station.county_id,
            recorded_at=at,
            recorded_by=actor,
            **entry.posted,
        )
        for entry in taken
        if entry.place and entry.place.pk
    )
    record_each(postings, step="register", actor=actor, at=at, offices=[office] * len(postings))
    give_offices(actor, postings)
    if any(posting.post.kind == Post.Kind.HEAD for posting in postings):
        mind_representative(station, at)
    return postings
