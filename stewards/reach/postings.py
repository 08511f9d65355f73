"""What a change of boundaries does to postings and absences: they go along with their station, or on at the one it is merged into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from culture_admin.boundaries.register import Reach, Touched, register
from culture_admin.boundaries.shift import Shift
from culture_admin.workflow.actions import note_on
from culture_admin.workflow.steps import FLOWS
from stewards.models import Absence, Posting

# What a posting that goes on elsewhere has of its own.
OWN = {"id", "station", "county", "valid_from", "villages", "version", "replaces", "handover_on", "handover_note"}
# Of an absence that is to come somebody has still to decide, or the station waits for the steward to come back.
AHEAD = (Absence.State.REQUESTED, Absence.State.APPROVED)


def _postings_of(shift: Shift) -> QuerySet[Posting]:
    rows = Posting.objects.filter(station__in=shift.stations).filter(Q(valid_to=None) | Q(valid_to__gt=shift.on))
    return rows.select_related("steward", "station__unit").order_by("station", "pk")


def _postings(shift: Shift) -> list[Touched]:
    return [
        Touched(row.pk, f"{row.steward.name} · {row.station.unit.name_zh}", _effect(shift, row))
        for row in _postings_of(shift)
    ]


def _effect(shift: Shift, posting: Posting) -> str:
    if posting.station_id not in shift.merged:
        return "moves"
    return "carried" if shift.merged[posting.station_id] else "ends"


def _move_postings(shift: Shift, actor, at: datetime) -> None:
    for posting in _postings_of(shift):
        rows = Posting.objects.filter(pk=posting.pk)
        if set(posting.villages) & shift.heirs.keys():
            heirs = (shift.heir(key).pk if key in shift.heirs else key for key in posting.villages)
            posting.villages = list(dict.fromkeys(heirs))
            rows.update(villages=posting.villages)
        into = shift.merged.get(posting.station_id)
        if posting.station_id not in shift.merged:
            county = shift.stations[posting.station_id].county_id
            rows.update(county=county, villages=_villages(shift, posting), version=F("version") + 1)
        elif posting.valid_from >= shift.on:
            # Not begun: where the station is merged he begins at the other, else nowhere, which a person has to settle.
            rows.filter(station__in=[key for key, other in shift.merged.items() if other]).update(
                station=into,
                county=shift.stations[posting.station_id].county_id,
                villages=_villages(shift, posting),
                version=F("version") + 1,
            )
        else:
            rows.update(valid_to=shift.on, version=F("version") + 1)
            if into:
                shift.carried[Posting, posting.pk] = _carried(shift, posting, into)
        # What a later decision stands on has changed by this one.
        note_on(list(rows.select_related(*FLOWS[Posting].related)), step="change", office=None, actor=actor, at=at)


def _carried(shift: Shift, posting: Posting, into: int) -> int:
    fields = {
        field.attname: getattr(posting, field.attname)
        for field in Posting._meta.concrete_fields
        if field.name not in OWN
    }
    fields |= {"county_id": shift.stations[into].county_id, "villages": _villages(shift, posting)}
    return Posting.objects.create(**fields, station_id=into, valid_from=shift.on).pk


def _villages(shift: Shift, posting: Posting) -> list[int]:
    """The villages he looks after, as they are afterwards."""
    return [shift.heir(pk).pk if pk in shift.ended else pk for pk in posting.villages]


def _fated_absences(shift: Shift) -> Iterator[tuple[Absence, str]]:
    """An absence that begins later goes over with the posting; one that has begun ends with it."""
    rows = Absence.objects.filter(station__in=shift.stations, last__gte=shift.on, state__in=AHEAD)
    for row in rows.select_related("steward").order_by("pk"):
        if row.station_id not in shift.merged:
            yield row, "moves"
        elif shift.merged[row.station_id] and row.first >= shift.on:
            yield row, "carried"
        else:
            yield row, "stays"


def _absences(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, str(row), effect) for row, effect in _fated_absences(shift)]


def _move_absences(shift: Shift, actor, at: datetime) -> None:
    """After the postings: what is carried belongs to the posting that goes on at the other station."""
    fated = list(_fated_absences(shift))
    for row, effect in fated:
        if effect == "moves":
            Absence.objects.filter(pk=row.pk).update(
                county=shift.stations[row.station_id].county_id, version=F("version") + 1
            )
        elif effect == "carried":
            into = shift.merged[row.station_id]
            posting = shift.carried.get((Posting, row.posting_id), row.posting_id)
            county = shift.stations[row.station_id].county_id
            Absence.objects.filter(pk=row.pk).update(
                station=into, county=county, posting=posting, version=F("version") + 1
            )
    touched = [row.pk for row, effect in fated if effect != "stays"]
    rows = Absence.objects.filter(pk__in=touched).select_related(*FLOWS[Absence].related)
    note_on(list(rows), step="change", office=None, actor=actor, at=at)


register(Reach("postings", _("Postings of stewards"), _postings, _move_postings, models=(Posting,), binding=True))
register(Reach("absences", _("Absences ahead"), _absences, _move_absences, models=(Absence,)))
