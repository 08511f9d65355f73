"""The staffing plan, and what the bureau's personnel section enters of who has held which post."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting as in_the_name_of
from culture_admin.workflow.days import refuse_future
from culture_admin.workflow.locking import lock
from stations.actions.officers import POWER
from stations.actions.rows import enter, office_of
from stations.actions.seats import Leaving, Taking, leave_posts, take_posts
from stations.models import Officer, OfficerPosting, Post, Station
from stations.models.posts import FULL_TIME

CHANGEABLE = ("name", "share", "document", "valid_to")


def add_post(
    *,
    actor,
    station: Station,
    kind: str,
    name: str,
    tenure: str,
    valid_from: date,
    valid_to: date | None = None,
    share: int = FULL_TIME,
    document: str = "",
) -> Post:
    """A new place in the staffing plan; `share` in percent of full time."""
    office_of(actor, POWER, path=station.division.path)
    with in_the_name_of(actor):
        return enter(
            Post(
                station=station,
                kind=kind,
                name=name,
                tenure=tenure,
                valid_from=valid_from,
                valid_to=valid_to,
                share=share,
                document=document,
            )
        )


def change_post(*, actor, post: Post, seen: int | None = None, **changes) -> Post:
    """Renames a post, changes its share or document, or ends it: after its last day nobody holds it."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    office_of(actor, POWER, path=post.station.division.path)
    with in_the_name_of(actor):
        row = lock(Post.objects.select_related("station__unit", "station__division"), post, seen)
        for name, value in changes.items():
            setattr(row, name, value)
        if row.valid_to:
            _refuse_held(row)
        row.version += 1
        return enter(row)


def record_posting(
    *,
    actor,
    at: datetime | None = None,
    officer: Officer,
    post: Post,
    valid_from: date,
    valid_to: date | None = None,
    share: int = FULL_TIME,
    acting: bool = False,
    document: str = "",
) -> OfficerPosting:
    """Enters who holds a post already, from a roster or a paper, or lets somebody act in one until a day.

    What is still to come goes by a case: a posting begins today at the latest, but who acts may begin ahead.
    Raises ValidationError, PermissionDenied.
    """
    at = at or timezone.now()
    office = office_of(actor, POWER, path=post.station.division.path)
    if acting and valid_to is None:
        message = _("Who acts in a post does so for a time: say until when.")
        raise ValidationError({"valid_to": ValidationError(message, code="required")})
    if not acting:
        refuse_future("valid_from", valid_from, timezone.localdate(at))
    with in_the_name_of(actor):
        taking = Taking(officer, post, valid_from, office, valid_to, share, acting, document)
        return take_posts([taking], actor=actor, at=at)[0]


def end_posting(
    *,
    actor,
    posting: OfficerPosting,
    on: date,
    comment: str,
    at: datetime | None = None,
    seen: int | None = None,
) -> OfficerPosting:
    """Ends a posting that no case ends, as by retirement or death, from a day up to today on; the comment says why."""
    at = at or timezone.now()
    office = office_of(actor, POWER, path=posting.station.division.path)
    refuse_future("on", on, timezone.localdate(at))
    with in_the_name_of(actor):
        rows = OfficerPosting.objects.standing().select_related(
            "officer__user", "post", "station__unit", "station__division"
        )
        row = lock(rows, posting, seen)
        leave_posts([Leaving(row, on, office, comment)], actor=actor, at=at)
        return row


def _refuse_held(post: Post) -> None:
    """A post does not end before those who hold it have left."""
    held = OfficerPosting.objects.lasting(post.valid_to).filter(post=post).select_related("officer").first()
    if held:
        message = _("%(name)s holds the post beyond that day.") % {"name": held.officer.name}
        raise ValidationError({"valid_to": ValidationError(message, code="post_taken")})
