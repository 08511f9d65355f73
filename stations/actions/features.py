"""Proposing a feature of a town, and changing it."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.territory.models import Division
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.days import refuse_future
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.rows import enter
from stations.models import Feature, Station

POWER = "stations.features"
CHANGEABLE = ("name", "village", "since", "level", "document", "description")
WRITERS = ("decide", "propose")


def propose_feature(
    *,
    actor,
    station: Station,
    name: str,
    level: str,
    village: Division | None = None,
    since: date | None = None,
    document: str = "",
    description: str = "",
    at: datetime | None = None,
) -> Feature:
    """Proposes what a town is known for; the bureau recognises it. Raises ValidationError by field, PermissionDenied."""
    at = at or timezone.now()
    office, _verb = require(actor.offices, POWER, WRITERS, path=station.division.path)
    feature = Feature(
        station=station, name=name, village=village, since=since, level=level, document=document,
        description=description, recorded_by=actor,
    )  # fmt: skip
    _refuse(feature, at)
    with acting(actor):
        enter(feature)
        record_entry(feature, step="register", office=office, actor=actor, at=at)
    return feature


def change_feature(
    *, actor, feature: Feature, at: datetime | None = None, seen: int | None = None, **changes
) -> Feature:
    """Changes a feature: before it is recognised whoever may propose, later the bureau.

    Raises ValidationError by field, StepRefused (`stale`, `illegal_transition`), PermissionDenied.
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    with acting(actor):
        row = lock(Feature.objects.visible_to(actor).select_related("station__division"), feature, seen)
        office, _verb = require(actor.offices, POWER, writers_of(row), path=row.station.division.path)
        if row.state in (Feature.State.VOID, Feature.State.ENDED):
            raise closed_to_change(row)
        for name, value in changes.items():
            setattr(row, name, value)
        _refuse(row, at)
        row.version += 1
        enter(row)
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
    return row


def writers_of(feature: Feature) -> tuple[str, ...]:
    """The verbs that change it: what is recognised only the bureau changes."""
    return WRITERS if feature.state in Feature.OPEN else ("decide",)


def _refuse(feature: Feature, at: datetime) -> None:
    refuse_future("since", feature.since, timezone.localdate(at))
    if feature.village and feature.village.parent_id != feature.station.division_id:
        message = _("%(village)s does not lie in the town of the station.") % {"village": feature.village}
        raise ValidationError({"village": ValidationError(message, code="village_elsewhere")})
