"""The codes of legal persons: which offices may have given one to a station, and that no two stations have the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from culture_admin.territory.models import Division, Level, Succession
from stations.models import Certificate, Registration, Station
from stations.models.certificate import validate_institution_code
from stations.models.registration import VAIN

# The offices that register a station are those of its county and of the prefecture (GB 32100-2015, digits 3 to 8).
REGISTERING = (Level.COUNTY, Level.PREFECTURE)
# A place has hardly changed hands more often than so.
LIVES = 5


def faults_of_codes(codes: Mapping[Station, str]) -> dict[int, ValidationError]:
    """What is wrong with the code of each station, by the key of the station; nothing where it may have it.

    Call it inside the transaction that writes them: until its end nobody else gives out codes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('stations.uscc', 0))")
    offices, owners = registering_codes(codes), _owners(codes.values())
    faults = {}
    for station, code in codes.items():
        try:
            validate_institution_code(code)
            _refuse_foreign(code, offices[station.pk])
            if owners.get(code, set()) - {station.pk} or list(codes.values()).count(code) > 1:
                raise ValidationError(_("“%(code)s” is the code of another station."), "uscc_taken", {"code": code})
        except ValidationError as fault:
            faults[station.pk] = fault
    return faults


def registering_codes(stations: Iterable[Station]) -> dict[int, set[str]]:
    """By station the division codes of the offices that may have registered it: of today, and of what its town was before."""
    stations = list(stations)
    before: dict[int, list[Division]] = {}
    known, frontier = set(), {station.division_id for station in stations}
    for _life in range(LIVES):
        if not frontier:
            break
        known |= frontier
        rows = Succession.objects.filter(successor__in=frontier).select_related("predecessor")
        for row in rows:
            before.setdefault(row.successor_id, []).append(row.predecessor)
        frontier = {row.predecessor_id for row in rows} - known
    places = {station.pk: {*_lives(station.division, before)} for station in stations}
    above = {pk for divisions in places.values() for division in divisions for pk in division.ancestry}
    codes = dict(Division.objects.filter(pk__in=above, level__in=REGISTERING).values_list("pk", "code"))
    return {
        key: {codes[pk] for division in divisions for pk in division.ancestry if pk in codes}
        for key, divisions in places.items()
    }


def _lives(division: Division, before: Mapping[int, list[Division]]) -> Iterable[Division]:
    found = [division]
    for one in found:
        found += [earlier for earlier in before.get(one.pk, []) if earlier not in found]
    return found


def _refuse_foreign(code: str, offices: set[str]) -> None:
    if code[2:8] not in offices:
        raise ValidationError(
            _("The code was given by the office of %(read)s; this station is registered at that of %(known)s."),
            "uscc_foreign",
            {"read": code[2:8], "known": _(" or ").join(sorted(offices))},
        )


def _owners(codes: Iterable[str]) -> dict[str, set[int]]:
    """The stations that have, or are about to get, each of the codes."""
    codes = {*codes}
    owners: dict[str, set[int]] = {}
    given = Certificate.objects.filter(uscc__in=codes).values_list("uscc", "station")
    promised = Registration.objects.filter(uscc__in=codes).exclude(state__in=VAIN).values_list("uscc", "station")
    for code, station in [*given, *promised]:
        owners.setdefault(code, set()).add(station)
    return owners
