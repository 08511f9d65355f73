"""Entering and correcting the file of an officer, his personal data included."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.models import User
from culture_admin.accounts.personal.numbers import born_on, read_identity_number, read_phone
from culture_admin.accounts.personal.reading import write_personal
from culture_admin.accounts.roles import Office
from culture_admin.territory.models import search_key
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.rows import enter, office_of
from stations.models import Officer, OfficerData, Station

POWER = "stations.officers"
FILE = ("name", "sex", "education", "school", "speciality", "title", "title_on", "entered_on")
PERSONAL = ("identity_number", "phone", "birth_date")


def record_officer(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    name: str,
    sex: str = "",
    education: str = "",
    school: str = "",
    speciality: str = "",
    title: str = "",
    title_on: date | None = None,
    entered_on: date | None = None,
    user: User | None = None,
    identity_number: str = "",
    phone: str = "",
    birth_date: date | None = None,
) -> Officer:
    """Opens the file of somebody who serves at a station or is asked for. A file is no posting.

    Raises ValidationError, PermissionDenied.
    """
    at = at or timezone.now()
    office = office_of(actor, POWER, "decide", "propose", path=station.division.path)
    personal = read_personal(identity_number=identity_number, phone=phone, birth_date=birth_date)
    with acting(actor):
        officer = enter(
            Officer(
                name=name,
                search=search_key(name),
                sex=sex,
                education=education,
                school=school,
                speciality=speciality,
                title=title,
                title_on=title_on,
                entered_on=entered_on,
                station=station,
                county_id=station.county_id,
                user=user,
                recorded_at=at,
                recorded_by=actor,
            )
        )
        _keep(officer, personal, office, actor, at)
    return officer


def change_officer(
    *, actor, officer: Officer, at: datetime | None = None, seen: int | None = None, **changes
) -> Officer:
    """Corrects the file of an officer: what stands in FILE, and the personal data; an empty one is taken out.

    Raises ValidationError, StepRefused (`stale`), PermissionDenied.
    """
    unknown = set(changes) - {*FILE, *PERSONAL}
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    office = office_of(actor, POWER, "decide", "propose", path=officer.station.division.path)
    personal = read_personal(**{name: changes.pop(name) for name in PERSONAL if name in changes})
    with acting(actor):
        officer = lock(Officer.objects.select_related("station__unit", "station__division"), officer, seen)
        if officer.state == Officer.State.VOID:
            raise closed_to_change(officer)
        for name, value in changes.items():
            setattr(officer, name, value)
        officer.search = search_key(officer.name)
        officer.version += 1
        enter(officer)
        _keep(officer, personal, office, actor, at)
    return officer


def read_personal(**values: Any) -> dict[str, str | None]:
    """Personal values as they are kept, of those that are given; the day of birth follows from an identity number.

    Raises ValidationError at the field that cannot be read.
    """
    read: dict[str, str | None] = {}
    faults: dict[str, ValidationError] = {}
    for name, reader in (("identity_number", read_identity_number), ("phone", read_phone)):
        if name in values:
            try:
                read[name] = reader(values[name]) if values[name] else None
            except ValidationError as refused:
                faults[name] = refused
    if "birth_date" in values:
        read["birth_date"] = values["birth_date"].isoformat() if values["birth_date"] else None
    if number := read.get("identity_number"):
        born = born_on(number).isoformat()
        if read.get("birth_date") not in (None, born):
            message = _("The identity number says %(day)s; one of the two is wrong.") % {"day": born}
            faults["birth_date"] = ValidationError(message, code="birth_differs")
        read["birth_date"] = born
    if faults:
        raise ValidationError(faults)
    return read


def _keep(
    officer: Officer, personal: Mapping[str, str | None], office: Office | None, actor, at: datetime
) -> OfficerData | None:
    """Writes the personal data that are given, after a look whether the identity number is somebody else's."""
    data = OfficerData.objects.filter(pk=officer.pk).first() or OfficerData(officer=officer)
    if data._state.adding and not any(personal.values()):
        return None
    if number := personal.get("identity_number"):
        refuse_known(number, but=officer)
    write_personal(data, dict(personal), office=office, actor=actor, at=at)
    officer.data = data
    return data


def refuse_known(identity_number: str, but: Officer | None = None) -> None:
    """Nobody is on file twice, under whichever key his number was kept. Who it is, is not said: he may be another town's."""
    known = OfficerData.objects.having("identity_print", identity_number)
    if but is not None:
        known = known.exclude(pk=but.pk)
    if known.exists():
        message = _(
            "Somebody with this identity number is on file already. If the person changes post, file a transfer."
        )
        raise ValidationError({"identity_number": ValidationError(message, code="officer_known")})
