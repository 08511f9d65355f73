"""Taking up posts and leaving them: the dated rows, the offices that go with the posts, and the stations' papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from culture_admin.accounts.actions import OfficeOfPost, give_offices_of_posts, take_offices_of_posts
from culture_admin.accounts.roles import Office, Role
from culture_admin.workflow.actions import follow, record_each
from stations.actions.representative import mind_representatives
from stations.actions.rows import enter_each
from stations.models import Officer, OfficerPosting, PersonnelCase, Post, Station
from stations.models.posts import FULL_TIME

ROLES = {Post.Kind.HEAD: Role.STATION_HEAD, Post.Kind.OFFICER: Role.STATION_OFFICER}


@dataclass(frozen=True)
class Taking:
    """That an officer holds a post from a day on, or acts in it until a day; `office` is the one in which that is written."""

    officer: Officer
    post: Post
    on: date
    office: Office | None
    until: date | None = None
    share: int = FULL_TIME
    acting_in_it: bool = False
    document: str = ""
    made_by: PersonnelCase | None = None
    comment: str = ""


@dataclass(frozen=True)
class Leaving:
    """That a posting ends: `on` is the first day on which the officer does not hold it any more.

    unseated: the office of the post has ended already, as with its unit.
    """

    posting: OfficerPosting
    on: date
    office: Office | None
    comment: str = ""
    unseated: bool = False


def take_posts(takings: Sequence[Taking], *, actor, at: datetime) -> list[OfficerPosting]:
    """Officers take up posts, each another one; the account of each has the office of the post for as long.

    Raises ValidationError, PermissionDenied; IntegrityError where of several one stands against a constraint.
    """
    postings = [
        OfficerPosting(
            officer=one.officer,
            post=one.post,
            station=one.post.station,
            county_id=one.post.station.county_id,
            valid_from=one.on,
            valid_to=one.until,
            share=one.share,
            acting=one.acting_in_it,
            document=one.document,
            made_by=one.made_by,
            recorded_at=at,
            recorded_by=actor,
        )
        for one in takings
    ]
    enter_each(postings)
    record_each(
        postings,
        step="register",
        actor=actor,
        at=at,
        offices=[one.office for one in takings],
        comment=[one.comment for one in takings],
    )
    moved = [one for one in postings if not one.acting and one.officer.station_id != one.station_id]
    for posting in moved:
        officer = posting.officer
        officer.station, officer.county_id, officer.version = posting.station, posting.county_id, officer.version + 1
    Officer.objects.bulk_update([one.officer for one in moved], ["station", "county", "version"])
    give_offices(actor, postings)
    mind_representatives(_headed(postings), at)
    return postings


def give_offices(actor, postings: Sequence[OfficerPosting]) -> None:
    """The accounts of those who hold posts, if they have one, have the office of the post for as long."""
    give_offices_of_posts(actor=actor, offices=[office for one in postings if (office := _office_of(one))])


def leave_posts(leavings: Sequence[Leaving], *, actor, at: datetime) -> None:
    """Ends postings, and the offices of the posts with them. A posting that has not begun by then never begins."""
    never = {one.posting.pk: one.comment for one in leavings if one.on <= one.posting.valid_from}
    if never:
        follow(OfficerPosting.objects.filter(pk__in=never), "void", actor=actor, at=at, comment=never)
    ended = [one for one in leavings if one.posting.pk not in never]
    for one in ended:
        one.posting.valid_to, one.posting.version = one.on, one.posting.version + 1
    postings = [one.posting for one in ended]
    enter_each(postings, changed=["valid_to", "version"])
    record_each(
        postings,
        step="change",
        actor=actor,
        at=at,
        offices=[one.office for one in ended],
        comment=[one.comment for one in ended],
        changed=True,
    )
    take_offices(actor, [(one.posting, one.on) for one in ended if not one.unseated])
    mind_representatives(_headed(postings), at)


def take_offices(actor, left: Sequence[tuple[OfficerPosting, date]]) -> None:
    """The offices of posts end with the day on which each post is not held any more."""
    take_offices_of_posts(
        actor=actor, offices=[(office, on) for posting, on in left if (office := _office_of(posting))]
    )


def _office_of(posting: OfficerPosting) -> OfficeOfPost | None:
    user, role = posting.officer.user, ROLES[Post.Kind(posting.post.kind)]
    return OfficeOfPost(user, role, posting.station.unit, posting.valid_from, posting.valid_to) if user else None


def _headed(postings: Sequence[OfficerPosting]) -> list[Station]:
    """The stations whose head it is about, each once."""
    return list({one.station_id: one.station for one in postings if one.post.kind == Post.Kind.HEAD}.values())
