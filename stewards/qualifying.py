"""What a steward lacks by the service standard (DOMAIN.md §1.3, B1 to B7), and what of it ends soon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from stewards.models import Qualification, Steward

K = Qualification.Kind
# B3: hours of training before the post; B4: hours in a year, five days of eight hours.
HOURS_BEFORE_POST, HOURS_A_YEAR = 24, 40
YEAR = timedelta(days=365)
# What ends within these days is named beforehand.
SOON = timedelta(days=30)
DEGREES = {Steward.Degree.JUNIOR_COLLEGE, Steward.Degree.BACHELOR, Steward.Degree.MASTER}
# Which statement of himself answers for which item.
STATEMENTS = {"B5": (K.HEALTH, K.CLEAN_RECORD), "B6": (K.EMPLOYMENT,), "B7": (K.CONDUCT,)}


@dataclass(frozen=True, slots=True)
class Lack:
    """An item of the standard that is not met, and what is missing in words."""

    item: str
    text: str


def lacks_of(steward: Steward, on: date) -> list[Lack]:
    """What is missing on a day. Reads `steward.qualifications`, which a list fetches for all its rows at once."""
    held = _on_record(steward)
    found = []
    if not steward.degree:
        found.append(Lack("B1", _("The degree is not recorded.")))
    elif steward.degree not in DEGREES:
        found.append(Lack("B1", _("The degree is below junior college.")))
    if not steward.speciality:
        found.append(Lack("B2", _("The speciality is not recorded.")))
    before = _hours(held, K.BEFORE_POST, date.min, on)
    if before < HOURS_BEFORE_POST:
        found.append(Lack("B3", _of_hours(K.BEFORE_POST, before, HOURS_BEFORE_POST)))
    yearly = _hours(held, K.TRAINING, on - YEAR, on)
    if yearly < HOURS_A_YEAR:
        found.append(Lack("B4", _of_hours(K.TRAINING, yearly, HOURS_A_YEAR)))
    in_force = {one.kind for one in held if holds(one, on)}
    for item, kinds in STATEMENTS.items():
        found += [Lack(item, _of_statement(held, kind)) for kind in kinds if kind not in in_force]
    return found


def ending_soon(steward: Steward, on: date) -> list[Qualification]:
    """What is in force and ends within thirty days, with nothing of its kind that goes on."""
    held = [one for one in _on_record(steward) if holds(one, on)]
    lasting = {one.kind for one in held if one.valid_to is None or one.valid_to > on + SOON}
    return [
        one
        for one in held
        if one.valid_to and one.valid_to <= on + SOON and (one.kind not in lasting or one.kind == K.CERTIFICATE)
    ]


def holds(shown: Qualification, on: date) -> bool:
    """Whether it is in force on the day."""
    return shown.valid_from <= on and (shown.valid_to is None or shown.valid_to > on)


def is_expired(shown: Qualification, on: date) -> bool:
    return shown.valid_to is not None and shown.valid_to <= on


def _on_record(steward: Steward) -> list[Qualification]:
    return [one for one in steward.qualifications.all() if one.state == Qualification.State.ON_RECORD]


def _hours(held: Iterable[Qualification], kind: str, after: date, until: date) -> int:
    return sum(one.hours or 0 for one in held if one.kind == kind and after < one.valid_from <= until)


def _of_hours(kind: str, hours: int, least: int) -> str:
    told = {"what": K(kind).label, "hours": hours, "least": least}
    return _("%(what)s: %(hours)d of %(least)d hours.") % told


def _of_statement(held: Iterable[Qualification], kind: str) -> str:
    if any(one.kind == kind for one in held):
        return _("%(what)s: expired.") % {"what": K(kind).label}
    return _("%(what)s: not on record.") % {"what": K(kind).label}
