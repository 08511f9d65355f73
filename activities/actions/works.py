"""Record a work, change it, and record the prizes it was given."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions.deliveries import deliver
from activities.actions.place import entering_office, posting_for
from activities.models import Genre, Prize, Team, Work
from activities.models.bounds import EARLIEST
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.days import refuse_future
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.places import Places
from stations.models import Station
from stewards.models import Posting

POWER = "activities.works"
CHANGEABLE = ("title", "kind", "genre", "author", "team", "finished_on", "note")


def record_work(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    title: str,
    kind: str,
    finished_on: date,
    genre: Genre | None = None,
    author: str = "",
    team: Team | None = None,
    note: str = "",
    posting: Posting | None = None,
) -> Work:
    """Puts a work on record; what others than the station enter waits for it. Raises ValidationError, PermissionDenied."""
    at = at or timezone.now()
    posting = posting_for(actor, station, finished_on, posting)
    office, confirmed = entering_office(actor, station, POWER, posting.firm_id if posting else None)
    work = Work(
        station=station,
        title=title,
        kind=kind,
        genre=genre,
        author=author,
        team=team,
        finished_on=finished_on,
        note=note,
        posting=posting,
        steward_id=posting.steward_id if posting else None,
        firm_id=posting.firm_id if posting else None,
        state=Work.State.RECORDED if confirmed else Work.State.PROPOSED,
    )
    _settle(work, at)
    with acting(actor):
        work.full_clean()
        work.save(force_insert=True)
        record_entry(work, step="register", office=office, actor=actor, at=at)
        deliver([work], at=at)
    return work


def change_work(*, actor, work: Work, at: datetime | None = None, seen: int | None = None, **changes) -> Work:
    """Changes a work that is not void. Raises ValidationError, PermissionDenied, StepRefused (`stale`)."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    with acting(actor):
        row = lock(Work.objects.visible_to(actor).select_related("station__division"), work, seen)
        office = changing_office(actor, row)
        for name, value in changes.items():
            setattr(row, name, value)
        _settle(row, at)
        row.version += 1
        row.full_clean()
        row.save()
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
        deliver([row], at=at)
    return row


def award_prize(
    *,
    actor,
    work: Work,
    name: str,
    level: str,
    awarded_on: date,
    rank: str = "",
    document: str = "",
    at: datetime | None = None,
) -> Prize:
    """Enters a prize that a work was given. It counts as long as the work does."""
    changing_office(actor, work)
    refuse_future("awarded_on", awarded_on, timezone.localdate(at or timezone.now()))
    if awarded_on < work.finished_on:
        message = _("The work was finished only on %(day)s.")
        params = {"day": work.finished_on}
        raise ValidationError({"awarded_on": ValidationError(message, code="before_finished", params=params)})
    prize = Prize(work=work, name=name, level=level, rank=rank, awarded_on=awarded_on, document=document)
    with acting(actor):
        prize.full_clean()
        prize.save(force_insert=True)
    return prize


def changing_office(actor, work: Work) -> Office:
    """The office in which the actor may change the work; raises StepRefused for its state, PermissionDenied else."""
    if work.state == Work.State.VOID:
        raise closed_to_change(work)
    verbs = ("decide",) if work.state == Work.State.RECORDED else ("decide", "propose")
    office, _verb = require(actor.offices, POWER, verbs, path=work.station.division.path, unit_id=work.firm_id)
    return office


def _settle(work: Work, at: datetime) -> None:
    """Fills what follows from the entries, and refuses what cannot be."""
    refuse_future("finished_on", work.finished_on, timezone.localdate(at))
    if work.finished_on < EARLIEST:
        message = _("A date from %(earliest)s on is expected.") % {"earliest": EARLIEST}
        raise ValidationError({"finished_on": ValidationError(message, code="date_range")})
    work.division_id, work.county_id = Places().at_work(work.station, work.finished_on)
    if work.team and work.team.station_id != work.station_id:
        message = _("%(team)s belongs to another station.") % {"team": work.team}
        raise ValidationError({"team": ValidationError(message, code="team_elsewhere")})
