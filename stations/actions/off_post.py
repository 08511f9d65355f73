"""The off-post ledger: entering, reporting back, objecting, and applying for a title."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.roles import Office
from culture_admin.workflow.actions import perform, record_each, record_entry, settle
from culture_admin.workflow.days import refuse_future
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.rows import enter, enter_each, office_of
from stations.models import Officer, OfficerPosting, OffPost, OffPostObjection, Station, TitleApplication

POWER = "stations.off_post"
RETURN = "stations.secondment_return"


def record_off_post(
    *,
    actor,
    at: datetime | None = None,
    officer: Officer,
    station: Station,
    reason: str,
    valid_from: date,
    valid_to: date | None = None,
    due_back: date | None = None,
    note: str = "",
) -> OffPost:
    """Enters that an officer has left the post at a station: `valid_from` is the first day off post, `valid_to` the day of return.

    Raises ValidationError, PermissionDenied.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    office = office_of(actor, POWER, "decide", "propose", path=station.division.path)
    refuse_future("valid_from", valid_from, today)
    refuse_future("valid_to", valid_to, today)
    if not OfficerPosting.objects.on(valid_from).filter(officer=officer, station=station).exists():
        message = _("The officer holds no post at this station on that day.")
        raise ValidationError({"officer": ValidationError(message, code="not_posted_then")})
    with acting(actor):
        row = enter(
            OffPost(
                officer=officer,
                station=station,
                county_id=station.county_id,
                reason=reason,
                valid_from=valid_from,
                valid_to=valid_to,
                due_back=due_back,
                note=note,
                recorded_at=at,
                recorded_by=actor,
            )
        )
        record_entry(row, step="register", office=office, actor=actor, at=at)
    return row


def report_back(
    *, actor, offpost: OffPost, returned_on: date, at: datetime | None = None, seen: int | None = None
) -> OffPost:
    """Says on which day an officer came back to the post; what was owed about it is settled.

    Raises ValidationError, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    refuse_future("returned_on", returned_on, timezone.localdate(at))
    office = office_of(actor, POWER, "decide", "propose", path=offpost.station.division.path)
    with acting(actor):
        row = lock(OffPost.objects.select_related("station__division", "officer"), offpost, seen)
        if row.state == OffPost.State.VOID or row.valid_to is not None:
            raise closed_to_change(row)
        return come_back(row, returned_on, office=office, actor=actor, at=at)


def come_back(row: OffPost, on: date, *, office: Office | None, actor, at: datetime, comment: str = "") -> OffPost:
    """Ends the time off post: `on` is the first day back, or the first day no longer in service."""
    come_back_each([(row, on)], offices=[office], actor=actor, at=at, comments=[comment])
    return row


def come_back_each(
    rows: Sequence[tuple[OffPost, date]],
    *,
    offices: Sequence[Office | None],
    actor,
    at: datetime,
    comments: Sequence[str],
) -> None:
    """The set-wise form of `come_back`: each with its day, the office in which it is written, and a comment."""
    for row, on in rows:
        row.valid_to, row.version = on, row.version + 1
    back = [row for row, _on in rows]
    enter_each(back, changed=["valid_to", "version"])
    record_each(back, step="change", actor=actor, at=at, offices=offices, comment=comments, changed=True)
    settle(back, RETURN, at=at)


def object_to(
    *,
    actor,
    off_post: OffPost,
    grounds: str,
    strike: bool = True,
    left_on: date | None = None,
    returned_on: date | None = None,
    at: datetime | None = None,
) -> OffPostObjection:
    """Objects to an entry of the ledger: to strike it, or to correct the day of leaving or of return.

    It is filed at once with who decides. Raises ValidationError, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    office = office_of(actor, "stations.objections", "propose", path=off_post.station.division.path)
    refuse_future("left_on", left_on, today)
    refuse_future("returned_on", returned_on, today)
    with acting(actor):
        row = lock(OffPost.objects.select_related("station__division", "officer"), off_post, None)
        if row.state == OffPost.State.VOID:
            raise closed_to_change(row)
        objection = enter(
            OffPostObjection(
                off_post=row,
                grounds=grounds,
                strike=strike,
                left_on=left_on,
                returned_on=returned_on,
                recorded_at=at,
            )
        )
        record_entry(objection, step="register", office=office, actor=actor, at=at)
        perform(objection, "submit", actor=actor, at=at)
    return objection


def apply_for_title(
    *,
    actor,
    officer: Officer,
    station: Station,
    year: int,
    sought: str,
    note: str = "",
    at: datetime | None = None,
) -> TitleApplication:
    """Lets an officer of the station take part in a year's promotion; who was off post in that year may not.

    Raises ValidationError, StepRefused (`off_post`, with rule, source and days), PermissionDenied.
    """
    at = at or timezone.now()
    office = office_of(actor, "stations.promotion", "propose", path=station.division.path)
    if not OfficerPosting.objects.holding(timezone.localdate(at)).filter(officer=officer, station=station).exists():
        message = _("The officer holds no post at this station.")
        raise ValidationError({"officer": ValidationError(message, code="not_posted_then")})
    order = list(Officer.Title)
    if officer.title and order.index(Officer.Title(sought)) <= order.index(Officer.Title(officer.title)):
        message = _("The officer holds %(title)s already.") % {"title": officer.get_title_display()}
        raise ValidationError({"sought": ValidationError(message, code="no_promotion")})
    with acting(actor):
        application = enter(
            TitleApplication(
                officer=officer,
                station=station,
                county_id=station.county_id,
                year=year,
                sought=sought,
                note=note,
                recorded_at=at,
            )
        )
        record_entry(application, step="register", office=office, actor=actor, at=at)
        perform(application, "submit", actor=actor, at=at)
    return application
