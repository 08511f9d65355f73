"""Taking up a post and leaving it: the dated row, the office that goes with the post, and the station's papers."""

from __future__ import annotations

from datetime import date, datetime

from culture_admin.accounts.actions import give_office_of_post, take_office_of_post
from culture_admin.accounts.roles import Office, Role
from culture_admin.workflow.actions import follow, record_entry
from stations.actions.representative import mind_representative
from stations.actions.rows import enter
from stations.models import Officer, OfficerPosting, PersonnelCase, Post
from stations.models.posts import FULL_TIME

ROLES = {Post.Kind.HEAD: Role.STATION_HEAD, Post.Kind.OFFICER: Role.STATION_OFFICER}


def take_post(
    *,
    actor,
    at: datetime,
    office: Office | None,
    officer: Officer,
    post: Post,
    on: date,
    until: date | None = None,
    share: int = FULL_TIME,
    acting_in_it: bool = False,
    document: str = "",
    made_by: PersonnelCase | None = None,
    comment: str = "",
) -> OfficerPosting:
    """An officer holds a post from a day on, or acts in it until a day; his account has the office of the post for as long."""
    posting = enter(
        OfficerPosting(
            officer=officer,
            post=post,
            station=post.station,
            county_id=post.station.county_id,
            valid_from=on,
            valid_to=until,
            share=share,
            acting=acting_in_it,
            document=document,
            made_by=made_by,
            recorded_at=at,
            recorded_by=actor,
        )
    )
    record_entry(posting, step="register", office=office, actor=actor, at=at, comment=comment)
    if not acting_in_it and officer.station_id != post.station_id:
        officer.station, officer.county_id = post.station, post.station.county_id
        officer.version += 1
        officer.save(update_fields=["station", "county", "version"])
    give_office(actor, posting)
    if post.kind == Post.Kind.HEAD:
        mind_representative(post.station, at)
    return posting


def give_office(actor, posting: OfficerPosting) -> None:
    """The account of who holds a post, if he has one, has the office of the post for as long."""
    if posting.officer.user:
        give_office_of_post(
            actor=actor,
            user=posting.officer.user,
            role=ROLES[Post.Kind(posting.post.kind)],
            unit=posting.post.station.unit,
            valid_from=posting.valid_from,
            valid_to=posting.valid_to,
        )


def leave_post(
    *, actor, at: datetime, office: Office | None, posting: OfficerPosting, on: date, comment: str = ""
) -> OfficerPosting:
    """Ends a posting: `on` is the first day on which the officer does not hold it any more, nor the office of the post.

    A posting that has not begun by then never begins.
    """
    if on <= posting.valid_from:
        follow(OfficerPosting.objects.filter(pk=posting.pk), "void", actor=actor, at=at, comment=comment)
        return posting
    posting.valid_to, posting.version = on, posting.version + 1
    enter(posting)
    record_entry(posting, step="change", office=office, actor=actor, at=at, from_state=posting.state, comment=comment)
    if posting.officer.user:
        role = ROLES[Post.Kind(posting.post.kind)]
        take_office_of_post(actor=actor, user=posting.officer.user, role=role, unit=posting.station.unit, on=on)
    if posting.post.kind == Post.Kind.HEAD:
        mind_representative(posting.station, at)
    return posting
