"""What every verb of a station's file does: find the county, lock the row it changes, check it and write it."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model

from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.territory.models import Division, Level

Row = TypeVar("Row", bound=Model)


def county_of(division: Division) -> Division:
    """The county a town or village lies in."""
    return Division.objects.get(pk__in=division.ancestry, level=Level.COUNTY)


def enter(row: Row) -> Row:
    row.full_clean()
    row.save()
    return row


def office_of(actor, power: str, *verbs: str, path: str) -> Office | None:
    """The office in which the actor has the first of `verbs` at the place; None for the system itself.

    Raises PermissionDenied with the matrix's sentence.
    """
    return require(actor.offices, power, verbs or ("decide",), path=path)[0] if actor is not None else None
