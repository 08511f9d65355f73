"""Enter the centre's professional backbone, and pair each with stations."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.territory.models import Unit, search_key
from stations.actions.rows import enter
from stations.models import Backbone, Pairing, Station

POWER = "stations.pairings"


def add_backbone(*, actor, unit: Unit, name: str, speciality: str = "", user: User | None = None) -> Backbone:
    """A professional of a cultural centre, with an account of that office or without. Raises ValidationError, PermissionDenied."""
    require_of(actor, POWER, path=unit.division.path)
    backbone = Backbone(unit=unit, name=name, speciality=speciality, user=user)
    _settle(backbone)
    with acting(actor):
        return enter(backbone)


def change_backbone(*, actor, backbone: Backbone, **changes) -> Backbone:
    """Corrects name, speciality or account."""
    require_of(actor, POWER, path=backbone.unit.division.path)
    for name, value in changes.items():
        setattr(backbone, name, value)
    _settle(backbone)
    backbone.version += 1
    with acting(actor):
        return enter(backbone)


def pair_station(
    *,
    actor,
    backbone: Backbone,
    station: Station,
    valid_from: date,
    planned_days: int,
    valid_to: date | None = None,
    aim: str = "",
) -> Pairing:
    """Pairs a professional with a station of the same county from a day on. Raises ValidationError, PermissionDenied."""
    require_of(actor, POWER, path=station.division.path)
    if not station.division.path.startswith(backbone.unit.division.path):
        message = _("%(unit)s does not serve the county of %(station)s.")
        params = {"unit": backbone.unit, "station": station}
        raise ValidationError({"station": ValidationError(message, code="station_elsewhere", params=params)})
    with acting(actor):
        return enter(
            Pairing(
                backbone=backbone,
                station=station,
                county_id=station.county_id,
                planned_days=planned_days,
                aim=aim,
                valid_from=valid_from,
                valid_to=valid_to,
            )
        )


def change_pairing(*, actor, pairing: Pairing, **changes) -> Pairing:
    """Changes the plan of a pairing or ends it. Visit days stay within it."""
    require_of(actor, POWER, path=pairing.station.division.path)
    for name, value in changes.items():
        setattr(pairing, name, value)
    last = pairing.visits.exclude(state="void").order_by("-on").first()
    if last and pairing.valid_to and last.on >= pairing.valid_to:
        message = _("A visit day of %(day)s lies behind this end.") % {"day": last.on}
        raise ValidationError({"valid_to": ValidationError(message, code="visits_behind")})
    pairing.version += 1
    with acting(actor):
        return enter(pairing)


def _settle(backbone: Backbone) -> None:
    """Fills what it is searched by; refuses another kind of unit, and an account of another office."""
    if backbone.unit.kind not in (Unit.Kind.CENTRE, Unit.Kind.BUREAU):
        message = _("Professional backbone belongs to a cultural centre.")
        raise ValidationError({"unit": ValidationError(message, code="unit_kind")})
    if backbone.user and not backbone.user.memberships.filter(role=Role.BACKBONE, unit=backbone.unit).exists():
        message = _("This account holds no office of professional backbone at %(unit)s.") % {"unit": backbone.unit}
        raise ValidationError({"user": ValidationError(message, code="no_such_office")})
    backbone.search = search_key(backbone.name)
