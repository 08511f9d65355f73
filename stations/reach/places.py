"""What a change of boundaries does to stations: where they lie, their premises, what they owe the registration office."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.boundaries.land import Land
from culture_admin.boundaries.register import Reach, Touched, register
from culture_admin.boundaries.shift import Shift
from culture_admin.territory.models import in_force
from culture_admin.workflow.actions import owe
from culture_admin.workflow.models import DUTIES, Duty
from stations.actions.premises import recount_week
from stations.models import Certificate, Facility, Station

CHANGE, CANCELLATION = "stations.boundary_registration", "stations.boundary_cancellation"
# Implementing Rules on the Registration of Public Institutions, Art. 45-48: a changed name or sponsor within 30 working days;
# after a merger the liquidation group is formed within three months (DOMAIN.md §3.4, §3.6).
WORKING_DAYS, LIQUIDATION = 30, timedelta(days=92)
BASIS = gettext_lazy("Implementing Rules on the Registration of Public Institutions, Art. 45-48")
# What a carried row has of its own.
OWN = {"id", "station", "valid_from", "version"}


def _stations(shift: Shift) -> list[Touched]:
    rows = Station.objects.filter(pk__in=shift.stations).select_related("unit").order_by("division__code", "pk")
    return [Touched(row.pk, row.unit.name_zh, _fate(shift, row.pk)) for row in rows]


def _fate(shift: Shift, key: int) -> str:
    if key not in shift.merged:
        return "moves"
    return "merged" if shift.merged[key] else "ends"


def _move_stations(shift: Shift, actor, at: datetime) -> None:
    for key, seat in shift.stations.items():
        Station.objects.filter(pk=key).update(
            division=seat, county=seat.county_id, merged_into=shift.merged.get(key), version=F("version") + 1
        )


def _rooms_of(shift: Shift) -> QuerySet[Facility]:
    rows = Facility.objects.filter(station__in=shift.stations).filter(Q(valid_to=None) | Q(valid_to__gt=shift.on))
    return rows.select_related("station__unit").order_by("station", "name", "pk")


def _rooms(shift: Shift) -> list[Touched]:
    effects = {"moves": "moves", "merged": "carried", "ends": "ends"}
    return [
        Touched(row.pk, f"{row.name} · {row.station.unit.name_zh}", effects[_fate(shift, row.station_id)])
        for row in _rooms_of(shift)
    ]


def _carry_rooms(shift: Shift, actor, at: datetime) -> None:
    """Rooms of a station that ends have their last day; where it is merged the other has them from the next on."""
    for room in _rooms_of(shift).filter(station__in=shift.merged, valid_from__lt=shift.on):
        into = shift.merged[room.station_id]
        if into:
            shift.carried[Facility, room.pk] = _carried(room, into, shift.on)
        Facility.objects.filter(pk=room.pk).update(valid_to=shift.on, version=F("version") + 1)
    for key in {*shift.merged, *filter(None, shift.merged.values())}:
        recount_week(Station.objects.get(pk=key), shift.on)


def _carried(room: Facility, into: int, on: date) -> int:
    fields = {
        field.attname: getattr(room, field.attname) for field in Facility._meta.concrete_fields if field.name not in OWN
    }
    same = Facility.objects.filter(in_force(on), station=into, name=room.name)
    if same.exists():
        fields["name"] = f"{room.name}（{room.station.unit.name_zh}）"[:100]
    return Facility.objects.create(**fields, station_id=into, valid_from=on).pk


def _certificates_of(shift: Shift) -> QuerySet[Certificate]:
    rows = Certificate.objects.filter(in_force(shift.on), station__in=shift.stations)
    return rows.select_related("station__unit").order_by("station", "pk")


def _certificates(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, f"{row.uscc} · {row.station.unit.name_zh}", "due") for row in _certificates_of(shift)]


def _owe_registration(shift: Shift, actor, at: datetime) -> None:
    """What stands on a certificate is not so any more: the station has it changed, or is taken from the register."""
    for certificate in _certificates_of(shift):
        station = certificate.station
        ends = station.pk in shift.merged
        owe(
            station.unit,
            code=CANCELLATION if ends else CHANGE,
            label=_duty_of_ending(station) if ends else _duty_of_moving(station),
            basis=str(BASIS),
            opened_on=shift.on,
            due_on=shift.on + LIQUIDATION if ends else None,
            working_days=None if ends else WORKING_DAYS,
            subject=station,
        )


def _duty_of_moving(station: Station) -> str:
    return _("Change registration after a change of boundaries: %(station)s") % {"station": station}


def _duty_of_ending(station: Station) -> str:
    return _("Liquidation and cancellation registration: %(station)s") % {"station": station}


def _opened(land: Land) -> date | None:
    """A change is not dated before a station of the divisions was opened."""
    return max((unit.valid_from for unit in land.stations.values() if unit.valid_from), default=None)


DUTIES[CHANGE] = Duty(_duty_of_moving, BASIS, gettext_lazy("Change registration after a change of boundaries"))
DUTIES[CANCELLATION] = Duty(
    _duty_of_ending, BASIS, gettext_lazy("Cancellation registration after a change of boundaries")
)
register(
    Reach(
        "stations", gettext_lazy("Stations"), _stations, _move_stations, latest=_opened, models=(Station,), binding=True
    ),
)
register(Reach("facilities", gettext_lazy("Premises"), _rooms, _carry_rooms, models=(Facility,), binding=True))
register(
    Reach(
        "certificates",
        gettext_lazy("Legal person certificates"),
        _certificates,
        _owe_registration,
        models=(Certificate,),
    )
)
