"""The public-welfare ledger: what premises are used for besides, and the finding that follows from what is forbidden."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.workflow.locking import lock
from stations.actions.findings import note_finding
from stations.actions.rows import OFFICIAL, enter
from stations.models import Facility, Finding, OtherUse

POWER = "stations.uses"
# Premises were let before there was a system to write it down; beyond these days a date is a slip of the finger.
EARLIEST, AHEAD = date(1980, 1, 1), timedelta(days=366)
CHANGEABLE = ("valid_to", "document", "note")


def record_use(
    *,
    actor,
    at: datetime | None = None,
    facility: Facility,
    kind: str,
    area: int,
    user: str,
    valid_from: date,
    valid_to: date | None = None,
    document: str = "",
    note: str = "",
) -> OtherUse:
    """Writes down that a facility, or `area` m² of it, is used for something else; what is forbidden becomes a finding.

    Raises ValidationError by field, PermissionDenied with the matrix's sentence.
    """
    at = at or timezone.now()
    station = facility.station
    require_of(actor, POWER, path=station.division.path)
    use = OtherUse(
        facility=facility,
        station=station,
        kind=kind,
        area=area,
        user=user,
        valid_from=valid_from,
        valid_to=valid_to,
        document=document,
        note=note,
    )
    with acting(actor):
        # One at a time in a room: what is let of it is counted together.
        Facility.objects.select_for_update().get(pk=facility.pk)
        _check(use, timezone.localdate(at))
        enter(use)
        if use.is_breach:
            with translation.override(OFFICIAL):
                what, basis = _told(use), _basis_of(use)
            note_finding(
                actor=actor,
                at=at,
                station=station,
                kind=Finding.Kind.PUBLIC_WELFARE,
                what=what,
                basis=basis,
                subject=use,
            )
    return use


def change_use(
    *, actor, otheruse: OtherUse, at: datetime | None = None, seen: int | None = None, **changes
) -> OtherUse:
    """Says until when it lasts, or corrects its papers. The finding stays until the bureau has looked again."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    with acting(actor):
        rows = OtherUse.objects.visible_to(actor) if actor else OtherUse.objects.all()
        row = lock(rows.select_related("station__division", "station__unit", "facility"), otheruse, seen)
        require_of(actor, POWER, path=row.station.division.path)
        for name, value in changes.items():
            setattr(row, name, value)
        _check(row, timezone.localdate(at or timezone.now()))
        row.version += 1
        enter(row)
    return row


def _check(use: OtherUse, today: date) -> None:
    """Rules of several rows: the days, and the area that others have of the room at the same time."""
    faults = {}
    if not EARLIEST <= use.valid_from <= today + AHEAD:
        message = _("A date from %(earliest)s to a year ahead is expected.") % {"earliest": EARLIEST}
        faults["valid_from"] = ValidationError(message, code="date_range")
    elif use.valid_from < use.facility.valid_from:
        message = _("The facility is in use only since %(day)s.") % {"day": use.facility.valid_from}
        faults["valid_from"] = ValidationError(message, code="date_range")
    elif isinstance(use.area, int):
        left = use.facility.floor_area - _taken_beside(use)
        if use.area > left:
            message = _("“%(room)s” has %(area)d m², of which %(left)d m² are not put to other use; read %(read)d.") % {
                "room": use.facility.name,
                "area": use.facility.floor_area,
                "left": left,
                "read": use.area,
            }
            faults["area"] = ValidationError(message, code="area_exceeded")
    if faults:
        raise ValidationError(faults)


def _taken_beside(use: OtherUse) -> int:
    """The largest area that other uses can have of the facility while this one lasts."""
    others = OtherUse.objects.filter(facility=use.facility_id).exclude(pk=use.pk)
    others = others.filter(Q(valid_to=None) | Q(valid_to__gt=use.valid_from))
    if use.valid_to:
        others = others.filter(valid_from__lt=use.valid_to)
    return others.aggregate(sum=Sum("area"))["sum"] or 0


def _told(use: OtherUse) -> str:
    """What the finding says."""
    return _("%(room)s, %(area)d m²: %(kind)s, %(user)s") % {
        "room": use.facility.name,
        "area": use.area,
        "kind": use.get_kind_display(),
        "user": use.user,
    }


def _basis_of(use: OtherUse) -> str:
    if use.kind == OtherUse.Kind.LEASE:
        return _("Regulations on Public Cultural and Sports Facilities, Art. 22 and 31")
    return _("Public Cultural Service Guarantee Law, Art. 19")
